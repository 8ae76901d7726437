"""Several findings from a table to an answer: training, figures, report, maps, export, tuning."""

import json

import numpy as np
import onnx
import pytest
from typer.testing import CliRunner

import engine
from engine.bundle import read_card
from engine.cli import app
from engine.errors import DataError
from engine.evaluation import export, weak_pointing
from engine.films import layout_of, read_films, with_truth
from engine.recipe import read_recipe
from engine.runtime import session
from engine.training import draft
from engine.tuning import Wishes, make_plan, measure_fold, read_space
from engine.weights import load_bundle
from tests.engine.findings_parts import COLUMNS, RECIPE, write_films


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    return write_films(tmp_path_factory.mktemp("findings") / "films")


@pytest.fixture(scope="module")
def model(films):
    return engine.train(RECIPE, films, output=films.parent / "model", audit=False)


@pytest.fixture(scope="module")
def measured(model, films):
    return engine.evaluate(model, films, output=films.parent / "report.html")


def run(*words):
    return CliRunner().invoke(app, list(words))


def read(films, **changes):
    recipe = read_recipe(RECIPE | changes)
    return with_truth(read_films(films, layout_of(recipe)), films, recipe)


def test_that_cells_become_zeros_ones_and_nothing(films):
    found = read(films)
    lines = (films / "films.csv").read_text().splitlines()[1:]
    words = {line.split(",")[0]: line.split(",")[3:] for line in lines}
    for name, numbers in zip(found.names, found.truth.numbers, strict=True):
        said = ["" if np.isnan(one) else f"{one:g}" for one in numbers]
        assert said == [one if one in {"0", "1"} else "" for one in words[name]]
    assert np.isnan(found.truth.numbers).any()
    assert found.groups == {}


def test_that_films_of_which_nothing_is_known_are_left_out_with_a_reason(films, tmp_path):
    table = films / "bare.csv"
    table.write_text("path,upper,lower\n000.png,1,0\n001.png,,u\n002.png,,1\n")
    found = read(table)
    table.unlink()
    assert found.names.tolist() == ["000.png", "002.png"]
    assert len(found.truth) == 2
    assert [str(one) for one in found.skipped] == [
        "001.png: It has no word in any column that the task needs."
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("path,upper\n000.png,1\n", "has no column “lower”"),
        ("path,upper,lower\n000.png,1,2\n", "“lower” of 000.png is “2”; it must be 1 or 0"),
        ("path,upper,lower\n000.png,,u\n", "no film has a word in any of the columns"),
    ],
)
def test_that_a_table_that_tells_no_findings_is_refused_in_a_sentence(films, text, words):
    table = films / "wrong.csv"
    table.write_text(text)
    with pytest.raises(DataError, match=words) as refused:
        read(table)
    table.unlink()
    assert str(refused.value).startswith("wrong.csv")


def test_that_folders_of_classes_are_no_table(tmp_path, films):
    (tmp_path / "upper").mkdir()
    (tmp_path / "upper" / "1.png").write_bytes((films / "000.png").read_bytes())
    with pytest.raises(DataError, match="holds no table of its films"):
        read(tmp_path)


def test_that_an_npz_file_with_a_column_for_each_finding_is_read(tmp_path):
    rng = np.random.default_rng(0)
    labels = np.array([[1, 0], [1, 1], [0, 0]])
    images = rng.integers(0, 255, (3, 16, 16), np.uint8)
    np.savez(tmp_path / "films.npz", images=images, labels=labels)
    assert read(tmp_path / "films.npz").truth.numbers.tolist() == labels.tolist()


def test_that_both_findings_are_told_apart_on_films_that_were_never_seen(measured):
    assert measured.test.figures["auc"].value > 0.9
    assert {one.name for one in measured.task.lines} == set(COLUMNS)
    assert measured.task.heads == ("AUC", "sensitivity", "specificity", "calibration error")


def test_that_influence_adds_up_to_the_logit_of_its_finding(model, films):
    sequence = model.prepared(films / "001.png", 0, None).own.sequence
    logits = model.rows.reading(sequence).logits
    found = model.rows.influence(sequence, 1, method="shapley")
    assert found.log_odds == pytest.approx(float(logits[1]), abs=1e-4)
    moved = found.log_odds - found.baseline_log_odds
    assert found.values.sum() == pytest.approx(moved, abs=1e-3)


def test_that_the_map_of_a_finding_marks_its_own_rows_more_than_that_of_the_other_does(
    model, films
):
    boxes = films / "boxes.csv"
    lines = [line.split(",") for line in (films / "films.csv").read_text().splitlines()[1:]]
    both = [line[0] for line in lines if line[3:] == ["1", "1"]][:8]
    places = [(name, *one) for name in both for one in (("upper", 0, 8), ("lower", 8, 16))]
    boxes.write_text(
        "path,class,left,top,right,bottom\n"
        + "".join(f"{name},{of},0,{top},16,{end}\n" for name, of, top, end in places)
    )
    share = {
        (place, of): weak_pointing(model, boxes, findings=[place], target=of).energy.value
        for place in COLUMNS
        for of in COLUMNS
    }
    boxes.unlink()
    for own, other in (COLUMNS, COLUMNS[::-1]):
        assert share[own, own] > share[own, other] + 0.2


