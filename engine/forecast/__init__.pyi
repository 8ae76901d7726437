from .network import (
    RowForecaster as RowForecaster,
    continue_film as continue_film,
    surprise as surprise,
    surprise_of as surprise_of,
)
from .percentiles import (
    SurpriseTables as SurpriseTables,
    percentile as percentile,
    place_surprise as place_surprise,
    tabulate as tabulate,
)
from .reading import (
    Forecaster as Forecaster,
)
