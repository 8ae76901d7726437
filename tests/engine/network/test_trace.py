"""What a trace says of a reading, each against an identity that it must fulfil."""

import itertools

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.network import RowClassifier, row_trace
from tests.engine.tolerances import apart, distance, likely, terms_of

GATED = ("lstm", "gru")
CELLS = ("rnn", "rnn-relu", *GATED)
STEM = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))
BOTH = (False, True)
HEIGHTS = torch.tensor([8, 16, 4])


def product(*choices):
    return list(itertools.product(*choices))


def build(**changes):
    torch.manual_seed(3)
    known = {"hidden_size": 7, "layers": 2, "band": 2, "dropout": 0.3, "stem": STEM}
    network = RowClassifier(NetworkConfig(16, 14, 3, **(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network.requires_grad_(requires_grad=False)


@pytest.fixture
def rows():
    return torch.rand(3, 16, 14, generator=torch.Generator().manual_seed(5))


def before(states):
    """h_{t−1} of every h_t (S, D, N, L, H), in the order in which each direction reads."""
    shifted = torch.zeros_like(states)
    shifted[:, 0, :, 1:] = states[:, 0, :, :-1]
    shifted[:, 1:, :, :-1] = states[:, 1:, :, 1:]
    return shifted


def states(network, rows):
    """States, and an LSTM's cell states."""
    found = network.trace(rows)
    return (found.h,) if found.c is None else (found.h, found.c)


def whole(network, rows):
    """States, answers by row, logits, then the gates."""
    found = network.trace(rows)
    return found.h, found.by_row, found.logits, *network.gates(found).values()


@pytest.mark.parametrize("both", BOTH)
def test_that_the_gates_of_a_gru_rebuild_every_state(both, rows):
    network = build(cell="gru", bidirectional=both)
    found = network.trace(rows)
    gates = network.gates(found)
    rebuilt = (1 - gates["z"]) * gates["n"] + gates["z"] * before(found.h)
    assert distance(rebuilt, found.h) <= apart(states, network, rows)[0]


@pytest.mark.parametrize("both", BOTH)
def test_that_the_gates_of_an_lstm_rebuild_every_state(both, rows):
    network = build(cell="lstm", bidirectional=both)
    found = network.trace(rows)
    gates = network.gates(found)
    carried = gates["f"] * before(found.c) + gates["i"] * gates["g"]
    of_h, of_c = apart(states, network, rows)
    assert distance(carried, found.c) <= of_c
    assert distance(gates["o"] * torch.tanh(found.c), found.h) <= of_h


@pytest.mark.parametrize(("cell", "both"), product(("rnn", "rnn-relu"), BOTH))
def test_that_the_inputs_of_an_rnn_rebuild_every_state(cell, both, rows):
    network = build(cell=cell, bidirectional=both)
    found = network.trace(rows)
    bend = torch.tanh if cell == "rnn" else torch.relu
    for s, d in product(range(2), range(1 + both)):
        end = f"_l0{'_reverse' * d}"
        w, u, b, b2 = (
            getattr(network.recurrent[s], name + end)
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        rebuilt = bend(found.inputs[s] @ w.T + b + before(found.h)[s, d] @ u.T + b2)
        assert distance(rebuilt, found.h[s, d]) <= apart(states, network, rows)[0]


@pytest.mark.parametrize(("cell", "both", "ends"), product(GATED, BOTH, (None, HEIGHTS)))
def test_that_memory_sums_to_the_state_that_each_direction_ends_with(cell, both, ends, rows):
    network = build(cell=cell, bidirectional=both)
    found = network.trace(rows, ends)
    memory, ends_of = network.memory(found), found.h if cell == "gru" else found.c
    assert memory.shape == ends_of[-1].shape
    bound = apart(states, network, rows)[-1]
    steps = [4, 4, 4] if ends is None else (ends // 4).tolist()
    for d, (n, length) in product(range(1 + both), enumerate(steps)):
        last = ends_of[-1, d, n, 0 if d else length - 1]
        assert distance(memory[d, n].sum(dim=0), last) <= bound
        assert not memory[d, n, length:].any()


def test_that_memory_is_what_is_left_of_one_step():
    """A gate z of ½ keeps half of what there is at every step."""
    network = build(cell="gru", hidden_size=1, layers=1, band=1, stem=())
    for weight in network.recurrent.parameters():
        weight.zero_()
    network.recurrent[0].bias_ih_l0[2] = 1.0  # n = tanh(1) at every step
    memory = network.memory(network.trace(torch.zeros(1, 16, 14)))[0, 0, :, 0]
    expected = np.tanh(1) / 2 * 0.5 ** np.arange(15, -1, -1)
    rate = 16 * 4 * likely(terms_of(network))  # each step keeps a half that is that much off
    np.testing.assert_allclose(memory, expected, rtol=rate)


@pytest.mark.parametrize("cell", ["rnn", "rnn-relu"])
def test_that_an_rnn_has_no_gates_no_memory_and_no_cell_states(cell, rows):
    network = build(cell=cell)
    found = network.trace(rows)
    assert (network.gates(found), network.memory(found), found.c) == ({}, None, None)


def test_that_only_an_lstm_has_cell_states(rows):
    assert [build(cell=cell).trace(rows).c is None for cell in GATED] == [False, True]


@pytest.mark.parametrize(("cell", "both"), product(CELLS, BOTH))
def test_that_a_row_trace_is_the_trace_of_that_film(cell, both, rows):
    network, edges = build(cell=cell, bidirectional=both), np.linspace(0.0, 100.0, 13)
    found = row_trace(network, rows[1, :12].numpy(), edges)
    expected = network.trace(rows[1:2, :12])
    gates, memory = network.gates(expected), network.memory(expected)
    bounds = apart(whole, network, rows[1:2, :12])
    given = (expected.h[:, :, 0], expected.by_row[0], expected.logits[0])
    ours = (found.h, found.by_row, found.logits)
    for one, other, bound in zip(ours, given, bounds[:3], strict=True):
        assert distance(one, other) <= bound
    np.testing.assert_array_equal(found.edges, edges[[0, 4, 8, 12]])
    assert list(found.gates) == list(gates)
    for (name, gate), bound in zip(gates.items(), bounds[3:], strict=True):
        assert distance(found.gates[name], gate[:, :, 0]) <= bound
    assert (found.c is None) == (cell != "lstm")
    assert (found.memory is None) == (memory is None) == (cell not in GATED)


def test_that_a_row_trace_needs_an_edge_more_than_rows(rows):
    with pytest.raises(ValueError, match="16 model rows have 17 edges, not 16"):
        row_trace(build(), rows[0].numpy(), np.arange(16.0))
