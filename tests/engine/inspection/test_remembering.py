"""What a network keeps, writes, erases and forgets: against identities and worked examples."""

import numpy as np
import pytest
import torch

import engine
from engine.bundle import NetworkConfig, StemLayer
from engine.inspection import SENSES, MemoryTerms, forget, remember, replace_above
from engine.network import GRU, LSTM, ReluRNN, TanhRNN, build_network, log_odds
from engine.preparation import frame_of, prepare
from engine.weights import save_bundle
from tests.engine.conftest import build_bundle, describe, measure
from tests.engine.plugin_site import install

CELLS = {"rnn": TanhRNN, "rnn-relu": ReluRNN, "gru": GRU, "lstm": LSTM}
ROWS, COLUMNS = 12, 10


@pytest.fixture
def film():
    return (np.random.default_rng(4).random((ROWS, COLUMNS)) * 255).astype(np.uint8)


@pytest.fixture
def load(make_bundle):
    """A model of any shape, with weights of a seed."""

    def make(cell, **changes):
        shape = {"rows": ROWS, "columns": COLUMNS, "stem": (), "band": 1, "bidirectional": False}
        sizes = {"hidden_size": 7, "layers": 2, "readout": "last"}
        return engine.load(make_bundle(cell, **(shape | sizes | {"cell": cell} | changes)))

    return make


@pytest.fixture(params=["gru", "lstm"])
def gated(request, load):
    return load(request.param, bidirectional=True)


def places(model):
    return [(s, d) for s in range(model.info.layers) for d in range(model.info.directions)]


def test_that_kept_and_written_make_the_new_state_and_kept_and_erased_the_old(gated, film):
    found, trace = remember(gated, film), gated.trace(film)
    states = trace.h if trace.c is None else trace.c
    for layer, direction in places(gated):
        did = found.updates(layer, direction)
        after = states[layer, direction]
        np.testing.assert_allclose(did.kept + did.written, after, atol=2e-6)
        np.testing.assert_allclose(did.kept + did.erased, did.before, atol=2e-6)
        read = did.before[::-1] if direction else did.before
        np.testing.assert_array_equal(read[0], 0)
        np.testing.assert_array_equal(read[1:], (after[::-1] if direction else after)[:-1])


def test_that_a_network_of_rows_and_columns_sums_to_the_last_state_of_its_columns(grid_bundle):
    model = engine.load(grid_bundle)
    film = np.random.default_rng(4).integers(0, 255, (40, 30)).astype(np.uint8)
    found, memory = remember(model, film), model.trace(film).memory
    for direction in range(model.info.directions):
        terms = found.memory(-1, direction)
        assert terms.error < 2e-6
        np.testing.assert_allclose(terms.terms, memory[direction], atol=1e-6)
    assert found.carried == "h"


def test_that_a_gru_keeps_by_z_and_an_lstm_by_f(load, film):
    gru, lstm = load("gru"), load("lstm")
    z, n = (gru.gates(film)[name][1, 0] for name in "zn")
    did = remember(gru, film).updates()
    np.testing.assert_allclose(did.written, (1 - z) * n, atol=1e-6)
    np.testing.assert_allclose(did.erased, (1 - z) * did.before, atol=1e-6)
    i, f, g = (lstm.gates(film)[name][1, 0] for name in "ifg")
    did = remember(lstm, film).updates()
    assert did.state == "c"
    np.testing.assert_allclose(did.written, i * g, atol=1e-6)
    np.testing.assert_allclose(did.kept, f * did.before, atol=1e-6)


def test_that_the_terms_of_every_layer_and_direction_sum_to_its_last_state(gated, film):
    found, memory = remember(gated, film), gated.memory(film)
    for layer, direction in places(gated):
        terms = found.memory(layer, direction)
        assert terms.error < 2e-6
        assert np.abs(terms.terms).max() > 0.01
    for direction in range(2):
        terms = found.memory(-1, direction).terms
        np.testing.assert_allclose(terms, memory[direction], atol=1e-6)


def test_that_a_plain_rnn_carries_nothing_and_says_what_drove_it(load, film):
    model = load("rnn", bidirectional=True)
    found, h = remember(model, film), model.trace(film).h
    assert found.updates() is None
    assert found.memory() is None
    np.testing.assert_allclose(np.tanh(found.drives.sum(axis=0)), h, atol=2e-6)
    assert np.abs(found.drives[1, :, 0, 1:]).max() > 0.01


@pytest.mark.parametrize("cell", list(CELLS))
def test_that_the_senses_are_the_gates_of_the_cell_within_their_ranges(cell, load, film):
    model = load(cell)
    assert tuple(sense.name for sense in SENSES[cell]) == CELLS[cell].gate_names
    found, trace = remember(model, film), model.trace(film)
    shown = {"h": trace.h, "c": trace.c} | dict(trace.gates)
    states = {"gru": (), "lstm": ("c",)}.get(cell, ("h",))
    assert tuple(sense.name for sense in found.gates) == (*CELLS[cell].gate_names, *states)
    for sense in found.gates:
        values = shown[sense.name]
        assert sense.meaning
        assert sense.low <= values.min()
        assert values.max() <= sense.high


