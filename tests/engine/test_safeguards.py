import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.bundle import read_description, read_metadata
from engine.errors import BundleError
from engine.weights import load_bundle, save_bundle
from tests.engine.trust_parts import CONFIG, LIMITS, make_safeguards


@pytest.fixture
def guarded(parts, tmp_path):
    """The folder of a bundle with every safeguard; a test may damage it."""
    network, rest = parts
    save_bundle(tmp_path / "guarded", network, **rest, safeguards=make_safeguards())
    return tmp_path / "guarded"


def tamper(folder, name, change):
    """Store the weights again without their hash, one tensor changed or (None) left out."""
    path = folder / "model.safetensors"
    tensors = load_file(path)
    value = change(tensors.pop(name, None))
    if value is not None:
        tensors[name] = value.contiguous()
    save_file(tensors, path)


def rewrite(folder, *keys, to):
    path = folder / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    table = values
    for key in keys[:-1]:
        table = table[key]
    table[keys[-1]] = to
    path.write_text(json.dumps(values), "utf-8")


def test_that_a_bundle_without_safeguards_says_nothing_of_trust(tiny_bundle):
    assert load_bundle(tiny_bundle).safeguards is None
    assert read_metadata(tiny_bundle).limits is None
    assert "trust" not in json.loads((tiny_bundle / "metadata.json").read_text("utf-8"))


def test_that_the_configuration_comes_back_as_it_was(guarded):
    assert load_bundle(guarded).safeguards.config == CONFIG
    assert read_description(guarded)[0].trust == CONFIG
    assert read_metadata(guarded).limits == LIMITS


def test_that_calibration_films_and_tables_come_back_as_they_were(guarded):
    given, loaded = make_safeguards(), load_bundle(guarded).safeguards
    np.testing.assert_array_equal(loaded.calibration.scores, given.calibration.scores)
    np.testing.assert_array_equal(loaded.calibration.labels, given.calibration.labels)
    np.testing.assert_array_equal(loaded.tables.rows, given.tables.rows)
    np.testing.assert_array_equal(loaded.tables.film, given.tables.film)


def test_that_forecaster_and_guard_answer_as_they_did(guarded):
    given, loaded = make_safeguards(), load_bundle(guarded).safeguards
    rows = np.random.default_rng(2).random((2, 16, 12), np.float32)
    assert np.array_equal(loaded.guard.logits(rows), given.guard.logits(rows))
    assert np.array_equal(loaded.forecaster.surprise(rows[0]), given.forecaster.surprise(rows[0]))


@pytest.mark.parametrize("missing", ["forecast", "guard", "admission"])
def test_that_each_safeguard_may_be_absent(parts, tmp_path, missing):
    network, rest = parts
    config = replace(CONFIG, **{missing: None})
    save_bundle(tmp_path / "model", network, **rest, safeguards=make_safeguards(config))
    assert load_bundle(tmp_path / "model").safeguards.config == config


def test_that_saving_safeguards_leaves_the_answer_as_it_was(parts, guarded):
    rows = torch.rand(2, 16, 12)
    with torch.no_grad():
        torch.testing.assert_close(load_bundle(guarded).network(rows), parts[0].eval()(rows))


def test_that_tables_of_another_shape_are_not_saved(parts, tmp_path):
    network, rest = parts
    wrong = make_safeguards()
    wrong = replace(wrong, tables=replace(wrong.tables, film=np.zeros(3, np.float32)))
    with pytest.raises(BundleError, match=r"forecast\.film do not fit"):
        save_bundle(tmp_path / "model", network, **rest, safeguards=wrong)


def first(value, to):
    value.view(-1)[0] = to
    return value


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("guard.head.weight", lambda v: v + 0.1, "self-test: “selftest.guard”"),
        ("guard.head.weight", lambda v: None, "does not hold .*guard.head.weight"),
        ("guard.head.weight", lambda v: first(v, torch.nan), "is not finite"),
        ("guard.extra", lambda v: torch.zeros(2), "does not hold .*guard.extra"),
        ("forecast.network.head.bias", lambda v: v + 0.1, "self-test: “selftest.surprise”"),
        ("forecast.network.first", lambda v: v[:3], "wrong shape or type"),
        ("forecast.film", lambda v: v.flip(0), "quantiles of surprise are not in order"),
        ("forecast.rows", lambda v: v.flip(1), "quantiles of surprise are not in order"),
        ("calibration.scores", lambda v: -v, "self-test: “selftest.p_values”"),
        ("calibration.scores", lambda v: v[1:], "wrong shape or type"),
        ("calibration.labels", lambda v: first(v, 2), "names an unknown class"),
        ("calibration.labels", lambda v: first(v, -1), "names an unknown class"),
        ("calibration.labels", lambda v: v.float(), "wrong shape or type"),
        ("selftest.surprise", lambda v: v + 1, "self-test: “selftest.surprise”"),
    ],
)
def test_that_a_changed_tensor_is_refused(guarded, name, change, sentence):
    tamper(guarded, name, change)
    with pytest.raises(BundleError, match=sentence):
        load_bundle(guarded)


@pytest.mark.parametrize(
    ("keys", "to", "sentence"),
    [
        (("films",), 0, "“films” must be a whole number"),
        (("films",), 61, "wrong shape or type"),
        (("level",), 0.2, "“level” must be a number from 0.5 to 1"),
        (("extra",), 1, "unknown key “extra”"),
        (("limits", "upright"), "yes", "“upright” must be true or false"),
        (("limits", "more"), 1, "unknown key “more”"),
        (("forecast", "cell"), "rnn", "“cell” must be one of gru, lstm"),
        (("forecast", "hidden_size"), 6, "wrong shape or type"),
        (("forecast", "limit"), None, "“limit” must be a number"),
        (("guard", "classes"), ["upright"], "“classes” must be 3 names"),
        (("guard", "threshold"), 2, "“threshold” must be a number from 0 to 1"),
        (("guard", "network", "rows"), 8, "of the model's grid, 16 × 12"),
        (("admission", "model"), 3, "“model” must be a text"),
        (("admission",), [], "must be a table"),
        (("guard",), None, "does not hold"),
    ],
)
def test_that_metadata_that_cannot_be_is_refused(guarded, keys, to, sentence):
    rewrite(guarded, "trust", *keys, to=to)
    with pytest.raises(BundleError, match=sentence):
        load_bundle(guarded)


def test_that_a_threshold_without_intervals_is_still_read(guarded):
    rewrite(
        guarded,
        "threshold",
        to={"value": 0.4, "sensitivity": 0.9, "specificity": 0.8, "chosen_on": "films"},
    )
    threshold = read_metadata(guarded).threshold
    assert (threshold.value, threshold.sensitivity_interval) == (0.4, None)


def test_that_an_interval_that_ends_before_it_begins_is_refused(guarded):
    rewrite(guarded, "threshold", "sensitivity_interval", to={"low": 0.9, "high": 0.8})
    with pytest.raises(BundleError, match=r"“high” must be a number from 0\.9 to 1"):
        read_metadata(guarded)


def test_that_loading_safeguards_draws_no_random_numbers(guarded):
    before = torch.get_rng_state()
    load_bundle(guarded)
    assert torch.equal(torch.get_rng_state(), before)
