"""Where findings lie: a box and a probability for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.tasks.boxes import Boxes, Candidates, matched, overlap
from engine.tasks.detection import (
    RATES,
    RankedMarks,
    above,
    average_precision,
    cut_at,
    fit_odds,
    froc,
    marks,
    mean_of,
    pointing,
    sensitivity_at,
)
from engine.tasks.task import (
    FilmOutputs,
    FilmPlace,
    Needs,
    Pool,
    Statistic,
    Task,
    TaskCurve,
    Truth,
)
from engine.types import Box, Doubles, Floats, Region, TaskAnswer

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from engine.network import Output, RowNetwork
    from engine.recipe import Schedule

_BESIDE = 4  # channels behind the heat maps: log height, log width, and where the middle lies
_POINTS = 200  # of the FROC curve that is drawn
_LONGEST = 8.0  # of a log size that is believed
_OVER = 8  # candidates of which one is suppressed are looked for among so many times `most`


@dataclass(frozen=True, slots=True)
class BoxColumns:
    """What the columns of a table of boxes are called.

    Attributes:
        path: Of the film's file, from the table's folder.
        label: The finding.
        left, top, right, bottom: In stored pixels. A film without a finding has no line, or one
            whose places are empty.
        width, height: Named where the table has these in place of right and bottom.
        size: Millimetres, of one who knows; may be missing.
    """

    path: str = "path"
    label: str = "class"
    left: str = "left"
    top: str = "top"
    right: str = "right"
    bottom: str = "bottom"
    width: str = ""
    height: str = ""
    size: str = "size_mm"


@dataclass(frozen=True, slots=True)
class LocalisationOptions:
    """What is located, and how.

    Attributes:
        boxes: Table of boxes in the folder of the films.
        masks: Folder of masks beside it, in place of the table: each part that hangs together is
            a box, and the value of its pixels the number of its class.
        columns: Of the table.
        names: What the table calls each finding, in the order of the classes behind the first;
            empty takes the classes' own names, "*" any other.
        most: Candidates that are kept of a film.
        overlap: Intersection over union from which the less likely of two boxes goes.
        reach: Share of the film within which a point, or a smaller box, counts as met.
        false_positives: Per film, at which the cut is chosen on the validation films.
        sizes: Millimetres; sensitivity is also told of the boxes from each of them on.
        width: Of a heat map's peak, as a share of its box.
        size_weight: Of the boxes' sizes and middles, against the heat maps.
    """

    boxes: str = "boxes.csv"
    masks: str = ""
    columns: BoxColumns = field(default_factory=BoxColumns)
    names: tuple[str, ...] = ()
    most: int = 40
    overlap: float = 0.4
    reach: float = 0.0125
    false_positives: float = 0.25
    sizes: tuple[float, ...] = ()
    width: float = 0.17
    size_weight: float = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.most <= 1000:
            raise ValueError("“most” must be from 1 to 1000")
        for name in ("overlap", "reach", "width"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"“{name}” must lie between 0 and 1")


class Localisation(Task):
    """A heat map for each finding, and in each of its places the box whose middle it is.

    The network's maps are, in this order: a logit of each class but the first, that the middle of
    one of its boxes lies in this cell; the logarithms of the box's height and width in cells; how
    far the middle lies below and to the right of the cell's own, in cells. What is marked is what
    is a peak among its eight neighbours and does not overlap a likelier one (after CenterNet, Zhou
    2019, arXiv:1904.07850, but with a peak as wide as its box, and sizes learnt around it).

    The probability of a box is calibrated on the candidates of the validation films (`fit_odds`);
    what is shown is what lies above a cut that allowed so many false ones per film there.
    """

    Options: ClassVar[type[Any]] = LocalisationOptions
    needs: ClassVar[Needs] = "boxes"
    pool: ClassVar[Pool] = "peak"
    blends: ClassVar[bool] = False
    titles: ClassVar[Mapping[str, str]] = {
        "froc-mean": "mean sensitivity from 1/8 to 8 false positives per film",
        **{
            f"froc-{rate:g}": f"sensitivity at {words} false positive{'s' * (rate != 1)} per film"
            for rate, words in zip(RATES, ("1/8", "1/4", "1/2", *"1248"), strict=True)
        },
        "found": "findings found at the model's cut",
        "false-per-film": "false positives per film at the model's cut",
        "map-50": "average precision at an overlap of 0.5",
        "pointing": "the likeliest place lies in a box",
    }
    falling: ClassVar[frozenset[str]] = frozenset({"false-per-film"})

    options: LocalisationOptions

    @property
    def findings(self) -> tuple[str, ...]:
        """The classes that can lie somewhere."""
        return self.classes[1:]

    @property
    def maps(self) -> int:
        """A heat map for each finding, and the box of each place."""
        return len(self.findings) + _BESIDE

    # ---------------------------------------------------------------- training, in torch

    def targets(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":
        """(N, B, 5) class and place of the boxes of each film; class 0 fills up."""
        import torch  # noqa: PLC0415 - only training needs it

        boxes = _known(truth)
        most = max(1, int(boxes.counts.max(initial=0)))
        found = np.zeros((len(labels), most, 5), np.float32)
        first = np.searchsorted(boxes.owners, np.arange(len(labels)))
        place = np.arange(len(boxes.owners)) - first[boxes.owners]
        found[boxes.owners, place, 0] = boxes.findings
        found[boxes.owners, place, 1:] = boxes.places
        return torch.from_numpy(found)

    def moved(self, targets: "Tensor", motion: "Tensor") -> "Tensor":
        """The boxes where the films were moved to, see `engine.tasks.box_losses.moved_boxes`."""
        from engine.tasks.box_losses import moved_boxes  # noqa: PLC0415 - imports torch

        return moved_boxes(targets, motion)

    def weights(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":  # noqa: ARG002
        """(K,) in inverse proportion to the boxes of a class; the mean over boxes is 1."""
        from engine.tasks.losses import class_weights  # noqa: PLC0415 - imports torch

        return class_weights(_known(truth).findings, len(self.classes))

    def even(self, weight: "Tensor | None") -> "Tensor":  # noqa: ARG002
        """A film without any box; films are never blended (`blends`)."""
        import torch  # noqa: PLC0415 - only training needs it

        return torch.zeros(1, 5)

    def loss(
        self,
        output: "Output",
        targets: "Tensor",
        *,
        plan: "Schedule",  # noqa: ARG002
        weight: "torch.Tensor | None" = None,
    ) -> "Tensor":
        """Focal loss of heat maps, L1 of sizes and middles, see `engine.tasks.box_losses`."""
        from engine.tasks.box_losses import box_losses  # noqa: PLC0415 - imports torch

        if output.maps is None:
            raise ValueError("localisation needs a network with maps")
        return box_losses(
            output.maps,
            targets,
            width=self.options.width,
            size_weight=self.options.size_weight,
            weight=None if weight is None else weight[1:],
        )

    def calibrate(
        self, network: "RowNetwork", outputs: FilmOutputs, truth: Truth | None
    ) -> Mapping[str, Any]:
        """Calibrate the film's answer and that of candidates, and choose the cut."""
        import torch  # noqa: PLC0415 - only training needs it

        boxes = _known(truth)
        there = np.zeros((len(boxes), len(self.classes)), np.bool_)
        there[boxes.owners, boxes.findings] = True
        slope, offset = fit_odds(outputs.logits[:, 1:].ravel(), there[:, 1:].ravel())
        with torch.no_grad():
            head = network.head
            head.weight[1:] *= slope
            head.bias[1:] = head.bias[1:] * slope + offset
        given = self._marks(outputs, boxes)
        scale, shift = fit_odds(given.scores, given.hits)
        cut = scale * cut_at(given, self.options.false_positives) + shift
        pointed = bool(len(boxes.owners) and boxes.points.all())
        return {"scale": scale, "offset": shift, "cut": float(_chance(cut)), "points": pointed}

    # ------------------------------------------------------------------ reading, in numpy

    def candidates(self, maps: NDArray[np.floating]) -> Candidates:
        """What the maps (N, channels, R, Q) of N films mark, whatever its probability."""
        count = len(maps)
        found = [self._of_film(np.asarray(film, np.float64)) for film in maps]
        owners = np.repeat(np.arange(count), [len(one[0]) for one in found])
        parts = [np.concatenate(one) for one in zip(*found, strict=True)]
        if not parts:
            empty = np.empty(0)
            parts = [empty.astype(np.int64), np.empty((0, 4)), empty]
        return Candidates(count, owners, parts[0], parts[1], parts[2])

    def _of_film(self, maps: Doubles) -> tuple[NDArray[np.int64], Doubles, Doubles]:
        """Classes, places and log-odds of the candidates of one film, the likeliest first."""
        count = len(self.findings)
        heat, (high, wide, down, across) = maps[:count], maps[count:]
        rows, columns = heat.shape[1:]
        peaks = np.flatnonzero((heat >= _around(heat)).ravel())
        scores = heat.ravel()[peaks]
        order = np.argsort(-scores, kind="stable")[: _OVER * self.options.most]
        peaks, scores = peaks[order], scores[order]
        finding, row, column = np.unravel_index(peaks, heat.shape)
        middle = np.stack(
            [column + 0.5 + across[row, column], row + 0.5 + down[row, column]], axis=1
        )
        logs = np.stack([wide[row, column], high[row, column]], axis=1)
        half = np.exp(np.minimum(logs, _LONGEST)) / 2
        if self.fitted.get("points"):
            half = np.zeros_like(half)
        places = np.concatenate([middle - half, middle + half], axis=1)
        places /= np.array([columns, rows, columns, rows])
        places = np.clip(places, 0.0, 1.0)
        kept = self._spread(finding, places)
        return finding[kept].astype(np.int64) + 1, places[kept], scores[kept]

    def _spread(self, finding: NDArray[np.intp], places: Doubles) -> list[int]:
        """Which boxes stay where each takes those away that share too much with it."""
        kept: list[int] = []
        left = np.ones(len(places), np.bool_)
        for number in range(len(places)):
            if not left[number]:
                continue
            kept.append(number)
            if len(kept) == self.options.most:
                break
            shared = overlap(places[number : number + 1], places)[0]
            left &= ~((shared >= self.options.overlap) & (finding == finding[number]))
        return kept

    def answer(self, logits: Floats, maps: Floats | None, place: FilmPlace) -> TaskAnswer | None:  # noqa: ARG002
        """Boxes above the cut in stored pixels, the most probable first."""
        if maps is None:
            return None
        found = self.candidates(maps[None])
        chances, cut = self.chances(found.scores), float(self.fitted.get("cut", 0.5))
        regions = tuple(
            Region(
                label=self.classes[int(found.findings[one])],
                probability=float(chances[one]),
                box=_stored(found.places[one], place),
            )
            for one in np.argsort(-chances, kind="stable")
            if chances[one] >= cut
        )
        return TaskAnswer("localisation", regions)

    def chances(self, scores: Doubles) -> Doubles:
        """Calibrated probabilities of candidates' log-odds (D,)."""
        scale, offset = (
            float(self.fitted.get(name, value)) for name, value in (("scale", 1.0), ("offset", 0))
        )
        return _chance(scale * scores + offset)

    # ---------------------------------------------------------------------------- measure

    def statistics(
        self,
        outputs: FilmOutputs,
        labels: NDArray[np.int64],  # noqa: ARG002
        truth: Truth | None,
    ) -> Mapping[str, Statistic]:
        """FROC at `RATES`, at the cut, mean average precision at 0.5 and of each class, pointing.

        "froc-R" is the sensitivity at R false positives per film, "froc-mean" its mean over
        `RATES`; "found" and "false-per-film" are at the bundle's cut.
        """
        boxes = _known(truth)
        if outputs.maps is None:
            return {}
        found = self.candidates(outputs.maps)
        reach = self.options.reach
        inside = matched(found, boxes, "inside", reach=reach)
        given = marks(found, boxes, inside, rule="inside")
        each = {f"froc-{rate:g}": sensitivity_at(given, rate) for rate in RATES}
        figures: dict[str, Statistic] = {"froc-mean": mean_of(list(each.values())), **each}
        for least in self.options.sizes:
            large = marks(found, boxes, inside, rule="inside", least=least)
            for rate in RATES:
                figures[f"froc-{rate:g}:from {least:g} mm on"] = sensitivity_at(large, rate)
        if "cut" in self.fitted:
            figures["found"], figures["false-per-film"] = above(given, self._cut_score())
        sharing = matched(found, boxes, "overlap", reach=reach)
        parts = {
            f"map-50:{name}": average_precision(
                marks(found, boxes, sharing, rule="overlap", finding=number)
            )
            for number, name in enumerate(self.findings, 1)
        }
        figures["map-50"] = mean_of(list(parts.values()))
        figures |= parts if len(parts) > 1 else {}
        figures["pointing"] = pointing(found, boxes, reach=reach)
        return figures

    def curve(self, outputs: FilmOutputs, truth: Truth | None) -> TaskCurve | None:
        """The FROC curve, up to the most false positives per film of `RATES`."""
        wrong, found = froc(self._marks(outputs, _known(truth)))
        shown = np.flatnonzero((wrong <= RATES[-1]) & (np.diff(found, prepend=-1.0) > 0))
        places = np.linspace(0, len(shown) - 1, min(len(shown), _POINTS)).astype(int)
        shown = shown[places]
        return TaskCurve(
            "FROC: findings that are found, against false ones",
            "False positives per film",
            "Sensitivity",
            (0.0, *map(float, wrong[shown])),
            (0.0, *map(float, found[shown])),
        )

    def _marks(self, outputs: FilmOutputs, boxes: Boxes) -> RankedMarks:
        if outputs.maps is None:
            raise ValueError("localisation needs a network with maps")
        found = self.candidates(outputs.maps)
        which = matched(found, boxes, "inside", reach=self.options.reach)
        return marks(found, boxes, which, rule="inside")

    def _cut_score(self) -> float:
        """The log-odds of a candidate, before calibration, that the cut stands for."""
        cut = min(max(float(self.fitted["cut"]), 1e-12), 1 - 1e-12)
        odds = np.log(cut / (1 - cut))
        return float((odds - float(self.fitted["offset"])) / float(self.fitted["scale"]))


def _known(truth: Truth | None) -> Boxes:
    if not isinstance(truth, Boxes):
        raise TypeError("localisation needs boxes")
    return truth


def _chance(odds: Doubles | float) -> Doubles:
    return np.asarray(0.5 * (1 + np.tanh(np.asarray(odds) / 2)))


def _around(heat: Doubles) -> Doubles:
    """The largest value of each place (F, R, Q) and its eight neighbours."""
    wide = np.pad(heat, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
    rows = np.maximum(np.maximum(wide[:, :-2], wide[:, 1:-1]), wide[:, 2:])
    return np.asarray(np.maximum(np.maximum(rows[..., :-2], rows[..., 1:-1]), rows[..., 2:]))


def _stored(place: Doubles, where: FilmPlace) -> Box:
    """A box in stored pixels, of one in shares of the film."""
    left, top, right, bottom = where.box
    across, down = right - left, bottom - top
    return (
        float(left + place[0] * across),
        float(top + place[1] * down),
        float(left + place[2] * across),
        float(top + place[3] * down),
    )
