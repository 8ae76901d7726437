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
from viewer.session.stacks import Stacks

CHECKED = 500  # files that a clock asks the disk about at once, a few milliseconds' work
IN_ORDER_MS = 1000  # that a storage is waited for, so that films are listed as they were named


@dataclass(slots=True, eq=False)
class OpenedPaths:
    """Paths that were opened together: one part for each storage, taken up in their order.

    Attributes:
        turn: What the reader had asked for when he opened them.
        chose: Whether a film of them was shown.
        early: Whether that was asked for before they were listed.
    """

    turn: int
    found: list[Found | None]
    jobs: list[Job] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    patient: bool = True  # waits for the parts before those that are there
    cancelled: bool = False
    chose: bool = False
    early: bool = False


class Openings(QObject):
    """Looks for films and models under the paths that the reader opens."""

    first = Signal(object, object)  # Path, OpenedPaths: may be shown before anything is listed
    found = Signal(object, object)  # Found, OpenedPaths: one part
    finished = Signal(object)  # OpenedPaths: there are no other parts
    failed = Signal(object)  # BaseException

    def __init__(self, reading: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._last: OpenedPaths | None = None

    def begin(
        self,
        turn: int,
        looks: Sequence[Callable[[], Found]],
        parts: Sequence[tuple[Path, ...]],
        *,
        peek: Callable[[], Path | None] | None = None,
    ) -> None:
        """Look for films, for each part of the paths in the lane of its storage.

        Args:
            turn: What the reader has asked for by now.
            looks: One for each part.
            parts: Of the paths.
            peek: Finds one film before all are looked for.
        """
        opening = self._last = OpenedPaths(turn, [None] * len(looks))
        go_on = partial(self._look, opening, looks, parts)
        if peek is None:
            go_on()
            return
        done = partial(self._on_first, opening, go_on)
        opening.jobs.append(Job(peek, (), done, lambda _error: done(None)))
        self._reading.submit(parts[0][0], opening.jobs[-1])

    def _on_first(
        self, opening: OpenedPaths, go_on: Callable[[], None], path: Path | None
    ) -> None:
        if opening.cancelled:
            return
        if path is not None:
            self.first.emit(path, opening)  # read before the others are looked at
        go_on()

    def _look(
        self,
        opening: OpenedPaths,
        looks: Sequence[Callable[[], Found]],
        parts: Sequence[tuple[Path, ...]],
    ) -> None:
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
    stacks_changed = Signal(object)  # tuple[Stack, ...]: all of the list
    removed = Signal(object)  # tuple[Path, ...]
    checked = Signal(object)  # dict[Path, Stamp]: the files as they are on disk
    failed = Signal(object)  # BaseException

    def __init__(self, models: Models, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        self.surveying = Lanes(jobs.SURVEYING, self)
        self.checking = Lanes(jobs.SURVEYING, self)  # nobody waits for these: never busy
        self._models = models
        self.stacks = Stacks(self.surveying, self)
        self.stacks.changed.connect(self.stacks_changed)
        self.stacks.placed.connect(self._on_placed)
        self.stacks.failed.connect(self.failed)
        self._new: tuple[Path, ...] = ()  # still to be placed in stacks, and surveyed
        self._joined: frozenset[Path] = frozenset()  # of these
        self._waiting: set[str] = set()  # stacks that may still grow, and are surveyed then
        self._reasons: dict[Path, str] = {}  # of those that cannot be read
        self._listing = KnownFilms()
        self._renewed: set[Path] = set()  # changed on disk, and not shown since
        self._asked = 0  # where in the list the clock goes on

    def add(self, paths: tuple[Path, ...], joined: Iterable[Path] = ()) -> tuple[Path, ...]:
        """Append files that are not in the list yet; those that are.

        Args:
            paths: Opened together.
            joined: Raster files of folders, which may be series where they are alike.
        """
        there = set(self.paths)
        new = tuple(path for path in paths if path not in there)
        self.paths += new
        if new:
            self.added.emit(new)
            self._new += paths  # those that were there may be parts of series that came now
            self._joined |= frozenset(joined)
        return tuple(path for path in paths if path in there)

    def remove(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """Take the stacks of files out of the list; all files that went."""
        stacks = {stack for path in paths if (stack := self.stacks.of(path)) is not None}
        gone = {path for stack in stacks for path in stack.paths} | (set(paths) & set(self.paths))
        self.paths = tuple(path for path in self.paths if path not in gone)
        self._new = tuple(path for path in self._new if path not in gone)
        for path in gone:
            self._listing.forget(path)
            self._reasons.pop(path, None)
        self.stacks.remove(stacks)
        self.removed.emit(tuple(gone))
        return tuple(gone)

    def after(self, path: Path | None, by: int) -> Path | None:
        """A file of the next or previous stack; what cannot be read is passed over."""
        heads = self._heads()
        here = self.stacks.of(path) if path is not None else None
        path = here.paths[0] if here is not None else path
        if path not in heads:
            return None
        place = heads.index(path) + by
        while 0 <= place < len(heads) and heads[place] in self._reasons:
            place += by
        return heads[place] if 0 <= place < len(heads) else None

    def nearest(self, path: Path | None) -> tuple[Path, ...]:
        """A file of every other stack that can be read: those after a file, then those before."""
        heads = self._heads()
        here = self.stacks.of(path) if path is not None else None
        path = here.paths[0] if here is not None else path
        place = heads.index(path) if path in heads else len(heads)
        order = (*heads[place + 1 :], *reversed(heads[:place]))
        return tuple(one for one in order if one not in self._reasons)

    def _heads(self) -> tuple[Path, ...]:
        """A file of every stack, and those that were not placed yet."""
        stacks = self.stacks.all
        placed = {path for stack in stacks for path in stack.paths}
        rest = (path for path in self.paths if path not in placed)
        return tuple(dict.fromkeys((*(stack.paths[0] for stack in stacks), *rest)))

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

    @property
    def unreadable(self) -> int:
        """How many files are known to be unreadable."""
        return len(self._reasons)

    def note(self, film: Film) -> bool:
        """Remember what a file holds now; True, and its entry is blank, if it held another one."""
        path = film.frame.image.path
        first = film.frame.index == self._index(path)
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
        stack = self.stacks.of(path)
        if stack is None or all(one in self._reasons for one in stack.paths):
            self.refused.emit(path, self._reasons[path])  # else a part of a stack is missing
        self.check((path,))

    def hold_frame(self, path: Path, index: int, found: Survey) -> None:
        """A frame of a stack was read: from now on the disk is asked whether its file changes."""
        if index == self._index(path):
            self._know(path, Known(found.stamp, found.key))

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
        """Look at the other new files, now that the first one is on screen: stacks, then films."""
        new, self._new = tuple(dict.fromkeys(self._new)), ()
        joined, self._joined = self._joined, frozenset()
        if new:
            self.stacks.place(new, joined)

    def survey_all(self) -> None:
        """Look at all stacks again, for another model."""
        for stack in self.stacks.all:
            self.survey(stack.middle.path)

    def survey(self, path: Path) -> None:
        """Look at a file, for its thumbnail and for the answer of the model.

        Of the files of a series only the middle one is looked at, and no answer is asked for.
        """
        stack, index = self.stacks.of(path), self._index(path)
        if stack is not None and stack.middle.path != path:
            return
        model = self._models.current if stack is None or len(stack) == 1 else None
        done, failed = partial(self._on_surveyed, path), partial(self._on_not_surveyed, path)
        asked = (path, model, index) if index else (path, model)
        self.surveying.submit(path, Job(survey, asked, done, failed))

    def _index(self, path: Path) -> int:
        """Which frame of a file stands for it in the list."""
        stack = self.stacks.of(path)
        return stack.middle.index if stack is not None and stack.middle.path == path else 0

    def _on_placed(self, paths: tuple[Path, ...]) -> None:
        found = {stack.key: stack for path in paths if (stack := self.stacks.of(path)) is not None}
        for key, stack in found.items():
            if len(stack) == 1:
                self.survey(stack.middle.path)
            else:
                self._waiting.add(key)
        if not self.stacks.left:
            waiting, self._waiting = self._waiting, set()
            for stack in map(self.stacks.by_key, waiting):
                if stack is not None:
                    if stack.middle.index:
                        self._listing.forget(stack.middle.path)
                    self.survey(stack.middle.path)

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
