"""Where the film lies: fitting, zooming, panning, and the formula of the strips."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF

from viewer.film.view import LARGEST, SMALLEST, Placement

FILM = QRectF(0, 0, 2048, 2500)
SIZES = ((600.0, 400.0), (500.0, 800.0), (1280.0, 1024.0))
MARGIN = 10.0


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
