"""Measuring through the window: commands of scripts, menus and keys, the state, the sheet."""

import csv
import io
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.viewer.film_values import heard
from tests.viewer.sketch_panes import TURNS
from viewer.commanding.register import commands_of
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
ALL = (
    "measure.length 10,10 13,14; measure.angle 10,10 20,10 20,20;"
    " measure.cobb 10,10 40,10 10,60 40,63; measure.rectangle 5,5 15,25;"
    " measure.ellipse 5,5 25,35; measure.freehand 5,5 25,5 25,35 5,30; measure.probe 12,40;"
    " measure.arrow 30,30 40,20 what is this?; measure.point 7.5,8.25"
)


@pytest.fixture
def window(qtbot, session, engine, settle):
    engine.holds = {A: "one", B: "one"}  # a copy under another name
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    settle(session.open, (A,))
    window.grab()
    return window


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


def marks(window, pane=0):
    return state_of(window)["panes"][pane]["marks"]


def run(window, code):
    next(command for command in commands_of(window) if command.code == code).run()


def test_that_every_tool_is_a_command_and_the_state_says_its_values(window):
    give(window, ALL)
    found = {mark["kind"]: mark for mark in json.loads(json.dumps(marks(window)))}
    values = {kind: mark["values"] for kind, mark in found.items()}
    assert list(found) == [
        "length", "angle", "cobb", "rectangle", "ellipse", "freehand", "probe", "arrow", "point",
    ]  # fmt: skip
    assert (values["length"]["length"], values["length"]["unit"]) == (5, "px")
    assert values["angle"]["angle"] == pytest.approx(90)
    assert values["cobb"]["angle"] == pytest.approx(5.71, abs=0.01)
    assert values["rectangle"]["mean"] == pytest.approx(24)  # row + column of made films
    assert values["rectangle"]["area"] == 200
    assert {"mean", "sd", "min", "max", "area", "pixels"} <= set(values["ellipse"])
    assert (values["probe"]["value"], values["probe"]["displayed"]) == (52, 52)
    assert values["arrow"] == {"text": "what is this?"}
    assert values["point"] == {"number": 1, "column": 7.5, "row": 8.25}
    assert found["length"]["points"] == [[10, 10], [13, 14]]
    assert found["length"]["name"] == "Length 1"


@pytest.mark.parametrize("turn", TURNS)
def test_that_turning_and_inverting_change_no_value(window, turn):
    give(window, ALL)
    before = marks(window)
    window.session.pointer.turn(turn)
    window.session.pointer.invert(inverted=True)
    after = marks(window)
    shown = [mark["values"].pop("displayed", None) for mark in (*before, *after)]
    assert before == after
    assert {52, 203} <= set(shown)


def test_that_nothing_lies_on_no_film(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    assert marks(window) == []
    for text in ("measure.length 1,1 2,2", "marks.clear", "mark.delete 1"):
        with pytest.raises(ScriptError, match="no film is open"):
            give(window, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("measure.length 10 20", "not a place"),
        ("measure.length 10,x 20,20", "not a number"),
        ("measure.length 10,nan 20,20", "not a number"),
        ("measure.probe 1e30,1", "no such place"),
        ("measure.length 10,10", "takes X1,Y1 X2,Y2"),
        ("measure.freehand 1,1 2,2", "takes X1,Y1"),
        ("mark.rename 7 heart", "no mark “7”"),
        ("mark.delete heart", "no mark “heart”"),
    ],
)
def test_that_what_cannot_be_measured_gets_one_sentence(window, text, words):
    with pytest.raises(ScriptError, match=words):
        give(window, text)
    assert marks(window) == []


def test_that_marks_are_renamed_chosen_and_deleted_by_place_name_or_id(window):
    give(window, "measure.length 1,1 5,5; measure.probe 9,9; measure.length 1,1 9,9")
    give(window, "mark.rename 1 Heart, wide; mark.rename 3 other")
    assert [mark["name"] for mark in marks(window)] == ["Heart, wide", "Probe 1", "other"]
    key = marks(window)[1]["id"]
    give(window, f"mark.choose {key}")
    assert window.session.annotations.chosen == key
    give(window, f"mark.delete {key}; mark.delete Heart, wide")
    assert [mark["number"] for mark in marks(window)] == [2]
    give(window, "undo; undo; undo")
    assert len(marks(window)) == 3


