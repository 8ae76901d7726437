"""The matrix of hidden states."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from viewer.inspect.states import StatesPane
from viewer.kit import theme
from viewer.session.choices import RowView

EDGES = np.linspace(0.0, 960.0, 97)


@pytest.fixture
def matrix():
    """(96, 48): unit u is +2 in the rows 2·(47 − u) and +1; otherwise zero."""
    result = np.zeros((96, 48), dtype=np.float32)
    for unit in range(48):
        result[2 * (47 - unit) : 2 * (47 - unit) + 2, unit] = 2.0
    return result


@pytest.fixture
def pane(qtbot, matrix):
    result = StatesPane()
    qtbot.addWidget(result)
    result.resize(16 + 192, 576 + theme.HEAD + theme.FOOT)
    result.show_rows(RowView(0.0, 960.0))
    result.show_states(matrix, EDGES, limits=(-3.0, 3.0), unit="σ")
    result.grab()
    return result


def mouse(pane: StatesPane, kind: QEvent.Type, x: float, y: float) -> None:
    moving = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    viewport, place = pane.view.viewport(), QPointF(x, y)
    away = viewport.mapToGlobal(place)
    held = Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, place, away, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


def click(pane: StatesPane, x: float, y: float) -> None:
    mouse(pane, QEvent.Type.MouseButtonPress, x, y)
    mouse(pane, QEvent.Type.MouseButtonRelease, x, y)


def column_x(pane: StatesPane, column: int) -> float:
    return float(pane.x_of(column + 0.5))


def test_that_units_are_ordered_by_their_peak_row(pane):
    assert [int(pane.units_at(column_x(pane, c))[0]) for c in (0, 1, 47)] == [47, 46, 0]


def test_that_units_can_be_ordered_by_index(pane):
    pane.order.setCurrentIndex(1)
    assert [int(pane.units_at(column_x(pane, c))[0]) for c in (0, 1, 47)] == [0, 1, 47]


def test_that_a_value_is_drawn_in_its_rows_and_column_only(pane):
    pane.order.setCurrentIndex(1)
    image = pane.view.grab().toImage()
    x = round(column_x(pane, 10))  # rows 74 and 75, six pixels each
    bright = [y for y in range(image.height()) if image.pixelColor(x, y).red() > 80]
    assert (bright[0], bright[-1]) == (444, 455)


def test_that_a_single_unit_is_seen_when_many_share_a_pixel(pane):
    wide = np.zeros((96, 1000), dtype=np.float32)
    wide[40, 501] = 3.0
    pane.show_states(wide, EDGES, limits=(-3.0, 3.0), unit="σ")
    pane.order.setCurrentIndex(1)
    image = pane.view.grab().toImage()
    assert max(image.pixelColor(x, 242).red() for x in range(image.width())) > 150


def test_that_the_tooltip_names_unit_row_and_value(pane):
    assert pane.tip_at(column_x(pane, 0), 3.0) == "unit 47, step 0: +2.0 σ"


def test_that_there_is_no_tooltip_beside_the_matrix(pane):
    assert pane.tip_at(2.0, 3.0) == ""


def test_that_a_click_asks_for_the_unit(pane, qtbot):
    with qtbot.waitSignal(pane.units_requested) as asked:
        click(pane, column_x(pane, 0), 100.0)
    assert asked.args[0] == (47,)


def test_that_a_click_adds_to_the_chosen_units(pane, qtbot):
    pane.show_units((5, 3))
    with qtbot.waitSignal(pane.units_requested) as asked:
        click(pane, column_x(pane, 0), 100.0)
    assert asked.args[0] == (5, 3, 47)


def test_that_a_click_on_a_chosen_unit_takes_it_away(pane, qtbot):
    pane.show_units((5, 47))
    with qtbot.waitSignal(pane.units_requested) as asked:
        click(pane, column_x(pane, 0), 100.0)
    assert asked.args[0] == (5,)


def test_that_a_click_does_not_move_the_row(pane, qtbot):
    with qtbot.assertNotEmitted(pane.row_requested):
        click(pane, column_x(pane, 0), 100.0)


def test_that_a_vertical_drag_asks_for_a_row(pane, qtbot):
    mouse(pane, QEvent.Type.MouseButtonPress, 50.0, 100.0)
    with qtbot.waitSignal(pane.row_requested) as asked:
        mouse(pane, QEvent.Type.MouseMove, 50.0, 144.0)
    assert asked.args[0] == pytest.approx(240.0)


def test_that_a_vertical_drag_chooses_no_unit(pane, qtbot):
    mouse(pane, QEvent.Type.MouseButtonPress, 50.0, 100.0)
    mouse(pane, QEvent.Type.MouseMove, 50.0, 144.0)
    with qtbot.assertNotEmitted(pane.units_requested):
        mouse(pane, QEvent.Type.MouseButtonRelease, 50.0, 101.0)


def test_that_chosen_units_are_ticks_in_the_accent(pane):
    pane.show_units((40, 5))
    ticks = [tick for tick, _ in pane.scale.placed_ticks()]
    assert {(tick.text, tick.colour) for tick in ticks} == {
        ("40", theme.ACCENT),
        ("5", theme.ACCENT),
    }


def test_that_ticks_follow_the_order(pane):
    pane.show_units((47,))
    pane.order.setCurrentIndex(1)
    (tick, _), *_ = pane.scale.placed_ticks()
    assert tick.value == pytest.approx(47.5)


def test_that_labels_never_overlap(pane):
    pane.show_units(tuple(range(48)))
    boxes = [box for _, box in pane.scale.placed_ticks()]
    touching = [(a, b) for a in boxes for b in boxes if a is not b and a.intersects(b)]
    assert not touching
    assert len(boxes) <= 12


def test_that_a_triangle_stands_over_every_chosen_unit(pane):
    pane.show_units((47, 0))
    assert pane._mark_places() == pytest.approx([column_x(pane, 0), column_x(pane, 47)])


def test_that_units_of_a_larger_network_are_not_marked_in_a_smaller_one(pane):
    pane.show_units((3, 190))
    assert pane._mark_places() == pytest.approx([column_x(pane, 44)])


def test_that_the_foot_counts_the_units(pane):
    assert pane.scale.title() == "48 units"


def test_that_words_give_way_before_controls(pane):
    pane.resize(120, 400)
    pane.grab()
    assert pane.title.text() == "State"
    assert pane.order.isVisibleTo(pane)


def test_that_no_states_show_the_empty_state(pane):
    pane.show_states(None, None, limits=(-3.0, 3.0), unit="σ")
    assert pane.tip_at(50.0, 100.0) == ""
    assert not pane.order.isVisibleTo(pane)


def test_that_a_value_beyond_the_scale_is_brighter_than_its_end_and_marked_on_the_bar(pane):
    values = np.zeros((96, 48), dtype=np.float32)
    values[10, 5], values[50, 5], values[90, 5] = 3.0, 4.0, -9.0
    pane.show_states(values, EDGES, limits=(-3.0, 3.0), unit="", name="Cell state", shown="c")
    pane.show_order("index")
    assert pane.scale_foot.cut == (True, True)
    image = pane.view.grab().toImage()
    seen = [
        image.pixelColor(round(column_x(pane, 5)), 6 * row + 3).lightness() for row in (10, 50, 90)
    ]
    assert seen[1] > seen[0] + 40
    assert seen[2] > seen[0] + 40
    assert pane.tip_at(column_x(pane, 5), 303.0) == "unit 5, step 50: +4.00, beyond the scale"


def test_that_nothing_is_marked_where_nothing_lies_beyond(pane):
    assert pane.scale_foot.cut == (False, False)


def test_that_the_order_is_asked_for_and_can_be_shown_without_asking(pane, qtbot):
    with qtbot.waitSignal(pane.order_requested) as asked:
        pane.order.setCurrentIndex(pane.order.findData("similarity"))
    assert asked.args == ["similarity"]
    with qtbot.assertNotEmitted(pane.order_requested):
        pane.show_order("index")
    assert pane.order.order == "index"


def test_that_units_stand_by_influence_once_it_is_known(pane):
    pane.show_order("influence")
    assert [int(pane.units_at(column_x(pane, c))[0]) for c in (0, 1)] == [0, 1]
    moved = np.zeros(48, np.float32)
    moved[[7, 30]] = 0.5, -2.0
    pane.show_contributions(moved)
    assert [int(pane.units_at(column_x(pane, c))[0]) for c in (0, 1)] == [30, 7]
    assert pane.tip_at(column_x(pane, 0), 3.0).endswith("brings −2.00 log-odds")


def test_that_chosen_units_stay_marked_in_every_order(pane):
    pane.show_units((5,))
    for order in ("peak", "similarity", "index"):
        pane.show_order(order)
        (place,) = pane._mark_places()
        assert pane.unit_at(place, 0.0) == 5


def test_that_surprise_has_one_column_without_units_and_order(pane, qtbot):
    rows = np.linspace(0, 100, 96, dtype=np.float32)[:, None]
    pane.show_units((5,))
    pane.show_states(
        rows, EDGES, limits=(0.0, 100.0), unit="percentile", name="Surprise", shown="surprise"
    )
    assert pane.order.isHidden()
    assert pane._mark_places() == []
    with qtbot.assertNotEmitted(pane.units_requested):
        click(pane, column_x(pane, 0), 100.0)


def test_that_the_title_names_the_quantity(pane, matrix):
    pane.show_states(matrix, EDGES, limits=(0.0, 1.0), unit="", name="Update gate z", shown="z")
    pane.resize(400, 400)
    pane.grab()
    assert pane.title.text() == "Update gate z"
    pane.resize(120, 400)
    pane.grab()
    assert pane.title.text() == "z"
