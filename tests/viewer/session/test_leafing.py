"""Stacks in the session: leafed through from memory, each as it was left."""

from pathlib import Path

import pytest

from engine.types import Window
from tests.viewer.film_values import heard
from viewer.session import fetching, leafing, session as session_module
from viewer.session.loading import film_of

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
SLICES = tuple(Path(f"/films/ct/{number:03}.dcm") for number in range(30))
OTHERS = tuple(Path(f"/films/mr/{number:03}.dcm") for number in range(7))
LUNG = Window(-600.0, 1500.0, "by hand", kind="by hand")


@pytest.fixture
def series(session, engine):
    """Two series of single files; their frames are read ahead."""
    engine.series = [("ct", SLICES), ("mr", OTHERS)]
    engine.ahead = True
    return session


@pytest.fixture
def loaded(series, settle, qtbot):
    """The first of them is on screen, and all of its frames are in memory."""
    settle(series.open, SLICES)
    stack = series.stacks.by_key("ct")
    ahead = series.leafing.fetching
    qtbot.waitUntil(lambda: all(ahead.loaded_places(stack)), timeout=60_000)
    return series


def test_that_files_of_one_series_are_one_entry_of_the_list(series, settle):
    changed = heard(series.films.stacks_changed)
    settle(series.open, (*SLICES, A))
    (stacks,) = changed[-1]
    assert sorted(map(len, stacks)) == [1, 30]
    assert series.stacks.of(SLICES[12]) is series.stacks.by_key("ct")
    assert series.stacks.of(SLICES[12]).place_of(SLICES[12]) == 12


def test_that_the_first_film_is_on_screen_before_the_headers_of_all_are_read(
    series, engine, qtbot
):
    latch = engine.hold("place")
    with qtbot.waitSignal(series.frame_read, timeout=60_000):
        series.open(SLICES)
    assert series.film.frame.image.path == SLICES[0]
    assert len(series.pointer.viewport.stack) == 1
    with qtbot.waitSignal(series.pointer.stack_changed, timeout=60_000):
        latch.set()
    assert (len(series.pointer.viewport.stack), series.pointer.viewport.at) == (30, 0)


@pytest.fixture
def peeked(series, monkeypatch):
    """A folder whose eleventh slice is found first."""
    monkeypatch.setattr(session_module, "first_film", lambda _paths: SLICES[10])
    return series


def test_that_one_film_is_on_screen_before_any_is_listed(peeked, engine, settle, qtbot):
    latch = engine.hold(f"list {SLICES[0]}")
    with qtbot.waitSignal(peeked.frame_read, timeout=60_000):
        peeked.open(SLICES)
    assert (peeked.film.frame.image.path, peeked.films.paths) == (SLICES[10], ())
    shown, chosen = heard(peeked.frame_read), heard(peeked.film_selected)
    settle(latch.set)
    assert peeked.films.paths == SLICES
    assert (len(peeked.pointer.viewport.stack), peeked.pointer.viewport.at) == (30, 10)
    assert (shown, chosen[-1]) == ([], (SLICES[10],))
    assert engine.surveyed == [peeked.stacks.by_key("ct").middle.path]  # and not the early one


def test_that_another_is_shown_where_the_first_cannot_be_read(peeked, engine, settle):
    engine.bad = {SLICES[10]}
    settle(peeked.open, SLICES)
    assert peeked.film.frame.image.path == SLICES[0]


def test_that_what_the_reader_opens_meanwhile_is_shown(peeked, engine, settle, monkeypatch):
    latch = engine.hold(f"list {SLICES[0]}")
    peeked.open(SLICES)
    monkeypatch.setattr(session_module, "first_film", lambda _paths: None)
    peeked.open((A,))
    settle(latch.set)
    assert peeked.film.frame.image.path == A


def test_that_every_step_shows_the_newest_frame_at_once(loaded):
    shown = heard(loaded.frame_read)
    for at in range(1, 30):
        loaded.step_frame(1)
        assert (loaded.pointer.viewport.at, loaded.film.frame.image.path) == (at, SLICES[at])
    assert len(shown) == 29
    assert loaded.loading is None


def test_that_the_answer_is_asked_for_the_frame_on_which_the_reader_rests(loaded, settle, engine):
    before = len(engine.analysed)
    started, blanked = heard(loaded.analyses.reading_started), heard(loaded.analyses.blanked)

    def leaf():
        for _ in range(20):
            loaded.step_frame(1)

    settle(leaf)
    assert [path for path, _, _ in engine.analysed[before:]] == [SLICES[20]]
    assert loaded.analysis.image.path == SLICES[20]
    assert started == [(SLICES[20].name,)]  # of none that was passed
    assert len(blanked) == 1


def test_that_the_old_answer_goes_with_the_first_step(loaded):
    assert loaded.analysis is not None
    loaded.step_frame(1)
    assert loaded.analysis is None


def test_that_steps_add_up_while_frames_are_still_on_their_way(series, settle, engine):
    engine.ahead = False
    settle(series.open, SLICES)

    def hurry():
        for _ in range(12):
            series.step_frame(1)

    settle(hurry)
    assert series.pointer.viewport.at == 12


def test_that_a_held_key_shows_frames_on_its_way_though_each_takes_longer_than_it_repeats(
    series, settle, engine, qtbot
):
    engine.ahead = False
    settle(series.open, SLICES)
    shown = heard(series.frame_read)
    latch = engine.hold(f"load {SLICES[1].name}")
    for _ in range(9):
        series.step_frame(1)
    assert shown == []
    latch.set()
    settle(lambda: None)
    assert [film.frame.image.path for (film,) in shown] == [SLICES[1], SLICES[9]]


