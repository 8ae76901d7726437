"""Panes side by side: sizes, the active one, titles, drops."""

from itertools import product

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from engine.types import Identity
from tests.viewer.film_values import heard
from viewer.kit import theme
from viewer.kit.widgets import PaneFrame
from viewer.read.layouts import GAP, PaneGrid, Title, dragged_stack, stack_mime, title_of
from viewer.session.comparing import Exam, Heading

SHAPES = tuple(product((1, 2, 3), repeat=2))


def new_pane():
    pane = PaneFrame(QWidget())
    pane.controls = QLabel("controls")
    pane.head_row.addWidget(pane.controls)
    return pane


@pytest.fixture
def grid(qtbot):
    grid = PaneGrid()
    qtbot.addWidget(grid)
    grid.resize(900, 720)
    grid.arrange((new_pane(),), 1, 1, 0)
    grid.show()
    return grid


def spread(grid, rows, columns, active=0):
    more = rows * columns - len(grid.panes)
    panes = (*grid.panes, *(new_pane() for _ in range(more)))[: rows * columns]
    grid.arrange(panes, rows, columns, active)
    grid.show_titles([Title(f"pane {place}") for place in range(len(panes))])
    return panes


@pytest.mark.parametrize(("rows", "columns"), SHAPES)
def test_that_panes_fill_the_grid_and_none_lies_on_another(grid, rows, columns):
    places = [pane.geometry() for pane in spread(grid, rows, columns)]
    assert all(grid.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for i, one in enumerate(places) for other in places[:i])
    covered = sum(place.width() * place.height() for place in places)
    assert covered >= (900 - columns * (GAP + 1)) * (720 - rows)


@pytest.mark.parametrize(("rows", "columns"), SHAPES)
def test_that_panes_are_all_of_one_size_but_for_rounding(grid, rows, columns):
    sizes = [pane.size() for pane in spread(grid, rows, columns)]
    assert max(s.width() for s in sizes) - min(s.width() for s in sizes) <= 1
    assert max(s.height() for s in sizes) - min(s.height() for s in sizes) <= 1


def test_that_panes_stay_when_there_are_others(grid):
    (first,) = grid.panes
    spread(grid, 2, 2)
    assert grid.panes[0] is first
    four = grid.panes
    spread(grid, 1, 2)
    assert grid.panes == four[:2]
    assert [pane.isVisible() for pane in four] == [True, True, False, False]


def test_that_one_pane_has_its_controls_and_several_have_titles(grid):
    (first,) = grid.panes
    assert first.controls.isVisible()
    assert not grid._titles[first].isVisible()
    _, second = spread(grid, 1, 2)
    assert [pane.controls.isVisible() for pane in (first, second)] == [False, False]
    assert [grid._titles[pane].isVisible() for pane in (first, second)] == [True, True]
    grid.show_controls(shown=True)
    assert [pane.controls.isVisible() for pane in (first, second)] == [True, False]


def accent_beside(grid, pane):
    shot = grid.grab().toImage()
    corner = pane.mapTo(grid, pane.body.pos())
    found = QColor(shot.pixel(corner.x(), corner.y() + 20))
    return found == QColor(theme.ON_FILM.accent)


def test_that_only_the_active_one_of_several_has_a_frame(grid):
    assert not accent_beside(grid, grid.panes[0])
    panes = spread(grid, 1, 2, active=1)
    assert [accent_beside(grid, pane) for pane in panes] == [False, True]


def test_that_a_click_anywhere_in_a_pane_asks_for_it(grid):
    panes = spread(grid, 2, 2)
    asked = heard(grid.activated)
    QTest.mouseClick(panes[2].body, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panes[0].body, Qt.MouseButton.LeftButton)  # the active one
    assert set(asked) == {(2,)}


