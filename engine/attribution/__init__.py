"""Influence: how rows, and columns inside them, moved an answer away from the mean film's."""

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
    "STEPS",
    "RowAttribution",
    "column_influence",
    "complete_row_influence",
    "influence",
    "integrated_gradients",
    "log_odds",
    "row_influence",
]
