"""Viewports: values of a pane, layouts of several that share answers, and the way back."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from engine.types import Window
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session import viewport as module
from viewer.session.choices import MapChoice
from viewer.session.viewport import BY_HAND, History, Layout, Place, Step, Turn, Viewport

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
HAND, OTHER = Window(10.0, 20.0, "by hand"), Window(30.0, 40.0, "by hand")
NEAR = Place(3.0, 4.0, 2.0)


@pytest.fixture
def two(session, settle):
    """Two viewports side by side: A in the first one, B in the second, which is active."""
    settle(session.open, (A, B))
    session.panes.arrange(1, 2)
    session.panes.activate(1)
    settle(session.select, B)
    return session


def windows(session):
    return [shown.window.voi for shown in session.panes.layout.viewports]


# ---------------------------------------------------------------------- values
def test_that_a_viewport_is_a_value():
    assert Viewport(row=3.0) == replace(Viewport(), row=3.0)
    with pytest.raises(FrozenInstanceError):
        Viewport().row = 3.0


@pytest.mark.parametrize(
    ("count", "rows", "columns", "active"), [(1, 1, 2, 0), (2, 1, 2, 2), (2, 1, 2, -1)]
)
def test_that_a_layout_has_a_viewport_in_every_place(count, rows, columns, active):
    with pytest.raises(ValueError, match="viewport"):
        Layout((Viewport(),) * count, rows, columns, active)


def test_that_todays_window_is_a_layout_of_one(session, settle, engine):
    settle(session.open, (A,))
    (shown,) = session.panes.layout.viewports
    assert (shown.content, shown.index) == (engine.key(A, 0), 0)
    assert (shown.window.voi, shown.place) == (made.WINDOW, None)
    assert shown.row == session.cursor.row


# ---------------------------------------------------------------------- layouts
def test_that_each_viewport_has_film_window_place_map_and_row_of_its_own(two, engine):
    first, second = two.panes.all
    second.show_window(HAND)
    second.move(NEAR)
    two.choose_map(MapChoice(question="state", layer=0, units=(1, 2)))
    two.move_to_row(71.0)
    two.panes.activate(0)
    two.choose_map(MapChoice(question="influence"))
    two.move_to_row(12.0)
    left, right = two.panes.layout.viewports
    assert (left.content, right.content) == (engine.key(A, 0), engine.key(B, 0))
    assert (left.window.voi, right.window.voi) == (made.WINDOW, HAND)
    assert (left.place, right.place) == (None, NEAR)
    assert (left.choice.question, right.choice.question) == ("influence", "state")
    assert (left.choice.units, right.choice.units) == ((), (1, 2))
    assert (left.row, right.row) == (12.0, 71.0)
    assert (first.analysis.image.path, second.analysis.image.path) == (A, B)


def test_that_two_viewports_of_one_film_share_its_answer(two, settle, engine):
    count = len(engine.analysed)
    settle(two.select, A)
    first, second = two.panes.all
    assert len(engine.analysed) == count
    assert second.analysis.prediction is first.analysis.prediction


def test_that_a_film_goes_into_the_viewport_that_was_active_when_it_was_chosen(
    two, settle, engine
):
    latch = engine.hold("load a.dcm")
    shown = heard(two.frame_read)

    def leave():
        two.select(A)
        two.panes.activate(0)
        latch.set()

    settle(leave)
    assert [one.film.frame.image.path for one in two.panes.all] == [A, A]
    assert (shown, two.loading) == ([], None)


def test_that_another_model_reads_the_films_of_all_viewports(two, settle):
    settle(two.models.choose, Path("two"))
    assert [one.analysis.model.name for one in two.panes.all] == ["two", "two"]
    assert [one.analysis.image.path for one in two.panes.all] == [A, B]


def test_that_an_answer_is_shown_only_where_its_film_is(two, settle):
    analysed = heard(two.analyses.analysed)
    maps = [heard(one.map_changed) for one in two.panes.all]
    two.choose_map(MapChoice(question="state"))
    settle(two.select, B)
    assert maps[0] == []
    assert {analysis.image.path for (analysis,) in analysed} == {B}


def test_that_a_film_that_changes_in_another_viewport_is_read_again(two, settle, engine, qtbot):
    engine.overwrite(A, "another film")
    with qtbot.waitSignal(two.films.checking.idle, timeout=60_000):
        two.films.check((A,))
    qtbot.waitUntil(lambda: not two.busy, timeout=60_000)
    assert two.panes.all[0].film.key == engine.key(A, 0)
    assert two.panes.all[1].film.frame.image.path == B


def test_that_the_list_marks_the_film_of_the_active_viewport(two):
    selected = heard(two.film_selected)
    two.panes.activate(0)
    two.panes.activate(1)
    assert selected == [(A,), (B,)]


def test_that_fewer_viewports_keep_the_first_ones(two):
    arranged = heard(two.panes.arranged)
    two.panes.arrange(1, 1)
    (layout,) = arranged[-1]
    assert (len(layout.viewports), layout.active) == (1, 0)
    assert two.film.frame.image.path == A


@pytest.mark.parametrize(("rows", "columns"), [(0, 2), (2, 0), (-1, -1)])
def test_that_a_window_has_at_least_one_viewport(session, rows, columns):
    with pytest.raises(ValueError, match="viewports"):
        session.panes.arrange(rows, columns)


def test_that_a_new_viewport_knows_the_model(session, settle):
    session.panes.arrange(2, 2)
    session.panes.activate(3)
    session.choose_map(MapChoice(question="state", units=(1, made.UNITS)))
    assert session.choice.units == (1,)


# ---------------------------------------------------------------------- the way back
def test_that_a_drag_is_one_step_back(session, settle):
    settle(session.open, (A,))
    pointer = session.pointer
    pointer.begin()
    for width in (20.0, 30.0, 40.0):
        pointer.show_window(Window(10.0, width, "by hand"))
    pointer.end()
    last = pointer.viewport.window
    changed = heard(pointer.window_changed)
    session.panes.undo()
    assert (pointer.viewport.window.voi, changed[-1][0].place) == (made.WINDOW, 0)
    session.panes.undo()
    session.panes.redo()
    assert pointer.viewport.window == last
    assert last.voi.width == 40.0


def test_that_a_gesture_that_changes_nothing_is_no_step(session, settle):
    settle(session.open, (A,))
    session.pointer.show_window(HAND)
    session.pointer.begin()
    session.pointer.end()
    session.panes.undo()
    assert windows(session) == [made.WINDOW]


def test_that_a_new_gesture_ends_what_could_be_done_again(session, settle):
    settle(session.open, (A,))
    session.pointer.show_window(HAND)
    session.panes.undo()
    session.pointer.show_window(OTHER)
    session.panes.redo()
    assert windows(session) == [OTHER]


def test_that_presets_and_reset_can_be_undone(session, settle):
    settle(session.open, (A,))
    pointer = session.pointer
    pointer.show_window(HAND)
    pointer.choose_voi(0)
    pointer.move(NEAR)
    pointer.reset()
    places = heard(pointer.place_changed)
    session.panes.undo()
    assert (pointer.viewport.place, places[-1]) == (NEAR, (NEAR,))
    session.panes.undo()
    session.panes.undo()
    assert (pointer.viewport.place, pointer.viewport.window.place) == (None, BY_HAND)
    assert windows(session) == [HAND]


def test_that_notches_of_the_wheel_are_one_step(session, settle):
    settle(session.open, (A,))
    session.pointer.show_window(HAND)
    for scale in (1.1, 1.2, 1.3):
        session.pointer.move(Place(0.0, 0.0, scale), flows=True)
    session.panes.undo()
    assert (session.pointer.viewport.place, windows(session)) == (None, [HAND])


def test_that_a_row_pointed_at_can_be_undone_and_one_of_the_keys_is_no_step(session, settle):
    settle(session.open, (A,))
    before, pointer = session.cursor.row, session.pointer
    pointer.begin()
    session.move_to_row(12.0)
    session.move_to_row(14.0)
    pointer.end()
    session.step_row(3)
    session.panes.undo()
    assert (session.cursor.row, pointer.viewport.row) == (before, before)
    session.panes.redo()
    assert session.cursor.row == 14.0


def test_that_the_row_of_an_answer_that_comes_in_a_gesture_is_not_undone(
    session, settle, engine, qtbot
):
    latch = engine.hold("prepare a.dcm")
    session.open((A,))
    qtbot.waitUntil(lambda: session.film is not None, timeout=60_000)
    session.pointer.begin()
    settle(latch.set)
    session.pointer.show_window(HAND)
    session.pointer.end()
    row = session.cursor.row
    session.panes.undo()
    assert (windows(session), session.cursor.row) == ([made.WINDOW], row)


def test_that_a_gesture_is_undone_in_the_viewport_where_it_was_made(two):
    two.panes.all[0].show_window(HAND)
    two.panes.all[1].show_window(OTHER)
    two.panes.undo()
    assert windows(two) == [HAND, made.WINDOW]
    arranged = heard(two.panes.arranged)
    two.panes.undo()
    assert windows(two) == [made.WINDOW, made.WINDOW]
    assert arranged[-1][0].active == 0


def test_that_another_film_takes_its_steps_along_and_those_of_others_stay(two, settle):
    two.panes.all[0].show_window(HAND)
    two.panes.all[1].show_window(OTHER)
    settle(two.select, A)
    two.panes.undo()
    assert windows(two) == [made.WINDOW, made.WINDOW]
    two.panes.undo()
    assert windows(two) == [made.WINDOW, made.WINDOW]


def test_that_a_file_that_was_overwritten_takes_its_steps_along(session, settle, engine):
    settle(session.open, (A,))
    session.pointer.move(NEAR)
    engine.overwrite(A, "another film")
    settle(session.select, A)
    session.panes.undo()
    session.panes.redo()
    assert session.pointer.viewport.place is None


def test_that_another_frame_keeps_the_way_back(session, settle, engine):
    engine.frames = 2
    settle(session.open, (A,))
    session.pointer.show_window(HAND)
    settle(session.step_frame, 1)
    assert windows(session) == [HAND]
    session.panes.undo()
    assert windows(session) == [made.WINDOW]


def test_that_viewports_that_are_gone_take_their_steps_along(two):
    two.panes.all[0].show_window(HAND)
    two.panes.all[1].show_window(OTHER)
    two.panes.arrange(1, 1)
    two.panes.undo()
    assert windows(two) == [made.WINDOW]


def test_that_the_oldest_steps_are_forgotten(monkeypatch):
    monkeypatch.setattr(module, "DEPTH", 2)
    history = History()
    for row in range(4):
        history.add(Step(0, Viewport(row=float(row)), Viewport(row=row + 1.0)))
    assert [history.undo().before.row, history.undo().before.row] == [3.0, 2.0]
    assert history.undo() is None


def test_that_turn_inversion_and_smoothing_can_be_undone(session, settle):
    settle(session.open, (A,))
    pointer = session.pointer
    looks = heard(pointer.look_changed)
    pointer.turn(Turn(1))
    pointer.invert(inverted=True)
    pointer.smoothen(smooth=False)
    assert pointer.viewport.look == (Turn(1), True, False)
    for wanted in ((Turn(1), True, True), (Turn(1), False, True), (Turn(), False, True)):
        session.panes.undo()
        assert looks[-1][0].look == pointer.viewport.look == wanted
    session.panes.redo()
    assert pointer.viewport.look == (Turn(1), False, True)


def test_that_reset_lays_the_film_as_it_was_and_is_one_step(session, settle):
    settle(session.open, (A,))
    pointer = session.pointer
    pointer.turn(Turn(3, flipped=True))
    pointer.invert(inverted=True)
    pointer.move(NEAR)
    pointer.reset()
    assert (pointer.viewport.look, pointer.viewport.place) == ((Turn(), False, True), None)
    session.panes.undo()
    assert pointer.viewport.look == (Turn(3, flipped=True), True, True)
    assert pointer.viewport.place == NEAR


def test_that_a_frame_keeps_the_turn_and_another_film_does_not(session, settle, engine):
    engine.frames = 2
    settle(session.open, (A, B))
    session.pointer.turn(Turn(1))
    session.pointer.invert(inverted=True)
    settle(session.step_frame, 1)
    assert session.pointer.viewport.look == (Turn(1), True, True)
    settle(session.select, B)
    assert session.pointer.viewport.look == (Turn(), False, True)


def test_that_nothing_is_turned_where_there_is_no_film(session):
    looks = heard(session.pointer.look_changed)
    session.pointer.turn(Turn(1))
    assert (looks, session.pointer.viewport.turn) == ([], Turn())


# ------------------------------------------------------------------- the row that is seen
def test_that_quietly_a_row_is_seen_only_once_the_reader_moved_it(session, settle):
    session.panes.keep_quiet(quiet=True)
    told = heard(session.panes.cursor_moved)
    settle(session.open, (A,))
    assert session.cursor is not None
    assert all(cursor is None for (cursor,) in told)
    session.step_row(1)
    assert told[-1] == (session.cursor,)
    settle(session.open, (B,))
    assert told[-1] == (None,)


def test_that_quietly_a_row_is_seen_while_a_map_is_read_at_it(session, settle):
    session.panes.keep_quiet(quiet=True)
    settle(session.open, (A,))
    told = heard(session.panes.cursor_moved)
    session.choose_map(MapChoice("influence"))
    assert told[-1] == (session.cursor,)
    session.choose_map(MapChoice("none"))
    assert told[-1] == (None,)
    session.panes.keep_quiet(quiet=False)
    assert told[-1] == (session.cursor,)


def test_that_a_new_viewport_is_as_quiet_as_the_others(session):
    session.panes.keep_quiet(quiet=True)
    session.panes.arrange(1, 2)
    assert [pointer.quiet for pointer in session.panes.all] == [True, True]
