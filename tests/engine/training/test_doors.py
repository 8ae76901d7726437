"""Training, tuning, measuring and auditing from Python, as on the command line."""

import tomllib

import pytest
from typer.testing import CliRunner

import engine
from engine.bundle import read_audit
from engine.cli import app
from engine.recipe import read_recipe
from engine.training import Order, audit
from engine.tuning import Wishes, crossvalidate
from tests.engine.cli.test_commands import RECIPE
from tests.engine.training.test_drafting import folder

TABLE = tomllib.loads(RECIPE.replace("[measure]", "[measure]\nallow_untold = true"))


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A model that was trained from Python, what was said meanwhile, and the folder of both."""
    root = tmp_path_factory.mktemp("doors")
    for split in ("train", "test"):
        folder(root / "films" / split, ("above", "below"), 12, split + "{:02}.png")
    said = []
    model = engine.train(
        TABLE, root / "films", output=root / "tiny", audit=False, threads=1, report=said.append
    )
    return model, said, root


def test_that_training_gives_the_model_and_says_what_is_done(trained):
    model, said, root = trained
    assert (model.info.name, model.info.path) == ("tiny", root / "tiny")
    assert said[0] == "Tiny: above or below"
    film = next((root / "films" / "test").rglob("*.png"))
    assert model.analyse(film).model.classes == ("above", "below")


def test_that_the_command_line_trains_the_same_weights(trained):
    model, _, root = trained
    (root / "tiny.toml").write_text(
        RECIPE.replace("[measure]", "[measure]\nallow_untold = true"), "utf-8"
    )
    words = ["train", root / "tiny.toml", root / "films", "-o", root / "other", "--no-cache"]
    result = CliRunner().invoke(app, [str(word) for word in [*words, "--no-audit"]])
    assert result.exit_code == 0, result.output
    assert engine.load(root / "other").info.sha256 == model.info.sha256


def test_that_a_model_is_not_written_over(trained):
    _, _, root = trained
    with pytest.raises(engine.DataError, match="holds a model already"):
        engine.train(TABLE, root / "films", output=root / "tiny")


def test_that_an_evaluation_is_a_report_and_writes_a_page_on_request(trained):
    model, _, root = trained
    found = engine.evaluate(model, root / "films", output=root / "report.html")
    assert found.data.films == 24
    assert "AUC" in dict(found.results)
    assert (root / "report.html").exists()
    assert (root / "report.json").exists()
    with pytest.raises(engine.DataError, match=r"end in \.html"):
        engine.evaluate(model, root / "films", output=root / "report.pdf")


def test_that_an_audit_is_stored_unless_nobody_wants_it(trained):
    model, _, root = trained
    found = audit(model, root / "films", films=2, save=False)
    assert found.source == "2 of 6 val films of films"
    assert read_audit(model.info.path) is None
    audit(root / "tiny", root / "films", films=0)
    assert read_audit(model.info.path).by_row == found.by_row


def test_that_a_tuning_gives_its_table_and_the_model_of_the_chosen_recipe(trained):
    _, _, root = trained
    said = []
    found = engine.tune(
        TABLE,
        root / "films",
        output=root / "tuning",
        grid=["network.hidden_size=3,5"],
        wishes=Wishes(folds=2),
        threads=1,
        report=said.append,
    )
    assert "Trying 2 of 2 combinations; 2 folds each, 4 trainings." in said
    assert found.table.chosen.changes["network.hidden_size"] in {3, 5}
    assert found.info.path == (root / "tuning" / "tiny").resolve()


def test_that_a_recipe_is_held_against_its_folds(trained):
    _, _, root = trained
    found = crossvalidate(
        TABLE, root / "films", output=root / "folds", wishes=Wishes(folds=2), threads=1
    )
    assert "AUC over 2 folds" in dict(found)


def test_that_a_recipe_is_a_file_a_table_or_a_value(tmp_path):
    (tmp_path / "tiny.toml").write_text(RECIPE, "utf-8")
    table = tomllib.loads(RECIPE)
    one = read_recipe(tmp_path / "tiny.toml")
    assert one == read_recipe(str(tmp_path / "tiny.toml")) == read_recipe(table)
    assert read_recipe(one) == one
    for given in (table, one):
        assert read_recipe(given, ["training.epochs=7"]).training.epochs == 7
    with pytest.raises(engine.DataError, match=r"training\.epoch"):
        read_recipe(one, ["training.epoch=7"])


def test_that_seeds_keep_no_common_checkpoint(tmp_path):
    from engine.training import Audience, carry_out

    order = Order(
        recipe=read_recipe(TABLE),
        data=tmp_path,
        output=tmp_path / "tiny",
        seeds=2,
        checkpoint=tmp_path / "state",
    )
    with pytest.raises(engine.DataError, match="leave --checkpoint out"):
        carry_out(order, Audience())
