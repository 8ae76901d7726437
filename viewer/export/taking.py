"""What a pane of Inspect gives away: a picture, its numbers, and the Python that makes them.

Every file carries a caption that can be cited: model, hashes of weights and film, settings,
version of the program. No path and no name of a person is in a caption; Python names the file that
it reads.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget

from engine import __version__
from engine.npz import write_npz
from engine.output import write_whole
from viewer.export.picture import LABEL, ExportError, not_written, without_names, write_image
from viewer.film.view import FilmPane
from viewer.kit import theme
from viewer.kit.language import joined, tr
from viewer.kit.taken import Taken
from viewer.session.choices import Message

if TYPE_CHECKING:
    from viewer.session.session import Session

FORMS: Final = ("png", "svg", "csv", "npz", "py", "ipynb")
SCALE: Final = 2.0  # pixels of a picture for each of the screen, at least
LINE: Final = 16  # height of a caption's line
_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take it for a formula
_SHORT: Final = 12  # characters of a hash in a caption

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class TakenPane:
    """One pane as it stands: what is painted, and what it gives away."""

    code: str
    widget: QWidget
    taken: Taken


class Taking:
    """Takes away what the panes of Inspect show.

    Args:
        session: What is shown, and by which model.
        panes: By code, the widgets and what each of them gives away.
    """

    def __init__(
        self,
        session: "Session",
        panes: Callable[[], Mapping[str, tuple[QWidget, Callable[[], Taken | None]]]],
    ) -> None:
        self._session, self._panes = session, panes

    @property
    def codes(self) -> tuple[str, ...]:
        """Of all panes, whatever they show now."""
        return tuple(self._panes())

    def shown(self) -> tuple[TakenPane, ...]:
        """The panes that have something to give away now."""
        found = ((code, widget, take()) for code, (widget, take) in self._panes().items())
        return tuple(TakenPane(code, widget, taken) for code, widget, taken in found if taken)

    def pane(self, code: str) -> TakenPane:
        """One of them.

        Raises:
            ExportError: There is none of this code, or it shows nothing.
        """
        panes = self._panes()
        if code not in panes:
            known = ", ".join(panes)
            words = tr("There is no pane “{code}”; take {known}.", code=code, known=known)
            raise ExportError(words)
        widget, take = panes[code]
        if (taken := take()) is None:
            raise ExportError(tr("The pane “{code}” shows nothing yet.", code=code))
        return TakenPane(code, widget, taken)

    def save(self, code: str, path: Path) -> None:
        """Write what a pane shows, in the form that the name of the file ends in.

        Raises:
            ExportError: One sentence.
        """
        pane, form = self.pane(code), path.suffix.lower().removeprefix(".")
        caption = self.caption(pane.taken)
        with _told(path):
            if form == "png":
                write_image(picture_of(pane.widget, caption), path)
            elif form == "svg":
                write_whole(path, drawing_of(pane.widget, caption, pane.taken.name))
            elif form == "csv":
                write_whole(path, table_of(pane.taken, caption))
            elif form == "npz":
                note = {"caption": np.array(caption, dtype=np.str_)}
                write_npz(path, dict(pane.taken.arrays) | note)
            elif form == "py":
                write_whole(path, self.python(pane.taken))
            elif form == "ipynb":
                write_whole(path, self.notebook((pane,)))
            else:
                ends = ", ".join(f".{one}" for one in FORMS)
                words = tr("{name} must end in one of {ends}.", name=path.name, ends=ends)
                raise ExportError(words)
        self._say(tr("Saved {path}", path=path))

    def save_all(self, folder: Path, forms: Sequence[str] = FORMS[:-1]) -> tuple[Path, ...]:
        """Write every pane that shows something into a folder, in every form but a notebook.

        Returns:
            The files, pane by pane, named by the panes' codes.

        Raises:
            ExportError: One sentence.
        """
        panes = self.shown()
        if not panes:
            raise ExportError(tr("No pane shows anything yet."))
        paths = [folder / f"{pane.code}.{form}" for pane in panes for form in forms]
        for path in paths:
            self.save(path.stem, path)
        return tuple(paths)

    def save_notebook(self, path: Path) -> None:
        """Write a notebook with the Python of every pane that shows something.

        Raises:
            ExportError: One sentence.
        """
        if path.suffix.lower() != ".ipynb":
            raise ExportError(tr("{name} must end in .ipynb.", name=path.name))
        panes = self.shown()
        if not panes:
            raise ExportError(tr("No pane shows anything yet."))
        with _told(path):
            write_whole(path, self.notebook(panes))
        self._say(tr("Saved {path}", path=path))

    def copy_python(self, code: str) -> None:
        """Put the Python that makes a pane's numbers on the clipboard.

        Raises:
            ExportError: One sentence.
        """
        QGuiApplication.clipboard().setText(self.python(self.pane(code).taken))
        self._say(tr("The Python of this pane is on the clipboard."))

    # ------------------------------------------------------------------ words and code
    def caption(self, taken: Taken) -> str:
        """What the numbers are, of which film, by which model: to be cited."""
        session = self._session
        film, model = session.film, session.model
        parts = [taken.words]
        if model is not None:
            parts.append(
                tr(
                    "Model {name} {version}, weights sha256 {hash}.",
                    name=model.name,
                    version=model.version,
                    hash=model.sha256[:_SHORT],
                )
            )
        if film is not None and taken.of_film:
            held = (film.frame.content or film.key)[:_SHORT]
            place = film.frame.index + 1
            parts.append(tr("Film sha256 {hash}, frame {frame}.", hash=held, frame=place))
        parts.append(f"Rowscope {__version__}, {date.today().isoformat()}.")  # noqa: DTZ011 - local
        return joined(*parts, tr(LABEL))

    def python(self, taken: Taken) -> str:
        """A whole program that makes a pane's numbers."""
        return f"{self._beginning()}\n\n# {taken.words}\n{taken.python.strip()}\n"

    def notebook(self, panes: Sequence[TakenPane]) -> str:
        """A Jupyter notebook (format 4.5): what each pane shows, and the Python that makes it."""
        cells = [_cell("code", self._beginning(), 0)]
        for number, pane in enumerate(panes):
            heading = f"## {pane.taken.name}\n\n{self.caption(pane.taken)}"
            names = ", ".join(f"{name}.shape" for name in pane.taken.arrays)
            lines = f"{pane.taken.python.strip()}\n\n{names}"
            cells += [
                _cell("markdown", heading, 2 * number + 1),
                _cell("code", lines, 2 * number + 2),
            ]
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        page = {
            "cells": cells,
            "metadata": {"kernelspec": kernel},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return json.dumps(page, ensure_ascii=False, indent=1) + "\n"

    def _beginning(self) -> str:
        """Model, film and frame, as the lines of every pane expect them."""
        session = self._session
        lines = ["import numpy as np", "", "import engine", ""]
        if (model := session.model) is not None:
            lines.append(f"model = engine.load({_named(model.name, model.path)!r})")
            lines.append(f'assert model.info.sha256 == "{model.sha256}", "other weights"')
        if (film := session.film) is not None:
            lines.append(f"film = {str(film.frame.image.path)!r}")
            lines.append(f"frame = {film.frame.index}")
        return "\n".join(lines)

    def _say(self, words: str) -> None:
        self._session.message.emit(Message(words))


def _named(name: str, path: Path) -> str:
    """How `engine.load` finds a model again: an installed one by its name."""
    from engine.bundle import find_bundle  # noqa: PLC0415 - not before something is taken

    try:
        installed = find_bundle(name) == path
    except Exception:  # noqa: BLE001 - whatever hinders it: then by its folder
        installed = False
    return name if installed else str(path)


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"pane-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}


# ------------------------------------------------------------------------------ pictures
def picture_of(widget: QWidget, caption: str) -> QImage:
    """A pane as it is painted, its caption beneath it and in the file."""
    size, band = widget.size(), _band(widget, caption)
    scale = max(widget.devicePixelRatioF(), SCALE)
    form = QImage.Format.Format_RGB32
    image = QImage(round(size.width() * scale), round((size.height() + band) * scale), form)
    image.setDevicePixelRatio(scale)
    image.fill(theme.colour(theme.WINDOW))
    painter = QPainter(image)
    _paint(painter, widget, caption)
    painter.end()
    image.setText("Description", caption)
    image.setText("Software", f"Rowscope {__version__}")
    return image


def drawing_of(widget: QWidget, caption: str, title: str) -> str:
    """The same as SVG; what a pane paints as pixels stays pixels in it."""
    from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415 - only to draw one

    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    area = QRect(0, 0, widget.width(), widget.height() + _band(widget, caption))
    generator.setSize(area.size())
    generator.setViewBox(area)
    generator.setTitle(title)
    generator.setDescription(caption)
    painter = QPainter(generator)
    painter.fillRect(area, theme.colour(theme.WINDOW))
    _paint(painter, widget, caption)
    painter.end()
    buffer.close()
    return bytes(held.data()).decode("utf-8")


def _paint(painter: QPainter, widget: QWidget, caption: str) -> None:
    flags = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.DrawWindowBackground
    films = (widget,) if isinstance(widget, FilmPane) else ()
    with without_names(films, keep=False):
        widget.render(painter, QPoint(0, 0), renderFlags=flags)
    painter.setFont(theme.font())
    painter.setPen(theme.colour(theme.TEXT))
    room = QRectF(theme.GAP, widget.height() + 4, widget.width() - 2 * theme.GAP, 10_000)
    painter.drawText(room, int(Qt.TextFlag.TextWordWrap), caption)


def _band(widget: QWidget, caption: str) -> int:
    """Pixels that the caption takes beneath a pane."""
    from PySide6.QtGui import QFontMetrics  # noqa: PLC0415 - beside its only use

    room = QRect(0, 0, max(widget.width() - 2 * theme.GAP, 80), 10_000)
    lines = QFontMetrics(theme.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), caption)
    return lines.height() + 12


