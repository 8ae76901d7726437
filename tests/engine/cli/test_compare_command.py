"""`compare` from films to page: the same films through two models, or one sentence why not."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.evaluation import compare, comparison_page, measure
from engine.films import divide, layout_of, read_films
from engine.recipe import Data, Measures
from engine.training import Material, build
from engine.types import InputFormat
from tests.engine.evaluation.test_page import Reader
from tests.engine.evaluation_parts import NOW, write_bundle, write_films
from tests.engine.training_parts import RECIPE

SPLITS = ["train"] * 40 + ["val"] * 20 + ["test"] * 60


def draw(seed=0, contrast=30):
    """120 films of 16 × 16 whose upper or lower half is brighter, and which."""
    rng = np.random.default_rng(seed)
    labels = np.arange(120) % 2
    images = rng.integers(0, 180, (120, 16, 16))
    images[labels == 0, :8] += contrast
    images[labels == 1, 8:] += contrast
    return images.astype(np.uint8), labels


def make(folder, source, name, **changes):
    """A trained bundle."""
    measured = Measures(allow_untold=True)  # a few steps need not learn anything
    recipe = replace(RECIPE, name=name, measure=measured, **changes)
    films = divide(read_films(source, layout_of(recipe)), recipe.data, seed=0)
    build(recipe, Material(films, {}), output=folder / name, command="x")
    return folder / name


def write_folder(folder, count=120):
    """The films as PNG files in folders of their splits and classes."""
    images, labels = draw()
    for number in range(count):
        place = folder / SPLITS[number] / ("upper", "lower")[labels[number]]
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(images[number]).save(place / f"{number:03}.png")
    return folder


@pytest.fixture(scope="module")
def halves(tmp_path_factory):
    """Films, a model that has learnt from them, and one that hardly has, on another grid."""
    folder = tmp_path_factory.mktemp("compare")
    images, labels = draw()
    films = folder / "halves.npz"
    np.savez(films, images=images, labels=labels, splits=np.array(SPLITS))
    good = make(folder, films, "good")
    grid, once = InputFormat(12, 6, "rank"), replace(RECIPE.training, epochs=1)
    return make(folder, films, "weak", input=grid, training=once), good, films


@pytest.fixture(scope="module")
def found(halves):
    return compare(*halves, split="test", now=NOW)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def against(first, second, films):
    """The words that hold the second model against the first."""
    return "evaluate", second, films, "--against", first


def sentence(result):
    """What was said last, on one line."""
    return " ".join(result.output.split())


def test_that_two_trained_models_are_compared_and_both_files_written(run, halves, tmp_path):
    result = run(*against(*halves), "--no-cache")
    assert result.exit_code == 0, result.output
    assert "60 films" in result.output
    assert "B is better: AUC" in result.output
    page = (tmp_path / "weak-and-good-halves-test.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    values = json.loads((tmp_path / "weak-and-good-halves-test.json").read_text("utf-8"))
    assert (values["kind"], values["films"], values["format"]) == ("rowscope-comparison", 60, 1)
    assert [one["name"] for one in values["models"]] == ["weak", "good"]
    keys = [one["key"] for one in values["differences"]]
    assert keys[:4] == ["auc", "accuracy", "sensitivity", "specificity"]


def test_that_each_model_reads_the_films_on_its_own_grid(found):
    assert [one.reads for one in found.models] == ["12 × 6, rank", "8 × 8, rank"]
    assert found.films == 60
    assert found.compare == "rowscope-engine evaluate good halves.npz --against weak --split test"


def test_that_the_figures_are_those_that_each_model_has_alone(halves, found):
    weak, good, films = halves
    known = {one.key: one for one in found.differences}
    for side, bundle in (("a", weak), ("b", good)):
        alone = measure(bundle, films, split="test", now=NOW).report
        lines = {one.key: one.figure for one in alone.glance}
        for key in ("auc", "accuracy", "sensitivity", "specificity", "brier"):
            one, other = getattr(known[key], side), lines[key]
            assert (one.value, one.low, one.high) == pytest.approx(
                (other.value, other.low, other.high)
            )


def test_that_the_same_model_twice_is_not_told_apart(halves):
    _, good, films = halves
    found = compare(good, good, films, split="test", now=NOW)
    assert {one.verdict for one in found.differences} == {"same"}
    assert all(one.value == 0 for one in found.differences)
    assert "Both models have the same weights." in found.notes
    assert found.disagreements.count == 0
    assert "None: both give the same answer" in comparison_page(found)


def test_that_the_page_holds_both_curves_and_the_films_they_differ_on(found):
    page = comparison_page(found)
    drawing = page[page.index('<svg viewBox="', page.index('id="curves"')) :]
    drawing = drawing[: drawing.index("</svg>")]
    assert "A: weak, AUC" in drawing
    assert "B: good, AUC" in drawing
    assert found.disagreements.answers[0].name in page
    for word in ("DeLong", "McNemar", "Only A", "not told apart", "Calibration slope"):
        assert word in page
    assert page.count("<table") == page.count("</table>")


def test_that_the_page_is_whole_and_fetches_nothing(found):
    page = comparison_page(found)
    reader = Reader(page)
    assert reader.open == []
    assert len(reader.all("id")) == len(set(reader.all("id")))
    assert {link.removeprefix("#") for link in reader.all("href")} <= set(reader.all("id"))
    assert not {"script", "link", "iframe"} & set(reader.tags)
    assert "http" not in page.replace("http-equiv", "")


def test_that_patients_with_several_films_are_drawn_whole(run, halves, tmp_path):
    images, labels = draw()
    films = tmp_path / "series.npz"
    owners = np.repeat([f"p{number}" for number in range(60)], 2)
    np.savez(films, images=images, labels=labels, splits=np.array(SPLITS), patients=owners)
    result = run(*against(*halves[:2], films), "-o", "series.html", "--no-cache")
    assert result.exit_code == 0, result.output
    assert "60 films of 30 patients" in sentence(result)
    assert "DeLong" not in result.output
    assert "McNemar's p, which counts films, is too small" in sentence(result)
    values = json.loads((tmp_path / "series.json").read_text("utf-8"))
    assert {test["method"] for one in values["differences"] for test in one["tests"]} == {
        "bootstrap"
    }
    page = (tmp_path / "series.html").read_text("utf-8")
    assert "DeLong's test is left out" in page.replace("&#39;", "'")
    assert values["methods"]["unit"] == "patients"


def test_that_models_that_choose_among_three_classes_are_compared(halves, tmp_path):
    images, _ = draw()
    labels = np.arange(120) % 3
    images[labels == 2] //= 2
    films = tmp_path / "three.npz"
    np.savez(films, images=images, labels=labels, splits=np.array(SPLITS))
    classes = {"classes": ("upper", "lower", "flat"), "positive": None}
    scaled = InputFormat(8, 8, "full-range")
    bundles = [
        make(tmp_path, films, "ranks", **classes),
        make(tmp_path, films, "greys", input=scaled, **classes),
    ]
    found = compare(*bundles, films, split="test", now=NOW)
    assert [one.key for one in found.differences][:2] == ["accuracy", "macro_auc"]
    assert found.told is None
    assert [one.threshold for one in found.models] == [None, None]
    page = comparison_page(found)
    assert "most probable class" in page
    assert 'id="curves"' not in page


def test_that_names_of_strangers_neither_run_nor_hide(found):
    first = replace(found.disagreements.answers[0], name="<script>x</script>\u202e")
    hostile = replace(found, disagreements=replace(found.disagreements, answers=(first,)))
    page = comparison_page(hostile)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_that_training_films_are_warned_of_for_each_model(run, halves):
    result = run(*against(*halves), "--split", "train", "--no-cache")
    assert result.exit_code == 0, result.output
    assert "Model A: All 40 measured films are training films" in sentence(result)
    assert "Model B: All 40 measured films are training films" in sentence(result)


def test_that_other_classes_are_refused_in_one_sentence(run, halves, tmp_path):
    other = write_bundle(tmp_path / "tiny")
    result = run(*against(halves[1], other, halves[2]), "--no-cache")
    assert result.exit_code == 1
    assert sentence(result) == (
        "A (good) chooses among “upper”, “lower”, B (tiny) among “normal”, “pneumonia”: only"
        " models of the same classes can be compared."
    )


def test_that_classes_in_another_order_are_matched_by_their_names(halves, tmp_path):
    folder = write_folder(tmp_path / "films")
    turned = make(tmp_path, folder, "turned", classes=("lower", "upper"), positive=0)
    found = compare(halves[1], turned, folder, split="test", now=NOW)
    assert found.films == 60
    assert found.finding == "lower"
    assert found.per_class == (30, 30)
    alone = measure(turned, folder, split="test", now=NOW).report.glance
    known = {one.key: one.b.value for one in found.differences}
    assert known["auc"] == pytest.approx(alone[0].figure.value)
    assert abs(known["auc"] - 0.5) > 0.05  # so that columns the wrong way round would be seen
    brier = next(one.figure.value for one in alone if one.key == "brier")
    assert known["brier"] == pytest.approx(brier)


def test_that_films_of_another_truth_are_refused(run, halves, tmp_path):
    """An npz file names no classes: number 1 is the second class of each model."""
    turned = make(tmp_path, halves[2], "turned", classes=("lower", "upper"), positive=0)
    result = run(*against(halves[1], turned, halves[2]), "--no-cache")
    assert result.exit_code == 1
    assert "to A the film 000060 is “upper”, to B “lower” (60 such films)" in sentence(result)


def test_that_another_finding_is_refused(run, halves, tmp_path):
    other = make(tmp_path, halves[2], "other", positive=0)
    result = run(*against(halves[1], other, halves[2]), "--no-cache")
    assert result.exit_code == 1
    assert "only models of the same finding can be compared" in sentence(result)


def test_that_a_film_that_one_model_cannot_read_is_left_out_of_both_and_counted(halves, tmp_path):
    folder = write_folder(tmp_path / "films")
    strip = np.zeros((900, 10), np.uint8)
    strip[::2] = 200
    Image.fromarray(strip).save(folder / "test" / "upper" / "strip.png")
    keeps = make(tmp_path, folder, "keeps", input=InputFormat(8, 8, "rank", aspect="keep"))
    found = compare(halves[1], keeps, folder, split="test", now=NOW)
    assert found.films == 60
    assert [one.left_out for one in found.models] == [0, 1]
    assert found.notes[0] == (
        "1 film is left out of both: model A could read it, model B could not."
    )


def test_that_films_that_the_recipes_divide_otherwise_are_left_out_and_counted(tmp_path):
    films = write_films(tmp_path / "films.npz", 200)
    data = Data("", "", validation=0.2, test=0.5)
    bundles = [
        write_bundle(
            tmp_path / f"tiny{seed}",
            recipe={"data": data, "training": replace(RECIPE.training, seed=seed)},
        )
        for seed in (0, 1)
    ]
    found = compare(*bundles, films, split="test", now=NOW)
    assert 0 < found.films < 100
    assert "the recipe of model B has them in this split" in found.notes[1]
    lost = [one.divided for one in found.models]
    assert min(lost) > 0
    assert found.films + lost[1] == 100  # A's half of the films
    assert [one.left_out for one in found.models] == [0, 0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--split", "exam"), "--split must be"),
        (("-o", "report.pdf"), "must end in .html"),
        (("-o", "nowhere/report.html"), "is not there"),
    ],
)
def test_that_what_cannot_be_is_refused_before_films_are_read(run, halves, words, said):
    result = run(*against(*halves[:2], "no-such-films.npz"), *words)
    assert result.exit_code == 1
    assert said in result.output


def test_that_the_report_of_one_model_is_not_written_over(run, halves):
    assert run("evaluate", halves[1], halves[2], "-o", "r.html", "--no-cache").exit_code == 0
    result = run(*against(*halves), "-o", "r.html", "--no-cache")
    assert result.exit_code == 1
    assert "r.json is there and is no report" in sentence(result)
    assert run(*against(*halves), "-o", "c.html", "--no-cache").exit_code == 0
    assert run(*against(*halves), "-o", "c.html", "--no-cache").exit_code == 0
