"""The list of marks: one film, two of one patient, and what the reader does there."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from engine.annotations import Annotation, Measurement, values_of
from engine.records import Store
from engine.types import Spacing
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.kit import theme
from viewer.read.annotation_list import MOST, ROW, AnnotationList, MarksBeneath, compared
from viewer.session.session import Session

DETECTOR = Spacing(0.2, 0.2, "at detector")
MADE = "2026-11-29T14:02:31.250Z"


def measured(
    kind="length", points=((0.0, 0.0), (30.0, 40.0)), number=1, spacing=DETECTOR, **others
):
    one = Annotation(f"{kind} {number}", kind, points, made=MADE, number=number, **others)
    return Measurement(one, values_of(one, made.frame(spacing=spacing, rescale=(1.0, 0.0))))


@pytest.fixture
def marks(qtbot):
    marks = AnnotationList()
    qtbot.addWidget(marks)
    marks.resize(1000, 300)
    return marks


def table(marks):
    rows = marks.rows
    return [
        [
            rows.topLevelItem(at).text(column)
            for column in range(rows.columnCount())
            if not rows.isColumnHidden(column)
        ]
        for at in range(rows.topLevelItemCount())
    ]


def time_of(moment):
    from datetime import datetime

    return f"{datetime.fromisoformat(moment).astimezone():%H:%M}"


def test_that_a_row_says_name_value_what_it_is_true_for_and_when(marks):
    ellipse = measured("ellipse", ((0.0, 0.0), (40.0, 40.0)))
    marks.show_marks((measured(), ellipse, measured("probe", ((12.5, 4.5),))))
    when = time_of(MADE)
    assert table(marks) == [
        ["Length 1", "10.0 mm", "at detector, not corrected for magnification", when],
        [
            "Ellipse 1",
            "39.0 ± 14.2",
            "mean ± SD of stored values, 50.3 mm², 1,264 px",
            when,
        ],
        ["Probe 1", "16", "stored value at column 12, row 4", when],
    ]


def test_that_a_length_without_spacing_says_why_it_is_in_pixels(marks):
    marks.show_marks((measured(spacing=None),))
    assert table(marks)[0][1:3] == [
        "50.0 px",
        "in pixels: the file has no spacing that can be trusted",
    ]


def test_that_it_hides_itself_while_there_is_nothing_to_list(marks):
    assert not marks.isVisibleTo(None)
    marks.show_marks((measured(),))
    assert marks.isVisibleTo(None)
    marks.show_marks(())
    assert not marks.isVisibleTo(None)


def test_that_rows_are_24_high_and_more_than_five_are_scrolled(marks):
    heights = []
    for count in (1, 3, 12):
        marks.show_marks(tuple(measured(number=n + 1) for n in range(count)))
        heights.append(marks.rows.height())
    assert heights == [ROW, 3 * ROW, MOST * ROW]
    marks.show()
    assert marks.rows.visualItemRect(marks.rows.topLevelItem(0)).height() == ROW


def test_that_it_says_whether_marks_are_kept(marks):
    for kept, words in ((True, "saved as they are made"), (False, "not saved")):
        marks.show_marks((measured(),), kept=kept)
        assert words in marks._more.text()


def test_that_two_films_stand_side_by_side_with_their_change(marks):
    now = (measured(number=1, name="Heart"), measured("angle", ((0, 9), (0, 0), (9, 0))))
    shorter = measured(points=((0.0, 0.0), (30.0, 0.0)), number=2, name="heart")
    marks.show_both(now, (shorter, measured("arrow", text="here")))
    rows = table(marks)
    assert [row[:4] for row in rows] == [
        ["Heart", "10.0 mm", "6.00 mm", "+4.0 mm"],
        ["Angle 1", "90.0°", "–", "–"],
        ["Arrow 1", "–", "placed", "–"],
    ]
    head = [marks.rows.headerItem().text(column) for column in range(6)]
    assert head == ["Mark", "Now", "Before", "Change", "Note", "Time"]
    assert not marks.rows.isHeaderHidden()


def test_that_a_click_chooses_and_a_choice_elsewhere_is_shown(marks):
    chosen = heard(marks.chosen)
    marks.show_marks((measured(number=1), measured(number=2)))
    marks.rows.topLevelItem(1).setSelected(True)
    assert chosen == [("length 2",)]
    marks.choose("length 1")
    assert [item.text(0) for item in marks.rows.selectedItems()] == ["Length 1"]
    assert chosen == [("length 2",)]
    marks.choose("")
    assert marks.rows.selectedItems() == []


def write(marks, words, end=Qt.Key.Key_Return):
    editor = marks.rows.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, words)
    QTest.keyClick(editor, end)
    QApplication.processEvents()  # an editor is closed a moment later


def test_that_f2_renames_and_only_the_name_can_be_written(marks):
    renamed = heard(marks.renamed)
    marks.show_marks((measured(),))
    marks.show()
    marks.rows.setCurrentItem(marks.rows.topLevelItem(0), 2)
    QTest.keyClick(marks.rows, Qt.Key.Key_F2)
    write(marks, "Heart")
    assert renamed == [("length 1", "Heart")]
    marks.show_marks((measured(),))
    marks.rows.setCurrentItem(marks.rows.topLevelItem(0))
    QTest.keyClick(marks.rows, Qt.Key.Key_F2)
    write(marks, "Length 1")
    assert len(renamed) == 1  # it is called so anyway


def test_that_a_row_of_two_films_renames_both(marks):
    renamed = heard(marks.renamed)
    marks.show_both((measured(number=1),), (replace_id(measured(number=1), "before"),))
    marks.show()
    marks.rows.setCurrentItem(marks.rows.topLevelItem(0))
    QTest.keyClick(marks.rows, Qt.Key.Key_F2)
    write(marks, "Heart")
    assert renamed == [("length 1", "Heart"), ("before", "Heart")]


def replace_id(one, key):
    return Measurement(replace(one.annotation, id=key), one.values)


def test_that_delete_asks_to_take_the_chosen_one_away(marks):
    asked = heard(marks.removal_requested)
    marks.show_marks((measured(),))
    QTest.keyClick(marks.rows, Qt.Key.Key_Delete)
    marks.rows.topLevelItem(0).setSelected(True)
    QTest.keyClick(marks.rows, Qt.Key.Key_Delete)
    assert asked == [("length 1",)]


def test_that_other_frames_are_named_and_shown_when_asked_for(marks):
    asked = heard(marks.frame_requested)
    marks.show_marks((measured(),), elsewhere=(0, 6))
    assert [row[0] for row in table(marks)] == ["Length 1", "Frame 1", "Frame 7"]
    marks.rows.topLevelItem(2).setSelected(True)
    assert asked == [(6,)]


@pytest.mark.parametrize(
    ("key", "kept"), [(Qt.Key.Key_Down, True), (Qt.Key.Key_F2, True), (Qt.Key.Key_M, False)]
)
def test_that_the_keys_of_a_list_are_its_own_while_it_has_the_focus(marks, key, kept):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(marks.rows, event)
    assert event.isAccepted() is kept


def test_that_a_screen_reader_hears_its_name_and_its_cells(marks):
    marks.show_marks((measured(),))
    marks.show()
    interface = QAccessible.queryAccessibleInterface(marks.rows)
    assert interface.text(QAccessible.Text.Name) == "Marks"
    assert interface.role() == QAccessible.Role.Tree
    cells = [
        interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())
    ]
    assert {"Length 1", "10.0 mm"} <= set(cells)


@pytest.mark.parametrize("worn", theme.THEMES.values(), ids=theme.THEMES)
def test_that_it_wears_every_theme(qtbot, marks, worn):
    theme.wear(QApplication.instance(), worn)
    try:
        marks.show_marks((measured(),))
        marks.show()
        picture = marks.grab().toImage()
        assert picture.pixelColor(4, 4).name().upper() == worn.window
        middle = marks.rows.mapTo(marks, marks.rows.rect().center())
        assert picture.pixelColor(middle.x() + 300, middle.y()).name().upper() == worn.window
    finally:
        theme.wear(QApplication.instance(), theme.DARK)


# ---------------------------------------------------------------------- on a session


def film(date="20260101", patient="P-1", name="film.dcm", uid=""):
    image = made.image(name)
    identity = replace(image.identity, patient_id=patient, study_date=date)
    image = replace(image, identity=identity, uids=replace(image.uids, instance=uid))
    shown = made.film(image, spacing=DETECTOR, rescale=(1.0, 0.0))
    return replace(shown, key=f"{uid} {name}")


@pytest.fixture
def session(qtbot, engine, tmp_path):
    session = Session((made.model("one"),), records=Store(tmp_path / "records.sqlite"))
    yield session
    session.close()
    session.records.close()


@pytest.fixture
def beneath(marks, session):
    return MarksBeneath(marks, session)


def names(marks):
    return [row[0] for row in table(marks)]


def test_that_the_list_follows_the_film_and_what_is_drawn_on_it(marks, session, beneath):
    one, other = film(uid="1.1"), film(uid="1.2")
    session.pointer.show_film(one)
    session.annotations.add(0, one, "length", ((0.0, 0.0), (9.0, 9.0)))
    assert names(marks) == ["Length 1"]
    session.pointer.show_film(other)
    assert names(marks) == []
    session.pointer.show_film(one)
    assert names(marks) == ["Length 1"]


def test_that_frames_without_marks_cost_the_list_nothing_and_those_with_no_style(
    marks, session, beneath, monkeypatch
):
    worn, listed = [], []
    fill = marks._list
    monkeypatch.setattr(marks.rows, "setStyleSheet", worn.append)
    monkeypatch.setattr(marks, "_list", lambda: (listed.append(1), fill()))
    frames = [film(uid=f"1.{number}") for number in range(4)]
    for one in frames:
        session.pointer.show_film(one)
    assert not listed
    session.annotations.add(0, frames[-1], "length", ((0.0, 0.0), (9.0, 9.0)))
    assert names(marks) == ["Length 1"]
    session.pointer.show_film(frames[0])
    assert names(marks) == []
    assert not worn


def test_that_what_is_chosen_renamed_and_removed_in_the_list_is_so_on_the_film(
    marks, session, beneath
):
    shown = film(uid="1.1")
    session.pointer.show_film(shown)
    one = session.annotations.add(0, shown, "length", ((0.0, 0.0), (9.0, 9.0)))
    marks.renamed.emit(one.id, "Heart")
    assert names(marks) == ["Heart"]
    session.annotations.choose("")
    marks.rows.topLevelItem(0).setSelected(True)
    assert session.annotations.chosen == one.id
    marks.removal_requested.emit(one.id)
    assert names(marks) == []
    session.panes.undo()
    assert names(marks) == ["Heart"]


def test_that_undo_and_redo_go_through_gestures_and_marks_in_their_order(marks, session, beneath):
    shown = film(uid="1.1")
    session.pointer.show_film(shown)
    session.annotations.add(0, shown, "length", ((0.0, 0.0), (9.0, 9.0)))
    session.pointer.show_window(replace(made.WINDOW, width=99.0))
    session.panes.undo()
    assert (session.pointer.viewport.window.voi.width, names(marks)) == (256, ["Length 1"])
    session.panes.undo()
    assert names(marks) == []
    session.panes.redo()
    session.panes.redo()
    assert (session.pointer.viewport.window.voi.width, names(marks)) == (99, ["Length 1"])


@pytest.mark.parametrize("active", [0, 1])
def test_that_a_prior_of_the_patient_stands_before_whichever_pane_is_active(
    marks, session, beneath, active
):
    session.panes.arrange(1, 2)
    films = (film("20261123", uid="1.1"), film("20251008", uid="1.2"))
    for pointer, shown in zip(session.panes.all, films, strict=True):
        pointer.show_film(shown)
    session.annotations.add(0, films[0], "length", ((0.0, 0.0), (30.0, 40.0)))
    session.annotations.add(1, films[1], "length", ((0.0, 0.0), (30.0, 0.0)))
    session.panes.activate(active)
    assert table(marks)[0][:4] == ["Length 1", "10.0 mm", "6.00 mm", "+4.0 mm"]


def test_that_two_patients_are_not_compared(marks, session, beneath):
    session.panes.arrange(1, 2)
    films = (film("20261123", "P-1", uid="1.1"), film("20251008", "P-2", uid="1.2"))
    for pointer, shown in zip(session.panes.all, films, strict=True):
        pointer.show_film(shown)
    session.panes.activate(0)
    session.annotations.add(0, films[0], "length", ((0.0, 0.0), (30.0, 40.0)))
    assert marks.rows.isHeaderHidden()
    assert table(marks)[0][:2] == ["Length 1", "10.0 mm"]


def test_that_the_nearest_prior_is_compared():
    now = film("20261123")
    priors = [film("20240101"), film("20251008"), film("20271008", "P-9")]
    assert compared(now, [now, *priors]) == (now, priors[1])
    assert compared(priors[0], [now, priors[0]]) == (now, priors[0])
    assert compared(now, [now]) == (now, None)
    assert np.isclose(now.frame.header.spacing.row_mm, 0.2)
