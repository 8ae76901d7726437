"""Influence: how rows, and columns inside them, moved an answer away from a baseline film's.

`engine.attribution.gradients` stands apart, since it needs torch.
"""

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
from engine.attribution.rows import influence

__all__ = [
    "ANYWHERE",
    "Baseline",
    "BaselineLike",
    "answered",
    "column_influence",
    "decided_class",
    "decided_words",
    "influence",
    "resolve",
]
