"""The films of the list: looked for under paths, surveyed, and asked whether they have changed.

A file is found under a path; what it holds is known once it was read (`loading.Content`). Whether
it still holds that is asked of the disk in a thread (`FilmList.check`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine import EngineError
from viewer.kit.language import sentence_of
from viewer.session import jobs
from viewer.session.jobs import Job, Lanes
from viewer.session.loading import (
    NOT_KNOWN,
    Content,
    Film,
    Found,
    Known,
    KnownFilms,
    Stamp,
    Survey,
    stamps_of,
    survey,
)
from viewer.session.models import Models

CHECKED = 500  # files that a clock asks the disk about at once, a few milliseconds' work
IN_ORDER_MS = 1000  # that a storage is waited for, so that films are listed as they were named


@dataclass(slots=True, eq=False)
class OpenedPaths:
    """Paths that were opened together: one part for each storage, taken up in their order.

    Attributes:
        turn: What the reader had asked for when he opened them.
        chose: Whether a film of them was shown.
    """

    turn: int
    found: list[Found | None]
    jobs: list[Job] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    patient: bool = True  # waits for the parts before those that are there
    cancelled: bool = False
    chose: bool = False


class Openings(QObject):
    """Looks for films and models under the paths that the reader opens."""

    found = Signal(object, object)  # Found, OpenedPaths: one part
    finished = Signal(object)  # OpenedPaths: there are no other parts
    failed = Signal(object)  # BaseException

    def __init__(self, reading: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._last: OpenedPaths | None = None

    def begin(
        self, turn: int, looks: Sequence[Callable[[], Found]], parts: Sequence[tuple[Path, ...]]
    ) -> None:
        """Look for films, for each part of the paths in the lane of its storage."""
        opening = self._last = OpenedPaths(turn, [None] * len(looks))
        for place, (look, part) in enumerate(zip(looks, parts, strict=True)):
            done = partial(self._on_listed, opening, place)
            failed = partial(self._on_not_listed, opening, place)
            opening.jobs.append(Job(look, (), done, failed))
            self._reading.submit(part[0], opening.jobs[-1])

    def cancel(self) -> None:
        """List nothing of what was opened last, unless all of it is listed."""
        if self._last is not None:
            self._last.cancelled = True
            for job in self._last.jobs:
                self._reading.drop(job)

    def _on_not_listed(self, opening: OpenedPaths, place: int, error: BaseException) -> None:
        self.failed.emit(error)
        self._on_listed(opening, place, Found(()))

    def _on_listed(self, opening: OpenedPaths, place: int, found: Found) -> None:
        if opening.cancelled:
            return
        opening.found[place] = found
        self._take_up(opening)
        if len(opening.taken) < len(opening.found) and opening.patient:
            QTimer.singleShot(IN_ORDER_MS, self, partial(self._hurry, opening))

    def _hurry(self, opening: OpenedPaths) -> None:
        opening.patient = False
        if not opening.cancelled:
            self._take_up(opening)

    def _take_up(self, opening: OpenedPaths) -> None:
        """List what was found, in the order of the paths unless one storage holds up the rest."""
        for place, found in enumerate(opening.found):
            if found is None and opening.patient:
                break
            if found is not None and place not in opening.taken:
                opening.taken.add(place)
                self.found.emit(found, opening)
        if len(opening.taken) == len(opening.found):
            self._last = None if self._last is opening else self._last
            self.finished.emit(opening)


class FilmList(QObject):
    """The files of the list in the order in which they were opened, and what is known of them.

    Args:
        models: The films are prepared for the current one.
        parent: Of the Qt object.
    """

    added = Signal(object)  # tuple[Path, ...]
    known = Signal(object, str)  # Path, Content: this file holds this
    changed = Signal(object)  # Path: it holds something else than the list shows
    surveyed = Signal(object, object)  # Path, Survey
    refused = Signal(object, object)  # Path, the sentence why it cannot be read
    checked = Signal(object)  # dict[Path, Stamp]: the files as they are on disk
    failed = Signal(object)  # BaseException

    def __init__(self, models: Models, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        self.surveying = Lanes(jobs.SURVEYING, self)
        self.checking = Lanes(jobs.SURVEYING, self)  # nobody waits for these: never busy
        self._models = models
        self._new: tuple[Path, ...] = ()  # still to be surveyed
        self._reasons: dict[Path, str] = {}  # of those that cannot be read
        self._listing = KnownFilms()
        self._renewed: set[Path] = set()  # changed on disk, and not shown since
        self._asked = 0  # where in the list the clock goes on

    def add(self, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        """Append files that are not in the list yet; those that are."""
        there = set(self.paths)
        new = tuple(path for path in paths if path not in there)
        self.paths += new
        if new:
            self.added.emit(new)
            self._new += new
        return tuple(path for path in paths if path in there)

    def after(self, path: Path | None, by: int) -> Path | None:
        """The next or previous file; what cannot be read is passed over."""
        if path not in self.paths:
            return None
        place = self.paths.index(path) + by
        while 0 <= place < len(self.paths) and self.paths[place] in self._reasons:
            place += by
        return self.paths[place] if 0 <= place < len(self.paths) else None

    def content(self, path: Path) -> Content:
        """What the first frame of a file is."""
        known = self._listing.of(path)
        return known.key if known is not None else NOT_KNOWN

    def holding(self, content: Content) -> tuple[Path, ...]:
        """The files whose first frame is this one."""
        return self._listing.holding(content)

    def reason(self, path: Path) -> str | None:
        """Why a file cannot be read; None where it can, or was not tried."""
        return self._reasons.get(path)

    def note(self, film: Film) -> bool:
        """Remember what a file holds now; True, and its entry is blank, if it held another one."""
        path, first = film.frame.image.path, film.frame.index == 0
        self._reasons.pop(path, None)
        known = self._listing.of(path)
        changed = path in self._renewed
        if known is not None and known.stamp is not None and known.stamp != film.stamp:
            changed = changed or not first or known.key != film.key
        self._renewed.discard(path)
        key = film.key if first else (known.key if known and not changed else NOT_KNOWN)
        if changed and known is not None:
            self.changed.emit(path)
            self.survey(path)
        self._know(path, Known(film.stamp, key))
        return changed

    def refuse(self, path: Path, error: BaseException) -> None:
        """A file cannot be read."""
        self._reasons[path] = sentence_of(error)
        self._know(path, Known(None))
        self.changed.emit(path)
        self.refused.emit(path, self._reasons[path])
        self.check((path,))

    def await_change(self, path: Path) -> None:
        """A file has changed since it was read: whoever reads it next says so."""
        self._renewed.add(path)

    def _know(self, path: Path, known: Known) -> None:
        self._listing.note(path, known)
        if known.key:
            self.known.emit(path, known.key)

    # ------------------------------------------------------------------ files that change
    def check(self, paths: Iterable[Path] | None = None) -> None:
        """Ask the disk whether files still hold what was read; those that do not are read anew.

        Args:
            paths: None asks for all of the list.
        """
        self._ask(self.paths if paths is None else paths, pile=paths is not None)

    def check_next(self, shown: Iterable[Path]) -> None:
        """The same for films that are shown and a part of the list in turn, by a clock."""
        part = self.paths[self._asked : self._asked + CHECKED]
        self._asked = self._asked + CHECKED if len(part) == CHECKED else 0
        self._ask(dict.fromkeys((*shown, *part)), pile=False)

    def _ask(self, paths: Iterable[Path], *, pile: bool) -> None:
        """Ask each storage; one that has not answered the last question only if they may pile."""
        for part in self.checking.by_storage(paths, files=True):
            if pile or not self.checking.occupied(part[0]):
                job = Job(stamps_of, (part,), self._on_checked, self.failed.emit)
                self.checking.submit(part[0], job)

    def _on_checked(self, stamps: dict[Path, Stamp]) -> None:
        for path, stamp in stamps.items():
            known = self._listing.of(path)
            if known is not None and known.stamp is None:  # could not be read; when it changes?
                self._know(path, Known(stamp, known.key))
            elif known is not None and known.stamp != stamp:
                self._renew(path)
        self.checked.emit(stamps)

    def _renew(self, path: Path) -> None:
        """Forget what the list shows of a file, and look at it again."""
        self._listing.forget(path)
        self._reasons.pop(path, None)
        self._renewed.add(path)
        self.changed.emit(path)
        self.survey(path)

    # ------------------------------------------------------------------ surveys
    def survey_new(self) -> None:
        """Look at the other new files, now that the first one is on screen."""
        new, self._new = self._new, ()
        for path in new:
            self.survey(path)

    def survey_all(self) -> None:
        """Look at all files again, for another model."""
        self._new = ()
        for path in self.paths:
            self.survey(path)

    def survey(self, path: Path) -> None:
        """Look at a file, for its thumbnail and for the answer of the model."""
        done, failed = partial(self._on_surveyed, path), partial(self._on_not_surveyed, path)
        self.surveying.submit(path, Job(survey, (path, self._models.current), done, failed))

    def _on_surveyed(self, path: Path, found: Survey) -> None:
        known = self._listing.of(path)
        if known is not None and known.key and known.key != found.key:
            # Read twice with a change in between: which of the two is the file? Ask, read again.
            self._listing.forget(path)
            self.changed.emit(path)
            self.check((path,))
            self.survey(path)
            return
        self._reasons.pop(path, None)
        self._know(path, Known(found.stamp, found.key))
        self.surveyed.emit(path, found)

    def _on_not_surveyed(self, path: Path, error: BaseException) -> None:
        self.refuse(path, error)
        if not isinstance(error, EngineError):
            self.failed.emit(error)
