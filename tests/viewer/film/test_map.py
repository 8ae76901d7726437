"""The film pane's map: controls above, legend beneath, ribbon, cursor and empty states."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from engine.types import Frame, FrameHeader, Heatmap, Image, Window
from tests.viewer import film_values as made
from viewer.film import head
from viewer.film.head import parse_units
from viewer.film.view import FilmPane
from viewer.kit import theme
from viewer.kit.rendering import build_pyramid, solid_lut
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.models import MapTests
from viewer.session.viewport import Viewport

ROWS, COLUMNS, UNITS = 200, 150, 192


def frame() -> Frame:
    image = Image(Path("film.dcm"), "DICOM", "", 1, ROWS, COLUMNS, 8, "MONOCHROME2")
    values = np.full((ROWS, COLUMNS), 90, np.float32)
    return Frame(image, 0, values, header=FrameHeader((0, 255)))


def heatmap(question="state", values=(-3.0, 0.0, 1.5, 3.0), **others) -> Heatmap:
    edges = np.linspace(0.0, ROWS, len(values) + 1)
    fields = {"label": "State: mean of units 1, 2", "unit": "σ", "limits": (-3.0, 3.0)} | others
    return Heatmap(np.array(values, np.float32), edges, question, **fields)


@pytest.fixture
def pane(qapp, qtbot):
    theme.apply(qapp)
    result = FilmPane()
    qtbot.addWidget(result)
    result.resize(640, 560)
    result.show()
    qtbot.waitExposed(result)
    return result


@pytest.fixture
def film(pane):
    shown = frame()
    pane.show_frame(shown, build_pyramid(shown), fresh=True)
    pane.show_voi(Window(127.5, 255.0, "", "LINEAR_EXACT"))
    pane.show_model(made.model(directions=2, hidden_size=UNITS))
    return pane


def words(pane) -> str:
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def pixel(pane, x, y) -> QColor:
    return QColor(pane.view.grab().toImage().pixel(round(x), round(y)))


def requests(pane):
    found = []
    pane.map_requested.connect(found.append)
    return found


# -------------------------------------------------------------------- controls
def test_that_controls_are_off_without_film_and_model(pane):
    assert not pane.controls.isEnabled()


def test_that_a_film_alone_gives_no_controls(pane):
    pane.show_frame(frame(), build_pyramid(frame()), fresh=True)
    assert not pane.controls.isEnabled()


def test_that_film_and_model_give_controls(film):
    assert film.controls.isEnabled()


def test_that_a_segment_asks_for_its_map(film, qtbot):
    found = requests(film)
    film.controls._buttons["influence"].click()
    assert found == [MapChoice("influence")]


def test_that_the_layers_are_listed_with_their_directions(film):
    combo = film.controls.layer
    listed = [combo.itemText(place) for place in range(combo.count())]
    assert listed == ["Layer 1 ↓", "Layer 1 ↑", "Layer 2 ↓", "Layer 2 ↑"]


def test_that_the_last_layer_is_shown_as_chosen_by_default(film):
    film.show_map(None, MapChoice("state"))
    assert film.controls.layer.currentText() == "Layer 2 ↓"


def test_that_showing_a_choice_asks_for_nothing(film):
    found = requests(film)
    film.show_map(heatmap(), MapChoice("state", 0, 1, (3,), "raw", 0.4))
    assert found == []


def test_that_choosing_a_layer_asks_for_it(film):
    film.show_map(heatmap(), MapChoice("state"))
    found = requests(film)
    film.controls.layer.setCurrentIndex(1)
    film.controls.layer.activated.emit(1)
    assert (found[0].layer, found[0].direction) == (0, 1)


def test_that_units_are_asked_for_by_number(film):
    film.show_map(heatmap(), MapChoice("state"))
    found = requests(film)
    film.controls.units.setText("17, 41 98")
    film.controls.units.editingFinished.emit()
    assert found[0].units == (17, 41, 98)


@pytest.mark.parametrize("text", ["192", "3, four", "-1", "1.5"])
def test_that_units_that_do_not_exist_are_refused_with_a_sentence(film, monkeypatch, text):
    tips = []
    monkeypatch.setattr(
        head.QToolTip, "showText", lambda _place, words, _widget: tips.append(words)
    )
    film.show_map(heatmap(), MapChoice("state", units=(5,)))
    found = requests(film)
    film.controls.units.setText(text)
    film.controls.units.editingFinished.emit()
    assert found == []
    assert film.controls.units.text() == "5"
    assert tips == ["Units are numbers from 0 to 191"]


@pytest.mark.parametrize(("text", "units"), [("", ()), ("7,7, 3", (7, 3)), ("²", None)])
def test_that_units_are_read_as_written(text, units):
    assert parse_units(text, UNITS) == units


@pytest.mark.parametrize("question", ["none", "influence"])
def test_that_state_controls_are_hidden_for_other_maps(film, question):
    film.show_map(None, MapChoice(question))
    assert not film.controls.layer.isVisible()
    assert not film.controls.units.isVisible()


@pytest.mark.parametrize("width", [380, 420, 505, 640, 1500])
@pytest.mark.parametrize("question", ["none", "state", "influence"])
def test_that_controls_never_make_the_pane_wider_or_lie_over_each_other(
    film, qtbot, width, question
):
    film.show_map(heatmap(), MapChoice(question))
    film.resize(width, 560)
    qtbot.waitUntil(lambda: film.width() == width)
    controls = film.controls
    parts = (controls._segments, controls.layer, controls.quantity, controls.units)
    parts += (controls.word, controls.strength)
    shown = [part.geometry() for part in parts if part.isVisible()]
    assert shown[-1].right() < width
    assert all(a.right() < b.left() for a, b in pairwise(shown))


def test_that_the_word_goes_before_the_control(film, qtbot):
    film.resize(720, 560)
    film.grab()  # lays out
    film.show_map(heatmap(), MapChoice("state"))
    assert film.controls.strength.isVisible()
    assert not film.controls.word.isVisible()


# -------------------------------------------------------------------- legend
def test_that_the_foot_says_nothing_of_a_map_that_nobody_asked_for(film):
    film.show_map(None, MapChoice())
    assert "map" not in words(film)


def test_that_the_foot_says_that_there_is_no_answer(film):
    film.show_map(None, MapChoice("state"))
    assert "No map: there is no answer" in words(film)


@pytest.mark.parametrize("width", [380, 640, 1500])
@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (MapChoice("state"), "a state, not importance"),
        (MapChoice("state", quantity="raw"), "a state, not importance"),
        (MapChoice("influence"), "lesion"),
    ],
)
def test_that_what_a_map_is_not_is_said_at_every_width(film, qtbot, width, choice, sentence):
    film.legend.show_tests(MapTests("passed", ""))
    film.show_map(heatmap(choice.question, unit="Δ log-odds"), choice)
    film.resize(width, 560)
    line = film.legend.meaning
    qtbot.waitUntil(lambda: line.fontMetrics().horizontalAdvance(line.text()) <= line.width())
    assert film.width() == width
    assert sentence in line.text()


def test_that_a_name_from_a_file_is_never_read_as_html(film):
    film.show_map(heatmap(label="<img src=x>"), MapChoice("state"))
    assert film.legend.name.text() == "<img src=x>"
    assert "<img" not in film.legend.name.toolTip()


def test_that_the_marker_stands_at_the_cursors_value(film):
    film.show_map(heatmap(), MapChoice("state"))
    film.show_cursor(RowCursor(120.0, 2, "row 2"))
    assert film.legend.bar._value == 1.5


def test_that_without_a_step_there_is_no_marker(film):
    film.show_map(heatmap(), MapChoice("state"))
    film.show_cursor(RowCursor(120.0, None, "stored row 120"))
    assert film.legend.bar._value is None


# -------------------------------------------------------------------- drawing
def test_that_the_ribbon_shows_the_solid_colour_of_each_step(film):
    film.show_map(heatmap(values=(-3.0, 3.0)), MapChoice("state"))
    right = film.placement.on_screen(film.item.image_rect()).right()
    found = [pixel(film, right + 6, film.placement.y_of(row)) for row in (40, 160)]
    ends = [QColor(*(int(part) for part in solid_lut("state")[place])) for place in (0, -1)]
    assert found == ends


def test_that_without_a_map_there_is_no_ribbon(film):
    right = film.placement.on_screen(film.item.image_rect()).right()
    assert pixel(film, right + 6, film.placement.y_of(40)) == QColor(theme.PANE)


def test_that_a_map_colours_the_film_and_zero_does_not(film):
    film.show_map(heatmap(values=(3.0, 0.0)), MapChoice("state", strength=1.0))
    x = film.box.width() / 2
    coloured, bare = (pixel(film, x, film.placement.y_of(row)) for row in (60, 140))
    assert coloured.red() > coloured.blue() + 20
    assert bare.red() == bare.green() == bare.blue() == 90


def test_that_the_cursor_lies_on_its_row(film):
    film.set_text_level("none")
    film.show_cursor(RowCursor(120.5, 2, "row 2"))
    y = film.placement.y_of(120.5)
    assert pixel(film, film.box.width() / 2, y).green() > 150


def test_that_drawing_twice_renders_once(film, monkeypatch):
    from viewer.film import item as view

    counted = []
    render = view.render_view
    monkeypatch.setattr(view, "render_view", lambda *a, **k: counted.append(1) or render(*a, **k))
    film.item.refresh()
    film.view.grab()
    film.show_cursor(RowCursor(50.0, 1, "row 1"))
    film.view.grab()
    assert counted == [1]


def test_that_a_cleared_pane_keeps_nothing_of_the_film(film):
    film.show_map(heatmap(), MapChoice("state"))
    film.show_cursor(RowCursor(50.0, 1, "row 1"))
    film.clear()
    film.show_notice("Open a film")
    assert film.item.frame is None
    assert film.item.overlay_rect().isEmpty()
    assert film.items == ()
    assert pixel(film, 200, 100) == QColor(theme.PANE)


@pytest.mark.parametrize("level", ["all", "minimal", "none"])
def test_that_research_use_only_stays_at_every_text_level(film, level):
    film.set_text_level(level)
    assert film.written().plates[0].lines == ("Research use only",)


def test_that_research_use_only_is_there_without_a_film(pane):
    assert pane.written().plates[0].lines == ("Research use only",)


def test_that_less_text_leaves_only_research_use(film):
    film.set_text_level("minimal")
    assert len(film.written().plates) == 1


def test_that_swapping_black_and_white_changes_the_screen_only(film):
    before = film.item.frame.values.copy()
    film.show_look(Viewport(inverted=True))
    assert pixel(film, film.box.width() / 2, film.placement.y_of(100)).red() == 255 - 90
    assert (film.item.frame.values == before).all()


# ------------------------------------------------------------------- quantities
def test_that_quantities_of_the_network_are_offered(film):
    film.controls.show_offers(("h", "r", "z", "n", "memory", "surprise"))
    film.show_map(heatmap(), MapChoice("state"))
    codes = [film.controls.shown.itemData(n) for n in range(film.controls.shown.count())]
    assert codes == ["h", "r", "z", "n", "surprise"]  # memory has a segment of its own
    asked = requests(film)
    film.controls.shown.activated.emit(0)
    film.controls.shown.setCurrentIndex(2)
    film.controls.shown.activated.emit(2)
    assert asked[-1].shown == "z"


def test_that_a_gate_has_no_deviation_and_says_why(film):
    film.controls.show_offers(("h", "z"))
    film.show_map(heatmap(), MapChoice("state", shown="z"))
    assert not film.controls.quantity.isEnabled()
    assert film.controls.quantity.currentText() == "Raw"
    assert "training means" in film.controls.quantity.toolTip()
    film.show_map(heatmap(), MapChoice("state"))
    assert film.controls.quantity.isEnabled()
    assert film.controls.quantity.currentText() == "Deviation"


def test_that_memory_is_a_segment_and_of_the_last_layer(film):
    asked = requests(film)
    film.controls._buttons["memory"].click()
    assert (asked[-1].question, asked[-1].shown) == ("state", "memory")
    film.show_map(heatmap(), asked[-1])
    assert film.controls._buttons["memory"].isChecked()
    layers = film.controls.layer.model()
    enabled = [layers.item(n).isEnabled() for n in range(film.controls.layer.count())]
    assert enabled == [False, False, True, True]
    film.controls._buttons["state"].click()
    assert (asked[-1].question, asked[-1].shown) == ("state", "h")


def test_that_a_row_beyond_the_scale_is_brighter_on_the_ribbon_than_the_end(film):
    film.show_map(heatmap(values=(3.0, 5.0, -3.0, -5.0)), MapChoice("state"))
    drawn = film.drawings
    x = round(min(drawn.film.right() + 2, drawn.body.right() - 8)) + 3
    top, height = drawn.film.top(), drawn.film.height()
    light = [pixel(film, x, top + height * (n + 0.5) / 4).lightness() for n in range(4)]
    assert light[1] > light[0] + 15
    assert light[3] > light[2] + 15


def test_that_the_row_cursor_is_painted_in_a_band_and_nothing_else_again(film):
    film.show_map(heatmap(), MapChoice("state"))
    film.grab()
    painted = []
    for name in ("beside", "over"):
        canvas = getattr(film.drawings, name)
        canvas.refresh = lambda name=name: painted.append(name)
    film.show_cursor(RowCursor(90.0, 2, "step 2"))
    band = film.drawings.crossing.boundingRect()
    y = film.placement.pixel(0.0, 90.0).y()
    assert band.top() < y < band.bottom()
    assert band.height() < 12
    assert painted == []
