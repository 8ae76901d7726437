"""The film that Influence starts from: which it is, what it adds up to, when it is warned of."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as Raster
from typer.testing import CliRunner

import engine
from engine.bundle import MOST_CLASS_MEANS, read_description, write_metadata
from engine.cli import app
from engine.errors import BundleError, ImageError, InferenceError
from engine.explain import ANYWHERE, BLUR, DECIDED, Baseline, answered, blank, blurred, midway
from engine.maps import influence_limit, influence_map
from engine.network import build_network
from engine.sequence import resampled, to_sequence
from engine.types import BaselineAnswer, Influence
from engine.weights import load_bundle, save_bundle
from engine.words import Sentence
from tests.engine.conftest import TINY, describe, measure
from tests.engine.explained import of_odds
from tests.engine.free_heights import FREE

METHODS = ("integrated-gradients", "shapley")
RANDOM = np.random.default_rng(0)
VALUES = RANDOM.integers(0, 255, (40, 30)).astype(np.uint8)
OTHER = RANDOM.integers(0, 255, (60, 32)).astype(np.uint8)
MEANS = RANDOM.random((2, TINY.rows, TINY.columns), np.float32)


def kept(folder, *, lean=0.0, fmt=None, **changes):
    """A bundle whose network leans to the second class, and that keeps class means."""
    torch.manual_seed(7)
    network = build_network(TINY)
    with torch.no_grad():
        network.head.weight.mul_(20.0)  # so that baselines differ
        network.head.bias[:] = torch.tensor([0.0, lean])
    description = describe(TINY)
    save_bundle(
        folder,
        network,
        description=replace(description, input=fmt or description.input),
        statistics=replace(measure(TINY), **({"class_means": MEANS} | changes)),
        card="# Tiny\n",
    )
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return kept(tmp_path_factory.mktemp("models") / "kept")


@pytest.fixture(scope="module")
def leaning(tmp_path_factory):
    """A model that finds pneumonia on anything."""
    return kept(tmp_path_factory.mktemp("models") / "leaning", lean=20.0)


@pytest.fixture(scope="module")
def model(folder):
    return engine.load(folder)


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Paths of two films of different shapes."""
    place = tmp_path_factory.mktemp("films")
    for name, values in (("film.png", VALUES), ("other.png", OTHER)):
        Raster.fromarray(values).save(place / name)
    return place / "film.png", place / "other.png"


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["predict", *map(str, words)])


def asked(kind, films):
    """How a baseline of each kind is asked for."""
    return {"class-mean": ("class-mean", "pneumonia"), "film": films[1]}.get(kind, kind)


def odds_of(folder, rows, target):
    """Log-odds of rows (M, W), computed by torch alone."""
    with torch.no_grad():
        logits = load_bundle(folder).network(torch.from_numpy(rows)[None]).double()[0]
    p = torch.softmax(logits, 0)[target]
    return float(torch.log(p / (1 - p)))


def close(folder, rows, target):
    """How far apart float32 may carry two readings of the log-odds."""
    return 2 * of_odds(load_bundle(folder).network, torch.from_numpy(rows)[None], target)


# ---------------------------------------------------------------------------- sums
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["mean", "midway", "blank", "class-mean", "blurred", "film"])
def test_that_the_rows_sum_to_the_difference_from_any_baseline(model, films, kind, method):
    found = model.influence(films[0], method=method, baseline=asked(kind, films))
    difference = found.log_odds - found.baseline_log_odds
    assert found.baseline.kind == kind
    assert abs(difference) > 0.01
    assert found.values.sum() == pytest.approx(difference, abs=max(1e-3, 0.01 * abs(difference)))


def test_that_every_baseline_gives_another_map_of_the_same_film(model, films):
    kinds = ("mean", "blank", "class-mean", "blurred", "film")
    maps = [model.influence(films[0], baseline=asked(kind, films)) for kind in kinds]
    assert len({one.log_odds for one in maps}) == 1
    assert len({round(one.baseline_log_odds, 3) for one in maps}) == len(kinds)


