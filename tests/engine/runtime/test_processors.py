"""Every level of instructions that this processor has gives the states that the equations say."""

import subprocess
import sys

import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.errors import EngineError
from engine.network import RowClassifier
from engine.runtime import LEVELS, VARIABLE, CpuNetwork, CpuReader, Target, weights_of
from tests.engine.tolerances import apart, distance

CELLS = ("rnn", "rnn-relu", "lstm", "gru")
HERE = Target.levels()


def build(cell, stem=()):
    torch.manual_seed(3)
    return RowClassifier(
        NetworkConfig(
            16, 14, 3, cell=cell, hidden_size=21, layers=2, bidirectional=True, stem=stem
        )
    ).eval()


def films():
    return torch.rand(2, 16, 14, generator=torch.Generator().manual_seed(5))


def reading(network, film):
    trace = network.trace(film[None])
    return trace.h[:, :, 0], trace.logits[0], trace.by_row[0]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("level", HERE)
def test_that_states_are_those_of_double_precision_on_every_level(level, cell):
    network, film = build(cell, (StemLayer(4, 2, 2),)), films()[0]
    bounds = apart(reading, network, film)
    found = CpuReader(network.config, weights_of(network), target=HERE[level]).read(film.numpy())
    with torch.no_grad():
        exact = reading(network.double(), film.double())
    values = (found.h, found.logits, found.by_row)
    for ours, true, bound in zip(values, exact, bounds, strict=True):
        assert distance(ours, true) <= bound


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("level", HERE)
def test_that_many_films_are_read_as_in_double_precision_on_every_level(level, cell):
    network, rows = build(cell, (StemLayer(4, 2, 2), StemLayer(6, 1, 3))), films()
    (bound,) = apart(lambda there, at: (there(at),), network, rows)
    found = CpuNetwork(network.config, weights_of(network), target=HERE[level])
    with torch.no_grad():
        exact = network.double()(rows.double())
    assert distance(found.logits(rows.numpy()), exact) <= bound


@pytest.mark.parametrize("level", HERE)
def test_that_a_level_is_the_most_that_is_used(level, monkeypatch):
    monkeypatch.setenv(VARIABLE, level)
    assert Target.here() == HERE[level]


def test_that_without_the_variable_the_whole_processor_is_used(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert Target.here().cpu not in LEVELS


def test_that_a_level_above_the_processor_lowers_nothing(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    here = Target.here()
    monkeypatch.setattr(Target, "levels", classmethod(lambda _: {}))
    monkeypatch.setenv(VARIABLE, "x86-64-v4")
    assert Target.here() == here


def test_that_an_unknown_level_is_refused_with_those_that_are_known(monkeypatch):
    monkeypatch.setenv(VARIABLE, "avx2")
    with pytest.raises(EngineError, match=r"one of x86-64, .*, not “avx2”"):
        Target.here()


@pytest.mark.skipif(not HERE, reason="levels are those of x86-64")
def test_that_the_variable_lowers_the_vectors_of_a_whole_program(tmp_path):
    code = "from engine.runtime import kernel_of; print(kernel_of('gru').target.name)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"ROWSCOPE_MAX_CPU": "x86-64", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout.strip() == "128-bit vectors", run.stderr
