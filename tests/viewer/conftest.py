"""What the session asks of the engine, answered at once: no file, no network, no process."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent

from engine import BundleError, ImageError
from engine.imaging.volume import packed
from engine.types import Analysis, ModelInfo, SeriesFrame
from tests.lent import lending
from tests.viewer import film_values as made
from viewer.kit import language
from viewer.session import (
    ablating,
    analyses,
    fetching,
    film_list,
    index_work,
    inspection,
    leafing,
    models,
    recollection,
    row_plane,
    searching,
    series_reading,
    session as module,
    showing,
    stacks,
)
from viewer.session.jobs import Lane
from viewer.session.loading import Found
from viewer.session.session import Session
from viewer.session.stacks import Placed, Stack, single


@pytest.fixture(scope="session", autouse=True)
def _english():
    """English says one and many as its file of words has them."""
    language.speak()


@pytest.fixture(scope="session", autouse=True)
def _lent_processes():
    with lending():
        yield


@pytest.fixture(autouse=True)
def _windows_go(qapp):
    """What a test made and closed is deleted with it, and not in some later test."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Engine:
    """Stand-ins for everything that the session asks for off the GUI thread."""

    def __init__(self):
        self.bad, self.abstaining, self.frames, self.fails = set(), set(), 1, None
        self.latches: dict[str, threading.Event] = {}
        self.without, self.fails_without = [], None  # films read without units
        self.looked = []  # units that an index was asked for
        self.steps = {}  # by path, of films that keep their own height
        self.read, self.analysed, self.surveyed, self.traced = [], [], [], []
        self.remembered = []
        self.started = []  # path and baseline of every Influence
        self.holds, self.written = {}, {}  # by path: which film a file holds, how often written
        self.empty: set[Path] = set()  # folders without films
        self.gone: set[Path] = set()  # files that the disk does not have any more
        self.series: list[tuple[str, tuple[Path, ...]]] = []  # stacks of several files, by key
        self.ahead, self.fetched = False, ()
        self.surveys_prepare, self.asked = False, 0
        self.models: dict[Path, ModelInfo] = {}  # what the folders hold, where it has changed
        self.bundles: dict[Path, str] = {}  # title of the model, or "" for one without metadata
        self.untested: set[Path] = set()  # bundles whose weights are damaged
        self.threads, self.threads_of_loads = [], []

    def load_film(self, path, index):
        self.threads_of_loads.append(threading.current_thread())
        self._wait(f"load {path.name}")
        self.read.append((path, index))
        if path in self.bad:
            raise ImageError(f"{path.name} cannot be read: it is bad.", "damaged")
        image = made.image(path, frame_count=self.frames)
        return replace(made.film(image, index), key=self.key(path, index), stamp=self.stamp(path))

    def survey(self, path, model, index=0):
        self._wait(f"survey {path.name}")
        self.surveyed.append(path)
        if path in self.bad:
            raise ImageError(f"{path.name} cannot be read: it is bad.", "damaged")
        found = made.survey(path)
        if self.surveys_prepare and model is not None:
            prepared = self.prepare(made.frame(found.image), model)
            found = replace(found, prepared=replace(prepared, index=index))
        return replace(found, key=self.key(path, index), stamp=self.stamp(path))

    def place_files(self, known, paths, joined):
        """Every file is a stack by itself, or those of `series` are one."""
        self._wait("place")
        given = {*known, *paths}
        found = [
            Stack(key, tuple(SeriesFrame(path) for path in files))
            for key, files in self.series
            if given & set(files)
        ]
        there = {frame.path for stack in found for frame in stack.frames}
        rest = (single(path, self.frames) for path in (*known, *paths) if path not in there)
        return Placed((*known, *paths), (*found, *rest))

    def fetch(self, places):
        """Frames that are read ahead; none unless `ahead` is set."""
        self._wait("fetch")
        self.fetched += places
        if not self.ahead:
            return ()
        return tuple((place, self.stored(*place)) for place in places if place[0] not in self.bad)

    def stored(self, path, index):
        """A frame as it is kept in memory."""
        image = made.image(path, frame_count=self.frames)
        return replace(packed(made.film(image, index).frame), stamp=self.stamp(path))

    def stamps_of(self, paths):
        self.asked += 1
        self._wait("stamps")
        return {path: self.stamp(path) for path in paths if path not in self.gone}

    def key(self, path, index):
        """What a frame holds: by default every file another film."""
        return f"{self.holds.get(path, path)} {index}"

    def stamp(self, path):
        return (1, self.written.get(path, 0), 1)

    def overwrite(self, path, held):
        """Let a file hold another film."""
        self.holds[path] = held
        self.written[path] = self.written.get(path, 0) + 1

    def prepare(self, frame, model):
        self._wait(f"prepare {frame.image.path.name}")
        return made.prepared(frame)

    def as_listed(self, function, model, *arguments):
        """The answer, or what the folder holds where that has changed."""
        now = self.models.get(model.path, model)
        return function(model.path, *arguments) if now == model else now

    def trace_rows(self, path, prepared):
        self._wait(f"trace {path.name}")
        self.traced.append((prepared.image.path, path.name))
        return made.trace(made.model(path.name, path=path), prepared.image.rows)

    def unit_facts(self, path, group):
        self._wait(f"facts {path.name}")
        return made.unit_facts(group)

    def switch_off(self, path, prepared, group, held="zero"):
        self._wait(f"without {path.name}")
        self.without.append((prepared.image.path, path.name, group, held))
        if self.fails_without is not None:
            raise self.fails_without
        return made.ablation(group, held)

    def unit_seen(self, folder, layer, direction, unit):
        self.looked.append((folder, layer, direction, unit))
        return made.unit_seen(unit)

    def remember(self, path, prepared):
        self.remembered.append((prepared.image.path, path.name))
        return made.carried(made.trace(made.model(path.name, path=path), prepared.image.rows))

    def replace_above(self, _path, prepared):
        self._wait(f"replace {prepared.image.path.name}")
        return made.replaced()

    def forget(self, _path, _prepared):
        return made.forgetting()

    def analyse_rows(self, path, prepared, baseline="mean"):
        self._wait(f"analyse {path.name}")
        image = prepared.image
        self.analysed.append((image.path, prepared.index, path.name))
        if self.fails is not None:
            raise self.fails
        model = self.models.get(path, made.model(path.name, path=path))
        if image.path in self.abstaining:
            sentence = "This model does not read it."
            return Analysis(image, prepared.index, model, "", 0.0, abstained=sentence)
        steps = self.steps.get(image.path, made.STEPS)
        self.started.append((image.path, baseline))
        return made.analysis(image, prepared.index, model, steps, baseline=baseline)

    def list_files(self, paths):
        self._wait(f"list {paths[0]}")
        films = tuple(p for p in paths if p not in self.bundles and p not in self.empty)
        return Found(films, tuple(path for path in paths if path in self.bundles))

    def read_metadata(self, model):
        self._wait(f"open {model}")
        self.threads.append(threading.current_thread())
        path = Path(model)
        if not self.bundles.get(path):
            raise BundleError(f"There is no model “{model}”.", "bundle")
        return self.models.get(path) or made.model(path.name, path=path, title=self.bundles[path])

    def warm_up(self, path):
        self._wait(f"test {path}")
        if path in self.untested:
            raise BundleError(f"{path.name}/model.safetensors is damaged.", "bundle")

    def _wait(self, what):
        if what in self.latches:
            assert self.latches[what].wait(60)

    def hold(self, what):
        self.latches[what] = threading.Event()
        return self.latches[what]


