"""A recurrent network that expects the next row of a film: surprise, and what it would draw."""

from engine.forecast.continuation import continue_film
from engine.forecast.network import RowForecaster, surprise
from engine.forecast.tables import SurpriseTables, percentile, place_surprise, tabulate

__all__ = [
    "RowForecaster",
    "SurpriseTables",
    "continue_film",
    "percentile",
    "place_surprise",
    "surprise",
    "tabulate",
]
