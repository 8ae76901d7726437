"""Frame → Analysis: prediction, trust, states and influence in one delivery."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from engine.attribution import influence
from engine.bundle import load_bundle
from engine.calibration import prefix_logits, softmax
from engine.device import VARIABLE, choose_device
from engine.errors import InferenceError
from engine.metadata import METADATA, WEIGHTS, find_bundle
from engine.metadata.files import stamp
from engine.network import RowNetwork
from engine.reference import resampled
from engine.runtime.reader import FULL, reader_for
from engine.runtime.reading import Reading
from engine.runtime.torch_reader import one_film
from engine.sequence import to_sequence
from engine.suitability import film_checks, reasons_of
from engine.trust import judge
from engine.types import (
    Analysis,
    Check,
    Doubles,
    Frame,
    HiddenStates,
    Image,
    Influence,
    InfluenceMethod,
    ModelInfo,
    Prediction,
    RowSequence,
    RowTrace,
    Trust,
)

_Value = TypeVar("_Value")


def analyse(model: str | Path, frame: Frame) -> Analysis:
    """Read a frame with a model given by name or folder; the model may abstain.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        InferenceError: The network answered with something that is not a number.
    """
    return load_predictor(model).analyse(frame)


def analyse_rows(
    model: str | Path,
    image: Image,
    index: int,
    *,
    sequence: RowSequence,
    checks: Iterable[Check] = (),
) -> Analysis:
    """Read rows that were prepared elsewhere; everything in and out can be pickled.

    Args:
        model: Name or folder.
        image: The file that the rows come from.
        index: Its frame.
        sequence: As `to_sequence` makes it for this model.
        checks: What `film_checks` found of the same frame.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        InferenceError: The network answered with something that is not a number.
    """
    return load_predictor(model).read(image, index, sequence=sequence, checks=checks)


def warm_up(model: str | Path) -> None:
    """Load a model and let it read once, so that the first film need not wait.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    load_predictor(model).warm_up()


