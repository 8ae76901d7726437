"""The plane of row states with its controls above, and beneath it what its colours say."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from engine.types import Bytes
from viewer.inspect.projection import Path2d, ProjectionView
from viewer.inspect.similar import LINE, words_of
from viewer.kit import hues, theme
from viewer.kit.language import listed, marked, named, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, label, row_in, said
from viewer.session.index_work import Working
from viewer.session.row_plane import COLOURINGS, PROJECTIONS

if TYPE_CHECKING:
    from engine.index import RowCloud
    from viewer.session.session import Session

ROOMY: Final = 400  # pixels of the plane from which its axes are named above it
COLOUR_WORDS: Final = {
    "row": marked("by step"),
    "class": marked("by class"),
    "film": marked("by film"),
}
PLANE_WORDS: Final = {"pca": "PCA", "umap": "UMAP"}
WORKING: Final = {
    "list": marked("Indexing the films of the list…"),
    "umap": marked("Laying out the rows by UMAP…"),
}


def working_words(working: Working) -> str:
    """What is made, and how far it is."""
    words = tr(WORKING[working.kind])
    return words if working.share is None else f"{words} {working.share} %"


class PlanePane(QWidget):
    """The projection with its controls above, and beneath it what its colours say."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._searching = session, session.searching
        self._drawn: tuple[object, ...] = ()
        self.view, self.legend = ProjectionView(), Legend()
        self.share = label("", "quiet")
        self.planes = live(_choice(), lambda box: box.setAccessibleName(tr("Projection")))
        self.colours = live(_choice(), lambda box: box.setAccessibleName(tr("Colours")))
        for kind in PROJECTIONS:
            self.planes.addItem(PLANE_WORDS[kind], kind)
        for colouring in COLOURINGS:
            self.colours.addItem("", colouring)
        self.cancel = live(QToolButton(), lambda it: it.setText(tr("Cancel")))
        self.cancel.setProperty("field", "true")
        head = QWidget()
        head.setFixedHeight(24)
        across = row_in(head, theme.GAP)
        across.addWidget(said(marked("Row states"), "heading"))
        across.addWidget(self.share)
        across.addStretch(1)
        across.addWidget(self.cancel)
        across.addWidget(self.planes)
        across.addWidget(self.colours)
        column = column_in(self, 6)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.legend)
        self.view.name_of = self._name_of
        self.view.lassoed.connect(self._searching.plane.lasso)
        self.view.row_requested.connect(self._on_row)
        self.view.point_opened.connect(self._on_point)
        self.planes.activated.connect(self._on_plane)
        self.colours.activated.connect(self._on_colour)
        self.cancel.clicked.connect(self._searching.indexing.cancel)
        self._searching.plane.changed.connect(self._show)
        self._searching.stretch_changed.connect(lambda _stretch: self._show_paths())
        self._searching.indexing.working.connect(lambda _working: self._show_head())
        live(self, PlanePane._dress)

    def _dress(self) -> None:
        for place, colouring in enumerate(COLOURINGS):
            self.colours.setItemText(place, tr(COLOUR_WORDS[colouring]))
        self._drawn = ()
        self._show()

    def _show(self) -> None:
        searching, cloud = self._searching, self._searching.plane.cloud
        self.planes.setCurrentIndex(PROJECTIONS.index(searching.plane.kind))
        self.colours.setCurrentIndex(COLOURINGS.index(searching.plane.colouring))
        labels = searching.labels(cloud) if cloud is not None else ()
        drawn = (cloud, searching.plane.colouring, theme.current(), labels)
        if cloud is not None and drawn != self._drawn:
            self._drawn = drawn
            shades = colours_of(cloud, searching.plane.colouring, labels)
            self.view.show_cloud(cloud.points, shades)
        lassoed = searching.plane.lassoed
        self.view.show_lasso(lassoed.corners if lassoed is not None else None)
        self._show_head()
        self._show_paths()
        if searching.index is not None:
            self.legend.show_legend(searching.plane.colouring, cloud, searching.index.films)

    def _show_head(self) -> None:
        working = self._searching.indexing.now
        self.cancel.setVisible(working is not None)
        share = share_of(self._searching.plane.cloud)
        if working is not None:
            self.share.setText(working_words(working))
        elif share is not None:
            first, second = (f"{100 * one:.0f} %" for one in share)
            words = tr("PC 1 {first} · PC 2 {second}", first=first, second=second)
            self.share.setToolTip(words)
            self.share.setText(words if self.width() >= ROOMY else f"{first} · {second}")
        else:
            self.share.setText(tr("only nearness counts") if self.width() >= ROOMY else "")
            self.share.setToolTip(tr("Near points are alike; axes and far distances mean nothing"))

    def _show_paths(self) -> None:
        searching, stretch = self._searching, self._searching.stretch
        changed = searching.plane.changed_path
        paths: list[Path2d] = []
        if searching.plane.path is not None:
            words = tr("this film") if changed is None else tr("as read")
            paths.append(Path2d(searching.plane.path, words, strong=changed is None))
        if changed is not None:
            paths.append(Path2d(changed, tr("changed")))
        self.view.show_paths(
            tuple(paths), (stretch.first, stretch.last) if stretch is not None else None
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow plane has fewer words above it."""
        super().resizeEvent(event)
        self._show_head()

    def _name_of(self, place: int) -> str:
        cloud = self._searching.plane.cloud
        if cloud is None:
            return ""
        film = int(cloud.film[place])
        said_label = named(self._searching.label(cloud.labels[film], cloud.contents[film]))
        rows = words_of((int(cloud.step[place]),) * 2)
        return ", ".join(part for part in (Path(cloud.paths[film]).stem, rows, said_label) if part)

    def _on_row(self, step: int) -> None:
        edges = self._searching.edges
        if edges is not None:
            self._session.move_to_row(float(edges[step] + edges[step + 1]) / 2)

    def _on_point(self, place: int) -> None:
        cloud = self._searching.plane.cloud
        if cloud is not None:
            film, step = int(cloud.film[place]), int(cloud.step[place])
            self._searching.open_row(Path(cloud.paths[film]), cloud.contents[film], step)

    def _on_plane(self, place: int) -> None:
        self._searching.plane.choose_projection(PROJECTIONS[place])
        self.planes.setCurrentIndex(PROJECTIONS.index(self._searching.plane.kind))

    def _on_colour(self, place: int) -> None:
        self._searching.plane.choose_colouring(COLOURINGS[place])


def _choice() -> QComboBox:
    box = QComboBox()
    box.setFixedHeight(24)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box


def share_of(cloud: "RowCloud | None") -> list[float] | None:
    """What the axes of a plane hold of the variance, 0…1; None where they mean nothing."""
    if cloud is None or np.isnan(cloud.share).any():
        return None
    return [float(one) for one in cloud.share]


def colours_of(cloud: "RowCloud", colouring: str, labels: tuple[str, ...]) -> Bytes:
    """A colour (m, 3) for each point; `labels` are of the cloud's films, empty for none."""
    if colouring == "row":
        last = np.maximum(cloud.steps[cloud.film] - 1, 1)
        return hues.along(cloud.step / last)
    if colouring == "film":
        return hues.of_films(cloud.numbers[cloud.film])
    names = classes_of(cloud)
    place_of = {name: place for place, name in enumerate(names)}
    places = np.array([place_of.get(one, len(names)) for one in labels])
    return np.vstack([hues.of_classes(len(names)), hues.without_class()])[places[cloud.film]]


def classes_of(cloud: "RowCloud") -> tuple[str, ...]:
    """The labels of a cloud's films, sorted."""
    return tuple(sorted({one for one in cloud.labels if one}))


class Legend(QWidget):
    """What the colours of the points mean, on one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(LINE)
        self._parts: tuple[tuple[str, Bytes | None], ...] = ()

    def show_legend(self, colouring: str, cloud: "RowCloud | None", films: int) -> None:
        """Show a scale or classes, and what the points and the line are."""
        line = tr("%n films; line: this film", "", n=films)
        if cloud is None:
            self._parts = ()
        elif colouring == "row":
            scale = hues.along(np.linspace(0.0, 1.0, 64))
            self._parts = ((tr("first step"), None), ("", scale), (tr("last step"), None))
        elif colouring == "class" and (names := classes_of(cloud)):
            dots = hues.of_classes(len(names))
            self._parts = tuple(
                (named(name), dot[None]) for name, dot in zip(names, dots, strict=True)
            )
        elif colouring == "class":
            self._parts = ((tr("this index has no labels"), None),)
        else:
            self._parts = ((tr("one colour a film"), None),)
        self._parts = (*self._parts, (line, None))
        self.setToolTip(
            "" if self._fits() else listed([words for words, _ in self._parts if words])
        )
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write words behind their dots; what finds no room is left out."""
        painter = QPainter(self)
        painter.setFont(theme.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, x = QFontMetricsF(theme.font()), 0.0
        for words, shade in self._parts:
            wide = _width(metrics, words, shade)
            if x + wide > self.width():
                break
            if shade is not None and len(shade) > 1:
                for place, one in enumerate(shade):
                    painter.fillRect(QRectF(x + place, 4, 1.2, 8), hues.shade(one))
            elif shade is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(hues.shade(shade[0]))
                painter.drawEllipse(QPointF(x + 4, 8), 4, 4)
            painter.setPen(theme.colour(theme.QUIET))
            painter.drawText(QPointF(x + (12 if shade is not None else 0), 12), words)
            x += wide + 10
        painter.end()

    def _fits(self) -> bool:
        metrics = QFontMetricsF(theme.font())
        return sum(_width(metrics, *part) + 10 for part in self._parts) - 10 <= self.width()


def _width(metrics: QFontMetricsF, words: str, shade: Bytes | None) -> float:
    if shade is not None and len(shade) > 1:
        return float(len(shade))
    return metrics.horizontalAdvance(words) + (12 if shade is not None else 0)
