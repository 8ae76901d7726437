"""The window of one model: architecture, weights, training, audit, card."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from engine.bundle import read_audit, read_card
from engine.inspection import learning_curves, named_matrices, read_anatomy, weight_map
from engine.types import ModelInfo
from viewer.inspect.architecture import ArchitecturePage
from viewer.inspect.audit_page import AuditPage
from viewer.inspect.training_page import TrainingPage
from viewer.inspect.weights_page import WeightsPage
from viewer.kit import theme
from viewer.kit.language import marked, named, told, tr
from viewer.kit.live import live
from viewer.kit.pages import Pages
from viewer.kit.widgets import column_in, label, panel, row_in
from viewer.session.choices import Message
from viewer.session.jobs import Job

if TYPE_CHECKING:
    from engine.inspection import MatrixName
    from viewer.kit.taken import Taken
    from viewer.window import MainWindow

SIZE: Final = (1180, 716)  # pixels; a window of 1280 × 800 holds it
_LARGEST: Final = (1640, 1000)

Submit = Callable[[Path, Job], None]


class CardPage(QWidget):
    """What the maker of a model says of it, as plain text."""

    code = "card"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(tr("Model card"))
        column_in(self, 0, (theme.MARGIN,) * 4).addWidget(self.text)

    def show_card(self, text: str) -> None:
        """Show a card: whoever made the bundle wrote it."""
        self.text.setPlainText(text)

    def state(self) -> dict[str, Any]:
        """How long it is."""
        return {"letters": len(self.text.toPlainText())}

    def taken(self) -> "Taken | None":
        """It has no numbers of its own."""
        return None


class ModelWindow(QDialog):
    """Everything about one model; it stays with that model, whichever reads next.

    Args:
        model: That is shown.
        submit: Reads its files in a thread.
        refused: Takes what could not be read.
        parent: The window over which it stands.
    """

    def __init__(
        self,
        model: ModelInfo,
        submit: Submit,
        refused: Callable[[BaseException], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self._submit, self._refused = model, submit, refused
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.architecture, self.weights = ArchitecturePage(), WeightsPage()
        self.training, self.audit, self.card = TrainingPage(), AuditPage(), CardPage()
        self.pages = Pages()
        for page, words in (
            (self.architecture, marked("Architecture")),
            (self.weights, marked("Weights")),
            (self.training, marked("Training")),
            (self.audit, marked("Audit")),
            (self.card, marked("Card")),
        ):
            self.pages.add(page.code, words, page)
        self._place()
        self.weights.wanted.connect(self._ask_weights)
        self.architecture.weights_wanted.connect(self.show_weights)
        live(self, ModelWindow._dress)
        self.architecture.setFocus()
        self._read()

    @property
    def with_numbers(
        self,
    ) -> "tuple[ArchitecturePage | WeightsPage | TrainingPage | AuditPage, ...]":
        """The pages that give numbers away."""
        return (self.architecture, self.weights, self.training, self.audit)

    def _place(self) -> None:
        panel(self, "panel")
        head = QWidget()
        self._name = label("", "row")
        across = row_in(head, theme.MARGIN, (theme.MARGIN, 10, theme.MARGIN, 6))
        across.addWidget(self._name)
        across.addStretch(1)
        across.addWidget(self.pages.bar)
        column = column_in(self, 0)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        over = self.parentWidget()
        room = over.size() if over is not None else self.size()
        wide = min(max(int(room.width() * 0.92), SIZE[0]), _LARGEST[0])
        high = min(max(int(room.height() * 0.86), SIZE[1]), _LARGEST[1])
        self.setMinimumSize(900, 560)
        self.resize(wide, high)

    def _dress(self) -> None:
        """Say everything in the words of this moment."""
        title = named(self.model.title)
        self.setWindowTitle(tr("The model: {name}", name=title))
        self._name.setText(f"{title} {self.model.version}")
        if (anatomy := self.architecture.anatomy) is not None:
            self.architecture.show_anatomy(anatomy)
        if self.weights.map is not None:
            self.weights.show_map(self.weights.map)
        if self.training.model:
            self.training.show_curves(self.training.model, self.training.curves)
        if self.audit.model is not None:
            self.audit.show_audit(self.audit.model, self.audit.audit)

    # ------------------------------------------------------------------ reading
    def _read(self) -> None:
        """Everything but the spectra at once; each page is shown as soon as it is read."""
        path, name = self.model.path, self.model.name
        self._ask(read_anatomy, path, done=self.architecture.show_anatomy)
        self._ask(named_matrices, path, done=partial(self.weights.offer, name))
        self._ask(learning_curves, path, done=partial(self.training.show_curves, name))
        self._ask(read_audit, path, done=partial(self.audit.show_audit, self.model))
        self._ask(read_card, path, done=self.card.show_card)

    def _ask_weights(self, matrix: "MatrixName") -> None:
        self._ask(weight_map, self.model.path, *matrix, done=self.weights.show_map)

    def _ask(
        self,
        function: Callable[..., Any],
        *arguments: Any,  # noqa: ANN401 - what the function takes
        done: Callable[[Any], None],
    ) -> None:
        def take(answer: object) -> None:
            if isValid(self):  # it may be closed before the file is read
                done(answer)

        self._submit(self.model.path, Job(function, arguments, take, self._refused, ahead=True))

    # ------------------------------------------------------------------ asked from outside
    def show_weights(self, name: str, gate: str = "") -> bool:
        """Turn to one matrix; whether there is such a one."""
        names = self.weights.names
        found = next((one for one in names if one.name == name and one.gate == gate), None)
        if found is None or not self.weights.choose(found):
            return False
        self.pages.turn_to("weights")
        return True

    def state(self) -> dict[str, Any]:
        """The numbers on its pages."""
        pages = (*self.with_numbers, self.card)
        shown = {"name": self.model.name, "sha256": self.model.sha256, "page": self.pages.code}
        return shown | {page.code: page.state() for page in pages}

    def taken(self) -> "Taken | None":
        """What the page that is shown gives away."""
        page: Any = self.pages.currentWidget()
        found: Taken | None = page.taken()
        return found


def show_model(
    window: "MainWindow",
    page: str = "",
    model: ModelInfo | None = None,
    offer: Callable[[str, QWidget], None] | None = None,
) -> QDialog | None:
    """Open the window of a model, or turn the one that is open; None where there is no model.

    Args:
        window: The main one.
        page: One of `viewer.commanding.model_menu.PAGES`; empty leaves it as it is.
        model: By default the one that reads.
        offer: Told of each page that gives something away, with its code.
    """
    model = model or window.session.model
    if model is None:
        window.messages.show_message(Message(tr("No model reads yet."), "warning"))
        return None
    opened = model_window(window)
    if opened is None or opened.model != model:
        if opened is not None:
            opened.close()
        opened = ModelWindow(
            model, window.session.read_beside, partial(_refuse, window), parent=window
        )
        if offer is not None:
            for one in opened.with_numbers:
                offer(f"model.{one.code}", one)
        opened.show()
    if page:
        opened.pages.turn_to(page)
    opened.activateWindow()
    return opened


def model_window(window: "MainWindow") -> ModelWindow | None:
    """The window of a model that is open; None where none is."""
    found = (one for one in window.findChildren(ModelWindow) if one.isVisible())
    return next(found, None)


def _refuse(window: "MainWindow", error: BaseException) -> None:
    window.messages.show_message(Message(told(error), "warning"))
