"""Probabilities that can be held to: temperature, intervals and sets from calibration films.

Numpy only. The calibration films are validation films whose answers and truth the bundle keeps.
"""

from engine.calibration.conformal import conformal_set, p_values
from engine.calibration.films import CalibrationFilms, log_odds, softmax
from engine.calibration.isotonic import isotonic_fit
from engine.calibration.prefixes import along, fit_prefixes, prefix_logits
from engine.calibration.temperature import fit_temperature
from engine.calibration.venn_abers import class_weights, merged, probability_interval

__all__ = [
    "CalibrationFilms",
    "along",
    "class_weights",
    "conformal_set",
    "fit_prefixes",
    "fit_temperature",
    "isotonic_fit",
    "log_odds",
    "merged",
    "p_values",
    "prefix_logits",
    "probability_interval",
    "softmax",
]
