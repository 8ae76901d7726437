import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig
from engine.calibration import softmax
from engine.errors import DataError
from engine.films import Films, predict
from engine.network import RowClassifier
from engine.recipe import TrustPlan, read_recipe, recipe_of
from engine.sequence import ranks as to_ranks, to_sequence
from engine.training import (
    KINDS,
    calibrate,
    calibration_films,
    drawn_films,
    fit_trust,
    guard_classes,
    make_wrong,
    on_typical_grid,
    refusal_rates,
    replaced_rows,
    test_results as results_of_test,
    train_guard,
    validation_results,
    wrongness,
)
from engine.types import InputFormat
from tests.engine.conftest import TINY
from tests.engine.trust_parts import tiny_recipe

ROWS, COLUMNS = 16, 12


@pytest.fixture(scope="module")
def recipe():
    return tiny_recipe()


@pytest.fixture(scope="module")
def films():
    """Films with a bright upper half and a bright left edge; class 1 is brighter below."""
    rng = np.random.default_rng(0)
    count = 200
    labels = np.arange(count) % 2
    rows = 0.3 * rng.random((count, ROWS, COLUMNS))
    rows[:, : ROWS // 2] += 0.4
    rows[:, :, :3] += 0.3
    rows[:, ROWS // 2 :] += 0.1 * labels[:, None, None]
    names = np.array([f"{number:03}" for number in range(count)])
    return Films(
        rows=rows.astype(np.float16),
        labels=labels,
        splits=np.where(np.arange(count) % 4 < 2, "train", "val"),
        patients=names,
        names=names,
        findings=np.full((count, 2), np.nan),
    )


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(5)
    return RowClassifier(replace(TINY, dropout=0.0)).eval()


@pytest.fixture(scope="module")
def fitted(network, films, recipe):
    return fit_trust(network, films, recipe)


def kind(name, count=20):
    return np.full(count, KINDS.index(name))


def test_that_a_turned_film_is_the_film_turned(films):
    given = films.rows[:20]
    upside = make_wrong(given, kind("upside down"), ranks=False, seed=0)
    for made, film in zip(upside, given, strict=True):
        assert any(np.array_equal(made, turned) for turned in (film[::-1], film[::-1, ::-1]))
    mirrored = make_wrong(given, kind("mirrored"), ranks=False, seed=0)
    np.testing.assert_array_equal(mirrored, given[:, :, ::-1])


def test_that_a_film_on_its_side_keeps_the_grid(films):
    left = make_wrong(films.rows[:20], kind("left side down"), ranks=False, seed=0)
    right = make_wrong(films.rows[:20], kind("right side down"), ranks=False, seed=0)
    assert left.shape == right.shape == (20, ROWS, COLUMNS)
    assert not np.array_equal(left, right)


@pytest.mark.parametrize("ranks", [True, False])
def test_that_every_made_up_film_has_values_from_0_to_1(films, ranks):
    made = make_wrong(films.rows[:100], kind("no such film", 100), ranks=ranks, seed=3)
    assert np.isfinite(made).all()
    if ranks:
        assert (made.min(), made.max()) >= (0, 0.5)
        assert made.max() <= 1


def test_that_ranks_of_made_up_films_are_those_of_the_viewer(films, make_frame, monkeypatch):
    values = np.random.default_rng(1).integers(0, 9, (ROWS, COLUMNS)).astype(np.float32) / 9
    monkeypatch.setattr("engine.training.wrong_films._no_film", lambda *_: values)
    (made,) = make_wrong(films.rows[:1], kind("no such film", 1), ranks=True, seed=0)
    sequence = to_sequence(make_frame(values), InputFormat(ROWS, COLUMNS, "rank"))
    np.testing.assert_allclose(made, sequence.rows, atol=5e-4)  # float16


def test_that_wrong_films_follow_from_the_seed(films):
    kinds = np.arange(40) % len(KINDS)
    one, two, other = (make_wrong(films.rows[:40], kinds, ranks=True, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, other)


def test_that_a_guard_learns_to_tell_films_upside_down(films, recipe):
    plan = replace(recipe.trust, guard_epochs=8)
    learnt = films.rows[films.where("train")]
    guard = train_guard(np.repeat(learnt, 3, axis=0), recipe, plan)
    tried = films.rows[films.where("val")]
    wrong = make_wrong(tried, kind("upside down", len(tried)), ranks=False, seed=9)
    answers = predict(guard, wrong).argmax(axis=1)
    assert np.mean(answers == guard_classes(plan).index("upside down")) > 0.8


@pytest.mark.parametrize("ranks", [False, True])
def test_that_rows_of_right_films_are_replaced_by_those_of_mean_films(films, ranks):
    given = films.rows[:80]
    if ranks:
        given = np.stack([to_ranks(film.astype(float)) for film in given]).astype(np.float16)
    made = np.stack(list(replaced_rows(given, ranks=ranks, seed=1, every=2)))
    again = np.stack(list(replaced_rows(given, ranks=ranks, seed=1, every=2)))
    np.testing.assert_array_equal(made, again)
    assert made.shape == (40, *given.shape[1:])
    changed = np.abs(made - given[::2]).max(axis=2) > (0.2 if ranks else 1e-3)
    share = changed.mean(axis=1)
    assert share.min() < 0.2
    assert share.max() > 0.8
    if ranks:  # as the reader makes them of a stored film
        np.testing.assert_allclose(made.mean(axis=(1, 2)), 0.5, atol=2e-3)
    else:  # a row is kept or is that of a mean film, whose rows differ less
        rough = np.std(made[~changed].astype(float), axis=1).mean()
        assert np.std(made[changed].astype(float), axis=1).mean() < rough


def test_that_a_guard_calls_films_right_whose_rows_were_replaced(films, recipe):
    plan = replace(recipe.trust, guard_epochs=8)
    learnt = np.repeat(films.rows[films.where("train")], 3, axis=0)
    guard = train_guard(learnt, recipe, plan)
    tried = np.stack(
        list(replaced_rows(films.rows[films.where("val")], ranks=False, seed=4, every=1))
    )
    wrong = make_wrong(tried, kind("upside down", len(tried)), ranks=False, seed=9)
    assert np.median(wrongness(guard, tried)) < np.median(wrongness(guard, wrong))
    assert np.mean(wrongness(guard, tried) < 0.5) > 0.8


@pytest.mark.parametrize("height", [13, 14, 16])
def test_that_a_guard_fits_any_grid(films, recipe, height):
    plan = replace(recipe, input=replace(recipe.input, rows=height))
    guard = train_guard(films.rows[:16, :height], plan, replace(recipe.trust, guard_epochs=1))
    assert guard.config.rows == height


def test_that_drawn_films_are_a_class_only_where_they_are_asked_for(recipe):
    assert "drawn" not in guard_classes(TrustPlan())
    assert guard_classes(TrustPlan(drawn=5))[-1] == "drawn"
    assert drawn_films(2, recipe).shape == (2, ROWS, COLUMNS)


def test_that_limits_refuse_no_more_validation_films_than_asked(fitted, films):
    rates = refusal_rates(fitted, films.rows[films.where("val")])
    assert rates["guard"].value <= 0.005
    assert rates["surprise"].value <= 0.005


def test_that_calibration_films_are_the_answers_to_validation_films(network, films):
    found = calibration_films(network, films, most=1000, seed=0)
    chosen = films.where("val")
    np.testing.assert_array_equal(found.labels, films.labels[chosen])
    np.testing.assert_allclose(found.scores, predict(network, films.rows[chosen]), rtol=1e-5)


def test_that_films_of_other_heights_are_laid_on_the_typical_grid(films):
    heights = np.where(np.arange(200) < 100, ROWS, ROWS // 2)
    mixed = replace(films, heights=heights)
    laid = on_typical_grid(mixed, ROWS)
    np.testing.assert_array_equal(laid[:100], films.rows[:100])
    np.testing.assert_array_equal(laid[100:, 0], films.rows[100:, 0])
    np.testing.assert_array_equal(laid[100:, -1], films.rows[100:, ROWS // 2 - 1])


def test_that_no_more_calibration_films_are_kept_than_asked(fitted):
    assert len(fitted.calibration.labels) == fitted.config.films == 50


def test_that_a_class_with_few_validation_films_is_refused(network, films):
    few = replace(films, labels=np.where(np.arange(200) < 190, 0, 1))
    with pytest.raises(DataError, match="Class 1 has 6 validation films; trust needs 20"):
        calibration_films(network, few, most=1000, seed=0)


def test_that_fitting_leaves_the_network_and_the_global_seed_alone(network, films, recipe):
    before, weights = torch.get_rng_state(), network.head.weight.clone()
    plan = replace(recipe, trust=replace(recipe.trust, forecast_epochs=1, guard_epochs=1))
    fit_trust(network, films, plan)
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(network.head.weight, weights)


def test_that_a_plan_may_leave_forecaster_and_guard_out(network, films, recipe):
    plan = TrustPlan(
        forecast_size=0, guard_epochs=0, admission="body-part", accepts=("chest film",)
    )
    made = fit_trust(network, films, replace(recipe, trust=plan))
    assert (made.forecaster, made.guard, made.config.forecast, made.config.guard) == (None,) * 4
    assert made.config.admission.model == "body-part"


def test_that_results_name_every_kind_of_wrong_film(network, fitted, films, recipe):
    words = dict(validation_results(network, fitted, films, recipe))
    assert {f"validation refused if {name}" for name in KINDS} <= set(words)
    assert "validation 95 % sets hold “ill”" in words


def test_that_test_results_tell_the_refused_films(network, fitted, films, recipe):
    words = dict(results_of_test(network, fitted, films.only("val"), recipe))
    assert {"refused by guard", "refused by surprise", "refused by any"} <= set(words)


def test_that_many_classes_are_calibrated_by_a_temperature():
    torch.manual_seed(2)
    network = RowClassifier(NetworkConfig(ROWS, COLUMNS, 4, hidden_size=5)).eval()
    rng = np.random.default_rng(0)
    rows = rng.random((300, ROWS, COLUMNS)).astype(np.float16)
    with torch.no_grad():
        network.head.weight.mul_(40)
    before = predict(network, rows)
    labels = np.array([rng.choice(4, p=p) for p in softmax(before / 5)])
    scale, offset = calibrate(network, before, labels)
    assert (scale, offset) == (pytest.approx(0.2, rel=0.25), 0.0)
    np.testing.assert_allclose(predict(network, rows), scale * before, rtol=1e-4, atol=1e-4)


def test_that_a_recipe_comes_back_from_a_bundles_metadata(recipe):
    from dataclasses import asdict

    values = json.loads(json.dumps(asdict(recipe)))
    assert recipe_of(values, "metadata") == recipe


@pytest.mark.parametrize("name", ["chest-pneumonia", "phantom-opacity", "body-part", "digits"])
def test_that_every_recipe_of_the_project_can_be_read(name):
    from engine.resources import resource_path

    assert read_recipe(resource_path("recipes") / f"{name}.toml").name == name
