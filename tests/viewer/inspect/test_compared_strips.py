"""The other one over the strips beside the film, while the page of comparisons is open."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor

from tests.viewer import film_values as made
from tests.viewer.inspect.comparisons_made import comparison, side, without_answers
from tests.viewer.tested import PASSED
from viewer.commanding.viewing_menu import turn
from viewer.inspect.compared_strips import DifferencePane
from viewer.kit import theme
from viewer.session import comparisons as module
from viewer.session.choices import RowView
from viewer.session.comparisons import Opponent
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A = Path("/films/a.dcm")


@pytest.fixture
def pane(qtbot):
    pane = DifferencePane()
    qtbot.addWidget(pane)
    pane.resize(220, 320 + theme.HEAD + theme.FOOT)
    pane.show_rows(RowView(0.0, 80.0))
    return pane


def pixels(view, name):
    image = view.grab().toImage()
    wanted = QColor(name).rgb()
    found = [
        (y, x)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixel(x, y) == wanted
    ]
    return np.array(found).reshape(-1, 2)


def test_that_a_difference_lies_at_the_height_of_its_row(pane):
    values = np.zeros(made.STEPS, np.float32)
    values[2] = 0.4
    pane.show_comparison(comparison(influence=values))
    rows = pixels(pane.view, theme.INFLUENCE_POSITIVE)[:, 0]
    assert (rows.min(), rows.max()) == (80, 118)
    assert pane.tip_at(100, 100) == "step 2: +0.40 log-odds more than the other one"


def test_that_a_pane_without_a_difference_says_why(pane):
    pane.show_comparison(comparison())
    pane.show_comparison(without_answers())
    assert pane.edges is None
    assert pane.tip_at(100, 100) == ""


@pytest.fixture
def window(qtbot, engine, monkeypatch, qapp):
    theme.apply(qapp)
    other = side("Two", influence=np.full(made.STEPS, 1.2, np.float32))
    monkeypatch.setattr(module, "compare_rows", lambda *_: comparison(second=other))
    session = Session((made.model("one"), made.model("two")))
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    with qtbot.waitSignal(session.settled, timeout=60_000):
        session.open((A,))
    window.choose_workspace("inspect")
    window.strips.answer.show_tests(PASSED)
    yield window
    session.close()


@pytest.fixture
def compared(window, qtbot):
    window.inspect.dock.pages.turn_to("compare")
    qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)
    window.inspect.widgets["compare"].comparisons.compare(Opponent("untrained"))
    qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)
    return window


def difference(window):
    return window.centre.findChild(DifferencePane)


def test_that_the_difference_stands_where_the_states_stood(compared):
    strip = difference(compared)
    assert strip.isVisible()
    assert strip.geometry() == compared.strips.states.geometry()
    assert strip.edges is not None


def test_that_the_other_answer_and_influence_are_drawn_over_the_strips(compared):
    strips = compared.strips
    drawn = [strip.view.grab().toImage() for strip in (strips.influence, strips.answer)]
    compared.inspect.widgets["compare"].comparisons.compare(None)
    bare = [strip.view.grab().toImage() for strip in (strips.influence, strips.answer)]
    assert all(one != other for one, other in zip(drawn, bare, strict=True))


def test_that_another_page_gives_the_strips_back(compared):
    compared.inspect.dock.pages.turn_to(compared.inspect.dock.pages.codes[0])
    assert difference(compared).isHidden()
    compared.inspect.dock.pages.turn_to("compare")
    assert difference(compared).isVisible()


def test_that_a_changed_film_goes_before_a_comparison(compared):
    compared.session.tries.turn(on=True)
    assert difference(compared).isHidden()


def test_that_rows_lie_where_they_lie_in_the_other_strips_also_of_a_turned_film(compared, qtbot):
    turn(compared, lambda lies: lies.rotated(1))
    qtbot.waitUntil(lambda: not compared.session.busy, timeout=60_000)
    strip, influence = difference(compared), compared.strips.influence
    assert not strip.level
    assert strip.lie.rows == influence.lie.rows
