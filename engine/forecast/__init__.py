"""A recurrent network that expects the next row of a film: surprise, and what it would draw.

`network` and `continuation` stand apart, since they need torch.
"""

from engine.forecast.reading import Forecaster
from engine.forecast.tables import SurpriseTables, percentile, place_surprise, tabulate

__all__ = ["Forecaster", "SurpriseTables", "percentile", "place_surprise", "tabulate"]
