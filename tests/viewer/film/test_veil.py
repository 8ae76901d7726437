"""What lies over a film while another one is on its way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from viewer.film import veil
from viewer.film.veil import AT_ONCE, Veil
from viewer.kit import theme
from viewer.session.choices import Loading

LOADING = Loading(Path("/mnt/pacs/export.png"), place="/mnt/pacs")


class Bright(QWidget):
    """A film that counts how often it is pointed at."""

    def __init__(self):
        super().__init__()
        self.pointed = 0
        self.setStyleSheet("background: white;")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(600, 400)

    def mousePressEvent(self, event):
        self.pointed += 1


@pytest.fixture
def film(qapp, qtbot):
    theme.apply(qapp)
    film = Bright()
    qtbot.addWidget(film)
    film.show()
    qtbot.waitExposed(film)
    return film


@pytest.fixture
def over(film):
    return Veil(film, lambda: QRect(0, 0, 600, 400))


def lightness(widget):
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return picture.pixelColor(10, 10).red()


def test_that_a_film_is_dimmed_at_once_but_can_still_be_seen(film, over):
    before = lightness(film)
    over.show_loading(LOADING)
    assert 0.3 * before < lightness(film) < 0.7 * before
    assert over.words == (AT_ONCE,)
    assert not over.cancel.isVisible()


def test_that_after_a_while_it_names_the_film_and_offers_to_cancel(over, qtbot, monkeypatch):
    over._named.setInterval(0)
    over.show_loading(LOADING, "before.png")
    qtbot.waitUntil(over.cancel.isVisible)
    assert over.words == ("Loading export.png …", "Still showing before.png")


def test_that_a_frame_is_named_by_its_number(over, qtbot):
    over._named.setInterval(0)
    over.show_loading(Loading(Path("many.dcm"), index=4))
    qtbot.waitUntil(over.cancel.isVisible)
    assert over.words == ("Loading many.dcm, frame 5 …",)


@pytest.mark.parametrize(
    ("place", "named"), [("/mnt/pacs", "/mnt/pacs"), ("/", "its storage"), ("", "its storage")]
)
def test_that_a_storage_that_is_silent_is_named(over, qtbot, place, named):
    over._silent.setInterval(0)
    over.show_loading(Loading(Path("/mnt/pacs/export.png"), place=place))
    qtbot.waitUntil(over.cancel.isVisible)
    assert over.words[1] == f"Nothing from {named} for 10 s"


def test_that_words_fit_on_their_plate(over, qtbot):
    over._silent.setInterval(0)
    over.show_loading(Loading(Path("/mnt") / ("long " * 40), place="/mnt/" + "p" * 300))
    qtbot.waitUntil(over.cancel.isVisible)
    plate = over._plate
    assert plate.width() <= veil.WIDEST
    for line in (plate._first, plate._second):
        assert line.fontMetrics().horizontalAdvance(line.text()) <= line.width()


def test_that_another_choice_is_named_at_once_where_the_reader_waits_already(over, qtbot):
    over._named.setInterval(0)
    over.show_loading(LOADING)
    qtbot.waitUntil(over.cancel.isVisible)
    over.show_loading(Loading(Path("other.png")))
    assert over.words == ("Loading other.png …",)


def test_that_it_goes_when_the_film_is_there(film, over):
    before = lightness(film)
    over.show_loading(LOADING)
    over.show_loading(None)
    assert lightness(film) == before
    assert not over._named.isActive()


def test_that_nothing_beneath_can_be_pointed_at(film, over, qtbot):
    over.show_loading(LOADING)
    target = film.childAt(QPoint(10, 10))
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    assert film.pointed == 0


def test_that_it_is_as_large_as_what_lies_beneath(film, over):
    over.show_loading(LOADING)
    film.resize(500, 300)
    assert over.geometry() == film.rect()


def test_that_escape_and_the_button_cancel(film, over, qtbot):
    over._named.setInterval(0)
    over.show_loading(LOADING)
    qtbot.waitUntil(over.cancel.isVisible)
    with qtbot.waitSignal(over.cancelled):
        qtbot.keyClick(film, Qt.Key.Key_Escape)
    with qtbot.waitSignal(over.cancelled):
        over.cancel.click()


def test_that_escape_is_free_while_nothing_is_on_its_way(film, over, qtbot):
    over.show_loading(LOADING)
    over.show_loading(None)
    with qtbot.assertNotEmitted(over.cancelled):
        qtbot.keyClick(film, Qt.Key.Key_Escape)


def test_that_a_veil_without_words_only_dims(film):
    plain = Veil(film)
    before = lightness(film)
    plain.show_loading(LOADING)
    assert lightness(film) < before
    assert not plain._plate.isVisible()
