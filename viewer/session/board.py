"""Which films hang side by side: by hand, by a hanging rule, or beside a prior."""

from collections import deque
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from engine.annotations import Annotation
from engine.types import Window
from viewer.kit.language import marked, tr
from viewer.session.choices import Loading, Message
from viewer.session.comparing import (
    Exam,
    Heading,
    Visit,
    headings_of,
    prior_of,
    visits_of,
)
from viewer.session.hanging import Rule, load_rules, rule_for
from viewer.session.linking import (
    LINKS,
    Links,
    Pixel,
    plane_of,
    reference_line,
)
from viewer.session.loading import Film
from viewer.session.pointer import Pointer
from viewer.session.session import Session
from viewer.session.stacks import Stack

ALL: Final = frozenset(LINKS)
_SIDES: Final = marked("left"), marked("right")  # of two panes
SHOWN: Final = marked("shown")


class Board(QObject):
    """Lays films out in the panes of a window, and says what stands over each.

    Args:
        session: Shows them.
        settings: Folder in which the reader's own rules may lie.
        parent: Of the Qt object.
    """

    headings_changed = Signal(object)  # tuple[Heading, ...], one for each pane
    visits_changed = Signal(object)  # tuple[Visit, ...] of the patient in the active pane
    lines_changed = Signal(object)  # tuple of (Pointer, lines on its film)

    def __init__(self, session: Session, settings: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.links = Links(session.panes, self)
        self.hangs = True  # whether rules are used when films are opened
        self.lines = True  # whether reference lines are shown
        self._exams: dict[str, Exam] = {}
        self._waiting: deque[tuple[int, str]] = deque()
        self._after: int | None = None  # the pane that is active when all have come
        self._by_hand = False
        self._hung: str | None = None  # the study that was laid out last
        self._rules, why = load_rules(settings)
        if why:
            QTimer.singleShot(0, self, lambda: session.message.emit(Message(why, "warning")))
        session.stacks.changed.connect(self._on_stacks)
        session.loading_changed.connect(self._on_loading)
        session.settled.connect(self._hang_if_wished)
        session.panes.arranged.connect(lambda _layout: self._tell())
        session.panes.film_changed.connect(self._on_film)
        session.panes.emptied.connect(lambda _pointer: self._tell())
        self.links.scrolled.connect(session.showing.follow)
        session.annotations.changed.connect(lambda _subject: self._show_points())
        self.links.changed.connect(self._tell)

    # ------------------------------------------------------------------ what is there
    @property
    def keys(self) -> tuple[str, ...]:
        """Of the series of the list, in its order."""
        return tuple(stack.key for stack in self._session.stacks.all)

    @property
    def busy(self) -> bool:
        """Whether films are still to be laid out."""
        return bool(self._waiting) or self._after is not None

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the hanging rules."""
        return tuple(rule.name for rule in self._rules)

    @property
    def exams(self) -> tuple[Exam, ...]:
        """What is known of the series of the list."""
        return tuple(self._exams.values())

    def exam_in(self, pointer: Pointer) -> Exam | None:
        """What a pane shows."""
        film, stack = pointer.film, pointer.viewport.stack
        if film is None:
            return None
        key = stack.key if stack is not None else ""
        return self._exams.get(key) or _exam_of_film(key, film)

    def visits(self) -> tuple[Visit, ...]:
        """The studies of the patient in the active pane, by date."""
        return visits_of(self.exam_in(self._session.pointer), self.exams)

    # ------------------------------------------------------------------ by the reader
    def arrange(self, rows: int, columns: int) -> None:
        """Show so many panes, as the reader wishes: no rule lays them out anew."""
        self._by_hand = True
        self._session.panes.arrange(rows, columns)

    def show(self, key: str, pane: int) -> None:
        """Show a series in a pane, and make it the active one."""
        self._begin([(pane, key)], active=pane)

    def drop(self, key: str) -> None:
        """Show a series in the active pane."""
        self.show(key, self._session.panes.layout.active)

    def swap(self) -> bool:
        """Exchange the first two panes; False where there is only one."""
        panes = self._session.panes
        if len(panes.all) < 2:
            return False
        panes.swap(0, 1)
        return True

    def toggle_lines(self) -> None:
        """Show or hide where the films of other panes cut a film."""
        self.lines = not self.lines
        self._tell()

    def toggle_compare(self) -> None:
        """Show the prior beside the film, or the film alone again; say why it cannot be done."""
        if len(self._session.panes.all) > 1:
            self._session.panes.arrange(1, 1)
            self.links.choose(frozenset())
        elif why := self.compare():
            self._session.message.emit(Message(why, "warning"))

    def compare(self) -> str:
        """Show the film of the active pane at the left, its last prior at the right, linked.

        Returns:
            Why that cannot be done; empty where it was.
        """
        now = self.exam_in(self._session.pointer)
        if now is None:
            return tr("no film is open.")
        if not now.identity.patient_id:
            return tr("The film names no patient ID, so it cannot be told which films are prior.")
        if now.day is None:
            return tr("The film has no study date, so it cannot be told which films are prior.")
        prior = prior_of(now, self.exams)
        if prior is None:
            return tr("No earlier film of this patient and kind is in the list.")
        self._lay_out(1, 2, (now, prior))
        self.links.choose(ALL)
        return ""

    # ------------------------------------------------------------------ by a rule
    def hang(self, name: str) -> None:
        """Lay the films out by the rule of a name."""
        now = self.exam_in(self._session.pointer)
        rule = next((rule for rule in self._rules if rule.name == name), None)
        if rule is not None and now is not None:
            self._hang(rule, now)

    def _hang(self, rule: Rule, now: Exam) -> None:
        exams = self.exams if now in self.exams else (now, *self.exams)
        self._lay_out(rule.rows, rule.columns, rule.hung(now, exams))
        self.links.choose(rule.links)
        if rule.window is not None:
            self._show_window(rule.window)

    def _show_window(self, wanted: tuple[float, float] | str) -> None:
        pointer = self._session.pointer
        if isinstance(wanted, tuple):
            pointer.show_window(Window(*wanted, "by hand", kind="by hand"))
            return
        for place, voi in enumerate(pointer.viewport.window.vois):
            if voi.explanation.casefold() == wanted.casefold():
                pointer.choose_voi(place)

    def _hang_if_wished(self) -> None:
        """Once for each study, as soon as its films are known, unless the reader has chosen."""
        now = self.exam_in(self._session.pointer)
        if now is None or self._by_hand or not self.hangs or self._session.busy:
            return
        place = now.study or now.key
        if place == self._hung or len(self._session.panes.all) > 1:
            return
        self._hung = place
        rule = rule_for(self._rules, now, self.exams)
        if rule is not None:
            self._hang(rule, now)

    # ------------------------------------------------------------------ at work
    def _lay_out(self, rows: int, columns: int, exams: tuple[Exam | None, ...]) -> None:
        panes = self._session.panes
        shown = self.exam_in(panes.active)
        if exams and exams[0] == shown and panes.layout.active:
            panes.swap(0, panes.layout.active)  # what is on screen needs not be read again
        panes.arrange(rows, columns)
        there = [self.exam_in(pointer) for pointer in panes.all]
        wanted = [(at, exam.key) for at, exam in enumerate(exams) if exam and exam != there[at]]
        self._begin(wanted, active=0)

    def _begin(self, wanted: list[tuple[int, str]], *, active: int) -> None:
        self._waiting.extend(wanted)
        self._after = active
        if self._session.loading is None:
            self._go_on()

    def _on_loading(self, loading: Loading | None) -> None:
        if loading is None:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        """Load what waits, one after the other: a new film in a pane overtakes the one before."""
        panes = self._session.panes
        if self._session.loading is not None:
            return
        if self._waiting:
            pane, key = self._waiting.popleft()
            if pane < len(panes.all):
                panes.activate(pane)
                self._show(key)
        elif self._after is not None:
            after, self._after = self._after, None
            if after < len(panes.all) and after != panes.layout.active:
                panes.activate(after)

    def _show(self, key: str) -> None:
        stack = self._session.stacks.by_key(key)
        if stack is not None:
            self._session.showing.visit(stack.frames[0].path)

    def _on_stacks(self, stacks: tuple[Stack, ...]) -> None:
        self._exams = {stack.key: exam for stack in stacks if (exam := _exam_of(stack))}
        self._tell()
        self._hang_if_wished()

    def _on_film(self, pointer: Pointer, _film: Film) -> None:
        """Another film may need other words; a frame of the same stack other lines only."""
        QTimer.singleShot(0, self, self._go_on)
        if pointer.same:
            self._tell_lines()
        else:
            self._show_points()
            self._tell()

    def _show_points(self) -> None:
        """Link the panes by the points that the reader has set on their films, in their order."""
        annotations = self._session.annotations
        for _, film in self._session.panes.shown():
            if film.key:
                there = annotations.of(annotations.subject_of(film))
                points = sorted((one for one in there if one.kind == "point"), key=_number)
                self.links.show_points(film.key, [one.points[0] for one in points])

    def _tell(self) -> None:
        self.headings_changed.emit(self.headings())
        self.visits_changed.emit(self.visits())
        self._tell_lines()

    def _tell_lines(self) -> None:
        panes = self._session.panes.all
        self.lines_changed.emit(tuple((pane, self._lines_on(pane)) for pane in panes))

    def badges(self) -> dict[str, str]:
        """Where series are on screen, in a word, by their keys; empty where one pane shows one."""
        panes = self._session.panes.all
        words = _SIDES if len(panes) == 2 else tuple(map(str, range(1, len(panes) + 1)))
        words = words if len(panes) > 1 else (SHOWN,)
        shown = zip(map(self.exam_in, panes), words, strict=True)
        return {exam.key: tr(word) for exam, word in shown if exam is not None}

    def headings(self) -> tuple[Heading, ...]:
        """What stands over each pane."""
        return headings_of([self.exam_in(pointer) for pointer in self._session.panes.all])

    def _lines_on(self, pointer: Pointer) -> tuple[tuple[Pixel, Pixel], ...]:
        """Where the films of the other panes cut this one."""
        if not self.lines or pointer.film is None:
            return ()
        here = plane_of(pointer.film.frame)
        others = [film for one, film in self._session.panes.shown() if one is not pointer]
        lines = (reference_line(here, plane_of(film.frame)) for film in others)
        return tuple(line for line in lines if line is not None)


def _number(annotation: Annotation) -> int:
    return annotation.number


def _exam_of(stack: Stack) -> Exam | None:
    """A stack as it is compared; None where nothing is known of its study."""
    study, series = stack.study, stack.series
    if study is None or series is None:
        return None
    return Exam(
        stack.key, study.identity, study.uid, series.modality, series.description, len(stack)
    )


def _exam_of_film(key: str, film: Film) -> Exam:
    image = film.frame.image
    description = image.identity.series_description
    return Exam(key, image.identity, image.uids.study, image.modality, description)
