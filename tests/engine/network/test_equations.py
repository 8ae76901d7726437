"""Every cell against its equations in plain numpy: what it answers, and its gradient."""

import itertools

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig
from engine.network import GRU, LSTM, Cell, ReluRNN, RowClassifier, TanhRNN
from tests.engine.recurrence_in_numpy import gradients, read

CELLS = ("rnn", "rnn-relu", "lstm", "gru")
BOTH = (False, True)


def product(*choices):
    return list(itertools.product(*choices))


def build(cell, *, both, **changes):
    torch.manual_seed(3)
    known = {"hidden_size": 3, "layers": 2, "band": 2, "bidirectional": both}
    network = RowClassifier(NetworkConfig(10, 2, 3, cell=cell, **(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network.double()


def film(count=1):
    random = torch.Generator().manual_seed(5)
    return torch.rand(count, 10, 2, generator=random, dtype=torch.float64)


def numbers(network):
    return {name: value.numpy() for name, value in network.state_dict().items()}


@pytest.mark.parametrize(("cell", "both"), product(CELLS, BOTH))
def test_that_states_and_logits_follow_the_equations(cell, both):
    network, rows = build(cell, both=both, hidden_size=7, layers=3), film(3)
    with torch.no_grad():
        found = network.trace(rows)
    for n, one in enumerate(rows):
        h, c, logits = read(network.config, numbers(network), one.numpy())
        np.testing.assert_allclose(found.h[:, :, n], h, atol=1e-12)
        np.testing.assert_allclose(found.logits[n], logits, atol=1e-12)
        if cell == "lstm":
            np.testing.assert_allclose(found.c[:, :, n], c, atol=1e-12)


@pytest.mark.parametrize(("cell", "both"), product(CELLS, BOTH))
def test_that_the_gradient_is_that_of_the_equations(cell, both):
    network, rows, seeds = build(cell, both=both), film(), np.array([1.0, -2.0, 0.5])
    rows.requires_grad_()
    (network(rows)[0] @ torch.from_numpy(seeds)).backward()
    expected = gradients(network.config, numbers(network), rows[0].detach().numpy(), seeds=seeds)
    found = dict(network.named_parameters()) | {"rows": rows}
    for name, value in expected.items():
        gradient = found[name].grad if name != "rows" else rows.grad[0]
        np.testing.assert_allclose(gradient, value, atol=1e-12, err_msg=name)
        assert np.abs(value).max() > 1e-6, name


@pytest.mark.parametrize(("cell", "both"), product((TanhRNN, ReluRNN, LSTM, GRU), BOTH))
def test_that_a_cells_own_equations_give_what_its_kernel_gives(cell, both):
    torch.manual_seed(1)
    layer = cell(4, 5, bidirectional=both).double()
    x, lengths = torch.rand(3, 6, 4, dtype=torch.float64), torch.tensor([6, 1, 4])
    with torch.no_grad():
        for given in (None, lengths):
            by_step = Cell.read(layer, x, given)
            torch.testing.assert_close(layer.read(x, given), by_step, rtol=0, atol=1e-12)


def test_that_the_gru_resets_after_the_matrix_and_not_before():
    network, rows = build("gru", both=False, layers=1), film()
    config, weights = network.config, numbers(network)
    with torch.no_grad():
        h = network.trace(rows).h[0, 0, 0].numpy()
    w, u, b, b2 = (
        weights[f"recurrent.0.{name}_l0"]
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    x, before = rows[0].numpy().reshape(config.steps, -1)[1], h[0]
    r, z = (1 / (1 + np.exp(-part)) for part in np.split(w @ x + b + u @ before + b2, 3)[:2])
    xn, un, bn = np.split(w @ x + b, 3)[2], np.split(u, 3)[2], np.split(b2, 3)[2]
    after = (1 - z) * np.tanh(xn + r * (un @ before + bn)) + z * before
    original = (1 - z) * np.tanh(xn + un @ (r * before) + bn) + z * before
    np.testing.assert_allclose(h[1], after, atol=1e-12)
    assert np.abs(h[1] - original).max() > 1e-3


def test_that_the_forget_gates_of_a_new_lstm_are_open():
    torch.manual_seed(0)
    network = RowClassifier(NetworkConfig(8, 8, 2, cell="lstm", hidden_size=4))
    assert network.recurrent[0].bias_ih_l0.detach().tolist() == [0] * 4 + [1] * 4 + [0] * 8


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_recurrence_of_a_new_network_is_orthogonal(cell):
    network = RowClassifier(NetworkConfig(8, 8, 2, cell=cell, hidden_size=4))
    for block in network.recurrent[0].weight_hh_l0.detach().split(4):
        assert torch.allclose(block @ block.T, torch.eye(4), atol=1e-5)
