import pickle
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from engine import analyse_rows, load, warm_up
from engine.calibration import softmax
from engine.errors import BundleError, InferenceError
from engine.model import kept
from engine.preparation import prepare
from engine.trust import admission
from engine.types import Check


@pytest.fixture
def frame(make_frame):
    values = np.random.default_rng(0).integers(0, 4096, (40, 30))
    return make_frame(values, modality="CR")


def test_that_one_delivery_holds_everything(tiny_bundle, frame):
    found = load(tiny_bundle).analyse(frame)
    assert (found.image, found.frame, found.model.name) == (frame.image, 0, "tiny")
    assert found.prediction.probabilities.sum() == pytest.approx(1)
    assert found.prediction.by_row.shape == (8, 2)
    assert found.states.h.shape == (2, 1, 8, 6)
    assert found.influence.values.shape == (8,)
    assert found.statistics.count == 100
    assert found.seconds > 0


def test_that_the_last_answer_by_row_is_the_answer(tiny_bundle, frame):
    found = load(tiny_bundle).analyse(frame).prediction
    np.testing.assert_allclose(found.by_row[-1], found.probabilities, atol=1e-6)


def test_that_a_calibration_by_row_changes_the_curve_and_not_the_answer(
    tiny_bundle, calibrated, frame
):
    before, after = (
        load(folder).analyse(frame).prediction for folder in (tiny_bundle, calibrated)
    )
    np.testing.assert_array_equal(after.probabilities, before.probabilities)
    np.testing.assert_array_equal(after.by_row[-1], before.by_row[-1])
    assert np.abs(after.by_row[:-1] - before.by_row[:-1]).max() > 0.05


def test_that_the_trace_holds_the_logits_of_the_curve_that_is_shown(calibrated, frame):
    model = load(calibrated)
    shown = model.analyse(frame).prediction.by_row
    trace = model.trace(frame)
    np.testing.assert_allclose(softmax(trace.by_row), shown, atol=1e-6)
    np.testing.assert_allclose(trace.by_row[-1], trace.logits, atol=1e-6)


def test_that_influence_sums_to_the_difference_from_the_mean_film(tiny_bundle, frame):
    found = load(tiny_bundle).analyse(frame).influence
    total = float(found.values.sum()) + found.residual
    assert total == pytest.approx(found.log_odds - found.baseline_log_odds, abs=1e-5)


def test_that_the_log_odds_are_those_of_the_probability(tiny_bundle, frame):
    found = load(tiny_bundle).analyse(frame)
    p = found.prediction.probabilities[found.influence.target]
    assert found.influence.log_odds == pytest.approx(np.log(p / (1 - p)), abs=1e-5)


def test_that_steps_begin_at_the_stored_rows_that_they_cover(tiny_bundle, frame):
    np.testing.assert_allclose(
        load(tiny_bundle).analyse(frame).states.edges, np.linspace(0, 40, 9)
    )


def test_that_the_finding_is_the_target_of_a_two_class_model(tiny_bundle, frame):
    found = load(tiny_bundle).analyse(frame)
    assert found.prediction.target == found.influence.target == 1


def test_that_the_most_probable_class_is_the_target_of_the_others(make_bundle, frame):
    found = load(make_bundle(classes=5)).analyse(frame)
    assert found.prediction.target == int(found.prediction.probabilities.argmax())


def test_that_another_kind_of_image_is_not_answered(tiny_bundle, make_frame):
    found = load(tiny_bundle).analyse(make_frame(np.arange(1200.0).reshape(40, 30), modality="CT"))
    assert found.abstained == "This is a CT image; the model reads CR and DX films."
    assert (found.prediction, found.states, found.influence) == (None, None, None)


def test_that_the_same_film_has_the_same_answer_again(tiny_bundle, frame):
    first, second = load(tiny_bundle).analyse(frame), load(tiny_bundle).analyse(frame)
    np.testing.assert_array_equal(first.states.h, second.states.h)
    np.testing.assert_array_equal(first.influence.values, second.influence.values)


def test_that_prepared_rows_have_the_answer_of_their_frame(tiny_bundle, frame):
    film = prepare(frame, kept(tiny_bundle).info)
    found = analyse_rows(tiny_bundle, film)
    np.testing.assert_array_equal(
        found.prediction.probabilities, load(tiny_bundle).analyse(frame).prediction.probabilities
    )


def test_that_everything_that_crosses_the_process_border_can_be_pickled(tiny_bundle, frame):
    work = (analyse_rows, tiny_bundle, prepare(frame, kept(tiny_bundle).info))
    function, *arguments = pickle.loads(pickle.dumps(work))  # noqa: S301 - our own bytes
    found = pickle.loads(pickle.dumps(function(*arguments)))  # noqa: S301 - our own bytes
    assert found.prediction.classes == ("normal", "pneumonia")


def test_that_a_model_is_loaded_once(tiny_bundle):
    assert kept(tiny_bundle) is kept(str(tiny_bundle))


def test_that_a_model_that_was_replaced_is_loaded_anew(make_bundle):
    first = kept(make_bundle("model"))
    assert kept(make_bundle("model", hidden_size=9)) is not first


def test_that_a_model_can_be_warmed_up(tiny_bundle):
    assert warm_up(tiny_bundle) is None


