"""One recipe under several seeds, and fold by fold."""

import math

import pytest
from typer.testing import CliRunner

from engine.bundle import read_description
from engine.cli import app
from engine.errors import DataError
from engine.evaluation import measure
from engine.inspection import learning_curves
from engine.recipe import read_recipe
from engine.training import Seeded, SeedTable, train_seeds
from engine.training.seeds import _median
from engine.weights import load_bundle
from tests.engine.cli.test_commands import RECIPE
from tests.engine.evaluation_parts import NOW
from tests.engine.training.test_drafting import folder
from tests.engine.training_parts import RECIPE as TINY


def row(seed, loss, auc=0.9):
    return Seeded(seed, None, loss, {"auc": auc, "accuracy": 0.8})


@pytest.mark.parametrize(
    ("losses", "kept"),
    [((0.5, 0.1, 0.3), 2), ((0.4, 0.1, 0.3, 0.2), 2), ((0.2, 0.1), 0), ((math.nan, 0.1, 0.2), 0)],
)
def test_that_the_median_is_kept_and_not_the_best(losses, kept):
    assert _median([row(seed, loss) for seed, loss in enumerate(losses)]) == kept


def test_that_the_less_flattering_end_comes_first():
    table = SeedTable((row(0, 0.3, 0.95), row(1, 0.2, 0.85), row(2, 0.4, 0.9)), 0)
    words = dict(table.words)
    assert words["seeds"].startswith("3; kept is seed 0, the median of the validation losses")
    assert words["test AUC over seeds"] == "0.850 to 0.950, mean 0.900 ± 0.050 (SD)"


def test_that_one_seed_is_not_several(tmp_path):
    with pytest.raises(DataError, match="two or more"):
        train_seeds(TINY, [3], output=tmp_path / "m", build=lambda *_: None)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """What three seeds came to, and where they lie."""
    root = tmp_path_factory.mktemp("seeds")
    (root / "tiny.toml").write_text(RECIPE.replace("[measure]", "[measure]\nallow_untold = true"))
    for split in ("train", "test"):
        folder(root / "films" / split, ("above", "below"), 12, split + "{:02}.png")
    words = ["train", root / "tiny.toml", root / "films", "-o", root / "m", "--seeds", 3]
    words += ["--no-cache", "--no-audit"]
    return root, CliRunner().invoke(app, [str(word) for word in words])


def test_that_seeds_differ_in_their_weights_and_not_in_their_films(trained):
    root, result = trained
    assert result.exit_code == 0, result.output
    found = [read_description(root / "m-seeds" / f"seed-{seed}")[0] for seed in range(3)]
    assert len({one.training["fingerprints"]["val"] for one in found}) == 1
    hashes = {load_bundle(root / "m-seeds" / f"seed-{seed}").info.sha256 for seed in range(3)}
    assert len(hashes) == 3
    assert load_bundle(root / "m").info.sha256 in hashes


def test_that_every_seed_keeps_its_curves_in_its_bundle(trained):
    root, _ = trained
    curves = [learning_curves(root / "m-seeds" / f"seed-{seed}") for seed in range(3)]
    assert {len(one) for one in curves} == {read_recipe(root / "tiny.toml").training.epochs}
    assert len({tuple(one.loss) for one in curves}) == 3


def test_that_table_results_card_and_report_say_it(trained):
    root, result = trained
    results = dict(load_bundle(root / "m").info.results)
    assert "mean" in result.output
    assert "kept" in result.output
    assert results["seeds"].startswith("3; kept is seed")
    assert "over seeds" in (root / "m" / "README.md").read_text()
    report = measure(root / "m", root / "films", split="test", now=NOW).report
    assert dict(report.variation)["seeds"] == results["seeds"]


def test_that_seeds_that_were_trained_are_not_trained_again(trained):
    root, _ = trained
    before = (root / "m-seeds" / "seed-1" / "model.safetensors").stat().st_mtime_ns
    words = ["train", root / "tiny.toml", root / "films", "-o", root / "m", "--seeds", 4]
    words += ["--no-cache", "--no-audit", "--force"]
    assert CliRunner().invoke(app, [str(word) for word in words]).exit_code == 0
    assert (root / "m-seeds" / "seed-1" / "model.safetensors").stat().st_mtime_ns == before
    assert dict(load_bundle(root / "m").info.results)["seeds"].startswith("4; kept")


def test_that_folds_of_the_final_recipe_go_into_the_results_of_its_model(trained, tmp_path):
    root, _ = trained
    words = ["tune", root / "tiny.toml", root / "films", "-o", tmp_path / "folds"]
    words += ["--crossvalidate", "--folds", 2, "--no-cache"]
    words += ["--model", root / "m-seeds" / "seed-0"]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    results = dict(load_bundle(root / "m-seeds" / "seed-0").info.results)
    assert "patients drawn by class" in results["AUC over 2 folds"]
    assert "AUC of each fold" in " ".join(result.output.split())


def test_that_folds_of_another_recipe_go_into_no_model(trained, tmp_path):
    root, _ = trained
    words = ["tune", root / "tiny.toml", root / "films", "-o", tmp_path / "folds"]
    words += ["--crossvalidate", "--folds", 2, "--no-cache"]
    words += ["--set", "network.hidden_size=5", "--model", root / "m"]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 1
    assert "made by another recipe" in result.output
