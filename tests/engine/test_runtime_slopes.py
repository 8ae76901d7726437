"""Gradients through the kernel against torch's own."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.attribution import log_odds
from engine.network import NetworkConfig, RowClassifier, StemLayer
from engine.runtime.fit import weights_of
from engine.runtime.kernel import Target
from engine.runtime.slopes import Slopes
from engine.runtime.with_gradients import with_gradients
from tests.engine.tolerances import apart, distance

CELLS, BOTH = ("rnn", "rnn-relu", "lstm", "gru"), (False, True)
STEM = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))
ALL = list(itertools.product(CELLS, BOTH, ("last", "mean", "attention"), ((), STEM), (1, 2)))


def build(**changes):
    torch.manual_seed(3)
    known = {"rows": 16, "columns": 14, "classes": 3, "hidden_size": 7, "layers": 2}
    network = RowClassifier(NetworkConfig(**(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network.requires_grad_(requires_grad=False)


def films(count=5):
    return torch.rand(count, 16, 14, generator=torch.Generator().manual_seed(5))


def slope(read, rows):
    """Logits, and gradients of the log-odds in the rows."""
    with torch.enable_grad():
        rows = rows.clone().requires_grad_()
        logits = read(rows)
        total = log_odds(logits, torch.arange(len(rows)) % 3).sum()
        return logits.detach(), torch.autograd.grad(total, rows)[0]


def of_logits(network, rows):
    """Gradients of the sum of all logits in the rows."""
    with torch.enable_grad():
        rows = rows.clone().requires_grad_()
        return torch.autograd.grad(network(rows).sum(), rows)


def assert_close(read, network, rows):
    """That logits and gradients are those of torch, as closely as float32 has to."""
    bounds = apart(slope, network, rows)
    for ours, torchs, bound in zip(slope(read, rows), slope(network, rows), bounds, strict=True):
        assert distance(ours, torchs) <= bound


@pytest.mark.parametrize(("cell", "both", "readout", "stem", "band"), ALL)
def test_that_gradients_are_those_of_torch(cell, both, readout, stem, band):
    network = build(cell=cell, bidirectional=both, readout=readout, stem=stem, band=band)
    read = with_gradients(network)
    assert read is not network
    assert_close(read, network, films())


@pytest.mark.parametrize("count", [1, 2, 3, 4, 13])
@pytest.mark.parametrize("cell", CELLS)
def test_that_any_number_of_films_is_read_and_undone(cell, count):
    network = build(cell=cell)
    assert_close(with_gradients(network), network, films(count))


@pytest.mark.parametrize("hidden", [1, 33, 140])
@pytest.mark.parametrize("cell", CELLS)
def test_that_any_number_of_hidden_units_is_undone(cell, hidden):
    network = build(cell=cell, hidden_size=hidden)
    assert_close(with_gradients(network), network, films())


@pytest.mark.parametrize(("width", "registers"), [(4, 16), (4, 32), (8, 16)])
@pytest.mark.parametrize("cell", CELLS)
def test_that_processors_with_narrower_vectors_undo_the_same(cell, width, registers):
    network = build(cell=cell, bidirectional=True)
    target = replace(Target.here(), width=width, registers=registers)
    found, expected = (
        (passes := Slopes(network.config, weights_of(network), target=one)).back(
            passes.forwards(films().numpy())[1], np.ones((5, 3), np.float32)
        )
        for one in (target, None)
    )
    (bound,) = apart(of_logits, network, films())
    assert distance(found, expected) <= bound


def test_that_changed_weights_are_seen():
    network = build()
    with_gradients(network)(films())
    network.recurrent[0].weight_hh_l0.data.mul_(0.5)
    assert_close(with_gradients(network), network, films())


def test_that_other_networks_are_left_to_torch():
    class Other(RowClassifier):
        pass

    assert with_gradients(other := Other(build().config)) is other
    assert with_gradients(double := build().double()) is double


def test_that_a_processor_unknown_to_the_compiler_is_left_to_torch(monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no targets are registered")

    monkeypatch.setattr("engine.runtime.slopes.kernel_of", fail)
    network = build()
    assert with_gradients(network) is network
