"""Ways to open films, and what is seen while there is none."""

from operator import attrgetter

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel


def drop(widget, *paths):
    """Hand a drop to the widget under the pointer, and on to its parents, as Qt does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    while widget is not None and not widget.acceptDrops():
        widget = widget.parentWidget()
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


@pytest.mark.parametrize(
    "place",
    ["film", "first_page", "strips.influence", "strips.states", "reading", "studies", "timeline"],
)
def test_that_a_film_may_be_dropped_anywhere(window, qtbot, film, place):
    target = attrgetter(place)(window)
    middle = target.childAt(target.rect().center()) or target
    with qtbot.waitSignal(window.session.frame_read, timeout=60_000):
        drop(middle, film)
    assert window.session.film.frame.image.path == film


def test_that_a_folder_is_opened_with_all_its_films(window, qtbot, film, second_film, read):
    read(window, film.parent)
    assert set(window.studies.paths()) >= {film, second_film}


def test_that_the_empty_window_says_how_to_open_a_film(window):
    page = window.first_page
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert page.isVisible()
    assert page.films.isVisible()
    assert any("Drop films anywhere" in text for text in texts)
    assert "Ctrl+O" in window.film.drawings.notice  # beneath the page, and after it


def test_that_the_research_line_is_there_before_any_film(window):
    texts = [label.text() for label in window.reading.findChildren(QLabel)]
    assert any("Research use only" in text for text in texts)


def test_that_a_bad_first_file_does_not_hide_the_good_second_one(window, tmp_path, film, read):
    bad = tmp_path / "a-letter.dcm"
    bad.write_text("This is a letter and no film.\n" * 40)
    read(window, bad, film)
    assert window.session.film.frame.image.path == film
