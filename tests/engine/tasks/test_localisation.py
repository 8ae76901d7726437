"""The task that finds boxes: targets, loss, motion, candidates, what one film is told."""

import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.network import Output, build_network, describe_network
from engine.recipe import read_recipe
from engine.tasks import (
    Boxes,
    FilmOutputs,
    FilmPlace,
    box_losses,
    moved_boxes,
    task_of,
)
from engine.training import moved
from engine.types import Objective

CLASSES = ("nothing", "small", "large")
ROWS = COLUMNS = 16


def the_task(fitted=None, **options):
    return task_of(Objective("localisation", options, fitted or {}), CLASSES, None)


def truth_of(*found, films=2):
    table = np.array(found, float).reshape(-1, 6)
    return Boxes(
        films,
        table[:, 0].astype(np.int64),
        table[:, 1].astype(np.int64),
        table[:, 2:],
        np.full(len(table), np.nan),
    )


TRUTH = truth_of(
    (0, 1, 0.10, 0.20, 0.30, 0.35), (0, 2, 0.50, 0.55, 0.95, 0.80), (1, 1, 0.6, 0.1, 0.7, 0.3)
)


def ideal(truth):
    """Maps (N, 6, R, Q) that say just what is true."""
    maps = np.zeros((len(truth), 6, ROWS, COLUMNS), np.float32)
    maps[:, :2] = -6.0
    for film, finding, place in zip(truth.owners, truth.findings, truth.places, strict=True):
        x, y = (place[0] + place[2]) / 2 * COLUMNS, (place[1] + place[3]) / 2 * ROWS
        row, column = int(y), int(x)
        maps[film, finding - 1, row, column] = 9.0
        maps[film, 2, row, column] = np.log((place[3] - place[1]) * ROWS)
        maps[film, 3, row, column] = np.log((place[2] - place[0]) * COLUMNS)
        maps[film, 4, row, column] = y - row - 0.5
        maps[film, 5, row, column] = x - column - 0.5
    return maps


def test_that_maps_which_say_the_truth_are_read_as_the_truth():
    found = the_task(most=3).candidates(ideal(TRUTH))
    for film in (0, 1):
        best = (found.owners == film) & (found.scores > 0)
        order = np.argsort(found.findings[best])
        assert (
            found.findings[best][order].tolist() == TRUTH.findings[TRUTH.owners == film].tolist()
        )
        assert found.places[best][order] == pytest.approx(
            TRUTH.places[TRUTH.owners == film], abs=1e-5
        )


def test_that_maps_which_say_the_truth_cost_least_and_every_error_costs():
    targets = the_task().targets(np.zeros(2, np.int64), TRUTH)
    best = torch.from_numpy(ideal(TRUTH))
    least = box_losses(best, targets, width=0.17, size_weight=1.0)
    assert least.shape == (2,)
    for channel, place in ((0, (4, 3)), (2, (4, 3)), (3, (4, 3)), (4, (4, 3)), (5, (4, 3))):
        worse = best.clone()
        worse[0, channel, *place] -= 12.0
        cost = box_losses(worse, targets, width=0.17, size_weight=1.0)
        assert cost[0] > least[0] + 0.1
        assert cost[1] == least[1]


def test_that_a_mark_where_nothing_is_costs_more_the_farther_it_lies():
    targets = the_task().targets(np.zeros(2, np.int64), TRUTH)
    costs = []
    for row in (11, 14, 2):
        maps = torch.from_numpy(ideal(TRUTH))
        maps[0, 1, row, 11] = 5.0
        costs.append(float(box_losses(maps, targets, width=0.17, size_weight=1.0)[0]))
    assert costs[0] < costs[1] <= costs[2]


def test_that_a_film_without_boxes_learns_that_nothing_is_there():
    targets = torch.zeros(1, 3, 5)
    quiet, loud = torch.full((1, 6, 4, 4), -5.0), torch.full((1, 6, 4, 4), 5.0)
    costs = [box_losses(one, targets, width=0.2, size_weight=1.0)[0] for one in (quiet, loud)]
    assert costs[0] < 1e-3
    assert costs[1] > 1


