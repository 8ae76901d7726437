"""Readings as values: prediction, states, influence, trace, tests of a model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from engine.types.image import Doubles, Floats, FrameHeader, Image
from engine.types.tasks import Objective, TaskAnswer
from engine.types.trust import (
    Admission,
    Check,
    Figure,
    FilmLimits,
    Interval,
    Population,
    Trust,
)
from engine.words import Sentence

# ----------------------------------------------------------------- figures and film tests
# What was measured of a model on films that it was not made with: numbers, words late.

# What was measured and what came out, as a bundle keeps it: codes and numbers, see `engine.words`.
Results = tuple[tuple[Sentence, Sentence], ...]


@dataclass(frozen=True, slots=True)
class FilmTest:
    """One test of a model, on films that had no part in making it; None where not measured.

    Attributes:
        name: For example "test", or the name of the data.
        source: Where the films come from, in words.
        films: How many.
        patients: Of how many people; None where that is not known.
        positive: How many films show the finding; None for a plain choice among classes.
        date: Of the measurement, as YYYY-MM-DD.
        auc: Area under the ROC curve.
        sensitivity, specificity: At the bundle's threshold.
        calibration_error: Mean difference between probability and share (expected calibration
            error), 0 where every probability is true.
        calibration_slope: Of the log-odds of the truth over those of the answer; 1 is right,
            below 1 the answers are too sure.
        figures: What a task other than classification measures, by code, such as "dice".
    """

    name: str
    source: Sentence
    films: int
    patients: int | None
    positive: int | None
    date: str
    auc: Figure | None = None
    accuracy: Figure | None = None
    sensitivity: Figure | None = None
    specificity: Figure | None = None
    calibration_error: Figure | None = None
    calibration_slope: Figure | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict, hash=False)


# ---------------------------------------------------------------------- trace of one film
# Everything one reading of one film leaves behind, for whoever opens the network.


@dataclass(frozen=True, slots=True, eq=False)
class RowTrace:
    """States, gates and answers at every step of one film.

    Attributes:
        h: (S, D, L, H) hidden states; direction 1 is stored at the step that it reads.
        c: The same of the cell states; None where the cell has none.
        gates: By name, each (S, D, L, H); empty where the cell has none.
        memory: (D, L, H) what is left of each step in the state that the last layer ends with
            (h of a GRU, c of an LSTM): the terms of an exact sum; None where the cell has none.
        by_row: (L, K) logits if reading had stopped after each step, calibrated as in
            `Prediction`; the last ones are `logits`.
        logits: (K,).
        edges: (L + 1,) stored rows, as in `RowSequence`.
        columns: Q, columns of cells that every step consists of; units lie column after column.
        column_edges: (Q + 1,) stored columns; None where not known.
    """

    h: Floats
    c: Floats | None
    gates: Mapping[str, Floats]
    memory: Floats | None
    by_row: Floats
    logits: Floats
    edges: Doubles
    columns: int = 1
    column_edges: Doubles | None = None

    def to_npz(self, path: str | Path) -> None:
        """Write everything as named arrays (see `engine.npz`), whole or not at all.

        Raises:
            OSError: The file cannot be written.
        """
        from engine.npz import trace_arrays, write_npz

        write_npz(Path(path), trace_arrays(self))


# --------------------------------------------------------------------------------- horizon
# How far back the end of a film still remembers.

HorizonOf = Literal["answer", "state"]

_FADED = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Horizon:
    """How much each time step can still move the end, counted back from a film's last one.

    Attributes:
        name: Of the network, for people.
        of: What the end is: the log-odds of the answer, or the last state.
        share: (L,) norm of its gradient with respect to the rows k steps before the last, relative
            to the last step's; share[0] is 1. Above 1, an earlier row moves more.
        rows_per_step: Model rows of one step.
        films: How many films the norms are root mean squares of.
    """

    name: str
    of: HorizonOf
    share: Doubles
    rows_per_step: int
    films: int

    @property
    def rows(self) -> int | None:
        """Model rows back, from which on no share reaches 1 %; None if the first row's does."""
        last = int(np.flatnonzero(self.share >= _FADED).max(initial=0))
        return None if last == len(self.share) - 1 else (last + 1) * self.rows_per_step


# --------------------------------------------------------------------- calibration by row
# How the answers of a head to prefixes of films become true, as a value.


