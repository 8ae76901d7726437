"""The kernel and the ONNX graph against torch, for everything that a configuration can say."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.calibration import prefix_logits, softmax
from engine.network import RowClassifier
from engine.runtime import CpuReader, Target, session, weights_of, whole_graph
from engine.types import PrefixCalibration
from tests.engine.tolerances import UNIT, apart, distance

CELLS, BOTH = ("rnn", "rnn-relu", "lstm", "gru"), (False, True)
READOUTS = ("last", "mean", "attention")
STEM = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))


def product(*choices):
    return list(itertools.product(*choices))


ALL = product(CELLS, BOTH, READOUTS, ((), STEM), (1, 2))


def build(**changes):
    torch.manual_seed(3)
    known = {"rows": 16, "columns": 14, "classes": 3, "hidden_size": 7, "layers": 2}
    network = RowClassifier(NetworkConfig(**(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network


def films(count=3, rows=16):
    return torch.rand(count, rows, 14, generator=torch.Generator().manual_seed(5))


def traced(network, rows):
    """States (S, D, L, H), logits, answers by row, and the rest, of one film (M, W), by torch."""
    with torch.no_grad():
        trace = network.trace(rows[None])
        gates = network.gates(trace)
    inside = {name: value[:, :, 0].numpy() for name, value in gates.items()}
    if trace.c is not None:
        inside["c"] = trace.c[:, :, 0].numpy()
    return trace.h[:, :, 0].numpy(), trace.logits[0].numpy(), trace.by_row[0].numpy(), inside


def reader(network, **options):
    return CpuReader(network.config, weights_of(network), **options)


def onnx_answers(network, rows, lengths, prefixes=None):
    ready = session(whole_graph(network.config, weights_of(network), prefixes=prefixes))
    return ready.run(
        ["logits", "by_row", "h"], {"rows": rows.numpy(), "lengths": np.array(lengths)}
    )


def said(network, film):
    """What a reading of one film says, by torch: states, logits, answers by row."""
    trace = network.trace(film[None])
    return trace.h[:, :, 0], trace.logits[0], trace.by_row[0]


def inside(network, film):
    """Gates and cell states of one film, by torch, in the order of `traced`."""
    trace = network.trace(film[None])
    more = () if trace.c is None else (trace.c,)
    return tuple(value[:, :, 0] for value in (*network.gates(trace).values(), *more))


def agree(found, expected, bounds):
    """Whether each value lies as close to the expected one as float32 has to."""
    values = zip(found, expected, bounds, strict=True)
    return all(distance(ours, torchs) <= bound for ours, torchs, bound in values)


def reads_as_torch(found, network, film):
    """Whether a reading of a film is that of torch."""
    values = (found.h, found.logits, found.by_row)
    return agree(values, traced(network, film)[:3], apart(said, network, film))


STEEPEST = 2.0  # scale of a drawn calibration by row


def after_softmax(bound):
    """How far probabilities lie apart whose logits do: softmax stretches nothing, and rounds."""
    return bound + 16 * UNIT


def calibration(config):
    """Some calibration by row of a network's typical film."""
    rng = np.random.default_rng(7)
    scale = rng.uniform(0.0, STEEPEST, config.steps)
    offset = rng.normal(size=(config.steps, config.classes))
    scale[-1], offset[-1] = 1.0, 0.0
    return PrefixCalibration(
        tuple(scale.tolist()), tuple(map(tuple, offset.tolist())), "drawn numbers"
    )


@pytest.mark.parametrize(("cell", "both", "readout", "stem", "band"), ALL)
def test_that_the_kernel_reads_as_torch_does(cell, both, readout, stem, band):
    network = build(cell=cell, bidirectional=both, readout=readout, stem=stem, band=band)
    read = reader(network)
    for film in films():
        assert reads_as_torch(read.read(film.numpy()), network, film)


@pytest.mark.parametrize(("cell", "both", "readout", "stem", "band"), ALL)
def test_that_the_graph_reads_films_of_different_heights_as_each_alone(
    cell, both, readout, stem, band
):
    network = build(cell=cell, bidirectional=both, readout=readout, stem=stem, band=band)
    rows, lengths = films(), (16, 8, 12)
    for film, length in zip(rows, lengths, strict=True):
        film[length:] = 0.0
    prefixes = calibration(network.config)
    logits, by_row, h = onnx_answers(network, rows, lengths, prefixes)
    for n, length in enumerate(lengths):
        states, answer, answers, _ = traced(network, rows[n, :length])
        answers = softmax(prefix_logits(answers, prefixes))
        steps = len(answers)
        found = h[:, :, n, :steps], logits[n], by_row[n, :steps]
        close, closer, logits_by_row = apart(said, network, rows[n, :length])
        bounds = close, closer, after_softmax(STEEPEST * logits_by_row)
        assert agree(found, (states, answer, answers), bounds)
        assert not h[:, :, n, steps:].any()
        assert not by_row[n, steps:].any()


@pytest.mark.parametrize(("cell", "both"), product(CELLS, BOTH))
def test_that_the_kernel_leaves_the_gates_and_cell_states_of_torch(cell, both):
    network = build(cell=cell, bidirectional=both, stem=STEM)
    found = reader(network).inside(films()[0].numpy())
    *_, expected = traced(network, films()[0])
    assert set(found) == {"h", *expected}
    ours = [found[name] for name in expected]
    assert agree(ours, expected.values(), apart(inside, network, films()[0]))


