"""Calibration never turns a network round; what tells nothing is not written without a word."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig
from engine.calibration import (
    FLATTEST,
    CalibrationFilms,
    conformal_set,
    fit_prefixes,
    fit_scale,
    probability_interval,
)
from engine.errors import DataError
from engine.network import build_network
from engine.recipe import Measures, Schedule
from engine.training import (
    Material,
    build,
    calibrate,
    epoch_refusal,
    measured_words,
    refuse_untold,
)
from engine.weights import load_bundle
from tests.engine.training_parts import FILMS, RECIPE

ALLOWED = replace(RECIPE, measure=Measures(allow_untold=True))


def drawn(count=60, *, steep=2.0, classes=2, seed=0):
    """Logits (N, K) that tell the classes, and labels (N,)."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    return rng.normal(size=(count, classes)) + steep * np.eye(classes)[labels], labels


def films_of(labels, classes=2):
    """Validation films with these labels."""
    count = len(labels)
    names = np.arange(count).astype(str)
    few = FILMS.take(np.zeros(count, np.int64))
    return replace(few, labels=np.asarray(labels), names=names, patients=names)


def three(**changes):
    return replace(RECIPE, classes=("a", "b", "c"), positive=None, **changes)


def sigmoid(odds):
    return 1 / (1 + np.exp(-odds))


def test_that_the_fit_is_that_of_an_independent_program():
    from sklearn.linear_model import LogisticRegression

    logits, labels = drawn(200)
    odds = np.r_[logits[:, 1] - logits[:, 0], np.linspace(-1, 1, 50)]
    labels = np.r_[labels, np.zeros(50, np.int64)]
    counts = np.bincount(labels)
    aims = np.where(labels == 1, (counts[1] + 1) / (counts[1] + 2), 1 / (counts[0] + 2))
    twice, both = np.tile(odds, 2)[:, None], np.repeat([1, 0], len(odds))
    masses = np.r_[aims, 1 - aims] / np.tile(counts[labels], 2)
    known = LogisticRegression(C=1e9, tol=1e-12, max_iter=10_000)
    known.fit(twice, both, sample_weight=1000 * masses)
    scale, offset = fit_scale(odds, labels)
    assert scale == pytest.approx(float(known.coef_[0, 0]), rel=1e-3)
    assert offset == pytest.approx(float(known.intercept_[0]), rel=1e-2)


def test_that_six_films_told_apart_without_an_error_are_not_called_certain():
    odds = np.array([-3.0, -2.5, -2.0, 2.0, 2.5, 3.0])
    labels = np.array([0, 0, 0, 1, 1, 1])
    scale, offset = fit_scale(odds, labels)
    said = sigmoid(scale * odds + offset)
    assert said[labels == 1].mean() == pytest.approx(4 / 5, abs=0.02)  # Platt's (n + 1) / (n + 2)
    assert said[labels == 0].mean() == pytest.approx(1 / 5, abs=0.02)


def test_that_rare_and_common_films_weigh_the_same():
    rng = np.random.default_rng(0)
    labels = (np.arange(2000) % 10 == 0).astype(np.int64)
    odds = rng.normal(size=2000) + 2 * labels - 1  # true log-odds 2 x of even classes
    scale, offset = fit_scale(odds, labels)
    assert (scale, offset) == (pytest.approx(2.0, rel=0.15), pytest.approx(0.0, abs=0.2))


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("steep", [-4.0, 0.0, 4.0])
def test_that_a_scale_stays_positive_in_every_calibration(classes, steep):
    torch.manual_seed(0)
    network = build_network(NetworkConfig(8, 8, classes, cell="gru", hidden_size=4)).eval()
    before = network.head.weight.detach().clone()
    logits, labels = drawn(steep=steep, classes=classes)
    scale, _ = calibrate(network, logits, labels)
    assert scale > 0
    torch.testing.assert_close(network.head.weight.detach(), scale * before)


