"""The dock's page of memory: what is left of each row, whether it could matter, gradients."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from viewer.inspect.gradients_pane import GradientsPane
from viewer.inspect.reach_pane import ReachPane, reason
from viewer.inspect.row_page import GAPS, WIDE, DockSection, go_to_step, shared
from viewer.inspect.terms_pane import TermsPane
from viewer.kit import theme
from viewer.kit.language import joined, marked, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import panel
from viewer.session.choices import MapChoice, RowCursor

if TYPE_CHECKING:
    from viewer.session.recollection import Recollection
    from viewer.session.session import Session

MEASURE: Final = marked("Measure")


class MemoryPage(QWidget):
    """Three figures: exact terms, rows that were replaced, gradients.

    The last two are measured while the page is on screen: they cost some tenths of a second, which
    nobody who looks at another page should wait for.

    Args:
        session: Its active viewport is followed.
        recollection: What the opened network keeps of the film.
    """

    code = "memory"

    def __init__(self, session: "Session", recollection: "Recollection") -> None:
        super().__init__()
        panel(self)
        self.session, self._recollection = session, recollection
        self.terms, self.reach, self.gradients = TermsPane(), ReachPane(), GradientsPane()
        self._choice, self._step, self._late = session.choice, None, False
        self._button = live(QPushButton(self), lambda button: button.setText(tr(MEASURE)))
        self._button.clicked.connect(recollection.measure)
        for pane in (self.terms, self.reach, self.gradients):
            pane.setParent(self)
            pane.lower()
        session.panes.cursor_moved.connect(self._on_cursor)
        session.panes.map_changed.connect(self._on_map)
        recollection.changed.connect(self._on_carried)
        recollection.measured.connect(self._show_measured)
        self.terms.step_requested.connect(self._go)
        self.reach.step_requested.connect(self._go)
        self._show_measured()

    def measure(self) -> None:
        """Ask for what takes longer."""
        self._recollection.measure()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: take what was chosen meanwhile, measure what is not known yet."""
        super().showEvent(event)
        if self._late:
            self._late = False
            self._show()
        self._measure_if_seen()

    def _on_carried(self, _carried: object) -> None:
        self._show()
        self._measure_if_seen()

    def _measure_if_seen(self) -> None:
        known = self._recollection
        missing = known.replaced is None or known.forgetting is None
        if self.isVisible() and known.carried is not None and missing:
            known.measure()

    def _show(self) -> None:
        carried = self._recollection.carried
        if carried is None:
            self.terms.show_terms(None, ())
            return
        layers, directions = carried.states.shape[:2]
        layer = self._choice.layer % layers
        direction = min(self._choice.direction, directions - 1)
        terms = carried.memory(layer, direction)
        self.terms.show_terms(terms, self._choice.units, absent=carried.carried is None)
        self.terms.show_reason(reason(carried.readout, both=directions > 1))

    def _show_measured(self) -> None:
        known, waiting = self._recollection, self._recollection.measuring
        self.reach.show_found(known.replaced, waiting=waiting)
        self.gradients.show_found(known.forgetting, waiting=waiting)
        missing = known.replaced is None or known.forgetting is None
        self._button.setVisible(missing and known.carried is not None and not waiting)

    def _on_cursor(self, cursor: RowCursor | None) -> None:
        step = cursor.step if cursor is not None else None
        self.terms.show_step(step)
        self.reach.show_step(step)

    def _on_map(self, _map: object, choice: MapChoice) -> None:
        before, self._choice = self._choice, choice
        place = (choice.layer, choice.direction, choice.units)
        if (before.layer, before.direction, before.units) == place:
            return
        self._late = not self.isVisible()  # nothing is reckoned that nobody sees
        if not self._late:
            self._show()

    def _go(self, step: int) -> None:
        go_to_step(self.session, step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        sections = [
            DockSection(self.terms, 220, 560, rank=2),
            DockSection(self.reach, 240, 560, rank=3),
            DockSection(self.gradients, 300, 620, rank=1),
        ]
        places = shared(sections, self.width() - 2 * theme.MARGIN, GAPS[self.width() >= WIDE])
        for one in sections:
            one.widget.setVisible(one.widget in places)
            if one.widget in places:
                left, width = places[one.widget]
                one.widget.setGeometry(theme.MARGIN + left, 0, width, max(self.height() - 8, 1))
        size = self._button.sizeHint()
        left = self.reach.geometry().left()
        self._button.setGeometry(left, self.height() - size.height() - 12, size.width(), 24)

    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        return {
            "terms": self.terms.state(),
            "replaced": self.reach.state(),
            "gradients": self.gradients.state(),
        }

    def taken(self) -> Taken | None:
        """Terms and their norms, and what was measured, as far as it was."""
        carried, known = self._recollection.carried, self._recollection
        if carried is None:
            return None
        layers, directions = carried.states.shape[:2]
        layer = self._choice.layer % layers
        direction = min(self._choice.direction, directions - 1)
        terms = carried.memory(layer, direction)
        arrays: dict[str, Any] = {}
        lines = ["from engine.inspection import forget, remember, replace_above", ""]
        said = []
        if terms is not None:
            arrays |= {"terms": terms.terms, "norm": terms.norm(), "final": terms.final}
            lines += [
                f"memory = remember(model, film, frame).memory({layer}, {direction})",
                "terms, norm, final = memory.terms, memory.norm(), memory.final",
            ]
            said.append(
                tr("What is left of each step in the state that layer {layer} ends with.",
                   layer=layer + 1)
            )  # fmt: skip
        if known.replaced is not None:
            arrays |= {"moved": known.replaced.moved}
            lines.append("moved = replace_above(model, film, frame).moved")
            said.append(self.reach.verdict())
        if (found := known.forgetting) is not None:
            arrays |= {_named(one.name): np.asarray(one.share) for one in found.fresh}
            lines += ["found = forget(model, film, frame)"]
            lines += [
                f"{_named(one.name)} = found.fresh[{place}].share"
                for place, one in enumerate(found.fresh)
            ]
            for name, own in (
                ("answer", found.answer),
                ("state", found.state),
            ):
                if own is not None:
                    arrays[f"gradient_{name}"] = own.share
                    lines.append(f"gradient_{name} = found.{name}.share")
            said.append(tr("Gradients by rows back from the last one, relative to it."))
        return Taken("memory", joined(*said), arrays, "\n".join(lines)) if arrays else None


def _named(name: str) -> str:
    """A horizon's name as a variable's: "rnn-relu, torch's" is gradient_rnn_relu_torch."""
    plain = name.removesuffix("'s").replace(", ", "_").replace("-", "_")
    return f"gradient_{plain}"