def load_predictor(model: str | Path) -> "Predictor":
    """The predictor of a model; loaded once per process, anew when its files change.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    folder = find_bundle(model)
    stamps = tuple(stamp(folder, name) for name in (METADATA, WEIGHTS))
    return _cached(folder, stamps, os.environ.get(VARIABLE))


@lru_cache(maxsize=4)
def _cached(folder: Path, _stamps: tuple[object, ...], device: str | None) -> "Predictor":
    return Predictor(folder, device)


class Predictor:
    """A loaded model, ready to read.

    Args:
        model: Name or folder.
        device: As for `choose_device`.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DeviceError: A name that is no device.
    """

    def __init__(self, model: str | Path, device: str | None = None) -> None:
        chosen, reason = choose_device(device)
        try:
            self._bundle = load_bundle(model, chosen)
        except torch.OutOfMemoryError:
            chosen, reason = torch.device("cpu"), FULL
            self._bundle = load_bundle(model, chosen)
        self._reader = reader_for(self._bundle.network, chosen, reason=reason)

    @property
    def info(self) -> ModelInfo:
        """What is known of the model."""
        return self._bundle.info

    @property
    def device(self) -> str:
        """For people, with the reason if it is not the device that was asked for."""
        return self._reader.place

    def analyse(self, frame: Frame) -> Analysis:
        """Read a frame, or abstain with reasons.

        Raises:
            InferenceError: The network answered with something that is not a number.
        """
        image, info = frame.image, self.info
        checks = film_checks(image, info.input, limits=info.limits, frame=frame)
        if reasons := reasons_of(checks):
            return self._abstain(image, frame.index, Trust(checks, reasons))
        sequence = to_sequence(frame, info.input)
        return self.read(image, frame.index, sequence=sequence, checks=checks, frame=frame)

    def read(
        self,
        image: Image,
        index: int,
        *,
        sequence: RowSequence,
        checks: Iterable[Check] = (),
        frame: Frame | None = None,
    ) -> Analysis:
        """Read model rows that `to_sequence` made of a frame of an image; the model may abstain.

        Args:
            image: The file that the rows come from.
            index: Its frame.
            sequence: The rows.
            checks: What `film_checks` found of the same frame.
            frame: The pixels, for a gate that reads another grid than the model.

        Raises:
            InferenceError: The network answered with something that is not a number.
        """
        start = time.perf_counter()
        self._check_grid(sequence)
        reading = self._reader.read(sequence.rows)
        self._refuse_nonsense(image, reading.h, reading.logits, reading.by_row)
        with one_film():
            trust = judge(self._bundle, sequence, reading.logits, checks=checks, frame=frame)
        if trust.abstains:
            return self._abstain(image, index, trust, since=start)
        prediction = self._predict(reading)
        moved = self.influence(sequence, prediction.target)
        sums = (moved.log_odds, moved.baseline_log_odds, moved.residual)
        self._refuse_nonsense(image, moved.values, np.array(sums))
        return Analysis(
            image=image,
            frame=index,
            model=self.info,
            device=self.device,
            seconds=time.perf_counter() - start,
            prediction=prediction,
            states=HiddenStates(reading.h, self._edges(sequence)),
            influence=moved,
            statistics=self._bundle.statistics,
            trust=trust,
        )

    def trust(
        self, sequence: RowSequence, *, checks: Iterable[Check] = (), frame: Frame | None = None
    ) -> Trust:
        """Everything that speaks for and against answering for a film."""
        self._check_grid(sequence)
        logits = self._reader.read(sequence.rows).logits
        with one_film():
            return judge(self._bundle, sequence, logits, checks=checks, frame=frame)

    def trace(self, sequence: RowSequence) -> RowTrace:
        """Everything that one reading leaves behind, of rows that `to_sequence` made."""
        self._check_grid(sequence)
        found = self._reader.trace(sequence.rows, self._edges(sequence))
        if self._bundle.by_row is None:
            return found
        by_row = prefix_logits(found.by_row, self._bundle.by_row).astype(np.float32)
        return replace(found, by_row=by_row)

    def influence(
        self,
        sequence: RowSequence,
        target: int,
        *,
        method: InfluenceMethod | None = None,
        seed: int = 0,
    ) -> Influence:
        """What moved the log-odds of one class away from the mean film's.

        Args:
            sequence: As `to_sequence` makes it for this model.
            target: Index of the class.
            method: See `engine.attribution.influence`; None takes the bundle's own.
            seed: Of the orders that Shapley values draw.
        """
        return self.explain(
            sequence,
            lambda network, rows, mean: influence(
                network,
                rows,
                baseline=mean,
                target=target,
                method=method or self.info.influence,
                rows_per_band=self.info.input.rows_multiple,
                seed=seed,
                edges=sequence.edges,
            ),
        )

    def explain(
        self, sequence: RowSequence, work: Callable[[RowNetwork, Tensor, Tensor], _Value]
    ) -> _Value:
        """What `work` makes of network, rows and mean film (M, W), all on one device."""
        self._check_grid(sequence)
        mean = resampled(self._bundle.statistics.mean_image, len(sequence.rows), axis=0)
        arrays = [torch.from_numpy(array) for array in (sequence.rows, mean)]
        with one_film():
            return self._reader.computed(
                lambda network, device: work(network, *(array.to(device) for array in arrays))
            )

    def warm_up(self) -> None:
        """Read the film of the self-test once."""
        rows = self._bundle.selftest.rows[0].numpy()
        sequence = RowSequence(rows, np.linspace(0.0, len(rows), len(rows) + 1))
        self.trust(sequence)
        self.influence(sequence, 0)

    def _predict(self, reading: Reading) -> Prediction:
        probabilities = softmax(reading.logits.astype(np.float64))  # (K,)
        positive = self.info.positive
        target = int(probabilities.argmax()) if positive is None else positive
        by_row = softmax(prefix_logits(reading.by_row, self._bundle.by_row))  # (L, K)
        return Prediction(
            self.info.classes,
            probabilities,
            by_row.astype(np.float32),
            target,
            by_row_calibrated=self._bundle.by_row is not None,
        )

    def _abstain(
        self, image: Image, index: int, trust: Trust, *, since: float | None = None
    ) -> Analysis:
        seconds = 0.0 if since is None else time.perf_counter() - since
        sentence = trust.reasons[0].sentence
        return Analysis(
            image, index, self.info, self.device, seconds, abstained=sentence, trust=trust
        )

    def _edges(self, sequence: RowSequence) -> Doubles:
        return sequence.edges[:: self.info.input.rows_multiple]  # (L + 1,)

    def _check_grid(self, sequence: RowSequence) -> None:
        fmt, given = self.info.input, sequence.rows.shape
        free = fmt.aspect == "keep" and given[0] % fmt.rows_multiple == 0
        grid = (given[0] if free else fmt.rows, fmt.columns)
        if given != grid:
            raise ValueError(f"{given} model rows were prepared for another model than {grid}")

    def _refuse_nonsense(self, image: Image, *arrays: np.ndarray) -> None:
        if not all(np.isfinite(array).all() for array in arrays):
            raise InferenceError(
                f"The model “{self.info.title}” gave no usable answer for {image.path.name}.",
                "not-a-number",
            )