@pytest.mark.parametrize(("cell", "both"), product(("lstm", "gru"), BOTH))
def test_that_what_remains_of_the_steps_sums_to_the_last_state(cell, both):
    network = build(cell=cell, bidirectional=both)
    trace = reader(network).trace(films()[0].numpy(), np.arange(17.0))
    state = (trace.h if trace.c is None else trace.c)[-1]  # (D, L, H)
    ends = [state[0, -1], *state[1:, 0]]
    h, *_, c = apart(lambda *given: (*said(*given), *inside(*given)), network, films()[0])
    bound = h if trace.c is None else c
    assert all(
        distance(*pair) <= bound for pair in zip(trace.memory.sum(axis=1), ends, strict=True)
    )


def test_that_a_trace_holds_what_a_reading_holds_and_the_edges_it_was_given():
    read, rows, edges = reader(build(cell="lstm")), films()[0].numpy(), np.arange(17.0)
    trace, reading = read.trace(rows, edges), read.read(rows)
    for name in ("h", "logits", "by_row"):
        assert np.array_equal(getattr(trace, name), getattr(reading, name))
    assert trace.edges is edges


def test_that_an_rnn_has_neither_gates_nor_cell_states_nor_memory():
    trace = reader(build(cell="rnn")).trace(films()[0].numpy(), np.arange(17.0))
    assert (trace.c, trace.gates, trace.memory) == (None, {}, None)


@pytest.mark.parametrize("hidden", [1, 16, 33, 130])
@pytest.mark.parametrize("cell", CELLS)
def test_that_any_number_of_hidden_units_is_read(cell, hidden):
    network = build(cell=cell, hidden_size=hidden)
    assert reads_as_torch(reader(network).read(films()[0].numpy()), network, films()[0])


@pytest.mark.parametrize(("width", "registers"), [(4, 16), (4, 32), (8, 16)])
@pytest.mark.parametrize("cell", CELLS)
def test_that_processors_with_narrower_vectors_read_the_same(cell, width, registers):
    network = build(cell=cell, hidden_size=21, bidirectional=True)
    target = replace(Target.here(), width=width, registers=registers)
    found = reader(network, target=target).read(films()[0].numpy())
    assert reads_as_torch(found, network, films()[0])


def test_that_weights_beyond_the_second_cache_are_read_the_same(monkeypatch):
    network, rows = build(cell="lstm"), films()[0].numpy()
    near = reader(network).read(rows)
    monkeypatch.setattr("engine.runtime.reader._NEAR", 0)
    assert np.array_equal(reader(network).read(rows).h, near.h)


@pytest.mark.parametrize("rows", [4, 32])
@pytest.mark.parametrize("both", BOTH)
def test_that_films_lower_and_higher_than_the_models_grid_are_read(rows, both):
    network, film = build(stem=STEM, bidirectional=both), films(rows=rows)[0]
    assert reads_as_torch(reader(network).read(film.numpy()), network, film)


@pytest.mark.parametrize("shape", [(16, 13), (15, 14), (0, 14)])
def test_that_rows_which_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match="do not fit"):
        reader(build(band=2)).read(np.zeros(shape, np.float32))


def test_that_rows_need_not_lie_side_by_side_in_memory():
    network, film = build(), films()[0]
    scattered = np.asfortranarray(film.numpy())
    assert reads_as_torch(reader(network).read(scattered), network, film)


@pytest.mark.parametrize("cell", CELLS)
def test_that_what_is_not_a_number_is_not_hidden(cell):
    film = films()[0].numpy()
    film[3, 3] = np.nan
    assert np.isnan(reader(build(cell=cell)).read(film).logits).all()


@pytest.mark.parametrize(("cell", "gate"), [("rnn", "h"), ("gru", "z")])
def test_that_tanh_and_the_logistic_function_are_exact_to_3e_7(cell, gate):
    config = NetworkConfig(rows=64, columns=32, classes=2, cell=cell, hidden_size=32)
    weights = {n: np.zeros_like(w) for n, w in weights_of(RowClassifier(config)).items()}
    weights["recurrent.0.weight_ih_l0"] = np.tile(
        np.eye(32, dtype=np.float32), (3 if cell == "gru" else 1, 1)
    )
    x = np.linspace(-100, 100, 1024, dtype=np.float32)
    x = np.concatenate((x, x / 10)).reshape(64, 32)
    found = CpuReader(config, weights).inside(x)[gate][0, 0]
    exact = np.tanh(x.astype(float)) if cell == "rnn" else 1 / (1 + np.exp(-x.astype(float)))
    assert np.abs(found - exact).max() < 3e-7


def test_that_without_a_calibration_the_graph_gives_what_the_head_says_as_probabilities():
    network = build(cell="gru")
    _, by_row, _ = onnx_answers(network, films(1), (16,))
    expected = softmax(traced(network, films(1)[0])[2])
    bound = apart(said, network, films(1)[0])[2]
    assert distance(by_row[0], expected) <= after_softmax(bound)
