"""The note over the pages of Inspect while no network is opened."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from viewer.inspect.closed import ClosedNote
from viewer.kit.language import told
from viewer.kit.pages import Pages

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def pages(qtbot):
    pages = Pages()
    qtbot.addWidget(pages)
    pages.resize(400, 200)
    for code in ("reading", "unit"):
        pages.add(code, code, QWidget())
    return pages


@pytest.fixture
def note(pages, session):
    session.inspection.show(shown=True)
    note = ClosedNote(pages, session, {"reading"}, centred=False)
    pages.turn_to("unit")
    return note


def seen(note, pages):
    return note.isVisibleTo(pages)


def test_that_without_a_film_it_asks_for_one(note, pages):
    assert seen(note, pages)
    assert "Open a film" in note.words.text()


def test_that_it_goes_when_the_network_is_opened(note, pages, session, settle):
    settle(session.open, (A,))
    assert session.inspection.opened is not None
    assert not seen(note, pages)


def test_that_a_film_without_an_answer_is_told_with_its_reason(
    note, pages, session, settle, engine
):
    engine.abstaining.add(A)
    settle(session.open, (A, B))
    assert seen(note, pages)
    assert note.title.text() == "No answer, so no rows to show"
    assert note.words.text() == told(session.analysis.abstained)
    settle(session.select, B)
    assert not seen(note, pages)


def test_that_a_hidden_answer_is_not_told_as_missing(note, pages, session, settle):
    session.analyses.calls.choose(first=True)
    settle(session.open, (A,))
    assert note.title.text() == "Your own call first"


def test_that_a_page_of_its_own_is_left_alone(note, pages):
    pages.turn_to("reading")
    assert not seen(note, pages)
    pages.turn_to("unit")
    assert seen(note, pages)


def test_that_it_covers_the_pages_at_any_size(note, pages, qtbot):
    pages.show()
    pages.resize(333, 111)
    assert note.geometry() == pages.rect()


def test_that_it_covers_pages_that_had_their_size_before_it(note, pages):
    note.say()
    assert note.geometry() == pages.rect()
