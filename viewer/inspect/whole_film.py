"""Changes of the whole film for the model: turned, shifted, windowed, inverted, by sliders."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSlider, QWidget

from engine.inspection import Edit
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, label, row_in, said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from viewer.session.tries import Tries

WORDS, VALUE, LINE = 84, 48, 24  # pixels of names and of values, and of a line
TURN, SHIFT = 30, 0.25  # most degrees, and most of the film's height and width


@dataclass(frozen=True, slots=True)
class Way:
    """One slider: which number of which edit it is.

    Attributes:
        code: Of the edit.
        place: Of the number among those of the edit.
        words: Marked.
        unit: Of one notch.
        neutral: The number that changes nothing.
        form: How the number is written.
    """

    code: str
    place: int
    words: str
    unit: float
    neutral: float
    form: str


_WAYS: Final = (
    Way("rotate", 0, marked("Turned"), 0.5, 0.0, "{:+.1f}°"),
    Way("shift", 0, marked("Shifted down"), 1.0, 0.0, "{:+.0f}"),
    Way("shift", 1, marked("Shifted right"), 1.0, 0.0, "{:+.0f}"),
    Way("window", 0, marked("Centre"), 0.01, 0.5, "{:.2f}"),
    Way("window", 1, marked("Width"), 0.01, 1.0, "{:.2f}"),
)
_LIMITS: Final = {"window": ((0, 100), (5, 200))}  # in notches


class WholeFilmControls(QWidget):
    """Shows what is done to the whole film, and asks for something else while a slider moves.

    Args:
        tries: What is changed.
    """

    def __init__(self, tries: "Tries") -> None:
        super().__init__()
        self._tries = tries
        column = column_in(self, 0)
        self.sliders: dict[tuple[str, int], QSlider] = {}
        self._values: dict[tuple[str, int], QLabel] = {}
        for way in _WAYS:
            column.addWidget(self._line(way))
        self.invert = live(QCheckBox(), lambda box: box.setText(tr("Inverted")))
        self.invert.setFixedHeight(LINE)
        self.invert.toggled.connect(self._on_inverted)
        column.addWidget(self.invert)

    def _line(self, way: Way) -> QWidget:
        holder = QWidget()
        holder.setFixedHeight(LINE)
        row = row_in(holder, 8)
        name, value = said(way.words, "quiet"), label("", "value")
        name.setFixedWidth(WORDS)
        value.setFixedWidth(VALUE)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        slider = live(QSlider(Qt.Orientation.Horizontal), partial(_name, way.words))
        slider.setMinimumWidth(40)
        slider.valueChanged.connect(lambda _value: self._on_moved(way))
        slider.sliderReleased.connect(self._tries.let_go)
        row.addWidget(name)
        row.addWidget(slider, 1)
        row.addWidget(value)
        self.sliders[way.code, way.place], self._values[way.code, way.place] = slider, value
        return holder

    def show_tried(self) -> None:
        """Show the numbers of this moment, without asking for them."""
        opened = self._tries.opened
        if opened is None:
            return
        edits = {edit.kind: edit for edit in self._tries.draft if edit.first is None}
        rows, columns = opened.prepared.own.sequence.rows.shape
        sides = {"shift": (rows, columns)}
        for way in _WAYS:
            slider = self.sliders[way.code, way.place]
            edit = edits.get(way.code)  # type: ignore[call-overload]  # of a whole film
            number = edit.numbers[way.place] if edit is not None else way.neutral
            most = round(SHIFT * sides[way.code][way.place]) if way.code in sides else 2 * TURN
            low, high = _LIMITS[way.code][way.place] if way.code in _LIMITS else (-most, most)
            _quietly(slider, partial(slider.setRange, low, high))
            _quietly(slider, partial(slider.setValue, round(number / way.unit)))
            text = way.form.format(number).replace("-", "−")
            self._values[way.code, way.place].setText(text if number != way.neutral else "–")
        _quietly(self.invert, partial(self.invert.setChecked, "invert" in edits))

    def _on_moved(self, way: Way) -> None:
        ways = [one for one in _WAYS if one.code == way.code]
        numbers = tuple(
            round(self.sliders[one.code, one.place].value() * one.unit, 4) for one in ways
        )
        moving = self.sliders[way.code, way.place].isSliderDown()
        neutral = numbers == tuple(one.neutral for one in ways)
        edit = Edit(way.code, numbers=numbers)  # type: ignore[arg-type]  # of a whole film
        self._tries.change_whole(edit, neutral=neutral, moving=moving)

    def _on_inverted(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._tries.change_whole(Edit("invert"), neutral=not on)


def _quietly(widget: QSlider | QCheckBox, change: Callable[[], object]) -> None:
    """Change a widget without its telling so."""
    widget.blockSignals(True)  # noqa: FBT003 - Qt's signature
    change()
    widget.blockSignals(False)  # noqa: FBT003 - Qt's signature


def _name(words: str, slider: QSlider) -> None:
    slider.setAccessibleName(tr(words))