@dataclass(frozen=True, slots=True)
class PrefixCalibration:
    """Scale and offset of the logits after each step of a film of the typical height.

    Attributes:
        scale: L numbers from 0; the last one is 1.
        offset: L times K numbers; those of the last step are 0.
        source: The films that it was fitted on, in words.
    """

    scale: tuple[float, ...]
    offset: tuple[tuple[float, ...], ...]
    source: str


# ----------------------------------------------------------- what is read, held, answered
# What a network reads, holds and answers, as values.

_MEAN_FILM = Sentence("baseline.mean")

Aspect = Literal["stretch", "keep"]
Intensity = Literal["full-range", "min-max", "rank"]
Quantity = Literal["deviation", "raw"]
InfluenceMethod = Literal["integrated-gradients", "occlusion", "shapley"]
BaselineKind = Literal["mean", "midway", "blank", "class-mean", "blurred", "film"]


@dataclass(frozen=True, slots=True)
class InputFormat:
    """What a network reads: the grid, how values are scaled, which images it is meant for.

    Attributes:
        rows, columns: The model grid, M × W; the whole film is resampled to it. Where the aspect
            is kept, `rows` is the height of a typical film, on which statistics are stored.
        intensity: "full-range" divides by what the bits that the film uses can hold
            (`engine.sequence.full_range`), "min-max" stretches the film's own range to 0…1,
            "rank" replaces each value by its rank (0…1), which no window, gamma or bit depth can
            change.
        modalities: DICOM modalities accepted; empty accepts any.
        colour: Whether images with true colour are accepted.
        aspect: "stretch" draws every film out to M × W; "keep" gives a film W columns and as
            many rows as its own shape asks for (`engine.sequence.model_rows`).
        rows_multiple: Model rows per time step: what the rows of every film are a multiple of.
    """

    rows: int
    columns: int
    intensity: Intensity
    modalities: tuple[str, ...] = ()
    colour: bool = False
    aspect: Aspect = "stretch"
    rows_multiple: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class RowSequence:
    """What the network reads of one frame.

    Attributes:
        rows: (M, W) model rows, values 0…1, bright = radio-opaque (MONOCHROME1 already turned).
        edges: (M + 1,) stored row at which each model row begins.
        columns: (W + 1,) stored column at which each model column begins; None where not known.
    """

    rows: Floats
    edges: Doubles
    columns: Doubles | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FilmRows:
    """A frame as one model reads it.

    Attributes:
        model: Name of the model.
        checks: What header and pixels say for and against its reading the frame.
        sequence: The rows.
    """

    model: str
    checks: tuple[Check, ...]
    sequence: RowSequence


@dataclass(frozen=True, slots=True, eq=False)
class PreparedFilm:
    """A frame without its pixels: all that a process which keeps the models needs of it.

    Attributes:
        image: Header of the file.
        index: Number of the frame.
        own: For the model that was chosen.
        others: For those that say what a film shows, first of all the admission check, and
            those that may fit better; may be laid out while one goes through them.
        header: What the file says of the frame.
    """

    image: Image
    index: int
    own: FilmRows
    others: Iterable[FilmRows] = ()
    header: FrameHeader | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RowStatistics:
    """What the training films looked like to the network, for baselines and deviations.

    All of them lie on the model's own grid; `engine.sequence` lays them along a film of another
    height.

    Attributes:
        mean_image: (M, W) mean of the model rows, the baseline of Influence.
        state_mean, state_std: (S, D, L, H) of the hidden states.
        norm_mean, norm_std: (S, D, L) of the root mean square over all units.
        influence_limit: Colour scale of Influence: 99th percentile of |Δ log-odds| per row.
        count: Number of training films behind these numbers.
        class_means: (K, M, W) mean of the model rows of each class, another baseline of
            Influence; None in older bundles and in those of very many classes.
    """

    mean_image: Floats
    state_mean: Floats
    state_std: Floats
    norm_mean: Floats
    norm_std: Floats
    influence_limit: float
    count: int
    class_means: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HiddenStates:
    """Every h_t of every layer: h (S, D, L, H); edges (L + 1,).

    Attributes:
        columns: Q, columns of cells that every step consists of; units lie column after column.
        column_edges: (Q + 1,) stored columns at which they begin; None where not known.
    """

    h: Floats
    edges: Doubles
    columns: int = 1
    column_edges: Doubles | None = None

    @property
    def cells(self) -> Floats:
        """The same cell by cell, (S, D, L, Q, U); Q is 1 of a network that reads whole rows."""
        return self.h.reshape(*self.h.shape[:3], self.columns, -1)


