"""A package of other people brings a task: the age of phantoms, told by their aorta."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import engine
from engine.cli import app
from engine.errors import DataError
from engine.evaluation import export
from engine.phantoms import PhantomSpec, draw_phantom
from engine.recipe import read_recipe
from tests.engine.plugin_site import install

PACKAGE = Path(__file__).parents[1] / "plugin_age"
EDGES = [20, 35, 50, 65, 85]
RECIPE = {
    "name": "age",
    "title": "Age of a phantom",
    "task": "How old is the phantom",
    "intended_use": "Tests",
    "data_source": "Drawn",
    "classes": ["20–35", "35–50", "50–65", "65–85"],
    "input": {"rows": 16, "columns": 16, "intensity": "full-range"},
    "network": {"cell": "gru", "hidden_size": 12},
    "training": {"epochs": 30, "batch_size": 8, "learning_rate": 2e-2, "seed": 0},
    "data": {"source": "drawn", "licence": "none", "allow_leakage": ["near"]},
    "objective": {"task": "phantom-age", "options": {"edges": EDGES}},
    "measure": {"influence_films": 8, "deletion_films": 4, "statistics_films": 40},
    "population": {},
}


def write_phantoms(folder, count=80):
    """One phantom at many ages: no phantom's anatomy tells its age, so its aorta is made to."""
    folder.mkdir(parents=True)
    phantom = draw_phantom(PhantomSpec(1, 32, 32)).values.astype(np.float64) / 4095
    rng, lines = np.random.default_rng(0), []
    for number in range(count):
        age = int(rng.integers(22, 84))
        values = 0.6 * phantom + rng.normal(0, 0.01, phantom.shape)
        values[8:14, 15:21] += 0.4 * (age - 22) / 62
        pixels = np.clip(255 * values, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:03}.png")
        split = ("train", "train", "val", "test")[number % 4]
        lines.append([f"{number:03}.png", split, age if number % 10 else "unknown"])
    with (folder / "films.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["path", "split", "age"], *lines])
    return folder


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(install(tmp_path_factory.mktemp("site"), PACKAGE))
        yield


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    return write_phantoms(tmp_path_factory.mktemp("aged") / "films")


@pytest.fixture(scope="module")
def model(installed, films):
    return engine.train(RECIPE, films, output=films.parent / "model", audit=False)


def test_that_a_recipe_with_a_task_that_nobody_brings_is_refused_by_name():
    with pytest.raises(DataError, match="no task “phantom-age” here; install") as refused:
        read_recipe(RECIPE)
    assert str(refused.value).count("phantom-age") == 1


def test_that_it_is_learnt_and_measured_with_its_own_figure(model):
    figures = model.info.tests[0].figures
    assert list(figures) == ["absolute_error", "within"]
    assert figures["absolute_error"].value < 8  # guessing the middle would be off by 15 years
    assert figures["absolute_error"].films == 20
    assert figures["within"].low < figures["within"].value <= figures["within"].high
    said = {str(what): str(value) for what, value in model.info.results}
    assert "test mean absolute error in years" in said


def test_that_films_without_an_age_are_left_out(installed, films):
    from engine.films import layout_of, read_films, with_truth

    recipe = read_recipe(RECIPE)
    found = with_truth(read_films(films, layout_of(recipe)), films, recipe)
    assert len(found) == 72
    assert len(found.skipped) == 8
    assert np.isfinite(found.truth.numbers).all()


def test_that_it_says_a_number_with_unit_and_interval(model, films):
    (value,) = model.analyse(films / "003.png").task_answer.values
    assert (value.label, value.unit) == ("Age", "years")
    assert value.interval[0] < value.value < value.interval[1]
    told = CliRunner().invoke(
        app, ["predict", "--model", str(model.info.path), str(films / "003.png"), "--json"]
    )
    (result,) = json.loads(told.stdout)["results"]
    assert result["values"][0]["unit"] == "years"
    assert result["values"][0]["value"] == pytest.approx(value.value)
    assert len(result["values"][0]["interval"]) == 2


def test_that_it_is_reported_and_exported(model, films, tmp_path):
    found = engine.evaluate(model, films)
    assert found.glance[0].title == "mean absolute error in years"
    assert found.glance[0].meaning == "smaller is better"
    assert found.task.lines == ()
    export(model.info.path, tmp_path / "age.onnx", data=films)
    assert (tmp_path / "age.onnx").is_file()


def test_that_a_wish_for_fewer_classes_than_bins_is_told(installed, films):
    recipe = RECIPE | {"objective": {"task": "phantom-age", "options": {"edges": "none"}}}
    with pytest.raises(engine.EngineError, match="edges"):
        assert read_recipe(recipe).asked
