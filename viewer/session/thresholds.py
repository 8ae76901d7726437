"""Where the reader puts the threshold, and what it would have done on the model's own films."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine import EngineError
from engine.types import Figure, ModelInfo
from viewer.session.jobs import Job, Lanes

if TYPE_CHECKING:
    from engine.calibration import OperatingCurve

ModelKey = tuple[Path, str]  # folder and weights


@dataclass(frozen=True, slots=True)
class ThresholdPlace:
    """A threshold of one model.

    Attributes:
        value: Where it stands; None for a model without.
        models: Where the model has it.
        sensitivity, specificity: On the model's calibration films; None where it keeps none, or
            none of that kind.
        movable: Whether it can be moved: only where it is known what another one would do.
        reading: Whether the films are still being read.
    """

    value: float | None = None
    models: float | None = None
    sensitivity: Figure | None = None
    specificity: Figure | None = None
    movable: bool = False
    reading: bool = False

    @property
    def own(self) -> bool:
        """Whether it is the reader's and not the model's."""
        return self.value is not None and self.value != self.models


class Thresholds(QObject):
    """The threshold of each model that the reader has moved, for as long as the program runs.

    It is not kept for the next start: a threshold that nobody remembers to have moved would be
    believed to be the model's.
    """

    changed = Signal(object)  # ThresholdPlace of the model that reads

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._model: ModelInfo | None = None
        self._curves: dict[ModelKey, OperatingCurve | None] = {}  # those that were read
        self._asked: set[ModelKey] = set()
        self._own: dict[ModelKey, float] = {}

    @property
    def own(self) -> float | None:
        """The reader's threshold for the model that reads; None where the model's holds."""
        return self._own.get(_key(self._model)) if self._model is not None else None

    @property
    def point(self) -> ThresholdPlace:
        """The threshold of the model that reads."""
        return self.of(self._model)

    def of(self, model: ModelInfo | None) -> ThresholdPlace:
        """The threshold of a model, and what it does as far as its films were read."""
        if model is None or model.threshold is None:
            return ThresholdPlace()
        key, models = _key(model), model.threshold.value
        value = self._own.get(key, models)
        curve = self._curves.get(key)
        if curve is None:
            return ThresholdPlace(value, models, reading=key not in self._curves)
        return ThresholdPlace(value, models, *curve.at(value), movable=True)

    def ask(self, model: ModelInfo) -> None:
        """Another model reads: its films are read in a thread."""
        self._model = model
        key = _key(model)
        if model.threshold is not None and key not in self._asked:
            self._asked.add(key)
            done, failed = partial(self._on_read, key), partial(self._on_failed, key)
            self._lanes.submit(model.path, Job(_curve_of, (model,), done, failed, ahead=True))
        self.changed.emit(self.point)

    def move(self, value: float | None) -> None:
        """Put the threshold elsewhere, where it can be moved; None goes back to the model's."""
        if self._model is None or not self.point.movable:
            return
        key, models = _key(self._model), self.point.models
        if value is None or models is None or abs(value - models) < 5e-4:
            self._own.pop(key, None)
        else:
            self._own[key] = min(max(value, 0.001), 0.999)
        self.changed.emit(self.point)

    def _on_read(self, key: ModelKey, curve: "OperatingCurve | None") -> None:
        self._curves[key] = curve
        if self._model is not None and key == _key(self._model):
            self.changed.emit(self.point)

    def _on_failed(self, key: ModelKey, _error: BaseException) -> None:
        self._on_read(key, None)  # the model itself says what is wrong with its files


def _key(model: ModelInfo) -> ModelKey:
    return model.path, model.sha256


def _curve_of(model: ModelInfo) -> "OperatingCurve | None":
    """The curve of a model's finding; None where it keeps no films, or they cannot be read."""
    if model.positive is None:
        return None
    from engine.calibration import operating_curve  # noqa: PLC0415 - not before the first film
    from engine.weights import read_calibration  # noqa: PLC0415 - the same: it loads a compiler

    try:
        films = read_calibration(model.path)
    except EngineError:
        return None
    return operating_curve(films, model.positive) if films is not None else None
