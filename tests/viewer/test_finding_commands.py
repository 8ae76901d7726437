"""Commands for finding states, in a whole window: what a script says is found and in its state."""

from pathlib import Path

import pytest

from tests.viewer import film_values as made, index_values
from viewer.inspect.stretch_brush import StretchBrush
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session import row_plane, searching
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def index(monkeypatch, engine):
    return index_values.StandIn().put(monkeypatch, searching, row_plane)


@pytest.fixture
def window(qtbot, index):
    session = Session((made.model("one"), made.model("two")))
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    with qtbot.waitSignal(session.settled, timeout=60_000):
        session.open((A, B))
    yield window
    session.close()


@pytest.fixture
def give(window, qtbot):
    """Give commands one after the other, as a script does."""

    def do(text):
        for step in parse(text):
            qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)
            step.verb.run(window, step.arguments)
        qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)
        return state_of(window)["inspect"]["find"]

    return do


def test_that_a_stretch_is_found_from_read(give, window):
    found = give("find 2 4")
    assert window.stage.workspace.name == "inspect"
    assert window.inspect.dock.pages.code == "find"
    assert (found["stretch"], found["brushed"]) == ([2, 4], True)
    assert [one["film"] for one in found["matches"]] == ["b.dcm", "c.dcm", "d.dcm"]
    assert {(one["first"], one["last"]) for one in found["matches"]} == {(2, 4)}


def test_that_a_single_step_is_a_stretch_and_none_is_the_cursor(give, window):
    assert give("find 3")["stretch"] == [3, 3]
    found = give("find none")
    assert found["stretch"] == [window.session.cursor.step] * 2
    assert not found["brushed"]


def test_that_a_match_is_opened_by_its_number(give, window):
    give("find 2 4; match 2")
    assert window.session.film.frame.image.path == index_values.PATHS[1]


def test_that_the_plane_and_its_colours_are_chosen(give):
    found = give("dock find; projection.colour class")
    assert (found["colour"], found["projection"]) == ("class", "pca")


def test_that_a_lasso_lists_films(give):
    found = give("dock find; lasso 1.5,5 3.5,5 3.5,25 1.5,25")
    assert (found["lasso"]["films"], found["lasso"]["rows"]) == (2, 4)
    assert [one["film"] for one in found["lasso"]["shown"]] == ["c.dcm", "d.dcm"]
    assert give("lasso none")["lasso"] is None


def test_that_an_index_is_opened_by_its_folder(give, index):
    index.index = index_values.summary("/indexes/mine")
    assert give("dock find; index /indexes/mine")["index"]["folder"] == "/indexes/mine"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("find 1 2 3", "a stretch is its first and its last step."),
        ("find here", "“here” is not a number."),
        ("projection tsne", "a projection is pca or umap."),
        ("projection.colour mood", "colours are by row, class or film."),
        ("lasso 1,2 3,4", "a lasso has three corners or more."),
        ("lasso 1,2 3,4 5", "a place in the plane is X,Y."),
        ("match 9", "3 films are listed."),
    ],
)
def test_that_what_cannot_be_found_is_told_in_a_sentence(give, text, why):
    with pytest.raises(ScriptError) as told:
        give(f"dock find; {text}")
    assert str(told.value) == why


def test_that_a_plane_needs_an_index(give, index):
    index.index = None
    with pytest.raises(ScriptError, match="there is no index"):
        give("dock find; projection pca")
    assert give("dock find")["why"] == "none"


def test_that_a_drag_with_shift_in_a_strip_is_found(give, window):
    give("dock find")
    brush = brush_of(window)
    brush.stretch_requested.emit(1, 5)
    assert give("dock find")["stretch"] == [1, 5]
    assert brush.stretch is not None


def test_that_nothing_is_brushed_in_read(give, window):
    brush_of(window).stretch_requested.emit(1, 5)
    assert give("dock find")["brushed"] is False


def brush_of(window):
    return window.strips.states.findChild(StretchBrush)
