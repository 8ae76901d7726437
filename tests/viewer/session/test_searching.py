"""States of the open film are looked for in the index of its model, the newest question first."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine import DataError
from tests.viewer import film_values as made, index_values
from tests.viewer.film_values import heard
from viewer.session import row_plane, searching as module
from viewer.session.searching import Stretch

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def index(monkeypatch, engine):
    return index_values.StandIn().put(monkeypatch, module, row_plane)


@pytest.fixture
def searching(index, session, settle):
    """With film A on screen, its network opened."""
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    return session.searching


def states():
    """Of the last layer, as the stand-in of the network leaves them behind."""
    return made.trace(made.model()).h[1]


def test_that_no_index_is_looked_for_before_a_film_is_opened(session, settle, index):
    settle(session.open, (A,))
    assert (index.looked, session.searching.why) == ([], "closed")


def test_that_the_state_under_the_cursor_is_looked_for(searching, index, session):
    step = session.cursor.step
    _, asked, count, without = index.searched[-1]
    np.testing.assert_array_equal(asked, states()[:, step : step + 1])
    assert (count, without) == (12, f"{A} 0")
    assert searching.stretch == Stretch(step, step, own=False)
    assert [one.film for one in searching.found] == [4, 5, 6]


def test_that_another_row_is_another_question(searching, index, session, settle):
    settle(session.move_to_row, 5.0)
    np.testing.assert_array_equal(index.searched[-1][1], states()[:, :1])


def test_that_rows_that_are_run_over_are_not_all_asked(searching, index, session, settle):
    before = len(index.searched)

    def drag():
        for row in range(5, 80, 10):
            session.move_to_row(float(row))

    settle(drag)
    assert len(index.searched) == before + 1
    np.testing.assert_array_equal(index.searched[-1][1], states()[:, 7:])


def test_that_a_brushed_stretch_stays_while_the_cursor_moves(searching, index, session, settle):
    settle(searching.brush, 5, 2)
    settle(session.move_to_row, 5.0) if session.busy else session.move_to_row(5.0)
    assert searching.stretch == Stretch(2, 5, own=True)
    np.testing.assert_array_equal(index.searched[-1][1], states()[:, 2:6])


def test_that_a_stretch_ends_with_the_film(searching, settle):
    settle(searching.brush, -3, 99)
    assert searching.stretch == Stretch(0, 7, own=True)


def test_that_a_stretch_brushed_before_its_film_is_opened_is_taken_then(index, session, settle):
    session.searching.brush(1, 2)
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    assert session.searching.stretch == Stretch(1, 2, own=True)


def test_that_a_released_stretch_gives_way_to_the_cursor(searching, session, settle):
    settle(searching.brush, 2, 5)
    settle(searching.release)
    step = session.cursor.step
    assert searching.stretch == Stretch(step, step, own=False)


def test_that_another_film_forgets_the_stretch_and_what_was_found(searching, session, settle):
    settle(searching.brush, 2, 5)
    found = heard(searching.found_changed)
    settle(session.open, (B,))
    assert found
    assert not searching.stretch.own
    assert searching.film.frame.image.path == B


def test_that_a_model_without_an_index_says_so(index, session, settle):
    index.index = None
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    assert (session.searching.why, session.searching.found) == ("none", ())


def test_that_an_index_of_another_model_is_told_in_a_sentence(index, session, settle):
    index.index = None
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    messages, searching = heard(session.message), session.searching
    index.index = index_values.summary("/indexes/two", "1" * 64, model="two")
    settle(searching.open_index, Path("/indexes/two"))
    assert (searching.why, searching.index, searching.found) == ("other", None, ())
    assert "states of two, and one is open" in searching.sentence
    assert [message.text for (message,) in messages] == [searching.sentence]


def test_that_an_index_of_older_weights_is_not_called_that_of_another_model(
    index, session, settle
):
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    index.index = index_values.summary("/indexes/one", "1" * 64, model="one")
    messages = heard(session.message)
    settle(session.searching.open_index, Path("/indexes/one"))
    assert ["other weights of one" in message.text for (message,) in messages] == [True]


def test_that_an_index_stays_where_another_one_is_of_no_use(searching, index, session, settle):
    messages = heard(session.message)
    before = searching.index
    index.index = index_values.summary("/indexes/two", "1" * 64, model="two")
    settle(searching.open_index, Path("/indexes/two"))
    index.fails = DataError("The index in {folder} is damaged.", folder="x")
    settle(searching.open_index, Path("x"))
    assert (searching.why, searching.index) == ("", before)
    assert [message.severity for (message,) in messages] == ["warning", "error"]
    assert messages[1][0].text == "The index in x is damaged."


def test_that_a_chosen_index_is_shown(searching, index, settle):
    index.index = index_values.summary("/indexes/mine")
    settle(searching.open_index, Path("/indexes/mine"))
    assert searching.index.folder == Path("/indexes/mine")
    assert index.searched[-1][0] == Path("/indexes/mine")


def test_that_the_reason_comes_back_with_the_film(index, session, settle):
    index.fails = DataError("The index in {folder} is damaged.", folder="x")
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    searching = session.searching
    assert (searching.why, str(searching.sentence)) == ("failed", "The index in x is damaged.")
    session.inspection.show(shown=False)
    assert searching.why == "closed"
    session.inspection.show(shown=True)
    assert (searching.why, str(searching.sentence)) == ("failed", "The index in x is damaged.")


def test_that_a_search_that_fails_says_why_and_finds_nothing(
    searching, index, monkeypatch, settle
):
    def search(*_arguments):
        raise DataError("faiss is not installed.")

    monkeypatch.setattr(module, "search_index", search)
    settle(searching.brush, 1, 2)
    assert (searching.found, str(searching.sentence)) == ((), "faiss is not installed.")


def test_that_nothing_of_a_film_is_told_before_the_own_call(index, session, settle):
    session.inspection.show(shown=True)
    session.analyses.calls.choose(first=True)
    settle(session.open, (A,))
    searching = session.searching
    assert (searching.why, searching.found, searching.stretch) == ("hidden", (), None)
    assert index.searched == []


def test_that_what_was_found_goes_when_answers_are_hidden(searching, session, settle):
    settle(lambda: session.analyses.calls.choose(first=True))
    assert (searching.why, searching.found, searching.plane.path) == ("hidden", (), None)


def test_that_the_label_of_a_film_that_waits_is_hidden(searching, session, settle):
    settle(session.open, (B,))
    content = session.films.content(B)
    assert searching.label("normal", content) == "normal"
    session.analyses.calls.choose(first=True)
    assert searching.label("normal", content) == "hidden until your call"
    assert searching.label("normal", "of a film that is not in the list") == "normal"


def test_that_a_match_of_the_list_is_shown_with_its_row(searching, session, settle):
    settle(session.open, (B,))
    settle(session.select, A)
    settle(searching.open_found, index_values.stretch(0, 6, 6))
    assert session.film.frame.image.path == B
    assert session.cursor.step == 6


def test_that_a_match_that_is_not_in_the_list_is_opened(searching, session, settle):
    settle(searching.open_found, index_values.stretch(1, 3, 3))
    assert session.film.frame.image.path == Path("/films/c.dcm")
    assert session.cursor.step == 3


def test_that_a_match_in_a_series_shows_its_own_image(session, settle, engine):
    slices = tuple(Path(f"/films/ct/{number:03}.dcm") for number in range(30))
    engine.series = [("ct", slices)]
    session.inspection.show(shown=True)
    engine.surveys_prepare = True
    settle(session.open, slices)
    wanted = slices[12]
    settle(session.searching.open_row, wanted, "", 3)
    assert session.film.frame.image.path == wanted


def test_that_another_film_forgets_where_the_cursor_was_wanted(searching, session, settle, engine):
    engine.bad.add(Path("/films/c.dcm"))
    settle(searching.open_found, index_values.stretch(1, 7, 7))  # cannot be read
    settle(session.open, (B,))
    engine.bad.clear()
    settle(session.open, (Path("/films/c.dcm"),))
    assert session.cursor.step != 7


def test_that_a_changed_film_is_looked_for_and_taken_back(searching, index, session, settle):
    trace = made.trace(made.model())
    other = SimpleNamespace(trace=replace(trace, h=-trace.h), edits=())
    settle(searching.show_changed, other)
    step = searching.stretch.first
    np.testing.assert_array_equal(index.searched[-1][1], -states()[:, step : step + 1])
    settle(searching.show_changed, None)
    np.testing.assert_array_equal(index.searched[-1][1], states()[:, step : step + 1])


def test_that_a_session_waits_for_the_answer(searching, session):
    searching.brush(1, 2)
    assert session.busy
