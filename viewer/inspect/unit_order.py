"""In which order units stand: the box that chooses, and the orders."""

import math
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QComboBox

from engine.maps import influence_order, peak_order, similarity_order
from engine.types import Floats
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.session.choices import Order

ORDERS: Final[dict[Order, tuple[str, str, str]]] = {
    "peak": (
        marked("by peak step"),
        marked("peak step"),
        marked("By the step at which a unit is farthest from zero"),
    ),
    "index": (marked("by index"), marked("index"), marked("As the network numbers them")),
    "influence": (
        marked("by influence"),
        marked("influence"),
        marked(
            "By what a unit brings to the log-odds: over all steps, their gradient by the unit's"
            " state, times the state's deviation from the training mean"
        ),
    ),
    "similarity": (
        marked("by similarity"),
        marked("similarity"),
        marked("Units that rise and fall together stand side by side"),
    ),
}
NOT_YET = marked("By index until it is known what each unit brings to the answer")
CHEVRON = 20  # the arrow of the box, and the space before it


class UnitOrder(QComboBox):
    """Offers the orders, and puts units in the one that is chosen.

    Attributes:
        moved: (H,) what each unit brings to the log-odds; None while that is not known.
        wordy: Whether orders are named in full.
    """

    def __init__(self) -> None:
        super().__init__()
        self.moved: Floats | None = None
        self.wordy = True
        for code in ORDERS:
            self.addItem("", code)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # ↑ and ↓ stay with the row cursor
        self.hide()

    @property
    def order(self) -> Order:
        """The one that is chosen."""
        return cast("Order", self.currentData())

    def choose(self, order: Order) -> bool:
        """Choose another one without telling; whether it was another one."""
        place = self.findData(order)
        if place == self.currentIndex():
            return False
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.setCurrentIndex(place)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        return True

    def ordered(self, matrix: Floats) -> NDArray[np.intp]:
        """Units (H,) of a matrix (L, H) in the order in which they stand."""
        self.explain()
        count = matrix.shape[1]
        if self.order == "peak":
            return peak_order(matrix)
        if self.order == "similarity":
            return similarity_order(matrix)
        if self.order == "influence" and self.moved is not None and len(self.moved) == count:
            return influence_order(self.moved)
        return np.arange(count)

    def dress(self, *, wordy: bool) -> None:
        """Words and colours of this moment, in full or brief."""
        self.wordy = wordy
        self.setAccessibleName(tr("Order of the units"))
        self.setStyleSheet(
            "QComboBox { background: transparent; border: none; padding: 0;"
            f" color: {theme.QUIET}; }}"
            f"QComboBox:hover {{ color: {theme.TEXT}; }}"
            f"QComboBox:focus {{ color: {theme.ACCENT}; }}"
            "QComboBox::down-arrow { margin-right: 0; }"
        )
        for place, (words, brief, tip) in enumerate(ORDERS.values()):
            self.setItemText(place, tr(words if wordy else brief))
            self.setItemData(place, tr(tip), Qt.ItemDataRole.ToolTipRole)
        self.fit()

    def fit(self) -> None:
        """As wide as the order that it names; its list as wide as all of them."""
        metrics = QFontMetricsF(theme.font())
        self.setFixedWidth(math.ceil(metrics.horizontalAdvance(self.currentText())) + CHEVRON)
        texts = [self.itemText(place) for place in range(self.count())]
        widest = max(map(metrics.horizontalAdvance, texts))
        self.view().setMinimumWidth(math.ceil(widest) + 2 * CHEVRON)

    def explain(self) -> None:
        """Say on the box what the order means."""
        waits = self.order == "influence" and self.moved is None
        self.setToolTip(tr(NOT_YET if waits else ORDERS[self.order][2]))
