"""What a model saw of a film: its very grid of grey values, and where each of them lies."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.sequence import column_edges, to_sequence
from engine.types import Bytes, Doubles, Frame, InputFormat, ModelInfo, RowSequence
from viewer.kit.language import marked, tr
from viewer.session.jobs import Job, Lane

if TYPE_CHECKING:
    from viewer.session.loading import Content, Film

KEPT: Final = 32  # views that are not made again; 10 to 100 kB each
_SCALED: Final = {
    "rank": marked("{rows} × {columns} grey levels, ranked"),
    "full-range": marked("{rows} × {columns} grey levels of the film’s depth"),
    "min-max": marked("{rows} × {columns} grey levels of the film’s own range"),
}


@dataclass(frozen=True, slots=True, eq=False)
class ModelView:
    """The rows that a network reads of a frame, as a picture.

    Attributes:
        grey: (M, W) the values 0…1 as grey levels 0…255: 255 times the value, rounded to the
            nearest (halves to even). Bright is radio-opaque, whatever the file's photometric
            interpretation.
        rows: (M + 1,) stored row at which each model row begins.
        columns: (W + 1,) stored column at which each model column begins.
        stored: Rows and columns of the frame, of which padding is left out.
        format: How the model asks for its rows.
        model: Its title.
    """

    grey: Bytes
    rows: Doubles
    columns: Doubles
    stored: tuple[int, int]
    format: InputFormat
    model: str

    @property
    def whole(self) -> bool:
        """Whether the grid lies over all of the frame."""
        ends = (self.rows[0], self.rows[-1], self.columns[0], self.columns[-1])
        return ends == (0, self.stored[0], 0, self.stored[1])


def grey_levels(sequence: RowSequence) -> Bytes:
    """The values that a network reads as grey levels; see `ModelView.grey`."""
    return np.asarray(np.rint(sequence.rows * np.float32(255)), dtype=np.uint8)


def model_view(frame: Frame, model: ModelInfo) -> ModelView:
    """What a model sees of a frame.

    It is made by the function that lays the frame on rows for the network as well, of which
    nothing but the frame and the format decides.
    """
    sequence = to_sequence(frame, model.input)
    return ModelView(
        grey_levels(sequence),
        sequence.edges,
        column_edges(frame, model.input.columns),
        (int(frame.values.shape[0]), int(frame.values.shape[1])),
        model.input,
        model.title,
    )


def seen_lines(view: ModelView) -> tuple[str, ...]:
    """Grid, resampling, crop and window in words, the most important first."""
    rows, columns = view.grey.shape
    per_row = (view.rows[-1] - view.rows[0]) / rows
    return (
        tr(_SCALED[view.format.intensity], rows=rows, columns=columns),
        tr("1 model row = {rows:.1f} stored rows", rows=per_row),
        _part(view),
        tr("averages of areas, no window"),
    )


def _part(view: ModelView) -> str:
    if view.whole:
        return tr("whole film, nothing cut off")
    return tr(
        "without its padding: rows {top}–{bottom}, columns {left}–{right}",
        top=round(view.rows[0]),
        bottom=round(view.rows[-1]),
        left=round(view.columns[0]),
        right=round(view.columns[-1]),
    )


class ModelViews(QObject):
    """Makes the views that are asked for, in a thread, and keeps the latest."""

    known = Signal(object, object)  # Content, ModelView

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = Lane("thread", self)
        self._kept: OrderedDict[tuple[Content, str], ModelView] = OrderedDict()
        self._asked: dict[tuple[Content, str], Job] = {}

    def of(self, film: "Film | None", model: ModelInfo | None) -> ModelView | None:
        """What is known already; None while a film or a model is missing."""
        if film is None or model is None:
            return None
        return self._kept.get((film.key, _key(model)))

    def ask(self, film: "Film | None", model: ModelInfo | None) -> None:
        """Make the view unless it is known, and tell it by `known` either way."""
        if film is None or model is None:
            return
        key = (film.key, _key(model))
        view = self._kept.get(key)
        if view is not None:
            self.known.emit(film.key, view)
        elif key not in self._asked:
            done, lost = partial(self._keep, key), partial(self._lose, key)
            self._asked[key] = Job(model_view, (film.frame, model), done, lost)
            self.lane.submit(self._asked[key])

    def forget(self, content: "Content") -> None:
        """Whoever asked for the views of a frame has gone on to another one."""
        for key in [one for one in self._asked if one[0] == content]:
            self.lane.drop(self._asked.pop(key))

    def _keep(self, key: "tuple[Content, str]", view: ModelView) -> None:
        self._asked.pop(key, None)
        self._kept[key] = view
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.known.emit(key[0], view)

    def _lose(self, key: "tuple[Content, str]", _error: BaseException) -> None:
        """A film of which no rows can be made has no view: nothing is laid over it."""
        self._asked.pop(key, None)


def _key(model: ModelInfo) -> str:
    """Two bundles of the same weights may ask for other grids."""
    return f"{model.sha256} {model.input!r}"