def test_that_a_step_sees_the_rows_above_it_that_change_its_input(load):
    stem = (StemLayer(4, 2, 2), StemLayer(6, 1, 1))
    model = load("gru", layers=1, stem=stem)
    found = remember(model, np.zeros((ROWS, COLUMNS)))
    assert (found.rows_per_step, found.rows_above) == (2, 5)
    network, step = model.network, 4
    plain = torch.zeros(1, ROWS, COLUMNS)
    moving = []
    for row in range(ROWS):
        other = plain.clone()
        other[0, row, 3] = 1.0
        if (network.steps(other) - network.steps(plain))[0, step].abs().max() > 0:
            moving.append(row)
    own = step * found.rows_per_step
    assert moving == list(range(own - found.rows_above, own + found.rows_per_step))


def test_that_shares_are_of_the_norms_and_the_horizon_is_where_one_percent_is_held():
    terms = np.array([[0.001, 0.0], [0.0, 0.004], [3.0, 4.0], [0.0, -1.0]], np.float32)
    memory = MemoryTerms("h", terms, terms.sum(axis=0))
    np.testing.assert_allclose(memory.norm(), [0.001, 0.004, 5, 1])
    np.testing.assert_allclose(memory.share().sum(), 1, rtol=1e-6)
    np.testing.assert_allclose(memory.share((0,))[2], 3 / 3.001, rtol=1e-6)
    assert memory.horizon() == 2
    assert memory.horizon((1,)) == 2
    turned = MemoryTerms("h", terms[::-1], terms.sum(axis=0), upwards=True)
    assert turned.horizon() == 1
    assert MemoryTerms("h", terms[2:], terms[2:].sum(axis=0)).horizon() == 0


@pytest.fixture
def shut(tmp_path):
    """A GRU whose z and r are 0: only the last row can move its answer."""
    torch.manual_seed(7)
    config = NetworkConfig(ROWS, COLUMNS, 2, hidden_size=7)
    network = build_network(config)
    with torch.no_grad():
        cell = network.recurrent[0]
        cell.weight_hh_l0.zero_()
        cell.bias_hh_l0.zero_()
        cell.weight_ih_l0[:14] = 0
        cell.bias_ih_l0[:14] = -200
    folder = tmp_path / "shut"
    save_bundle(
        folder,
        network,
        description=describe(config),
        statistics=measure(config),
        card="# Shut model\n",
    )
    return engine.load(folder)


def test_that_rows_of_which_nothing_is_kept_cannot_move_the_answer(shut, load, film):
    found = replace_above(shut, film)
    assert found.most.max() < 1e-6
    assert found.forgotten() == ROWS - 1
    assert remember(shut, film).memory().horizon() == ROWS - 1


def test_that_rows_of_which_something_is_kept_move_it(load, film):
    found = replace_above(load("gru", layers=1), film)
    assert found.most[0] == 0
    assert found.most[-1] > 1e-3
    assert found.forgotten(0.0) == 0
    assert found.forgotten(1e9) == ROWS - 1
    assert found.moved.shape == (len(found.fillings), ROWS)


def test_that_replaced_rows_are_read_as_the_film_that_has_them(load, film):
    model = load("lstm", layers=1)
    prepared = prepare(frame_of(film, 0, None), model.info)
    found, rows = replace_above(model, prepared, target=1), prepared.own.sequence.rows
    blank, turned = rows.copy(), rows.copy()
    blank[:5], turned[:5] = 0, rows[::-1][:5]
    with torch.no_grad():
        logits = model.network(torch.from_numpy(np.stack((rows, blank, turned))))
        odds = log_odds(logits, torch.ones(3, dtype=torch.int64)).numpy()
    assert found.log_odds == pytest.approx(odds[0], abs=1e-5)
    moved = dict(zip(found.fillings, found.moved[:, 5], strict=True))
    assert moved["blank"] == pytest.approx(odds[1] - odds[0], abs=1e-5)
    assert moved["upside-down"] == pytest.approx(odds[2] - odds[0], abs=1e-5)
    assert abs(moved["blank"]) > 1e-3


def test_that_all_three_cells_are_compared_on_the_film_beside_the_model(load, film):
    model = load("gru", layers=1)
    found = forget(model, film)
    names = [one.name for one in found.fresh]
    assert {"rnn, ours", "lstm, ours", "gru, ours", "gru, torch's"} <= set(names)
    assert all(len(one.share) == ROWS and one.share[0] == 1 for one in found.fresh)
    assert found.hidden_size == 7
    np.testing.assert_allclose(found.answer.share[0], 1)
    assert found.state.of == "state"
    again = forget(model, film)
    np.testing.assert_array_equal(again.fresh[0].share, found.fresh[0].share)
    other = forget(model, film, seed=1)
    assert np.abs(other.fresh[0].share - found.fresh[0].share).max() > 0


def test_that_an_architecture_of_another_package_says_what_it_did_and_no_sum(
    tmp_path, monkeypatch, film
):
    from engine.network import describe_network

    monkeypatch.syspath_prepend(install(tmp_path / "site"))
    options = {"hidden_size": 5, "rows_per_step": 2}
    config = describe_network("leaky-average", ROWS, columns=COLUMNS, classes=2, options=options)
    found = remember(build_bundle(tmp_path / "leaky", config), film)
    assert (found.carried, found.memory(), found.updates()) == (None, None, None)
    assert found.states.shape == (1, 1, ROWS // 2, 5)
