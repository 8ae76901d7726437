"""Pages of which one is shown, and the segments that choose among them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from viewer.kit.language import tr
from viewer.kit.live import live
from viewer.kit.widgets import panel, row_in


class PageBar(QWidget):
    """Segments with the names of pages; one of them is chosen."""

    chosen = Signal(str)  # code of a page, by the reader

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "segments")
        self.setFixedHeight(24)
        self._row, self._group = row_in(self, 0), QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}

    def add(self, code: str, words: str) -> None:
        """One more segment; its words are marked."""
        button = live(QToolButton(), partial(_word, words))
        button.setCheckable(True)
        button.setProperty("segment", "true")
        button.setFixedHeight(24)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(code))
        self._group.addButton(button)
        self._row.addWidget(button)
        self.buttons[code] = button

    def mark(self, code: str) -> None:
        """Say which page is shown."""
        self.buttons[code].setChecked(True)
        for other, button in self.buttons.items():  # Tab comes to the one that is shown
            here = other == code
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if here else Qt.FocusPolicy.NoFocus)


class Pages(QStackedWidget):
    """Widgets of which one is shown; `bar` chooses, and stands where its owner puts it.

    Args:
        fill: Adds pages that are made late: called before all are named, and for one that is not
            there yet.
    """

    turned = Signal(str)  # code of the page that is shown now

    def __init__(self, fill: Callable[[], object] = bool) -> None:
        super().__init__()
        self._fill = fill
        self.bar = PageBar()
        self.bar.chosen.connect(self.turn_to)
        self._pages: dict[str, QWidget] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """Of all pages, in the order of the bar."""
        self._fill()
        return tuple(self._pages)

    @property
    def code(self) -> str:
        """Of the page that is shown; empty without any."""
        shown = self.currentWidget()
        return next((code for code, page in self._pages.items() if page is shown), "")

    def add(self, code: str, words: str, page: QWidget) -> None:
        """One more page; the first one is shown.

        Args:
            code: As scripts call it.
            words: On the bar, marked; empty: it has no segment there.
            page: What is shown.
        """
        self._pages[code] = page
        self.addWidget(page)
        if words:
            self.bar.add(code, words)
        if len(self._pages) == 1 and words:
            self.bar.mark(code)

    def turn_to(self, code: str) -> None:
        """Show another page.

        Raises:
            KeyError: There is none of this code.
        """
        if code not in self._pages:
            self._fill()
        page = self._pages[code]
        if code in self.bar.buttons:
            self.bar.mark(code)
        if page is not self.currentWidget():
            self.setCurrentWidget(page)
            self.turned.emit(code)


def _word(words: str, button: QToolButton) -> None:
    button.setText(tr(words))
