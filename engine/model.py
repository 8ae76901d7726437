"""The engine for a notebook: `engine.load("chest-pneumonia").analyse("film.dcm")`."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from engine.attribution import BaselineLike, column_influence
from engine.errors import EngineError, ImageError, InferenceError
from engine.imaging import image_files, read_frame, read_image
from engine.predictor import Predictor
from engine.sequence import GIVEN, column_edges, refusal, to_sequence, whole_range
from engine.types import (
    Analysis,
    ColumnInfluence,
    Frame,
    Image,
    Influence,
    InfluenceMethod,
    ModelInfo,
    RowSequence,
    RowTrace,
)
from engine.types.notebook import model_card, model_line
from engine.types.text import shown

Source = str | Path | Frame | NDArray[Any]

METHODS: tuple[InfluenceMethod, ...] = get_args(InfluenceMethod)


def load(model: str | Path, device: str | None = None) -> "Model":
    """A model that is ready to read.

    Args:
        model: Its name, such as "chest-pneumonia", or the folder of a bundle.
        device: "auto", "cpu", "cuda" or "cuda:1"; None takes the environment variable
            ROWSCOPE_DEVICE, and "auto" without it.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DeviceError: A name that is no device.
    """
    return Model(Predictor(model, device))


class Model:
    """A loaded model; `load` makes it.

    A source is the path of an image, a `Frame` (`engine.read_frame`), or a two-dimensional array
    of modality values, bright = radio-opaque. Of an array `value_range` says what its type can
    hold, for models that scale by that. By default it is found as for a file
    (`engine.sequence.full_range`), so that the same numbers in another type give the same answer:
    0…1 for numbers within 0…1 that are no integers, the array's own ends for fractions below
    zero, and otherwise what the least number of bits, 8 or more, can hold.

    All methods raise:
        ImageError: A file, or an array, that cannot be read as an image.
        InferenceError: The network answered with something that is not a number.
    """

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    @property
    def info(self) -> ModelInfo:
        """What is known of the model."""
        return self._predictor.info

    @property
    def device(self) -> str:
        """For people, with the reason if it is not the device that was asked for."""
        return self._predictor.device

    def analyse(
        self,
        source: Source,
        frame: int = 0,
        *,
        value_range: tuple[float, float] | None = None,
        baseline: BaselineLike = "mean",
    ) -> Analysis:
        """Answer, answer by row, states and influence of one frame; the model may abstain.

        Args:
            source: See the class.
            frame: Of a file with many, counted from 0.
            value_range: Of an array only.
            baseline: The film that Influence starts from, see `influence`.
        """
        start = self._predictor.baseline(baseline)
        return self._predictor.analyse(_frame_of(source, frame, value_range), start)

    def analyse_many(
        self,
        paths: Iterable[str | Path],
        *,
        on_refusal: Callable[[Path, EngineError], None] | None = None,
    ) -> Iterator[Analysis]:
        """The first frame of many files, one analysis after the other.

        Args:
            paths: Images, and folders that are looked through for images.
            on_refusal: Told of each file that has no answer, before the next one is read.
                Without it the first such file raises its error.
        """
        for path in image_files([Path(path) for path in paths]):
            try:
                analysis = self.analyse(path)
            except EngineError as error:
                if on_refusal is None:
                    raise
                on_refusal(path, error)
                continue
            yield analysis

    def trace(
        self, source: Source, frame: int = 0, *, value_range: tuple[float, float] | None = None
    ) -> RowTrace:
        """States, gates, memory and answers at every step: the network, opened.

        Args:
            source: See the class.
            frame: Of a file with many, counted from 0.
            value_range: Of an array only.

        Raises:
            InferenceError: Also where the file is of another kind than the model reads. What the
                film shows is not judged: a network may be opened on any.
        """
        given = _frame_of(source, frame, value_range)
        trace = self._predictor.trace(self._sequence(given))
        self._refuse_nonsense(given, trace.h, trace.by_row, trace.logits)
        return trace

    def influence(
        self,
        source: Source,
        target: str | int | None = None,
        *,
        method: InfluenceMethod | None = None,
        seed: int = 0,
        frame: int = 0,
        value_range: tuple[float, float] | None = None,
        baseline: BaselineLike = "mean",
    ) -> Influence:
        """Which rows moved the log-odds of a class, and which way.

        Args:
            source: See the class.
            target: Name or index of the class; by default the one that `analyse` explains.
            method: "integrated-gradients", "occlusion" or "shapley"; see
                `engine.attribution.influence`. None takes the model's own. Shapley values tell
                their sampling error.
            seed: Of the orders that Shapley values draw.
            frame: Of a file with many, counted from 0.
            value_range: Of an array only.
            baseline: The film that Influence starts from: "mean", "blank", "blurred",
                ("class-mean", name of a class), or the path of a film; see
                `engine.attribution.baselines`. `Influence.baseline` says what the model answers
                for it, and warns where that is decided.

        Raises:
            InferenceError: Also where the file is of another kind than the model reads, or there
                is no such class, method or baseline.
        """
        _check_method(method)
        start = self._predictor.baseline(baseline)
        index = None if target is None else self._class(target)
        given = _frame_of(source, frame, value_range)
        rows = self._sequence(given)
        if index is None:
            index = self._default_target(rows)
        found = self._predictor.influence(rows, index, method=method, seed=seed, baseline=start)
        sums = np.array((found.log_odds, found.baseline_log_odds, found.residual))
        self._refuse_nonsense(given, found.values, sums)
        return found

    def columns(
        self,
        source: Source,
        steps: tuple[int, int],
        target: str | int | None = None,
        *,
        method: InfluenceMethod | None = None,
        seed: int = 0,
        baseline: BaselineLike = "mean",
    ) -> ColumnInfluence:
        """Which columns within a band of rows moved the log-odds of a class.

        Args:
            source: See the class; of a file its first frame.
            steps: First step of the band and the one after its last, as in `Influence.values`.
            target: As for `influence`, like all that follow.
            method: Of the columns; a bundle's own if None.
            seed: Of sampled orders.
            baseline: As for `influence`.

        Raises:
            InferenceError: As `influence` does, or the film has no such steps.
        """
        _check_method(method)
        begin = self._predictor.baseline(baseline)
        given = _frame_of(source, 0, None)
        rows = self._sequence(given)
        index = self._default_target(rows) if target is None else self._class(target)
        first, last = steps
        if not 0 <= first < last <= len(rows.rows) // self.info.input.rows_multiple:
            raise InferenceError(
                "Steps {first} to {last} are no band of the film.",
                "unsupported",
                first=first,
                last=last,
            )
        edges = column_edges(given, rows.rows.shape[1])
        found = self._predictor.explain(
            rows,
            lambda network, film, start: column_influence(
                network,
                film,
                baseline=start,
                target=index,
                first=first,
                last=last,
                method=method or self.info.influence,
                seed=seed,
                edges=edges,
            ),
            baseline=begin,
        )
        self._refuse_nonsense(given, found.values)
        return found

    def __repr__(self) -> str:
        return f"{model_line(self.info).replace('<ModelInfo', '<Model')[:-1]}; on {self.device}>"

    def _repr_html_(self) -> str:
        """The card in short, for notebooks."""
        return model_card(self.info, self.device)

    def _sequence(self, frame: Frame) -> RowSequence:
        reason = refusal(frame.image, self.info.input, frame)
        if reason is not None:
            name = shown(frame.image.path.name)
            raise InferenceError(
                "{name}: the model abstains. {reason}", "abstained", name=name, reason=reason
            )
        return to_sequence(frame, self.info.input)

    def _default_target(self, rows: RowSequence) -> int:
        if self.info.positive is not None:
            return self.info.positive
        return int(self._predictor.trace(rows).logits.argmax())

    def _class(self, target: str | int) -> int:
        classes = self.info.classes
        if isinstance(target, str) and target in classes:
            return classes.index(target)
        if not isinstance(target, str | bool) and 0 <= target < len(classes):
            return int(target)
        known = ", ".join(classes[:12]) + (" …" if len(classes) > 12 else "")
        raise InferenceError(
            "“{target}” is no class of {info}; its classes are {known}.",
            "unsupported",
            target=shown(str(target)),
            info=self.info.name,
            known=known,
        )

    def _refuse_nonsense(self, frame: Frame, *arrays: NDArray[Any]) -> None:
        if not all(np.isfinite(array).all() for array in arrays):
            name = shown(frame.image.path.name)
            raise InferenceError(
                "The model “{info}” gave no usable answer for {name}.",
                "not-a-number",
                info=self.info.title,
                name=name,
            )


def _check_method(method: str | None) -> None:
    if method is not None and method not in METHODS:
        known = ", ".join(METHODS)
        raise InferenceError(
            "“{method}” is no method; use {known}.",
            "unsupported",
            method=shown(method),
            known=known,
        )


def _frame_of(source: Source, index: int, value_range: tuple[float, float] | None) -> Frame:
    if isinstance(source, Frame):
        return source
    if isinstance(source, str | Path):
        return read_frame(read_image(source), index)
    return _frame_of_array(np.asarray(source), value_range)


def _frame_of_array(array: NDArray[Any], value_range: tuple[float, float] | None) -> Frame:
    if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "buif":
        raise ImageError(
            "An array of shape {array} and type {dtype} is no film; give numbers in"
            " rows × columns.",
            "unsupported",
            array=array.shape,
            dtype=array.dtype,
        )
    with np.errstate(over="ignore"):  # a number beyond float32 is not finite
        values = array.astype(np.float32)
    low, high = value_range or _range_of(array)
    if not np.isfinite(values).all():
        raise ImageError("The array holds values that are not finite; replace them.", "damaged")
    if not (np.isfinite((low, high)).all() and low <= high):
        raise ImageError(
            "{low} to {high} is no range of values; give low, high.", "damaged", low=low, high=high
        )
    rows, columns = values.shape
    image = Image(
        path=Path("array"),
        format=GIVEN,
        encoding="in memory",
        frame_count=1,
        rows=rows,
        columns=columns,
        bits_stored=8 * array.dtype.itemsize,
        value_range=(float(low), float(high)),
        photometric="MONOCHROME2",
    )
    return Frame(image, 0, values)


def _range_of(array: NDArray[Any]) -> tuple[float, float]:
    low, high = float(array.min()), float(array.max())
    if array.dtype.kind == "f" and not (np.isfinite((low, high)).all() and _as_integers(array)):
        return (0.0, 1.0) if low >= 0.0 and high <= 1.0 else (low, high)
    return (0.0, 1.0) if array.dtype.kind == "b" else whole_range(low, high)


def _as_integers(array: NDArray[Any]) -> bool:
    """Whether fractions are those of a film that was stored in integers: bytes made smaller."""
    low, high = float(array.min()), float(array.max())
    return high > 1.0 and (low >= 0.0 or bool(np.all(array == np.rint(array))))
