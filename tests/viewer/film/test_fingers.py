"""Fingers over a film: each test touches a pane as a screen would."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.viewer import film_values as made
from tests.viewer.film_panes import build
from tests.viewer.film_values import heard
from viewer.film.fingers import STEP, Pinch


@pytest.fixture(scope="module")
def screen(qapp):
    return QTest.createTouchDevice()


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


@pytest.fixture
def stack(qtbot):
    return build(qtbot, of=made.image(frame_count=9))


class Hand:
    """Fingers by number; every call is one report of the screen."""

    def __init__(self, pane, screen):
        self.pane, self.widget, self.screen = pane, pane.view.viewport(), screen
        self.down = {}

    def report(self, **what):
        """What fingers do at one time, by name of the call; others stay."""
        touches = QTest.touchEvent(self.widget, self.screen, autoCommit=False)
        for finger, place in self.down.items():
            stays = finger not in what.get("fingers", self.down)
            do = touches.move if stays else getattr(touches, what["does"])
            do(finger, QPointF(*place).toPoint(), self.widget)
        touches.commit()

    def put(self, *places):
        """Put fingers down, one after the other."""
        for place in places:
            finger = len(self.down)
            self.down[finger] = place
            self.report(does="press", fingers={finger})
        return self

    def move(self, *places):
        """Move all of them."""
        self.down = dict(enumerate(places))
        self.report(does="move")
        return self

    def lift(self, finger=None):
        """Take one of them off, or all, the last one first."""
        for one in list(reversed(self.down)) if finger is None else [finger]:
            self.report(does="release", fingers={one})
            del self.down[one]
        return self


@pytest.fixture
def hand(pane, screen):
    return Hand(pane, screen)


def steps(pane):
    """How often something that can be undone began and ended."""
    return heard(pane.gesture_began), heard(pane.gesture_ended)


# ---------------------------------------------------------------------- two fingers


def test_that_a_pinch_enlarges_by_how_much_fingers_part(pane, hand):
    before = pane.placement.scale
    hand.put((200, 300), (300, 300)).move((180, 300), (320, 300)).move((150, 300), (350, 300))
    assert pane.placement.scale == pytest.approx(2 * before)


def test_that_a_pinch_keeps_what_lies_between_the_fingers(pane, hand):
    between = pane.stored(QPointF(220, 300))
    hand.put((170, 300), (270, 300)).move((150, 320), (310, 320)).move((160, 350), (400, 350))
    after = pane.stored(QPointF(280, 350))
    assert (after.x(), after.y()) == pytest.approx((between.x(), between.y()))


def test_that_two_fingers_move_an_enlarged_film(pane, hand):
    pane.zoom_by(3.0)
    scale, between = pane.placement.scale, pane.stored(QPointF(250, 300))
    hand.put((200, 300), (300, 300)).move((240, 330), (340, 330))
    after = pane.stored(QPointF(290, 330))
    assert pane.placement.scale == scale
    assert (after.x(), after.y()) == pytest.approx((between.x(), between.y()))


def test_that_two_fingers_change_neither_window_nor_row(pane, hand):
    windows, rows = heard(pane.window_requested), heard(pane.row_requested)
    hand.put((200, 300), (300, 300)).move((150, 300), (350, 350)).lift()
    assert (windows, rows) == ([], [])


def test_that_a_pinch_is_one_step_back(pane, hand):
    began, ended = steps(pane)
    hand.put((200, 300), (300, 300))
    for wider in range(5, 60, 5):
        hand.move((200 - wider, 300), (300 + wider, 310))
    assert (len(began), len(ended)) == (1, 0)
    hand.lift()
    assert (len(began), len(ended)) == (1, 1)


def test_that_a_finger_left_over_from_a_pinch_drags_nothing(pane, hand):
    windows = heard(pane.window_requested)
    hand.put((200, 300), (300, 300)).move((150, 300), (350, 300))
    placement = pane.placement
    hand.lift(1).move((250, 400)).lift()
    assert (windows, pane.placement) == ([], placement)


def test_that_fingers_on_one_place_do_not_zoom_without_end():
    assert Pinch.of(QPointF(5, 5), QPointF(5, 5)).apart > 0


# ---------------------------------------------------------------------- a stack


def swiped(pane, screen, by):
    frames = heard(pane.frame_requested)
    hand = Hand(pane, screen).put((200, 300), (300, 300))
    for part in range(1, 7):
        hand.move((200, 300 + by * part / 6), (300, 300 + by * part / 6))
    hand.lift()
    return sum(frame for (frame,) in frames)


def test_that_a_swipe_of_two_fingers_scrolls_a_stack(stack, screen):
    assert swiped(stack, screen, -round(4 * STEP)) == 4
    assert swiped(stack, screen, round(3 * STEP)) == -3


def test_that_a_swipe_that_scrolls_is_nothing_to_take_back(stack, screen):
    began, _ended = steps(stack)
    swiped(stack, screen, -round(4 * STEP))
    assert began == []


def test_that_a_swipe_over_an_enlarged_film_moves_it_and_scrolls_nothing(stack, screen):
    stack.zoom_by(3.0)
    before = stack.stored(QPointF(250, 300)).y()
    assert swiped(stack, screen, 48) == 0
    assert stack.stored(QPointF(250, 348)).y() == pytest.approx(before)


def test_that_a_swipe_over_a_single_film_scrolls_nothing(pane, screen):
    assert swiped(pane, screen, -96) == 0


# ---------------------------------------------------------------------- one finger


def test_that_one_finger_does_what_the_tool_does(pane, hand):
    windows = heard(pane.window_requested)
    began, ended = steps(pane)
    hand.put((100, 100)).move((140, 100)).move((180, 100)).lift()
    assert windows[-1][0].width > made.WINDOW.width
    assert (len(began), len(ended)) == (1, 1)


def test_that_one_finger_draws_with_a_measuring_tool(pane, hand):
    pane.set_tool("length")
    began = []
    pane.sketch.press = lambda kind, place: began.append((kind, place.x()))
    hand.put((100, 100)).move((140, 100)).lift()
    assert began == [("length", 100)]


def test_that_a_tap_asks_for_its_row(pane, hand):
    rows = heard(pane.row_requested)
    hand.put((200, 300)).lift()
    assert rows == [(pytest.approx(pane.stored(QPointF(200, 300)).y()),)]


def test_that_two_taps_show_the_whole_film(pane, hand):
    pane.zoom_by(3.0)
    hand.put((200, 300)).lift()
    hand.put((203, 302)).lift()
    assert pane.drawings.fitted


def test_that_two_taps_apart_are_two_taps(pane, hand):
    pane.zoom_by(3.0)
    hand.put((200, 300)).lift()
    hand.put((320, 300)).lift()
    assert not pane.drawings.fitted


def test_that_a_touch_makes_its_pane_the_active_one(pane, hand):
    active = heard(pane.activated)
    hand.put((200, 300)).lift()
    hand.put((200, 300), (300, 300)).lift()
    assert len(active) == 2


def test_that_what_the_system_takes_away_clicks_nothing(pane, hand, screen):
    rows = heard(pane.row_requested)
    hand.put((200, 300))
    event = QTouchEvent(QEvent.Type.TouchCancel, screen, Qt.KeyboardModifier.NoModifier, [])
    QApplication.sendEvent(hand.widget, event)
    assert rows == []


# ---------------------------------------------------------------------- a long one


def held(pane, hand, *place):
    """A finger that rests until it asks; without waiting for the time of the system."""
    hand.put(place)
    timer = pane.surface.fingers.hold
    assert timer.isActive()
    timer.timeout.emit()


def test_that_a_finger_that_rests_says_what_lies_there_and_takes_the_row_along(pane, hand):
    probes, rows, windows = (
        heard(pane.probe_moved), heard(pane.row_requested), heard(pane.window_requested)
    )  # fmt: skip
    held(pane, hand, 200, 300)
    hand.move((200, 340)).lift()
    assert probes[-1][0] != ""
    assert [row for (row,) in rows] == pytest.approx(
        [pane.stored(QPointF(200, y)).y() for y in (300, 340)]
    )
    assert windows == []


def test_that_asking_is_one_step_back(pane, hand):
    began, ended = steps(pane)
    held(pane, hand, 200, 300)
    hand.move((200, 340)).move((200, 380)).lift()
    assert (len(began), len(ended)) == (1, 1)


def test_that_a_finger_that_drags_does_not_ask(pane, hand):
    hand.put((200, 300)).move((240, 300))
    assert not pane.surface.fingers.hold.isActive()
    hand.lift()
