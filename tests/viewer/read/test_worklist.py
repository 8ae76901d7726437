from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTreeView

from engine.types import Image
from viewer.kit import theme
from viewer.kit.widgets import LongPress
from viewer.read.worklist import RowMenu, Worklist
from viewer.read.worklist_model import NODE_ROLE
from viewer.session.choices import Outcome

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform
A, B = Path("/films/a.dcm"), Path("/films/b.png")
ONE = "what a.dcm holds"


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def pane(qtbot):
    widget = Worklist()
    widget.resize(136, 600)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def listed(pane) -> QTreeView:
    return pane.findChild(QTreeView)


def entry(pane, row=0):
    QApplication.processEvents()  # rows stand in their order after the events of the moment
    return listed(pane).model().index(row, 0).data(NODE_ROLE).stack


def tooltip(pane, row=0):
    return listed(pane).model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole)


def colours(pane) -> set[str]:
    image = pane.grab().toImage()
    size = range(image.width()), range(image.height())
    return {image.pixelColor(x, y).name() for x in size[0] for y in size[1]}


def drop_of(urls) -> tuple[QMimeData, QDropEvent]:
    data = QMimeData()
    data.setUrls(urls)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return data, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)


def test_that_films_are_listed_in_the_order_in_which_they_came(pane):
    pane.add(B)
    pane.add(A)
    assert pane.paths() == (B, A)


def test_that_the_same_path_twice_is_one_entry(pane):
    pane.add(A)
    pane.add(A)
    assert pane.paths() == (A,)


def test_that_the_head_counts_the_films(pane):
    pane.add(A)
    pane.add(B)
    assert "2 films" in {found.text() for found in pane.findChildren(QLabel)}


def test_that_an_empty_list_says_what_to_do(pane):
    pane.add(A)
    pane.clear()
    shown = {found.text() for found in pane.findChildren(QLabel) if found.isVisible()}
    assert (pane.paths(), shown - {""}) == ((), {"Worklist", "Drop films here"})


def test_that_a_film_waits_for_its_number(pane):
    pane.add(A)
    assert entry(pane).number == "…"


def test_that_a_result_is_shown_as_given(pane):
    pane.add(A)
    pane.hold(A, ONE)
    pane.show_result(ONE, Outcome("0.91"))
    assert (entry(pane).number, entry(pane).word) == ("0.91", "")


def test_that_a_class_before_the_number_stands_over_the_film(pane):
    pane.add(A)
    pane.hold(A, ONE)
    pane.show_result(ONE, Outcome("0.34", "pleural effusion"))
    assert (entry(pane).number, entry(pane).word) == ("0.34", "pleural effusion")


def test_that_an_abstained_film_has_a_word_and_no_number(pane):
    pane.add(A)
    pane.hold(A, ONE)
    why = "This model does not read MR images."
    pane.show_result(ONE, Outcome(why=why, severity="warning"))
    assert (entry(pane).number, entry(pane).word) == ("–", "Abstained")


def test_that_an_unreadable_film_says_so(pane):
    pane.add(A)
    pane.hold(A, ONE)
    pane.show_result(ONE, Outcome(why="It is cut off.", severity="error"))
    assert (entry(pane).number, entry(pane).word) == ("–", "Not read")


def test_that_a_doubtful_film_is_drawn_in_the_warning_colour(pane):
    pane.add(A)
    assert theme.WARNING.lower() not in colours(pane)
    pane.hold(A, ONE)
    pane.show_result(ONE, Outcome(severity="warning"))
    assert theme.WARNING.lower() in colours(pane)


def test_that_the_chosen_film_is_marked_with_the_accent(pane):
    pane.add(A)
    assert theme.ACCENT.lower() not in colours(pane)
    pane.select(A)
    assert theme.ACCENT.lower() in colours(pane)


def test_that_selecting_asks_for_nothing(pane, qtbot):
    pane.add(A)
    with qtbot.assertNotEmitted(pane.film_requested):
        pane.select(A)


def test_that_selecting_an_unknown_film_marks_none(pane):
    pane.add(A)
    pane.select(A)
    pane.select(B)
    assert not listed(pane).selectionModel().hasSelection()


def test_that_a_click_asks_for_the_film(pane, qtbot):
    pane.add(A)
    pane.add(B)
    view = listed(pane)
    QApplication.processEvents()
    place = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(pane.film_requested) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [B]


def test_that_a_result_for_a_film_that_was_never_added_is_ignored(pane):
    pane.hold(A, ONE)
    pane.show_result(ONE, Outcome("0.91"))
    assert pane.paths() == ()


