from .box_losses import (
    box_losses as box_losses,
    moved_boxes as moved_boxes,
)
from .boxes import (
    Boxes as Boxes,
    Candidates as Candidates,
    centres as centres,
    matched as matched,
    overlap as overlap,
    reaches as reaches,
)
from .classification import (
    Classification as Classification,
)
from .detection import (
    RATES as RATES,
    RankedMarks as RankedMarks,
    average_precision as average_precision,
    cut_at as cut_at,
    fit_odds as fit_odds,
    froc as froc,
    marks as marks,
    pointing as pointing,
    sensitivity_at as sensitivity_at,
)
from .localisation import (
    BoxColumns as BoxColumns,
    Localisation as Localisation,
    LocalisationOptions as LocalisationOptions,
)
from .losses import (
    binary_losses as binary_losses,
    class_weights as class_weights,
    film_losses as film_losses,
    leaning as leaning,
    undecided as undecided,
)
from .mask_figures import (
    Masks as Masks,
    OutlineShares as OutlineShares,
    shares_on as shares_on,
)
from .multi_label import (
    MultiLabel as MultiLabel,
    MultiLabelOptions as MultiLabelOptions,
    chosen_threshold as chosen_threshold,
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
    Beside as Beside,
    Cells as Cells,
    FilmOutputs as FilmOutputs,
    FilmPlace as FilmPlace,
    Needs as Needs,
    PlaneView as PlaneView,
    Statistic as Statistic,
    Task as Task,
    TaskCurve as TaskCurve,
    Truth as Truth,
    named_finding as named_finding,
    only_classes as only_classes,
    task_of as task_of,
)
from .weighted import (
    Average as Average,
    CalibrationError as CalibrationError,
    RocArea as RocArea,
    Share as Share,
)
