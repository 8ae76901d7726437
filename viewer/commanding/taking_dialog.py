"""Taking away what a pane of Inspect shows: as a picture, a table, arrays, or as Python."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commanding.dialogs import dialog_of, shown
from viewer.export.picture import ExportError
from viewer.export.taking import FORMS, TakenPane, Taking
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.widgets import label, row_in
from viewer.session.choices import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.window import MainWindow

NAMED: Final = {
    "png": marked("Picture (PNG)"),
    "svg": marked("Drawing (SVG)"),
    "csv": marked("Table (CSV)"),
    "npz": marked("Arrays (npz)"),
    "py": marked("Python"),
    "ipynb": marked("Notebook"),
}
TITLES: Final = {  # of panes, by the names that their files get
    "map": marked("Map over the film"),
    "influence": marked("Influence"),
    "answer": marked("Answer by row"),
    "states": marked("Hidden state"),
    "row": marked("Row"),
    "same-state": marked("Same state elsewhere"),
    "find": marked("Find"),
    "comparison": marked("Compare"),
    "memory": marked("Memory"),
    "unit": marked("Unit"),
    "whatif": marked("What if"),
}
EMPTY: Final = marked("No pane shows anything yet: open a film in Inspect.")


class TakingForm(QWidget):
    """The panes that show something, the caption of the chosen one, and the form of the file."""

    def __init__(self, window: "MainWindow", taking: Taking) -> None:
        super().__init__()
        self._window, self._taking = window, taking
        self._panes: tuple[TakenPane, ...] = taking.shown()
        self.list, self.form, self.text = QListWidget(), QComboBox(), QPlainTextEdit()
        self.list.setAccessibleName(tr("Panes"))
        self.list.setMinimumSize(200, 260)
        self.text.setReadOnly(True)
        self.text.setMinimumWidth(420)
        self.text.setAccessibleName(tr("Caption and Python"))
        self.form.setAccessibleName(tr("File"))
        for form in FORMS:
            self.form.addItem(tr(NAMED[form]), form)
        for pane in self._panes:
            name = pane.taken.name
            self.list.addItem(QListWidgetItem(tr(TITLES.get(name, name))))
        self.save, self.copy = QPushButton(tr("Save as…")), QPushButton(tr("Copy as Python"))
        self.all = QPushButton(tr("Notebook of all…"))
        self.buttons = (self.all, self.copy, self.save)
        for button in self.buttons:
            button.setEnabled(bool(self._panes))
        self.save.clicked.connect(lambda: self._with_pane(self.save_as))
        self.copy.clicked.connect(lambda: self._with_pane(self._copy))
        self.all.clicked.connect(self._save_all)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self._lay_out()
        self.list.setCurrentRow(0)
        self._show()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addWidget(self.form)
        across = row_in(self, theme.MARGIN)
        across.addWidget(self.list)
        across.addWidget(right, 1)

    def _show(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._panes):
            self.text.setPlainText(tr(EMPTY))
            return
        taken = self._panes[row].taken
        self.text.setPlainText(f"{self._taking.caption(taken)}\n\n{self._taking.python(taken)}")

    def _with_pane(self, run: "Callable[[TakenPane], object]") -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._panes):
            run(self._panes[row])

    def save_as(self, pane: TakenPane) -> None:
        """Ask for a place and write the chosen form."""
        save_as(self._window, self._taking, pane, self.form.currentData())

    def _copy(self, pane: TakenPane) -> None:
        told(self._window, partial(self._taking.copy_python, pane.code))

    def _save_all(self) -> None:
        if (path := _asked(self._window, "panes", "ipynb")) is not None:
            told(self._window, partial(self._taking.save_notebook, path))


def ask_taking(window: "MainWindow") -> QDialog:
    """The dialog; see `TakingForm`."""
    dialog = dialog_of(window, tr("Take away"))
    form = TakingForm(window, window.taking)
    form.save.setDefault(True)
    note = label(tr("“Research use only. Not a diagnosis.” is always in it."), "quiet")
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(form, 1)
    column.addWidget(note)
    return shown(dialog, holder, *form.buttons)


def offer(window: "MainWindow", code: str, widget: QWidget, at: QPoint) -> QMenu:
    """The menu of the right button over a pane: its forms, and its Python."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    taking = window.taking
    try:
        pane = taking.pane(code)
    except ExportError as error:
        menu.addAction(str(error)).setEnabled(False)
    else:
        for form in FORMS[:-1]:
            words = tr("Save: {form}…", form=tr(NAMED[form]))
            menu.addAction(words, partial(save_as, window, taking, pane, form))
        copy = partial(told, window, partial(taking.copy_python, code))
        menu.addAction(tr("Copy as Python"), copy)
    menu.popup(widget.mapToGlobal(at))
    return menu


def save_as(window: "MainWindow", taking: Taking, pane: TakenPane, form: str) -> None:
    """Ask for a place and write a pane there; the folder is remembered."""
    if (path := _asked(window, pane.taken.name, form)) is not None:
        told(window, partial(taking.save, pane.code, path))


def _asked(window: "MainWindow", name: str, form: str) -> Path | None:
    """The place that the reader chose; the name proposed says when and what, nobody's name."""
    now = datetime.now().astimezone()
    start = window.settings.export_folder / f"rowscope-{name}-{now:%Y%m%d-%H%M%S}.{form}"
    kinds = f"{form.upper()} (*.{form})"
    chosen, _ = QFileDialog.getSaveFileName(window, tr("Save"), str(start), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    window.settings.export_folder = path.parent
    return path if path.suffix else path.with_suffix(f".{form}")


def told(window: "MainWindow", run: "Callable[[], object]") -> None:
    """Do something that may not be possible; why not is said in the window."""
    try:
        run()
    except ExportError as error:
        window.session.message.emit(Message(str(error), "error"))
