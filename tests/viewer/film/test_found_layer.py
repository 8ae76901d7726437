"""Regions over the film: where they lie, what is written at them, and which one is chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from tests.viewer import film_values as made, found_values as found
from viewer.film.found_layer import Places, RegionLayer, outline_of, place_words
from viewer.film.view import FilmPane
from viewer.kit import theme
from viewer.kit.rendering import build_pyramid
from viewer.panes import join
from viewer.session.located import FoundLook, FoundRegion, Located
from viewer.session.pointer import Viewports
from viewer.session.viewport import Place, Turn


@pytest.fixture
def panes(qtbot):
    return Viewports(made.model())


@pytest.fixture
def located(panes):
    return Located(panes, again=found.again)


@pytest.fixture
def layer(qtbot, panes, located):
    pane = FilmPane()
    qtbot.addWidget(pane)
    pane.resize(700, 800)
    pane.show_model(made.model())
    join(pane, panes.active)
    layer = RegionLayer(pane, panes.active, located)
    pane.show()
    show(panes, pane, found.answer())
    pane.grab()
    return layer


def show(panes, pane, said):
    panes.active.show_film(made.film())
    film = panes.active.film
    pane.show_frame(film.frame, build_pyramid(film.frame), fresh=True)
    panes.active.analysis = found.analysis(said)
    panes.active.show_answer()


def boxes(layer):
    words = layer.words()
    plates = [one.label for one in words] + [one.facts for one in words if one.facts]
    return [plate.box for plate in plates]


def apart(rects) -> bool:
    return not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])


def test_that_every_region_has_its_label_and_what_is_known_of_it(layer):
    told = {words.number: (words.label.lines, words.facts and words.facts.lines)
            for words in layer.words()}  # fmt: skip
    assert told == {
        1: (("lung 0.99",), ("100 mm²",)),
        2: (("2 · finding 0.91",), ("5.0 × 15.0 mm",)),
        3: (("3 · points at 0.47",), ("not an outline",)),
    }


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2), Turn(3), Turn(0, flipped=True)])
def test_that_words_cover_neither_each_other_nor_what_is_written_however_the_film_lies(
    layer, panes, turn
):
    panes.active.turn(turn)
    pane = layer.parent()
    assert apart(boxes(layer))
    assert all(not one.intersects(other) for one in boxes(layer) for other in pane.written().boxes)


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2), Turn(3), Turn(0, flipped=True)])
def test_that_a_box_is_drawn_where_it_lies_however_the_film_is_turned(layer, panes, turn):
    panes.active.turn(turn)
    pane = layer.parent()
    bare = seen(pane, layer, shown=False)
    drawn = seen(pane, layer, shown=True)
    left, top, right, bottom = found.BOX.box
    edge = pane.pixel((left + right) / 2, bottom)  # in the middle of its lower edge
    white = QColor(theme.ON_FILM.text)
    near = [drawn.pixelColor(QPoint(round(edge.x()) + x, round(edge.y()) + y))
            for x in (-1, 0, 1) for y in (-1, 0, 1)]  # fmt: skip
    assert any(abs(one.lightness() - white.lightness()) < 30 for one in near)
    middle = pane.pixel((left + right) / 2, (top + bottom) / 2).toPoint()
    assert drawn.pixelColor(middle) == bare.pixelColor(middle)


def seen(pane, layer, *, shown):
    located = layer._located
    located.show(FoundLook(boxes=shown, outlines=shown))
    return pane.view.grab().toImage()


def test_that_a_fill_covers_the_inside_of_an_outline_alone(layer):
    pane = layer.parent()
    inside, beside = pane.pixel(15, 40).toPoint(), pane.pixel(52, 40).toPoint()
    bare = seen(pane, layer, shown=True)
    layer._located.show(FoundLook(fill=0.5))
    filled = pane.view.grab().toImage()
    assert filled.pixelColor(inside).lightness() > bare.pixelColor(inside).lightness()
    assert filled.pixelColor(beside) == bare.pixelColor(beside)


def test_that_a_hole_is_not_filled():
    ring = (found.square(0, 0, 30, 30), found.square(10, 10, 20, 20)[::-1])
    path = outline_of(FoundRegion(1, replace(found.OUTLINE, outlines=ring)))
    assert path.contains(QPointF(5, 5))
    assert not path.contains(QPointF(15, 15))


def test_that_a_click_chooses_the_region_and_one_beside_it_chooses_none(layer, qtbot):
    pane, located = layer.parent(), layer._located
    for place, number in (((40, 45), 2), ((15, 40), 1), ((55, 5), 0)):
        pixel = pane.pixel(*place).toPoint()
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
        assert located.chosen == number


def test_that_a_drag_chooses_nothing(layer, qtbot):
    pane, view = layer.parent(), layer.parent().view.viewport()
    start, end = pane.pixel(40, 45).toPoint(), pane.pixel(45, 55).toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert layer._located.chosen == 0


def test_that_a_click_with_a_measuring_tool_chooses_nothing(layer, qtbot):
    pane = layer.parent()
    pane.set_tool("length")
    pixel = pane.pixel(40, 45).toPoint()
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
    assert layer._located.chosen == 0


def test_that_a_region_that_is_chosen_comes_into_the_middle_of_a_film_that_is_enlarged(layer):
    pane = layer.parent()
    pane.show_place(Place(10.0, 10.0, 40.0))
    layer._located.choose(2, centre=True)
    assert (pane.placement.x, pane.placement.y) == pytest.approx((40.0, 45.0))


def test_that_a_film_that_is_shown_whole_stays_whole(layer):
    pane = layer.parent()
    before = pane.placement
    layer._located.choose(2, centre=True)
    assert pane.placement == before
    assert pane.drawings.fitted


def test_that_regions_out_of_sight_have_no_words(layer):
    pane = layer.parent()
    pane.show_place(Place(40.0, 45.0, 60.0))
    assert [words.number for words in layer.words()] == [2]


def test_that_the_switches_offer_what_there_is(layer, panes):
    head = layer.parent().controls.found
    assert (head.boxes.isHidden(), head.outlines.isHidden()) == (False, False)
    show(panes, layer.parent(), found.answer(found.BOX))
    assert (head.boxes.isHidden(), head.outlines.isHidden()) == (False, True)
    panes.active.blank()
    assert head.isHidden()


def test_that_a_switch_takes_boxes_away_and_leaves_outlines(layer):
    layer.parent().controls.found.boxes.click()
    assert [one.number for one in layer.found] == [1]
    assert layer._located.look == FoundLook(boxes=False)


def test_that_a_cut_of_the_readers_is_said_on_the_film(layer, panes):
    pane = layer.parent()
    show(panes, pane, found.mapped(cut=0.5))
    assert layer.cut_plate is None
    layer._located.move_cut(0.8)
    assert layer.cut_plate.lines == ("your cut 0.80, not the model's 0.50",)


def test_that_no_word_lies_on_a_burned_in_letter_where_another_place_is_free():
    shapes = [(FoundRegion(1, found.BOX), QRectF(200, 200, 100, 100))]
    letter = QRectF(190, 170, 200, 28)  # where the label would stand
    places = Places(QRectF(0, 0, 600, 600), (), letter.intersects)
    words = place_words(shapes, places, chosen=0, brief=False)
    assert not words[0].label.box.intersects(letter)
    assert not words[0].facts.box.intersects(letter)


def test_that_facts_without_a_free_place_are_left_to_the_list():
    room = QRectF(0, 0, 220, 60)
    shapes = [(FoundRegion(1, found.BOX), QRectF(0, 0, 220, 60))]
    taken = [QRectF(0, 25, 220, 35)]
    words = place_words(shapes, Places(room, taken, lambda _box: False), chosen=0, brief=False)
    assert words[0].facts is None
