"""The tolerances of the numeric tests: wide enough for float32, too narrow for a mistake."""

from copy import deepcopy

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.network import RowClassifier
from tests.engine.tolerances import UNIT, apart, distance, of_sum

CELLS = ("rnn", "rnn-relu", "lstm", "gru")


def build(cell):
    torch.manual_seed(3)
    stem = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))
    config = NetworkConfig(16, 14, 3, cell=cell, hidden_size=7, layers=2, stem=stem)
    return RowClassifier(config).eval()


def film():
    return torch.rand(16, 14, generator=torch.Generator().manual_seed(5))


def reading(network, rows):
    trace = network.trace(rows[None])
    return trace.h, trace.logits


def differences(network, other):
    with torch.no_grad():
        return [
            distance(a, b)
            for a, b in zip(reading(network, film()), reading(other, film()), strict=True)
        ]


@pytest.mark.parametrize("cell", CELLS)
def test_that_float32_is_within_the_bounds(cell):
    network = build(cell)
    bounds = apart(reading, network, film())
    with torch.no_grad():
        found = reading(network, film())
        exact = reading(deepcopy(network).double(), film().double())
    assert all(distance(*pair) <= bound for *pair, bound in zip(found, exact, bounds, strict=True))


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_weight_that_is_off_by_a_thousandth_is_outside(cell):
    network = build(cell)
    wrong = deepcopy(network)
    wrong.recurrent[0].weight_ih_l0.data[0] *= 1.001
    bounds = apart(reading, network, film())
    assert differences(network, wrong)[0] > bounds[0]


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_film_whose_last_row_is_lost_is_outside(cell):
    network, shorter = build(cell), film()
    shorter[-1] = shorter[-2]
    with torch.no_grad():
        found = reading(network, shorter)
        true = reading(network, film())
    bounds = apart(reading, network, film())
    assert all(distance(*pair) > bound for *pair, bound in zip(found, true, bounds, strict=True))


@pytest.mark.parametrize("cell", CELLS)
def test_that_weights_in_bfloat16_are_outside(cell):
    network = build(cell)
    coarse = deepcopy(network).to(torch.bfloat16).float()
    bounds = apart(reading, network, film())
    assert all(d > b for d, b in zip(differences(network, coarse), bounds, strict=True))


def test_that_sums_in_any_order_are_within_their_bound():
    values = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    there, back = (np.add.accumulate(way)[-1] for way in (values, values[::-1]))
    assert 0 < abs(float(there) - float(back)) <= of_sum(values)
    assert of_sum(values) == pytest.approx(2000 * UNIT * np.abs(values).sum(), rel=1e-3)


def test_that_what_is_not_a_number_is_never_close():
    assert not distance(np.array([1.0, np.nan]), np.ones(2)) <= 1e9