def test_that_the_columns_of_a_band_start_from_the_baseline_too(model, films):
    influence = model.influence(films[0], baseline="blank")
    columns = model.columns(films[0], (2, 5), baseline="blank")
    assert columns.total == pytest.approx(float(influence.values[2:5].sum()), abs=1e-4)
    assert columns.total != pytest.approx(model.columns(films[0], (2, 5)).total, abs=1e-4)


# ---------------------------------------------------------------------------- which film it is
@pytest.mark.parametrize("kind", ["mean", "blank", "class-mean", "blurred", "film"])
def test_that_the_baseline_is_answered_as_torch_answers_it(model, folder, films, kind):
    fmt = model.info.input
    film = to_sequence(engine.imaging.read_frame(engine.imaging.read_image(films[0]), 0), fmt).rows
    rows = {
        "mean": measure(TINY).mean_image,
        "blank": np.full((TINY.rows, TINY.columns), 0.5, np.float32),  # of ranks
        "class-mean": MEANS[1],
        "blurred": blurred(film),
        "film": to_sequence(
            engine.imaging.read_frame(engine.imaging.read_image(films[1]), 0), fmt
        ).rows,
    }[kind]
    found = model.influence(films[0], baseline=asked(kind, films))
    bound = close(folder, rows, found.target)
    assert found.baseline_log_odds == pytest.approx(odds_of(folder, rows, 1), abs=bound)
    assert found.baseline.probabilities[1] == pytest.approx(found.baseline_probability, abs=bound)


@pytest.mark.parametrize("intensity", ["full-range", "min-max", "rank"])
def test_that_blank_is_what_the_model_reads_of_a_black_film(model, make_frame, intensity):
    fmt = replace(model.info.input, intensity=intensity)
    black = to_sequence(make_frame(np.zeros((40, 30))), fmt).rows
    np.testing.assert_array_equal(blank(fmt), black)


def test_that_the_film_as_its_own_baseline_has_no_influence(model, films):
    found = model.influence(films[0], baseline=films[0])
    assert found.baseline.words == "the film film.png"
    assert not found.values.any()


def test_that_a_blurred_film_is_the_mean_of_its_surroundings():
    film = np.random.default_rng(1).random((28, 20)).astype(np.float32)
    expected = film.astype(np.float64)
    for axis in (0, 1):
        length = film.shape[axis]
        mirrored = np.concatenate([expected, np.flip(expected, axis)] * 7, axis=axis)
        middle = np.arange(6 * length, 7 * length)  # an even number of films above: not turned
        apart = np.arange(mirrored.shape[axis]) - middle[:, None]
        weights = np.exp(-0.5 * (apart / (BLUR * length)) ** 2)
        weights /= weights.sum(axis=1, keepdims=True)
        expected = np.moveaxis(np.tensordot(weights, mirrored, (1, axis)), 0, axis)
    np.testing.assert_allclose(blurred(film), expected, atol=1e-6)
    assert blurred(film).std() < film.std() / 3
    assert blurred(film).mean() == pytest.approx(film.mean(), abs=1e-6)


def test_that_a_film_without_detail_is_its_own_blurred_one():
    film = np.full((16, 12), 0.3, np.float32)
    np.testing.assert_allclose(blurred(film), film, atol=1e-7)


def test_that_a_baseline_of_another_height_is_laid_along_the_film(tmp_path, films):
    model = engine.load(kept(tmp_path / "free", fmt=replace(FREE, columns=12, rows_multiple=2)))
    assert model.info.input.aspect == "keep"
    found = model.influence(films[0], baseline=films[1])
    assert len(found.values) != len(model.influence(films[1]).values)
    fmt = model.info.input
    own, other = (
        to_sequence(engine.imaging.read_frame(engine.imaging.read_image(path), 0), fmt).rows
        for path in films
    )
    laid = np.ascontiguousarray(resampled(other, len(own), axis=0))
    bound = close(tmp_path / "free", laid, 1)
    assert found.baseline_log_odds == pytest.approx(odds_of(tmp_path / "free", laid, 1), abs=bound)