def test_that_points_teach_where_and_not_how_large():
    targets = torch.tensor([[[1.0, 0.53, 0.53, 0.53, 0.53]]])
    maps = torch.zeros(1, 5, 8, 8, requires_grad=True)
    box_losses(maps, targets, width=0.2, size_weight=1.0).sum().backward()
    assert maps.grad[0, 1:3].abs().max() == 0
    assert maps.grad[0, 3:].abs().max() > 0


# ---------------------------------------------------------------------------- motion


def motions(*lines):
    return torch.tensor([[line[:3], line[3:]] for line in lines], dtype=torch.float32)


def test_that_a_film_at_rest_keeps_its_boxes():
    targets = the_task().targets(np.zeros(2, np.int64), TRUTH)
    still = motions((1, 0, 0, 0, 1, 0), (1, 0, 0, 0, 1, 0))
    assert torch.allclose(moved_boxes(targets, still)[0], targets[0], atol=1e-6)


def test_that_a_mirrored_film_has_mirrored_boxes():
    targets = torch.tensor([[[1.0, 0.1, 0.2, 0.3, 0.6]]])
    found = moved_boxes(targets, motions((-1, 0, 0, 0, 1, 0)))
    assert found[0, 0].tolist() == pytest.approx([1.0, 0.7, 0.2, 0.9, 0.6], abs=1e-6)


def test_that_a_box_which_leaves_the_film_is_no_longer_looked_for():
    targets = torch.tensor([[[1.0, 0.1, 0.2, 0.3, 0.6], [2.0, 0.7, 0.2, 0.9, 0.6]]])
    found = moved_boxes(targets, motions((1, 0, 0.5, 0, 1, 0)))  # read a quarter further right
    assert found[0, :, 0].tolist() == [0.0, 2.0]
    assert found[0, 1, 1:].tolist() == pytest.approx([0.45, 0.2, 0.65, 0.6], abs=1e-6)


@pytest.mark.parametrize(
    "motion", [(0.9, -0.3, 0.1, 0.3, 0.9, -0.1), (-1.1, 0.1, 0.05, 0.2, 0.8, 0.1)]
)
def test_that_boxes_move_as_what_they_surround(motion):
    place = torch.tensor([0.35, 0.45, 0.6, 0.55])
    across = (torch.arange(64) + 0.5) / 64
    x = (across[None, :] - (place[0] + place[2]) / 2) / ((place[2] - place[0]) / 2)
    y = (across[:, None] - (place[1] + place[3]) / 2) / ((place[3] - place[1]) / 2)
    film = (x**2 + y**2 <= 1).float()[None]
    turned = moved(film, motions(motion), heights=torch.tensor([64]))[0] > 0.5
    rows, columns = torch.nonzero(turned.any(1)), torch.nonzero(turned.any(0))
    ends = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
    found = moved_boxes(torch.cat([torch.ones(1), place])[None, None], motions(motion))
    assert found[0, 0, 1:].tolist() == pytest.approx([float(one) / 64 for one in ends], abs=0.025)


# -------------------------------------------------------------------------- one film


def test_that_boxes_lie_in_stored_pixels_of_the_film_and_not_of_its_padding():
    task = the_task({"scale": 1.0, "offset": 0.0, "cut": 0.5, "points": False})
    place = FilmPlace(np.linspace(100, 300, ROWS + 1), np.linspace(50, 150, COLUMNS + 1))
    answer = task.answer(np.zeros(3, np.float32), ideal(TRUTH)[0], place)
    boxes = {one.label: one.box for one in answer.regions}
    assert boxes["small"] == pytest.approx((60, 140, 80, 170), abs=1e-2)
    assert boxes["large"] == pytest.approx((100, 210, 145, 260), abs=1e-2)
    assert all(one.area_px is None and not one.weak for one in answer.regions)


def test_that_the_most_probable_box_comes_first_and_the_cut_hides_the_others():
    maps = ideal(TRUTH)[0]
    maps[1][maps[1] > 0] = 2.0
    place = FilmPlace(np.arange(ROWS + 1.0), np.arange(COLUMNS + 1.0))
    shown = the_task({"scale": 1.0, "offset": -1.0, "cut": 0.1}).answer(np.zeros(3), maps, place)
    assert [one.label for one in shown.regions] == ["small", "large"]
    assert shown.regions[1].probability == pytest.approx(1 / (1 + np.exp(-1.0)), abs=1e-6)
    fewer = the_task({"scale": 1.0, "offset": -1.0, "cut": 0.9}).answer(np.zeros(3), maps, place)
    assert [one.label for one in fewer.regions] == ["small"]