@pytest.mark.parametrize("factor", [1e-3, 1.0, 1e3])
def test_that_what_is_left_of_turned_answers_does_not_depend_on_their_unit(factor):
    logits, labels = drawn(steep=-3.0)
    odds = factor * (logits[:, 1] - logits[:, 0])
    scale, offset = fit_scale(odds, labels)
    assert scale * odds.std() == pytest.approx(FLATTEST)
    assert sigmoid(scale * odds + offset) == pytest.approx(np.full(60, 0.5), abs=0.05)


def test_that_answers_that_are_all_the_same_become_even():
    scale, offset = fit_scale(np.full(10, 3.0), np.arange(10) % 2)
    assert (scale, offset + 3.0) == (1.0, pytest.approx(0.0, abs=1e-6))


def test_that_an_interval_of_a_turned_network_does_not_fall_with_its_score():
    rng = np.random.default_rng(0)
    present = rng.random(200) < 0.5
    scores = rng.normal(size=200) - 3 * present
    ends = [probability_interval(scores, present, score) for score in np.linspace(-6, 3, 40)]
    assert np.all(np.diff([one.low for one in ends]) >= -1e-12)
    assert np.all(np.diff([one.high for one in ends]) >= -1e-12)


@pytest.mark.parametrize("count", [1, 3, 18])
def test_that_a_set_of_few_calibration_films_excludes_no_class(count):
    """Fewer than 19 films of a class cannot show that one in twenty is unlike them."""
    scores = np.tile([[5.0, -5.0]], (count, 1)).astype(np.float32)
    films = CalibrationFilms(scores, np.zeros(count, np.int64))
    for logits in ([-50.0, 50.0], [50.0, -50.0]):
        assert conformal_set(films, np.array(logits), level=0.95) == (0, 1)


def test_that_the_answer_by_row_of_a_turned_network_is_not_turned_back():
    logits, labels = drawn(steep=-3.0)
    by_row = np.repeat(logits[:, None], 5, axis=1)
    fitted = fit_prefixes(by_row, labels, balanced=True, source="films")
    assert min(fitted.scale) >= 0


def test_that_exchanged_folders_stop_the_run_and_are_named():
    logits, labels = drawn(steep=4.0)
    recipe = replace(RECIPE, data=replace(RECIPE.data, folders=("NORMAL", "ILL")))
    assert refuse_untold(logits, films_of(labels), recipe) == ()
    with pytest.raises(DataError, match=r"exchanged: AUC 0\.0.*“NORMAL” and “ILL”.*allow_untold"):
        refuse_untold(logits, films_of(1 - labels), recipe)


def test_that_two_of_three_exchanged_classes_are_named():
    logits, labels = drawn(90, steep=5.0, classes=3)
    assert refuse_untold(logits, films_of(labels), three()) == ()
    exchanged = np.array([0, 2, 1])[labels]
    with pytest.raises(DataError, match=r"exchanged: mean AUC.*“b” and “c”"):
        refuse_untold(logits, films_of(exchanged), three())


@pytest.mark.parametrize("classes", [2, 3])
def test_that_a_network_that_answers_all_films_alike_stops_the_run(classes):
    labels = np.arange(30) % classes
    recipe = RECIPE if classes == 2 else three()
    with pytest.raises(DataError, match=r"tells nothing on the validation films: .*0\.500"):
        refuse_untold(np.ones((30, classes)), films_of(labels), recipe)


def test_that_a_network_a_little_below_chance_is_not_called_turned():
    labels = np.arange(12) % 2
    odds = np.random.default_rng(1).normal(size=12) - 0.5 * labels
    assert 0.1 < np.mean(odds[labels == 1, None] > odds[labels == 0]) < 0.5
    with pytest.raises(DataError, match="tells nothing"):
        refuse_untold(np.stack((-odds, odds), axis=1), films_of(labels), RECIPE)


def test_that_a_trial_may_be_written_and_begins_with_a_warning():
    logits, labels = drawn(steep=4.0)
    ((what, why),) = refuse_untold(logits, films_of(1 - labels), ALLOWED)
    assert what == "warning"
    assert why.startswith("The classes of the validation films seem to be exchanged: AUC 0.0")