def test_that_a_thumbnail_keeps_its_aspect(pane):
    pane.add(A)
    pane.hold(A, ONE)
    pane.show_thumbnail(ONE, np.full((300, 100), 200, np.uint8))
    size = entry(pane).picture.size()
    assert size.height() == pytest.approx(3 * size.width(), rel=0.02)


def test_that_a_thumbnail_outlives_its_array(pane):
    pane.add(A)
    pixels = np.full((3, 5), 200, np.uint8)
    pane.hold(A, ONE)
    pane.show_thumbnail(ONE, pixels)
    pixels[:] = 0
    assert entry(pane).picture.toImage().pixelColor(2, 1).red() == 200


def test_that_a_thumbnail_that_is_a_view_is_drawn_in_its_own_order(pane):
    pane.add(A)
    pane.hold(A, ONE)
    pane.show_thumbnail(ONE, np.arange(12, dtype=np.uint8).reshape(3, 4).T)
    assert entry(pane).picture.toImage().pixelColor(2, 0).red() == 8


def test_that_html_in_a_file_name_stays_text(pane):
    pane.add(Path("<b>x<b>.png"))
    assert "&lt;b&gt;x&lt;b&gt;.png" in tooltip(pane)


def test_that_direction_marks_in_a_file_name_are_dropped(pane):
    pane.add(Path("a\u202egnp.exe"))
    assert "\u202e" not in entry(pane).name + tooltip(pane)


def test_that_the_tooltip_names_what_the_header_says(pane):
    pane.add(A)
    pane.show_image(A, Image(A, "DICOM", "", 3, 80, 60, 8, "MONOCHROME2", modality="CR"))
    assert "DICOM · CR · 60 × 80 · 3 frames" in tooltip(pane)


def test_that_a_click_leaves_the_keys_to_the_film(pane):
    assert listed(pane).focusPolicy() == Qt.FocusPolicy.TabFocus


def test_that_dropped_local_files_are_asked_for(pane, qtbot):
    _data, event = drop_of([QUrl.fromLocalFile("/films/a.dcm"), QUrl("https://example.org/b")])
    with qtbot.waitSignal(pane.films_dropped) as caught:
        pane.dropEvent(event)
    assert caught.args == [(A,)]


def test_that_addresses_of_the_web_are_not_accepted(pane):
    data, _event = drop_of([QUrl("https://example.org/b.png")])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    event.ignore()
    pane.dragEnterEvent(event)
    assert not event.isAccepted()


def test_that_only_the_films_in_sight_are_drawn(pane, monkeypatch):
    drawn = []
    delegate = listed(pane).itemDelegate()
    monkeypatch.setattr(delegate, "paint", lambda _p, _o, index: drawn.append(index.row()))
    for number in range(500):
        pane.add(Path(f"/films/{number}.dcm"))
    pane.grab()
    assert 0 < len(set(drawn)) < 20


@pytest.mark.parametrize("width", [theme.STUDIES_WIDTH["narrow"], theme.STUDIES_WIDTH["wide"]])
def test_that_entries_are_as_wide_as_the_list(pane, qtbot, width):
    pane.setFixedWidth(width)
    pane.add(A)
    view = listed(pane)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(0, 0)).width() == width)


# ---------------------------------------------------------------------- fingers


@pytest.fixture
def finger(pane):
    """A finger on the first row; it goes down, rests, moves and goes up."""
    pane.add(A)
    entry(pane)
    screen, at = QTest.createTouchDevice(), listed(pane).viewport()
    row = listed(pane).visualRect(listed(pane).model().index(0, 0)).center()

    def do(what, place=row):
        getattr(QTest.touchEvent(at, screen), what)(0, place, at)

    return do


def test_that_a_finger_that_rests_on_a_row_opens_its_menu(pane, finger, monkeypatch):
    opened, requested = [], []
    monkeypatch.setattr(RowMenu, "popup", lambda menu, _at: opened.append(menu))
    pane.film_requested.connect(requested.append)
    timer = listed(pane).viewport().findChild(LongPress).rest
    finger("press")
    assert (timer.isActive(), opened) == (True, [])
    timer.timeout.emit()
    finger("release")
    assert (len(opened), requested) == (1, [])


def test_that_a_finger_that_taps_or_moves_opens_no_menu(pane, finger):
    timer = listed(pane).viewport().findChild(LongPress).rest
    finger("press")
    finger("release")
    assert not timer.isActive()
    finger("press")
    finger("move", QPoint(60, 200))
    assert not timer.isActive()


def test_that_the_button_of_a_mouse_may_rest(pane, finger, qtbot):
    qtbot.mousePress(listed(pane).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert not listed(pane).viewport().findChild(LongPress).rest.isActive()
