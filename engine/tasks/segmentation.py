"""Which pixels belong to a class: masks in, outlines with areas out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.tasks.mask_figures import (
    COARSE,
    Bytes,
    Masks,
    calibration_error,
    chances_of,
    coarse,
    compared,
    dice,
    fit_pixels,
    fold,
    region_odds,
)
from engine.tasks.regions import labels_on, regions_of
from engine.tasks.task import Beside, FilmOutputs, FilmPlace, Needs, Pool, Statistic, Task, Truth
from engine.tasks.weighted import Average
from engine.types import Doubles, Floats, RegionRule, TaskAnswer

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from engine.network import Output, RowNetwork
    from engine.recipe import Schedule

# ------------------------------------------------------------------------------- the task


@dataclass(frozen=True, slots=True)
class SegmentationOptions:
    """What can be chosen of a segmentation.

    Attributes:
        cross_entropy: Weight of the cross entropy by pixel in the loss.
        dice: Weight of 1 − Dice (Milletari 2016, of probabilities) in the loss.
        class_weights: K, of the classes in the cross entropy; empty weighs all alike.
        cut: Least calibrated probability of a pixel within.
        smallest: Share of the film's area below which a region is dropped.
    """

    cross_entropy: float = 1.0
    dice: float = 1.0
    class_weights: tuple[float, ...] = ()
    cut: float = 0.5
    smallest: float = 0.0

    def __post_init__(self) -> None:
        for name in ("cross_entropy", "dice"):
            if not 0 <= getattr(self, name) <= 1000:
                raise ValueError(f"“{name}” must be from 0 to 1000")
        if not self.cross_entropy + self.dice:
            raise ValueError("“cross_entropy” and “dice” must not both be 0")
        if not 0 < self.cut < 1:
            raise ValueError("“cut” must lie between 0 and 1")
        if not 0 <= self.smallest < 1:
            raise ValueError("“smallest” must be from 0 to below 1")
        if any(not 0 <= one <= 1000 for one in self.class_weights):
            raise ValueError("“class_weights” must be from 0 to 1000")


class Segmentation(Task):
    """K classes of pixels, the first of which lies around the others.

    The film's logits are the logarithms of the mean probabilities, so that their softmax is the
    expected share of the film's area: Influence, horizon and audit explain that.
    """

    Options: ClassVar[type[Any]] = SegmentationOptions
    options: SegmentationOptions
    needs: ClassVar[Needs] = "mask"
    pool: ClassVar[Pool] = "area"
    titles: ClassVar[Mapping[str, str]] = {
        "dice": "Dice",
        "dice_there": "Dice where there is something",
        "iou": "intersection over union",
        "surface_95": "distance of the outlines, 95 %, pixels",
        "surface_95_mm": "distance of the outlines, 95 %, mm",
        "spared": "films without it left alone",
        "calibration_error": "calibration error by pixel",
        "dice_mean_mask": "Dice of the mean training mask",
    }
    falling: ClassVar[frozenset[str]] = frozenset(
        {"surface_95", "surface_95_mm", "calibration_error"}
    )

    @property
    def maps(self) -> int:
        """K."""
        return len(self.classes)

    @property
    def rule(self) -> RegionRule:
        """How its maps become regions."""
        odds = self.fitted.get("region_odds")
        told = (float(odds[0]), float(odds[1]), float(odds[2])) if odds else None
        return RegionRule(self.classes, smallest=self.options.smallest, odds=told)

    # --------------------------------------------------------------- training, in torch

    def targets(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":  # noqa: ARG002
        """Share of every cell that belongs to each class, (N, K, M, W)."""
        import torch  # noqa: PLC0415 - only training needs it

        return torch.from_numpy(_masks(truth).on_grid())

    def moved(self, targets: "Tensor", motion: "Tensor") -> "Tensor":
        """Read where the films are read; beyond their edge goes on what lies there."""
        from torch.nn import functional  # noqa: PLC0415 - only training needs it

        grid = functional.affine_grid(motion, list(targets.shape), align_corners=False)
        return functional.grid_sample(
            targets, grid, padding_mode="border", align_corners=False, mode="bilinear"
        )

    def even(self, weight: "Tensor | None") -> "Tensor":  # noqa: ARG002
        """Every class everywhere alike, (K, 1, 1)."""
        import torch  # noqa: PLC0415 - only training needs it

        return torch.full((len(self.classes), 1, 1), 1 / len(self.classes))

    def loss(
        self,
        output: "Output",
        targets: "Tensor",
        *,
        plan: "Schedule",
        weight: "torch.Tensor | None" = None,  # noqa: ARG002
    ) -> "Tensor":
        """Cross entropy by pixel and 1 − Dice, (N,).

        With p the probabilities, y the shares, w the weights of classes, and sums over cells:

            loss = −a mean Σ_k w_k y_k log p_k + b (1 − D)
            D = mean_k (2 Σ p_k y_k + 1) / (Σ p_k + Σ y_k + 1)

        The Dice term is of the classes but the first that a film has: what is drawn in a film
        without them is left to the cross entropy, or drawing nothing at all would be a way out.
        """
        from torch.nn import functional  # noqa: PLC0415 - only training needs it

        maps = output.maps
        if maps is None:
            raise ValueError("A segmentation needs a network with maps.")
        shares = functional.adaptive_avg_pool2d(targets, (maps.shape[2], maps.shape[3]))
        chances = maps.float().log_softmax(dim=1)
        soft = shares * (1 - plan.label_smoothing) + plan.label_smoothing / shares.shape[1]
        terms = soft * chances
        if plan.focal:
            terms = terms * (1 - chances.exp()) ** plan.focal
        if self.options.class_weights:
            terms = terms * terms.new_tensor(self.options.class_weights)[:, None, None]
        entropy = -terms.sum(dim=1).mean(dim=(1, 2))
        if not self.options.dice:
            return self.options.cross_entropy * entropy
        there, wanted = chances[:, 1:].exp(), shares[:, 1:]
        both = (there * wanted).sum(dim=(2, 3))
        sums = there.sum(dim=(2, 3)) + wanted.sum(dim=(2, 3))
        missed = 1 - (2 * both + 1) / (sums + 1)
        missed = (missed * (wanted.sum(dim=(2, 3)) > 0)).mean(dim=1)
        return self.options.cross_entropy * entropy + self.options.dice * missed

    def learnt(self, truth: Truth | None) -> Mapping[str, Any]:
        """The mean mask of the training films, in per cent on a coarse grid: the baseline."""
        masks = _masks(truth)
        total = np.zeros((len(self.classes) - 1, COARSE, COARSE))
        for start in range(0, len(masks), _AT_ONCE):
            part = masks.take(np.arange(start, min(start + _AT_ONCE, len(masks))))
            total += coarse(part.on_grid()[:, 1:]).sum(axis=0)
        return {"mean_mask": np.rint(100 * total / max(len(masks), 1)).astype(int).tolist()}

    def calibrate(
        self, network: "RowNetwork", outputs: FilmOutputs, truth: Truth | None
    ) -> Mapping[str, Any]:
        """Scale and offset of the last convolution, and the odds of regions, on these films.

        The scale and K offsets have the least cross entropy by pixel.
        """
        maps = _maps(outputs)
        masks = _masks(truth)
        scale, offset = fit_pixels(maps, masks)
        fold(network, scale, offset)
        changed = (scale * maps + np.array(offset)[:, None, None]).astype(np.float32)
        odds = region_odds(changed, masks, cut=self.options.cut, smallest=self.options.smallest)
        fitted: dict[str, Any] = {"pixel_scale": scale, "pixel_offset": offset}
        return fitted | ({"region_odds": odds} if odds else {})

    # ---------------------------------------------------------------- reading, in numpy

    def answer(self, logits: Floats, maps: Floats | None, place: FilmPlace) -> TaskAnswer | None:  # noqa: ARG002
        """Probabilities by pixel, and the regions at the cut."""
        if maps is None:
            return None
        rows, columns = place.cells(maps.shape[1], maps.shape[2])
        found = TaskAnswer(
            task="segmentation",
            maps=chances_of(maps),
            row_edges=rows,
            column_edges=columns,
            cut=self.options.cut,
            rule=self.rule,
        )
        regions = regions_of(found, self.options.cut, place.spacing)
        return replace(found, regions=regions)

    # -------------------------------------------------------------------------- measure

    def statistics(
        self,
        outputs: FilmOutputs,
        labels: NDArray[np.int64],  # noqa: ARG002
        truth: Truth | None,
    ) -> Mapping[str, Statistic]:
        """Dice and its neighbours, measured at each mask's stored size.

        | code | figure |
        |---|---|
        | dice | mean over the films; 1 where neither mask nor answer has a pixel |
        | dice_there | the same of films whose mask has some |
        | iou | intersection over union, as dice |
        | surface_95 | stored pixels within which 95 of 100 places of each outline have the other |
        | surface_95_mm | the same in mm, of films whose pixels have a true spacing; else absent |
        | spared | films without a pixel in the mask that got none |
        | calibration_error | expected calibration error by pixel |
        | dice_mean_mask | Dice of the mean training mask, which looks at no film |

        Of several classes a code stands for their mean, and `CODE:CLASS` for each.
        """
        masks, maps = _masks(truth), _maps(outputs)
        if not len(masks):
            return {}
        each = [self._film(maps, masks, film) for film in range(len(masks))]
        table = {code: np.array([one[code] for one in each]) for code in each[0]}  # (N, K − 1)
        found: dict[str, Statistic] = {}
        for code, values in table.items():
            found[code] = _average(_row_means(values))
        found["calibration_error"] = calibration_error(maps, masks)
        for place, name in enumerate(self.classes[1:] if len(self.classes) > 2 else ()):
            for code, values in table.items():
                found[f"{code}:{name}"] = _average(values[:, place])
        return found

    def beside(self, outputs: FilmOutputs, truth: Truth | None) -> tuple[Beside, ...]:
        """The six films of the lowest Dice, then the three of the highest that have a mask."""
        masks, maps = _masks(truth), _maps(outputs)
        pairs = [
            (self.drawn(chances_of(maps[film]), (mask.shape[0], mask.shape[1])) > 0, mask > 0)
            for film, mask in enumerate(map(masks.mask, range(len(masks))))
        ]
        each = np.array([dice(*pair) for pair in pairs])
        there = np.array([pair[1].any() for pair in pairs], dtype=bool)
        order = np.argsort(each, kind="stable")
        worst = order[:_WORST].tolist()
        best = [film for film in order[::-1].tolist() if there[film] and film not in worst]
        return tuple(
            Beside(film, float(each[film]), *pairs[film]) for film in (*worst, *best[:_BEST])
        )

    def drawn(self, chances: Floats, shape: tuple[int, int]) -> Bytes:
        """The class of every stored pixel of a film, as it is answered."""
        smallest = self.options.smallest
        return labels_on(chances, shape, cut=self.options.cut, smallest=smallest)

    def _film(self, maps: NDArray[np.floating], masks: Masks, film: int) -> dict[str, list[float]]:
        mask = masks.mask(film)
        shape = (mask.shape[0], mask.shape[1])
        drawn = self.drawn(chances_of(maps[film]), shape)
        base = self._mean_mask(shape)
        found: dict[str, list[float]] = {}
        for label in range(1, len(self.classes)):
            wanted, given = mask == label, drawn == label
            one = compared(given, wanted, masks.spacing(film))
            if base is not None:
                one["dice_mean_mask"] = dice(base == label, wanted)
            for code, value in one.items():
                found.setdefault(code, []).append(value)
        return found

    def _mean_mask(self, shape: tuple[int, int]) -> Bytes | None:
        stored = self.fitted.get("mean_mask")
        if stored is None:
            return None
        others = np.asarray(stored, np.float32) / 100
        return labels_on(np.concatenate((others[:1] * 0, others)), shape, cut=0.5)


_AT_ONCE = 256  # films whose masks are held together
_WORST, _BEST = 6, 3  # films that a report shows


def _masks(truth: Truth | None) -> Masks:
    if not isinstance(truth, Masks):
        raise TypeError("a segmentation needs the masks of its films")
    return truth


def _maps(outputs: FilmOutputs) -> NDArray[np.floating]:
    if outputs.maps is None:
        raise TypeError("a segmentation needs a network with maps")
    return outputs.maps


def _row_means(values: Doubles) -> Doubles:
    """Means (N,) over the classes (N, K − 1) that have a value; NaN where none has."""
    known = np.isfinite(values)
    sums, count = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
    return np.where(count > 0, sums / np.maximum(count, 1), np.nan)


def _average(values: Doubles) -> Statistic:
    return Average(values, np.isfinite(values))
