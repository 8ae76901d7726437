"""A network that learns where bright squares lie, from a recipe to what one film is told."""

import csv
import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.bundle import read_description
from engine.cli import app
from engine.model import Model
from engine.training import train

SIDE, SQUARE = 32, 8
RECIPE = {
    "name": "squares",
    "title": "Squares",
    "task": "Where the bright square lies",
    "intended_use": "Tests",
    "data_source": "Nobody",
    "classes": ["nothing", "square"],
    "positive": 1,
    "input": {"rows": 16, "columns": 16, "intensity": "full-range"},
    "network": {
        "architecture": "grid",
        "options": {
            "hidden_size": 8,
            "layers": 1,
            "stem": [{"channels": 8, "row_stride": 2, "column_stride": 2}],
        },
    },
    "training": {"epochs": 16, "batch_size": 8, "learning_rate": 1e-2, "clip": 1.0, "seed": 0},
    "data": {"source": "a test", "licence": "none", "validation": 0.25, "test": 0.2},
    "objective": {"task": "localisation", "options": {"most": 5}},
    "augmentation": {"flip": 0.5},
    "measure": {"influence_films": 4, "deletion_films": 2, "statistics_films": 8},
    "population": {},
}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder, rng = tmp_path_factory.mktemp("squares"), np.random.default_rng(0)
    lines = [("path", "class", "left", "top", "right", "bottom")]
    for number in range(50):
        values = rng.integers(0, 60, (SIDE, SIDE), np.uint8)
        if number % 5:
            left, top = rng.integers(0, SIDE - SQUARE, 2)
            values[top : top + SQUARE, left : left + SQUARE] += 150
            lines.append((f"{number}.png", "square", left, top, left + SQUARE, top + SQUARE))
        Image.fromarray(values).save(folder / f"{number}.png")
    for name, table in (
        ("boxes.csv", lines),
        ("films.csv", [("path",), *((f"{number}.png",) for number in range(50))]),
    ):
        with (folder / name).open("w", newline="") as file:
            csv.writer(file).writerows(table)
    return folder, {line[0]: line[2:] for line in lines[1:]}


@pytest.fixture(scope="module")
def model(films, tmp_path_factory):
    output = tmp_path_factory.mktemp("model") / "squares"
    train(RECIPE, films[0], output=output, audit=False, device="cpu", threads=1, workers=1)
    return Model(output)


def test_that_the_bundle_keeps_the_cut_and_what_its_test_came_to(model):
    objective = model.info.objective
    assert objective.task == "localisation"
    assert 0 < objective.fitted["cut"] < 1
    (test,) = read_description(model.info.path)[0].tests
    assert {"froc-mean", "froc-0.25", "map-50", "pointing"} <= set(test.figures)
    assert test.figures["pointing"].value > 0.7


def test_that_a_film_is_told_its_box_in_stored_pixels(model, films):
    folder, boxes = films
    hits = 0
    for name, box in list(boxes.items())[:12]:
        regions = model.analyse(folder / name).task_answer.regions
        if not regions:
            continue
        left, top, right, bottom = regions[0].box
        x, y = (left + right) / 2, (top + bottom) / 2
        hits += box[0] <= x <= box[2] and box[1] <= y <= box[3]
    assert hits >= 9


def test_that_predict_tells_programs_the_same_boxes(model, films):
    folder, boxes = films
    path = folder / next(iter(boxes))
    said = CliRunner().invoke(app, ["predict", "-m", str(model.info.path), "--json", str(path)])
    (result,) = json.loads(said.stdout)["results"]
    regions = model.analyse(path).task_answer.regions
    assert len(result["regions"]) == len(regions)
    for told, region in zip(result["regions"], regions, strict=True):
        assert set(told) == {"class", "probability", "box", "area_px", "area_mm2", "weak"}
        assert told["box"] == pytest.approx(region.box, abs=0.06)
        assert told["weak"] is False


def test_that_evaluate_draws_the_curve_of_found_against_false(model, films, tmp_path):
    page = tmp_path / "page.html"
    said = CliRunner().invoke(
        app, ["evaluate", str(model.info.path), str(films[0]), "-o", str(page), "--no-cache"]
    )
    assert said.exit_code == 0, said.output
    told = json.loads(page.with_suffix(".json").read_text())["task"]["curve"]
    assert told["across"] == "False positives per film"
    assert len(told["x"]) == len(told["y"]) > 1
    assert "False positives per film" in page.read_text()