# -------------------------------------------------------------------------------- tables
def table_of(taken: Taken, caption: str) -> str:
    """Numbers as CSV: the caption as comments, then arrays of one length side by side.

    An array of more than one dimension has a column for each place of the others, named
    "gates[0,2]"; arrays of another length follow in a table of their own, after an empty line.
    """
    out = io.StringIO()
    out.write(f"# {caption}\n")
    writer = csv.writer(out, lineterminator="\n")
    for place, (length, arrays) in enumerate(_by_length(taken.arrays).items()):
        if place:
            out.write("\n")
        columns = [column for name, array in arrays.items() for column in _columns(name, array)]
        writer.writerow(["index", *(name for name, _values in columns)])
        for row in range(length):
            writer.writerow([row, *(_written(values[row]) for _name, values in columns)])
    return out.getvalue()


def _by_length(arrays: Mapping[str, Array]) -> dict[int, dict[str, Array]]:
    tables: dict[int, dict[str, Array]] = {}
    for name, array in arrays.items():
        rows = np.atleast_1d(array)
        tables.setdefault(len(rows), {})[name] = rows
    return tables


def _columns(name: str, array: Array) -> Iterator[tuple[str, Array]]:
    if array.ndim == 1:
        yield name, array
        return
    for place in np.ndindex(array.shape[1:]):
        inside = ",".join(map(str, place))
        yield f"{name}[{inside}]", array[(slice(None), *place)]


def _written(value: Any) -> object:  # noqa: ANN401 - one value of an array
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_GUARDED) else value
    return value.item() if isinstance(value, np.generic) else value


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise not_written(path) from None