def test_that_a_baseline_is_made_once_and_comes_back_as_it_is(model):
    ready = model.baseline("blank")
    assert isinstance(ready, Baseline)
    assert model.baseline(ready) is ready
    found = model.analyse(VALUES, baseline=ready).influence
    assert found.baseline.words == "the blank film"


# ---------------------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            "blured",
            "“blured” is no baseline; use mean, midway, blank, blurred, class-mean:CLASS or the",
        ),
        (("class-mean", "flu"), "“flu” is no class of kept, so it has no mean film; its classes"),
        ("class-mean", "“” is no class of kept"),
    ],
)
def test_that_an_unknown_baseline_is_refused_in_one_sentence(model, given, sentence):
    with pytest.raises(InferenceError) as caught:
        model.influence(VALUES, baseline=given)
    assert sentence in str(caught.value)


def test_that_a_baseline_that_cannot_be_read_is_refused(model):
    with pytest.raises(ImageError, match=r"nothing\.png"):
        model.influence(VALUES, baseline=Path("nothing.png"))


def test_that_a_film_that_the_model_does_not_read_is_no_baseline(model, tmp_path):
    Raster.fromarray(np.full((40, 30), 7, np.uint8)).save(tmp_path / "flat.png")
    with pytest.raises(InferenceError, match=r"flat\.png cannot be the baseline\. .* no contrast"):
        model.influence(VALUES, baseline=tmp_path / "flat.png")


# ---------------------------------------------------------------------------- midway
def leaning_by(where):
    """A model of films of one grey, undecided where it is `where`, and its class means."""
    means = np.stack([np.full((4, 3), value, np.float32) for value in (0.4, 0.6)])

    def ask(film):
        assert film.dtype == np.float32
        p = 1 / (1 + np.exp(-12 * (float(film.mean()) - where)))
        return np.array([1 - p, p])

    return means, ask


@pytest.mark.parametrize("where", [0.5, 0.62, 0.31, 0.9])
def test_that_midway_is_where_the_model_is_undecided(where):
    means, ask = leaning_by(where)
    assert float(midway(means, ask).mean()) == pytest.approx(where, abs=1e-4)


def test_that_midway_is_the_least_decided_film_where_none_is_undecided():
    means, ask = leaning_by(1.3)
    assert float(midway(means, ask).mean()) == pytest.approx(1.0)  # no film is brighter


def test_that_the_nearest_of_several_undecided_films_is_midway():
    means, _ = leaning_by(0.5)
    found = midway(means, lambda film: np.array([0, 0.5 + np.sin(40 * (film.mean() - 0.52))]))
    assert float(found.mean()) == pytest.approx(0.52, abs=1e-4)


def test_that_a_model_is_undecided_about_its_own_midway(model, leaning, films):
    start = model.influence(films[0], baseline="midway").baseline
    assert start.words == "the film midway between the classes"
    assert model.info.midway
    assert float(start.probabilities.max()) < 0.75
    assert engine.load(leaning).influence(films[0], baseline="midway").baseline.warning


def test_that_a_decided_mean_film_names_midway_where_that_is_undecided(tmp_path, films):
    model = engine.load(kept(tmp_path / "own", lean=-1.5))
    start, own = (model.influence(films[0], baseline=kind).baseline for kind in ("mean", "midway"))
    assert (start.decided, start.warning.instead) == (1, "midway")
    assert (own.decided, own.warning) == (None, None)
    assert float(own.probabilities[1]) == pytest.approx(0.5, abs=0.01)


def test_that_a_model_without_class_means_has_no_midway(tiny_bundle, films):
    model = engine.load(tiny_bundle)
    assert not model.info.midway
    with pytest.raises(InferenceError, match="no film midway between its classes"):
        model.influence(films[0], baseline="midway")


def test_that_a_bundle_from_before_says_that_it_keeps_no_class_means(tiny_bundle):
    with pytest.raises(InferenceError, match="tiny keeps no class means; train it anew"):
        engine.load(tiny_bundle).influence(VALUES, baseline="class-mean:normal")


# ---------------------------------------------------------------------------- class means
def test_that_class_means_come_back_as_they_were_saved(folder):
    np.testing.assert_array_equal(load_bundle(folder).statistics.class_means, MEANS)
    assert json.loads((folder / "metadata.json").read_text())["class_means"] is True


