"""Films of different heights in one batch: each as if it had been read alone."""

import itertools

import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.network import RowClassifier
from tests.engine.tolerances import apart, distance

CELLS = ("rnn", "rnn-relu", "lstm", "gru")
READOUTS = ("last", "mean", "attention")
STEM = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))
BOTH = (False, True)
HEIGHTS = torch.tensor([12, 20, 4, 16])  # the model's own is 16


def product(*choices):
    return list(itertools.product(*choices))


def build(**changes):
    torch.manual_seed(3)
    known = {"hidden_size": 5, "layers": 2, "band": 2, "dropout": 0.3}
    network = RowClassifier(NetworkConfig(16, 10, 3, **(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network.requires_grad_(requires_grad=False)


def reading(network, rows):
    """All that a trace says, as a tuple: logits, answers by row, states, then the gates."""
    trace = network.trace(rows, HEIGHTS)
    return trace.logits, trace.by_row, trace.h, *network.gates(trace).values()


def left(network, rows):
    """Memory, and an LSTM's cell states."""
    trace = network.trace(rows, HEIGHTS)
    return (network.memory(trace),) if trace.c is None else (network.memory(trace), trace.c)


@pytest.fixture
def rows():
    """Four films, padded behind with values that no film has."""
    films = torch.rand(4, 20, 10, generator=torch.Generator().manual_seed(5))
    for film, height in zip(films, HEIGHTS, strict=True):
        film[height:] = 1e3
    return films


@pytest.mark.parametrize(
    ("cell", "both", "readout", "stem"), product(CELLS, BOTH, READOUTS, ((), STEM))
)
def test_that_a_film_is_read_in_any_batch_as_it_is_alone(cell, both, readout, stem, rows):
    network = build(cell=cell, bidirectional=both, readout=readout, stem=stem)
    together = network.trace(rows, HEIGHTS)
    inside = network.gates(together)
    bounds = apart(reading, network, rows)
    assert distance(network(rows, HEIGHTS), together.logits) <= bounds[0]
    for n, height in enumerate(HEIGHTS):
        alone = network.trace(rows[n : n + 1, :height])
        end = alone.h.shape[3]
        assert distance(together.logits[n], alone.logits[0]) <= bounds[0]
        assert distance(together.by_row[n, :end], alone.by_row[0]) <= bounds[1]
        assert distance(together.h[:, :, n, :end], alone.h[:, :, 0]) <= bounds[2]
        for (name, gate), bound in zip(network.gates(alone).items(), bounds[3:], strict=True):
            assert distance(inside[name][:, :, n, :end], gate[:, :, 0]) <= bound


@pytest.mark.parametrize(("cell", "both"), product(("lstm", "gru"), BOTH))
def test_that_memory_and_cell_states_of_a_film_are_the_same_in_any_batch(cell, both, rows):
    network = build(cell=cell, bidirectional=both)
    together = network.trace(rows, HEIGHTS)
    memory, bounds = network.memory(together), apart(left, network, rows)
    for n, height in enumerate(HEIGHTS):
        alone = network.trace(rows[n : n + 1, :height])
        end = alone.h.shape[3]
        assert distance(memory[:, n, :end], network.memory(alone)[:, 0]) <= bounds[0]
        if cell == "lstm":
            assert distance(together.c[:, :, n, :end], alone.c[:, :, 0]) <= bounds[1]


@pytest.mark.parametrize(("cell", "both"), product(CELLS, BOTH))
def test_that_everything_behind_a_films_end_is_zero(cell, both, rows):
    network = build(cell=cell, bidirectional=both)
    found = network.trace(rows, HEIGHTS)
    values = [found.h, *network.gates(found).values()]
    values += [value for value in (found.c,) if value is not None]
    for n, end in enumerate(HEIGHTS // 2):
        assert all(not value[:, :, n, end:].any() for value in values)
        assert not found.by_row[n, end:].any()
        assert all(not states[n, end:].any() for states in found.inputs)


@pytest.mark.parametrize(("readout", "both"), product(READOUTS, BOTH))
def test_that_no_gradient_reaches_the_padding(readout, both, rows):
    network = build(readout=readout, bidirectional=both, stem=STEM)
    network(rows.requires_grad_(), HEIGHTS).sum().backward()
    for film, height in zip(rows.grad, HEIGHTS, strict=True):
        assert film[:height].any()
        assert not film[height:].any()


@pytest.mark.parametrize("readout", READOUTS)
def test_that_full_lengths_change_nothing(readout, rows):
    network = build(readout=readout, bidirectional=True)
    whole = torch.full((4,), 20)
    (bound,) = apart(lambda network, rows: (network(rows),), network, rows)
    assert distance(network(rows, whole), network(rows)) <= bound


def test_that_training_does_not_see_the_padding(rows):
    network = build(dropout=0.5, readout="mean").train().requires_grad_()
    other, answers = rows.clone(), []
    for film, height in zip(other, HEIGHTS, strict=True):
        film[height:] = -7.0
    for films in (rows, other):
        torch.manual_seed(0)
        answers.append(network(films, HEIGHTS))
    assert torch.equal(*answers)


@pytest.mark.parametrize(
    "lengths",
    [
        torch.tensor([16, 16, 16]),
        torch.tensor([16, 16, 16, 0]),
        torch.tensor([16, 16, 16, 22]),
        torch.tensor([16, 16, 16, 7]),
        torch.tensor([16, 16, 16, -2]),
        torch.tensor([16.0, 16.0, 16.0, 16.0]),
        torch.tensor([16, 16, 16, 16], dtype=torch.int32),
    ],
)
def test_that_lengths_that_cannot_be_read_are_refused(lengths, rows):
    network = build()
    with pytest.raises(ValueError, match="lengths must be"):
        network(rows, lengths)
    with pytest.raises(ValueError, match="lengths must be"):
        network.trace(rows, lengths)


@pytest.mark.parametrize("height", [0, 15])
def test_that_a_height_that_does_not_divide_into_steps_is_refused(height, rows):
    with pytest.raises(ValueError, match="rows cannot be read 2 at a time"):
        build()(rows[:, :height])
