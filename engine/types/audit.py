"""What was measured of a model's maps, as values; stored in a bundle as audit.json."""

from dataclasses import dataclass
from typing import Final, Literal

from engine.types.reading import InfluenceMethod
from engine.types.trust import Figure
from engine.words import Sentence

Verdict = Literal["passes", "fails", "not measured"]


@dataclass(frozen=True, slots=True)
class Curve:
    """Area under a deletion or insertion curve, 0…1, in three orders of the steps.

    Attributes:
        map: In the order of the map.
        random: In random order.
        edges: In the order of an edge detector, which knows the film and no weights.
        over_random, over_edges: By what factor the map is better than these; 1 is no better.
    """

    map: Figure
    random: Figure
    edges: Figure
    over_random: Figure
    over_edges: Figure


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of the variance of maps is there without looking at the film, 0…1.

    Attributes:
        position: By the row number alone, that is by the mean map of all films.
        mean_map: Of each film's map, by the mean map of the other films, scaled to fit.
        mean_film: Of each film's map, by the brightness of the mean film, scaled to fit.
    """

    position: Figure
    mean_map: Figure
    mean_film: Figure


@dataclass(frozen=True, slots=True)
class Stage:
    """Rank correlation of maps with those of a network whose upper layers have new weights.

    Attributes:
        name: The layer whose weights were the last to be replaced, for example "recurrent 1".
    """

    name: str
    correlation: Figure


@dataclass(frozen=True, slots=True)
class Pointing:
    """The pointing game: how often a map's peak lies in the finding's rows, and by chance."""

    hits: Figure
    chance: Figure


@dataclass(frozen=True, slots=True)
class GridAudit:
    """What was measured of Influence over rows and columns (`engine.explain.cells_audit`).

    Attributes:
        rows, columns: R and C, the cells of the maps that were measured.
        deletion: Cells replaced by the mean film's, in the order of the map.
        randomised: Size of the rank correlation with maps of networks with new weights, 0…1.
        pointing: Whether the peak lies in the finding's box; None where no box is known.
    """

    rows: int
    columns: int
    deletion: Curve
    randomised: Figure
    pointing: Pointing | None = None


@dataclass(frozen=True, slots=True)
class RowCalibration:
    """What the answer by row is worth, step by step (`engine.explain.auditing`).

    Attributes:
        source: The films, and how the calibration came to them, in words.
        calibration: Hash of the bundle's numbers that were measured; empty where it had none.
        worst: Expected calibration error of the step where it is largest.
        mean: The same, averaged over the steps.
        step: Where it is largest, from 0.
        chance_worst, chance_mean: What 95 % of perfectly calibrated curves stay below on as many
            films: no audit can tell a curve from perfect that is better than this.
        answers: (K, L) the mean answer to films of each class, after each step: the probability
            of the finding, or of the films' own class where there is none.
    """

    source: Sentence
    calibration: str
    worst: Figure
    mean: Figure
    step: int
    chance_worst: float
    chance_mean: float
    answers: tuple[tuple[float, ...], ...]


# What means nothing to a film, by name; "native" is the shape that it had before its file was
# drawn out to another (`Films.aspects`).
NUISANCES: Final = (
    "wider", "higher", "wider-inside", "higher-inside", "cropped-little", "cropped-much",
    "dark-frame", "light-frame", "shifted-left", "shifted-right", "shifted-up", "shifted-down",
    "blurred", "compressed", "brighter", "darker", "gamma-up", "gamma-down", "native",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """What the model's threshold and calibration come to on some films, changed or chosen.

    Attributes:
        sensitivity, specificity: At the threshold, which was chosen on other films.
        calibration_error: Expected calibration error; both kinds of films weigh the same.
    """

    sensitivity: Figure
    specificity: Figure
    calibration_error: Figure


@dataclass(frozen=True, slots=True)
class NuisanceChange:
    """How far answers move when films change in one way that means nothing.

    Attributes:
        name: One of `NUISANCES`.
        moved: Mean change of the probability of the finding, either way; without a finding, of
            the class that was answered.
        most: What nine in ten films stay below.
        crossed: Share of films that are answered otherwise: across the threshold, or as another
            class.
        told: The area under the ROC curve of changed films; without a finding, or of films of one
            kind, the share that is answered rightly.
        refused: Films that the model would not read any more; they are in no figure.
        threshold: What threshold and calibration come to; None without a finding, and of older
            audits.
    """

    name: str
    moved: Figure
    most: float
    crossed: Figure
    told: Figure
    refused: int
    threshold: AtThreshold | None = None


@dataclass(frozen=True, slots=True)
class ShapeTold:
    """What the shape of films tells of their classes, on films whose native shape is known.

    Attributes:
        alone: Area under the ROC curve of width over height by itself, whichever way it points:
            what a network could have learnt that looks at nothing else.
        answers: That of the answers.
        matched: That of the answers among films of about one shape, where shape tells nothing.
        groups: Of about one shape each, as many films in one as in another.
        against: Threshold and calibration where shape points the wrong way: films with the
            finding of the half of shapes that is rarer among them, and others of the other half.
            None where one kind is missing, and of older audits.
    """

    alone: Figure
    answers: Figure
    matched: Figure
    groups: int
    against: AtThreshold | None = None


@dataclass(frozen=True, slots=True)
class Nuisance:
    """How far answers move for no reason (`engine.measure.nuisance`).

    Attributes:
        source: The films, in words.
        stored: Whether their files were changed before they were read; otherwise the rows that
            the network reads, which are coarser.
        area: Whether `told` is an area; otherwise a share of right answers.
        as_read: The same of the films as they are.
        changes: The one that moves answers most comes first.
        shape: None where native shapes are not known.
        threshold: What threshold and calibration come to on the films as they are; None without a
            finding, and of older audits.
    """

    source: Sentence
    stored: bool
    area: bool
    as_read: Figure
    changes: tuple[NuisanceChange, ...]
    shape: ShapeTold | None = None
    threshold: AtThreshold | None = None

    @property
    def shifts(self) -> tuple[tuple[str, AtThreshold], ...]:
        """Threshold and calibration under every change, and against the shape, by its code."""
        found = [(one.name, one.threshold) for one in self.changes]
        found.append(("against-shape", self.shape.against if self.shape else None))
        return tuple((name, one) for name, one in found if one is not None)

    def worst_shift(self, figure: str) -> tuple[str, Figure] | None:
        """Where a figure of `AtThreshold` is worst, and what it is there; None where unknown."""
        sign = -1 if figure == "calibration_error" else 1
        found = [(name, getattr(one, figure)) for name, one in self.shifts]
        return min(found, key=lambda one: sign * one[1].value) if found else None

    @property
    def worst_moved(self) -> NuisanceChange:
        """The change that moves answers most in the mean."""
        return self.changes[0]

    @property
    def worst_crossed(self) -> NuisanceChange:
        """The change after which most films are answered otherwise."""
        return max(self.changes, key=lambda one: one.crossed.value)


@dataclass(frozen=True, slots=True)
class LungShare:
    """How much of the maps over rows and columns lies within the lungs, in the mean over films.

    Attributes:
        lungs: Who says where they lie: a model with its version, or a folder of masks.
        within: Share of |Influence| within them.
        edges: The same of the strength of the film's edges, which knows no weights.
        film: Share of the film that is lung, and so of a map that is the same everywhere.
    """

    lungs: str
    within: Figure
    edges: Figure
    film: Figure


@dataclass(frozen=True, slots=True)
class Audit:
    """What was measured of a model's maps and curve; None where it was not.

    `engine.audit` defines every figure, `engine.bundle.audit` judges them.

    Attributes:
        method: How Influence was measured.
        source: The films in words.
        seed: Of films, random orders and random weights.
        deletion, insertion: Of the Influence map.
        randomised: Size of the rank correlation with maps of networks with new weights, 0…1.
        randomised_sizes: The same of maps without signs.
        cascade: Rank correlation with new weights from the head downwards, a stage per layer.
        seeds: Rank correlation with the maps of models trained with other seeds.
        agreement: Rank correlation with Shapley values (of these: with integrated gradients).
        residual: What is left over of the change in log-odds, as a share of it, 0 or more.
        shares: Of the Influence map.
        pointing: Of the Influence map, where it is known where the finding lies.
        state_deletion: Deletion in the order of the State map.
        state_shares: Of the State map.
        state_raw_shares: Of the State map without the deviation from the mean of each step.
        by_row: Of the answer by row.
        grid: Of Influence over rows and columns.
        nuisance: Of films changed in ways that mean nothing.
        lungs: Of Influence over rows and columns, where somebody said where the lungs lie.
        finding: The class whose maps were measured; empty: each film's most probable one.
        midway: Deletion by the Influence map that starts from midway between the classes; None
            where the mean film is undecided itself, or no film between them is.
    """

    method: InfluenceMethod
    source: Sentence
    seed: int
    deletion: Curve | None = None
    insertion: Curve | None = None
    randomised: Figure | None = None
    randomised_sizes: Figure | None = None
    cascade: tuple[Stage, ...] = ()
    seeds: Figure | None = None
    agreement: Figure | None = None
    residual: Figure | None = None
    shares: Shares | None = None
    pointing: Pointing | None = None
    state_deletion: Curve | None = None
    state_shares: Shares | None = None
    state_raw_shares: Shares | None = None
    by_row: RowCalibration | None = None
    grid: GridAudit | None = None
    nuisance: Nuisance | None = None
    lungs: LungShare | None = None
    finding: str = ""
    midway: Curve | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of an audit: what was measured, what came out, and whether it is good enough.

    Attributes:
        what: For example "Influence: deletion, random order"; programs ask its code, for example
            "influence.deletion.random".
        measured: In words; empty where it was not measured.
        rule: What it takes to pass, in words.
    """

    what: Sentence
    measured: Sentence
    verdict: Verdict
    rule: Sentence
