from .classification import (
    Classification as Classification,
)
from .losses import (
    binary_losses as binary_losses,
    class_weights as class_weights,
    film_losses as film_losses,
    undecided as undecided,
)
from .multi_label import (
    MultiLabel as MultiLabel,
    MultiLabelOptions as MultiLabelOptions,
    chosen_threshold as chosen_threshold,
)
from .pixels import (
    Masks as Masks,
)
from .regions import (
    class_numbers_of as class_numbers_of,
    labels_on as labels_on,
    regions_of as regions_of,
)
from .segmentation import (
    Segmentation as Segmentation,
)
from .task import (
    Cells as Cells,
    FilmOutputs as FilmOutputs,
    FilmPlace as FilmPlace,
    Needs as Needs,
    Statistic as Statistic,
    Task as Task,
    Truth as Truth,
    task_of as task_of,
)
from .weighted import (
    Area as Area,
    Average as Average,
    CalibrationError as CalibrationError,
    Share as Share,
)
