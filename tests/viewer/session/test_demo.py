"""The demo study: its first film is on screen before the second one is drawn."""

import threading
from pathlib import Path

import pytest

import engine.phantoms
from viewer.session import session as module
from viewer.session.loading import DEMO_PARTS, Found

FOLDER = Path("/cache/demo")
NAMES = [f"film-{place}.dcm" for place in range(DEMO_PARTS)]


@pytest.fixture
def shown(session, monkeypatch):
    """The films that were shown; the second one is not drawn before there was one."""
    films, there = [], threading.Event()

    def draw(folder, place):
        assert place == 0 or there.wait(60)
        return Found((folder / NAMES[place],))

    def show(film):
        films.append(film.frame.image.path.name)
        there.set()

    monkeypatch.setattr(module, "draw_demo", draw)
    monkeypatch.setattr(module, "first_of_demo", lambda folder: draw(folder, 0).films[0])
    session.frame_read.connect(show)
    yield films
    there.set()


def test_that_there_are_as_many_parts_as_the_engine_draws():
    assert engine.phantoms.DEMO_PARTS == DEMO_PARTS


def test_that_the_first_film_is_shown_before_the_second_is_drawn(session, settle, shown):
    told = []
    session.unexpected.connect(told.append)
    settle(session.open_demo, FOLDER)
    assert shown == ["film-0.dcm"]
    assert told == []


def test_that_the_other_films_come_one_by_one_in_their_order(session, settle, shown):
    added = []
    session.films.added.connect(added.append)
    settle(session.open_demo, FOLDER)
    assert added == [(FOLDER / name,) for name in NAMES]
    assert session.films.paths == tuple(FOLDER / name for name in NAMES)


def test_that_a_demo_that_cannot_be_drawn_says_so(session, settle, monkeypatch):
    told = []

    def draw(folder, place):
        raise engine.errors.DataError(
            "{folder} could not be written: {error}.", folder=folder, error="no room"
        )

    monkeypatch.setattr(module, "draw_demo", draw)
    monkeypatch.setattr(module, "first_of_demo", lambda folder: draw(folder, 0))
    session.message.connect(told.append)
    settle(session.open_demo, FOLDER)
    assert {message.text for message in told} >= {f"{FOLDER} could not be written: no room."}
    assert session.film is None
    assert session.loading is None
