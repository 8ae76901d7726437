"""What can be read in a window, and what of it is in no language that is spoken."""

import re
from collections.abc import Iterable
from html import unescape

from PySide6.QtCore import QPointF, Qt, QTranslator
from PySide6.QtWidgets import QComboBox, QMenuBar, QTreeWidget, QTreeWidgetItem, QWidget

from viewer.kit import language
from viewer.kit.measures import plate_lines
from viewer.window import MainWindow

SPOKEN = ("text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "title")
# What a header, a unit or a keyboard says, and what was written into the model's bundle; the
# program shows it as it is.
DATA = re.compile(
    r"DICOM|NORMAL|LUNG|SOFT|BONE|MONOCHROME\d|\b(JPG|PNG|PDF|JSON|MB|px)\b|mm²"
    r"|\b(DX|CR|MR|chest|CHEST|PA)\b|\b(SID|kV|mAs|mm|cm)\b"
    r"|4MR1|CPU|σ|sha256|\S+…\S+|Ctrl|Shift|Space|Rowscope|uncompressed, explicit little endian"
)
# Names, units, keys, formats and DICOM's own terms, which are the same in every language.
LATIN = re.compile(
    r"\b(Rowscope|rowscope|UTC|px|mm²|Cobb|DICOM|VOI|LUT|AUC|Brier|Youden|Venn|Abers|GRU|LSTM|CPU|CUDA|PNG|JPEG|JPG|PDF|JSON|MB"
    r"|TIFF|MRI|MR|CT|CR|DX|SID|kV|mA|mAs|mm|cm|ms|TR|TE|Esc|Shift|Ctrl|Alt|Space|Home|End|Tab|Del"
    r"|Up|Down|Left|Right|PgUp|PgDown|Enter|Return|Apache|License|Inter|SIL|Open|Font|MONOCHROME\d"
    r"|little|endian|pydicom|native|English|sha256)\b|NORMAL|LUNG|SOFT|BONE|PHANTOM-\d+|4MR1|[0-9a-f]{8}…[0-9a-f]{4}"
    r"|[0-9a-f]{64}"
)


class Pseudo(QTranslator):
    """A language in which every text is its English in brackets."""

    def isEmpty(self):
        return False

    def translate(self, _context, source, _comment=None, _n=-1):
        return f"⟦{source}⟧"


PSEUDO = Pseudo()


def now_spoken():
    """Name of the fixture whose language is spoken; "" for plain English."""
    if PSEUDO in language._speaking.translators:
        return "bracketed"
    return "" if language.current() == "en" else "chinese"


def texts(root: QWidget) -> list[tuple[str, str]]:
    """Everything that can be read in a window, with where it stands."""
    found = [(type(root).__name__, root.windowTitle())]
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        for name in SPOKEN:
            text = getattr(widget, name, None)
            found.append((f"{type(widget).__name__}.{name}", text() if callable(text) else ""))
        if isinstance(widget, QComboBox):
            found += [("item", widget.itemText(place)) for place in range(widget.count())]
        if isinstance(widget, QTreeWidget):
            rows = [widget.topLevelItem(place) for place in range(widget.topLevelItemCount())]
            found += [
                ("cell", text) for row in (widget.headerItem(), *rows) for text in cells(row)
            ]
    for bar in root.findChildren(QMenuBar):
        menus = [action for action in bar.actions() if action.menu() is not None]
        found += [("menu", menu.text()) for menu in menus]
        found += [("action", one.text()) for menu in menus for one in menu.menu().actions()]
    return [(place, text) for place, text in found if isinstance(text, str) and text]


def cells(row: QTreeWidgetItem) -> list[str]:
    return [row.text(column) for column in range(row.columnCount())]


def painted(window: MainWindow) -> list[tuple[str, str]]:
    """What is drawn and not held by a widget."""
    film = window.film
    written = [pane.written() for pane in window.panes.all]
    plates = [line for one in written for plate in one.plates for line in plate.lines]
    badges = [badge.words for one in written for _, badge in one.badges]
    kept = window.session.annotations
    marks = [
        line
        for _, shown in window.session.panes.shown()
        for one in kept.measured(shown)
        for line in plate_lines(one)
    ]
    cursor = window.session.cursor
    tips = [strip.tip_at(20.0, 200.0) for strip in window.strips]
    scales = [text for strip in window.strips for text in strip.scale._titles]
    pairs = [text for pair in window.strips.line._pairs for text in pair]
    axis = [text for _, text in window.strips.influence._axis.labels()]
    model = window.studies._model
    roles = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    entries = [
        model.data(model.index(row), role) for row in range(model.rowCount()) for role in roles
    ]
    film.surface.gestures.hovered.emit(QPointF(film.box.rect().center()))
    lists = {
        "plate": plates, "tag": [cursor.tag] if cursor else [], "tip": tips, "scale": scales,
        "row": pairs, "axis": axis, "entry": entries, "probe": [window.status.text()],
        "row title": [window.strips.line._text], "badge": badges, "mark": marks,
    }  # fmt: skip
    return [(place, text) for place, found in lists.items() for text in found if text]


def data_of(window: MainWindow) -> list[str]:
    """The texts of the film and of the model themselves, the longest first."""
    image, model = window.session.film.frame.image, window.session.model
    tests = [text for test in model.tests for text in (test.name, test.source)]
    texts = [
        str(model.path), model.path.name, model.title, model.architecture, model.data_source,
        model.sha256, *model.classes, *(name.capitalize() for name in model.classes),
        *tests, image.decoder, image.identity.patient_id,
        *(name for path in window.session.films.paths for name in (path.name, path.stem)),
    ]  # fmt: skip
    return sorted(filter(None, texts), key=len, reverse=True)


def proper_data(window: MainWindow) -> list[str]:
    """Names of files, hashes, decoders: what no language changes; not classes and titles.

    And what its author wrote of where the tested films come from.
    """
    image, model = window.session.film.frame.image, window.session.model
    texts = (
        str(model.path), model.path.name, model.sha256, image.decoder, image.identity.patient_id,
        *(name for test in model.tests for name in (test.name,) if "-" in name), "phantoms",
        *(str(test.source.arguments.get("data", "")) for test in model.tests),
        *(name for path in window.session.films.paths for name in (path.name, path.stem)),
    )  # fmt: skip
    return sorted(filter(None, texts), key=len, reverse=True)


def unsaid(text: str, data: Iterable[str] = ()) -> str:
    """What of a text is neither translated nor data."""
    bare = unescape(re.sub(r"<[^>]*>", " ", text))
    for known in data:
        bare = bare.replace(known, " ")
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", bare)) != bare:
        bare = less
    if "…" in bare:  # elided at its end, or in its middle
        bare = re.sub(r"⟦[^⟦⟧]*$", " ", bare)
        bare = re.sub(r"⟦.*…", " ", bare)
    return " ".join(re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", bare)))


def english(text: str, data: Iterable[str] = ()) -> list[str]:
    """English words of a text that are neither names nor data."""
    bare = unescape(re.sub(r"<[^>]*>|https?://\S+|\S*/\S+", " ", text))
    for known in data:
        bare = bare.replace(known, " ")
    return re.findall(r"[A-Za-z]{2,}", LATIN.sub(" ", bare))


def left_in_english(shown: Iterable[tuple[str, str]], data: Iterable[str] = ()) -> list[object]:
    return [(place, text) for place, text in shown if english(text, data)]