@pytest.fixture
def engine(monkeypatch):
    engine = Engine()
    for where, names in (
        (module, ("list_files",)),
        (showing, ("load_film",)),
        (film_list, ("survey", "stamps_of")),
        (series_reading, ("survey",)),
        (stacks, ("place_files",)),
        (fetching, ("fetch",)),
        (analyses, ("prepare", "analyse_rows")),
        (inspection, ("prepare", "as_listed", "trace_rows")),
        (ablating.asking, ("unit_facts", "switch_off")),
        (ablating.indexes, ("unit_seen",)),
        (recollection.asking, ("remember", "replace_above", "forget")),
    ):
        for name in names:
            monkeypatch.setattr(where, name, getattr(engine, name))
    monkeypatch.setattr(leafing, "window_of", lambda _frames: None)
    monkeypatch.setattr(models, "read_metadata", engine.read_metadata)
    monkeypatch.setattr(models, "warm_up", engine.warm_up)
    monkeypatch.setattr(searching.indexes, "find_summary", lambda _model, _folder: None)
    for where in (module, analyses, inspection, row_plane, index_work):
        monkeypatch.setattr(where, "Lane", lambda _kind, parent, **_: Lane("thread", parent))
    return engine


@pytest.fixture
def session(qtbot, engine):
    session = Session((made.model("one"), made.model("two")))
    yield session
    for latch in engine.latches.values():
        latch.set()
    session.close()


@pytest.fixture
def settle(qtbot, session):
    """Do something and wait until nothing runs any more."""

    def do(action, *arguments):
        with qtbot.waitSignal(session.settled, timeout=60_000):
            action(*arguments)

    return do
