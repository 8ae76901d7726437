"""Frame → Analysis: prediction, states and influence in one delivery."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.attribution import integrated_gradients
from engine.bundle import load_bundle
from engine.device import VARIABLE, choose_device, device_name
from engine.errors import InferenceError
from engine.metadata import METADATA, WEIGHTS, find_bundle
from engine.metadata.files import stamp
from engine.reference import resampled
from engine.sequence import refusal, to_sequence
from engine.types import (
    Analysis,
    Doubles,
    Floats,
    Frame,
    HiddenStates,
    Image,
    Influence,
    ModelInfo,
    Prediction,
    RowSequence,
    RowTrace,
)


def analyse(model: str | Path, frame: Frame) -> Analysis:
    """Read a frame with a model given by name or folder; the model may abstain.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        InferenceError: The network answered with something that is not a number.
    """
    return load_predictor(model).analyse(frame)


def analyse_rows(model: str | Path, image: Image, index: int, sequence: RowSequence) -> Analysis:
    """Read rows that were prepared elsewhere; everything in and out can be pickled.

    Args:
        model: Name or folder.
        image: The file that the rows come from.
        index: Its frame.
        sequence: As `to_sequence` makes it for this model.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        InferenceError: The network answered with something that is not a number.
    """
    return load_predictor(model).read(image, index, sequence)


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
        self._device, self._fallback = choose_device(device)
        self._bundle = load_bundle(model, self._device)

    @property
    def info(self) -> ModelInfo:
        """What is known of the model."""
        return self._bundle.info

    @property
    def device(self) -> str:
        """For people, with the reason if it is not the device that was asked for."""
        return device_name(self._device, self._fallback)

    def analyse(self, frame: Frame) -> Analysis:
        """Read a frame, or abstain with a reason.

        Raises:
            InferenceError: The network answered with something that is not a number.
        """
        reason = refusal(frame.image, self.info.input, frame)
        if reason is not None:
            image, index = frame.image, frame.index
            return Analysis(image, index, self.info, self.device, 0.0, abstained=reason)
        return self.read(frame.image, frame.index, to_sequence(frame, self.info.input))

    def read(self, image: Image, index: int, sequence: RowSequence) -> Analysis:
        """Read model rows that `to_sequence` made of a frame of an image.

        Raises:
            InferenceError: The network answered with something that is not a number.
        """
        start = time.perf_counter()
        try:
            prediction, states, influence = self._answer(sequence)
        except torch.OutOfMemoryError:
            if self._device.type == "cpu":
                raise
            self._leave_gpu()
            prediction, states, influence = self._answer(sequence)
        sums = (influence.log_odds, influence.baseline_log_odds, influence.residual)
        numbers = (prediction.probabilities, prediction.by_row, states.h, influence.values, sums)
        if not all(np.isfinite(array).all() for array in numbers):
            raise InferenceError(
                f"The model “{self.info.title}” gave no usable answer for {image.path.name}.",
                "not-a-number",
            )
        return Analysis(
            image=image,
            frame=index,
            model=self.info,
            device=self.device,
            seconds=time.perf_counter() - start,
            prediction=prediction,
            states=states,
            influence=influence,
            statistics=self._bundle.statistics,
        )

    def trace(self, sequence: RowSequence) -> RowTrace:
        """Everything that one reading leaves behind, of rows that `to_sequence` made."""
        network = self._bundle.network
        with _one_film(), torch.no_grad():
            trace = network.trace(self._rows(sequence))
            inside = network.gates(trace)
        gates = {name: _array(gate[:, :, 0]) for name, gate in inside.items()}
        return RowTrace(
            h=_array(trace.h[:, :, 0]),
            c=None if trace.c is None else _array(trace.c[:, :, 0]),
            gates=gates,
            memory=_memory(gates),
            by_row=_array(trace.by_row[0]),
            logits=_array(trace.logits[0]),
            edges=self._edges(sequence),
        )

    def influence(self, sequence: RowSequence, target: int) -> Influence:
        """What moved the log-odds of one class, by integrated gradients.

        Args:
            sequence: As `to_sequence` makes it for this model.
            target: Index of the class.
        """
        with _one_film():
            return self._influence(self._rows(sequence), self._edges(sequence), target)

    def warm_up(self) -> None:
        """Read the film of the self-test once."""
        rows = self._bundle.selftest.rows[0].numpy()
        self._answer(RowSequence(rows, np.linspace(0.0, len(rows), len(rows) + 1)))

    def _answer(self, sequence: RowSequence) -> tuple[Prediction, HiddenStates, Influence]:
        network, info = self._bundle.network, self.info
        rows, edges = self._rows(sequence), self._edges(sequence)  # (1, M, W), (L + 1,)
        with _one_film():
            with torch.no_grad():
                trace = network.trace(rows)
            probabilities = _probabilities(trace.logits)[0]  # (K,)
            target = int(probabilities.argmax()) if info.positive is None else info.positive
            influence = self._influence(rows, edges, target)
        by_row = _probabilities(trace.by_row)[0].astype(np.float32)  # (L, K)
        return (
            Prediction(info.classes, probabilities, by_row, target),
            HiddenStates(_array(trace.h[:, :, 0]), edges),
            influence,
        )

    def _influence(self, rows: Tensor, edges: Doubles, target: int) -> Influence:
        mean = resampled(self._bundle.statistics.mean_image, rows.shape[1], axis=0)
        baseline = torch.from_numpy(mean).to(rows)  # (M, W)
        network = self._bundle.network
        found = integrated_gradients(network, rows[0], baseline=baseline, target=target)
        per_step = found.per_row.view(-1, self.info.input.rows_multiple).sum(dim=1)  # (L,)
        return Influence(
            values=_array(per_step),
            edges=edges,
            target=target,
            log_odds=found.log_odds,
            baseline_log_odds=found.baseline_log_odds,
            residual=found.residual,
        )

    def _edges(self, sequence: RowSequence) -> Doubles:
        return sequence.edges[:: self.info.input.rows_multiple]  # (L + 1,)

    def _rows(self, sequence: RowSequence) -> Tensor:
        fmt, given = self.info.input, sequence.rows.shape
        free = fmt.aspect == "keep" and given[0] % fmt.rows_multiple == 0
        grid = (given[0] if free else fmt.rows, fmt.columns)
        if given != grid:
            raise ValueError(f"{given} model rows were prepared for another model than {grid}")
        return torch.from_numpy(sequence.rows).to(self._device).unsqueeze(0)  # (1, M, W)

    def _leave_gpu(self) -> None:
        self._device, self._fallback = torch.device("cpu"), "the GPU's memory is full"
        self._bundle.network.cpu()


def _probabilities(logits: Tensor) -> Doubles:
    return logits.double().softmax(dim=-1).cpu().numpy()


def _array(tensor: Tensor) -> Floats:
    return np.ascontiguousarray(tensor.detach().cpu().numpy(), dtype=np.float32)


def _memory(gates: Mapping[str, Floats]) -> Floats | None:
    """What is left of each step in the last layer's last state, (D, L, H); they sum to it.

    GRU: h_L = Σ_k (Π_{j>k} z_j) ⊙ (1 − z_k) ⊙ n_k. LSTM: c_L = Σ_k (Π_{j>k} f_j) ⊙ i_k ⊙ g_k.
    """
    last = {name: gate[-1].astype(np.float64) for name, gate in gates.items()}  # (D, L, H)
    if "z" in last:
        kept, added = last["z"], (1 - last["z"]) * last["n"]
    elif "f" in last:
        kept, added = last["f"], last["i"] * last["g"]
    else:
        return None
    terms = np.empty_like(added)
    for direction in range(len(added)):
        later = slice(None, None, -1) if direction == 0 else slice(None)  # from the last step on
        backwards = kept[direction, later]  # (L, H)
        left = np.cumprod(np.vstack((np.ones_like(backwards[:1]), backwards[:-1])), axis=0)
        terms[direction] = (left * added[direction, later])[later]
    return np.asarray(terms, dtype=np.float32)


@contextmanager
def _one_film() -> Iterator[None]:
    """One thread and full precision, only while a film is read.

    A film's steps are too small to share: on a busy machine more threads only wait. TF32 would
    let a GPU answer in the third digit otherwise than the CPU.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            yield
    finally:
        torch.set_num_threads(before)
