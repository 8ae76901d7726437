import itertools

import numpy as np
import pytest
import torch

from engine.errors import BundleError
from engine.network import NetworkConfig, RowClassifier, StemLayer

CELLS = ("rnn", "lstm", "gru")
READOUTS = ("last", "mean", "attention")
STEM = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))
BOTH = (False, True)


def product(*choices):
    return list(itertools.product(*choices))


def build(*, double=False, **changes):
    torch.manual_seed(3)
    known = {
        "rows": 16,
        "columns": 14,
        "classes": 3,
        "hidden_size": 7,
        "layers": 2,
        "dropout": 0.3,
    }
    network = RowClassifier(NetworkConfig(**(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network.double() if double else network


def films(count=3, rows=16, *, double=False):
    random = torch.Generator().manual_seed(5)
    kind = torch.float64 if double else torch.float32
    return torch.rand(count, rows, 14, generator=random, dtype=kind)


def trace(network, rows):
    with torch.no_grad():
        return network.trace(rows)


def logistic(values):
    return 1 / (1 + np.exp(-values))


def cell_step(cell, of_x, of_h, h, c):
    """One time step in plain numpy: the equations of the class's docstring."""
    if cell == "rnn":
        return np.tanh(of_x + of_h), c
    if cell == "lstm":
        i, f, g, o = np.split(of_x + of_h, 4)
        c = logistic(f) * c + logistic(i) * np.tanh(g)
        return logistic(o) * np.tanh(c), c
    (xr, xz, xn), (hr, hz, hn) = np.split(of_x, 3), np.split(of_h, 3)
    r, z = logistic(xr + hr), logistic(xz + hz)
    return (1 - z) * np.tanh(xn + r * hn) + z * h, c


def read_in_numpy(network, film):
    """All h (S, D, L, H), and logits (K,), of one film (M, W); last-step read-out, no stem."""
    config = network.config
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    steps, layers = film.numpy().reshape(config.steps, -1), []
    for layer, direction in product(range(config.layers), range(config.directions)):
        if direction == 0 and layer:
            steps = np.concatenate(layers[-config.directions :], axis=1)
        end = f"_l0{'_reverse' * direction}"
        wi, wh, bi, bh = (
            weights[f"recurrent.{layer}.{kind}{end}"]
            for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        h = c = np.zeros(config.hidden_size)
        states = np.zeros((config.steps, config.hidden_size))
        for t in range(config.steps)[:: -1 if direction else 1]:
            h, c = cell_step(config.cell, wi @ steps[t] + bi, wh @ h + bh, h, c)
            states[t] = h
        layers.append(states)
    ends = [states[0 if d else -1] for d, states in enumerate(layers[-config.directions :])]
    logits = weights["head.weight"] @ np.concatenate(ends) + weights["head.bias"]
    shape = (config.layers, config.directions, config.steps, config.hidden_size)
    return np.stack(layers).reshape(shape), logits


@pytest.mark.parametrize(("cell", "both"), product(CELLS, BOTH))
def test_that_states_and_logits_follow_the_equations(cell, both):
    network, rows = build(cell=cell, bidirectional=both, band=2, double=True), films(double=True)
    found = trace(network, rows)
    for n, film in enumerate(rows):
        h, logits = read_in_numpy(network, film)
        np.testing.assert_allclose(found.h[:, :, n], h, atol=1e-12)
        np.testing.assert_allclose(found.logits[n], logits, atol=1e-12)


@pytest.mark.parametrize(("cell", "both"), product(("lstm", "gru"), BOTH))
def test_that_gates_rebuild_every_hidden_state(cell, both):
    network = build(cell=cell, bidirectional=both, stem=STEM)
    found = trace(network, films())
    with torch.no_grad():
        gates = network.gates(found)
    if cell == "lstm":
        rebuilt = gates["o"] * torch.tanh(found.c)
    else:
        before = torch.zeros_like(found.h)
        before[:, 0, :, 1:] = found.h[:, 0, :, :-1]
        before[:, 1:, :, :-1] = found.h[:, 1:, :, 1:]
        rebuilt = (1 - gates["z"]) * gates["n"] + gates["z"] * before
    assert (rebuilt - found.h).abs().max() < 1e-6


@pytest.mark.parametrize(
    ("cell", "both", "readout", "stem"),
    product(CELLS, BOTH, READOUTS, ((), STEM)),
)
def test_that_the_answer_by_row_is_the_answer_for_the_film_that_ends_there(
    cell, both, readout, stem
):
    network = build(cell=cell, bidirectional=both, readout=readout, stem=stem, band=2)
    rows, config = films(), network.config
    by_row = trace(network, rows).by_row
    per_step = config.rows // config.steps
    for step in range(config.steps):
        with torch.no_grad():
            ended = network(rows[:, : (step + 1) * per_step])
        assert (by_row[:, step] - ended).abs().max() < 1e-6


def test_that_prefixes_read_in_small_batches_are_the_same(monkeypatch):
    network, rows = build(bidirectional=True, readout="attention"), films()
    whole = trace(network, rows).by_row
    monkeypatch.setattr("engine.network.classifier._PREFIX_VALUES", 16 * 14 * 5)
    assert (trace(network, rows).by_row - whole).abs().max() < 1e-6


@pytest.mark.parametrize("stem", [(), STEM])
def test_that_no_state_depends_on_rows_below_it(stem):
    network, rows = build(stem=stem), films()
    changed = rows.clone()
    changed[:, 8:] = 0.0
    half = network.config.steps // 2
    states, others = trace(network, rows).h, trace(network, changed).h
    assert torch.equal(states[:, :, :, :half], others[:, :, :, :half])


@pytest.mark.parametrize(("cell", "readout"), product(CELLS, READOUTS))
def test_that_forward_and_trace_agree(cell, readout):
    network, rows = build(cell=cell, readout=readout, stem=STEM, bidirectional=True), films()
    with torch.no_grad():
        assert (network(rows) - network.trace(rows).logits).abs().max() < 1e-6


def test_that_a_film_has_the_same_answer_alone_and_in_any_batch():
    network, rows = build(stem=STEM), films(9)
    with torch.no_grad():
        alone = torch.cat([network(film.unsqueeze(0)) for film in rows])
        assert (alone - network(rows)).abs().max() < 1e-6


def test_that_dropout_does_nothing_in_evaluation():
    network, rows = build(dropout=0.9), films()
    with torch.no_grad():
        assert torch.equal(network(rows), network(rows))


def test_that_dropout_works_in_training():
    network, rows = build(dropout=0.5).train(), films()
    assert not torch.equal(network(rows), network(rows))


def test_that_layers_and_steps_have_the_shapes_of_the_legend():
    network = build(cell="lstm", bidirectional=True, stem=STEM, band=2)
    found = trace(network, films(count=5))
    assert found.h.shape == found.c.shape == (2, 2, 5, 4, 7)
    assert (found.logits.shape, found.by_row.shape) == ((5, 3), (5, 4, 3))


def test_that_only_an_lstm_has_cell_states():
    assert [trace(build(cell=cell), films()).c is None for cell in CELLS] == [True, False, True]


def test_that_an_rnn_has_no_gates():
    network = build(cell="rnn")
    assert network.gates(trace(network, films())) == {}


def test_that_the_forget_gates_of_a_new_lstm_are_open():
    torch.manual_seed(0)
    network = RowClassifier(NetworkConfig(8, 8, 2, cell="lstm", hidden_size=4))
    assert network.recurrent[0].bias_ih_l0.detach().tolist() == [0] * 4 + [1] * 4 + [0] * 8


def test_that_rows_that_do_not_divide_into_steps_are_refused():
    with pytest.raises(BundleError, match="cannot be divided"):
        NetworkConfig(28, 28, 2, band=3)


def test_that_a_configuration_survives_its_dictionary():
    config = NetworkConfig(16, 14, 3, cell="lstm", stem=STEM, readout="attention", dropout=0.2)
    assert NetworkConfig.from_dict(config.to_dict()) == config


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hiden_size": 3}, "unknown key “hiden_size”"),
        ({"rows": "16"}, "“rows” must be a whole number"),
        ({"rows": True}, "“rows” must be a whole number"),
        ({"hidden_size": 0}, "“hidden_size” must be"),
        ({"cell": "transformer"}, "“cell” must be one of"),
        ({"dropout": 1.5}, "“dropout” must be a number"),
        ({"bidirectional": 1}, "“bidirectional” must be true or false"),
        ({"stem": [{"channels": 4, "kernel": 5}]}, "unknown key “kernel”"),
        ({"stem": [3]}, "must be a table"),
        ({"stem": {}}, "“stem” must be a list"),
    ],
)
def test_that_a_wrong_configuration_is_refused_in_words(change, sentence):
    with pytest.raises(BundleError, match=sentence):
        NetworkConfig.from_dict({"rows": 16, "columns": 14, "classes": 3} | change)
