"""Several findings that may be there together: a calibrated answer and a threshold for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.calibration import OperatingCurve, fit_scale, probability_interval
from engine.tasks.task import Cells, FilmOutputs, FilmPlace, Statistic, Task, Truth
from engine.tasks.weighted import CalibrationError, RocArea, Share
from engine.types import Doubles, Figure, Floats, LabelAnswer, TaskAnswer
from engine.words import Sentence

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from engine.network import Output, RowNetwork
    from engine.recipe import Schedule

_KEPT = 400  # validation films of a finding whose answers a bundle keeps
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class MultiLabelOptions:
    """What can be chosen.

    Attributes:
        sensitivity: A finding's threshold is the highest that reaches it on the validation films;
            0 takes the largest sensitivity + specificity (Youden 1950).
        fewest: Validation films with a finding, and without it, below which the network does not
            answer for it.
    """

    sensitivity: float = 0.0
    fewest: int = 10

    def __post_init__(self) -> None:
        if not 0 <= self.sensitivity < 1:
            raise ValueError("“sensitivity” must be from 0 to below 1")
        if self.fewest < 1:
            raise ValueError("“fewest” must be 1 or more")


class MultiLabel(Task):
    """K findings, each there or not, whatever the others are: K sigmoids.

    The truth is a table with a column of zeros and ones for each finding; where a cell says
    nothing the film takes no part in loss, calibration and figures of that finding. The answers
    are calibrated as often as findings are in the validation films, so that a rare one has low
    probabilities and a low threshold.
    """

    Options = MultiLabelOptions
    needs = "labels"
    link = "sigmoid"
    titles: ClassVar[Mapping[str, str]] = {
        "auc": "AUC",
        "sensitivity": "sensitivity",
        "specificity": "specificity",
        "calibration_error": "calibration error",
    }
    falling: ClassVar[frozenset[str]] = frozenset(("calibration_error",))

    # ---------------------------------------------------------------- training, in torch

    def targets(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":  # noqa: ARG002
        """(N, K) of 0, 1 and NaN, where nothing is known."""
        import torch  # noqa: PLC0415 - only training needs it

        return torch.from_numpy(_known(truth)).float()

    def weights(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":  # noqa: ARG002
        """(K,) how much a film with a finding weighs: as all without it, over all with it."""
        import torch  # noqa: PLC0415 - only training needs it

        known = _known(truth)
        there, absent = np.nansum(known, axis=0), np.nansum(1 - known, axis=0)
        return torch.from_numpy(np.maximum(absent, 1) / np.maximum(there, 1)).float()

    def even(self, weight: "Tensor | None") -> "Tensor":
        """The target (K,) under which even odds have the least loss."""
        import torch  # noqa: PLC0415 - only training needs it

        return torch.full((len(self.classes),), 0.5) if weight is None else 1 / (1 + weight)

    def loss(
        self,
        output: "Output",
        targets: "Tensor",
        *,
        plan: "Schedule",
        weight: "torch.Tensor | None" = None,
    ) -> "Tensor":
        """Binary cross entropy of what is known, summed over findings, over K; (N,)."""
        from engine.tasks.losses import binary_losses  # noqa: PLC0415 - imports torch

        return binary_losses(output.logits, targets, plan, weight).mean(dim=1)

    def calibrate(
        self, network: "RowNetwork", outputs: FilmOutputs, truth: Truth | None
    ) -> Mapping[str, Any]:
        """Scale and move the log-odds of each finding, and choose its threshold."""
        import torch  # noqa: PLC0415 - only training needs it

        known, found = _known(truth), []
        scales, offsets = np.ones(len(self.classes)), np.zeros(len(self.classes))
        for k in range(len(self.classes)):
            told = np.isfinite(known[:, k])
            odds, present = outputs.logits[told, k], known[told, k] > 0.5
            counts = int(present.sum()), int((~present).sum())
            if min(counts) < self.options.fewest:
                found.append({"with": counts[0], "without": counts[1]})
                continue
            scales[k], offsets[k] = fit_scale(odds, present.astype(np.int64), balanced=False)
            found.append(self._finding(scales[k] * odds + offsets[k], present))
        with torch.no_grad():
            head, kind = network.head, network.head.weight
            head.weight.mul_(torch.from_numpy(scales).to(kind)[:, None])
            head.bias.mul_(torch.from_numpy(scales).to(kind))
            head.bias.add_(torch.from_numpy(offsets).to(kind))
        return {"findings": found}

    def _finding(self, odds: Doubles, present: NDArray[np.bool_]) -> dict[str, Any]:
        """Threshold, what it reaches, and answers (n,) that intervals are made of."""
        curve = OperatingCurve(_sigmoid(odds), present)
        threshold = chosen_threshold(curve, sensitivity=self.options.sensitivity)
        sensitivity, specificity = curve.at(threshold)
        order = np.argsort(odds, kind="stable")
        kept = order[np.linspace(0, len(order) - 1, min(_KEPT, len(order))).astype(np.int64)]
        return {
            "threshold": threshold,
            "sensitivity": _plain(sensitivity),
            "specificity": _plain(specificity),
            "odds": np.round(odds[kept], _DIGITS).tolist(),
            "present": present[kept].astype(int).tolist(),
        }

    # ------------------------------------------------------------------ reading, in numpy

    def answer(self, logits: Floats, maps: Floats | None, place: FilmPlace) -> TaskAnswer | None:  # noqa: ARG002
        """Each finding with its threshold, what that is worth, and an interval."""
        each = zip(self.classes, self.probabilities(logits), logits, self._found(), strict=True)
        answers = tuple(
            self._answered(name, float(value), float(odds), fitted)
            for name, value, odds, fitted in each
        )
        return TaskAnswer("multi-label", labels=answers)

    def _answered(
        self, name: str, probability: float, odds: float, fitted: Mapping[str, Any]
    ) -> LabelAnswer:
        if "threshold" not in fitted:
            return LabelAnswer(name, probability, abstained=self._reason(fitted))
        scores, present = np.array(fitted["odds"]), np.array(fitted["present"], np.bool_)
        return LabelAnswer(
            name,
            probability,
            float(fitted["threshold"]),
            _figure(fitted["sensitivity"]),
            _figure(fitted["specificity"]),
            probability_interval(scores, present, odds),
        )

    def _reason(self, fitted: Mapping[str, Any]) -> Sentence:
        if not fitted:
            return Sentence("finding.unset")
        return Sentence(
            "finding.few",
            there=int(fitted["with"]),
            absent=int(fitted["without"]),
            least=self.options.fewest,
        )

    def _found(self) -> list[Mapping[str, Any]]:
        """What calibration found for each finding; empty where nothing was held out."""
        found = list(self.fitted.get("findings", ()))
        return found if len(found) == len(self.classes) else [{}] * len(self.classes)

    # ---------------------------------------------------------------------------- measure

    def statistics(
        self,
        outputs: FilmOutputs,
        labels: NDArray[np.int64],  # noqa: ARG002
        truth: Truth | None,
    ) -> Mapping[str, Statistic]:
        """The mean area under the curves, then the figures of each finding."""
        known, said = _known(truth), self.probabilities(outputs.logits)
        told, present = np.isfinite(known), known > 0.5
        areas = {
            f"auc:{name}": RocArea(present[:, k], outputs.logits[:, k], told[:, k])
            for k, name in enumerate(self.classes)
            if 0 < np.count_nonzero(present[told[:, k], k]) < np.count_nonzero(told[:, k])
        }
        found: dict[str, Statistic] = {"auc": _MeanArea(tuple(areas.values())), **areas}
        for k, (name, fitted) in enumerate(zip(self.classes, self._found(), strict=True)):
            there, absent = told[:, k] & present[:, k], told[:, k] & ~present[:, k]
            if "threshold" in fitted:
                called = said[:, k] >= fitted["threshold"]
                found[f"sensitivity:{name}"] = Share(called, there)
                found[f"specificity:{name}"] = Share(~called, absent)
            found[f"calibration_error:{name}"] = CalibrationError(
                said[:, k], present[:, k], told[:, k]
            )
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _MeanArea:
    """The mean of areas under several curves."""

    areas: tuple[RocArea, ...]

    def __call__(self, weights: Doubles) -> Doubles:
        if not self.areas:
            return np.full(len(weights), np.nan)
        return np.asarray(np.mean([one(weights) for one in self.areas], axis=0))


def chosen_threshold(curve: OperatingCurve, *, sensitivity: float) -> float:
    """The probability at or above which a finding is called.

    Args:
        curve: Of films of both kinds.
        sensitivity: The highest threshold that reaches it; 0 takes the largest sensitivity +
            specificity, the middle one of several that are equally good.
    """
    values = np.unique(curve.probabilities)
    cuts = np.concatenate([[values[0]], (values[1:] + values[:-1]) / 2])  # between two films
    there, absent = (
        np.sort(curve.probabilities[which]) for which in (curve.present, ~curve.present)
    )
    hits = 1 - np.searchsorted(there, cuts) / len(there)
    spared = np.searchsorted(absent, cuts) / len(absent)
    if sensitivity:
        return float(cuts[np.flatnonzero(hits >= sensitivity)[-1]])
    youden = hits + spared
    best = np.flatnonzero(youden >= youden.max() - 1e-12)
    return float(cuts[best[len(best) // 2]])


def _known(truth: Truth | None) -> Doubles:
    if not isinstance(truth, Cells):
        raise TypeError("several findings are told by the columns of a table")
    return truth.numbers


def _sigmoid(odds: Doubles) -> Doubles:
    return np.asarray(0.5 * (1 + np.tanh(odds / 2)))


def _plain(figure: Figure | None) -> list[float] | None:
    return None if figure is None else [figure.value, figure.low, figure.high, figure.films]


def _figure(plain: list[float] | None) -> Figure | None:
    if plain is None:
        return None
    value, low, high, films = plain
    return Figure(value, low, high, int(films))
