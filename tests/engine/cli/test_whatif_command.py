"""`rowscope-engine whatif`: the same numbers as Python's, and one sentence for what is wrong."""

import json

import numpy as np
import pytest
from PIL import Image as Raster
from typer.testing import CliRunner

import engine
from engine import inspection
from engine.cli import app

VALUES = np.random.default_rng(0).integers(0, 255, (40, 30)).astype(np.uint8)


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.png"
    Raster.fromarray(VALUES).save(path)
    return path


def asked(*arguments):
    return CliRunner().invoke(app, ["whatif", *map(str, arguments)])


def test_that_json_has_the_numbers_of_python(tiny_bundle, film):
    result = asked(tiny_bundle, film, "--rows", 2, 4, "mean", "--shift", 1, 0, "--json")
    told, model = json.loads(result.stdout), engine.load(tiny_bundle)
    found = inspection.whatif(model, film, "shift 1 0", "rows 2 4 mean")
    assert told["edits"] == ["shift 1 0", "rows 2 4 mean"]
    assert told["probabilities"] == found.probabilities.tolist()
    assert told["log_odds"] == found.log_odds
    assert told["delta_by_row"] == [float(value) for value in found.delta]
    assert told["target"] == "pneumonia"


@pytest.mark.parametrize(
    ("fill", "words"),
    [("noise", "noise 0"), ("noise=4", "noise 4"), ("0.5", "value 0.5"), ("mirror", "mirror")],
)
def test_that_a_fill_is_one_word(tiny_bundle, film, fill, words):
    told = json.loads(asked(tiny_bundle, film, "--rows", 2, 4, fill, "--json").stdout)
    assert told["edits"] == [f"rows 2 4 {words}"]


def test_that_rows_may_come_from_another_film(tiny_bundle, film):
    told = json.loads(asked(tiny_bundle, film, "--rows", 2, 4, film, "--json").stdout)
    assert told["edits"] == [f"rows 2 4 film {film}"]
    assert told["changed_rows"] == []


def test_that_fillings_and_directions_are_told(tiny_bundle, film):
    arguments = ("--rows", 2, 4, "mean", "--fillings", "--directions")
    told = json.loads(asked(tiny_bundle, film, *arguments, "--json").stdout)
    kinds = [one["fill"] for one in told["fillings"]]
    assert kinds == ["mean", "blurred", "noise", "neighbour"]
    assert [one["direction"] for one in told["directions"]] == list(engine.inspection.DIRECTIONS)
    words = asked(tiny_bundle, film, *arguments).stdout
    assert "trained top-down only" in words
    assert "not of the patient" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rows", 2, 99, "mean"), "no band of the film"),
        (("--rows", 2, 4, "no-such.png"), "no-such.png"),
        (("--edit", "paint it red"), "is no change of a film"),
        (("--fillings",), "Name the rows"),
        (("--target", "zebra"), "is no class"),
    ],
)
def test_that_what_is_wrong_is_one_sentence(tiny_bundle, film, arguments, words):
    result = asked(tiny_bundle, film, *arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr
