"""Which models may read, and what was tested of their maps."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from engine import warm_up
from engine.bundle import (
    LEAST_FACTOR,
    by_row_passes,
    grid_passes,
    influence_passes,
    read_audit,
    read_metadata,
    verdicts,
)
from engine.types import Audit, BaselineKind, Judgement, ModelInfo
from viewer.kit.language import marked, told, tr
from viewer.session.jobs import Job, Lane, Lanes

# ------------------------------------------------------------------- models that may read
# Which models may read: those that come with the program, and those that the reader opens.
#
# The way of one model: `open` → a thread reads its metadata → `listed` → the inference process
# loads and tests it → `ready`, and it is the current one → `taken`. What fails on this way is
# told by `refused`, and listed no more. A model is its folder: nothing hinders two from having
# one name.


class Models(QObject):
    """The list of models, and the one of them that reads.

    Args:
        ours: The program's own, in their order; the first one is the usual one.
        reading: Lanes of threads, for metadata.
        inference: Lane of the process that will read with the model.
    """

    listed = Signal()  # the list is another one
    ready = Signal(object)  # ModelInfo: it passed its tests and becomes the current one
    taken = Signal(object)  # ModelInfo: it reads from now on
    chosen = Signal(object)  # ModelInfo: by the reader, who will want it the next time
    refused = Signal(object, bool)  # BaseException, whether the reader asked for the model

    def __init__(
        self,
        ours: tuple[ModelInfo, ...],
        reading: Lanes,
        *,
        inference: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.ours = ours
        self.current = ours[0] if ours else None
        self._own: dict[Path, ModelInfo] = {}
        self._passed: dict[Path, ModelInfo] = {}
        self._reading, self._inference = reading, inference
        self._wanted: Path | None = None  # the one opened last, until it is ready or refused
        self._starting = False  # the model of the command line is on its way
        self._renewed: ModelInfo | None = None  # read again because its folder has changed

    @property
    def own(self) -> tuple[ModelInfo, ...]:
        """Those that the reader opened, in the order of opening."""
        return tuple(self._own.values())

    @property
    def all(self) -> tuple[ModelInfo, ...]:
        """The program's own, then the reader's."""
        return (*self.ours, *self._own.values())

    def of(self, path: Path) -> ModelInfo | None:
        """The model of a folder, if it is in the list."""
        return next((model for model in self.all if model.path == path), None)

    def after(self, model: ModelInfo) -> ModelInfo:
        """The next one of the list, after the last one the first."""
        paths = [one.path for one in self.all]
        place = paths.index(model.path) + 1 if model.path in paths else 0
        return self.all[place % len(paths)]

    def open(self, model: str | Path, *, asked: bool = True) -> None:
        """Read, list and test a bundle, given by name or folder; `ready` or `refused` follows.

        Args:
            model: Text that is a mere name means the program's own models first.
            asked: Whether the reader waits for it, and wants to know why it cannot be opened.
        """
        failed = partial(self._on_unread, asked=asked)
        job = Job(read_metadata, (model,), partial(self._on_read, asked=asked), failed)
        self._reading.submit(Path(model), job)

    def recall(self, folders: tuple[Path, ...]) -> None:
        """List models of an earlier start again; those that are gone or damaged stay away."""
        for folder in folders:
            job = Job(read_metadata, (folder,), self._on_recalled, self._on_not_recalled)
            self._reading.submit(folder, job)

    def start_with(self, model: str | Path, *, asked: bool) -> None:
        """Let no other model read before this one is there; see `open`."""
        self.current, self._starting = None, True
        self.open(model, asked=asked)

    def choose(self, path: Path) -> None:
        """Read everything that is open with another model of the list, as the reader wants it.

        Args:
            path: The model's folder.
        """
        self._starting = False
        if self._take(path) and self.current is not None:
            self.chosen.emit(self.current)

    def choose_named(self, name: str) -> None:
        """The same with one of the program's own by its name, as a suggestion gives it."""
        found = next((model for model in self.all if model.name == name), None)
        if found is not None:
            self.choose(found.path)

    def choose_next(self) -> None:
        """Read with the next model of the list."""
        if self.current is not None:
            self.choose(self.after(self.current).path)

    def renew(self, now: ModelInfo) -> bool:
        """Read the current model again, whose folder holds another one; whether that is new."""
        new = now != self._renewed
        if new:
            self._renewed = now
            self.open(now.path)
        return new

    def warm_up(self) -> None:
        """Let the inference process load torch and the models before the first film needs them."""
        if self.current is not None:
            self._inference.submit(
                Job(warm_up, (self.current.path,), lambda _nothing: None, lambda _error: None)
            )

    def _take(self, path: Path) -> bool:
        self._wanted = None  # the one that is being tested stays in the list only
        found = self.of(path)
        if found is None or found == self.current:
            return False
        self.current = found
        self.taken.emit(found)
        return True

    def _on_read(self, model: ModelInfo, *, asked: bool) -> None:
        self._wanted = model.path
        self._list(model)
        done, failed = (
            partial(self._on_passed, model),
            partial(self._on_failed, model, asked=asked),
        )
        self._inference.submit(Job(warm_up, (model.path,), done, failed, ahead=True))

    def _on_unread(self, error: BaseException, *, asked: bool) -> None:
        self._starting = False
        self.refused.emit(error, asked)
        if self.current is None and self.all:
            self._take(self.all[0].path)
            self.warm_up()

    def _on_passed(self, model: ModelInfo, _nothing: None) -> None:
        self._passed[model.path] = model
        if model.path == self._wanted:
            model = self.of(model.path) or model
            starting, self._starting = self._starting, False
            self.ready.emit(model)
            if self._take(model.path) and not starting and model != self._renewed:
                self.chosen.emit(model)

    def _on_failed(self, model: ModelInfo, error: BaseException, *, asked: bool) -> None:
        self._own.pop(model.path, None)
        if model.path in self._passed:  # what it was before is perhaps what reads now
            self._list(self._passed[model.path])
        self._wanted = None if model.path == self._wanted else self._wanted
        self.listed.emit()
        self._on_unread(error, asked=asked)

    def _on_recalled(self, model: ModelInfo) -> None:
        if self.of(model.path) is None:
            self._list(model)

    def _on_not_recalled(self, _error: BaseException) -> None:
        """A folder that was moved or damaged since is no news that anybody asked for."""

    def _list(self, model: ModelInfo) -> None:
        if any(one.path == model.path for one in self.ours):  # perhaps installed anew meanwhile
            self.ours = tuple(model if one.path == model.path else one for one in self.ours)
        else:
            self._own[model.path] = model
        self.listed.emit()