def test_that_an_answer_has_each_finding_by_itself(model, films):
    found = model.analyse(films / "000.png")
    said = [one.probability for one in found.task_answer.labels]
    assert said == pytest.approx(found.prediction.probabilities.tolist())
    assert [one.label for one in found.task_answer.labels] == list(COLUMNS)
    assert all(one.interval.low <= one.interval.high for one in found.task_answer.labels)


def test_that_the_bundle_keeps_task_link_thresholds_and_figures(model):
    kept = json.loads((model.info.path / "metadata.json").read_text("utf-8"))
    assert kept["objective"]["task"] == "multi-label"
    assert len(kept["objective"]["fitted"]["findings"]) == 2
    assert load_bundle(model.info.path).config.link == "sigmoid"
    assert set(model.info.tests[0].figures) >= {"auc", "auc:upper", "sensitivity:lower"}
    assert "AUC of “upper”" in read_card(model.info.path)


def test_that_the_report_has_a_line_for_each_finding(measured, films):
    page = (films.parent / "report.html").read_text("utf-8")
    numbers = json.loads((films.parent / "report.json").read_text("utf-8"))
    assert "By class" in page
    assert "Right and wrong answers" not in page
    assert [one["name"] for one in numbers["task"]["lines"]] == list(COLUMNS)
    assert numbers["confusion"] is None
    assert numbers["data"]["per_class"] == []


def test_that_predict_says_every_finding(model, films):
    name, film = str(model.info.path), str(films / "000.png")
    (result,) = json.loads(run("predict", "--model", name, film, "--json").stdout)["results"]
    assert [one["class"] for one in result["labels"]] == list(COLUMNS)
    one = result["labels"][0]
    assert one["called"] == (one["probability"] >= one["threshold"])
    assert set(one) >= {"sensitivity", "specificity", "interval", "abstained"}
    assert "found" in run("predict", "--model", name, film).stdout


def test_that_an_exported_file_says_sigmoids_and_thresholds(model, films, tmp_path):
    found = export(model.info.path, tmp_path / "model.onnx", data=films)
    assert max(one.difference for one in found.compared) < 1e-5
    props = {one.key: one.value for one in onnx.load(tmp_path / "model.onnx").metadata_props}
    assert props["link"] == "sigmoid"
    assert json.loads(props["objective"])["fitted"]["findings"][1]["threshold"] > 0
    rows = model.prepared(films / "000.png", 0, None).own.sequence.rows
    given = {"rows": rows[None], "lengths": np.array([len(rows)])}
    said = session(tmp_path / "model.onnx").run(["probabilities"], given)[0][0]
    assert said == pytest.approx(
        model.analyse(films / "000.png").prediction.probabilities, abs=1e-5
    )


def test_that_a_tuning_scores_a_fold_by_the_mean_area(films):
    recipe = read_recipe(RECIPE | {"training": RECIPE["training"] | {"epochs": 1}})
    plan = make_plan(recipe, read_space(["network.hidden_size=3,4"]), Wishes(folds=2))
    assert (plan.kind, plan.scored_by) == ("task", "AUC")
    found = measure_fold(read(films).take(np.arange(48)), np.arange(16), recipe, kind=plan.kind)
    assert 0 <= found.score <= 1
    assert 0 < found.log_loss < 2
    with pytest.raises(DataError, match="scored by its own chief figure"):
        make_plan(recipe, read_space(["network.hidden_size=3,4"]), Wishes(score="auc"))


def test_that_a_drafted_recipe_takes_several_columns_for_findings(films):
    drafted = draft(films, output=films.parent / "drafted.toml")
    (films.parent / "drafted.toml").write_text(drafted.text, "utf-8")
    recipe = read_recipe(films.parent / "drafted.toml")
    assert (recipe.objective.task, recipe.classes) == ("multi-label", COLUMNS)
    assert recipe.positive is None
    assert len(read(films).names) == drafted.films


@pytest.mark.parametrize(
    "change",
    [{"training": {"sampling": "balanced"}}, {"augmentation": {"splice": 0.5}}],
    ids=["sampling", "splice"],
)
def test_that_what_needs_a_class_is_refused_before_the_training(change):
    key = next(iter(change))
    with pytest.raises(DataError, match=f"{key}.*multi-label"):
        read_recipe(RECIPE | {key: RECIPE.get(key, {}) | change[key]})
