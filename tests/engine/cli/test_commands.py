"""The commands `train` and `evaluate`, and the models that come with the program."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.bundle import find_bundle, read_description, read_metadata
from engine.cli import app
from engine.cli.train import _as_folder
from engine.films import predict
from engine.resources import resource_path
from engine.training import films_for
from engine.weights import load_bundle

RECIPE = """
name = "tiny"
title = "Tiny"
version = "1"
task = "Bright above or below"
intended_use = "Tests"
data_source = "Nobody"
classes = ["above", "below"]
positive = 1
[input]
rows = 8
columns = 8
intensity = "rank"
[network]
cell = "gru"
hidden_size = 6
[data]
source = "a test"
licence = "none"
validation = 0.25
[population]
[training]
epochs = 1
batch_size = 4
[measure]
calibrate = true
influence_films = 8
deletion_films = 4
"""
SHIPPED = sorted(path.parent.name for path in resource_path("models").glob("*/metadata.json"))
CLASSIFIERS = [name for name in SHIPPED if read_metadata(name).objective.plain]
TARGETS = {"chest-pneumonia": 0.96, "phantom-opacity": 0.99}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A folder of films; do not change it."""
    rng, tmp_path = np.random.default_rng(0), tmp_path_factory.mktemp("data")
    for split, count in (("train", 12), ("test", 4)):
        for place, bright in (("above", slice(0, 8)), ("below", slice(8, 16))):
            folder = tmp_path / "films" / split / place
            folder.mkdir(parents=True)
            for number in range(count):
                values = rng.integers(0, 100, (16, 16), dtype=np.uint8)
                values[bright] += 100
                Image.fromarray(values).save(folder / f"{number}.png")
    return tmp_path / "films"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a report is written where the command runs
    (tmp_path / "tiny.toml").write_text(RECIPE)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def once(films, tmp_path_factory):
    """What training came to, and where the bundle lies."""
    place = tmp_path_factory.mktemp("once")
    (place / "tiny.toml").write_text(RECIPE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        words = ["train", place / "tiny.toml", films, "-o", place / "tiny"]
        return CliRunner().invoke(app, [str(word) for word in words]), place


@pytest.fixture
def trained(once, tmp_path):
    """A copy of the bundle, which a test may change."""
    return shutil.copytree(once[1] / "tiny", tmp_path / "tiny")


def test_that_a_model_is_trained_and_can_be_loaded(once):
    result, place = once
    assert result.exit_code == 0, result.output
    assert load_bundle(place / "tiny").info.title == "Tiny"


def test_that_a_first_trial_needs_no_population_and_gets_no_card(run, films, tmp_path):
    (tmp_path / "trial.toml").write_text(
        RECIPE.replace("[population]\n", "").replace('licence = "none"\n', "")
    )
    result = run("train", tmp_path / "trial.toml", films, "-o", tmp_path / "tiny")
    assert result.exit_code == 0, result.output
    assert "first trial" in result.output
    card = (tmp_path / "tiny" / "README.md").read_text()
    assert "`data.licence`, `population`" in card
    assert "AUC" not in card


def test_that_a_trial_gets_its_card_when_the_recipe_says_the_rest(run, films, tmp_path):
    (tmp_path / "trial.toml").write_text(RECIPE.replace("[population]\n", ""))
    run("train", tmp_path / "trial.toml", films, "-o", tmp_path / "tiny")
    weights = (tmp_path / "tiny" / "model.safetensors").read_bytes()
    early = run("model", "card", tmp_path / "tiny", "--recipe", tmp_path / "trial.toml")
    assert early.exit_code == 1
    assert "needs `population`" in early.output
    result = run("model", "card", tmp_path / "tiny", "--recipe", tmp_path / "tiny.toml")
    assert result.exit_code == 0, result.output
    assert "## Intended use\nTests" in (tmp_path / "tiny" / "README.md").read_text()
    assert load_bundle(tmp_path / "tiny").info.population is not None
    assert (tmp_path / "tiny" / "model.safetensors").read_bytes() == weights


def test_that_a_card_is_not_taken_from_the_recipe_of_another_model(run, tmp_path, trained):
    (tmp_path / "other.toml").write_text(RECIPE.replace('"below"]', '"beneath"]'))
    result = run("model", "card", trained, "--recipe", tmp_path / "other.toml")
    assert result.exit_code == 1
    assert "makes another model" in result.output


def test_that_a_model_tells_how_it_was_made_without_naming_the_machine(run, films, tmp_path):
    run("train", tmp_path / "tiny.toml", films, "-o", tmp_path / "tiny", "--seed", 3)
    card = (tmp_path / "tiny" / "README.md").read_text()
    command = "rowscope-engine train tiny.toml films -o tiny --set training.seed=3"
    assert command in card
    assert str(tmp_path) not in card + (tmp_path / "tiny" / "metadata.json").read_text()


def test_that_the_results_are_in_the_bundle(films, trained):
    results = dict(load_bundle(trained).info.results)
    assert results["test AUC"].endswith("8 films")
    assert results["training films"] == "18"
    assert "probability moves by" in results["validation worst change that means nothing"]


def test_that_the_test_films_can_be_left_alone(run, films, tmp_path):
    run("train", tmp_path / "tiny.toml", films, "-o", tmp_path / "tiny", "--without-test")
    results = dict(load_bundle(tmp_path / "tiny").info.results)
    assert results["test"] == "none yet"
    assert "test AUC" not in results


def test_that_a_finished_training_leaves_no_checkpoint(once):
    assert not (once[1] / "tiny.unfinished").exists()


def test_that_evaluation_finds_what_training_measured(run, films, trained):
    measured = dict(load_bundle(trained).info.results)["test AUC"]
    result = run("evaluate", trained, films)
    assert result.exit_code == 0, result.output
    assert measured in result.output


def test_that_a_wrong_split_is_refused_in_a_sentence(run, films, trained):
    result = run("evaluate", trained, films, "--split", "exam")
    assert result.exit_code == 1
    assert "--split must be" in result.output


def test_that_missing_films_are_refused_in_a_sentence(run, tmp_path):
    result = run("train", tmp_path / "tiny.toml", tmp_path / "none", "-o", tmp_path / "tiny")
    assert result.exit_code == 1
    assert "is not there" in result.output


@pytest.mark.parametrize("name", SHIPPED)
def test_that_a_shipped_model_passes_its_self_test(name):
    assert load_bundle(name).info.name == name


@pytest.mark.parametrize("name", SHIPPED)
def test_that_a_shipped_model_is_small_and_has_a_card(name):
    folder = resource_path("models") / name
    assert sum(path.stat().st_size for path in folder.iterdir()) < 12 * 2**20
    assert "## Intended use" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_that_the_map_of_a_shipped_model_beats_random_deletion_by_far(name):
    results = dict(load_bundle(name).info.results)
    deletion, random = results["deletion"].split(", random ")
    # The map of an admission check fails its audit and is labelled so (`explain/test_shipped`).
    most = 1.0 if name == "body-part" else 0.6
    assert float(deletion) < most * float(random)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_that_the_map_of_a_shipped_model_depends_on_its_weights(name):
    words = dict(load_bundle(name).info.results)["random weights"]
    assert abs(float(words.removeprefix("rank correlation ").replace("−", "-"))) < 0.3


@pytest.mark.parametrize("name", SHIPPED)
def test_that_a_shipped_model_tells_source_and_licence_of_its_films(name):
    description, _ = read_description(resource_path("models") / name)
    data = description.training["recipe"]["data"]
    assert data["source"]
    assert data["licence"]


@pytest.mark.parametrize(("name", "target"), TARGETS.items())
def test_that_a_shipped_model_reaches_its_target(name, target):
    if name not in SHIPPED:
        pytest.skip(f"{name} is not there")
    area = dict(load_bundle(name).info.results)["test AUC"]
    assert float(area.split()[0]) >= target


def test_that_digits_are_read_as_well_as_the_article_says():
    accuracy = dict(load_bundle("digits").info.results)["test accuracy"]
    assert float(accuracy.split()[0]) >= 0.98


@pytest.mark.data
def test_that_digits_measures_on_the_official_test_what_its_card_says(data):
    bundle = load_bundle("digits")
    films = films_for(bundle.info, data / "mnist-test.npz", split="test")
    answers = predict(bundle.network, films.rows).argmax(axis=1)
    stored = dict(bundle.info.results)["test accuracy"]
    assert f"{np.mean(answers == films.labels):.3f}" == stored.split()[0]
    assert stored.endswith(f"{len(films):,} films")


def test_that_a_model_keeps_what_its_calibration_changed_and_which_films_it_learnt(
    run, films, tmp_path, trained
):
    run("evaluate", trained, films, "--split", "train", "-o", tmp_path / "report.html")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [one["key"] for one in report["reliability"]["stages"]] == ["before", "after"]
    assert report["provenance"]["fingerprint"] == "same"


def test_that_a_report_shows_how_the_model_learnt(run, films, tmp_path, trained):
    run("evaluate", trained, films, "-o", tmp_path / "report.html")
    assert "How it learnt" in (tmp_path / "report.html").read_text("utf-8")


def test_that_a_test_left_for_later_can_be_told_to_the_card(run, films, tmp_path):
    run("train", tmp_path / "tiny.toml", films, "-o", tmp_path / "tiny", "--without-test")
    run("evaluate", tmp_path / "tiny", films, "-o", tmp_path / "report.html")
    result = run("model", "card", tmp_path / "tiny", tmp_path / "report.json")
    assert result.exit_code == 0, result.output
    results = dict(load_bundle(tmp_path / "tiny").info.results)
    assert results["test AUC"].endswith("8 films")
    assert "test" not in results


def test_that_a_model_that_was_trained_is_not_taken_for_a_shipped_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("digits", "mine"):
        shutil.copytree(resource_path("models") / "digits", tmp_path / name)
    assert _as_folder(Path("digits")) == "./digits"
    assert find_bundle(_as_folder(Path("digits"))) == tmp_path / "digits"
    assert _as_folder(Path("mine")) == "mine"
    assert _as_folder(tmp_path / "digits") == str(tmp_path / "digits")
