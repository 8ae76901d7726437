"""The commands of comparing in a whole window."""

from pathlib import Path

import pytest

from tests.viewer import film_values as made
from tests.viewer.inspect.comparisons_made import comparison
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session import comparisons as module
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def window(qtbot, engine, monkeypatch, qapp):
    theme.apply(qapp)
    monkeypatch.setattr(module, "compare_rows", lambda *_arguments: comparison())
    session = Session((made.model("one"), made.model("two")))
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(session.settled, timeout=60_000):
        session.open((A, B))
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
    return state_of(window)["inspect"]["compare"]


def test_that_a_model_is_compared_by_its_name_on_the_page_for_it(window, do):
    do("compare two")
    assert (told(window)["with"], told(window)["path"]) == ("models", "two")
    assert told(window)["influence_agreement"] == 0.92
    assert state_of(window)["inspect"]["dock"] == "compare"
    assert state_of(window)["workspace"] == "inspect"


def test_that_compare_alone_still_means_the_last_prior(window, do):
    with pytest.raises(ScriptError):  # there is none, and that is what is said
        do("compare")
    assert "compare" not in state_of(window)["inspect"]  # nobody has asked for Inspect


def test_that_the_untrained_network_and_nothing_are_chosen(window, do):
    do("compare.untrained")
    assert told(window)["with"] == "untrained"
    do("compare.none")
    assert told(window)["with"] is None
    assert "cka" not in told(window)


def test_that_a_model_that_is_not_in_the_list_is_one_sentence(window, do):
    for name in ("three", "one"):
        with pytest.raises(ScriptError, match="is in the list; open it first"):
            do(f"compare {name}")


def test_that_a_film_that_is_not_there_is_one_sentence(window, do):
    with pytest.raises(ScriptError, match="there is no film nowhere"):
        do("compare.film nowhere.dcm")
