"""Frame → Analysis: prediction, trust, states and influence in one delivery."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.attribution import ANYWHERE, Baseline, BaselineLike, answered, influence, resolve
from engine.bundle import load_bundle
from engine.calibration import prefix_logits, softmax
from engine.device import VARIABLE, choose_device
from engine.errors import BundleError, InferenceError
from engine.metadata import METADATA, WEIGHTS, find_bundle
from engine.metadata.files import stamp
from engine.network import RowNetwork
from engine.preparation import prepare
from engine.runtime.reader import FULL, reader_for
from engine.runtime.reading import Reading
from engine.runtime.torch_reader import one_film
from engine.suitability import reasons_of
from engine.trust import judge, load_installed, suggest, without_strangers
from engine.types import (
    Analysis,
    Doubles,
    Frame,
    HiddenStates,
    Image,
    Influence,
    InfluenceMethod,
    ModelInfo,
    Prediction,
    PreparedFilm,
    RowSequence,
    RowTrace,
    Trust,
)

_Value = TypeVar("_Value")


def analyse(model: str | Path, frame: Frame, *, baseline: BaselineLike = "mean") -> Analysis:
    """Read a frame with a model given by name or folder; the model may abstain.

    Args:
        model: Name or folder.
        frame: Pixels and header.
        baseline: The film that Influence starts from, see `Predictor.baseline`.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        ImageError: A baseline that cannot be read.
        InferenceError: The network answered with something that is not a number, or there is no
            such baseline.
    """
    predictor = load_predictor(model)
    return predictor.analyse(frame, predictor.baseline(baseline))


def baseline_of(model: str | Path, baseline: BaselineLike) -> Baseline:
    """A baseline of a model, read and checked once for many films; see `Predictor.baseline`."""
    return load_predictor(model).baseline(baseline)


def analyse_rows(
    model: str | Path, film: PreparedFilm, baseline: BaselineLike = "mean"
) -> Analysis:
    """Read a film that was prepared elsewhere; everything in and out can be pickled.

    Args:
        model: Name or folder.
        film: As `engine.preparation.prepare` makes it for this model.
        baseline: As for `analyse`.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        InferenceError: The network answered with something that is not a number.
    """
    predictor = load_predictor(model)
    return predictor.read(film, predictor.baseline(baseline))


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
        self._baselines = tuple(map(self.baseline, ANYWHERE))
        # The baselines stay here: no answer carries them from process to process.
        self._statistics = replace(self._bundle.statistics, class_means=None)

    @property
    def info(self) -> ModelInfo:
        """What is known of the model."""
        return self._bundle.info

    @property
    def device(self) -> str:
        """For people, with the reason if it is not the device that was asked for."""
        return self._reader.place

    def baseline(self, given: BaselineLike) -> Baseline:
        """A film that Influence can start from, ready for films of any height.

        Args:
            given: "mean", "blank", "blurred", ("class-mean", class), "class-mean:class", or the
                path of a film; see `engine.attribution.baselines`. One that is ready comes back
                as it is.

        Raises:
            ImageError: A film that cannot be read.
            InferenceError: No such baseline, or a film that the model does not read.
        """
        return resolve(given, self.info, self._bundle.statistics)

    def analyse(self, frame: Frame, baseline: Baseline | None = None) -> Analysis:
        """Read a frame, or abstain with reasons.

        Raises:
            InferenceError: The network answered with something that is not a number.
        """
        return self.read(prepare(frame, self.info), baseline)

    def read(self, film: PreparedFilm, baseline: Baseline | None = None) -> Analysis:
        """Read a film that was prepared for this model; the model may abstain.

        Where header or pixels speak against the film the network is not asked; what the film
        shows is, for the sake of the best reason and of a model that fits better.

        Args:
            film: As `prepare` makes it.
            baseline: Of Influence; None is the mean film.

        Raises:
            InferenceError: The network answered with something that is not a number.
        """
        start = time.perf_counter()
        image, index, sequence = film.image, film.index, film.own.sequence
        self._check_grid(sequence)
        if reasons_of(film.own.checks):
            return self._abstain(film, self._judge(film, None), since=start)
        reading = self._reader.read(sequence.rows)
        self._refuse_nonsense(image, reading.h, reading.logits, reading.by_row)
        trust = self._judge(film, reading.logits)
        if trust.abstains:
            return self._abstain(film, trust, since=start)
        prediction = self._predict(reading)
        moved = self.influence(sequence, prediction.target, baseline=baseline)
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
            statistics=self._statistics,
            trust=trust,
        )

    def trust(self, film: PreparedFilm) -> Trust:
        """Everything that speaks for and against answering for a film."""
        self._check_grid(film.own.sequence)
        if reasons_of(film.own.checks):
            return self._judge(film, None)
        return self._judge(film, self._reader.read(film.own.sequence.rows).logits)

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
        baseline: Baseline | None = None,
    ) -> Influence:
        """What moved the log-odds of one class away from a baseline film's.

        Args:
            sequence: As `to_sequence` makes it for this model.
            target: Index of the class.
            method: See `engine.attribution.influence`; None takes the bundle's own.
            seed: Of the orders that Shapley values draw.
            baseline: As `baseline` makes it; None is the mean film.
        """
        chosen = baseline or self._baselines[0]
        found = self.explain(
            sequence,
            lambda network, rows, start: influence(
                network,
                rows,
                baseline=start,
                target=target,
                method=method or self.info.influence,
                rows_per_band=self.info.input.rows_multiple,
                seed=seed,
                edges=sequence.edges,
            ),
            baseline=chosen,
        )

        def ask(one: Baseline) -> Doubles:
            logits = self._reader.read(one.at(sequence.rows)).logits
            return softmax(logits.astype(np.float64))  # (K,)

        said = answered(chosen, ask(chosen), self.info.classes, ask=ask, others=self._baselines)
        return replace(found, baseline=said)

    def explain(
        self,
        sequence: RowSequence,
        work: Callable[[RowNetwork, Tensor, Tensor], _Value],
        *,
        baseline: Baseline | None = None,
    ) -> _Value:
        """What `work` makes of network, rows and baseline film (M, W), all on one device."""
        self._check_grid(sequence)
        start = (baseline or self._baselines[0]).at(sequence.rows)
        arrays = [torch.from_numpy(array) for array in (sequence.rows, start)]
        with one_film():
            return self._reader.computed(
                lambda network, device: work(network, *(array.to(device) for array in arrays))
            )

    def warm_up(self) -> None:
        """Read the film of the self-test once; load the model that is asked what films show."""
        rows = self._bundle.selftest.rows[0].numpy()
        sequence = RowSequence(rows, np.linspace(0.0, len(rows), len(rows) + 1))
        logits = self._reader.read(sequence.rows).logits
        with one_film():
            judge(self._bundle, sequence, logits)
        self.influence(sequence, 0)
        safeguards = self._bundle.safeguards
        if safeguards is not None and safeguards.config.gate is not None:
            with suppress(BundleError):  # the first film will say that it could not be asked
                load_installed(safeguards.config.gate.model)

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

    def _judge(self, film: PreparedFilm, logits: NDArray[np.floating] | None) -> Trust:
        own = film.own
        with one_film():
            trust = judge(
                self._bundle, own.sequence, logits, checks=own.checks, others=film.others
            )
            if not trust.abstains:
                trust = without_strangers(self._bundle, trust, film.others)
            if not trust.abstains:
                return trust
            return replace(trust, suggestion=suggest(self._bundle, own.sequence, film.others))

    def _abstain(self, film: PreparedFilm, trust: Trust, *, since: float) -> Analysis:
        return Analysis(
            film.image,
            film.index,
            self.info,
            self.device,
            time.perf_counter() - since,
            abstained=trust.reasons[0].sentence,
            trust=trust,
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
                "The model “{info}” gave no usable answer for {path}.",
                "not-a-number",
                info=self.info.title,
                path=image.path.name,
            )
