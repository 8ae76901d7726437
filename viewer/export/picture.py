"""Pictures of panes as they are displayed, with the research-use label burned in.

A picture is painted anew and not copied from the screen: at the resolution of the screen, or so
large that every stored pixel has one of its own. The identity of a patient is in it only where
that was asked for; what is part of the film's own pixels always is.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QImageWriter, QPainter

from engine import __version__
from engine.output import whole
from viewer.film.view import FilmPane
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.session.comparing import Whose, whose

LABEL: Final = marked("Research use only. Not a diagnosis.")
BAND: Final = 28  # height of the label's band beneath a picture, in pixels of the screen
MOST: Final = 16_384  # pixels of a side of a picture
QUALITY: Final = 95  # of JPEG
# Whether films that lie beside each other are of one patient.
_WARNINGS: Final[dict[Whose, str]] = {
    "same": "",
    "other": marked("Different patients"),
    "unknown": marked("Same patient? The file has no patient ID"),
}


class ExportError(Exception):
    """Something could not be written: one sentence."""


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """How a picture is made.

    Attributes:
        stored: One pixel at least for each stored pixel, instead of those of the screen.
        identity: Whether the plate with patient and study is in it.
    """

    stored: bool = False
    identity: bool = False


AS_SHOWN: Final = PictureChoice()


def picture(panes: Sequence[FilmPane], choice: PictureChoice = AS_SHOWN) -> QImage:
    """The panes as they lie beside each other, with maps' names and colour bars, and the label.

    Raises:
        ExportError: No film is shown in any of them.
    """
    panes = [pane for pane in panes if not pane.isHidden()]
    shown = [pane for pane in panes if pane.item.frame is not None]
    if not shown:
        raise ExportError(tr("No film is open, so there is no picture of one."))
    parts = {pane: _part(pane, panes) for pane in panes}
    area = QRectF()
    for part in parts.values():
        area = area.united(part)
    area.setHeight(area.height() + BAND)
    scale = min(_scale(shown, choice), MOST / max(area.width(), area.height()))
    image = QImage(
        round(area.width() * scale), round(area.height() * scale), QImage.Format.Format_RGB32
    )
    image.fill(theme.colour(theme.ON_FILM.pane))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    with without_names(panes, keep=choice.identity):
        for pane, part in parts.items():
            _paint_pane(painter, pane, part.topLeft() - area.topLeft(), scale)
    people = [frame.image.identity for frame in (pane.item.frame for pane in shown) if frame]
    warning = tr(_WARNINGS[whose(people)])
    _paint_label(painter, QRectF(0, area.height() - BAND, area.width(), BAND), scale, warning)
    painter.end()
    image.setText("Description", tr(LABEL))
    image.setText("Software", f"Rowscope {__version__}")
    return image


def write_picture(image: QImage, path: Path) -> None:
    """Write a picture as PNG or JPEG, as its name ends: whole or not at all.

    Raises:
        ExportError: The name ends in something else, or the file cannot be written.
    """
    kind = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}.get(path.suffix.lower())
    if kind is None:
        raise ExportError(tr("{name} must end in .png or .jpg.", name=path.name))
    write_image(image, path, kind)


def write_image(image: QImage, path: Path, kind: str = "png") -> None:
    """Write an image whole or not at all.

    Raises:
        ExportError: The file cannot be written.
    """
    written = False
    try:
        with whole(path) as beside:
            writer = QImageWriter(str(beside), kind.encode())
            writer.setQuality(QUALITY if kind == "jpg" else -1)
            written = writer.write(image)
    except OSError:
        written = False
    if not written:
        raise not_written(path)


def not_written(path: Path) -> ExportError:
    """The sentence for a place that cannot be written to."""
    return ExportError(tr("{path} could not be written. Choose another place.", path=path))


def _part(pane: FilmPane, panes: Sequence[FilmPane]) -> QRectF:
    """Where a pane's body lies, and the foot with the map's name and bar beneath it."""
    top = pane.window() if len(panes) > 1 else pane
    corner = QPointF(pane.body.mapTo(top, QPoint(0, 0)))
    height = pane.body.height() + (pane.foot.height() if _has_map(pane) else 0)
    return QRectF(corner.x(), corner.y(), pane.body.width(), height)


def _has_map(pane: FilmPane) -> bool:
    return pane.item.heatmap is not None


def _scale(panes: Sequence[FilmPane], choice: PictureChoice) -> float:
    """Pixels of the picture for each pixel of the screen's layout."""
    screen = max(pane.devicePixelRatioF() for pane in panes)
    if not choice.stored:
        return screen
    places = [pane.placement for pane in panes]
    return max(screen, *(1 / min(place.scale, place.across) for place in places))


def _paint_pane(painter: QPainter, pane: FilmPane, corner: QPointF, scale: float) -> None:
    body = pane.view.viewport().rect()
    at = corner * scale + _shift(pane, corner, scale)
    target = QRectF(at.x(), at.y(), body.width() * scale, body.height() * scale)
    painter.save()
    painter.setClipRect(QRectF(corner * scale, target.size()))
    pane.view.render(painter, target, body, Qt.AspectRatioMode.IgnoreAspectRatio)
    painter.restore()
    if _has_map(pane):
        painter.save()
        painter.scale(scale, scale)
        painter.translate(corner + QPointF(0, pane.body.height()))
        painter.fillRect(pane.foot.rect(), theme.colour(theme.WINDOW))
        pane.foot.render(painter, QPoint(0, 0))
        painter.restore()


def _shift(pane: FilmPane, corner: QPointF, scale: float) -> QPointF:
    """By how much less than a pixel a film moves, so that its pixels meet those of the picture."""
    first = (corner + pane.placement.pixel(0, 0)) * scale
    return QPointF(round(first.x()) - first.x(), round(first.y()) - first.y())


def _paint_label(painter: QPainter, band: QRectF, scale: float, warning: str) -> None:
    painter.save()
    painter.scale(scale, scale)
    painter.fillRect(band, theme.colour(theme.ON_FILM.panel))
    painter.setPen(theme.colour(theme.ON_FILM.text))
    painter.setFont(theme.font(weight=QFont.Weight.Medium))
    text = band.adjusted(theme.GAP, 0, -theme.GAP, 0)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(text, Qt.AlignmentFlag.AlignLeft | middle, tr(LABEL))
    painter.setPen(theme.colour(theme.ON_FILM.quiet))
    program = f"Rowscope {__version__}"
    room = text.width() - painter.fontMetrics().horizontalAdvance(f"{tr(LABEL)}  {program}")
    if warning:  # names are left out: nothing else would tell that these are two people
        left = text.adjusted(painter.fontMetrics().horizontalAdvance(f"{tr(LABEL)}    "), 0, 0, 0)
        painter.setPen(theme.colour(theme.ON_FILM.warning))
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | middle, warning)
    elif room > 0:
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | middle, program)
    painter.restore()


@contextmanager
def without_names(panes: Sequence[FilmPane], *, keep: bool) -> Iterator[None]:
    """Paint no identity as long as a picture is made, unless it was asked for."""
    for pane in panes:
        pane.lettering.nameless = not keep
    try:
        yield
    finally:
        for pane in panes:
            pane.lettering.nameless = False
