"""What every task is: targets, loss, metrics, and what is shown of an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from engine.bundle import NoOptions, load_part, read_options
from engine.calibration import linked
from engine.errors import DataError
from engine.types import Box, Doubles, Floats, Link, ModelInfo, Objective, Spacing, TaskAnswer
from engine.words import Sentence

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from engine.network import Output, RowNetwork
    from engine.recipe import Schedule

# ------------------------------------------------------------------------ truth and outputs

Needs = Literal["label", "mask", "boxes", "labels", "value"]  # what films must bring
Pool = Literal["features", "area", "peak"]  # how the film's logits come out of a grid

# Of N films, weighed b times (b, N): b figures. Patients are drawn by whoever makes intervals.
Statistic = Callable[[Doubles], Doubles]


@dataclass(frozen=True, slots=True)
class PlaneView:
    """Which part of the plane of a stored film is seen, and as what it is stored then.

    Attributes:
        area: Left, top, right, bottom of what is film and no padding, in stored pixels.
        part: The same of what is seen, as shares of that area; beyond 0 and 1 there was no film.
        rows, columns: Pixels of what is seen.
        goes_on: Whether what lies at the film's edge goes on beyond it.
    """

    area: tuple[int, int, int, int]
    part: Box
    rows: int
    columns: int
    goes_on: bool = True


class Truth(Protocol):
    """What is known of N films beside their class: masks, boxes, several labels or a value."""

    def __len__(self) -> int:
        """N."""

    def take(self, chosen: NDArray[np.int64]) -> Self:
        """Of the films of some indices, in their order."""

    def reframed(self, views: Sequence[PlaneView]) -> Self:
        """Of the same films of which N other parts are seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What columns of a table say of films, as numbers.

    Attributes:
        numbers: (N, C), NaN where nothing is known; of several findings 0 or 1.
    """

    numbers: Doubles

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, chosen: NDArray[np.int64]) -> "Cells":
        """Of the films of some indices, in their order."""
        return Cells(self.numbers[chosen])

    def reframed(self, views: Sequence[PlaneView]) -> "Cells":
        """What a table says of a film is true of all of it, wherever it lies."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class FilmOutputs:
    """What a network gives for N films.

    Attributes:
        logits: (N, K).
        maps: (N, channels, R, Q) of the task; None where it asks for none.
    """

    logits: Doubles
    maps: NDArray[np.floating] | None = None


