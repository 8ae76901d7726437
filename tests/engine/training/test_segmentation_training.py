"""A segmentation from films to a bundle, and what is read with it."""

import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import engine
from engine.bundle import read_metadata
from engine.cli import app
from engine.tasks import class_numbers_of, regions_of
from engine.training import train
from tests.engine.segmentation_parts import RECIPE, write_films


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_films(tmp_path_factory.mktemp("films"), 24)


@pytest.fixture(scope="module")
def bundle(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "squares"
    plan = {**RECIPE, "training": {**RECIPE["training"], "epochs": 6}}
    train(plan, source, output=folder, audit=False, workers=1, threads=1)
    return folder


def test_that_a_bundle_says_its_task_and_what_was_measured(bundle):
    info = read_metadata(bundle)
    assert info.objective.task == "segmentation"
    assert {"pixel_scale", "mean_mask"} <= set(info.objective.fitted)
    (test,) = info.tests
    assert next(iter(test.figures)) == "dice"
    assert test.figures["dice"].films == 6


def test_that_regions_of_an_answer_are_made_again_at_another_cut(bundle, source):
    found = engine.load(bundle).analyse(source / "test" / "007.png").task_answer
    assert found.maps.shape == (2, 16, 16)
    assert found.maps.sum(axis=0) == pytest.approx(1, abs=1e-4)
    again = regions_of(found, found.cut, None)
    assert [one.box for one in again] == [one.box for one in found.regions]
    (everything,) = regions_of(found, 1e-6, None)
    assert everything.area_px == pytest.approx(32 * 24)


def test_that_predict_tells_regions_and_writes_masks_of_the_stored_size(bundle, source, tmp_path):
    films = sorted((source / "test").iterdir())
    result = CliRunner().invoke(
        app,
        [
            "predict",
            *map(str, films),
            "--model",
            str(bundle),
            "--json",
            "--masks",
            str(tmp_path / "m"),
        ],
    )
    assert result.exit_code == 0, result.output
    answers = json.loads(result.stdout)["results"]
    reader = engine.load(bundle)
    for film, answer in zip(films, answers, strict=True):
        mask = np.asarray(Image.open(tmp_path / "m" / film.name))
        own = reader.analyse(film).task_answer
        assert (mask == class_numbers_of(own)).all()
        assert mask.shape == (32, 24)
        assert len(answer["regions"]) == len(own.regions)
        for region in answer["regions"]:
            assert region["class"] == "square"
            assert region["area_mm2"] is None


def test_that_masks_of_a_model_without_outlines_are_refused(tiny_bundle, source, tmp_path):
    film = source / "test" / "007.png"
    arguments = ["predict", str(film), "--model", str(tiny_bundle), "--masks", str(tmp_path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "draws no outlines" in result.output


def test_that_a_report_shows_the_worst_films_with_both_outlines(bundle, source, tmp_path):
    found = engine.evaluate(bundle, source, output=tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert found.glance[0].key == "dice"
    assert page.count('alt="The film with both outlines"') >= 6
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert told["test"]["figures"]["dice"]["value"] == pytest.approx(found.glance[0].figure.value)
