"""Hidden units in a whole window: commands, keys, the badge over the film, the strip beside it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.viewer import film_values as made
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session import row_plane, searching
from viewer.session.jobs import Lane
from viewer.session.models import CurveTests, MapTests
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def window(qtbot, engine, monkeypatch, qapp):
    theme.apply(qapp)
    monkeypatch.setattr(searching.indexes, "find_summary", lambda _model, _folder=None: None)
    monkeypatch.setattr(row_plane, "Lane", lambda _kind, parent, **_: Lane("thread", parent))
    session = Session((made.model("one"),))
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(session.settled, timeout=60_000):
        session.open((A, B))
    window.inspect.prepare()  # its panes ask for the tests of the model once they are made
    window.strips.answer.show_tests(MapTests("passed", "", by_row=CurveTests("passed", "ok")))
    yield window
    session.close()


@pytest.fixture
def do(qtbot, window):
    def run(text):
        for step in parse(text):
            step.verb.run(window, step.arguments)
            qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)

    return run


def told(window):
    return state_of(window)["inspect"]["unit"]


def test_that_units_are_chosen_by_number_on_their_page(window, do):
    do("unit 2 4")
    state = state_of(window)
    assert (state["workspace"], state["inspect"]["side"]) == ("inspect", "unit")
    assert told(window)["units"] == [2, 4]
    do("unit none")
    assert told(window)["units"] == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unit 5", "this model has units 0 to 4; there is no unit 5."),
        ("unit x", "“x” is no unit"),
        ("unit -1", "“-1” is no unit"),
        ("ablate perhaps", "say one of on, off, zero"),
        ("unit none; ablate on", "no unit is chosen"),
    ],
)
def test_that_what_cannot_be_chosen_is_one_sentence(window, do, text, sentence):
    do("workspace inspect")
    with pytest.raises(ScriptError, match=sentence):
        do(text)


def test_that_a_unit_is_switched_off_and_on_by_command(window, do):
    do("unit 2; ablate on")
    assert (told(window)["off"], told(window)["badge"]) == (True, "unit 2 switched off")
    do("ablate mean")
    assert told(window)["held"] == "mean"
    assert told(window)["without"]["without"] == pytest.approx(0.65)
    do("ablate off")
    assert (told(window)["off"], told(window)["badge"]) == (False, "")


def test_that_the_film_says_so_and_no_longer_than_that(window, do):
    do("unit 2; ablate on")
    assert window.film.lettering.tried.words == "unit 2 switched off"
    do("ablate off")
    assert window.film.lettering.tried is None


def test_that_one_key_switches_and_esc_puts_back(window, do, qtbot):
    do("unit 2")
    qtbot.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    assert told(window)["off"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not told(window)["off"]


def test_that_read_never_shows_a_film_without_units(window, do):
    do("unit 2; ablate on; workspace read")
    assert window.film.lettering.tried is None
    assert state_of(window)["panes"][0]["result"]["probabilities"] == [0.25, 0.75]
    do("workspace inspect")
    assert not told(window)["off"]


def test_that_the_strip_of_the_answer_shows_the_film_without_and_then_as_read(window, do):
    do("unit 2; ablate on")
    strip = window.strips.answer
    assert [curve.name for curve in strip._curves] == ["without"]
    assert strip._curves[-1].values[-1] == pytest.approx(0.6)
    do("ablate off")
    assert [curve.name for curve in strip._curves] == ["normal", "finding"]
    assert strip._curves[-1].values[-1] == pytest.approx(0.75)


def test_that_a_chosen_column_opens_the_page(window, do):
    do("workspace inspect")
    window.strips.units_requested.emit((3,))
    assert window.inspect.side.pages.code == "unit"
