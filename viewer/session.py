"""What is being read now: the only caller of the engine; takes intentions, emits values.

The way of one film: `select` → a thread reads it → `frame_read` (the image is on screen) → a
thread prepares its rows → a process runs the network → `analysed` → maps and cursor. A failed
step leaves everything on screen as it was and says what failed.

Answers, thumbnails and maps belong to what a file held when it was read (`engine.film_key`), never
to its name. Whether a file still holds that is asked of the disk in a thread (`check`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine import Analysis, EngineError, ModelInfo, PreparedFilm, analyse_rows, prepare, warm_up
from viewer import readings, worker
from viewer.audits import Audits
from viewer.choices import Loading, MapChoice, Message, Outcome
from viewer.kit.language import sentence_of, told, tr
from viewer.listing import Known, Listing, Stamp
from viewer.loading import (
    Film,
    Found,
    Survey,
    draw_demo,
    list_files,
    load_film,
    same_file,
    stamps_of,
    survey,
)
from viewer.models import Models
from viewer.pointer import Pointer
from viewer.worker import Job, Lane, Lanes, NotAnsweringError

CHECKED = 500  # files that a clock asks the disk about at once, a few milliseconds' work
IN_ORDER_MS = 1000  # that a storage is waited for, so that films are listed as they were named


@dataclass(slots=True, eq=False)
class _Opening:
    """Paths that were opened together: one part for each storage, taken up in their order."""

    turn: int
    found: list[Found | None]
    jobs: list[Job] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    patient: bool = True  # waits for the parts before those that are there
    cancelled: bool = False
    chose: bool = False


class Session(Pointer):
    """Films, model and analysis that the reader looks at; map and row are the pointer's."""

    films_added = Signal(object)  # tuple[Path, ...]
    film_selected = Signal(object)  # Path | None
    film_changed = Signal(object)  # Path: it holds something else than the list shows
    image_surveyed = Signal(object, object)  # Path, Survey
    result_known = Signal(object, object)  # Path, Outcome
    loading_changed = Signal(object)  # Loading | None: what is on screen is not what was chosen
    reading_started = Signal(str)  # name of the file
    frame_read = Signal(object)  # Film
    answered = Signal(object)  # Analysis of any film of the list
    analysed = Signal(object)  # Analysis of the frame that is shown
    analysis_failed = Signal(object)  # a sentence
    model_changed = Signal(object)  # ModelInfo
    model_chosen = Signal(object)  # ModelInfo: by the reader, who will want it the next time
    message = Signal(object)  # Message
    unexpected = Signal(object)  # BaseException
    settled = Signal()  # nothing runs or waits any more

    def __init__(self, models: tuple[ModelInfo, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = models[0] if models else None
        self.paths: tuple[Path, ...] = ()
        self.loading: Loading | None = None
        self._turn = 0  # counts what the reader asked to see; only the last one is shown
        self._opening: _Opening | None = None
        self._selected: Path | None = None
        self._unsurveyed: tuple[Path, ...] = ()
        self._unreadable: dict[Path, str] = {}  # and why
        self._listing = Listing()
        self._renewed: set[Path] = set()  # changed on disk, and not shown since
        self._known = readings.Answers()
        self._starting = False  # the model of the command line is on its way
        self._model_asked: ModelInfo | None = None
        self._reading = Lanes(worker.READING, self)
        self._surveying = Lanes(worker.SURVEYING, self)
        self._checked = 0  # where in the list the clock goes on
        self._checking = Lanes(worker.SURVEYING, self)  # nobody waits for these: never busy
        self._preparing = Lane("thread", self)
        self._inference = Lane("process", self, patience=worker.INFERENCE)
        self.audits = Audits(self._surveying, self)
        self.audits.failed.connect(self._tell)
        self.audits.known.connect(self.take_tests)
        self.models = Models(models, self._reading, inference=self._inference, parent=self)
        self.models.ready.connect(self._on_model_ready)
        self.models.refused.connect(self._on_model_refused)
        self._lanes = (self._reading, self._surveying, self._preparing, self._inference)
        for lane in self._lanes:
            lane.idle.connect(self._on_idle)

    # ------------------------------------------------------------------ films
    def open(self, paths: tuple[Path, ...]) -> None:
        """Add files, and the files of folders, to the list and show the first of them.

        A folder that is a bundle is opened as a model. Files that are in the list already are
        read anew where they have changed.
        """
        if not paths:
            return
        parts = self._reading.by_storage(paths)
        self._begin(Loading(paths[0], place=self._reading.storage(paths[0])))
        self._list([partial(list_files, part) for part in parts], parts)

    def open_demo(self, folder: Path) -> None:
        """Draw the demo study into a folder, unless it is there, and open it."""
        words = tr("The demo study is being drawn. This takes some seconds once.")
        self.message.emit(Message(words))
        self._begin(Loading(folder, place=self._reading.storage(folder)))
        self._list([partial(draw_demo, folder)], [(folder,)])

    def select(self, path: Path, index: int = 0) -> None:
        """Read one frame of a file that is in the list; also one that is shown, which may change.

        Until it is there, `loading` says that the film on screen is another one.
        """
        self._selected = path
        self.film_selected.emit(path)
        self._begin(Loading(path, index, self._reading.storage(path)))
        failed = partial(self._on_not_read, path)
        job = Job(load_film, (path, index), self._on_loaded, failed, urgent=True)
        self._reading.submit(path, job)

    def cancel(self) -> None:
        """Stay with the film that is shown: what is on its way is not waited for any more."""
        if self.loading is None:
            return
        self._turn += 1
        self._reading.overtake()
        if self._opening is not None:
            self._opening.cancelled = True
            for job in self._opening.jobs:
                self._reading.drop(job)
        self._end()
        self._go_back()

    def step_film(self, by: int) -> None:
        """Go to the next or previous file of the list; what cannot be read is passed over."""
        if self._selected in self.paths:
            place = self.paths.index(self._selected) + by
            while 0 <= place < len(self.paths) and self.paths[place] in self._unreadable:
                place += by
            if 0 <= place < len(self.paths):
                self.select(self.paths[place])

    def step_frame(self, by: int) -> None:
        """Go to another frame of the film that is shown, or of that frame that is on its way."""
        if self.film is None:
            return
        image, index = self.film.frame.image, self.film.frame.index
        if self.loading is not None and self.loading.path == image.path:
            index = self.loading.index
        if 0 <= index + by < image.frame_count:
            self.select(image.path, index + by)

    def check(self, paths: Iterable[Path] | None = None) -> None:
        """Ask the disk whether files still hold what was read; those that do not are read anew.

        Args:
            paths: None asks for all of the list.
        """
        self._ask(self.paths if paths is None else paths, pile=paths is not None)

    def check_next(self) -> None:
        """The same for the film that is shown and a part of the list in turn, by a clock."""
        part = self.paths[self._checked : self._checked + CHECKED]
        self._checked = self._checked + CHECKED if len(part) == CHECKED else 0
        shown = (self.film.frame.image.path,) if self.film is not None else ()
        self._ask(dict.fromkeys((*shown, *part)), pile=False)

    def _ask(self, paths: Iterable[Path], *, pile: bool) -> None:
        """Ask each storage; one that has not answered the last question only if they may pile."""
        for part in self._checking.by_storage(paths, files=True):
            if pile or not self._checking.occupied(part[0]):
                job = Job(stamps_of, (part,), self._on_checked, self._tell)
                self._checking.submit(part[0], job)

    def warm_up(self) -> None:
        """Let the inference process load torch and the models before the first film needs them."""
        if self.model is not None:
            self._inference.submit(
                Job(warm_up, (self.model.path,), lambda _nothing: None, lambda _error: None)
            )

    def tell_again(self) -> None:
        """What is known already, in the words of this moment."""
        self.audits.tell_again()
        super().tell_again()

    def close(self) -> None:
        """End all background work."""
        for lane in (*self._lanes, self._checking):
            lane.close()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(lane.busy for lane in self._lanes)

    @property
    def hangs(self) -> bool:
        """Whether threads run that cannot be ended, only left behind."""
        return any(lane.running for lane in (*self._lanes, self._checking))

    def said(self, path: Path) -> Analysis | None:
        """What the model says of the first frame that a file of the list holds."""
        known = self._listing.of(path)
        return self._known.said(known.key, self.model) if known is not None and known.key else None

    def refused(self, path: Path) -> str | None:
        """Why a file of the list cannot be read; None where it can, or was not tried."""
        return self._unreadable.get(path)

    def answering(self, path: Path) -> bool:
        """Whether the storage of a path has answered in time so far; does not ask it."""
        return not (self._reading.hangs(path) or self._checking.hangs(path))

    def _begin(self, loading: Loading) -> None:
        self._turn += 1
        self.loading = loading
        self.loading_changed.emit(loading)

    def _end(self) -> None:
        self.loading = None
        self.loading_changed.emit(None)

    def _go_back(self) -> None:
        """The film that is still on screen is the one that the list marks."""
        self._selected = self.film.frame.image.path if self.film is not None else None
        self.film_selected.emit(self._selected)

    # ------------------------------------------------------------------ opening
    def _list(self, looks: list[Callable[[], Found]], parts: list[tuple[Path, ...]]) -> None:
        opening = self._opening = _Opening(self._turn, [None] * len(looks))
        for place, (look, part) in enumerate(zip(looks, parts, strict=True)):
            done = partial(self._on_listed, opening, place)
            failed = partial(self._on_not_listed, opening, place)
            opening.jobs.append(Job(look, (), done, failed))
            self._reading.submit(part[0], opening.jobs[-1])

    def _on_not_listed(self, opening: _Opening, place: int, error: BaseException) -> None:
        self._tell(error)
        self._on_listed(opening, place, Found(()))

    def _on_listed(self, opening: _Opening, place: int, found: Found) -> None:
        if opening.cancelled:
            return
        opening.found[place] = found
        self._take_up(opening)
        if len(opening.taken) < len(opening.found) and opening.patient:
            QTimer.singleShot(IN_ORDER_MS, self, partial(self._hurry, opening))

    def _hurry(self, opening: _Opening) -> None:
        opening.patient = False
        if not opening.cancelled:
            self._take_up(opening)

    def _take_up(self, opening: _Opening) -> None:
        """List what was found, in the order of the paths unless one storage holds up the rest."""
        for place, found in enumerate(opening.found):
            if found is None and opening.patient:
                break
            if found is not None and place not in opening.taken:
                opening.taken.add(place)
                self._add(found, opening)
        if len(opening.taken) == len(opening.found):
            self._opening = None if self._opening is opening else self._opening
            self._finish(opening)

    def _add(self, found: Found, opening: _Opening) -> None:
        for model in found.models:
            self.models.open(model)
        there = set(self.paths)
        new = tuple(path for path in found.films if path not in there)
        self.paths += new
        if new:
            self.films_added.emit(new)
            self._unsurveyed += new
        if found.passed_over and found.films:
            self.message.emit(Message(found.passed_over))
        first = found.films[:1]
        if len(new) < len(found.films):
            self.check(path for path in found.films if path in there and path not in first)
        if first and not opening.chose and opening.turn == self._turn:
            opening.chose = True
            self.select(first[0])

    def _finish(self, opening: _Opening) -> None:
        if not any(found and (found.films or found.models) for found in opening.found):
            self.message.emit(Message(tr("The folder holds no image files."), "warning"))
        if opening.turn == self._turn:  # nothing was found to show
            self._end()
        if not opening.chose:
            self._survey_new()

    def _on_loaded(self, film: Film) -> None:
        path = film.frame.image.path
        same = self.film is not None and same_file(self.film, film)
        again = self.film is not None and self.film.key == film.key  # written, but not changed
        changed = self._note(film) and not again
        self.film = film
        self._unreadable.pop(path, None)
        self._blank(keep_cursor=same)
        self._end()
        self.frame_read.emit(film)
        if changed:
            words = tr("{name} has changed on disk and was read again.", name=path.name)
            self.message.emit(Message(words))
        self._analyse()
        self._survey_new()

    def _note(self, film: Film) -> bool:
        """Remember what a file holds now; True, and its entry is blank, if it held another one."""
        path, first = film.frame.image.path, film.frame.index == 0
        known = self._listing.of(path)
        changed = path in self._renewed
        if known is not None and known.stamp is not None and known.stamp != film.stamp:
            changed = changed or not first or known.key != film.key
        self._renewed.discard(path)
        key = film.key if first else (known.key if known and not changed else "")
        if changed and known is not None:
            self.film_changed.emit(path)
            self._survey(path)
        self._listing.note(path, Known(film.stamp, key))
        return changed

    def _on_not_read(self, path: Path, error: BaseException) -> None:
        self._end()
        if isinstance(error, NotAnsweringError):
            self.message.emit(Message(_silent(path, self._reading.storage(path)), "error"))
        else:
            self._tell(error)
            self._on_unreadable(path, error)
        self._survey_new()
        if self.film is not None:  # the last good film is still on screen: so says the list
            self._go_back()
        elif path == self._selected:  # nothing is on screen yet: perhaps the next one can be read
            self.step_film(1)

    # ------------------------------------------------------------------ files that change
    def _on_checked(self, stamps: dict[Path, Stamp]) -> None:
        for path, stamp in stamps.items():
            known = self._listing.of(path)
            if known is not None and known.stamp is None:  # could not be read; when it changes?
                self._listing.note(path, Known(stamp, known.key))
            elif known is not None and known.stamp != stamp:
                self._renew(path)
        shown = self.film
        if shown is not None and self.loading is None:
            path = shown.frame.image.path
            if path in stamps and shown.stamp not in {None, stamps[path]}:
                self._renewed.add(path)
                self.select(path)

    def _renew(self, path: Path) -> None:
        """Forget what the list shows of a file, and look at it again."""
        self._listing.forget(path)
        self._unreadable.pop(path, None)
        self._renewed.add(path)
        self.film_changed.emit(path)
        self._survey(path)

    # ------------------------------------------------------------------ study list
    def _survey_new(self) -> None:
        """Look at the other new files, now that the first one is on screen."""
        new, self._unsurveyed = self._unsurveyed, ()
        for path in new:
            self._survey(path)

    def _survey(self, path: Path) -> None:
        done = partial(self._on_surveyed, path, self.model)
        failed = partial(self._on_not_surveyed, path)
        self._surveying.submit(path, Job(survey, (path, self.model), done, failed))

    def _on_surveyed(self, path: Path, model: ModelInfo | None, found: Survey) -> None:
        known = self._listing.of(path)
        if known is not None and known.key and known.key != found.key:
            # Read twice with a change in between: which of the two is the file? Ask, read again.
            self._listing.forget(path)
            self.film_changed.emit(path)
            self.check((path,))
            self._survey(path)
            return
        self._listing.note(path, Known(found.stamp, found.key))
        self._unreadable.pop(path, None)
        self.image_surveyed.emit(path, found)
        if found.prepared is not None and model is not None:
            self._infer(found.prepared, found.key, model=model, urgent=False)

    def _on_unreadable(self, path: Path, error: BaseException) -> None:
        self._unreadable[path] = sentence_of(error)
        self._listing.note(path, Known(None))
        self.film_changed.emit(path)
        self.result_known.emit(path, Outcome(why=self._unreadable[path], severity="error"))
        self.check((path,))

    def _on_not_surveyed(self, path: Path, error: BaseException) -> None:
        self._on_unreadable(path, error)
        if not isinstance(error, EngineError):
            self._tell(error)

    # ------------------------------------------------------------------ reading
    def choose_map(self, choice: MapChoice) -> None:
        """Show another map; Influence from another baseline is read anew."""
        other = choice.baseline != self.choice.baseline
        super().choose_map(choice)
        if other and self.film is not None:
            self._blank(keep_cursor=True)
            self._analyse()

    def start_with(self, model: str | Path, *, asked: bool) -> None:
        """Let no other model read before this one is there; see `Models.open`."""
        self.model, self._starting = None, True
        self.models.open(model, asked=asked)

    def choose_model(self, path: Path) -> None:
        """Read everything that is open with another model of the list, as the reader wants it.

        Args:
            path: The model's folder.
        """
        self._starting = False
        if self._take(path) and self.model is not None:
            self.model_chosen.emit(self.model)

    def choose_named(self, name: str) -> None:
        """The same with one of the program's own by its name, as a suggestion gives it."""
        found = next((model for model in self.models.all if model.name == name), None)
        if found is not None:
            self.choose_model(found.path)

    def choose_suggested(self) -> None:
        """Read with the model that fits the film which this one does not read."""
        trust = self.analysis.trust if self.analysis is not None else None
        if trust is not None and trust.suggestion is not None and trust.suggestion.model:
            self.choose_named(trust.suggestion.model)

    def next_model(self) -> None:
        """Read with the next model of the list."""
        if self.model is not None:
            self.choose_model(self.models.after(self.model).path)

    def _take(self, path: Path) -> bool:
        self.models.leave()
        found = self.models.of(path)
        if found is None or found == self.model:
            return False
        self._take_model(found)
        self._inference.forget()
        self._surveying.forget()
        self._unsurveyed = ()
        self.model_changed.emit(found)
        self._blank()
        self._analyse()
        for film in self.paths:
            self._survey(film)
        return True

    def _on_model_ready(self, model: ModelInfo) -> None:
        starting, self._starting = self._starting, False
        self.audits.forget(model)
        if model == self.model:
            self.audits.ask(model)
        if self._take(model.path) and not starting and model != self._model_asked:
            self.model_chosen.emit(model)

    def _on_model_refused(self, error: BaseException, asked: bool) -> None:  # noqa: FBT001 - a slot
        self._starting = False
        if asked or not isinstance(error, EngineError):
            self._tell(error)
        if self.model is None and self.models.all:
            self._take(self.models.all[0].path)
            self.warm_up()

    def _analyse(self) -> None:
        if self.film is None or not self.models.all:
            return
        frame, key = self.film.frame, self.film.key
        self.reading_started.emit(frame.image.path.name)
        if self.model is None:  # the one of the start is on its way
            return
        self.audits.ask(self.model)
        known = self._known.of(key, self.model)
        if known is not None and readings.starts_as(known, self.choice):
            self._show(known)
            return
        done = partial(self._infer, key=key, model=self.model, urgent=True)
        job = Job(prepare, (frame, self.model), done, self._on_not_analysed, urgent=True)
        self._preparing.submit(job)

    def _infer(self, prepared: PreparedFilm, key: str, *, model: ModelInfo, urgent: bool) -> None:
        if model != self.model:
            return
        known, choice = self._known.of(key, model), self.choice
        if known is not None and (not urgent or readings.starts_as(known, choice)):
            self._on_analysed(key, known)
            return
        done = partial(self._on_analysed, key)
        failed = self._on_not_analysed if urgent else partial(self._on_lost, key)
        self._inference.submit(
            Job(
                analyse_rows,
                (model.path, prepared, choice.baseline),
                done,
                failed,
                urgent=urgent,
            )
        )

    def _on_analysed(self, key: str, analysis: Analysis) -> None:
        self._known.add(key, analysis)
        if self.model is None or analysis.model.path != self.model.path:
            return
        if analysis.model != self.model:
            self._renew_model(analysis.model)
            return
        for path in self._listing.holding(key):
            self.result_known.emit(path, readings.outcome(analysis))
            self.answered.emit(replace(analysis, image=replace(analysis.image, path=path)))
        shown = self.film is not None and self.film.key == key
        if self.analysis is None and shown and readings.starts_as(analysis, self.choice):
            self._show(analysis)

    def _renew_model(self, now: ModelInfo) -> None:
        """The folder holds another model than when it was listed: nothing is shown of either."""
        if now != self._model_asked:
            self._model_asked = now
            words = tr("The model {name} has changed on disk and was read again.", name=now.name)
            self.message.emit(Message(words))
            self.models.open(now.path)

    def _on_not_analysed(self, error: BaseException) -> None:
        self._tell(error)
        self.analysis_failed.emit(sentence_of(error))

    def _on_lost(self, key: str, error: BaseException) -> None:
        lost = Outcome(why=sentence_of(error), severity="error")
        for path in self._listing.holding(key):
            self.result_known.emit(path, lost)
        self._tell(error)

    def _show(self, analysis: Analysis) -> None:
        if self.film is None:
            return
        frame = self.film.frame  # the same film may have been read under another name
        self.analysis = replace(analysis, image=frame.image, frame=frame.index)
        self.analysed.emit(self.analysis)
        self._emit_maps()
        row = self.cursor.row if self.cursor else readings.strongest_row(self.analysis)
        if row is not None and self.analysis.prediction is not None:
            self.move_to_row(row)

    # ------------------------------------------------------------------ the rest
    def _on_idle(self) -> None:
        if not self.busy:
            self.settled.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, EngineError):
            self.message.emit(Message(told(error), "error"))
        else:
            self.unexpected.emit(error)


def _silent(path: Path, storage: str) -> str:
    return tr(
        "{name} cannot be read now: {storage} is not answering. Try again later.",
        name=path.name,
        storage=storage if storage.strip("/") else tr("its storage"),
    )
