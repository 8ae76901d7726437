"""Exports of a window: what is written where, and what the session says of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter

from engine import __version__
from engine.output import whole, write_whole
from engine.types import Analysis, Frame
from viewer.export.picture import (
    AS_SHOWN,
    ExportError,
    PictureChoice,
    not_written,
    picture,
    write_picture,
)
from viewer.export.sheet import (
    LABEL,
    Sheet,
    paint_pages,
    sheet_page,
    sheet_picture,
    sheet_text,
)
from viewer.export.values import write_values
from viewer.kit.language import tr
from viewer.session.choices import Message

if TYPE_CHECKING:
    from viewer.film.view import FilmPane
    from viewer.session.session import Session

MARGIN_MM = 15.0


class Exports:
    """Writes what a window shows.

    Args:
        session: Says what was written.
        panes: All panes, the active one first.
        threshold: The one that the reader has set; None for the model's own.
        answer: What may be told of the active film; None while it must stay hidden.
    """

    def __init__(
        self,
        session: "Session",
        panes: "Callable[[], tuple[FilmPane, ...]]",
        *,
        threshold: Callable[[], float | None] = lambda: None,
        answer: Callable[[], Analysis | None] | None = None,
    ) -> None:
        self._session, self._panes = session, panes
        self._threshold = threshold
        self._answer = answer or (lambda: session.analysis)

    def picture(
        self, path: Path, choice: PictureChoice = AS_SHOWN, *, every: bool = False
    ) -> None:
        """Write the active pane, or every one of them, as PNG or JPEG.

        Raises:
            ExportError: One sentence.
        """
        write_picture(picture(self._panes() if every else self._panes()[:1], choice), path)
        self._say(path)

    def copy(self, choice: PictureChoice = AS_SHOWN, *, every: bool = False) -> None:
        """Put the same picture on the clipboard.

        Raises:
            ExportError: No film is open.
        """
        image = picture(self._panes() if every else self._panes()[:1], choice)
        QGuiApplication.clipboard().setImage(image)
        self._session.message.emit(Message(tr("The picture is on the clipboard.")))

    def values(self, path: Path) -> None:
        """Write the pixels of the active film in 16 bits, and what they mean.

        Raises:
            ExportError: One sentence.
        """
        write_values(self._frame(), path)
        self._say(path)

    def reading(self, path: Path, *, identity: bool = False) -> None:
        """Write the reading of the active film as PDF, PNG or JSON, as the name ends.

        Raises:
            ExportError: One sentence.
        """
        sheet = self.sheet(identity=identity)
        kind = path.suffix.lower()
        if kind == ".json":
            with _told(path):
                write_whole(path, sheet_text(sheet))
        elif kind == ".png":
            write_picture(sheet_picture(sheet_page(sheet)), path)
        elif kind == ".pdf":
            write_pdf(sheet, path)
        else:
            raise ExportError(tr("{name} must end in .pdf, .png or .json.", name=path.name))
        self._say(path)

    def sheet(self, *, identity: bool = False) -> Sheet:
        """The reading of the active film.

        Raises:
            ExportError: There is none.
        """
        frame, analysis = self._frame(), self._answer()
        if analysis is None:
            raise ExportError(tr("There is no reading of this film yet."))
        shown = picture(self._panes()[:1], PictureChoice(identity=identity))
        now = datetime.now().astimezone()
        return Sheet(frame, analysis, now, self._threshold(), identity=identity, picture=shown)

    def _frame(self) -> Frame:
        film = self._session.film
        if film is None:
            raise ExportError(tr("No film is open."))
        return film.frame

    def _say(self, path: Path) -> None:
        self._session.message.emit(Message(tr("Saved {path}", path=path)))


def write_pdf(sheet: Sheet, path: Path) -> None:
    """Write a reading as pages of A4.

    Raises:
        ExportError: It cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator(f"Rowscope {__version__}")
    writer.setTitle(tr(LABEL))
    writer.setResolution(300)
    lay_out(writer)
    paint_pages(sheet_page(sheet), writer)
    buffer.close()
    with _told(path), whole(path) as beside:
        beside.write_bytes(buffer.data().data())


def lay_out(device: QPagedPaintDevice) -> None:
    """A4, upright, with margins."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise not_written(path) from None
