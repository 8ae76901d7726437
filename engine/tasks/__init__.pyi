from .classification import (
    Classification as Classification,
)
from .losses import (
    film_losses as film_losses,
    undecided as undecided,
)
from .pixels import (
    Masks as Masks,
)
from .regions import (
    labels_on as labels_on,
    regions_of as regions_of,
)
from .segmentation import (
    Segmentation as Segmentation,
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
