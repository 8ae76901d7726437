"""The page Find of the dock: films in one state, aligned; all row states as points of a plane."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from engine.imaging import thumbnail
from engine.types import Bytes
from viewer.inspect.plane_pane import PLANE_WORDS, PlanePane, share_of, working_words
from viewer.inspect.similar import (
    LINE,
    StretchButton,
    as_state,
    band_of,
    named_label,
    take_matches,
    why_nothing,
    words_of,
)
from viewer.kit import theme
from viewer.kit.language import listed, marked, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, label, row_in, said
from viewer.session.index_work import Working, labels_of
from viewer.session.searching import COUNT

if TYPE_CHECKING:
    from viewer.session.loading import Film
    from viewer.session.searching import Searching
    from viewer.session.session import Session

SMALL: Final = 160  # pixels of the longest side of the open film in its strip
WIDE: Final = 0.92  # width of a strip over the height of its picture
ROOMY: Final = 600  # pixels of the strips from which the unit is named above them
STRIP: Final = (80, 168)  # least and most pixels of a strip's width
PLANE: Final = (320, 560)  # the same of the projection
PYTHON: Final = {  # the plane, and where states lie in it
    "pca": ("index.cloud", "index.project({})"),
    "umap": ("index.umap()", "index.place({}, plane)"),
}
WHAT: Final = marked(
    "An index holds the state of the network at every step of many films. It shows where else the"
    " network was in a state."
)


class FindPage(QWidget):
    """Left the films that were found or lassoed, right the plane; a notice where there are none.

    Args:
        session: Its `searching` looks for states.
    """

    code = "find"

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._searching = session.searching
        self.strips, self.plane = AlignedStrips(session), PlanePane(session)
        self.notice = IndexNotice(session)
        holder = QWidget()
        across = row_in(holder, 24, (theme.MARGIN, 0, theme.MARGIN, 8))
        across.addWidget(self.strips, 1)
        across.addWidget(self.plane)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notice)
        self._stack.addWidget(holder)
        column_in(self, 0).addWidget(self._stack)
        self._searching.index_changed.connect(self._show)
        session.tries.changed.connect(partial(_follow_tries, session))
        self._show()

    def state(self) -> dict[str, Any]:
        """Index, stretch, films and plane as they are on screen."""
        searching = self._searching
        index, stretch, lassoed = searching.index, searching.stretch, searching.plane.lassoed
        working = searching.indexing.now
        return {
            "index": None
            if index is None
            else {
                "folder": str(index.folder),
                "model": index.model,
                "films": index.films,
                "rows": index.rows,
            },
            "why": searching.why,
            "working": None if working is None else [working.kind, working.share],
            "stretch": None if stretch is None else [stretch.first, stretch.last],
            "brushed": stretch is not None and stretch.own,
            "matches": [as_state(searching, one) for one in searching.found],
            "projection": searching.plane.kind,
            "colour": searching.plane.colouring,
            "share": None if index is None else share_of(searching.plane.cloud),
            "path": None if searching.plane.path is None else searching.plane.path.tolist(),
            "lasso": None
            if lassoed is None
            else {
                "films": lassoed.films,
                "rows": lassoed.rows,
                "shown": [as_state(searching, one) for one in lassoed.shown],
            },
        }

    def taken(self) -> Taken | None:
        """The films that were found and the plane, and how Python makes them."""
        return take_find(self._searching)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plane takes its share of the width."""
        super().resizeEvent(event)
        wanted = round(self.width() * 0.38)
        self.plane.setFixedWidth(min(max(wanted, PLANE[0]), PLANE[1]))

    def _show(self) -> None:
        searching = self._searching
        there = searching.index is not None and searching.why != "hidden"
        self._stack.setCurrentIndex(int(there))


def _follow_tries(session: "Session") -> None:
    """While What if is on, the states of the changed film are looked for."""
    tries = session.tries
    there = tries.on and tries.draft and tries.found is not None
    session.searching.show_changed(tries.found if there else None)


