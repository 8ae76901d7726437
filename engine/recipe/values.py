"""A recipe as frozen values: data, network, training, augmentation, measures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from engine.bundle import ArchitectureConfig, NetworkConfig, StemLayer
from engine.errors import BundleError
from engine.tasks import Task, task_of
from engine.types import InfluenceMethod, InputFormat, Objective, Population

# ------------------------------------------------------------------------- random changes
# How far a training film may be changed.


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a training film may be moved and changed; zero switches a change off.

    Attributes:
        shift: Largest displacement, as a share of the film's height and width.
        rotate: Largest rotation in degrees.
        scale: Largest change of size; 0.1 is 0.9 to 1.1.
        stretch: Largest change of the height against the width.
        crop: Largest share of height and of width that is cut away; what is left fills the grid.
        flip: Probability of exchanging left and right.
        aspect: Least and greatest width over height that a film is redrawn to, whatever its own
            is (`Data.shapes`), so that shape tells no class; empty: films keep theirs.
        gamma: Largest |log2 γ| of a power law on the values.
        contrast: Largest change of the slope around the middle grey.
        brightness: Largest offset.
        noise: Largest standard deviation of white noise.
        headroom: Largest share of 0…1 that the greys of a film lose, see `headroom`.
        spare: Share of the films whose greys stay as they were.
        never_spared: Classes, by their number from 0, of which no film is spared.
        style: Share of the films that get the frequencies' amplitudes of another, see
            `random_looks`.
        tone: How far the histogram of a film is brought to an even one, at most.
        window: Largest share of the range of values that is clipped, at either end.
        blur: Largest standard deviation of a blur, in model rows.
        sharpen: Largest weight of what a blur of one model row takes away.
        jpeg: Share of the films that are compressed at the model's grid.
        bars: Share of the films with bars along their edges.
        mixup: α of Beta(α, α), the share of a second film (Zhang 2018, mix-up).
        anchor: Share of the films that are blended with the mean film, see `anchor`.
        neutral: Share of the films that become the mean film itself, see `neutral`.
        batch_mean: Share of the films that become the mean of many films of their batch, see
            `batch_mean`.
        undecided: Whose even odds the mean films are taught: those of the network as it learns
            ("learnt"), or those that the calibration of the last epoch makes of its answers to
            the validation films ("calibrated").
        splice: Share of the films of which rows are replaced by the mean film's, see `splice`.
        splice_most: Largest share of a film's rows that is replaced.
        splice_label: Whether a spliced film's target moves to "absent" (class 0) with the rows
            that it lost, or is "kept".
    """

    shift: float = 0.0
    rotate: float = 0.0
    scale: float = 0.0
    stretch: float = 0.0
    flip: float = 0.0
    gamma: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    noise: float = 0.0
    mixup: float = 0.0
    anchor: float = 0.0
    neutral: float = 0.0
    batch_mean: float = 0.0
    undecided: Literal["learnt", "calibrated"] = "learnt"
    splice: float = 0.0
    splice_most: float = 1.0
    splice_label: Literal["absent", "kept"] = "absent"
    crop: float = 0.0
    headroom: float = 0.0
    spare: float = 0.0
    never_spared: tuple[int, ...] = ()
    style: float = 0.0
    tone: float = 0.0
    window: float = 0.0
    blur: float = 0.0
    sharpen: float = 0.0
    jpeg: float = 0.0
    bars: float = 0.0
    aspect: tuple[float, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether pixels change their place."""
        sizes = (self.scale, self.stretch, self.crop, self.aspect)
        return any((self.shift, self.rotate, self.flip, *sizes))

    @property
    def tones(self) -> bool:
        """Whether films are given greys of other collections."""
        return any((self.style, self.tone, self.window))

    @property
    def wears(self) -> bool:
        """Whether films are given what files of other collections do to them."""
        return any((self.blur, self.sharpen, self.jpeg, self.bars))


# ---------------------------------------------------------------------- safeguards to fit


@dataclass(frozen=True, slots=True)
class TrustPlan:
    """What is fitted and set so that an answer can be doubted; see `engine.training.guarding`.

    Attributes:
        level: Aimed coverage of the prediction sets.
        films: Most validation films that are kept for interval and set.
        refused: Share of validation films that guard and surprise may each refuse.
        forecast_size: Hidden units of the network that expects rows; 0 fits none.
        forecast_epochs: Of its training.
        forecast_rows: Model rows that it reads as one, averaged; divides those of the grid.
        guard_epochs: Of the guard's training; 0 fits none.
        drawn: Films drawn by this program that the guard learns to refuse.
        narrowest, widest: Width over height of a film that is read.
        levels: Least number of different grey values.
        clipped: Largest share of pixels at the darkest, or the brightest, value.
        upright: Whether a header that turns or mirrors a film speaks against it.
        admission: Name of another model that says what a film shows; empty for none.
        accepts: Its classes that this model reads.
        least: Least probability of these classes together.
    """

    level: float = 0.95
    films: int = 2000
    refused: float = 0.005
    forecast_size: int = 160
    forecast_epochs: int = 10
    forecast_rows: int = 1
    guard_epochs: int = 10
    drawn: int = 0
    narrowest: float = 0.5
    widest: float = 2.0
    levels: int = 64
    clipped: float = 0.6
    upright: bool = True
    admission: str = ""
    accepts: tuple[str, ...] = ()
    least: float = 0.5

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """What must lie from 0 to below 1, by the key in a recipe."""
        names = ("level", "refused", "clipped", "least")
        return tuple((f"trust.{name}", getattr(self, name)) for name in names)


# -------------------------------------------------------------- the recipe and its tables
# What a recipe says, as frozen values.

Leakage = Literal["patient", "exact", "near"]


@dataclass(frozen=True, slots=True)
class Network:
    """The row classifier without its grid and classes; see `engine.bundle.NetworkConfig`."""

    cell: str
    hidden_size: int
    layers: int = 1
    bidirectional: bool = False
    band: int = 1
    readout: str = "mean"
    dropout: float = 0.0
    stem: tuple[StemLayer, ...] = ()
    cell_options: Mapping[str, Any] = field(default_factory=dict)
    readout_options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OtherNetwork:
    """A whole architecture that a package brings, by its registered name."""

    architecture: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of films are called.

    Attributes:
        path: Of the file, counted from the table's folder.
        label: The film's class, one of `Data.folders`; or several, with `separator` between. It
            may be missing where every class has a column of zeros and ones, of its name.
        patient: Whose film it is; the column may be missing.
        split: "train", "val" or "test"; the column may be missing.
        separator: Between several labels in one cell.
        subgroups: Columns by which the report divides its figures, such as "sex".
        prefix: Taken away from the front of a path, such as the folder of another machine.
        suffix: Added to a path without one that films have, such as ".png".
        search: Whether a file is looked for by its name, anywhere below the table's folder.
        test_list: Text file beside the table with a film in each line; these are the test.
        mask: Of the file of the film's mask, counted from `Data.masks` or the table's folder;
            empty for none: then a mask is found by its film's path.
    """

    path: str = "path"
    label: str = "label"
    patient: str = "patient"
    split: str = "split"
    separator: str = "|"
    subgroups: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""
    search: bool = False
    test_list: str = ""
    mask: str = ""


@dataclass(frozen=True, slots=True)
class Data:
    """Where the films come from and how they are divided.

    Attributes:
        source: Whose films they are, in words; asked before a card is written (`card_lacks`).
        licence: Under which they may be used; likewise.
        folders: Folder name, or value in a table, of each class, in the order of
            `Recipe.classes`.
        patient: Regular expression searched in the file name, or in the whole path where it has
            a "/" in it; its first group that matched is the patient. Empty: every film is a
            patient of its own.
        validation: Share of the training films held out by patient; 0 keeps a `val` folder.
        test: Share held out for the test where the data have no `test` folder.
        columns: Names in a table.
        value_range: The values of an array that "full-range" reads as 0 and 1; empty: found from
            the values, see `engine.films.scale`.
        masks: Folder or tar file of the films' masks, within the source or beside it, under the
            same paths; empty where they lie beside their films or a column says.
        mask_ending: What the name of a mask has behind its film's, such as "_mask".
        allow_leakage: Kinds of leakage between splits that do not stop a training; the card
            names them.
        tested_before: Which of the test films earlier versions of the model were tested on, so
            that choices may have been made by them; a sentence for the card, empty if none.
        seed: Of the draw that holds films out; left out, that of the training.
        shapes: CSV beside the films that says which shape each had before it was drawn out to
            that of its file, in the columns `path` and `aspect` (width over height); empty: all
            films are what they were.
    """

    source: str = ""
    licence: str = ""
    folders: tuple[str, ...] = ()
    patient: str = ""
    validation: float = 0.0
    test: float = 0.0
    columns: Columns = field(default_factory=Columns)
    allow_leakage: tuple[Leakage, ...] = ()
    tested_before: str = ""
    seed: int | None = None
    value_range: tuple[float, ...] = ()
    shapes: str = ""
    masks: str = ""
    mask_ending: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the weights are found.

    Attributes:
        optimiser: "adam" (Kingma 2015) or "adamw" (Loshchilov 2019).
        decay: How the learning rate falls: "cosine" to zero over all epochs (Loshchilov 2017),
            "step" by `decay_factor` every `decay_every` epochs, "plateau" by `decay_factor`
            after `patience` epochs without a lower validation loss; "none" keeps it.
        warm_up: Epochs, also a part of one, over which the learning rate rises from zero.
        clip: Largest norm of the gradient (Pascanu 2013); 0 does not clip.
        averaging: Decay per step of the averaged weights that are kept; 0 keeps the last ones.
        early_stopping: Epochs without a lower validation loss after which the training ends and
            the best weights are kept; 0 trains to the end and keeps the last.
        class_weights: Whether rare classes weigh more, in inverse proportion to their films.
        sampling: "balanced" draws every class equally often, films of rare classes several times;
            an epoch keeps its length.
        focal: γ of the focal loss (Lin 2017): films that are answered well weigh less; 0 is the
            cross entropy.
        label_smoothing: Share of each target that is spread over all classes (Szegedy 2016).
        precision: "32" computes in float32, "bf16" and "16" in mixed precision; "auto" in bfloat16
            where the device has units for it, otherwise in float32.
        bucketing: Whether films of like height are put into one batch, so that little is padded.
        prefixes: How much the answers after each row weigh beside that of the whole film, see
            `engine.training.auxiliary`; 0 asks for the whole film alone.
        outlines: How much it weighs beside the answer what the states know of outlines, which
            `data.masks` holds; 0 asks for none.
    """

    epochs: int
    batch_size: int
    learning_rate: float = 1e-3
    optimiser: Literal["adam", "adamw"] = "adam"
    weight_decay: float = 0.0
    decay: Literal["none", "cosine", "step", "plateau"] = "none"
    clip: float = 0.0
    averaging: float = 0.0
    class_weights: bool = False
    seed: int = 0
    warm_up: float = 0.0
    decay_factor: float = 0.1
    decay_every: int = 10
    patience: int = 3
    early_stopping: int = 0
    sampling: Literal["natural", "balanced"] = "natural"
    focal: float = 0.0
    label_smoothing: float = 0.0
    precision: Literal["auto", "32", "bf16", "16"] = "32"
    bucketing: bool = False
    prefixes: float = 0.0
    outlines: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured when the training ends.

    Attributes:
        calibrate: Whether the head's scale and offset are set on the validation films.
        sensitivity: The threshold is the highest that reaches this sensitivity on the
            validation films; 0 takes Youden's index instead.
        influence: How the bundle measures Influence, see `engine.explain.influence`.
        statistics_films: Training films behind the hidden-state statistics.
        influence_films: Films whose Influence gives the colour scale.
        deletion_films: Validation films for deletion and weight randomisation.
        allow_untold: Whether a network is written that tells nothing on the validation films, or
            tells their classes the wrong way round, as in a trial of a few steps. Its results
            then begin with a warning.
    """

    calibrate: bool = False
    sensitivity: float = 0.0
    influence: InfluenceMethod = "integrated-gradients"
    statistics_films: int = 2000
    influence_films: int = 256
    deletion_films: int = 100
    allow_untold: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that makes a model.

    Attributes:
        intended_use, data_source: Sentences for the card; like `population` they may be missing
            in a first trial, see `card_lacks`.
        population: What of a header is held against a film; an empty one is an answer, None is
            not.
        objective: What the network is trained for; left out, one class of several for the whole
            film.
    """

    name: str
    title: str
    task: str
    classes: tuple[str, ...]
    input: InputFormat
    network: Network | OtherNetwork
    training: Schedule
    data: Data = field(default_factory=Data)
    version: str = "1"
    intended_use: str = ""
    data_source: str = ""
    positive: int | None = None
    augmentation: Augmentation = field(default_factory=Augmentation)
    measure: Measures = field(default_factory=Measures)
    trust: TrustPlan | None = None
    limits: tuple[str, ...] = ()
    population: Population | None = None
    objective: Objective = field(default_factory=Objective)

    @property
    def division_seed(self) -> int:
        """Of the draw that holds films out: that of the training, unless `data.seed` is given."""
        return self.training.seed if self.data.seed is None else self.data.seed

    @property
    def config(self) -> ArchitectureConfig:
        """The network on the grid and for the classes of this recipe.

        Raises:
            BundleError: A part that nobody brings, wrong options, or rows that do not divide.
        """
        net, rows, columns = self.network, self.input.rows, self.input.columns
        asked = self.asked
        if isinstance(net, OtherNetwork):
            from engine.network import describe_network  # noqa: PLC0415 - imports torch

            return describe_network(
                net.architecture,
                rows,
                columns=columns,
                classes=len(self.classes),
                options=net.options,
                task=asked,
            )
        if asked.maps:
            raise BundleError(
                "The task “{task}” needs a network with maps, such as architecture = “grid”.",
                task=self.objective.task,
            )
        given = {one.name: getattr(net, one.name) for one in fields(net)}
        return NetworkConfig(rows, columns, len(self.classes), **given, link=asked.link)

    @property
    def asked(self) -> Task:
        """The task of this recipe.

        Raises:
            BundleError: A task that nobody brings, or wrong options.
        """
        return task_of(self.objective, self.classes, self.positive)


def card_lacks(recipe: Recipe) -> tuple[str, ...]:
    """Keys that a card needs and that nobody has filled; a first trial needs none of them."""
    said = (
        ("intended_use", recipe.intended_use),
        ("data_source", recipe.data_source),
        ("data.source", recipe.data.source),
        ("data.licence", recipe.data.licence),
    )
    lacks = [key for key, words in said if not words.strip()]
    return (*lacks, *(["population"] if recipe.population is None else []))
