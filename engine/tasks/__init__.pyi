from .classification import (
    Classification as Classification,
)
from .losses import (
    film_losses as film_losses,
    undecided as undecided,
)
from .task import (
    FilmOutputs as FilmOutputs,
    FilmPlace as FilmPlace,
    Needs as Needs,
    Statistic as Statistic,
    Task as Task,
    Truth as Truth,
    task_of as task_of,
)