def test_that_two_clicks_on_a_head_ask_for_the_pane_alone(grid):
    panes = spread(grid, 1, 2)
    asked = heard(grid.alone_requested)
    QTest.mouseDClick(panes[1].head, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(panes[1].body, Qt.MouseButton.LeftButton)
    assert asked == [(1,)]


def test_that_a_pane_alone_has_all_the_room_and_gives_it_back(grid):
    panes = spread(grid, 2, 2, active=3)
    grid.show_alone(alone=True)
    assert (panes[3].geometry(), grid.shape) == (grid.rect(), (1, 1))
    assert [pane.isVisible() for pane in panes] == [False, False, False, True]
    grid.show_alone(alone=False)
    assert all(pane.isVisible() for pane in panes)


def test_that_only_the_lowest_panes_have_a_foot(grid):
    panes = spread(grid, 2, 1)
    grid.show_map(asked=True)
    assert [pane.foot.isVisible() for pane in panes] == [False, True]


def test_that_several_panes_without_a_map_give_their_feet_to_the_films(grid):
    panes = spread(grid, 1, 2)
    grid.show_map(asked=True)
    QApplication.processEvents()
    mapped = [pane.body.height() for pane in panes]
    grid.show_map(asked=False)
    QApplication.processEvents()
    assert [pane.body.height() for pane in panes] == [height + theme.FOOT for height in mapped]
    grid.show_alone(alone=True)
    assert panes[0].foot.isVisible()


def test_that_a_stack_may_be_dropped_on_any_pane(grid):
    panes = spread(grid, 1, 2)
    dropped = heard(grid.stack_dropped)
    mime = stack_mime("films/ä.dcm#0")  # lives as long as the events
    assert dragged_stack(mime) == "films/ä.dcm#0"
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    for event in (
        QDragEnterEvent(QPoint(5, 5), copy, mime, buttons, keys),
        QDropEvent(QPointF(5, 5), copy, mime, buttons, keys),
    ):
        QApplication.sendEvent(panes[1].body, event)
        assert event.isAccepted()
    assert dropped == [(1, "films/ä.dcm#0")]


def test_that_the_link_button_asks(grid):
    panes = spread(grid, 1, 2)
    asked = heard(grid.link_requested)
    QTest.mouseClick(grid._titles[panes[0]].link, Qt.MouseButton.LeftButton)
    assert asked == [(True,)]


def test_that_a_right_click_leaves_the_head_as_it_is(grid):
    panes = spread(grid, 1, 2)
    asked = heard(grid.alone_requested)
    QTest.mouseDClick(panes[1].head, Qt.MouseButton.RightButton)
    assert asked == []


# ------------------------------------------------------------------------------ titles
def exam(patient="P1", day="2026-11-23", modality="DX"):
    identity = Identity(patient_id=patient, study_date=day, body_part="CHEST", view_position="PA")
    return Exam("key", identity, modality=modality)


def title(heading, kinds=(), *, true=False):
    return title_of(heading, frozenset(kinds), in_millimetres=true)


def test_that_a_title_says_role_date_kind_and_days():
    assert title(Heading(exam(), "current")) == Title("Current 2026-11-23", "DX chest PA")
    prior = title(Heading(exam(day="2025-10-08", modality="CR"), "prior", 411))
    assert prior == Title("Prior 2025-10-08", "CR chest PA · 411 days before")
    assert title(Heading()) == Title()


def test_that_a_title_says_what_is_linked_and_whether_in_millimetres():
    heading = Heading(exam())
    assert title(heading, ("pan", "zoom")).linked == "zoom · pan"
    assert title(heading, ("zoom", "scroll"), true=True).linked == "scroll · zoom in mm"
    assert title(heading, ("scroll",), true=True).linked == "scroll"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (Heading(exam("P2"), whose="other"), "Different patients: P2"),
        (Heading(exam(""), whose="other"), "Different patients"),
        (Heading(exam("P1"), whose="unknown"), "Same patient? P1"),
        (Heading(exam(""), whose="unknown"), "Same patient? The file has no patient ID"),
        (Heading(exam(), whose="same"), ""),
    ],
)
def test_that_a_title_warns_of_another_patient(heading, words):
    assert title(heading).warning == words
    assert words in title(heading).words


@pytest.mark.parametrize("name", ["dark", "light"])
def test_that_a_warning_is_a_band_over_the_whole_pane(grid, qapp, name):
    theme.wear(qapp, theme.THEMES[name])
    panes = spread(grid, 1, 2)
    warned = Title("2026-11-23", "DX", warning="Different patients: P2")
    grid.show_titles([Title("2026-11-23"), warned])
    band = QColor(theme.WARNING)
    shots = [grid._titles[pane].grab().toImage() for pane in panes]
    shares = [
        sum(QColor(shot.pixel(x, 6)) == band for x in range(shot.width())) / shot.width()
        for shot in shots
    ]
    theme.wear(qapp, theme.DARK)
    assert shares[0] == 0
    assert shares[1] > 0.95
