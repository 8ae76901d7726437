import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.bundle import Description, influence_passes, read_audit
from engine.cli import app
from engine.types import InputFormat
from engine.weights import save_bundle
from tests.engine.audited import COLUMNS, ROWS, draw, learn


def save(folder, seed):
    subject = learn(seed)
    description = Description(
        title="Toy [model]",
        version="1",
        task="A band on the left",
        intended_use="Tests",
        data_source="Nobody",
        classes=("nothing", "band"),
        positive=1,
        input=InputFormat(ROWS, COLUMNS, "full-range"),
    )
    save_bundle(
        folder,
        subject.network,
        description=description,
        statistics=subject.statistics,
        card="# Toy\n",
    )
    return folder


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Two bundles of the toy task with different seeds; do not change them."""
    root = tmp_path_factory.mktemp("models")
    return [save(root / "toy", 0), save(root / "toy-5", 5)]


@pytest.fixture
def toy(models, tmp_path):
    return shutil.copytree(models[0], tmp_path / "toy")


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    rows, labels, _ = draw(40, seed=2)
    path = tmp_path_factory.mktemp("films") / "films.npz"
    np.savez(path, images=np.rint(255 * rows).astype(np.uint8), labels=labels)
    return path


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *words: CliRunner().invoke(app, ["audit", *map(str, words)])


def test_that_an_audit_is_printed_and_stored(run, toy, films):
    result = run(toy, films, "--films", 30)
    assert result.exit_code == 0, result.output
    assert "Toy [model] 1: 30 of 40 films" in result.stdout
    assert "Influence passes what it needs" in result.stdout
    stored = read_audit(toy)
    assert influence_passes(stored)
    assert stored.source == "30 of 40 films of films.npz"
    assert str(stored.deletion.over_random) in result.stdout
    assert stored.nuisance.stored
    assert "Nuisance: films answered otherwise, worst change" in result.stdout


def test_that_progress_is_told_apart_from_the_result(run, toy, films):
    result = run(toy, films, "--films", 30, "--json")
    assert "random weights: recurrent 1" in result.stderr
    printed = json.loads(result.stdout)
    assert printed["passes"] is True
    assert printed["audit"]["method"] == "integrated-gradients"
    assert {line["verdict"] for line in printed["verdicts"]} >= {"passes", "not measured"}


def test_that_a_bundle_can_be_left_alone(run, toy, films):
    result = run(toy, films, "--films", 10, "--no-save")
    assert result.exit_code == 0, result.output
    assert read_audit(toy) is None


def test_that_siblings_show_what_repeats(run, toy, models, films):
    assert run(toy, films, "--films", 20, "--sibling", models[1]).exit_code == 0
    assert read_audit(toy).seeds.value > 0.5


def test_that_another_method_can_be_audited(run, toy, films):
    assert run(toy, films, "--films", 6, "--method", "occlusion").exit_code == 0
    assert read_audit(toy).method == "occlusion"


def test_that_a_bundle_is_no_sibling_of_itself(run, toy, models, films):
    result = run(toy, films, "--sibling", models[0])
    assert result.exit_code == 1
    assert "has the weights of" in result.stderr


def test_that_a_model_of_another_grid_is_no_sibling(run, toy, tiny_bundle, films):
    result = run(toy, films, "--sibling", tiny_bundle)
    assert result.exit_code == 1
    assert "tiny is no sibling of toy" in result.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("films.npz", "--split", "exam"), "--split must be"),
        (("nothing.npz",), "is not there"),
    ],
)
def test_that_what_cannot_be_audited_is_refused_in_a_sentence(run, toy, films, words, sentence):
    result = run(toy, films.parent / words[0], *words[1:])
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert read_audit(toy) is None


def test_that_the_answer_by_row_is_measured_on_all_films_of_the_split(run, toy, films):
    result = run(toy, films, "--films", 30)
    assert "Answer by row: worst calibration error" in result.stdout
    found = read_audit(toy).by_row
    assert found.worst.films == 40
    assert found.source == "40 films of films.npz"
    assert len(found.answers[1]) == ROWS


def test_that_the_answer_by_row_can_be_measured_alone_and_the_maps_stay(run, toy, films):
    run(toy, films, "--films", 30)
    before = read_audit(toy)
    assert run(toy, films, "--only-by-row", "--seed", 5).exit_code == 0
    after = read_audit(toy)
    assert after.by_row.chance_worst != before.by_row.chance_worst
    assert replace(after, by_row=None) == replace(before, by_row=None)


@pytest.mark.parametrize(
    ("splits", "asked", "read", "why"),
    [
        (("train", "val", "test"), (), "val", "test films are left for the final figure"),
        (("train", "val", "test"), ("--split", "test"), "test", ""),
        (("train", "test"), (), "test", "there are no validation films"),
    ],
)
def test_that_test_films_are_audited_only_where_they_are_asked_for_or_alone(
    run, toy, tmp_path, splits, asked, read, why
):
    rows, labels, _ = draw(12 * len(splits), seed=3)
    images = np.rint(255 * rows).astype(np.uint8)
    np.savez(tmp_path / "some.npz", images=images, labels=labels, splits=np.repeat(splits, 12))
    result = run(toy, tmp_path / "some.npz", "--films", 4, *asked)
    assert result.exit_code == 0, result.output
    kind = {"val": "validation", "test": "test"}[read]
    said = f"Audited on 12 {kind} films of some.npz{'; ' * bool(why)}{why}."
    assert said in result.stderr.splitlines()[:2]
    assert result.stdout.startswith(f"Toy [model] 1: 4 of 12 {read} films of some.npz")
    assert read_audit(toy).source == f"4 of 12 {read} films of some.npz"


def test_that_films_without_a_split_are_all_audited(run, toy, films):
    said = run(toy, films, "--only-by-row").stderr
    assert "Audited on all 40 films of films.npz; they are not divided." in said


def test_that_without_an_audit_of_maps_only_the_curve_is_stored(run, toy, films):
    assert run(toy, films, "--only-by-row").exit_code == 0
    found = read_audit(toy)
    assert found.deletion is None
    assert found.by_row is not None
