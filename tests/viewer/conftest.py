"""What the session asks of the engine, answered at once: no file, no network, no process."""

import threading
from dataclasses import replace

import pytest

from engine import ImageError, Trust
from tests.viewer import film_values as made
from viewer import session as module
from viewer.session import Session
from viewer.worker import Lane


class Engine:
    """Stand-ins for everything that the session asks for off the GUI thread."""

    def __init__(self):
        self.bad, self.abstaining, self.frames, self.fails = set(), set(), 1, None
        self.gates: dict[str, threading.Event] = {}
        self.steps = {}  # by path, of films that keep their own height
        self.read, self.analysed = [], []

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

    def analyse_rows(self, path, image, index, *, sequence, checks):
        self._wait(f"analyse {path.name}")
        self.analysed.append((image.path, index, path.name))
        if self.fails is not None:
            raise self.fails
        steps = self.steps.get(image.path, made.STEPS)
        answer = made.analysis(image, index, made.model(path.name), steps)
        return replace(answer, trust=Trust(checks))

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
    monkeypatch.setattr(module, "list_files", lambda paths: paths)
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