# ----------------------------------------------------------------- tests of map and curve
# Can map and curve be trusted? What was measured of a model's Influence and answer by row.

MapState = Literal["passed", "failed", "not tested"]

_DELETION, _WEIGHTS = "influence.deletion.random", "influence.weights"  # codes of verdicts
_MIDWAY = "influence.midway.deletion.random"
_VERDICTS = {
    "passes": marked("passes"),
    "fails": marked("fails"),
    "not measured": marked("not measured"),
}


@dataclass(frozen=True, slots=True)
class CurveTests:
    """Whether the answer by row may be shown.

    Attributes:
        words: For people, one sentence; where it is not shown, why. `tr` says it when it is shown.
    """

    state: MapState
    words: str


NO_CURVE: Final = CurveTests(
    "not tested", marked("Not shown: nobody measured what it is worth row by row.")
)


@dataclass(frozen=True, slots=True)
class MapTests:
    """Whether Influence may be called influence.

    Attributes:
        words: For the reading panel, which says them with `tr`.
        lines: Every test with what was measured, for whoever asks.
        by_row: Whether the answer by row may be shown.
        grid: The same of Influence over rows and columns.
        starts: Films that it was tested from.
    """

    state: MapState
    words: str
    lines: tuple[str, ...] = ()
    by_row: CurveTests = NO_CURVE
    grid: MapState = "not tested"
    starts: tuple[BaselineKind, ...] = ("mean",)


NOT_TESTED: Final = MapTests(
    "not tested",
    marked("Nobody has tested it. It shows what the network holds, not what the answer rests on."),
)


def map_tests(audit: Audit | None) -> MapTests:
    """The tests of a model's bundle; without any the map is not tested."""
    if audit is None:
        return NOT_TESTED
    of_maps = ("influence.", "grid.")
    influence = (one for one in verdicts(audit) if one.what.code.startswith(of_maps))
    measured = tr("Measured on {source}", source=told(audit.source))
    lines = (measured, *(_told(one) for one in influence))
    curve, cells = curve_tests(audit), grid_tests(audit)
    if influence_passes(audit):
        starts: tuple[BaselineKind, ...] = ("mean", "midway") if audit.midway else ("mean",)
        return MapTests("passed", _passed(audit), lines, curve, cells, starts)
    return MapTests("failed", _failed(audit), lines, curve, cells)


