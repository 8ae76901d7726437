"""`model memory`: the same numbers as Python's, in a table and as JSON."""

import json

import numpy as np
import pytest
from PIL import Image as Raster
from typer.testing import CliRunner

import engine
from engine.cli import app
from engine.inspection import forget, remember, replace_above


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def noisy(tmp_path):
    path = tmp_path / "film.png"
    values = (np.random.default_rng(3).random((40, 30)) * 255).astype(np.uint8)
    Raster.fromarray(values).save(path)
    return path


def test_that_json_has_the_numbers_of_python(run, tiny_bundle, noisy):
    result = run("model", "memory", noisy, "--model", tiny_bundle, "--gradients", "--json")
    assert result.exit_code == 0
    found, model = json.loads(result.stdout), engine.load(tiny_bundle)
    terms, replaced = remember(model, noisy).memory(), replace_above(model, noisy)
    np.testing.assert_allclose(found["share"], terms.share(), rtol=1e-5)
    assert found["error"] < 1e-6
    np.testing.assert_allclose(found["replaced"]["moved"]["noise"], replaced.moved[3], atol=1e-6)
    assert found["edges"] == replaced.edges.tolist()
    fresh = forget(model, noisy).fresh
    assert found["gradients"][0]["share"] == pytest.approx(fresh[0].share.tolist())
    assert {one["of"] for one in found["gradients"]} == {"answer", "state"}


def test_that_the_table_says_sum_and_reach(run, tiny_bundle, noisy):
    result = run("model", "memory", noisy, "--model", tiny_bundle)
    assert result.exit_code == 0
    assert "share of the last state" in result.stdout
    assert "The terms sum to the last state" in result.stdout
    assert "out of reach" in result.stdout


def test_that_a_plain_rnn_is_said_to_keep_nothing(run, make_bundle, noisy):
    result = run("model", "memory", noisy, "--model", make_bundle(cell="rnn"))
    assert result.exit_code == 0
    assert "no gate that keeps" in result.stdout
