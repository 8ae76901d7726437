import numpy as np
import pytest
import torch
from captum.attr import FeatureAblation, ShapleyValues, ShapleyValueSampling

from engine.bundle import StemLayer
from engine.explain import games, integrated_gradients
from engine.network import RowClassifier
from engine.runtime import CpuNetwork, asking
from tests.engine.explained import (
    build,
    exact_shapley,
    film,
    influence,
    odds,
    of_worth,
    spliced,
)
from tests.engine.tolerances import apart, distance

METHODS = ("integrated-gradients", "occlusion", "shapley")
BASE = film(6)


def bound_of(network, target):
    return of_worth(network, film(), BASE, target)


def of_steps(values):
    """Truth values (M, 1) of rows, of truth values by step."""
    return np.repeat(values, 2)[:, None]


def worth_of_steps(network, target):
    def worth(steps):
        kept = of_steps([step in steps for step in range(5)])
        return float(odds(network, spliced(film(), BASE, kept)[None], target)[0])

    return worth


def oracle(method, network, target, **words):
    steps = torch.arange(10)[:, None].expand(10, 4) // 2
    found = method(lambda films: odds(network, films, target)).attribute(
        film()[None], baselines=BASE[None], feature_mask=steps[None], **words
    )
    return found[0, ::2, 0].numpy()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("target", [0, 1, 2])
def test_that_any_class_can_be_explained(method, target):
    network = build()
    found = influence(network, film(), baseline=BASE, target=target, method=method)
    ends = odds(network, torch.stack((film(), BASE)), target)
    assert (found.target, found.method, found.values.shape) == (target, method, (5,))
    bound = bound_of(network, target)
    assert (found.log_odds, found.baseline_log_odds) == pytest.approx(ends.tolist(), abs=bound)
    left = found.log_odds - found.baseline_log_odds - found.values.sum()
    assert found.residual == pytest.approx(left, abs=bound)


def test_that_shapley_values_sum_exactly_for_any_number_of_orders():
    for pairs in (2, 5):
        found = influence(build(), film(), baseline=BASE, target=0, method="shapley", pairs=pairs)
        assert abs(found.log_odds - found.baseline_log_odds) > 0.1
        assert abs(found.residual) < 1e-9


def test_that_sampled_shapley_values_are_those_of_all_orders_within_their_error():
    network = build()
    exact = exact_shapley(5, worth_of_steps(network, 1))
    found = influence(network, film(), baseline=BASE, target=1, method="shapley", pairs=300)
    assert found.error is not None
    assert (found.error < 0.1 * np.abs(exact).max()).all()
    assert (np.abs(found.values - exact) < 4 * found.error + bound_of(network, 1)).all()


def test_that_all_orders_are_those_of_captum():
    network = build()
    exact = exact_shapley(5, worth_of_steps(network, 2))
    assert distance(oracle(ShapleyValues, network, 2), exact) <= bound_of(network, 2)


def test_that_sampled_shapley_values_agree_with_captums_samples():
    network = build()
    torch.manual_seed(0)
    other = oracle(ShapleyValueSampling, network, 2, n_samples=300)
    found = influence(network, film(), baseline=BASE, target=2, method="shapley", pairs=150)
    np.testing.assert_allclose(found.values, other, atol=0.1 * np.abs(other).max())


def test_that_the_error_is_that_of_repetition():
    network = build()
    runs = [
        influence(network, film(), baseline=BASE, target=0, method="shapley", pairs=8, seed=seed)
        for seed in range(60)
    ]
    spread = np.std([run.values for run in runs], axis=0, ddof=1)
    told = np.sqrt(np.mean([run.error**2 for run in runs], axis=0))
    np.testing.assert_allclose(told, spread, rtol=0.4)


def test_that_two_bands_need_no_sampling():
    network = build()
    found = influence(
        network, film(), baseline=BASE, target=0, method="shapley", rows_per_band=5, pairs=2
    )
    exact = exact_shapley(
        2,
        lambda halves: float(
            odds(
                network,
                spliced(film(), BASE, np.repeat([h in halves for h in (0, 1)], 5)[:, None])[None],
                0,
            )[0]
        ),
    )
    assert distance(found.values, exact) <= bound_of(network, 0)
    assert found.error.max() <= bound_of(network, 0)


def test_that_one_band_takes_everything():
    for method in METHODS:
        found = influence(
            build(), film(), baseline=BASE, target=0, method=method, rows_per_band=10
        )
        assert found.values[0] == pytest.approx(found.log_odds - found.baseline_log_odds, rel=0.01)


def test_that_the_same_seed_gives_the_same_shapley_values_and_another_does_not():
    first, again, other = (
        influence(build(), film(), baseline=BASE, target=0, method="shapley", seed=seed, pairs=2)
        for seed in (1, 1, 2)
    )
    assert np.array_equal(first.values, again.values)
    assert not np.array_equal(first.values, other.values)