def grid_tests(audit: Audit) -> MapState:
    """Whether Influence over rows and columns may be called that; older audits do not say."""
    passes = grid_passes(audit)
    if passes is None:
        return "not tested"
    return "passed" if passes else "failed"


def _passed(audit: Audit) -> str:
    """What a clinician can take from it: an experiment, and what it does not show."""
    starts = [one.over_random.value for one in (audit.deletion, audit.midway) if one]
    faster = min(starts, default=0.0)
    return tr(
        "Yes, for this network: without the rows that it marks strongest the answer goes"
        " {faster:.1f} times as fast as without rows at random. It does not show where a lesion"
        " is.",
        faster=faster,
    )


def _failed(audit: Audit) -> str:
    judged = {one.what.code: one.verdict for one in verdicts(audit)}
    if judged[_WEIGHTS] == "fails":
        why = tr("a network of random weights makes nearly the same map")
    elif audit.deletion is None:
        why = tr("nobody tried whether the answer rests on the rows that it marks")
    elif "fails" in {judged[_DELETION], judged.get(_MIDWAY)}:
        starts = (one.over_random.value for one in (audit.deletion, audit.midway) if one)
        factor = min(starts)
        why = tr(
            "without the rows that it marks strongest the answer goes only {factor:.1f} times as"
            " fast as without rows at random, and {least:g} times is asked",
            factor=factor,
            least=LEAST_FACTOR,
        )
    else:
        why = tr("nobody tried whether a network of random weights makes another map")
    return tr("No: {why}. It shows what the network holds, not what the answer rests on.", why=why)


def curve_tests(audit: Audit) -> CurveTests:
    """Whether the answer by row is true enough to be shown, in one sentence."""
    passes, found = by_row_passes(audit), audit.by_row
    if found is None:
        return NO_CURVE
    if passes is None:
        words = tr(
            "Not shown: {films:,} films are too few to say what it is worth.",
            films=found.worst.films,
        )
        return CurveTests("not tested", words)
    off = found.worst.value
    if passes:
        words = tr(
            "After each row off by up to {off:.2f} ({source}).", off=off, source=told(found.source)
        )
        return CurveTests("passed", words)
    words = tr("Not shown: what it says after some rows is off by up to {off:.2f}.", off=off)
    return CurveTests("failed", words)


def _told(one: Judgement) -> str:
    what, verdict = told(one.what), tr(_VERDICTS[one.verdict])
    if not one.measured:
        return tr("{what}: {verdict}", what=what, verdict=verdict)
    measured = told(one.measured)
    return tr("{what}: {measured}; {verdict}", what=what, measured=measured, verdict=verdict)


# --------------------------------------------------------------------- audits in a thread
# Whether the maps of the chosen model were tested: read in a thread, anew for each model.

Key = tuple[Path, str]


class Audits(QObject):
    """Asks the bundle of one model after the other; until it has answered, nothing was tested."""

    known = Signal(object)  # MapTests of the model that was asked for last
    failed = Signal(object)  # BaseException: the bundle holds tests that cannot be read

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._asked: Key | None = None
        self._audit: Audit | None = None

    def ask(self, model: ModelInfo) -> None:
        """Tell what was measured of a model's maps; what was told of another one is not kept."""
        key = (model.path, model.sha256)
        if key == self._asked:
            return
        self._asked = key
        self._audit = None
        self.tell_again()
        done, failed = partial(self._on_read, key), partial(self._on_failed, key)
        self._lanes.submit(model.path, Job(read_audit, (model.path,), done, failed, urgent=True))

    def forget(self, model: ModelInfo) -> None:
        """Ask again the next time: a model that is opened anew may have been tested meanwhile."""
        self._asked = None if (model.path, model.sha256) == self._asked else self._asked

    def _on_read(self, key: Key, audit: Audit | None) -> None:
        self._settle(key, audit)

    def _on_failed(self, key: Key, error: BaseException) -> None:
        self._settle(key, None)
        self.failed.emit(error)

    def _settle(self, key: Key, audit: Audit | None) -> None:
        if key == self._asked:
            self._audit = audit
            self.tell_again()

    def tell_again(self) -> None:
        """What was told last, in the words of this moment."""
        self.known.emit(map_tests(self._audit))
