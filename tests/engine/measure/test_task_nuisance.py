"""Figures of tasks under changes that mean nothing: what is true is moved as the films are."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from engine.films import Films
from engine.measure import task_nuisance_of
from engine.network import Output
from engine.tasks import Boxes, Masks, OutlineShares, PlaneView, shares_on, task_of
from engine.types import InputFormat, Objective
from engine.words import Sentence

SIZE = 20
FORMAT = InputFormat(SIZE, SIZE, "full-range")
WHOLE = (0, 0, SIZE, SIZE)


class DrawsWhatIsBright(torch.nn.Module):
    """A network that is sure of every bright pixel."""

    def __init__(self):
        super().__init__()
        self.config = SimpleNamespace(classes=2, rows=SIZE, columns=SIZE)
        self.place = torch.nn.Parameter(torch.zeros(1))

    def output(self, rows, lengths=None):
        bright = 60 * (rows - 0.5)
        return Output(torch.zeros(len(rows), 2), torch.stack((-bright, bright), dim=1))


def a_film(top, left, side=6):
    mask = np.zeros((SIZE, SIZE), np.uint8)
    mask[top : top + side, left : left + side] = 1
    return mask


def masks_of(every):
    sizes = np.array([mask.size for mask in every])
    return Masks(
        np.concatenate([mask.ravel() for mask in every]),
        np.cumsum(sizes) - sizes,
        np.array([mask.shape for mask in every]),
        np.stack([shares_on(mask, 2, (SIZE, SIZE)) for mask in every]),
        np.arange(len(every)),
        np.full((len(every), 2), 0.5),
    )


def films_of(every):
    count = len(every)
    names = np.array([f"{number}.png" for number in range(count)])
    rows = np.stack([0.2 + 0.6 * mask for mask in every]).astype(np.float16)
    return Films(
        rows=rows,
        labels=np.ones(count, np.int64),
        patients=names,
        splits=np.full(count, "test"),
        names=names,
        heights=np.full(count, SIZE),
        findings=np.full((count, 2), np.nan),
        truth=masks_of(every),
    )


@pytest.fixture(scope="module")
def found():
    every = [a_film(7, left) for left in (4, 6, 7, 8, 9)]
    return task_nuisance_of(
        DrawsWhatIsBright().eval(),
        task_of(Objective("segmentation"), ("around", "square"), 1),
        FORMAT,
        films_of(every),
        where=Sentence("source.films", films=5, data="a test"),
    )


def test_that_masks_move_as_the_films_do(found):
    assert found.as_read["dice"].value == pytest.approx(1)
    moved = {one.name: one.moved.value for one in found.changes}
    for name in ("shifted-left", "shifted-down", "cropped-much", "wider", "higher-inside"):
        assert moved[name] > -0.2  # of a square that is drawn where it no longer is half is lost
    assert found.as_read["surface_95_mm"].value == 0.5 * found.as_read["surface_95"].value


def test_that_what_is_drawn_by_mistake_after_a_change_is_the_worst_of_them(found):
    assert found.changes[0].name == "light-frame"  # it is as bright as a square
    assert found.changes[0].moved.value < -0.3
    assert (found.chief, found.titles["dice"], found.stored) == ("dice", "Dice", False)
    assert found.changes[0].figures["dice"].value == pytest.approx(
        found.as_read["dice"].value + found.changes[0].moved.value
    )


def test_that_a_mask_is_seen_where_its_film_is():
    masks = masks_of([a_film(0, 0, 10)])
    left = PlaneView(WHOLE, (0.25, 0.0, 1.25, 1.0), SIZE, 2 * SIZE)
    found = masks.reframed([left])
    assert found.mask(0).shape == (SIZE, 2 * SIZE)
    assert found.mask(0)[:10, :10].all()
    assert found.mask(0).sum() == 100
    assert found.spacing(0) == (0.5, 0.25)
    beyond = masks.reframed([PlaneView(WHOLE, (-0.5, 0.0, 0.5, 1.0), SIZE, SIZE, goes_on=False)])
    assert not beyond.mask(0)[:, :10].any()
    assert masks.reframed([PlaneView(WHOLE, (-0.5, 0.0, 0.5, 1.0), SIZE, SIZE)]).mask(0)[0, 0]


def test_that_an_outline_is_seen_where_its_film_is_and_none_stays_none():
    shares = shares_on(a_film(0, 0, 10), 2, (SIZE, SIZE))[None]
    outlines = OutlineShares(shares, np.array([-1, 0]))
    part = PlaneView(WHOLE, (0.25, 0.0, 1.25, 1.0), SIZE, SIZE)
    found = outlines.reframed([part, part]).on_grid()
    assert np.isnan(found[0]).all()
    assert found[1][:10, :5].all()
    assert found[1].sum() == 50


def test_that_boxes_are_cut_at_the_edge_and_gone_where_their_middle_is():
    boxes = Boxes(
        2,
        np.array([0, 0, 1]),
        np.array([1, 1, 1]),
        np.array([(0.0, 0.1, 0.2, 0.3), (0.2, 0.0, 0.4, 0.2), (0.6, 0.6, 0.8, 0.8)]),
        np.full(3, np.nan),
    )
    part = PlaneView(WHOLE, (0.25, 0.0, 1.25, 1.0), SIZE, SIZE)
    found = boxes.reframed([part, part])
    assert found.owners.tolist() == [0, 1]
    assert found.places.ravel() == pytest.approx([0.0, 0.0, 0.15, 0.2, 0.35, 0.6, 0.55, 0.8])
