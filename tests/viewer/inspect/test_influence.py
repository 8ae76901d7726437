"""Bars of influence and the axis of row numbers."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.types import Influence
from viewer.inspect.influence import InfluencePane, ends_of_scale, nice_below
from viewer.kit import theme
from viewer.session.choices import RowCursor, RowView

EDGES = np.linspace(0.0, 960.0, 97)


@pytest.fixture
def pane(qtbot):
    result = InfluencePane()
    qtbot.addWidget(result)
    result.resize(160, 576 + theme.HEAD + theme.FOOT)
    result.show_rows(RowView(0.0, 960.0))
    return result


def bars(**values: float) -> Influence:
    steps = np.zeros(96, dtype=np.float32)
    for name, value in values.items():
        steps[int(name.removeprefix("row"))] = value
    return Influence(steps, EDGES, 1, 1.0, 0.0, 0.0)


def coloured(pane: InfluencePane, name: str) -> np.ndarray:
    """(n, 2) of y and x of every pixel in exactly one colour."""
    pane.grab()
    image = pane.view.grab().toImage()
    wanted = QColor(name).rgb()
    found = [
        (y, x)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixel(x, y) == wanted
    ]
    return np.array(found).reshape(-1, 2)


def test_that_a_bar_covers_its_row_but_for_one_pixel(pane):
    pane.show_influence(bars(row30=0.2), 0.3, "finding")
    rows = coloured(pane, theme.INFLUENCE_POSITIVE)[:, 0]
    assert (rows.min(), rows.max()) == (180, 184)


def test_that_bars_towards_the_class_are_orange_and_right_of_zero(pane):
    pane.show_influence(bars(row30=0.2), 0.3, "finding")
    columns = coloured(pane, theme.INFLUENCE_POSITIVE)[:, 1]
    assert columns.min() >= round(pane.x_of(0.0))


def test_that_bars_away_from_the_class_are_blue_and_left_of_zero(pane):
    pane.show_influence(bars(row30=-0.2), 0.3, "finding")
    columns = coloured(pane, theme.INFLUENCE_NEGATIVE)[:, 1]
    assert columns.max() < round(pane.x_of(0.0))


def test_that_a_bar_is_as_long_as_its_value(pane):
    pane.show_influence(bars(row30=0.2), 0.3, "finding")
    columns = coloured(pane, theme.INFLUENCE_POSITIVE)[:, 1]
    assert columns.max() + 1 == round(pane.x_of(0.2))


def test_that_a_bar_beyond_the_scale_ends_in_an_arrow(pane):
    pane.show_influence(bars(row30=0.9), 0.3, "finding")
    columns = coloured(pane, theme.INFLUENCE_POSITIVE)[:, 1]
    assert columns.max() > round(pane.x_of(0.3))


def test_that_the_scale_comes_from_the_model_and_not_from_the_film():
    weak, strong = np.array([0.01, 0.0]), np.array([0.25, -0.1])
    assert ends_of_scale(weak, 0.3) == ends_of_scale(strong, 0.3) == (-0.15, 0.3)


def test_that_a_film_against_the_class_gets_its_room_at_the_left():
    assert ends_of_scale(np.array([-0.25, 0.1]), 0.3) == (-0.3, 0.15)


def test_that_a_film_with_both_gets_a_symmetric_scale():
    assert ends_of_scale(np.array([-0.25, 0.25]), 0.3) == (-0.3, 0.3)


@pytest.mark.parametrize("limit", [0.0, float("nan")])
def test_that_a_missing_limit_does_not_break_the_scale(limit):
    assert ends_of_scale(np.array([0.2]), limit) == (-0.5, 1.0)


@pytest.mark.parametrize(
    ("limit", "nice"), [(0.27, 0.2), (0.135, 0.1), (0.5, 0.5), (7.0, 5.0), (1.0, 1.0)]
)
def test_that_ticks_stand_at_round_numbers(limit, nice):
    assert nice_below(limit) == pytest.approx(nice)


def test_that_there_is_room_for_what_is_drawn_over_the_bars(pane):
    pane.show_influence(bars(row30=-0.2), 0.3, "finding")
    assert pane._ends == pytest.approx((-0.3, 0.15))
    pane.show_influence(bars(row30=-0.2), 0.3, "finding", beside=np.array([0.25]))
    assert pane._ends == pytest.approx((-0.3, 0.3))


def test_that_ticks_bear_a_true_minus_sign(pane):
    pane.resize(320, pane.height())  # room for every label, whatever the typeface
    pane.show_influence(bars(row30=0.2), 0.27, "finding")
    pane.grab()
    assert {tick.text for tick, _ in pane.scale.placed_ticks()} == {"−0.1", "0", "0.3"}


def test_that_values_that_are_no_numbers_draw_no_bar(pane):
    pane.show_influence(bars(row30=float("nan"), row40=0.1), 0.3, "finding")
    rows = coloured(pane, theme.INFLUENCE_POSITIVE)[:, 0]
    assert rows.min() >= 240


def test_that_a_film_without_any_number_still_has_a_scale():
    assert ends_of_scale(np.full(3, np.nan), 0.3) == (-0.15, 0.3)


def test_that_all_gaps_between_bars_are_alike(pane):
    pane.resize(160, 275 + theme.HEAD + theme.FOOT)  # 2.9 pixels a row
    pane.show_influence(
        Influence(np.full(96, 0.2, dtype=np.float32), EDGES, 1, 1.0, 0.0, 0.0), 0.3, "finding"
    )
    painted = set(coloured(pane, theme.INFLUENCE_POSITIVE)[:, 0].tolist())
    assert len(set(range(275)) - painted) == 96


def test_that_the_axis_counts_model_rows_at_their_stored_rows(pane):
    pane.show_influence(bars(), 0.3, "finding")
    pane.grab()
    assert pane._axis.labels() == [
        (3.0, "step 0"),
        (123.0, "20"),
        (243.0, "40"),
        (363.0, "60"),
        (483.0, "80"),
        (573.0, "95"),
    ]


def test_that_the_first_visible_number_bears_the_unit_when_zoomed(pane):
    pane.show_influence(bars(), 0.3, "finding")
    pane.show_rows(RowView(405.0, 605.0))
    pane.grab()
    assert pane._axis.labels()[0][1].startswith("step ")


def test_that_the_last_number_does_not_touch_its_neighbour(pane):
    edges = np.linspace(0.0, 102.0, 103)
    influence = Influence(np.zeros(102, dtype=np.float32), edges, 1, 1.0, 0.0, 0.0)
    pane.show_influence(influence, 0.3, "finding")
    pane.show_rows(RowView(0.0, 102.0))
    pane.grab()
    heights = [y for y, _ in pane._axis.labels()]
    assert min(np.diff(heights)) >= 20


def test_that_the_cursor_row_stands_on_a_plate(pane):
    pane.show_influence(bars(), 0.3, "finding")
    pane.show_cursor(RowCursor(605.0, 60, ""))
    pane.grab()
    image = pane.grab().toImage()
    y = theme.HEAD + round(605.0 / 960.0 * 576) + 6
    plate = [x for x in range(pane.indent) if image.pixel(x, y) == QColor(theme.ACCENT).rgb()]
    assert len(plate) > 15


def test_that_the_tooltip_names_row_value_and_side_in_words(pane):
    pane.show_influence(bars(row30=-0.2), 0.3, "pneumonia")
    pane.grab()
    assert pane.tip_at(10.0, 182.0) == "step 30: −0.20 log-odds, away from pneumonia"


def test_that_no_influence_shows_the_empty_state(pane):
    pane.show_influence(bars(row30=0.2), 0.3, "finding")
    pane.show_influence(None, 0.3, "")
    assert not coloured(pane, theme.INFLUENCE_POSITIVE).size
    assert pane.tip_at(10.0, 182.0) == ""