@dataclass(frozen=True, slots=True)
class TaskCurve:
    """A line that a report draws.

    Attributes:
        title: What it shows.
        across, up: What its axes measure.
        x, y: Its points, x rising.
    """

    title: str
    across: str
    up: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What a network draws in one of N films beside what is true.

    Attributes:
        film: Which of them.
        figure: The chief figure of this film alone.
        given: (R, C) where it draws something, at the film's stored size.
        wanted: (R, C) where something is.
    """

    film: int
    figure: float
    given: NDArray[np.bool_]
    wanted: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class FilmPlace:
    """Where the model's grid lies in a stored film.

    Attributes:
        row_edges: (M + 1,) stored row at which each model row begins.
        column_edges: (W + 1,) stored column.
        spacing: Millimetres of a stored pixel; None where nobody says.
    """

    row_edges: Doubles
    column_edges: Doubles
    spacing: Spacing | None = None

    def cells(self, rows: int, columns: int) -> tuple[Doubles, Doubles]:
        """Edges (R + 1,) and (C + 1,) of a grid of other size over the same film."""
        return _divided(self.row_edges, rows), _divided(self.column_edges, columns)

    @property
    def box(self) -> Box:
        """All of it."""
        rows, columns = self.row_edges, self.column_edges
        return (float(columns[0]), float(rows[0]), float(columns[-1]), float(rows[-1]))


def _divided(edges: Doubles, parts: int) -> Doubles:
    places = np.linspace(0.0, len(edges) - 1.0, parts + 1)
    return np.interp(places, np.arange(float(len(edges))), edges)


# --------------------------------------------------------------------------------- the task


class Task:
    """What a network is asked.

    One subclass with a name is a whole task: recipes, training, bundles, evaluation, the command
    line and the window use what stands here and nothing else. Everything takes and gives numpy
    arrays, but for `targets`, `moved`, `even` and `loss`, which are torch's; a subclass imports
    torch within them, so that reading a film need not wait for it.

    Attributes:
        Options: The frozen dataclass that its options are read into.
        needs: What truth the films must bring.
        link: How K logits become probabilities.
        pool: How the film's logits come out of a network with maps.
        blends: Whether two films' targets can be mixed, as mix-up does.
        titles: What reports call its figures, by code, the chief one first.
        falling: Codes of the figures that are better the smaller they are.
        classes: K names.
        positive: Index of the class that is the finding, or None.
        options: Of this task.
        fitted: What training found for it, plain values of the bundle, such as thresholds.
    """

    Options: ClassVar[type[Any]] = NoOptions
    needs: ClassVar[Needs] = "label"
    link: ClassVar[Link] = "softmax"
    pool: ClassVar[Pool] = "features"
    blends: ClassVar[bool] = True
    titles: ClassVar[Mapping[str, str]] = {}
    falling: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        classes: tuple[str, ...],
        positive: int | None,
        *,
        options: Any,  # noqa: ANN401 - its own Options
        fitted: Mapping[str, Any],
    ) -> None:
        self.classes, self.positive = classes, positive
        self.options, self.fitted = options, fitted

    @property
    def maps(self) -> int:
        """Channels of the maps that it asks of a network; 0 asks for none."""
        return 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the films' table that hold a value, where it `needs` one."""
        return ()

    # ---------------------------------------------------------------- training, in torch

    def targets(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":
        """What N films should be answered with: (N, …) float32.

        Args:
            labels: (N,) class indices.
            truth: Of the same films, where the task needs more.
        """
        raise NotImplementedError

    def moved(self, targets: "Tensor", motion: "Tensor") -> "Tensor":
        """The targets of films that were moved by (N, 2, 3), as `affine_grid` reads them."""
        return targets

    def weights(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":
        """(K,) how much a film of each class weighs where rare ones weigh more."""
        from engine.tasks.losses import class_weights  # noqa: PLC0415 - imports torch

        return class_weights(labels, len(self.classes))

    def even(self, weight: "Tensor | None") -> "Tensor":
        """The target (…) of a film that is undecided; classes may be weighted (K,)."""
        raise NotImplementedError

    def loss(
        self,
        output: "Output",
        targets: "Tensor",
        *,
        plan: "Schedule",
        weight: "torch.Tensor | None" = None,
    ) -> "Tensor":
        """Loss of each film, (N,).

        Args:
            output: Of the network: logits (N, K), and maps where the task asks for some.
            targets: As `targets` made them, moved and mixed.
            plan: Focal exponent and label smoothing.
            weight: (K,) of the classes; None weighs all alike.
        """
        raise NotImplementedError

    def learnt(self, truth: Truth | None) -> Mapping[str, Any]:
        """What is kept as `fitted` of the training films' truth."""
        return {}

    def mean_loss(
        self,
        outputs: FilmOutputs,
        labels: NDArray[np.int64],
        truth: Truth | None,
        *,
        plan: "Schedule",
    ) -> float:
        """Mean loss of N films that were read already, no class weighing more than another."""
        import torch  # noqa: PLC0415 - only training needs it

        from engine.network import Output  # noqa: PLC0415 - imports torch

        maps = None if outputs.maps is None else torch.from_numpy(outputs.maps).float()
        found = Output(torch.from_numpy(outputs.logits).float(), maps)
        return float(self.loss(found, self.targets(labels, truth), plan=plan).mean())

    def calibrate(
        self, network: "RowNetwork", outputs: FilmOutputs, truth: Truth | None
    ) -> Mapping[str, Any]:
        """Set the network's scale and offset on validation films; what is kept as `fitted`."""
        return {}

    # ------------------------------------------------------------------ reading, in numpy

    def probabilities(self, logits: NDArray[np.floating]) -> Doubles:
        """Probabilities (…, K) of logits (…, K)."""
        return linked(logits, self.link)

    def answer(self, logits: Floats, maps: Floats | None, place: FilmPlace) -> TaskAnswer | None:
        """What one film shows beside the probabilities of classes; None if nothing is added.

        Args:
            logits: (K,).
            maps: (channels, R, Q).
            place: Where they lie.
        """
        return None

    # ---------------------------------------------------------------------------- measure

    def statistics(
        self, outputs: FilmOutputs, labels: NDArray[np.int64], truth: Truth | None
    ) -> Mapping[str, Statistic]:
        """What N answers are worth, by code such as "dice"; the first is the chief figure.

        A figure of one class has the code, a colon and the name of the class: "dice:lung". What
        it is called stands in `titles`, and whether less is better in `falling`.
        """
        return {}

    def curve(self, outputs: FilmOutputs, truth: Truth | None) -> TaskCurve | None:
        """What a report draws of N answers; None draws nothing."""
        return None

    def beside(self, outputs: FilmOutputs, truth: Truth | None) -> tuple[Beside, ...]:
        """What a report shows of single films: those of the lowest figure first, then the highest.

        Nothing by default.
        """
        return ()

    @property
    def chief(self) -> str:
        """Code of the figure that a network is chosen by."""
        return next(iter(self.titles), "score")

    def rises(self, figure: str) -> bool:
        """Whether a figure of `statistics` is better the larger it is."""
        return figure.partition(":")[0] not in self.falling

    def figure_words(self, figure: str) -> Sentence:
        """What a figure of `statistics` is called."""
        code, _, name = figure.partition(":")
        title = self.titles.get(code, code.replace("_", " "))
        if not name:
            return Sentence("task.figure", name=title)
        return Sentence("task.figure-of", name=title, of=name)


def only_classes(info: ModelInfo, work: str) -> None:
    """Refuse a model of another task than classification.

    Args:
        info: Of the model.
        work: Code of what is to be done with it, such as "work.compare".

    Raises:
        DataError: Its task is another one.
    """
    if not info.objective.plain:
        raise DataError(
            "“{model}” has the task “{task}”; {work} needs a model that says one of several"
            " classes.",
            model=info.name,
            task=info.objective.task,
            work=Sentence(work),
        )


def named_finding(info: ModelInfo, name: str | None) -> str:
    """The class whose map is asked on all films: the one that is named, or the model's finding.

    Raises:
        DataError: It is none of the model's, or none was named and several could be meant.
    """
    own, names = info.positive, info.classes
    if own is None and not info.objective.of_film:
        own = 1  # the first class that is drawn
    if name is None and own is not None:
        return names[own]
    if name is not None and name in names:
        return name
    answers = ", ".join(f"“{one}”" for one in names)
    if name is None:
        raise DataError(
            "“{model}” answers for {classes}; name one of them.", model=info.name, classes=answers
        )
    raise DataError(
        "“{name}” is no class of “{model}”, which answers for {classes}.",
        name=name[:40],
        model=info.name,
        classes=answers,
    )


def task_of(objective: Objective, classes: tuple[str, ...], positive: int | None) -> Task:
    """The task of a recipe or of a bundle.

    Raises:
        BundleError: A task that nobody brings or that cannot be loaded, or wrong options.
    """
    part = load_part("task", objective.task, Task)
    place = f"The options of “{objective.task}”"
    options = read_options(part.Options, dict(objective.options), place)
    return part(classes, positive, options=options, fitted=objective.fitted)
