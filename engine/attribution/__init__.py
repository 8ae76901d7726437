"""Influence: how rows, and columns inside them, moved an answer away from a baseline film's."""

from engine.attribution.baselines import (
    ANYWHERE,
    Baseline,
    BaselineLike,
    answered,
    decided_class,
    decided_words,
    resolve,
)
from engine.attribution.columns import column_influence
from engine.attribution.gradients import (
    STEPS,
    RowAttribution,
    complete_row_influence,
    integrated_gradients,
    row_influence,
)
from engine.attribution.odds import log_odds
from engine.attribution.rows import influence

__all__ = [
    "ANYWHERE",
    "STEPS",
    "Baseline",
    "BaselineLike",
    "RowAttribution",
    "answered",
    "column_influence",
    "complete_row_influence",
    "decided_class",
    "decided_words",
    "influence",
    "integrated_gradients",
    "log_odds",
    "resolve",
    "row_influence",
]
