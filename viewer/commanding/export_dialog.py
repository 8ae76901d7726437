"""One dialog for everything that leaves the program; what may show names is said before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commanding.dialogs import ROW, dialog_of, shown
from viewer.export.exports import Exports
from viewer.export.picture import ExportError, PictureChoice
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.widgets import label, row_in
from viewer.session.choices import Message

if TYPE_CHECKING:
    from viewer.session.settings import Settings
    from viewer.window import MainWindow

Kind = Literal["film", "layout", "values", "reading"]
LOOK: Final = marked("The film itself may show names. Look before you send it.")
KINDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("film", marked("picture of this film")),
    ("layout", marked("picture of all films")),
    ("values", marked("values of the pixels, 16 bits")),
    ("reading", marked("reading")),
)
FORMS: Final = {
    "film": ("png", "jpg"),
    "layout": ("png", "jpg"),
    "values": ("png",),
    "reading": ("pdf", "png", "json"),
}
PREVIEW: Final = QSize(280, 260)
_PICTURES: Final = frozenset({"film", "layout"})


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is to leave, and how."""

    kind: Kind = "film"
    form: str = "png"
    stored: bool = False
    identity: bool = False

    @property
    def picture(self) -> PictureChoice:
        """How its picture is made."""
        return PictureChoice(self.stored, self.identity)


def suggested_name(choice: ExportChoice, now: datetime) -> str:
    """A file name that says when and what, and nobody's name."""
    return f"rowscope-{choice.kind}-{now:%Y%m%d-%H%M%S}.{choice.form}"


def save(exports: Exports, choice: ExportChoice, path: Path) -> None:
    """Write what was chosen.

    Raises:
        ExportError: One sentence.
    """
    if choice.kind == "values":
        exports.values(path)
    elif choice.kind == "reading":
        exports.reading(path, identity=choice.identity)
    else:
        exports.picture(path, choice.picture, every=choice.kind == "layout")


class ExportForm(QWidget):
    """Asks what leaves; shows it as it will be."""

    def __init__(self, exports: Exports, settings: "Settings", window: "MainWindow") -> None:
        super().__init__()
        self._exports, self._settings, self._window = exports, settings, window
        self.kind = _box([tr(words) for _, words in KINDS])
        self.form = _box([])
        self.stored = _box([tr("of the screen"), tr("a pixel for each stored pixel")])
        self.identity = QCheckBox()
        self.identity.setAccessibleName(tr("Name patient and study"))
        self.view = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.view.setFixedSize(PREVIEW)
        self.why = label("", "warning")
        self.why.setWordWrap(True)
        self.buttons = tuple(
            QPushButton(words) for words in (tr("Copy picture"), tr("Print…"), tr("Save…"))
        )
        for button, run in zip(
            self.buttons, (self.copy, self.print_out, self.save_as), strict=True
        ):
            button.clicked.connect(run)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._on_kind)
        for box in (self.form, self.stored):
            box.currentIndexChanged.connect(self._show)
        self.identity.toggled.connect(self._show)
        self._on_kind()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        kind = KINDS[self.kind.currentIndex()][0]
        form = FORMS[kind][max(self.form.currentIndex(), 0)]
        stored = self.stored.currentIndex() == 1
        return ExportChoice(kind, form, stored, self.identity.isChecked())

    def save_as(self) -> None:
        """Ask for a place and write; the folder is remembered, the name is not."""
        choice = self.choice
        name = suggested_name(choice, datetime.now().astimezone())
        start = str(self._settings.export_folder / name)
        kinds = f"{choice.form.upper()} (*.{choice.form})"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save"), start, kinds)
        if chosen:
            path = Path(chosen)
            path = path if path.suffix else path.with_suffix(f".{choice.form}")
            self._settings.export_folder = path.parent
            self._try(lambda: save(self._exports, choice, path))

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        choice = self.choice
        every = choice.kind == "layout"
        self._try(lambda: self._exports.copy(choice.picture, every=every))

    def print_out(self) -> None:
        """Show the paper, and let it be printed."""
        choice = self.choice
        every = choice.kind == "layout"
        self._try(lambda: self._exports.preview(self._window, choice.picture, every=every))

    def _try(self, run: Callable[[], object]) -> None:
        try:
            run()
        except ExportError as error:
            self._window.session.message.emit(Message(str(error), "error"))
        else:
            self.window().close()

    def _lay_out(self) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for words, control in (
            (tr("What"), self.kind),
            (tr("File"), self.form),
            (tr("Resolution"), self.stored),
            (tr("Name patient and study"), self.identity),
        ):
            rows.addWidget(_row(words, control))
        rows.addSpacing(theme.GAP)
        look = QWidget()
        across = row_in(look, theme.GAP)
        sign = QLabel()
        sign.setPixmap(theme.icon("warning", theme.WARNING, 16).pixmap(16, 16))
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        look_first = label(tr(LOOK))
        look_first.setWordWrap(True)
        across.addWidget(look_first, 1)
        rows.addWidget(look)
        always = label(tr("“Research use only. Not a diagnosis.” is always in it."), "quiet")
        always.setWordWrap(True)
        rows.addSpacing(theme.GAP)
        rows.addWidget(always)
        rows.addWidget(self.why)
        rows.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(24)
        whole.addWidget(self.view, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(rows, 1)

    def _on_kind(self) -> None:
        kind = self.choice.kind
        with QSignalBlocker(self.form):
            self.form.clear()
            self.form.addItems([form.upper() for form in FORMS[kind]])
        self.stored.setEnabled(kind in _PICTURES)
        self.identity.setEnabled(kind != "values")
        self._show()

    def _show(self) -> None:
        """The picture as it leaves: who looks at it sees what is burned into the film."""
        choice = self.choice
        try:
            image = self._exports.seen(PictureChoice(identity=choice.identity), kind=choice.kind)
        except ExportError as error:
            self.view.clear()
            self.why.setText(str(error))
            self._allow(kind=None)
            return
        self.why.setText("")
        self._allow(kind=choice.kind)
        ratio = self.devicePixelRatioF()
        pixels = QPixmap.fromImage(image).scaled(
            PREVIEW * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixels.setDevicePixelRatio(ratio)
        self.view.setPixmap(pixels)

    def _allow(self, *, kind: Kind | None) -> None:
        """Only what can be done: values are no picture, and nothing is nothing."""
        for button in self.buttons:
            button.setEnabled(kind is not None)
        if kind in {"values", "reading"}:
            self.buttons[0].setEnabled(False)
        if kind == "values":
            self.buttons[1].setEnabled(False)


def _box(words: list[str]) -> QComboBox:
    box = QComboBox()
    box.addItems(words)
    box.setMinimumWidth(200)
    return box


def _row(words: str, control: QWidget) -> QWidget:
    line = QWidget()
    line.setFixedHeight(ROW)
    across = row_in(line, theme.MARGIN)
    across.addWidget(label(words), 1)
    across.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    control.setAccessibleName(words)
    return line


def ask_export(
    window: "MainWindow", exports: Exports, settings: "Settings", kind: Kind = "film"
) -> QDialog:
    """The dialog, with a kind of export chosen already; see `ExportForm`."""
    dialog = dialog_of(window, tr("Export"))
    form = ExportForm(exports, settings, window)
    form.kind.setCurrentIndex([name for name, _ in KINDS].index(kind))
    form.setMinimumWidth(700)
    form.buttons[-1].setDefault(True)
    return shown(dialog, form, *form.buttons)
