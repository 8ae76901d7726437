"""The session: maps, units and the row cursor."""

from pathlib import Path

import pytest

from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session.choices import MapChoice

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


def test_that_the_cursor_starts_where_the_answer_was_moved_most(session, settle):
    settle(session.open, (A,))
    assert session.cursor.step == 5


@pytest.mark.parametrize(("asked", "row", "step"), [(-40.0, 0.0, 0), (1e9, 79.999, 7)])
def test_that_the_cursor_stays_on_the_film(session, settle, asked, row, step):
    settle(session.open, (A,))
    session.move_to_row(asked)
    assert (session.cursor.row, session.cursor.step) == (row, step)


@pytest.mark.parametrize(("by", "step"), [(1, 6), (-1, 4), (-99_999, 0), (99_999, 7)])
def test_that_row_keys_move_by_steps_and_stop_at_the_ends(session, settle, by, step):
    settle(session.open, (A,))
    session.step_row(by)
    assert session.cursor.step == step


def test_that_the_cursor_needs_a_film(session):
    session.move_to_row(3.0)
    session.step_row(1)
    assert session.cursor is None


def test_that_another_frame_keeps_the_row_but_not_the_old_answer(session, settle, engine):
    engine.frames = 2
    settle(session.open, (A,))
    session.move_to_row(33.0)
    shown = []
    session.frame_read.connect(lambda _film: shown.append(session.cursor))
    settle(session.step_frame, 1)
    assert (shown[0].row, shown[0].step, shown[0].tag) == (33.0, None, "stored row 33")
    assert (session.cursor.row, session.cursor.step) == (33.0, 3)


@pytest.mark.parametrize(("by", "at"), [(-1, 0), (5, 2)])
def test_that_there_are_no_frames_beyond_the_ends(session, settle, engine, by, at):
    engine.frames = 3
    settle(session.open, (A,))
    session.step_frame(by)
    if at:
        settle(session.step_frame, 1)  # the end is on its way, and nothing lies beyond it
    assert session.loading is None
    assert session.film.frame.index == at


def test_that_units_that_the_model_does_not_have_are_not_chosen(session, settle):
    settle(session.open, (A,))
    session.choose_map(MapChoice(question="state", units=(1, made.UNITS, -1, 4)))
    assert session.choice.units == (1, 4)


def test_that_another_map_needs_no_network(session, settle, engine):
    settle(session.open, (A,))
    count, maps = len(engine.analysed), heard(session.pointer.map_changed)
    session.choose_map(MapChoice(question="influence"))
    assert maps[-1][0].question == "influence"
    assert (len(engine.analysed), session.busy) == (count, False)


def test_that_a_film_of_fewer_steps_can_follow_one_of_more(session, settle, engine):
    engine.steps = {A: 21, B: 3}
    settle(session.open, (A, B))
    session.choose_map(MapChoice(question="state"))
    session.step_row(99_999)
    assert session.cursor.step == 20
    maps = heard(session.pointer.map_changed)
    settle(session.select, B)
    session.step_row(99_999)
    assert session.cursor.step == 2
    assert len(maps[-1][0].values) == 3
