"""May this answer be believed? Checks in a fixed order, reasons to abstain, interval and set."""

from engine.suitability import film_checks, reasons_of
from engine.trust.installed import load_installed
from engine.trust.judge import judge
from engine.trust.own import film_surprise, on_typical_grid
from engine.trust.suggestion import suggest, without_strangers

__all__ = [
    "film_checks",
    "film_surprise",
    "judge",
    "load_installed",
    "on_typical_grid",
    "reasons_of",
    "suggest",
    "without_strangers",
]