def test_that_a_stack_comes_back_as_it_was_left(loaded, settle):
    settle(loaded.open, OTHERS)
    loaded.show(loaded.stacks.by_key("ct"), 11)
    loaded.pointer.show_window(LUNG)
    settle(loaded.move_to_row, 5.0) if loaded.busy else loaded.move_to_row(5.0)
    settle(loaded.show, loaded.stacks.by_key("mr"), 3)
    assert loaded.pointer.viewport.window.voi != LUNG
    settle(loaded.show, loaded.stacks.by_key("ct"))
    assert (loaded.pointer.viewport.at, loaded.pointer.viewport.window.voi) == (11, LUNG)
    assert loaded.cursor.row == 5.0


def test_that_the_window_stays_within_a_stack(loaded):
    loaded.pointer.show_window(LUNG)
    for _ in range(5):
        loaded.step_frame(1)
        assert loaded.pointer.viewport.window.voi == LUNG


def test_that_left_and_right_go_from_stack_to_stack(series, settle):
    settle(series.open, (*SLICES, *OTHERS, A))
    settle(series.step_film, 1)
    assert series.pointer.viewport.stack.key == "mr"
    settle(series.step_film, 1)
    assert series.film.frame.image.path == A
    settle(series.step_film, -1)
    assert series.pointer.viewport.stack.key == "mr"


def test_that_of_a_series_the_middle_frame_is_looked_at_and_no_other(series, settle, engine):
    settle(series.open, (*SLICES, A))
    assert sorted(engine.surveyed) == [A, SLICES[14]]


def test_that_a_stack_that_is_taken_out_of_the_list_gives_way_to_the_next(loaded, settle):
    settle(loaded.open, OTHERS)
    removed = heard(loaded.films.removed)
    settle(loaded.close_films, (OTHERS[0],))
    assert set(removed[0][0]) == set(OTHERS)
    assert loaded.stacks.by_key("mr") is None
    assert loaded.pointer.viewport.stack.key == "ct"


def test_that_a_file_that_has_changed_is_not_shown_from_memory(loaded, settle, engine, qtbot):
    engine.overwrite(SLICES[5], "another film")
    loaded.films.check((SLICES[5],))
    ahead, frame = loaded.leafing.fetching, loaded.stacks.by_key("ct").frames[5]
    qtbot.waitUntil(lambda: ahead.stored(frame) is None, timeout=60_000)
    settle(loaded.go_to_frame, 5)
    assert loaded.film.stamp == engine.stamp(SLICES[5])


# ------------------------------------------------------------------ one window
def test_that_the_automatic_window_is_that_of_the_whole_stack(series, settle, monkeypatch, engine):
    auto = Window(40.0, 333.0, "auto", kind="auto")
    asked = []
    monkeypatch.setattr(leafing, "window_of", lambda frames: asked.append(frames) or auto)
    settle(series.open, SLICES)
    settle(series.step_frame, 9)
    assert [len(frames) for frames in asked] == [fetching.SAMPLE]
    stack, pointer = series.stacks.by_key("ct"), series.pointer
    pointer.show_film(film_of(engine.stored(SLICES[3], 0), None, None), stack)
    pointer.choose_voi(pointer.viewport.window.computed("auto"))
    assert pointer.viewport.window.voi != auto  # that of the frame alone
    pointer.take_auto(auto)
    assert pointer.viewport.window.voi == auto
    pointer.show_film(film_of(engine.stored(SLICES[4], 0), pointer.film, auto), stack)
    assert pointer.viewport.window.voi == auto


# ------------------------------------------------------------------ memory
def test_that_memory_is_bounded_and_the_nearest_frames_stay(series, settle, qtbot, engine):
    size = engine.stored(SLICES[0], 0).nbytes
    ahead = series.leafing.fetching
    ahead.store.limit = 10 * size
    settle(series.open, SLICES)
    stack = series.stacks.by_key("ct")
    qtbot.waitUntil(lambda: sum(ahead.loaded_places(stack)) >= 9, timeout=60_000)
    settle(series.go_to_frame, 20)
    qtbot.waitUntil(lambda: all(ahead.loaded_places(stack)[17:24]), timeout=60_000)
    assert ahead.store.nbytes <= ahead.store.limit
    fetched = len(engine.fetched)
    settle(lambda: series.step_frame(0) or series.select(SLICES[20]))
    assert len(engine.fetched) == fetched  # nothing is read and let go of in turns


def test_that_frames_are_read_outwards_from_where_the_reader_is(series, settle, engine, qtbot):
    settle(series.open, SLICES)
    qtbot.waitUntil(lambda: len(engine.fetched) == 30, timeout=60_000)
    assert [path for path, _ in engine.fetched[:3]] == list(SLICES[:3])


def test_that_a_frame_that_cannot_be_read_ahead_is_asked_for_once(series, settle, engine, qtbot):
    engine.bad.add(SLICES[4])
    settle(series.open, SLICES)
    stack, ahead = series.stacks.by_key("ct"), series.leafing.fetching
    qtbot.waitUntil(lambda: sum(ahead.loaded_places(stack)) == 29, timeout=60_000)
    assert engine.fetched.count((SLICES[4], 0)) == 1
