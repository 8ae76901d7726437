from types import SimpleNamespace

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.explain import complete_row_influence, integrated_gradients, row_influence
from engine.network import RowClassifier, log_odds
from tests.engine.explained import of_odds
from tests.engine.tolerances import apart, distance, of_sum

NODES = 1e-6  # float32 nodes of the path are off by 2^-25, against gradients of about five


def build(*, sharp=1.0, **changes):
    torch.manual_seed(3)
    known = {"hidden_size": 8, "readout": "mean", "stem": (StemLayer(4, 2, 2),)} | changes
    network = RowClassifier(NetworkConfig(16, 12, 3, **known)).eval()
    network.head.weight.data.mul_(sharp)
    return network


def of_influence(network, rows, baseline, **words):
    """How far apart float32 may carry two readings of the influence of rows (N, M, W)."""

    def ask(there, at):
        return (row_influence(there, at, baseline=baseline.to(at.dtype), **words),)

    return apart(ask, network, rows)[0]


def film(seed=5):
    return torch.rand(16, 12, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("target", [0, 2])
def test_that_the_rows_sum_to_the_difference_in_log_odds(cell, target):
    network = build(cell=cell, sharp=20.0, layers=2, bidirectional=True)
    found = integrated_gradients(network, film(), baseline=film(6), target=target)
    difference = found.log_odds - found.baseline_log_odds
    assert abs(difference) > 0.05
    left = difference - float(found.per_row.double().sum())
    assert found.residual == pytest.approx(left, abs=of_sum(found.per_row, 2.0**-53))
    assert abs(found.residual) <= max(0.01 * abs(difference), 1e-3)


def test_that_the_ends_are_those_of_the_network():
    network = build()
    found = integrated_gradients(network, film(), baseline=film(6), target=1)
    with torch.no_grad():
        p = network(torch.stack((film(), film(6)))).double().softmax(1)[:, 1]
    bound = of_odds(network, torch.stack((film(), film(6))), 1)
    ends = found.log_odds, found.baseline_log_odds
    np.testing.assert_allclose(ends, torch.log(p / (1 - p)), rtol=0, atol=bound)


def test_that_a_film_equal_to_the_baseline_has_no_influence():
    found = integrated_gradients(build(), film(), baseline=film(), target=0)
    assert not found.per_row.any()
    assert abs(found.residual) <= of_odds(build(), film()[None], 0)  # two films of one batch


def test_that_a_row_equal_to_the_baseline_has_no_influence():
    baseline = film(6)
    baseline[4] = film()[4]
    found = integrated_gradients(build(), film(), baseline=baseline, target=0)
    assert (found.per_row == 0).tolist() == [row == 4 for row in range(16)]


def test_that_a_linear_network_gives_its_own_weights():
    class Linear(torch.nn.Module):
        config = SimpleNamespace(link="softmax")

        def forward(self, rows):
            return torch.stack((rows.flatten(1).sum(1), 0 * rows.flatten(1).sum(1)), dim=1)

    rows, baseline = film(), film(6)
    found = integrated_gradients(Linear(), rows, baseline=baseline, target=0, steps=1)
    bounds = [3 * of_sum(row) for row in rows - baseline]  # a product by weight and by gradient
    assert ((found.per_row - (rows - baseline).sum(1)).abs() <= torch.tensor(bounds)).all()


def test_that_a_coarse_path_is_refined_until_it_is_complete():
    network = build(sharp=40.0)
    coarse = integrated_gradients(network, film(), baseline=film(6), target=0, steps=1)
    difference = coarse.log_odds - coarse.baseline_log_odds
    assert abs(coarse.residual) <= max(0.01 * abs(difference), 1e-3)


def test_that_it_agrees_with_captum():
    from captum.attr import IntegratedGradients

    network, rows, baseline = build(sharp=5.0).double(), film().double(), film(6).double()
    oracle = IntegratedGradients(lambda x: log_odds(network(x), torch.tensor([2]).expand(len(x))))
    expected = oracle.attribute(rows[None], baseline[None], n_steps=256)[0].sum(1)
    found = integrated_gradients(network, rows, baseline=baseline, target=2, steps=64)
    assert (found.per_row - expected).abs().max() < NODES


def test_that_many_films_are_explained_as_each_alone(monkeypatch):
    network, rows, baseline = build(), torch.stack([film(n) for n in range(5)]), film(9)
    targets = torch.tensor([0, 1, 2, 0, 1])
    monkeypatch.setattr("engine.explain.gradients._BATCH_VALUES", 16 * 12 * 7)
    together = row_influence(network, rows, baseline=baseline, targets=targets, steps=8)
    bound = of_influence(network, rows, baseline, targets=targets, steps=8)
    for n in range(5):
        alone = row_influence(
            network, rows[n : n + 1], baseline=baseline, targets=targets[n : n + 1], steps=8
        )
        assert distance(together[n : n + 1], alone) <= bound


def test_that_every_one_of_many_films_is_refined_until_it_is_complete():
    network, baseline = build(sharp=40.0), film(9)
    rows, targets = torch.stack([film(n) for n in range(5)]), torch.tensor([0, 1, 2, 0, 1])
    together = complete_row_influence(network, rows, baseline=baseline, targets=targets)
    bound = of_influence(network, rows, baseline, targets=targets)
    for n, target in enumerate(targets.tolist()):
        alone = integrated_gradients(network, rows[n], baseline=baseline, target=target)
        assert distance(together[n], alone.per_row) <= bound


def test_that_a_network_in_training_is_explained_in_evaluation_and_left_in_training():
    network = build(dropout=0.5).train()
    first, second = (
        integrated_gradients(network, film(), baseline=film(6), target=0) for _ in range(2)
    )
    assert torch.equal(first.per_row, second.per_row)
    assert network.training


def test_that_weights_gather_no_gradients():
    network = build()
    integrated_gradients(network, film(), baseline=film(6), target=0)
    assert all(weight.grad is None for weight in network.parameters())


def test_that_log_odds_are_those_of_the_probability():
    logits, targets = torch.randn(6, 4, dtype=torch.float64), torch.tensor([0, 1, 2, 3, 0, 1])
    p = logits.softmax(1).gather(1, targets[:, None])[:, 0]
    torch.testing.assert_close(log_odds(logits, targets), torch.log(p / (1 - p)))