# ------------------------------------------------------------------------ without an index
class IndexNotice(QWidget):
    """Says what an index is and why there is none, and offers to make or open one."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._searching = session, session.searching
        self.what, self.why, self.labels = said(WHAT), label("", "quiet"), label("", "quiet")
        for words in (self.what, self.why, self.labels):
            words.setWordWrap(True)
        self.index = live(QPushButton(), lambda it: it.setText(tr("Index the films of the list")))
        self.open = live(QPushButton(), lambda it: it.setText(tr("Open an index…")))
        self.cancel = live(QPushButton(), lambda it: it.setText(tr("Cancel")))
        buttons = QWidget()
        across = row_in(buttons, theme.GAP)
        for button in (self.index, self.open, self.cancel):
            across.addWidget(button)
        across.addStretch(1)
        column = column_in(self, theme.GAP, (theme.MARGIN, 4, theme.MARGIN, 8))
        for widget in (self.what, self.why, buttons, self.labels):
            column.addWidget(widget)
        column.addStretch(1)
        self.index.clicked.connect(self._searching.index_list)
        self.open.clicked.connect(partial(ask_for_index, self, self._searching))
        self.cancel.clicked.connect(self._searching.indexing.cancel)
        self._searching.index_changed.connect(self._show)
        self._searching.indexing.working.connect(self._on_working)
        session.films.stacks_changed.connect(lambda _stacks: self._show())
        live(self, IndexNotice._show)

    def _show(self) -> None:
        searching, working = self._searching, self._searching.indexing.now
        films, model = searching.films_of_list(), self._session.model
        there, why = model is not None, why_nothing(searching)
        if searching.why == "none" and model is not None:
            why = tr("There is no index for {model} yet.", model=model.name)
        self.why.setText(working_words(working) if working is not None else why)
        self.labels.setText(_labels_said(films))
        self.labels.setVisible(there and working is None and bool(films))
        self.index.setVisible(working is None)
        self.index.setEnabled(there and len(films) > 1)
        self.open.setVisible(working is None)
        self.cancel.setVisible(working is not None)

    def _on_working(self, _working: Working | None) -> None:
        self._show()


def _labels_said(films: tuple[Any, ...]) -> str:
    """How many films would be indexed, and what they would be called."""
    names = labels_of(films)
    count = tr("%n films", "", n=len(films))
    if not names:
        return tr("{films} in one folder: without labels", films=count)
    return tr("{films}; labels: their folders {names}", films=count, names=listed(names[:6]))


def ask_for_index(parent: QWidget, searching: "Searching") -> None:
    """Let the reader pick the folder of an index."""
    chosen = QFileDialog.getExistingDirectory(parent.window(), tr("Open an index"))
    if chosen:
        searching.open_index(Path(chosen))


# -------------------------------------------------------------------------- aligned strips
class AlignedStrips(QWidget):
    """The open film and those that were found, side by side, their stretches at one height."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._searching = session, session.searching
        self._from = 0  # the first that is shown
        self._grey: tuple[str, Bytes] = ("", np.zeros((1, 1), np.uint8))
        self.title, self.count = label("", "heading"), label("", "quiet")
        self.unit = said(marked("distance in σ"), "quiet")
        self.back, self.on = _arrow("‹"), _arrow("›")
        self.all = live(QToolButton(), lambda it: it.setText(tr("Show the nearest")))
        self.follow = live(QToolButton(), lambda it: it.setText(tr("Follow the cursor")))
        for command in (self.all, self.follow):
            command.setProperty("field", "true")
        head = QWidget()
        head.setFixedHeight(24)
        across = row_in(head, theme.GAP)
        across.addWidget(self.title)
        across.addWidget(self.unit)
        across.addWidget(self.all)
        across.addWidget(self.follow)
        across.addStretch(1)
        across.addWidget(self.count)
        across.addWidget(self.back)
        across.addWidget(self.on)
        self.words = label("", "quiet")
        self.words.setWordWrap(True)
        self.row = QWidget()
        self.own = StretchButton("beneath", self.row)
        self.buttons = tuple(StretchButton("beneath", self.row) for _ in range(24))
        column = column_in(self, 6)
        column.addWidget(head)
        column.addWidget(self.words)
        column.addWidget(self.row, 1)
        self.back.clicked.connect(lambda: self._leaf(-1))
        self.on.clicked.connect(lambda: self._leaf(1))
        self.all.clicked.connect(lambda: self._searching.plane.lasso(None))
        self.follow.clicked.connect(self._searching.release)
        for button in self.buttons:
            button.clicked.connect(partial(self._open, button))
        self._searching.found_changed.connect(self._on_found)
        self._searching.stretch_changed.connect(lambda _stretch: self._show_own())
        self._searching.index_changed.connect(self.show_found)
        live(self, AlignedStrips.show_found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self.show_found()

    def show_found(self) -> None:
        """Lay out the strips that fit, from the one that was leafed to."""
        found, lassoed = self._searching.shown, self._searching.plane.lassoed
        fits, wide = self.strip_widths(len(found))
        self._from = min(self._from, max(len(found) - fits, 0))
        here = found[self._from : self._from + fits]
        for place, button in enumerate(self.buttons):
            one = here[place] if place < len(here) else None
            button.show_found(one, named_label(self._searching, one) if one else "")
            left = (place + 1) * (wide + theme.GAP) + theme.GAP
            button.setGeometry(left, 0, wide, self.row.height())
        self.own.setGeometry(0, 0, wide, self.row.height())
        self._show_own()
        last = self._from + len(here)
        many = len(found) > len(here)
        total = lassoed.films if lassoed is not None else len(found)
        self.count.setText(
            tr("{first}–{last} of {total}", first=self._from + 1, last=last, total=total)
            if many
            else ""
        )
        for arrow, there in ((self.back, self._from > 0), (self.on, last < len(found))):
            arrow.setVisible(many)
            arrow.setEnabled(there)
        self._say()

    def strip_widths(self, count: int) -> tuple[int, int]:
        """How many of so many films fit beside the open one, and how wide each strip is."""
        high, room = max(self.row.height() - 2 * LINE - 4, 1), self.row.width()
        wish = min(max(round(high * WIDE), STRIP[0]), STRIP[1])
        fits = max((room + theme.GAP) // (wish + theme.GAP) - 1, 1)
        all_of_it = (room - theme.GAP * (fits + 1)) // (fits + 1)
        return fits, min(all_of_it, 2 * wish) if count >= fits else wish

    def _say(self) -> None:
        searching = self._searching
        stretch, lassoed = searching.stretch, searching.plane.lassoed
        if lassoed is not None:
            self.title.setText(tr("%n films in the lasso", "", n=lassoed.films))
        elif stretch is None:
            self.title.setText(tr("Same state elsewhere"))
        else:
            steps = words_of((stretch.first, stretch.last))
            words = tr("Same state as at {steps}", steps=steps)
            if searching.changed is not None:
                long = tr("Same state as at {steps} of the changed film", steps=steps)
                brief = tr("Same state as at {steps}, changed", steps=steps)
                words = long if self.width() >= ROOMY else brief
            self.title.setText(words)
        self.all.setVisible(lassoed is not None)
        self.follow.setVisible(lassoed is None and stretch is not None and stretch.own)
        roomy = self.width() >= ROOMY
        self.unit.setVisible(lassoed is None and bool(searching.found) and roomy)
        words = why_nothing(searching)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _show_own(self) -> None:
        film, stretch = self._searching.film, self._searching.stretch
        edges = self._searching.edges
        self.own.setVisible(film is not None and stretch is not None)
        if film is None or stretch is None or edges is None:
            return
        rows = film.frame.image.rows
        steps = (stretch.first, stretch.last)
        self.own.show_film(
            self._small(film),
            film.key,
            band_of(edges, rows, steps),
            (tr("This film"), words_of(steps)),
            single=stretch.first == stretch.last,
        )
        anchor = self.own.anchor() if self._searching.plane.lassoed is None else None
        for button in self.buttons:
            button.align(anchor)
        self._say()

    def _small(self, film: "Film") -> Bytes:
        """The open film as small as those of the index; made once for each."""
        if self._grey[0] != film.key:
            self._grey = film.key, thumbnail(film.frame, SMALL)
        return self._grey[1]

    def _on_found(self) -> None:
        self._from = 0
        self.show_found()

    def _leaf(self, by: int) -> None:
        fits = sum(not button.isHidden() for button in self.buttons)
        self._from = max(self._from + by * max(fits, 1), 0)
        self.show_found()

    def _open(self, button: StretchButton) -> None:
        if button.found is not None:
            self._searching.open_found(button.found)


def _arrow(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setFixedSize(24, 24)
    button.setProperty("field", "true")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


# ------------------------------------------------------------------------------- take away
def take_find(searching: "Searching") -> Taken | None:
    """Matches, the points of the plane and the path of the film through it."""
    matches, plane = take_matches(searching, COUNT), searching.plane
    if matches is None or plane.cloud is None or plane.path is None:
        return matches
    made, placed = PYTHON[plane.kind]
    path = placed.format("model.trace(film, frame).h[index.about.layer]")
    python = f"plane = {made}\npoints = plane.points\npath = {path}\n"
    arrays = {**matches.arrays, "points": plane.cloud.points, "path": plane.path}
    if plane.changed_path is not None:
        arrays["changed_path"] = plane.changed_path
        python += f"changed_path = {placed.format('states')}\n"
    words = tr(
        "{words} Plane: {plane} of row states.", words=matches.words, plane=PLANE_WORDS[plane.kind]
    )
    return Taken("find", words, arrays, matches.python + python)
