"""What the session asks of the engine, answered at once: no file, no network, no process."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from engine import Analysis, BundleError, ImageError, Trust, reasons_of
from tests.viewer import film_values as made
from viewer import models
from viewer import session as module
from viewer.loading import Found
from viewer.session import Session
from viewer.worker import Lane


class Engine:
    """Stand-ins for everything that the session asks for off the GUI thread."""

    def __init__(self):
        self.bad, self.abstaining, self.frames, self.fails = set(), set(), 1, None
        self.gates: dict[str, threading.Event] = {}
        self.steps = {}  # by path, of films that keep their own height
        self.read, self.analysed = [], []
        self.bundles: dict[Path, str] = {}  # title of the model, or "" for one without metadata
        self.untested: set[Path] = set()  # bundles whose weights are damaged
        self.threads = []

    def load_film(self, path, index):
        self._wait(f"load {path.name}")
        self.read.append((path, index))
        if path in self.bad:
            raise ImageError(f"{path.name} cannot be read: it is bad.", "damaged")
        return made.film(made.image(path, frame_count=self.frames), index)

    def prepare(self, frame, model):
        self._wait(f"prepare {frame.image.path.name}")
        abstains = frame.image.path in self.abstaining
        return made.prepared(frame, "This model does not read it." if abstains else "")

    def analyse_rows(self, path, film):
        image, index, checks = film.image, film.index, film.own.checks
        self._wait(f"analyse {path.name}")
        self.analysed.append((image.path, index, path.name))
        if self.fails is not None:
            raise self.fails
        steps = self.steps.get(image.path, made.STEPS)
        model = made.model(path.name, path=path)
        if reasons := reasons_of(checks):
            words = reasons[0].sentence
            return Analysis(
                image, index, model, "", 0.0, abstained=words, trust=Trust(checks, reasons)
            )
        answer = made.analysis(image, index, model, steps)
        return replace(answer, trust=Trust(checks))

    def list_files(self, paths):
        films = tuple(path for path in paths if path not in self.bundles)
        return Found(films, tuple(path for path in paths if path in self.bundles))

    def read_metadata(self, model):
        self._wait(f"open {model}")
        self.threads.append(threading.current_thread())
        path = Path(model)
        if not self.bundles.get(path):
            raise BundleError(f"There is no model “{model}”.", "bundle")
        return made.model(path.name, path=path, title=self.bundles[path])

    def warm_up(self, path):
        self._wait(f"test {path}")
        if path in self.untested:
            raise BundleError(f"{path.name}/model.safetensors is damaged.", "bundle")

    def _wait(self, what):
        if what in self.gates:
            assert self.gates[what].wait(60)

    def hold(self, what):
        self.gates[what] = threading.Event()
        return self.gates[what]


@pytest.fixture
def engine(monkeypatch):
    engine = Engine()
    for name in ("load_film", "prepare", "analyse_rows"):
        monkeypatch.setattr(module, name, getattr(engine, name))
    monkeypatch.setattr(module, "survey", made.survey)
    monkeypatch.setattr(module, "list_files", engine.list_files)
    monkeypatch.setattr(models, "read_metadata", engine.read_metadata)
    monkeypatch.setattr(models, "warm_up", engine.warm_up)
    monkeypatch.setattr(module, "Lane", lambda _kind, parent: Lane("thread", parent))
    return engine


@pytest.fixture
def session(qtbot, engine):
    session = Session((made.model("one"), made.model("two")))
    yield session
    for gate in engine.gates.values():
        gate.set()
    session.close()


@pytest.fixture
def settle(qtbot, session):
    """Do something and wait until nothing runs any more."""

    def do(action, *arguments):
        with qtbot.waitSignal(session.settled, timeout=60_000):
            action(*arguments)

    return do
