"""Film and strips share the width: nothing overlaps, nothing lies outside."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget

from viewer.kit.widgets import PaneFrame
from viewer.read.layouts import PaneGrid
from viewer.read.workspace import ANSWER, FILM_LEAST, INFLUENCE, STATES, Centre

SIZES = ((912, 620), (1024, 640), (1680, 900), (2100, 1300), (3440, 1300))
ASPECTS = (0.4, 0.8, 1.0, 1.25, 3.0)


@pytest.fixture
def laid_out(qtbot):
    def build(size, aspect):
        film, strips = PaneGrid(), tuple(PaneFrame(QWidget()) for _ in range(3))
        film.arrange((PaneFrame(QWidget()),), 1, 1, 0)
        centre = Centre(film, strips)
        qtbot.addWidget(centre)
        centre.resize(*size)
        centre.set_aspect(aspect)
        centre.show()
        centre.grab()
        return centre, [pane.geometry() for pane in (film, *strips)]

    return build


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("size", SIZES)
def test_that_no_pane_overlaps_another(laid_out, size, aspect):
    _, panes = laid_out(size, aspect)
    assert all(one.right() < other.left() for one, other in pairwise(panes))


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("size", SIZES)
def test_that_all_panes_lie_inside(laid_out, size, aspect):
    centre, panes = laid_out(size, aspect)
    assert all(centre.rect().contains(pane) for pane in panes)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("size", SIZES)
def test_that_all_panes_have_the_full_height(laid_out, size, aspect):
    centre, panes = laid_out(size, aspect)
    assert {(pane.top(), pane.height()) for pane in panes} == {(0, centre.height())}


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("size", SIZES)
def test_that_no_pane_is_narrower_than_it_needs(laid_out, size, aspect):
    _, panes = laid_out(size, aspect)
    least = (FILM_LEAST, INFLUENCE[0], ANSWER[0], STATES[0])
    assert all(pane.width() >= need for pane, need in zip(panes, least, strict=True))


def test_that_the_whole_width_is_used(laid_out):
    for size in SIZES:
        centre, panes = laid_out(size, 1.0)
        assert centre.width() - panes[-1].right() - 1 <= panes[0].left()


def test_that_a_landscape_film_gets_more_room_than_a_portrait_one(laid_out):
    _, (portrait, *_) = laid_out((1680, 900), 0.6)
    _, (landscape, *_) = laid_out((1680, 900), 1.3)
    assert landscape.width() > portrait.width()


def test_that_another_aspect_shares_the_width_anew(laid_out):
    centre, before = laid_out((1680, 900), 0.6)
    centre.set_aspect(1.3)
    assert centre._films.width() > before[0].width()


def test_that_the_smallest_size_still_holds_all_panes(laid_out):
    centre, _ = laid_out((912, 620), 1.0)
    hint = centre.minimumSizeHint()
    _, panes = laid_out((hint.width(), hint.height()), 1.0)
    assert panes[-1].right() < hint.width()