@dataclass(frozen=True, slots=True)
class BaselineWarning:
    """Why a baseline leaves little to explain.

    Attributes:
        code: Stable.
        words: One sentence for people.
        instead: A baseline that is undecided for this film; None where none is known.
    """

    code: Literal["baseline-decided"]
    words: Sentence
    instead: BaselineKind | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BaselineAnswer:
    """The film that an Influence starts from, and what the model says of that film itself.

    Attributes:
        kind: See `engine.explain.baselines`.
        words: Within a sentence, for example "the mean film".
        probabilities: (K,) as the model answers it; None where it was not asked.
        decided: Index of the class that it is plainly answered as; None where it is undecided,
            as a baseline should be.
        warning: What follows for the map where it is decided.
    """

    kind: BaselineKind = "mean"
    words: Sentence = _MEAN_FILM
    probabilities: Doubles | None = None
    decided: int | None = None
    warning: BaselineWarning | None = None

    @property
    def title(self) -> Sentence:
        """The same beside a number, for example "mean film"."""
        return Sentence(f"start.{self.kind}", **self.words.arguments)


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """Signed change of one class's log-odds against a baseline film, step by step.

    Attributes:
        values: (L,) they sum to log_odds − baseline_log_odds, but for `residual`; of fewer or
            more bands than steps if that was asked for.
        edges: (L + 1,) stored row at which each of them begins.
        target: Index of the class.
        baseline_log_odds: Of the baseline film, by default the mean film.
        residual: What is left over, in log-odds: by a finite number of integration steps; by
            occlusion, which does not add up, whatever the rows share; by Shapley only rounding.
        method: How it was measured, see `engine.explain`.
        error: (L,) standard error of each value where it was sampled (Shapley), otherwise None.
        baseline: Which film it starts from.
    """

    values: Floats
    edges: Doubles
    target: int
    log_odds: float
    baseline_log_odds: float
    residual: float
    method: InfluenceMethod = "integrated-gradients"
    error: Floats | None = None
    baseline: BaselineAnswer = field(default_factory=BaselineAnswer)

    @property
    def baseline_probability(self) -> float:
        """Of the target, for the baseline film."""
        return float((1.0 + np.tanh(self.baseline_log_odds / 2)) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnInfluence:
    """Which columns inside one band of rows moved the answer; for a band that was chosen first.

    Attributes:
        values: (W,) signed change of the class's log-odds; they sum to `total` up to rounding.
        edges: (W + 1,) stored column at which each model column begins.
        first, last: The band's steps [first, last).
        target: Index of the class.
        total: Influence of the band as a whole.
        method: How it was measured, see `engine.explain`.
        error: (W,) standard error of each value where it was sampled, otherwise None.
    """

    values: Floats
    edges: Doubles
    first: int
    last: int
    target: int
    total: float
    method: InfluenceMethod = "integrated-gradients"
    error: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class GridInfluence:
    """Signed change of one class's log-odds against a baseline film, cell by cell.

    Attributes:
        values: (R, C) they sum to log_odds − baseline_log_odds, but for `residual`.
        row_edges: (R + 1,) stored rows at which the cells begin.
        column_edges: (C + 1,) stored columns.
        target: Index of the class.
        baseline_log_odds: Of the baseline film.
        residual: What is left over, in log-odds.
        method: How it was measured, see `engine.explain`.
        baseline: Which film it starts from.
    """

    values: Floats
    row_edges: Doubles
    column_edges: Doubles
    target: int
    log_odds: float
    baseline_log_odds: float
    residual: float
    method: InfluenceMethod = "integrated-gradients"
    baseline: BaselineAnswer = field(default_factory=BaselineAnswer)


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """Probabilities of one frame: probabilities (K,), by_row (L, K).

    Attributes:
        by_row: What the model would say if reading stopped after each step, calibrated for
            that step where the bundle can (`engine.calibration.prefix_logits`). The last one is
            the answer.
        target: The class that is shown first and explained: the positive one of a two-class
            model, otherwise the most probable.
        by_row_calibrated: Whether `by_row` is calibrated; of the answer itself see
            `engine.bundle.calibration_holds`.
    """

    classes: tuple[str, ...]
    probabilities: Doubles
    by_row: Floats
    target: int
    by_row_calibrated: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """A decision threshold and what was measured with it, on the films that it was chosen on.

    Attributes:
        sensitivity_interval, specificity_interval: Wilson; None in older bundles.
    """

    value: float
    sensitivity: float
    specificity: float
    chosen_on: Sentence
    sensitivity_interval: Interval | None = None
    specificity_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A bundle's metadata: everything that may be known of a model without loading it.

    Attributes:
        positive: Index of the class whose presence is the finding; None for a plain choice.
        architecture: For people, for example "GRU 1 × 128, mean".
        layers, directions, hidden_size, steps: S, D, H and L of its hidden states; where the
            aspect is kept, L of a film of the typical height.
        influence: How Influence is measured, as its audit found best.
        results: Pairs (what was measured, value in words) as stored in the bundle.
        sha256: Hash of the weights file.
        limits: What a film's header and pixels must keep to; None where nothing is said.
        admission: The model that is asked first what a film shows; None where none is.
        population: Whose films it is for, as data; None where the bundle does not say.
        tests: What was measured on films that had no part in making it, the chief one first.
        objective: What it was trained for.
        midway: Whether Influence can start from midway between its classes, see
            `engine.explain.baselines`.
    """

    name: str
    title: str
    version: str
    path: Path
    sha256: str
    task: str
    intended_use: str
    data_source: str
    classes: tuple[str, ...]
    positive: int | None
    input: InputFormat
    architecture: str
    layers: int
    directions: int
    hidden_size: int
    steps: int
    influence: InfluenceMethod = "integrated-gradients"
    threshold: Threshold | None = None
    results: Results = ()
    limits: FilmLimits | None = None
    admission: Admission | None = None
    population: Population | None = None
    tests: tuple[FilmTest, ...] = ()
    objective: Objective = field(default_factory=Objective)
    midway: bool = False

    def __repr__(self) -> str:
        from engine.notebook import model_line

        return model_line(self)

    def _repr_html_(self) -> str:
        """The card in short, for notebooks."""
        from engine.notebook import model_card

        return model_card(self)


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything the engine says about one frame, in one delivery; no pixels in it.

    If `abstained` is a sentence the model did not answer: prediction, states and influence
    are None. `trust` says what was checked, passed or not; None only where nothing was.
    `header` is what the file says of the frame. `task_answer` is what a task other than
    classification makes of it.
    """

    image: Image
    frame: int
    model: ModelInfo
    device: str
    seconds: float
    abstained: str | None = None
    prediction: Prediction | None = None
    states: HiddenStates | None = None
    influence: Influence | None = None
    statistics: RowStatistics | None = None
    trust: Trust | None = None
    header: FrameHeader | None = None
    task_answer: TaskAnswer | None = None

    def __repr__(self) -> str:
        from engine.notebook import analysis_line

        return analysis_line(self)

    def _repr_html_(self) -> str:
        """The answer, and what moved it, for notebooks: text and one drawing, no script."""
        from engine.notebook import analysis_page

        return analysis_page(self)

    def to_npz(
        self, path: str | Path, trace: RowTrace | None = None, grid: GridInfluence | None = None
    ) -> None:
        """Write everything as named arrays (see `engine.npz`), whole or not at all.

        Args:
            path: The file, as it stands.
            trace: Of the same film by the same model, to be written with it.
            grid: The same of its Influence over rows and columns.

        Raises:
            OSError: The file cannot be written.
        """
        from engine.npz import analysis_arrays, grid_arrays, trace_arrays, write_npz

        inside = trace_arrays(trace) if trace else {}
        inside |= grid_arrays(grid) if grid else {}
        write_npz(Path(path), inside | analysis_arrays(self))


@dataclass(frozen=True, slots=True, eq=False)
class Heatmap:
    """What is laid over the image: values (L,), edges (L + 1,), and how to read them.

    Attributes:
        columns: (C + 1,) stored columns of a map over rows and columns, whose values are (L, C).
        question: "state" or "influence"; they never share a colour.
        limits: Values of the two ends of the colour bar, symmetric if signed.
        signed: Whether zero is in the middle (diverging colours).
        against: The film that Influence starts from, within a sentence; empty for a state.
        own_scale: Whether the limits are this film's alone, and not the same for all films.
    """

    values: Floats
    edges: Doubles
    question: Literal["state", "influence"]
    label: str
    unit: str
    limits: tuple[float, float]
    signed: bool = True
    against: str = ""
    own_scale: bool = False
    columns: Doubles | None = None
