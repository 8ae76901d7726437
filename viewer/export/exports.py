"""Exports of a window: what is written where, and what the session says of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QDialog, QWidget

from engine import __version__
from engine.output import whole, write_whole
from engine.types import Analysis, Frame
from viewer.export.picture import (
    AS_SHOWN,
    LABEL,
    ExportError,
    PictureChoice,
    not_written,
    picture,
    write_picture,
)
from viewer.export.pixel_values import write_values
from viewer.export.reading_sheet import (
    Sheet,
    paint_pages,
    picture_page,
    sheet_page,
    sheet_picture,
    sheet_text,
)
from viewer.kit.language import tr
from viewer.session.choices import Message

if TYPE_CHECKING:
    from viewer.film.view import FilmPane
    from viewer.session.session import Session

MARGIN_MM = 15.0


class ShownPanes(Protocol):
    """The panes of a window."""

    @property
    def active(self) -> "FilmPane":
        """The one that keys and commands go to."""

    @property
    def all(self) -> "tuple[FilmPane, ...]":
        """Every one of them."""


class Exports:
    """Writes what a window shows.

    Args:
        session: Says what was written.
        panes: What is shown.
        threshold: The one that the reader has set; None for the model's own.
        answer: What may be told of the active film; None while it must stay hidden.
    """

    def __init__(
        self,
        session: "Session",
        panes: ShownPanes,
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
        write_picture(self._picture(choice, every=every), path)
        self._say(path)

    def copy(self, choice: PictureChoice = AS_SHOWN, *, every: bool = False) -> None:
        """Put the same picture on the clipboard.

        Raises:
            ExportError: No film is open.
        """
        image = self._picture(choice, every=every)
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

    def seen(self, choice: PictureChoice, *, kind: str) -> QImage:
        """What an export of a kind looks like: "film", "layout", "values" or "reading".

        Raises:
            ExportError: There is nothing to export.
        """
        if kind == "reading":
            return sheet_picture(sheet_page(self.sheet(identity=choice.identity)))
        return self._picture(choice, every=kind == "layout")

    def page(self, choice: PictureChoice = AS_SHOWN, *, every: bool = False) -> QTextDocument:
        """For paper: the reading of the active film, or a picture where there is none, or of all.

        Raises:
            ExportError: No film is open.
        """
        if every or self._answer() is None:
            return picture_page(self._picture(choice, every=every))
        return sheet_page(self.sheet(identity=choice.identity))

    def preview(
        self, parent: QWidget, choice: PictureChoice = AS_SHOWN, *, every: bool = False
    ) -> QDialog:
        """Show the paper before it is printed.

        Raises:
            ExportError: No film is open.
        """
        self.page(choice, every=every)  # what cannot be shown is said before the dialog opens
        return preview(parent, lambda: self.page(choice, every=every))

    def print_to(self, path: Path) -> None:
        """Print as a printer would, into a PDF.

        Raises:
            ExportError: One sentence.
        """
        if path.suffix.lower() != ".pdf":
            raise ExportError(tr("{name} must end in .pdf.", name=path.name))
        page = self.page()
        with _told(path), whole(path) as beside:
            beside.touch()
            print_into(page, beside)
        self._say(path)

    def sheet(self, *, identity: bool = False) -> Sheet:
        """The reading of the active film.

        Raises:
            ExportError: There is none.
        """
        frame, analysis = self._frame(), self._answer()
        if analysis is None:
            raise ExportError(tr("There is no reading of this film yet."))
        shown = self._picture(PictureChoice(identity=identity), every=False)
        now = datetime.now().astimezone()
        located = self._session.analyses.located
        return Sheet(
            frame,
            analysis,
            now,
            self._threshold(),
            identity=identity,
            picture=shown,
            found=located.shown,
            cut=located.cut,
        )

    def _picture(self, choice: PictureChoice, *, every: bool) -> QImage:
        shown = self._panes.all if every else (self._panes.active,)
        return picture(shown, choice)

    def _frame(self) -> Frame:
        film = self._session.film
        if film is None:
            raise ExportError(tr("No film is open."))
        return film.frame

    def _say(self, path: Path) -> None:
        self._session.message.emit(Message(tr("Saved {path}", path=path)))


def print_into(page: QTextDocument, path: Path) -> None:
    """What a printer gets, in a file that is there."""
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - 10 ms, only to print

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setCreator(f"Rowscope {__version__}")
    printer.setDocName(tr(LABEL))
    lay_out(printer)
    paint_pages(page, printer)


def preview(parent: QWidget, make: Callable[[], QTextDocument]) -> QDialog:
    """Show the paper before it is printed.

    Args:
        parent: Of the dialog.
        make: The page anew, for a paper that was chosen meanwhile.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog  # noqa: PLC0415

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setCreator(f"Rowscope {__version__}")
    printer.setDocName(tr(LABEL))
    lay_out(printer)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.paintRequested.connect(lambda paper: paint_pages(make(), paper))
    dialog.resize(900, 720)
    dialog.open()
    return dialog


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
