"""Commands, keys and numbers of what a model finds, in the whole window."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction, QKeySequence

from tests.viewer import film_values as made, found_values as found
from viewer.scripting.regions_verbs import VERBS, found_on
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    return window


def show(window, said):
    session = window.session
    session.pointer.show_film(made.film())
    session.pointer.analysis = found.analysis(said)
    session.pointer.show_answer()


def do(window, text):
    name, *arguments = text.split()
    next(one for one in VERBS if one.name == name).run(window, tuple(arguments))


def key_of(window, code):
    action = next(one for one in window.findChildren(QAction) if one.property("code") == code)
    return [key.toString() for key in action.shortcuts()]


def test_that_the_numbers_of_regions_are_those_of_the_answer(window):
    show(window, found.answer())
    told = found_on(window.session, window.session.pointer)
    assert told["regions"][0] == {
        "class": "lung",
        "probability": 0.99,
        "box": [5.0, 10.0, 25.0, 50.0],
        "area_px": 800.0,
        "area_mm2": 100.0,
        "weak": False,
    }
    assert [one["weak"] for one in told["regions"]] == [False, False, True]
    assert (told["labels"], told["values"]) == ([], [])


def test_that_findings_and_values_are_told(window):
    show(window, found.several())
    told = found_on(window.session, window.session.pointer)["labels"]
    assert told[0]["interval"] == [0.84, 0.96]
    assert told[2] == {
        "class": "fracture",
        "probability": None,
        "threshold": 0.3,
        "interval": None,
        "abstained": "Bone window missing.",
    }
    show(window, found.aged())
    told = found_on(window.session, window.session.pointer)["values"]
    assert told == [{"name": "age", "value": 4.2, "unit": "y", "interval": [3.1, 5.0]}]


def test_that_scripts_show_choose_and_fill_regions(window):
    show(window, found.answer())
    located = window.session.analyses.located
    for script in ("regions.boxes off", "regions.fill 0.4", "region 2"):
        do(window, script)
    assert (located.look.boxes, located.look.outlines, located.look.fill) == (False, True, 0.4)
    assert located.chosen == 2
    do(window, "regions.show off")
    assert not located.look.shown


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("region 9", "3 regions"),
        ("regions.cut 0.4", "no cut"),
        ("regions.fill 2", "between 0 and 1"),
        ("finding 1", "0 findings"),
        ("regions.boxes maybe", "neither on nor off"),
    ],
)
def test_that_what_cannot_be_done_is_one_sentence(window, script, words):
    show(window, found.answer())
    with pytest.raises(ScriptError, match=words):
        do(window, script)


def test_that_no_region_is_chosen_without_a_film(window):
    with pytest.raises(ScriptError, match="no film"):
        do(window, "region 1")


def test_that_scripts_move_the_threshold_of_a_finding_by_its_name(window):
    show(window, found.several())
    do(window, "finding.threshold effusion 0.2")
    told = found_on(window.session, window.session.pointer)["labels"]
    assert [one["threshold"] for one in told] == [0.38, 0.2, 0.3]
    do(window, "finding.threshold 2 model")
    assert window.session.several.shown[1].threshold == 0.41


def test_that_digits_choose_findings_while_there_are_several_and_windows_after_that(window):
    show(window, found.several())
    assert key_of(window, "finding.2") == ["Alt+2", "2"]
    assert key_of(window, "window.2") == []
    assert key_of(window, "window.4") == ["4"]
    show(window, found.answer())
    assert key_of(window, "finding.2") == ["Alt+2"]
    assert key_of(window, "window.2") == ["2"]


def test_that_a_window_that_has_another_key_keeps_it(window):
    action = next(
        one for one in window.findChildren(QAction) if one.property("code") == "window.1"
    )
    action.setShortcuts([QKeySequence("Ctrl+Alt+1")])
    show(window, found.several())
    assert key_of(window, "window.1") == ["Ctrl+Alt+1"]
    assert key_of(window, "finding.1") == ["Alt+1"]


def test_that_the_menu_names_the_findings_of_the_film(window):
    show(window, found.several())
    shown = [one.text() for one in window.findChildren(QAction)
             if str(one.property("code")).startswith("finding.") and one.isVisible()]  # fmt: skip
    assert shown == ["Explain opacity", "Explain effusion", "Explain fracture"]


def test_that_the_status_bar_says_the_keys_of_what_was_found(window):
    show(window, found.answer())
    assert "Shift+O" in window._hints.text()
    show(window, replace(found.answer(), regions=()))
    assert "Shift+O" not in window._hints.text()


def test_that_a_region_of_one_film_is_not_drawn_over_another(window):
    show(window, found.answer())
    window.session.pointer.show_film(made.film(made.image("other.dcm")))
    assert found_on(window.session, window.session.pointer)["regions"] == []
