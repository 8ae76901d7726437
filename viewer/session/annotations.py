"""What the reader draws on films: kept as it is made, undone, and there again with the film.

An annotation belongs to the subject of a film (`FilmIdentity.subject`), never to a path: the film
may be opened from anywhere, in one pane or in several. Every change is on the disk before it is
on the screen; one that could not be kept is shown all the same, and said.
"""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from os import urandom
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from engine.annotations import Annotation, AnnotationKind, Measurement, Places, values_of
from engine.imaging import film_identity
from engine.records import AnnotationTable, RecordsError, Store, Subject, moment
from viewer.session.viewport import History, Redrawn

if TYPE_CHECKING:
    from engine.types import Frame, Voi
    from viewer.session.loading import Content, Film

_KEPT: Final = 500  # films whose annotations and identity are remembered


class Annotations(QObject):
    """The annotations of all films that are on screen, by subject.

    Args:
        history: Of the session: what is drawn is undone there, in its turn.
        store: None keeps nothing beyond the session.
        parent: Of the Qt object.
    """

    changed = Signal(object)  # Subject: other annotations lie on it
    chosen_changed = Signal(str)  # the annotation that list and films mark; "" for none
    failed = Signal(object)  # RecordsError

    def __init__(
        self, history: History, store: Store | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen = ""
        self._history = history
        self._table = AnnotationTable(store or Store(None))
        self._known: dict[Subject, tuple[Annotation, ...]] = {}
        self._unsaved: set[Subject] = set()
        self._version: int | None = None
        self._subjects: OrderedDict[Content, Subject] = OrderedDict()
        self._values: OrderedDict[tuple[Annotation, Content], Measurement] = OrderedDict()

    # ------------------------------------------------------------------ what is there
    def subject_of(self, film: "Film") -> Subject:
        """What annotations of a film belong to."""
        frame = film.frame
        if frame.image.uids.sop_instance is not None:  # no need to hash the pixels
            return frame.image.uids.sop_instance, frame.index
        subject = self._subjects.get(film.key)
        if subject is None:
            subject = film_identity(frame).subject
            if film.key:
                self._subjects[film.key] = subject
                _forget(self._subjects)
        return subject

    def of(self, subject: Subject) -> tuple[Annotation, ...]:
        """What lies on a film, in the order in which it was made; by another window, too."""
        self._look_again()
        if subject not in self._known:
            try:
                self._known[subject] = self._table.of(subject)
            except RecordsError as error:
                self.failed.emit(error)
                self._known[subject] = ()
        return self._known[subject]

    def _look_again(self) -> None:
        """Forget what another window may have changed; not what could be kept nowhere else."""
        with suppress(RecordsError):
            version = self._table.version()
            if version != self._version:
                self._version = version
                self._known = {one: self._known[one] for one in self._unsaved}

    def measured(self, film: "Film") -> tuple[Measurement, ...]:
        """What lies on a film, with its values there."""
        return tuple(self.measure(one, film) for one in self.of(self.subject_of(film)))

    def measure(self, annotation: Annotation, film: "Film") -> Measurement:
        """An annotation with its values on a film; known ones are not computed again."""
        place = (replace(annotation, name="", made=""), film.key)
        found = self._values.get(place) if film.key else None
        if found is None:
            found = Measurement(annotation, values_of(annotation, film.frame))
            if film.key:
                self._values[place] = found
                _forget(self._values)
        return Measurement(annotation, found.values)

    def displayed(
        self, annotation: Annotation, frame: "Frame", voi: "Voi | None", *, inverted: bool
    ) -> int | None:
        """The grey value of a probe on the screen, 0 to 255; None where there is none."""
        values = values_of(annotation, frame, voi, inverted=inverted)
        grey: int | None = values.get("displayed")
        return grey

    def frames(self, subject: Subject) -> tuple[int, ...]:
        """The frames of the same film that something lies on, from 0."""
        try:
            return self._table.frames(subject[0])
        except RecordsError:
            return ()

    # ------------------------------------------------------------------ changes
    def add(
        self, pane: int, film: "Film", kind: AnnotationKind, points: Places, text: str = ""
    ) -> Annotation:
        """Lay a new one on the film of a pane, with the lowest number that is free."""
        subject = self.subject_of(film)
        taken = {one.number for one in self.of(subject) if one.kind == kind}
        number = next(n for n in range(1, len(taken) + 2) if n not in taken)
        made = Annotation(urandom(16).hex(), kind, points, text=text, made=moment(), number=number)
        self._do(Redrawn(pane, subject, (), (made,)))
        self.choose(made.id)
        return made

    def change(self, pane: int, film: "Film", now: Annotation) -> None:
        """Move, reshape or rename one, by its id."""
        subject = self.subject_of(film)
        before = tuple(one for one in self.of(subject) if one.id == now.id)
        if before:
            self._do(Redrawn(pane, subject, before, (now,)))

    def remove(self, pane: int, film: "Film", keys: Iterable[str]) -> None:
        """Take some away, by id, as one step."""
        subject, gone = self.subject_of(film), set(keys)
        before = tuple(one for one in self.of(subject) if one.id in gone)
        if before:
            self._do(Redrawn(pane, subject, before, ()))

    def choose(self, key: str) -> None:
        """Mark one on film and list; "" marks none."""
        if key != self.chosen:
            self.chosen = key
            self.chosen_changed.emit(key)

    def take(self, step: Redrawn, *, back: bool) -> None:
        """Undo a change, or do it again."""
        self._apply(step.turned() if back else step)

    def _do(self, step: Redrawn) -> None:
        if step.fields:
            self._apply(step)
            self._history.add(step)

    def _apply(self, step: Redrawn) -> None:
        after = {one.id: one for one in step.after}
        gone = {one.id for one in step.before} - set(after)
        now = {one.id: one for one in self.of(step.subject) if one.id not in gone} | after
        try:
            self._table.change(step.subject, gone, step.after)
        except RecordsError as error:
            self._unsaved.add(step.subject)  # nowhere else is what is shown
            self.failed.emit(error)
        self._known[step.subject] = tuple(sorted(now.values(), key=lambda one: one.made))
        if self.chosen in gone:
            self.choose("")
        self.changed.emit(step.subject)


def _forget(known: OrderedDict[Any, Any]) -> None:
    while len(known) > _KEPT:
        known.popitem(last=False)


def is_earlier(film: "Film", than: "Film") -> bool:
    """Whether two films are of one patient, the first of an earlier date."""
    one, other = film.frame.image.identity, than.frame.image.identity
    same = bool(one.patient_id) and one.patient_id == other.patient_id
    return same and "" < one.study_date < other.study_date