def test_that_of_boxes_which_overlap_the_likelier_stays():
    maps = ideal(TRUTH)[0]
    maps[:, 4, 4] = maps[:, 4, 3]
    maps[0, 4, 4] = 8.0  # beside the box of 9.0, moved by one cell of three
    maps[0, 4, 3] = 9.0
    found = the_task(overlap=0.4).candidates(maps[None])
    assert (found.scores[found.findings == 1] > 0).sum() == 1


def test_that_films_are_calibrated_and_a_cut_is_chosen():
    rng = np.random.default_rng(0)
    maps = ideal(TRUTH) + rng.normal(0, 1.5, (2, 6, ROWS, COLUMNS)) * np.array(
        [1, 1, 0, 0, 0, 0]
    ).reshape(1, 6, 1, 1)
    task = the_task(false_positives=0.25)
    network = build_network(
        describe_network(
            "grid", 8, columns=8, classes=3, options={"hidden_size": 2, "layers": 1}, task=task
        )
    )
    logits = np.array([[0.0, 1.0, 1.2], [0.0, 0.8, -1.0]])
    fitted = task.calibrate(network, FilmOutputs(logits, maps), TRUTH)
    assert fitted["scale"] > 0
    assert 0 < fitted["cut"] < 1
    assert network.head.weight[0, 0] == 1  # "nothing" stays at even odds
    assert network.head.bias[0] == 0
    told = the_task(fitted)
    figures = told.statistics(FilmOutputs(logits, maps), np.zeros(2, np.int64), TRUTH)
    everyone = np.ones((1, 2))
    assert figures["false-per-film"](everyone)[0] <= 0.25
    assert figures["found"](everyone)[0] == 1
    assert figures["map-50"](everyone)[0] == 1
    curve = told.curve(FilmOutputs(logits, maps), TRUTH)
    assert curve.y[-1] == 1
    assert list(curve.x) == sorted(curve.x)


def test_that_every_figure_has_a_title():
    task = the_task({"scale": 1.0, "offset": 0.0, "cut": 0.5}, sizes=[8.0])
    figures = task.statistics(
        FilmOutputs(np.zeros((2, 3)), ideal(TRUTH)), np.zeros(2, np.int64), TRUTH
    )
    assert next(iter(figures)) == task.chief
    assert {name.partition(":")[0] for name in figures} <= set(task.titles)


def test_that_the_film_answers_by_the_peak_of_each_map():
    task = the_task()
    config = describe_network(
        "grid", 8, columns=8, classes=3, options={"hidden_size": 2, "layers": 1}, task=task
    )
    output = build_network(config).output(torch.rand(2, 8, 8))
    assert isinstance(output, Output)
    assert output.maps.shape == (2, 6, 8, 8)
    assert output.logits[:, 0].abs().max() == 0


# ------------------------------------------------------------------------- the recipe

RECIPE = {
    "name": "boxes",
    "title": "Boxes",
    "task": "Where it is",
    "classes": ["nothing", "spot"],
    "input": {"rows": 16, "columns": 16, "intensity": "rank"},
    "network": {"architecture": "grid", "options": {"hidden_size": 4, "layers": 1}},
    "training": {"epochs": 1, "batch_size": 8},
    "objective": {"task": "localisation"},
}


@pytest.mark.parametrize("change", ["mixup", "anchor", "neutral", "splice"])
def test_that_a_recipe_which_blends_films_is_refused_in_one_sentence(change):
    with pytest.raises(DataError, match=rf"`augmentation\.{change}` must be 0: boxes"):
        read_recipe(RECIPE, [f"augmentation.{change}=0.5"])


def test_that_a_recipe_whose_films_differ_in_height_is_refused():
    with pytest.raises(DataError, match="aspect"):
        read_recipe(RECIPE, ['input.aspect="keep"'])


def test_that_a_recipe_of_boxes_asks_a_network_for_its_maps():
    assert read_recipe(RECIPE).config.options["maps"] == 5
    with pytest.raises(DataError, match="grid"):
        read_recipe({**RECIPE, "network": {"cell": "gru", "hidden_size": 4}})