def test_that_a_bundle_without_class_means_says_nothing_of_them(tiny_bundle):
    assert load_bundle(tiny_bundle).statistics.class_means is None
    assert "class_means" not in json.loads((tiny_bundle / "metadata.json").read_text())


@pytest.mark.parametrize("told", [True, "yes"])
def test_that_class_means_which_are_not_there_are_missed(own_bundle, told):
    path = own_bundle / "metadata.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"class_means": told}))
    with pytest.raises(BundleError, match="class_means"):
        load_bundle(own_bundle)


def test_that_metadata_that_are_written_again_keep_class_means(tmp_path):
    folder = kept(tmp_path / "again")
    description, config = read_description(folder)
    write_metadata(folder, replace(description, version="2"), config)
    assert load_bundle(folder).info.version == "2"
    np.testing.assert_array_equal(load_bundle(folder).statistics.class_means, MEANS)


def test_that_class_means_that_are_no_films_are_refused(tmp_path):
    with pytest.raises(BundleError, match="class_means” holds values that cannot be"):
        kept(tmp_path / "bad", class_means=MEANS + 1)


def test_that_class_means_of_a_huge_model_are_refused(make_bundle):
    folder = make_bundle(rows=1024, columns=512, classes=3)
    path = folder / "metadata.json"
    assert MOST_CLASS_MEANS < 3 * 1024 * 512
    path.write_text(json.dumps(json.loads(path.read_text()) | {"class_means": True}))
    with pytest.raises(BundleError, match="“class_means” must be false for so many classes"):
        load_bundle(folder)


def test_that_an_answer_carries_no_class_means_about(model):
    assert model.analyse(VALUES).statistics.class_means is None


# ---------------------------------------------------------------------------- warnings
def said(probabilities, *, others=(), ask=None, classes=("low", "high")):
    mean = Baseline("mean", "the mean film")
    return answered(mean, np.array(probabilities), classes, ask=ask, others=others)


@pytest.mark.parametrize("high", [0.25, 0.5, 0.75])
def test_that_an_undecided_baseline_is_no_warning(high):
    assert said([1 - high, high]).warning is None


def test_that_a_decided_baseline_is_warned_of_with_its_answer():
    found = said([0.03, 0.97])
    assert found.decided == 1
    assert found.warning.code == "baseline-decided"
    assert found.warning.words == (
        "The mean film is itself answered “high” 0.97: the map shows only what differs from it."
    )
    assert said([0.76, 0.24]).decided == 0


def test_that_one_class_of_many_decides_where_it_is_more_than_the_limit():
    classes = tuple("abcde")
    assert said([0.1, 0.7, 0.1, 0.05, 0.05], classes=classes).warning is None
    assert "“b” 0.80" in said([0.05, 0.8, 0.05, 0.05, 0.05], classes=classes).warning.words


def test_that_the_warning_names_the_first_baseline_that_is_undecided():
    others = tuple(Baseline(kind, f"the {kind} film") for kind in ANYWHERE)
    high = {"blank": 0.9, "blurred": 0.6}

    def ask(one):
        return np.array([1 - high[one.kind], high[one.kind]])

    found = said([0.03, 0.97], others=others, ask=ask).warning
    assert found.instead == "blurred"
    assert found.words.endswith("differs from it; the blurred film is undecided.")
    high["blurred"] = DECIDED + 0.01
    found = said([0.03, 0.97], others=others, ask=ask).warning
    assert found.instead is None
    assert found.words.endswith("; the blank film and the blurred film are decided too.")


def test_that_an_answer_warns_of_a_model_that_answers_its_mean_film(leaning):
    found = engine.load(leaning).analyse(VALUES).influence
    assert found.baseline_probability > DECIDED
    assert found.baseline.warning.words.startswith("The mean film is itself answered “pneumonia”")


