from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.network import RowClassifier
from engine.types import Admission
from engine.weights import load_bundle, save_bundle
from tests.engine.conftest import TINY, describe, measure
from tests.engine.trust_parts import CONFIG, make_safeguards, tiny_recipe


@pytest.fixture
def folder(tmp_path):
    """Films of two classes as PNG files, bright above; class “ill” is brighter below."""
    rng = np.random.default_rng(1)
    for number in range(160):
        title = ("normal", "ill")[number % 2]
        values = 60 * rng.random((32, 24))
        values[:16] += 100
        values[16:] += 40 * (number % 2)
        place = tmp_path / "films" / title
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(values.astype(np.uint8)).save(place / f"{number:03}.png")
    return tmp_path / "films"


@pytest.fixture
def older(tmp_path):
    """A bundle with its recipe and without safeguards."""
    torch.manual_seed(5)
    recipe = tiny_recipe()
    small = replace(recipe, data=replace(recipe.data, validation=0.4))
    description = replace(
        describe(TINY),
        classes=recipe.classes,
        input=recipe.input,
        training={"recipe": asdict(small)},
    )
    save_bundle(
        tmp_path / "older",
        RowClassifier(TINY),
        description=description,
        statistics=measure(TINY),
        card="# Tiny\n",
    )
    return tmp_path / "older"


def test_that_safeguards_are_added_to_a_bundle_and_films_continued(older, folder, tmp_path):
    run = CliRunner().invoke(
        app, ["model", "fit-trust", str(older), str(folder), "-o", str(tmp_path / "newer")]
    )
    assert run.exit_code == 0, run.output
    rows = torch.rand(2, 16, 12)
    with torch.no_grad():
        torch.testing.assert_close(
            load_bundle(tmp_path / "newer").network(rows), load_bundle(older).network(rows)
        )
    assert "## Trust" in (tmp_path / "newer" / "README.md").read_text("utf-8")

    film, picture = next(folder.rglob("*.png")), tmp_path / "picture.png"
    words = ["model", "continue", str(film), "--model", str(tmp_path / "newer"), "--from", "16"]
    run = CliRunner().invoke(app, [*words, "-o", str(picture), "--samples", "2"])
    assert run.exit_code == 0, run.output
    assert "whole film" in run.output
    with Image.open(picture) as image:
        shown = np.asarray(image) / 65535
    assert shown.shape == (512, 32 * (3 * 12 + 2))
    upper = shown[: 8 * 32].reshape(8, 32, -1, 32)[:, 0, :, 0]
    np.testing.assert_allclose(upper[:, :12], upper[:, 13:25])


def test_that_a_model_without_forecaster_continues_nothing(tiny_bundle, folder, tmp_path):
    film = next(folder.rglob("*.png"))
    words = ["model", "continue", str(film), "--model", str(tiny_bundle), "--from", "3"]
    run = CliRunner().invoke(app, [*words, "-o", str(tmp_path / "x.png")])
    assert run.exit_code == 1
    assert "does not expect rows" in run.output


def fit_by_row(model, folder):
    return CliRunner().invoke(app, ["model", "fit-by-row", str(model), str(folder), "--no-cache"])


def test_that_a_curve_is_calibrated_and_weights_and_answers_stay_to_the_byte(older, folder):
    before, weights = load_bundle(older), (older / "model.safetensors").read_bytes()
    run = fit_by_row(older, folder)
    assert run.exit_code == 0, run.output
    after = load_bundle(older)
    assert (older / "model.safetensors").read_bytes() == weights
    assert before.by_row is None
    assert after.by_row.source == "64 validation films"
    assert len(after.by_row.scale) == TINY.steps
    rows = torch.rand(2, 16, 12)
    with torch.no_grad():
        assert torch.equal(after.network(rows), before.network(rows))


def test_that_too_few_validation_films_calibrate_no_curve(older, folder):
    for film in sorted(folder.rglob("*.png"))[::3]:
        film.unlink()
    for film in sorted((folder / "ill").iterdir())[10:]:
        film.unlink()
    run = fit_by_row(older, folder)
    assert run.exit_code == 1
    assert "fewer than 20 validation films" in " ".join(run.output.split())


def test_that_a_bundle_without_its_recipe_tells_no_validation_films(own_bundle, folder):
    (folder / "ill").rename(folder / "pneumonia")
    run = fit_by_row(own_bundle, folder)
    assert run.exit_code == 1
    assert "cannot be told" in " ".join(run.output.split())


@pytest.fixture
def guarded(parts, tmp_path):
    """The folder of a bundle with safeguards and an admission check."""
    network, rest = parts
    save_bundle(tmp_path / "guarded", network, **rest, safeguards=make_safeguards(CONFIG))
    return tmp_path / "guarded"


def admission_recipe(tmp_path, *lines):
    """A recipe whose table [trust] has these lines."""
    path = tmp_path / "recipe.toml"
    path.write_text(
        'name = "x"\ntitle = "X"\nversion = "1"\ntask = "T"\nintended_use = "U"\n'
        'data_source = "D"\nclasses = ["normal", "ill"]\n'
        '[input]\nrows = 16\ncolumns = 12\nintensity = "rank"\n'
        '[network]\ncell = "gru"\nhidden_size = 5\n[data]\nsource = "S"\nlicence = "L"\n'
        "[population]\n[training]\nepochs = 1\nbatch_size = 4\n" + "\n".join(("[trust]", *lines)),
        "utf-8",
    )
    return path


def test_that_an_admission_check_is_changed_and_the_weights_are_not(guarded, tmp_path):
    weights = (guarded / "model.safetensors").read_bytes()
    recipe = admission_recipe(
        tmp_path, 'admission = "other"', 'accepts = ["a child"]', "least = 0.8"
    )
    run = CliRunner().invoke(app, ["model", "admission", str(guarded), str(recipe)])
    assert run.exit_code == 0, run.output
    assert "now asks other: “a child” at 0.8 or more" in run.output.replace("\n", " ")
    after = load_bundle(guarded).safeguards.config
    assert after == replace(CONFIG, admission=Admission("other", ("a child",), 0.8))
    assert (guarded / "model.safetensors").read_bytes() == weights


def test_that_an_admission_check_can_be_taken_away(guarded, tmp_path):
    run = CliRunner().invoke(
        app, ["model", "admission", str(guarded), str(admission_recipe(tmp_path))]
    )
    assert run.exit_code == 0, run.output
    assert load_bundle(guarded).safeguards.config.admission is None


def test_that_an_admission_check_needs_safeguards_that_it_can_join(tiny_bundle, tmp_path):
    recipe = admission_recipe(tmp_path, 'admission = "other"', 'accepts = ["a"]')
    run = CliRunner().invoke(app, ["model", "admission", str(tiny_bundle), str(recipe)])
    assert run.exit_code == 1
    assert "fit-trust" in run.output
