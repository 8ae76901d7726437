"""The walk of `help/inspect.md`, done by its own commands; its numbers are those of the window."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QSettings

from engine import list_models
from engine.phantoms import PhantomSpec, demo_study, draw_phantom
from engine.resources import resource_path
from tests.e2e.conftest import PATIENCE
from viewer.kit import theme
from viewer.scripting.director import Director, parse
from viewer.scripting.state import state_of
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.window import MainWindow

TEXT = resource_path("help", "inspect.md").read_text(encoding="utf-8")
FIRST, SECOND, THIRD = 7, 20, 21  # seeds of the demo's first films; a name is PHANTOM-<seed>


def stops(text):
    """What each numbered stop says, and its commands."""
    found = re.findall(r"^\d+\. (.*?)^ +`([^`]+)`$", text, re.MULTILINE | re.DOTALL)
    return [(" ".join(words.split()), commands) for words, commands in found]


STOPS = stops(TEXT)


@pytest.fixture(scope="module")
def walked(qapp, tmp_path_factory):
    """What the window shows after each stop, and its window."""
    folder = tmp_path_factory.mktemp("walk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWSCOPE_DATA", str(folder / "data"))
        theme.apply(qapp)
        models = sorted(list_models(), key=lambda model: model.name != "phantom-opacity")
        session = Session(tuple(models))
        kept = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(session, Settings(kept))
        session.setParent(window)
        window.resize(1440, 900)
        window.show()
        session.open(tuple(demo_study(folder / "demo")))
        try:
            yield [done(window, commands) for _, commands in STOPS]
        finally:
            window.close()


def done(window, commands):
    """Do the commands of a stop, wait for what they ask, and say what is shown then."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, refused = QEventLoop(), []
    director = Director(window, parse(f"{commands}; wait 0.1"))
    director.failed.connect(refused.append)
    director.finished.connect(loop.quit)
    QTimer.singleShot(PATIENCE, loop.quit)
    director.start()
    loop.exec()
    assert refused == []
    return state_of(window)


@pytest.fixture
def stop(walked):
    """The words of a stop, by its number, and what the window shows after it."""
    return lambda number: (STOPS[number - 1][0], walked[number - 1]["inspect"], walked[number - 1])


def answer(value):
    """A probability as the page writes it."""
    return "above 0.99" if value > 0.995 else f"{value:.2f}"


def signed(value):
    return f"{value:+.2f}".replace("-", "−")


def by_row(state):
    return state["panes"][0]["result"]["by_row"]


def test_that_the_walk_has_twelve_stops_in_both_languages():
    chinese = resource_path("help", "inspect.zh.md").read_text(encoding="utf-8")
    assert len(STOPS) == 12
    assert [commands for _, commands in stops(chinese)] == [commands for _, commands in STOPS]


def test_that_the_opacity_is_drawn_where_the_page_says():
    drawn = draw_phantom(PhantomSpec(FIRST, 1024, 1024, opacity=True))
    head = TEXT.partition("## ")[0]
    assert "stored rows {} to {}".format(*drawn.opacity_rows) in head
    assert "columns {} to {}".format(*drawn.opacity_columns) in head
    steps = np.floor(np.array(drawn.opacity_rows) / 1024 * 48).astype(int)
    assert f"steps {steps[0]} to {steps[1]}" in head
    other = draw_phantom(PhantomSpec(THIRD, 1024, 1024, opacity=True))
    assert other.opacity_rows[0] / 1024 * 48 < 27 < other.opacity_rows[1] / 1024 * 48