def test_that_an_unknown_model_is_refused(frame):
    with pytest.raises(BundleError, match="no model"):
        load("nothing").analyse(frame)


def test_that_an_answer_that_is_not_a_number_is_no_answer(own_bundle, frame):
    model = load(own_bundle)
    model.network.head.bias[0] = torch.nan
    with pytest.raises(InferenceError, match=r"no usable answer for film\.dcm") as caught:
        model.analyse(frame)
    assert caught.value.reason == "not-a-number"


def test_that_rows_for_another_model_are_a_mistake(tiny_bundle, make_bundle, frame):
    film = prepare(frame, kept(make_bundle(rows=32)).info)
    with pytest.raises(ValueError, match="another model"):
        analyse_rows(tiny_bundle, film)


def test_that_the_number_of_threads_is_left_as_it_was(tiny_bundle, frame):
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        load(tiny_bundle).analyse(frame)
        assert torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(before)


def test_that_a_full_gpu_is_left_for_the_cpu(own_bundle, frame, monkeypatch):
    model = load(own_bundle, "cpu")
    expected = model.analyse(frame)

    def full(_rows):
        raise torch.OutOfMemoryError

    monkeypatch.setattr(model.rows._reader, "_reader", SimpleNamespace(read=full))
    monkeypatch.setattr(model.rows._reader, "device", torch.device("cuda"))
    found = model.analyse(frame)
    assert found.device == "CPU (the GPU's memory is full)"
    np.testing.assert_array_equal(
        found.prediction.probabilities, expected.prediction.probabilities
    )
    np.testing.assert_allclose(found.influence.values, expected.influence.values, atol=1e-6)


def test_that_a_film_of_another_kind_is_not_read(tiny_bundle, make_frame):
    ct = make_frame(np.random.default_rng(0).integers(0, 4096, (40, 30)), modality="CT")
    found = load(tiny_bundle).analyse(ct)
    assert (found.prediction, found.states, found.influence) == (None, None, None)
    assert found.abstained == found.trust.reasons[0].sentence
    assert found.trust.checks[0].passed is False


def test_that_checks_made_elsewhere_stay_with_the_answer(tiny_bundle, frame):
    film = prepare(frame, kept(tiny_bundle).info)
    made = Check("levels", passed=True, words="The film has many grey values.")
    found = analyse_rows(tiny_bundle, replace(film, own=replace(film.own, checks=(made,))))
    assert found.trust.checks == (made,)


@pytest.mark.parametrize("method", ["integrated-gradients", "occlusion", "shapley"])
def test_that_influence_of_any_class_and_method_explains_its_log_odds(tiny_bundle, frame, method):
    model = load(tiny_bundle)
    found = [model.influence(frame, target, method=method) for target in (0, 1)]
    assert found[0].method == method
    assert found[0].log_odds == pytest.approx(-found[1].log_odds, abs=1e-5)
    np.testing.assert_allclose(found[0].values, -found[1].values, atol=1e-4)


@pytest.fixture(params=["gru", "lstm", "rnn"])
def traced(request, make_bundle, frame):
    """Cell, analysis and trace of the same film; both directions."""
    model = load(make_bundle(cell=request.param, bidirectional=True))
    return request.param, model.analyse(frame), model.trace(frame)


def test_that_a_trace_holds_the_states_and_answers_of_the_analysis(traced):
    _, found, trace = traced
    np.testing.assert_array_equal(trace.h, found.states.h)
    np.testing.assert_array_equal(trace.edges, found.states.edges)
    odds = np.exp(trace.by_row)
    np.testing.assert_allclose(odds / odds.sum(1, keepdims=True), found.prediction.by_row, 1e-4)


def test_that_a_trace_holds_the_gates_of_its_cell(traced):
    cell, _, trace = traced
    assert "".join(trace.gates) == {"gru": "rzn", "lstm": "ifgo", "rnn": ""}[cell]
    if cell == "lstm":
        np.testing.assert_allclose(trace.gates["o"] * np.tanh(trace.c), trace.h, atol=1e-6)
    else:
        assert trace.c is None


def test_that_memory_sums_to_the_state_that_each_direction_ends_with(traced):
    cell, _, trace = traced
    if cell == "rnn":
        assert trace.memory is None
        return
    ends = (trace.h if cell == "gru" else trace.c)[-1]  # (D, L, H)
    np.testing.assert_allclose(trace.memory[0].sum(axis=0), ends[0, -1], atol=1e-6)
    np.testing.assert_allclose(trace.memory[1].sum(axis=0), ends[1, 0], atol=1e-6)


def test_that_influence_can_be_asked_for_another_class(make_bundle, frame):
    model = load(make_bundle(classes=5))
    found = model.influence(frame, 3)
    p = model.analyse(frame).prediction.probabilities[3]
    assert (found.target, found.log_odds) == (3, pytest.approx(np.log(p / (1 - p)), abs=1e-5))


def test_that_the_image_need_not_exist_any_more(tiny_bundle, frame):
    assert not Path(frame.image.path).exists()
    assert load(tiny_bundle).analyse(frame).abstained is None


def test_that_warming_up_loads_the_model_that_is_asked_what_films_show():
    admission._cached.cache_clear()
    warm_up("chest-pneumonia")
    assert admission._cached.cache_info().currsize == 1
