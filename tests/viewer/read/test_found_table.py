"""The table of what was found: regions of the model, marks of the reader, how good they are."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from engine.annotations import Annotation, Measurement
from engine.types import Figure, FilmTest
from tests.viewer import film_values as made, found_values as found
from viewer.read.annotation_list import AnnotationList
from viewer.read.found_table import FoundBeneath, FoundTable, mark_row, region_row, what_it_is
from viewer.session.located import FoundRegion

DICE, LUNG = Figure(0.95, 0.94, 0.96, 624), Figure(0.9, 0.88, 0.92, 624)


def measured(**figures):
    named = {name.replace("_", ":"): figure for name, figure in figures.items()}
    test = FilmTest("test", "elsewhere", 624, None, None, "2026-11-29", figures=named)
    return made.model(tests=(test,))


@pytest.fixture
def beneath(qtbot, session):
    table, marks = FoundTable(), AnnotationList()
    for widget in (table, marks):
        qtbot.addWidget(widget)
    FoundBeneath(table, marks, session)
    return table


def answer(session, said):
    session.pointer.show_film(made.film())
    session.pointer.analysis = found.analysis(said)
    session.pointer.show_answer()


def cells(table):
    return [row.cells for row in table.shown]


def test_that_an_outline_says_how_good_outlines_were_on_test_films():
    lung = FoundRegion(1, found.OUTLINE, alone=True)
    assert (
        what_it_is(lung, measured(dice=DICE)) == "outline; Dice 0.95 (0.94–0.96) on 624 test films"
    )


def test_that_the_figure_of_its_own_class_goes_before_that_of_all():
    lung = FoundRegion(1, found.OUTLINE)
    assert "Dice 0.90 (0.88–0.92)" in what_it_is(lung, measured(dice=DICE, dice_lung=LUNG))


def test_that_what_was_not_measured_is_said():
    words = "outline; how good such ones are was not measured"
    assert what_it_is(FoundRegion(1, found.OUTLINE), made.model()) == words
    assert what_it_is(FoundRegion(1, found.OUTLINE), measured()) == words


def test_that_a_weak_region_points_at_and_has_no_area():
    row = region_row(FoundRegion(3, found.WEAK, spacing=found.SPACING), made.model())
    assert row.cells[:4] == ("Box 3 · finding", "0.47", "–", "–")
    assert row.cells[4].startswith("weak: points at, not an outline, no area")


def test_that_a_box_has_a_size_and_an_outline_an_area():
    box, lung = (
        region_row(FoundRegion(number, one, alone=True, spacing=found.SPACING), made.model())
        for number, one in ((1, found.BOX), (2, found.OUTLINE))
    )
    assert box.cells[:4] == ("Box 1 · finding", "0.91", "–", "5.0 × 15.0 mm")
    assert lung.cells[:4] == ("Lung", "0.99", "100 mm²", "–")


def test_that_a_length_of_the_readers_stands_among_the_sizes():
    mark = Annotation("a", "length", ((0.0, 0.0), (3.0, 4.0)), number=1)
    values = {"length": 41.3, "unit": "mm", "spacing": "at detector"}
    row = mark_row(Measurement(mark, values))
    assert row.cells[:5] == (
        "Length 1", "–", "–", "41.3 mm", "at detector, not corrected for magnification",
    )  # fmt: skip


def test_that_the_table_lists_regions_then_marks(session, beneath):
    answer(session, found.answer())
    film = session.film
    session.annotations.add(0, film, "length", ((1.0, 1.0), (20.0, 20.0)))
    assert [row[0] for row in cells(beneath)] == [
        "Lung", "Box 2 · finding", "Box 3 · finding", "Length 1",
    ]  # fmt: skip


def test_that_the_table_is_hidden_where_the_model_has_found_nothing(session, beneath):
    answer(session, replace(found.answer(), regions=()))
    assert beneath.isHidden()
    answer(session, found.answer())
    assert not beneath.isHidden()
    session.pointer.blank()
    assert beneath.isHidden()


def test_that_a_row_chooses_its_region_and_brings_it_into_sight(session, beneath, qtbot):
    answer(session, found.answer())
    located = session.analyses.located
    centred = made.heard(located.centred)
    beneath.rows.setCurrentItem(beneath.rows.topLevelItem(1))
    assert located.chosen == 2
    assert centred == [(2,)]


def test_that_a_region_that_is_chosen_on_the_film_is_marked_in_the_table(session, beneath):
    answer(session, found.answer())
    session.analyses.located.choose(3)
    assert [item.text(0) for item in beneath.rows.selectedItems()] == ["Box 3 · finding"]


def test_that_a_mark_that_is_chosen_is_marked_and_no_region_is(session, beneath):
    answer(session, found.answer())
    session.analyses.located.choose(1)
    made_mark = session.annotations.add(0, session.film, "length", ((1.0, 1.0), (20.0, 20.0)))
    beneath.rows.setCurrentItem(beneath.rows.topLevelItem(3))
    assert session.annotations.chosen == made_mark.id
    assert session.analyses.located.chosen == 0


def test_that_another_cut_is_said_at_the_heading(session, beneath, monkeypatch):
    monkeypatch.setattr(session.analyses.located, "_again", found.again)
    answer(session, found.mapped())
    session.analyses.located.move_cut(0.8)
    assert beneath._note.text() == "your cut 0.80, not the model's 0.50"
    assert cells(beneath)[0][2] == "25.0 mm²"


def test_that_the_list_of_marks_gives_way_while_the_table_lists_them(session, qtbot):
    table, marks = FoundTable(), AnnotationList()
    for widget in (table, marks):
        qtbot.addWidget(widget)
    FoundBeneath(table, marks, session)
    answer(session, found.answer())
    table.show()
    marks.show_marks(session.annotations.measured(session.film))
    mark = Annotation("a", "length", ((0.0, 0.0), (3.0, 4.0)), number=1)
    one = Measurement(mark, {"length": 5.0, "unit": "px", "spacing": None})
    marks.show_marks((one,))
    assert marks.isHidden()
    table.hide()
    assert not marks.isHidden()


def test_that_arrows_go_through_the_rows_while_the_focus_is_there(session, beneath, qtbot):
    answer(session, found.answer())
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier
    )
    override.ignore()
    beneath.rows.event(override)
    assert override.isAccepted()
    beneath.rows.setCurrentItem(beneath.rows.topLevelItem(0))
    qtbot.keyClick(beneath.rows, Qt.Key.Key_Down)
    assert session.analyses.located.chosen == 2
