"""What a task asks of a network, and what it answers beside classes: regions, findings, values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.types.image import Doubles, Floats
from engine.types.trust import Figure, Interval

# -------------------------------------------------------------------------------- objective

Link = Literal["softmax", "sigmoid"]  # of the K logits: one of K classes, or each by itself

CLASSIFICATION = "classification"
_FINDINGS = "multi-label"


@dataclass(frozen=True, slots=True)
class Objective:
    """What a network is trained for.

    Attributes:
        task: Name of a registered task, see `engine.tasks`.
        options: Plain values, which the task reads into its own dataclass.
        fitted: What training found for the task, plain values, such as thresholds.
    """

    task: str = CLASSIFICATION
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    fitted: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def plain(self) -> bool:
        """Whether it is one class of several for the whole film, as in every older bundle."""
        return self.task == CLASSIFICATION

    @property
    def of_film(self) -> bool:
        """Whether what is answered are probabilities of the whole film: of classes or findings.

        What other tasks answer lies somewhere on the film, or is a value. Their film logits, of
        which maps are made, are scores: shown as log-odds and never as a probability.
        """
        return self.task in {CLASSIFICATION, _FINDINGS}


# ----------------------------------------------------------------------------------- answers
# What is found in one frame, in stored pixels: x to the right, y downwards, whole pixels have
# their corner at the numbers; a box of one pixel at the top left is (0, 0, 1, 1).

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A part of the film that the model marks as a class.

    Attributes:
        label: Name of the class.
        probability: That it is there, calibrated where the bundle says so; NaN where a map only
            points at it.
        box: Around it, in stored pixels.
        outlines: Closed polygons (P, 2) of x and y in stored pixels, holes run the other way;
            empty where only a box is known.
        area_px: Stored pixels within the outline; None of a box.
        area_mm2: The same where the pixel spacing is true; otherwise None.
        weak: Whether it comes from a map of a network that never saw where findings lie: it
            points at something and is no outline.
    """

    label: str
    probability: float
    box: Box
    outlines: tuple[Doubles, ...] = ()
    area_px: float | None = None
    area_mm2: float | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """One of several findings that may be there together.

    Attributes:
        label: Its name.
        probability: Calibrated where the bundle says so.
        threshold: At or above which it is called; None where none was chosen.
        sensitivity, specificity: At the threshold, on the films that it was chosen on.
        interval: Of the probability; None where too few films tell.
        abstained: Why there is no answer for this finding alone; empty where there is one.
    """

    label: str
    probability: float
    threshold: float | None = None
    sensitivity: Figure | None = None
    specificity: Figure | None = None
    interval: Interval | None = None
    abstained: str = ""

    @property
    def called(self) -> bool:
        """Whether the finding is said to be there."""
        cut = self.threshold
        return not self.abstained and cut is not None and self.probability >= cut


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """A number that the model reads off the film, with its unit and interval."""

    label: str
    value: float
    unit: str = ""
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class RegionRule:
    """How the probabilities of a grid become regions.

    Attributes:
        classes: Names of the K maps; the first is what lies around all regions.
        smallest: Share of the film's area below which a region is dropped.
        odds: Log-odds that a region is there: these times (1, log-odds of its most probable
            cell, logarithm of its share of the film's area); None where no film told.
    """

    classes: tuple[str, ...]
    smallest: float = 0.0
    odds: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TaskAnswer:
    """What a task makes of one frame, beside the probabilities of classes.

    Attributes:
        task: Name of the task.
        regions: The most probable first.
        labels: Findings that may be there together, in the order of the classes.
        values: MeasuredValue numbers.
        maps: (K, R, C) probability of every class in every cell of a grid; None without one.
        row_edges: (R + 1,) stored rows at which the cells begin; None without a grid.
        column_edges: (C + 1,) stored columns.
        cut: Least probability of a pixel that counts as within; None without a grid.
        rule: How the grid becomes regions, see `engine.tasks.regions_of`; None without a grid.
    """

    task: str
    regions: tuple[Region, ...] = ()
    labels: tuple[LabelAnswer, ...] = ()
    values: tuple[MeasuredValue, ...] = ()
    maps: Floats | None = None
    row_edges: Doubles | None = None
    column_edges: Doubles | None = None
    cut: float | None = None
    rule: RegionRule | None = None

    @property
    def located(self) -> bool:
        """Whether it answers with places on the film alone; without any, nothing was found."""
        return self.task != CLASSIFICATION and not (self.labels or self.values)
