"""`compare`: what two models make of a film, or one model of two films."""

import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app


@pytest.fixture
def films(tmp_path):
    rng = np.random.default_rng(0)
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path in paths:
        Image.fromarray(rng.integers(0, 255, (48, 36), np.uint8)).save(path)
    return paths


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def told(*words):
    result = run("compare", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_that_a_model_is_compared_with_its_untrained_twin(tiny_bundle, films):
    found = told(tiny_bundle, "untrained", films[0])
    assert found["kind"] == "untrained"
    assert found["second"]["sha256"] is None
    assert len(found["answer_difference"]) == len(found["edges"]) - 1
    assert len(found["units"]["first"]) == len(found["states_difference"][0])


def test_that_units_are_matched_on_as_many_films_as_are_named(tiny_bundle, films):
    alone = told(tiny_bundle, "untrained", films[0])["units"]
    more = told(
        tiny_bundle, "untrained", films[0], "--reference", films[1], "--reference", films[2]
    )["units"]
    assert (alone["films"], more["films"]) == (1, 3)
    assert more["rows"] == 3 * alone["rows"]


def test_that_two_films_are_compared_where_the_other_one_is_a_file(tiny_bundle, films):
    found = told(tiny_bundle, films[1], films[0])
    assert found["kind"] == "films"
    assert [found[side]["name"] for side in ("first", "second")] == ["0.png", "1.png"]


def test_that_two_models_are_compared_in_words(tiny_bundle, make_bundle, films):
    result = run("compare", tiny_bundle, make_bundle(cell="lstm"), films[0])
    assert result.exit_code == 0, result.output
    for words in ("P(pneumonia)", "Δ influence", "by chance", "Linear CKA", "Row maps agree"):
        assert words in result.stdout


def test_that_a_model_that_is_not_there_is_one_sentence(tiny_bundle, films):
    result = run("compare", tiny_bundle, "no-such-model", films[0])
    assert result.exit_code == 1
    assert "no-such-model" in result.stderr
    assert "Traceback" not in result.output
