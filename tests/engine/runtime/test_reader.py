"""Which reader a network gets, and the way back from a full GPU."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig
from engine.network import RowClassifier
from engine.runtime import (
    FULL,
    CpuReader,
    TorchReader,
    asked_of,
    is_built_in,
    one_film,
    reader as reader_module,
    reader_for,
    weights_of,
)
from tests.engine.tolerances import apart, distance

CONFIG = NetworkConfig(rows=8, columns=6, classes=2, hidden_size=5, cell="lstm")
ROWS = np.linspace(0, 1, 48, dtype=np.float32).reshape(8, 6)
EDGES = np.arange(9.0)


class Other(RowClassifier):
    """A network that answers in a way of its own."""

    def trace(self, rows):
        return super().trace(1 - rows)


@pytest.fixture
def network():
    torch.manual_seed(1)
    return RowClassifier(CONFIG).eval()


def traced(network, film):
    """What a trace of one film says, by torch."""
    found = network.trace(film[None])
    memory = network.memory(found)[:, 0]
    return found.h[:, :, 0], found.c[:, :, 0], memory, found.by_row[0], found.logits[0]


@pytest.fixture
def full_gpu(monkeypatch):
    """A GPU that holds the weights and has no room for a film."""

    def fail(self, *_):
        raise torch.OutOfMemoryError

    monkeypatch.setattr(RowClassifier, "to", lambda self, device: self)
    monkeypatch.setattr(TorchReader, "read", fail)
    monkeypatch.setattr(TorchReader, "trace", fail)


def test_that_a_network_of_built_in_parts_is_read_by_the_kernel(network):
    assert reader_for(network).name.startswith("CPU, ")


def test_that_the_kernel_reads_without_torch():
    code = (
        "import sys; sys.modules['torch'] = None; import numpy as np;"
        "from engine.bundle import NetworkConfig; from engine.runtime.reader import CpuReader;"
        "config = NetworkConfig(4, 3, 2, cell='rnn', hidden_size=2);"
        "names = {'weight_ih': (2, 3), 'weight_hh': (2, 2), 'bias_ih': (2,), 'bias_hh': (2,)};"
        "weights = {f'recurrent.0.{n}_l0': np.ones(s, np.float32) for n, s in names.items()};"
        "weights |= {'head.weight': np.ones((2, 2), np.float32)};"
        "weights |= {'head.bias': np.ones(2, np.float32)};"
        "print(CpuReader(config, weights).read(np.ones((4, 3), np.float32)).by_row.shape)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "(4, 2)", run.stderr


def test_that_another_network_is_read_by_torch_as_it_answers_itself():
    torch.manual_seed(1)
    other = Other(CONFIG).eval()
    found = reader_for(other)
    with torch.no_grad():
        expected = other.trace(torch.from_numpy(ROWS)[None]).logits[0].numpy()
    assert found.name == f"torch {torch.__version__.split('+')[0]}, CPU"
    assert np.array_equal(found.read(ROWS).logits, expected)


def test_that_a_processor_unknown_to_the_compiler_is_left_to_torch(network, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no targets are registered")

    monkeypatch.setattr("engine.runtime.asking.kernel_of", fail)
    assert reader_for(network).name.startswith("torch ")


@pytest.mark.parametrize("change", ["cell", "readout"])
def test_that_an_unknown_name_is_not_built_in(network, change):
    config = NetworkConfig(rows=8, columns=6, classes=2, **{change: "new"})
    assert not is_built_in(config, weights_of(network))


def test_that_weights_beyond_the_configuration_are_not_built_in(network):
    weights = weights_of(network)
    assert is_built_in(CONFIG, weights)
    assert not is_built_in(CONFIG, weights | {"more": np.zeros(1, np.float32)})


def test_that_double_precision_is_left_to_torch(network):
    assert reader_for(network.double()).name.startswith("torch ")


def test_that_torch_and_the_kernel_leave_the_same_trace(network):
    ours, torchs = (
        reader.trace(ROWS, EDGES)
        for reader in (CpuReader(CONFIG, weights_of(network)), TorchReader(network))
    )
    names = ("h", "c", "memory", "by_row", "logits")
    for name, bound in zip(names, apart(traced, network, torch.from_numpy(ROWS)), strict=True):
        assert distance(getattr(ours, name), getattr(torchs, name)) <= bound
    assert list(ours.gates) == list(torchs.gates) == ["i", "f", "g", "o"]


@pytest.mark.parametrize("work", ["read", "trace"])
def test_that_a_full_gpu_gives_its_film_to_the_cpu_and_says_so(network, full_gpu, work):
    reader = reader_for(network, "cuda")
    given = (ROWS,) if work == "read" else (ROWS, EDGES)
    logits = getattr(reader, work)(*given).logits
    assert np.array_equal(logits, CpuReader(CONFIG, weights_of(network)).read(ROWS).logits)
    assert (reader.device, reader.reason) == ("cpu", FULL)
    assert reader.name.endswith(f"({FULL})")


def test_that_a_gpu_with_no_room_for_the_weights_is_left_at_once(network, monkeypatch):
    best = reader_module._best

    def fail(given, device):
        if device == "cuda":
            raise torch.OutOfMemoryError
        return best(given, device)

    monkeypatch.setattr(reader_module, "_best", fail)
    reader = reader_for(network, "cuda")
    assert (reader.device, reader.reason) == ("cpu", FULL)


def test_that_a_full_main_memory_is_not_hidden(network, monkeypatch):
    def fail(self, _):
        raise torch.OutOfMemoryError

    monkeypatch.setattr(CpuReader, "read", fail)
    with pytest.raises(torch.OutOfMemoryError):
        reader_for(network).read(ROWS)


def test_that_one_thread_reads_a_film_and_the_others_come_back():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with one_film():
            assert torch.get_num_threads() == 1
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_that_weights_in_another_order_are_laid_out_anew(network):
    state = network.state_dict()["recurrent.0.weight_ih_l0"]
    with torch.no_grad():
        state.copy_(torch.arange(state.numel()).reshape(state.shape) % 8 / 8)  # sums are exact
    before = asked_of(network).logits(ROWS[None])
    with torch.no_grad():
        state.copy_(state.flip(0))
        by_torch = network(torch.from_numpy(ROWS[None])).numpy()
    after = asked_of(network).logits(ROWS[None])
    assert np.abs(after - by_torch).max() < 1e-5 < np.abs(before - by_torch).max()