def test_that_predict_warns_once_in_words_and_for_each_film_in_json(run, leaning, films):
    text = " ".join(run(*films, "--model", leaning, "--baseline", "blank").stdout.split())
    assert text.count("The blank film is itself answered “pneumonia”") == 1
    assert "Another start: --baseline midway, blank, blurred, class-mean:CLASS, PATH." in text
    results = json.loads(run(*films, "--model", leaning, "--json").stdout)["results"]
    for result in results:
        assert result["influence"]["warning"]["code"] == "baseline-decided"
        assert result["influence"]["baseline"] == "mean"
        assert result["influence"]["baseline_probability"] > DECIDED


def test_that_predict_does_not_fill_the_screen_with_warnings(run, tmp_path):
    folder, films = kept(tmp_path / "kept", lean=0.5), tmp_path / "films"
    films.mkdir()
    for number in range(24):  # a bright band of another place and direction in each film
        values = np.random.default_rng(number).integers(0, 99, (48, 48))
        values[2 * number : 2 * number + 24] += 150
        values = values.T if number % 2 else values
        Raster.fromarray(values.astype(np.uint8)).save(films / f"{number}.png")
    asked = (films, "--model", folder, "--baseline", "blurred")
    results = json.loads(run(*asked, "--json").stdout)["results"]
    warnings = [result["influence"]["warning"] for result in results]
    told = {warning["words"] for warning in warnings if warning}
    text = " ".join(run(*asked).stdout.split())
    assert len(told) > 3
    assert text.count("is itself answered") == 3
    assert f"Baselines like these: {len(told) - 3} more; --json names them all." in text


def test_that_predict_starts_from_the_baseline_that_was_asked_for(run, model, folder, films):
    for kind in ("blurred", "class-mean:normal", films[1]):
        out = run(films[0], "--model", folder, "--baseline", kind, "--json").stdout
        (result,) = json.loads(out)["results"]
        expected = model.influence(films[0], baseline=kind)
        assert result["influence"]["baseline_film"] == expected.baseline.words
        assert result["influence"]["target"] == "pneumonia"
        assert result["influence"]["baseline_probability"] == pytest.approx(
            expected.baseline_probability
        )


def test_that_predict_refuses_an_unknown_baseline_before_it_reads(run, folder, films):
    result = run(films[0], "--model", folder, "--baseline", "blured")
    assert result.exit_code != 0
    assert "“blured” is no baseline" in result.output


def test_that_a_trace_says_which_baseline_its_influence_has(folder, films, tmp_path):
    out = tmp_path / "film.npz"
    words = ["trace", films[0], "-o", out, "-m", folder, "--baseline", "blank"]
    assert CliRunner().invoke(app, list(map(str, words))).exit_code == 0
    with np.load(out) as arrays:
        assert str(arrays["baseline"]) == "the blank film"
        odds = float(arrays["baseline_log_odds"])
        assert float(arrays["baseline_probability"]) == pytest.approx(1 / (1 + np.exp(-odds)))


def test_that_a_notebook_names_the_baseline_and_warns(leaning):
    page = engine.load(leaning).analyse(VALUES, baseline="blank")._repr_html_()
    assert "log-odds: blank film" in page
    assert "The blank film is itself answered" in page


# ---------------------------------------------------------------------------- colour scale
def moved(largest, kind):
    values = np.array([0.1, -largest, 0.2], np.float32)
    start = BaselineAnswer(kind, Sentence(f"baseline.{kind}"))
    return Influence(values, np.arange(4.0), 1, 1.0, 0.0, 0.0, baseline=start)


def test_that_the_scale_of_a_model_holds_for_its_mean_film_whatever_a_film_does():
    assert influence_limit(moved(3.0, "mean"), 1.0) == (1.0, False)


def test_that_another_baseline_has_a_scale_of_its_own_only_where_it_needs_one():
    assert influence_limit(moved(0.9, "blank"), 1.0) == (1.0, False)
    limit, own = influence_limit(moved(3.0, "blank"), 1.0)
    assert own
    assert limit == pytest.approx(3.0)
    found = influence_map(moved(3.0, "blank"), ("a", "b"), 1.0)
    assert found.own_scale
    assert found.against == "the blank film"
    assert found.limits[1] >= 3.0
