"""A film on its way: what is on screen is another one; a share that hangs holds up nothing."""

from pathlib import Path

import pytest

from tests.viewer.film_values import heard
from viewer.session import film_list, jobs
from viewer.session.choices import Loading

A, B, C = Path("/films/a.dcm"), Path("/films/b.dcm"), Path("/films/c.dcm")
SHARE, OTHER = Path("/share/s.dcm"), Path("/share/t.dcm")


@pytest.fixture
def storages(session, monkeypatch):
    """Every folder is a storage of its own."""
    for lanes in (session._reading, session.films.surveying, session.films.checking):
        monkeypatch.setattr(lanes._storages, "of", lambda path: str(path.parent))


def names(loading):
    return [one.path.name if one is not None else None for (one,) in loading]


def test_that_the_film_on_its_way_is_named_from_the_moment_of_the_choice(session, settle, engine):
    settle(session.open, (A, B))
    latch, loading = engine.hold("load b.dcm"), heard(session.loading_changed)
    session.select(B)
    assert names(loading) == ["b.dcm"]
    assert session.film.frame.image.path == A
    settle(latch.set)
    assert names(loading) == ["b.dcm", None]


def test_that_an_opening_is_named_while_its_files_are_looked_for(session, settle, engine):
    latch = engine.hold(f"list {A}")
    session.open((A,))
    assert session.loading == Loading(A, place=session._reading.storage(A))
    settle(latch.set)
    assert session.loading is None


def test_that_a_film_that_cannot_be_read_is_not_on_its_way_any_more(session, settle, engine):
    settle(session.open, (A, B))
    engine.bad.add(B)
    settle(session.select, B)
    assert session.loading is None


def test_that_an_opening_without_films_is_not_on_its_way_any_more(session, settle, engine):
    engine.empty.add(B)
    settle(session.open, (B,))
    assert session.loading is None


def test_that_cancelling_stays_with_the_film_that_is_shown(session, settle, engine, qtbot):
    settle(session.open, (A, B))
    before = session.analysis
    latch = engine.hold("load b.dcm")
    selected, shown = heard(session.film_selected), heard(session.frame_read)
    session.select(B)
    settle(session.cancel)
    assert selected == [(B,), (A,)]
    latch.set()
    qtbot.waitUntil(lambda: not session.hangs, timeout=60_000)
    assert (shown, session.analysis) == ([], before)
    assert session.loading is None


def test_that_the_next_film_counts_from_the_one_that_is_shown_after_cancelling(
    session, settle, engine
):
    settle(session.open, (A, B, C))
    engine.hold("load c.dcm")
    session.select(C)
    session.cancel()
    settle(session.step_film, 1)
    assert session.film.frame.image.path == B


def test_that_a_cancelled_opening_adds_nothing(session, settle, engine, qtbot):
    settle(session.open, (A,))
    latch = engine.hold(f"list {B}")
    session.open((B,))
    settle(session.cancel)
    latch.set()
    qtbot.waitUntil(lambda: not session.hangs, timeout=60_000)
    assert session.films.paths == (A,)


def test_that_cancelling_the_first_film_leaves_an_empty_window(session, settle, engine, qtbot):
    engine.hold("load a.dcm")
    selected = heard(session.film_selected)
    session.open((A,))
    qtbot.waitUntil(lambda: bool(engine.threads_of_loads), timeout=60_000)
    settle(session.cancel)
    assert selected[-1] == (None,)
    assert (session.film, session.loading) == (None, None)


def test_that_nothing_is_cancelled_where_nothing_is_on_its_way(session, settle):
    settle(session.open, (A,))
    selected = heard(session.film_selected)
    session.cancel()
    assert selected == []


def test_that_frames_count_from_the_one_on_its_way(session, settle, engine):
    engine.frames = 5
    settle(session.open, (A,))

    def hurry():
        session.step_frame(1)
        session.step_frame(1)
        session.step_frame(1)

    settle(hurry)
    assert session.film.frame.index == 3


def test_that_a_film_of_another_storage_is_read_while_a_share_hangs(
    session, settle, engine, storages, qtbot
):
    settle(session.open, (A, B))
    engine.hold(f"list {SHARE}")
    session.open((SHARE,))
    session.select(B)
    qtbot.waitUntil(lambda: len(engine.analysed) == 2, timeout=60_000)
    qtbot.waitUntil(lambda: session.analysis is not None, timeout=60_000)
    assert session.analysis.image.path == B
    assert session.loading is None


def test_that_a_film_of_another_storage_is_opened_while_a_film_hangs(
    session, settle, engine, storages
):
    settle(session.open, (A, SHARE))
    engine.hold("load s.dcm")
    session.select(SHARE)
    settle(session.open, (B,))
    assert session.analysis.image.path == B


def test_that_an_opening_that_comes_late_does_not_take_the_screen(
    session, settle, engine, storages
):
    settle(session.open, (A,))
    latch = engine.hold(f"list {SHARE}")
    session.open((SHARE,))
    session.select(A)

    settle(latch.set)
    assert session.film.frame.image.path == A
    assert session.films.paths == (A, SHARE)


def test_that_films_of_two_storages_are_listed_in_the_order_of_their_names_on_the_line(
    session, settle, engine, storages, monkeypatch
):
    monkeypatch.setattr(film_list, "IN_ORDER_MS", 60_000)
    latch = engine.hold(f"list {SHARE}")
    added = heard(session.films.added)
    listed = session._openings._on_listed

    def release(opening, place, found):
        listed(opening, place, found)
        latch.set()  # the second part is there; only now the first one answers

    session._openings._on_listed = release
    settle(session.open, (SHARE, A))
    assert added == [((SHARE,),), ((A,),)]
    assert session.film.frame.image.path == SHARE


def test_that_a_storage_that_hangs_does_not_hold_up_the_films_after_it(
    session, engine, storages, qtbot, monkeypatch
):
    monkeypatch.setattr(film_list, "IN_ORDER_MS", 0)
    engine.hold(f"list {SHARE}")
    session.open((SHARE, A))
    qtbot.waitUntil(lambda: session.analysis is not None, timeout=60_000)
    assert session.analysis.image.path == A


def test_that_a_share_that_holds_too_many_reads_is_said_not_to_answer(
    session, settle, engine, storages, qtbot
):
    settle(session.open, (A, SHARE, OTHER))
    session._reading._lane(SHARE)._patience.setInterval(0)
    engine.hold("load s.dcm")
    messages = heard(session.message)
    for _ in range(jobs.MOST_ASIDE + 1):
        count = len(engine.threads_of_loads)
        session.select(SHARE)
        qtbot.waitUntil(lambda n=count: len(engine.threads_of_loads) > n, timeout=60_000)
    session.select(OTHER)
    qtbot.waitUntil(lambda: bool(messages), timeout=60_000)
    text = "t.dcm cannot be read now: /share is not answering. Try again later."
    assert [one.text for (one,) in messages] == [text]
    assert session.film.frame.image.path == A
    assert session.films.reason(OTHER) is None


def test_that_the_session_says_what_it_would_leave_behind(session, settle, engine, qtbot):
    settle(session.open, (A, B))
    qtbot.waitUntil(lambda: not session.hangs, timeout=60_000)
    engine.hold("load b.dcm")
    session.select(B)
    session.close()
    assert session.hangs
