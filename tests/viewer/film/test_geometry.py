"""Where the film lies: fitting, zooming, panning, and the formula of the strips."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF

from viewer.film.placement import LARGEST, SMALLEST, Placement
from viewer.session.viewport import Turn

FILM = QRectF(0, 0, 2048, 2500)
SIZES = ((600.0, 400.0), (500.0, 800.0), (1280.0, 1024.0))
MARGIN = 10.0
TURNS = [Turn(quarters, flipped) for quarters in range(4) for flipped in (False, True)]


@pytest.fixture(params=SIZES, ids=str)
def fitted(request):
    width, height = request.param
    return Placement(width=width, height=height).fitted(FILM, MARGIN)


@pytest.mark.parametrize("film", [FILM, QRectF(0, 0, 3000, 400), QRectF(0, 0, 1, 1)])
@pytest.mark.parametrize("aspect", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_that_the_whole_film_is_seen_when_fitted(film, aspect, size):
    width, height = size
    placed = Placement(width=width, height=height, aspect=aspect).fitted(film, MARGIN)
    seen = placed.visible().adjusted(-1e-6, -1e-6, 1e-6, 1e-6)
    assert seen.contains(film)


def test_that_a_fitted_film_touches_two_sides(fitted):
    shown = fitted.on_screen(FILM)
    touches = shown.height() == pytest.approx(fitted.height)
    assert touches or shown.width() == pytest.approx(fitted.width - MARGIN)


def test_that_a_fitted_film_leaves_the_margin_at_its_right(fitted):
    shown = fitted.on_screen(FILM)
    right = fitted.width - shown.right()
    assert right >= MARGIN - 1e-6
    assert right - shown.left() == pytest.approx(MARGIN)


@pytest.mark.parametrize("factor", [0.5, 1.15, 3.0])
@pytest.mark.parametrize("share", [(0.0, 0.0), (0.3, 0.9), (0.99, 0.02)])
def test_that_zooming_keeps_the_fixed_point(fitted, factor, share):
    film = fitted.on_screen(FILM)
    fixed = film.topLeft() + QPointF(film.width() * share[0], film.height() * share[1])
    before, after = fitted.stored(fixed), fitted.zoomed(factor, fixed, FILM).stored(fixed)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_that_zooming_keeps_the_fixed_point_of_pixels_that_are_not_square(fitted):
    wide = replace(fitted, aspect=1.7)
    fixed = wide.on_screen(FILM).center()
    before, after = wide.stored(fixed), wide.zoomed(2.0, fixed, FILM).stored(fixed)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


@pytest.mark.parametrize("height", range(300, 900, 7))
def test_that_one_pixel_for_one_is_exactly_that(height):
    placed = Placement(width=644.0, height=float(height)).fitted(QRectF(0, 0, 60, 80), MARGIN)
    assert placed.zoomed(1.0 / placed.scale, QPointF(300.0, 200.0), FILM).scale == 1.0


def test_that_zooming_ends_where_nothing_more_can_be_seen(fitted):
    fixed = QPointF(10.0, 10.0)
    assert fitted.zoomed(1e9, fixed, FILM).scale == LARGEST
    assert fitted.zoomed(1e-9, fixed, FILM).scale * 2500 == pytest.approx(SMALLEST)


def test_that_panning_moves_the_film_with_the_pointer(fitted):
    near = fitted.zoomed(4.0, QPointF(300.0, 200.0), FILM)
    moved = near.panned(30.0, -20.0, FILM)
    place = near.stored(QPointF(100.0, 100.0))
    again = moved.stored(QPointF(130.0, 80.0))
    assert (again.x(), again.y()) == pytest.approx((place.x(), place.y()))


@pytest.mark.parametrize("way", [(1e9, 1e9), (-1e9, -1e9)])
def test_that_the_film_cannot_be_panned_away(fitted, way):
    moved = fitted.panned(*way, FILM)
    assert FILM.contains(QPointF(moved.x, moved.y))


@pytest.mark.parametrize("row", [0.0, 12.5, 2500.0, -300.0])
@pytest.mark.parametrize("factor", [0.7, 1.0, 5.0])
def test_that_a_row_lies_where_the_strips_draw_it(fitted, row, factor):
    placed = fitted.zoomed(factor, QPointF(200.0, 100.0), FILM)
    seen = placed.visible()
    strips = (row - seen.top()) / (seen.bottom() - seen.top()) * placed.height
    assert placed.y_of(row) == pytest.approx(strips, abs=1e-6)


def test_that_a_row_and_its_pixel_are_inverse(fitted):
    assert fitted.stored(QPointF(0.0, fitted.y_of(321.5))).y() == pytest.approx(321.5)


def test_that_the_aspect_changes_the_width_only(fitted):
    wide = replace(fitted, aspect=0.5)
    assert wide.on_screen(FILM).width() == pytest.approx(fitted.scale * 0.5 * 2048)
    assert wide.y_of(100.0) == fitted.y_of(100.0)


def test_that_zooming_beside_the_film_does_not_lose_it(fitted):
    body = QRectF(0, 0, fitted.width, fitted.height)
    for corner in (body.topLeft(), body.topRight(), body.bottomLeft(), body.bottomRight()):
        shown = fitted.zoomed(9.0, corner, FILM).on_screen(FILM)
        assert body.contains(shown)
        assert shown.width() * shown.height() > 1000


@pytest.fixture(params=TURNS, ids=str)
def turned(request):
    """Fitted, with pixels that are not square."""
    placed = Placement(width=600.0, height=400.0, aspect=1.7, turn=request.param)
    return placed.fitted(FILM, MARGIN)


@pytest.mark.parametrize("place", [(0.0, 0.0), (2048.0, 2500.0), (17.25, 1300.5), (-40.0, 9e3)])
def test_that_stored_and_pixel_are_inverse_under_every_turn(turned, place):
    back = turned.stored(turned.pixel(*place))
    assert (back.x(), back.y()) == pytest.approx(place)


@pytest.mark.parametrize("place", [(0.0, 0.0), (2048.0, 2500.0), (17.25, 1300.5)])
def test_that_a_drawing_in_stored_places_lies_where_pixels_say(turned, place):
    drawn, pixel = turned.transform().map(QPointF(*place)), turned.pixel(*place)
    assert (drawn.x(), drawn.y()) == pytest.approx((pixel.x(), pixel.y()))


def test_that_a_turned_film_is_seen_whole_and_leaves_its_margin(turned):
    shown, body = turned.on_screen(FILM), QRectF(0, 0, 600, 400)
    assert turned.visible().adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(FILM)
    free = body.right() - shown.right() if turned.turn.level else body.bottom() - shown.bottom()
    assert free >= MARGIN - 1e-6
    wide, high = 2048 * turned.across, 2500 * turned.scale
    size = (wide, high) if turned.turn.level else (high, wide)
    assert (shown.width(), shown.height()) == pytest.approx(size)


def test_that_columns_and_rows_lead_where_the_turn_says(turned):
    corner = turned.pixel(100.0, 200.0)
    along, down = turned.pixel(101.0, 200.0) - corner, turned.pixel(100.0, 201.0) - corner
    (a, b), (c, d) = turned.turn.across, turned.turn.down
    assert (along.x(), along.y()) == pytest.approx((a * turned.across, b * turned.across))
    assert (down.x(), down.y()) == pytest.approx((c * turned.scale, d * turned.scale))


def test_that_a_turned_film_is_zoomed_and_panned_with_the_pointer(turned):
    fixed = QPointF(310.0, 180.0)
    before, near = turned.stored(fixed), turned.zoomed(3.0, fixed, FILM)
    after = near.stored(fixed)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))
    moved = near.panned(30.0, -20.0, FILM).pixel(before.x(), before.y())
    assert (moved.x(), moved.y()) == pytest.approx((340.0, 160.0))


def test_that_the_strips_are_told_which_way_rows_follow(turned):
    rows = turned.rows()
    assert rows.level == turned.turn.level
    upside_down = turned.turn.down in {(0, -1), (-1, 0)}
    assert (rows.top > rows.bottom) == upside_down
    if rows.level:
        share = (700.0 - rows.top) / (rows.bottom - rows.top)
        assert turned.y_of(700.0) == pytest.approx(share * 400.0)


def test_that_an_area_is_shown_as_large_as_the_body_allows(turned):
    area = QRectF(100.0, 200.0, 60.0, 90.0)
    shown = turned.framed(area, FILM).on_body(area)
    body = QRectF(0, 0, 600, 400)
    assert body.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(shown)
    touches = shown.width() == pytest.approx(600) or shown.height() == pytest.approx(400)
    assert touches
    assert shown.center().x() == pytest.approx(300)