def test_that_occlusion_is_that_of_captum():
    network = build()
    found = influence(network, film(), baseline=BASE, target=1, method="occlusion")
    assert distance(found.values, oracle(FeatureAblation, network, 1)) <= bound_of(network, 1)
    assert found.error is None


@pytest.mark.parametrize("method", METHODS)
def test_that_single_rows_can_be_told_apart(method):
    rows = BASE.clone()
    rows[3] += 0.5
    found = influence(build(), rows, baseline=BASE, target=0, method=method, rows_per_band=1)
    bound = of_worth(build(), rows, BASE, 0)
    assert (np.abs(found.values) > bound).tolist() == [row == 3 for row in range(10)]


def rows_of(network, rows):
    """Influence of single rows by integrated gradients."""
    baseline = BASE.to(rows.dtype)
    return (influence(network, rows, baseline=baseline, target=0, rows_per_band=1).values,)


def test_that_rows_sum_to_the_steps_of_integrated_gradients():
    network = build(stem=(StemLayer(4, 1, 2),))
    by_row = influence(network, film(), baseline=BASE, target=0, rows_per_band=1)
    by_step = influence(network, film(), baseline=BASE, target=0)
    (bound,) = apart(rows_of, network, film())
    assert distance(by_row.values.reshape(5, 2).sum(1), by_step.values) <= 2 * bound
    single = integrated_gradients(network, film(), baseline=BASE, target=0)
    assert distance(by_row.values, single.per_row) <= bound


@pytest.mark.parametrize("method", METHODS)
def test_that_films_of_another_height_are_explained(method):
    network, rows, baseline = build(), film(rows=14), film(6, rows=14)
    found = influence(network, rows, baseline=baseline, target=0, method=method)
    assert found.values.shape == (7,)
    assert found.edges.tolist() == [0, 2, 4, 6, 8, 10, 12, 14]


def test_that_bands_lie_where_their_stored_rows_are():
    edges = np.linspace(0, 250, 11)
    found = influence(build(), film(), baseline=BASE, target=0, edges=edges)
    assert found.edges.tolist() == [0, 50, 100, 150, 200, 250]


@pytest.mark.parametrize("method", METHODS)
def test_that_dropout_sleeps_and_the_mode_is_left_alone(method):
    network = build(dropout=0.5).train()
    first, second = (
        influence(network, film(), baseline=BASE, target=0, method=method) for _ in range(2)
    )
    assert np.array_equal(first.values, second.values)
    assert network.training


def test_that_bands_are_read_together(monkeypatch):
    asked, counts = CpuNetwork.read, []

    def counted(self, steps, choice=None):
        counts.append(steps.shape[1] if choice is None else len(choice))
        return asked(self, steps, choice)

    monkeypatch.setattr(CpuNetwork, "read", counted)
    network = build()
    influence(network, film(), baseline=BASE, target=0, method="occlusion")
    influence(network, film(), baseline=BASE, target=0, method="shapley", pairs=4)
    assert counts == [2, 6, 2, 32]  # both ends; all bands; both ends; 8 orders of 4 splices


@pytest.mark.parametrize("module", [asking, games])
def test_that_a_small_batch_changes_nothing(monkeypatch, module):
    known = {"baseline": BASE, "target": 0, "method": "shapley", "pairs": 3, "rows_per_band": 1}
    whole = influence(build(), film(), **known)
    monkeypatch.setattr(module, "_PIXELS" if module is games else "_VALUES", 40 * 7)
    parts = influence(build(), film(), **known)
    assert distance(parts.values, whole.values) <= bound_of(build(), 0)


@pytest.mark.parametrize("method", ["occlusion", "shapley"])
def test_that_torch_explains_a_network_that_the_kernel_does_not_read(method):
    class Other(RowClassifier):
        """Of the same weights, and not built in."""

    here = build()
    other = Other(here.config).eval()
    other.load_state_dict(here.state_dict())
    known = {"baseline": BASE, "target": 0, "method": method}
    found, expected = influence(other, film(), **known), influence(here, film(), **known)
    assert distance(found.values, expected.values) <= bound_of(here, 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"target": 3}, "no class 3 of 3"),
        ({"target": -1}, "no class -1"),
        ({"baseline": film(6, rows=8)}, "differ"),
        ({"rows_per_band": 3}, "cannot be divided"),
        ({"pairs": 1}, "two pairs"),
    ],
)
def test_that_what_does_not_fit_is_refused(words, sentence):
    known = {"baseline": BASE, "target": 0, "method": "shapley"} | words
    with pytest.raises(ValueError, match=sentence):
        influence(build(), film(), **known)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU")
@pytest.mark.parametrize("method", METHODS)
def test_that_a_gpu_explains_as_the_cpu_does(method):
    there = build().cuda()
    found = influence(there, film(), baseline=BASE, target=0, method=method)
    here = influence(build(), film(), baseline=BASE, target=0, method=method)
    np.testing.assert_allclose(found.values, here.values, atol=1e-4)  # TF32 may be on