def test_that_clearing_is_one_step(window):
    give(window, f"{ALL}; marks.clear")
    assert marks(window) == []
    give(window, "undo")
    assert len(marks(window)) == 9
    run(window, "marks.clear")
    assert marks(window) == []


def test_that_a_copy_of_the_film_in_another_pane_shows_the_same_marks(window, session, settle):
    give(window, "measure.length 1,1 5,5")
    session.panes.arrange(1, 2)
    session.panes.activate(1)
    settle(session.open, (B,))
    one, other = window.panes.all
    assert [len(pane.sketch.items) for pane in (one, other)] == [1, 1]
    give(window, "measure.probe 9,9")
    assert [len(pane.sketch.items) for pane in (one, other)] == [2, 2]
    session.panes.activate(0)
    give(window, "undo")
    assert [len(pane.sketch.items) for pane in (one, other)] == [1, 1]


def test_that_keys_delete_and_name_the_chosen_mark(window):
    give(window, "measure.length 1,1 5,5; measure.probe 9,9")
    run(window, "mark.rename")
    editor = window.film.sketch.editor
    assert (editor.isVisible(), editor.placeholderText()) == (True, "Probe 1")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(editor, event)
    run(window, "mark.delete")
    assert [mark["kind"] for mark in marks(window)] == ["length"]


def test_that_the_list_beneath_the_film_says_the_same(window):
    give(window, "measure.length 1,1 4,5")
    row = window.marks.rows.topLevelItem(0)
    assert (row.text(0), row.text(1)) == ("Length 1", "5.00 px")
    assert window.marks.isVisible()


def test_that_marks_are_exported_as_a_sheet(window, tmp_path):
    give(window, f"{ALL}; mark.rename 1 =1+1; marks.export {tmp_path / 'marks.csv'}")
    raw = (tmp_path / "marks.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 9
    assert (rows[0]["name"], rows[0]["length"], rows[0]["length_unit"]) == ("'=1+1", "5.0", "px")
    assert rows[7]["text"] == "what is this?"


def test_that_a_place_that_cannot_be_written_gets_one_sentence(window, tmp_path):
    with pytest.raises(ScriptError, match=r"nowhere.*cannot be written"):
        give(window, f"measure.probe 1,1; marks.export {tmp_path / 'nowhere' / 'marks.csv'}")


def test_that_no_sheet_is_made_of_no_marks(window, tmp_path, monkeypatch):
    def ask(*_):
        raise AssertionError("there is nothing to write, and it is asked where to")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    QApplication.clipboard().setText("before")
    with pytest.raises(ScriptError, match="No film on screen has a mark"):
        give(window, f"marks.export {tmp_path / 'marks.csv'}")
    for code in ("marks.export", "marks.copy"):
        told = heard(window.session.message)
        run(window, code)
        assert [message.text for (message,) in told] == ["No film on screen has a mark."]
    assert QApplication.clipboard().text() == "before"
    assert not (tmp_path / "marks.csv").exists()


def test_that_the_note_of_a_region_says_that_part_of_it_lies_beside_the_film(window):
    give(window, "measure.rectangle -5,5 15,25; measure.rectangle 5,5 15,25")
    notes = [window.marks.rows.topLevelItem(row).text(4) for row in (0, 1)]
    beside = ["part of it lies beside the film" in note for note in notes]
    assert beside == [True, False]


def test_that_the_menu_asks_where_to_and_says_what_went_wrong(window, tmp_path, monkeypatch):
    give(window, "measure.length 1,1 5,5")
    told, places = heard(window.session.message), [tmp_path / "marks.csv", tmp_path / "no" / "x"]
    for place in (*places, ""):
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, place=place: (str(place), "CSV")
        )
        run(window, "marks.export")
    assert places[0].exists()
    assert [message.severity for (message,) in told] == ["error"]


def test_that_marks_are_copied(window):
    give(window, "measure.length 1,1 4,5")
    run(window, "marks.copy")
    assert "length" in QApplication.clipboard().text().splitlines()[1]
