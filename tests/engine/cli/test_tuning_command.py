"""The command `tune`, from films on disk to a bundle."""

import csv
import shutil
import sys
from importlib import util
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from engine.bundle import read_description
from engine.cli import app
from engine.recipe import read_recipe
from engine.tuning import (
    Fold,
    Means,
    Source,
    beating,
    identity,
    prepare,
    refit_chosen,
    select,
    team,
)
from engine.weights import load_bundle
from tests.engine.tuning_parts import TOML, plan_of, write_films

SMALL = ("--grid", "network.hidden_size=3,5", "--folds", "2", "--threads", "1")


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    return write_films(tmp_path_factory.mktemp("data") / "films")


@pytest.fixture
def run(tmp_path):
    (tmp_path / "tiny.toml").write_text(TOML)

    def invoke(films, name="tuning", *words):
        given = ["tune", tmp_path / "tiny.toml", films, "-o", tmp_path / name, *words]
        return CliRunner().invoke(app, [str(word) for word in given])

    return invoke


def table(folder):
    with (folder / "tuning.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{key: value for key, value in row.items() if key != "seconds"} for row in rows]


@pytest.fixture(scope="module")
def tuned(films, tmp_path_factory):
    """One tuning with a refit, for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("tuned")
    (folder / "tiny.toml").write_text(TOML)
    words = ["tune", folder / "tiny.toml", films, "-o", folder / "tuning", *SMALL]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return folder / "tuning", result.output


def test_that_the_winner_is_a_bundle_that_loads(tuned):
    chosen = read_recipe(tuned[0] / "recipe.toml")
    assert load_bundle(tuned[0] / "tiny").config == chosen.config


def test_that_it_is_told_how_many_of_how_many_are_tried(tuned):
    assert "Trying 2 of 2 combinations; 2 folds each, 4 trainings." in tuned[1]


def test_that_every_combination_has_a_line_and_all_but_the_last_the_time_left(tuned):
    lines = [line for line in tuned[1].splitlines() if " of 2: hidden_size=" in line]
    assert [line.endswith(" left") for line in lines] == [True, False]


def test_that_the_card_says_how_the_recipe_was_chosen(tuned):
    card = (tuned[0] / "tiny" / "README.md").read_text()
    assert "Chosen by 2-fold cross-validation by patient" in card
    assert "rowscope-engine tune tiny.toml films -o tuning --grid network.hidden_size=3,5" in card


def test_that_neither_card_nor_table_names_the_machine(tuned):
    folder, _ = tuned
    texts = [
        path.read_text()
        for path in folder.rglob("*.*")
        if path.suffix not in {".safetensors", ".bin"}
    ]
    assert len(texts) >= 6
    assert not any(str(folder.parent) in text for text in texts)


def test_that_the_winner_is_untested(tuned):
    assert dict(load_bundle(tuned[0] / "tiny").info.results)["test"] == "none yet"


def test_that_the_refit_is_what_train_makes_of_the_chosen_recipe(tuned, films, tmp_path):
    words = ["train", tuned[0] / "recipe.toml", films, "-o", tmp_path / "tiny", "--without-test"]
    assert CliRunner().invoke(app, [str(word) for word in words]).exit_code == 0
    mine, other = (load_bundle(folder / "tiny").network for folder in (tuned[0], tmp_path))
    for one, another in zip(mine.parameters(), other.parameters(), strict=True):
        assert one.equal(another)


def test_that_the_bundle_keeps_the_chosen_recipe(tuned):
    description, _ = read_description(tuned[0] / "tiny")
    chosen = read_recipe(tuned[0] / "recipe.toml")
    assert description.training["recipe"]["network"]["hidden_size"] == chosen.network.hidden_size


def test_that_a_finished_tuning_is_not_done_again(tuned, run, films, monkeypatch):
    monkeypatch.setattr(team, "measure_fold", None)
    folder, _ = tuned
    before = (folder / "tiny" / "metadata.json").stat().st_mtime_ns
    result = run(films, folder, *SMALL)
    assert result.exit_code == 0, result.output
    assert "2 of 2 were done before." in result.output
    assert "trained by another process" in result.output
    assert (folder / "tiny" / "metadata.json").stat().st_mtime_ns == before


def test_that_the_same_seed_gives_the_same_table(run, films, tmp_path):
    for name in ("a", "b"):
        assert run(films, name, *SMALL, "--no-refit").exit_code == 0
    assert table(tmp_path / "a") == table(tmp_path / "b")


def test_that_another_seed_gives_another_table(run, films, tmp_path):
    for name, seed in (("a", 0), ("b", 1)):
        run(films, name, *SMALL, "--no-refit", "--seed", seed)
    assert table(tmp_path / "a") != table(tmp_path / "b")


def test_that_no_refit_writes_no_bundle(run, films, tmp_path):
    assert run(films, "tuning", *SMALL, "--no-refit").exit_code == 0
    assert not (tmp_path / "tuning" / "tiny").exists()


def test_that_test_films_change_nothing(run, tmp_path):
    for name, tests in (("right", "right"), ("wrong", "inverted")):
        films = write_films(tmp_path / name / "films", tests=tests)
        assert run(films, f"tuning-{name}", *SMALL, "--no-refit").exit_code == 0
    assert table(tmp_path / "tuning-right") == table(tmp_path / "tuning-wrong")


def test_that_a_copy_in_another_fold_is_refused(films, run, tmp_path):
    copied = Path(shutil.copytree(films, tmp_path / "copied")) / "train" / "above"
    shutil.copy(copied / "p0_train0.png", copied / "p9_train0.png")
    result = run(copied.parents[1], "tuning", *SMALL)
    assert result.exit_code == 1
    assert "exact cop" in result.output


def test_that_a_schedule_that_watches_needs_validation_films_before_anything_is_tried(run, films):
    words = ("--set", "training.early_stopping=2", "--set", "data.validation=0.0")
    result = run(films, "tuning", *SMALL, *words)
    assert result.exit_code == 1
    assert "need validation films" in result.output


def test_that_only_one_process_trains_the_winner(films, tmp_path):
    """The one that comes second finds a living process at it."""
    plan = plan_of("network.hidden_size=3,5", folds=2)
    job = prepare(Source(films), plan, output=tmp_path / "tuning", report=lambda _: None)
    table = select(job, Means(1, 1, Console(quiet=True)))
    with beating(job.output) as other:
        winner = {"winner": identity(table.chosen.changes), "worker": other.name}
        job.claims(other).study.set_user_attr("refit", winner)
        assert refit_chosen(job, table, command="") is None
    assert refit_chosen(job, table, command="").name == "tiny"


def test_that_ctrl_c_ends_in_a_sentence_and_the_same_command_goes_on(
    run, films, tmp_path, monkeypatch
):
    asked = []

    def measure(_, __, recipe, *, kind, device):
        asked.append(recipe.network.hidden_size)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return Fold(0.5, 0.6, 1.0)

    monkeypatch.setattr(team, "measure_fold", measure)
    first = run(films, "tuning", *SMALL, "--no-refit")
    assert first.exit_code == 130
    assert "The same command goes on from here." in first.output
    assert (tmp_path / "tuning" / "tuning.csv").exists()
    assert run(films, "tuning", *SMALL, "--no-refit").exit_code == 0
    assert len(asked) == 2 * 2 + 1


def test_that_two_processes_of_one_command_share_the_work(run, films, tmp_path):
    for name, workers in (("one", 1), ("two", 2)):
        result = run(films, name, *SMALL, "--no-refit", "--workers", workers)
        assert result.exit_code == 0, result.output
    assert table(tmp_path / "one") == table(tmp_path / "two")


def test_that_missing_optuna_is_said_in_a_sentence(run, films, monkeypatch):
    find = util.find_spec
    commands = sys.modules["engine.cli.tune"]  # the package has the command of this name
    monkeypatch.setattr(
        commands, "find_spec", lambda name: None if name == "optuna" else find(name)
    )
    result = run(films, "tuning", *SMALL)
    assert result.exit_code == 1
    assert "pip install 'rowscope[train]'" in result.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--grid", "data.validation=0.1,0.2"), "cannot be tuned"),
        (("--grid", "network.cell=gruu"), "must be one of"),
        (("--score", "f1"), "The score must be one of"),
        (("--folds", "99"), "for 99 parts"),
        (("--space", "none.toml"), "none.toml cannot be read"),
    ],
)
def test_that_wrong_wishes_end_in_a_sentence(run, films, words, sentence):
    result = run(films, "tuning", *words)
    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output
