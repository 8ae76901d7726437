"""Before anything is open the window says what to do; over a film it says nothing."""

from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from viewer.read.first_page import NO_MODEL, FirstPage
from viewer.session.opening import Opening
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow


@pytest.fixture
def place(qtbot):
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(800, 600)
    place.show()
    return place


def page_of(place, session):
    page = FirstPage(place)
    page.opening = Opening(session, Settings(Memory()), place)  # a window keeps it
    page.follow(session, page.opening)
    return page


def words(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_that_it_says_what_to_do_and_what_this_is_not_for(place, session):
    page = page_of(place, session)
    said = " ".join(words(page))
    assert page.isVisible()
    assert "Drop films anywhere" in said
    assert "Research use only. Not a diagnosis." in said
    assert NO_MODEL not in said


def test_that_it_goes_as_soon_as_something_is_opened_and_stays_away(qtbot, place, session):
    page = page_of(place, session)
    session.open((Path("a.dcm"),))
    assert not page.isVisible()
    qtbot.waitUntil(lambda: session.film is not None and not session.busy, timeout=60_000)
    assert not page.isVisible()


def test_that_it_is_there_again_where_nothing_was_found(qtbot, engine, place, session):
    page, folder = page_of(place, session), Path("folder")
    engine.empty.add(folder)
    session.open((folder,))
    assert not page.isVisible()
    qtbot.waitUntil(lambda: not session.busy and page.isVisible(), timeout=60_000)


def test_that_without_a_model_it_says_that_nothing_is_read(qtbot, place):
    session = Session(())
    assert NO_MODEL in words(page_of(place, session))
    session.close()


def test_that_it_is_as_large_as_what_it_covers(qtbot, place, session):
    page = page_of(place, session)
    place.resize(500, 400)
    qtbot.waitUntil(lambda: page.size() == place.size())


def test_that_every_button_does_what_it_says(place, session, monkeypatch):
    asked = []
    for name in ("ask_for_films", "ask_for_folder", "open_demo"):
        monkeypatch.setattr(Opening, name, partialmethod(lambda _self, of: asked.append(of), name))
    page = page_of(place, session)
    for button in (page.films, page.folder, page.demo):
        button.click()
    assert asked == ["ask_for_films", "ask_for_folder", "open_demo"]


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_that_keys_reach_every_way_in_at_once(window, qtbot):
    page = window.first_page
    reached = [window.focusWidget()]
    for _ in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached == [page.films, page.folder, page.demo]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_enter_and_space_open_the_demo(place, session, qtbot, monkeypatch, key):
    shown = []
    monkeypatch.setattr(Opening, "open_demo", lambda _opening: shown.append("demo"))
    qtbot.keyClick(page_of(place, session).demo, key)
    assert shown == ["demo"]


def test_that_keys_are_the_films_as_soon_as_there_is_one(window, qtbot):
    window.session.open((Path("a.dcm"),))
    qtbot.waitUntil(lambda: window.session.film is not None, timeout=60_000)
    assert window.focusWidget() is window.film