def test_that_what_may_be_chance_is_said():
    labels = np.arange(12) % 2
    odds = np.where(np.arange(12) < 8, 2.0 * labels - 1, 1 - 2.0 * labels)
    odds += np.linspace(0, 0.1, 12)
    ((what, why),) = refuse_untold(np.stack((-odds, odds), axis=1), films_of(labels), RECIPE)
    assert what == "warning"
    assert why.startswith("not told from chance")


def test_that_answers_that_are_no_numbers_and_films_of_one_class_are_refused():
    with pytest.raises(DataError, match="went astray"):
        refuse_untold(np.full((8, 2), np.nan), films_of(np.arange(8) % 2), ALLOWED)
    with pytest.raises(DataError, match="all of “lower”"):
        refuse_untold(np.ones((8, 2)), films_of(np.ones(8, np.int64)), ALLOWED)
    assert refuse_untold(np.ones((0, 2)), films_of(np.ones(0, np.int64)), RECIPE) == ()


def test_that_a_training_on_exchanged_validation_films_writes_no_bundle(tmp_path):
    val = FILMS.splits == "val"
    turned = replace(FILMS, labels=np.where(val, 1 - FILMS.labels, FILMS.labels))
    recipe = replace(RECIPE, training=Schedule(12, 8, 2e-2), measure=Measures(calibrate=True))
    with pytest.raises(DataError, match="exchanged"):
        build(recipe, Material(turned, {}), output=tmp_path / "m", command="a test")
    assert not (tmp_path / "m").exists()
    allowed = replace(recipe, measure=replace(recipe.measure, allow_untold=True))
    build(allowed, Material(turned, {}), output=tmp_path / "m", command="a test")
    info = load_bundle(tmp_path / "m").info
    assert info.results[0][0] == "warning"
    assert "exchanged" in (tmp_path / "m" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("accuracies", "films", "stops"),
    [
        ([0.5, 0.0, 0.0], 8, True),
        ([0.0, 0.0], 100, True),
        ([0.0], 100, False),
        ([0.0, 0.0, 0.1], 100, False),
        ([0.0, 0.0], 7, False),
        ([None, None], 8, False),
    ],
)
def test_that_no_right_answer_in_two_epochs_running_is_a_reason_to_stop(accuracies, films, stops):
    assert bool(epoch_refusal(accuracies, films=films)) is stops


@pytest.mark.parametrize("label", [0, 1])
def test_that_a_test_of_one_class_is_written_with_what_it_measures(tmp_path, label):
    one = FILMS.take(np.flatnonzero(FILMS.labels == label)[-8:])
    recipe = replace(RECIPE, training=Schedule(12, 8, 2e-2))
    build(recipe, Material(FILMS, {"test": one}), output=tmp_path / "m", command="a test")
    info = load_bundle(tmp_path / "m").info
    words, known = dict(info.results), ("specificity", "sensitivity")
    assert f"test {known[label]}" in words
    assert f"test accuracy, films {'with' if label else 'without'} the finding only" in words
    assert not {"test AUC", "test accuracy", f"test {known[1 - label]}"} & set(words)
    assert getattr(info.tests[0], known[label]) is not None
    assert info.tests[0].auc is None


def test_that_a_plain_choice_on_films_of_one_class_names_it():
    network = build_network(NetworkConfig(8, 8, 3, cell="gru", hidden_size=4)).eval()
    one = FILMS.take(np.flatnonzero(FILMS.labels == 1)[:6])
    names = ("a", "b", "c")
    words = measured_words(network, one, threshold=None, positive=None, classes=names)
    assert [what for what, _ in words] == ["accuracy of “b”"]
    two = measured_words(network, FILMS, threshold=None, positive=None, classes=names)
    assert [what for what, _ in two] == ["accuracy", "accuracy of “a”", "accuracy of “b”"]
