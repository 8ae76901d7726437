"""What a file lays over a film is painted where it lies, and changes no value of the film."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from engine.types import (
    DisplayedArea,
    Graphic,
    GraphicText,
    Overlay,
    Presentation,
    Shutter,
    Window,
)
from tests.viewer import film_values as made
from tests.viewer.film_panes import build
from tests.viewer.session.test_turns import ALL
from viewer.film.file_layers import COLOURS, layer_words, reduced
from viewer.kit import theme
from viewer.kit.rendering import build_pyramid
from viewer.session.viewport import LayerChoice, Turn, Viewport

ROWS, COLUMNS, GREY = 80, 60, 120
INK = QColor(getattr(theme.ON_FILM, COLOURS[0]))
PANE = QColor(theme.ON_FILM.pane)


def film(**layers):
    values = np.full((ROWS, COLUMNS), GREY, np.float32)
    return replace(made.frame(made.image(rows=ROWS, columns=COLUMNS)), values=values, **layers)


def pane_of(qtbot, choice=None, turn=None, size=(520, 700), **layers):
    pane, frame = build(qtbot, size), film(**layers)
    pane.set_text_level("none")
    pane.show_frame(frame, build_pyramid(frame), fresh=True)
    pane.show_voi(Window(127.5, 255.0, "", "LINEAR_EXACT"))
    pane.show_look(Viewport(turn=turn or Turn()))
    pane.show_layers(choice or LayerChoice())
    return pane


def colour_at(pane, column, row):
    image = pane.view.grab().toImage()
    place = pane.pixel(column, row)
    return QColor(image.pixel(int(place.x()), int(place.y())))


def near(one, other):
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) <= 2


def block(top=40, left=6, height=10, width=20, **others):
    return Overlay(0x6000, "graphics", np.ones((height, width), np.bool_), left, top, **others)


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_a_plane_lies_on_its_pixels_under_every_turn(qtbot, turn):
    size = (1040, 1400)  # of which badges, whatever their typeface, cover little
    pane = pane_of(qtbot, turn=turn, size=size, overlays=(block(),))
    assert near(colour_at(pane, 6.5, 40.5), INK)
    assert near(colour_at(pane, 25.4, 49.4), INK)
    for column, row in ((5.0, 45), (27.0, 45), (15, 39.0), (15, 51.5)):
        assert colour_at(pane, column, row).red() == pytest.approx(GREY, abs=2)


def test_that_a_plane_stays_on_its_pixels_when_the_film_is_zoomed(qtbot):
    pane = pane_of(qtbot, overlays=(block(),))
    pane.zoom(1.6, pane.pixel(6, 45))
    assert near(colour_at(pane, 7, 45), INK)
    assert colour_at(pane, 5.0, 45).red() == pytest.approx(GREY, abs=2)


def test_that_a_line_of_one_pixel_stays_when_the_film_is_small(qtbot):
    plane = np.zeros((ROWS * 40, COLUMNS * 40), np.bool_)
    plane[1603, :] = True
    values = np.full(plane.shape, GREY, np.float32)
    frame = replace(
        made.frame(made.image(rows=plane.shape[0], columns=plane.shape[1])),
        values=values,
        overlays=(Overlay(0x6000, "graphics", plane),),
    )
    pane = build(qtbot)
    pane.show_frame(frame, build_pyramid(frame), fresh=True)
    pane.show_layers(LayerChoice())
    image = pane.view.grab().toImage()
    place = pane.pixel(1200, 1603.5)
    near_it = [QColor(image.pixel(int(place.x()), int(place.y()) + away)) for away in range(-6, 7)]
    assert any(near(found, INK) for found in near_it)


def test_that_a_plane_is_reduced_to_whatever_is_drawn_in_it():
    plane = np.zeros((5, 7), np.bool_)
    plane[4, 6] = plane[0, 1] = True
    assert reduced(plane, 3).tolist() == [[True, False, False], [False, False, True]]
    assert reduced(plane, 1) is plane


def test_that_overlays_are_hidden_shown_and_coloured(qtbot):
    pane = pane_of(qtbot, LayerChoice(overlays=False), overlays=(block(),))
    assert colour_at(pane, 15, 45).red() == pytest.approx(GREY, abs=2)
    pane.show_layers(LayerChoice(colour=1))
    assert near(colour_at(pane, 15, 45), QColor(getattr(theme.ON_FILM, COLOURS[1])))


def test_that_a_region_lets_the_film_be_seen_through(qtbot):
    region = replace(block(), kind="region")
    seen = colour_at(pane_of(qtbot, overlays=(region,)), 15, 45)
    assert not near(seen, INK)
    assert seen.blue() != seen.red()


SHUTTERS = {
    "rectangle": Shutter(rectangle=(20, 30, 40, 60)),
    "circle": Shutter(circle=(30, 45, 10, 15)),
    "polygon": Shutter(polygon=((15, 30), (45, 30), (45, 60), (15, 60))),
    "bitmap": Shutter(
        bitmap=Overlay(0x6000, "graphics", np.pad(np.zeros((20, 20), np.bool_), 30) | ~np.pad(
            np.ones((20, 20), np.bool_), 30
        ))
    ),
}  # fmt: skip


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2, flipped=True)], ids=str)
@pytest.mark.parametrize("shape", SHUTTERS)
def test_that_a_shutter_hides_what_it_leaves_out_on_screen_only(qtbot, shape, turn):
    pane = pane_of(qtbot, turn=turn, shutter=SHUTTERS[shape])
    middle = (40, 40) if shape == "bitmap" else (30, 45)
    assert colour_at(pane, *middle).red() == pytest.approx(GREY, abs=2)
    assert near(colour_at(pane, 4, 20), PANE)
    assert (pane.item.frame.values == GREY).all()
    pane.show_layers(LayerChoice(shutter=False))
    assert colour_at(pane, 4, 20).red() == pytest.approx(GREY, abs=2)


def test_that_of_several_shapes_only_what_all_leave_is_seen(qtbot):
    both = Shutter(rectangle=(0, 30, 60, 60), circle=(30, 45, 10, 30))
    pane = pane_of(qtbot, shutter=both)
    assert near(colour_at(pane, 4, 45), PANE)  # in the rectangle only
    assert near(colour_at(pane, 30, 25), PANE)  # in the circle only
    assert colour_at(pane, 30, 45).red() == pytest.approx(GREY, abs=2)


def test_that_a_shutter_has_the_grey_that_it_says(qtbot):
    pane = pane_of(qtbot, shutter=replace(SHUTTERS["rectangle"], shade=1.0))
    assert colour_at(pane, 4, 20).red() == 255


# ------------------------------------------------------------------ presentation states
def presented(**values):
    return LayerChoice(presentations=(Presentation("MARKED", **values),), number=1)


def lit(pane, column, row, reach=2):
    """The brightest grey near a place."""
    image = pane.view.grab().toImage()
    place = pane.pixel(column, row)
    span = range(-reach, reach + 1)
    return max(
        QColor(image.pixel(int(place.x()) + x, int(place.y()) + y)).green()
        for x in span
        for y in span
    )


SHAPES = {
    "polyline": (Graphic("polyline", ((10, 40), (50, 40))), (30, 40), (30, 50)),
    "interpolated": (Graphic("interpolated", ((10, 40), (30, 50), (50, 40))), (30, 50), (30, 40)),
    "circle": (Graphic("circle", ((30, 45), (40, 45))), (30, 35), (30, 45)),
    "ellipse": (Graphic("ellipse", ((10, 45), (50, 45), (30, 40), (30, 50))), (30, 40), (30, 45)),
    "slanted": (Graphic("ellipse", ((20, 35), (40, 55), (33, 42), (27, 48))), (40, 55), (40, 36)),
    "point": (Graphic("point", ((30, 45),)), (30, 45), (35, 50)),
}


@pytest.mark.parametrize("turn", [Turn(), Turn(3), Turn(1, flipped=True)], ids=str)
@pytest.mark.parametrize("shape", SHAPES)
def test_that_shapes_are_drawn_in_stored_places(qtbot, shape, turn):
    graphic, on, beside = SHAPES[shape]
    pane = pane_of(qtbot, presented(graphics=(graphic,)), turn)
    assert lit(pane, *on) > GREY + 25
    assert lit(pane, *beside) == pytest.approx(GREY, abs=2)


def test_that_shares_of_the_displayed_area_are_places_in_it(qtbot):
    area = DisplayedArea(20, 30, 40, 70)
    line = Graphic("polyline", ((0.0, 0.5), (1.0, 0.5)), display=True)
    pane = pane_of(qtbot, presented(graphics=(line,), area=area))
    assert lit(pane, 30, 50) > GREY + 25
    assert lit(pane, 30, 45) == pytest.approx(GREY, abs=2)


def test_that_a_film_is_fitted_to_the_area_that_its_presentation_shows(qtbot):
    pane = pane_of(qtbot, presented(area=DisplayedArea(20, 30, 40, 70)))
    seen = pane.placement.visible()
    assert seen.contains(QPointF(21, 31))
    assert seen.height() == pytest.approx(40, abs=1)
    pane.show_layers(replace(presented(), number=0))
    assert pane.placement.visible().height() >= ROWS


def test_that_a_text_is_written_with_a_line_to_what_it_speaks_of(qtbot):
    text = GraphicText(
        "nodule", box=((5.0, 10.0), (20.0, 15.0)), anchor=(50.0, 60.0), pointed=True
    )
    pane = pane_of(qtbot, presented(texts=(text,)))
    assert lit(pane, 50, 60) > GREY + 25
    assert lit(pane, 8, 11, reach=12) > 200


def test_that_the_overlays_of_a_presentation_are_those_that_it_activates(qtbot):
    planes = (block(), replace(block(top=60), group=0x6002))
    pane = pane_of(qtbot, presented(overlays=(0x6002,)), overlays=planes)
    assert colour_at(pane, 15, 45).red() == pytest.approx(GREY, abs=2)
    assert near(colour_at(pane, 15, 65), INK)


def test_that_what_lies_over_a_film_is_listed(qtbot):
    planes = (block(label="AIR"), replace(block(), group=0x6002, description="of a hand"))
    pane = pane_of(qtbot, overlays=planes, shutter=SHUTTERS["circle"])
    assert layer_words(pane.layers) == ("overlay AIR", "overlay of a hand", "shutter")
    pane.show_layers(replace(presented(), overlays=False, shutter=False))
    assert layer_words(pane.layers) == (
        "overlay AIR, hidden",
        "overlay of a hand, hidden",
        "shutter, open",
    )
    assert pane.layers.presented == "presentation MARKED"
    two = (Presentation("ONE"), Presentation("TWO"))
    pane.show_layers(LayerChoice(presentations=two))
    assert pane.layers.presented == ""
    assert layer_words(pane.layers)[-1] == "as stored, 2 presentations"
    pane.clear()
    assert layer_words(pane.layers) == ()


def test_that_a_badge_on_the_film_names_its_presentation(qtbot):
    pane = pane_of(qtbot, presented(), size=(1040, 700))  # room for it in any typeface
    words = [badge.words for _, badge in pane.written().badges]
    assert words == ["presentation MARKED"]
