"""Targets, loss, calibration and figures of a segmentation."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.network import Output
from engine.recipe import Schedule, read_recipe
from engine.tasks import FilmOutputs, Masks, task_of
from engine.tasks.mask_figures import chances_of, region_odds, surface_distance
from engine.tasks.regions import labels_on, probability_of
from engine.types import Objective, RegionRule
from tests.engine.segmentation_parts import RECIPE

PLAN = Schedule(1, 1)


def a_task(classes=("around", "square"), **options):
    objective = Objective("segmentation", options)
    return task_of(objective, classes, 1)


def masks_of(masks, classes=2, grid=8):
    """Masks (R, C) whose sides are multiples of the grid."""
    shares = [
        np.stack(
            [
                (mask == label).reshape(grid, len(mask) // grid, grid, -1).mean(axis=(1, 3)) * 255
                for label in range(1, classes)
            ]
        )
        for mask in masks
    ]
    sizes = np.array([mask.size for mask in masks])
    return Masks(
        np.concatenate([mask.ravel() for mask in masks]).astype(np.uint8),
        np.cumsum(sizes) - sizes,
        np.array([mask.shape for mask in masks]),
        np.rint(shares).astype(np.uint8),
        np.arange(len(masks)),
    )


def square(top, left, side=8, size=32):
    mask = np.zeros((size, size), np.uint8)
    mask[top : top + side, left : left + side] = 1
    return mask


def sure(masks, *, by=9.0):
    """Logits (N, 2, 8, 8) that are as sure of these masks as can be told."""
    there = masks.on_grid()[:, 1]
    return np.stack((np.zeros_like(there), (2 * there - 1) * by), axis=1)


def figures(task, maps, masks):
    outputs = FilmOutputs(np.zeros((len(masks), 2)), maps)
    found = task.statistics(outputs, np.zeros(len(masks), np.int64), masks)
    return {name: float(one(np.ones((1, len(masks))))[0]) for name, one in found.items()}


def test_that_masks_that_were_found_score_one():
    masks = masks_of([square(4, 8), square(16, 12)])
    found = figures(a_task(), sure(masks), masks)
    assert found["dice"] > 0.93
    assert found["surface_95"] <= 1
    assert found["calibration_error"] < 0.01


def test_that_a_film_without_anything_counts_as_right_where_nothing_is_drawn():
    masks = masks_of([square(0, 0, side=0), square(8, 8)])
    nothing = np.stack((np.full((2, 8, 8), 9.0), np.zeros((2, 8, 8))), axis=1)
    found = figures(a_task(), nothing, masks)
    assert (found["dice"], found["dice_there"], found["spared"]) == (0.5, 0.0, 1.0)
    assert np.isnan(found["surface_95"])
    drawn = figures(a_task(), -nothing, masks)
    assert drawn["spared"] == 0


def test_that_a_film_weighs_as_often_as_it_is_drawn():
    masks = masks_of([square(4, 8), square(16, 12)])
    maps = sure(masks)
    maps[1] = -maps[1]
    found = a_task().statistics(FilmOutputs(np.zeros((2, 2)), maps), np.zeros(2, int), masks)
    first, second = found["dice"](np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert first > 0.9
    assert second < 0.3


def test_that_outlines_a_few_pixels_apart_are_so_far_from_each_other():
    assert surface_distance(square(4, 8) > 0, square(4, 11) > 0) == 3


def test_that_outlines_are_apart_in_millimetres_of_the_films_that_know_them():
    given, wanted = square(4, 8) > 0, square(4, 11) > 0
    assert surface_distance(given, wanted, (9.0, 0.5)) == 1.5
    masks = masks_of([square(4, 11), square(4, 8)])
    maps = sure(masks_of([square(4, 8), square(4, 8)]))
    assert np.isnan(figures(a_task(), maps, masks)["surface_95_mm"])
    known = replace(masks, spacings=np.array([[9.0, 0.5], [np.nan, np.nan]]))
    found = figures(a_task(), maps, known)
    drawn = a_task().drawn(chances_of(maps[0]), (32, 32)) == 1
    away = [surface_distance(drawn, masks.mask(film) == 1) for film in (0, 1)]
    assert found["surface_95"] == pytest.approx(np.mean(away))  # of both films
    assert found["surface_95_mm"] == surface_distance(drawn, masks.mask(0) == 1, (9.0, 0.5))


def test_that_each_class_of_several_has_its_figures():
    mask = square(4, 4)
    mask[20:28, 20:28] = 2
    masks = masks_of([mask], classes=3)
    maps = 9 * np.log(masks.on_grid() + 1e-3)
    found = figures(a_task(("around", "one", "two")), maps, masks)
    assert found["dice:one"] > 0.93
    assert found["dice"] == pytest.approx((found["dice:one"] + found["dice:two"]) / 2)


def test_that_the_mean_mask_of_the_training_is_measured_beside_the_network():
    masks = masks_of([square(8, 8), square(8, 8), square(16, 20)])
    fitted = a_task().learnt(masks)
    objective = Objective("segmentation", {}, fitted)
    task = task_of(objective, ("around", "square"), 1)
    found = figures(task, sure(masks), masks)
    assert 0.5 < found["dice_mean_mask"] < 0.7  # two of three films, at about 0.9


def test_that_targets_move_with_their_films():
    masks = masks_of([square(8, 8)])
    task = a_task()
    targets = task.targets(np.zeros(1, np.int64), masks)
    right = torch.tensor([[[1.0, 0.0, -0.5], [0.0, 1.0, 0.0]]])  # by a quarter of the width
    moved = task.moved(targets, right)
    assert torch.allclose(moved[:, :, :, 2:], targets[:, :, :, :-2], atol=1e-4)


def test_that_the_loss_falls_towards_the_mask_and_asks_no_dice_of_an_empty_film():
    masks = masks_of([square(8, 8), square(0, 0, side=0)])
    task = a_task()
    targets = task.targets(np.zeros(2, np.int64), masks)
    logits = torch.zeros(2, 2)

    def loss(by):
        maps = torch.from_numpy(sure(masks, by=by)).float()
        return task.loss(Output(logits, maps), targets, plan=PLAN)

    undecided, told, wrong = loss(0.0), loss(4.0), loss(-4.0)
    assert (told < undecided).all()
    assert (undecided < wrong).all()
    assert undecided[1].item() == pytest.approx(np.log(2), rel=1e-4)


def test_that_calibration_finds_scale_and_offset_and_puts_them_into_the_network():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(6, 1, 8, 8)) * 2
    there = rng.random(logits.shape) < 1 / (1 + np.exp(-logits))
    films = [np.kron(mask[0], np.ones((4, 4))).astype(np.uint8) for mask in there]
    masks = masks_of(films)
    maps = np.concatenate((np.zeros_like(logits), logits * 3 + 3), axis=1)

    class Network:
        map_head = torch.nn.Conv2d(4, 2, 1)

    before = Network.map_head.weight.detach().clone()
    fitted = a_task().calibrate(Network, FilmOutputs(np.zeros((6, 2)), maps), masks)
    assert fitted["pixel_scale"] == pytest.approx(1 / 3, rel=0.25)
    assert fitted["pixel_offset"][1] == pytest.approx(-1, abs=0.35)
    assert torch.allclose(Network.map_head.weight, before * fitted["pixel_scale"])


def test_that_the_odds_of_a_region_tell_true_ones_from_false_ones():
    films, maps = [], []
    for number in range(24):
        mask = square(4, 4) if number % 2 else square(0, 0, side=0)
        films.append(mask)
        there = np.where(square(4, 4)[::4, ::4], 4.0 if number % 2 else 0.4, -4.0)
        maps.append(np.stack((np.zeros((8, 8)), there)))
    found = region_odds(np.array(maps), masks_of(films), cut=0.5, smallest=0.0)
    rule = RegionRule(("around", "square"), odds=tuple(found))
    doubtful, sure = (
        probability_of(rule, chances.max(), float((labels_on(one, (32, 32), cut=0.5) == 1).mean()))
        for one in map(chances_of, maps[:2])
        for chances in [one[1]]
    )
    assert sure > 0.9
    assert doubtful < 0.1


@pytest.mark.parametrize(
    ("table", "key", "value", "words"),
    [
        ("augmentation", "anchor", 0.1, "augmentation.anchor"),
        ("augmentation", "splice", 0.1, "augmentation.splice"),
        ("training", "class_weights", True, "training.class_weights"),
        ("input", "aspect", "keep", "input.aspect"),
        ("data", "masks", "", "data.masks"),
    ],
)
def test_that_a_recipe_is_refused_that_would_tear_films_from_their_masks(table, key, value, words):
    with pytest.raises(DataError, match=words):
        read_recipe({**RECIPE, table: {**RECIPE[table], key: value}})


def test_that_a_row_classifier_draws_no_outlines():
    network = {"cell": "gru", "hidden_size": 4}
    with pytest.raises(DataError, match="maps"):
        read_recipe({**RECIPE, "network": network})
