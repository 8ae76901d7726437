"""How far back a row still moves the answer: against what the weights predict."""

import json

import numpy as np
import pytest
import torch
from PIL import Image as Raster
from typer.testing import CliRunner

from engine.bundle import NetworkConfig
from engine.cli import app
from engine.errors import InferenceError
from engine.network import RowClassifier, fresh_horizons, measure_horizon
from engine.types import Horizon

SIZE = 8


def build(cell, **changes):
    torch.manual_seed(0)
    config = NetworkConfig(40, SIZE, 2, cell=cell, hidden_size=SIZE, **changes)
    return RowClassifier(config).double().eval().requires_grad_(requires_grad=False)


def noise(count=4, rows=40):
    random = torch.Generator().manual_seed(0)
    return torch.rand(count, rows, SIZE, generator=random, dtype=torch.float64)


def black(rows=40):
    """Nothing to read: the state stays 0, where the slope of tanh is 1."""
    return torch.zeros(1, rows, SIZE, dtype=torch.float64)


@pytest.fixture
def elman():
    """A tanh network whose every singular value is 0.8, and whose inputs are the units."""
    network = build("rnn")
    network.recurrent[0].weight_hh_l0 *= 0.8
    network.recurrent[0].weight_ih_l0.copy_(torch.eye(SIZE))
    return network


def test_that_an_rnn_forgets_as_its_singular_values_say(elman):
    share = measure_horizon(elman, black()).share
    np.testing.assert_allclose(share, 0.8 ** np.arange(40), rtol=1e-5)


def test_that_a_bright_film_is_forgotten_faster_than_that(elman):
    """The slope of tanh is below 1 wherever the state is not 0."""
    share = measure_horizon(elman, noise()).share
    steps = share[1:] / share[:-1]
    assert np.log(share[1:]).max() < 0
    assert steps[5:].max() < 0.8


def test_that_an_rnn_forgets_in_the_end_as_its_largest_eigenvalue_says():
    network = build("rnn")
    values = torch.linspace(-0.5, 0.9, SIZE, dtype=torch.float64)
    turn = torch.linalg.qr(torch.rand(SIZE, SIZE, dtype=torch.float64))[0]
    network.recurrent[0].weight_hh_l0.copy_(turn @ torch.diag(values) @ turn.T)
    share = measure_horizon(network, black()).share
    np.testing.assert_allclose(share[31:] / share[30:-1], 0.9, rtol=1e-4)


def test_that_the_last_state_forgets_as_the_answer_does_that_looks_at_it(elman):
    share = measure_horizon(elman, black(), of="state").share
    np.testing.assert_allclose(share, 0.8 ** np.arange(40), rtol=1e-5)


def test_that_the_state_fades_behind_a_mean_whose_answer_does_not():
    network = build("gru", readout="mean")
    answer, state = (measure_horizon(network, noise(), of=of) for of in ("answer", "state"))
    assert (answer.rows, state.of) == (None, "state")
    assert state.rows < 30


def test_that_the_state_of_a_lower_film_is_that_after_its_own_end(elman):
    rows = noise(1)
    low = measure_horizon(elman, rows[:, :12], of="state")
    rows[0, 12:] = 7.0
    padded = measure_horizon(elman, rows, torch.tensor([12]), of="state")
    np.testing.assert_allclose(padded.share, low.share, rtol=1e-10)


def test_that_the_horizon_is_where_the_power_falls_below_one_percent(elman):
    assert measure_horizon(elman, black()).rows == int(np.ceil(np.log(0.01) / np.log(0.8)))


def test_that_a_network_that_forgets_nothing_has_no_horizon(elman):
    elman.recurrent[0].weight_hh_l0 /= 0.8
    found = measure_horizon(elman, black())
    assert found.rows is None
    np.testing.assert_allclose(found.share, 1.0, rtol=1e-5)


@pytest.mark.parametrize(("cell", "gate"), [("lstm", 1), ("gru", 1)])
def test_that_a_gated_cell_keeps_what_its_open_gate_keeps(cell, gate):
    """Without recurrent weights only the gate carries: σ(3) of the gradient at every step."""
    network = build(cell)
    layer = network.recurrent[0]
    layer.weight_hh_l0.zero_()
    layer.bias_ih_l0.view(-1, SIZE)[gate] = 3.0
    share = measure_horizon(network, black()).share
    np.testing.assert_allclose(share, (1 / (1 + np.exp(-3))) ** np.arange(40), rtol=1e-10)


def test_that_an_lstm_with_open_forget_gates_keeps_more_than_an_rnn(elman):
    network = build("lstm")
    network.recurrent[0].bias_ih_l0.view(4, SIZE)[1] = 3.0
    kept, lost = measure_horizon(network, noise()), measure_horizon(elman, noise())
    assert (kept.share[5:] > lost.share[5:]).all()


def test_that_our_first_weights_remember_further_than_torchs():
    rows = torch.rand(2, 60, 8, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    found = fresh_horizons(rows, hidden_size=32, seed=0)
    assert [one.name for one in found[::4]] == ["rnn, ours", "rnn, torch's"]
    for ours, theirs in zip(found[:4], found[4:], strict=True):
        assert ours.share[20] > 5 * theirs.share[20]


def test_that_measuring_fresh_cells_leaves_the_random_state_alone():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    fresh_horizons(noise(1), hidden_size=4, seed=0)
    assert torch.equal(torch.get_rng_state(), before)


def test_that_every_film_counts_from_its_own_end(elman):
    rows = noise(1).repeat(2, 1, 1)
    rows[1, 12:] = 7.0
    low = measure_horizon(elman, rows[1:, :12])
    padded = measure_horizon(elman, rows[1:], torch.tensor([12]))
    together = measure_horizon(elman, rows, torch.tensor([40, 12]))
    np.testing.assert_allclose(padded.share, low.share, rtol=1e-10)
    assert (len(padded.share), len(together.share)) == (12, 40)


def test_that_a_step_of_several_rows_counts_as_one():
    found = measure_horizon(build("gru", band=4, readout="mean"), noise(3))
    assert (len(found.share), found.rows_per_step, found.films) == (10, 4, 3)
    assert found.name == "GRU 1 × 8, mean"


def test_that_both_directions_bring_the_first_row_near(elman):
    share = measure_horizon(build("gru", bidirectional=True), noise()).share
    assert share[-1] > 10 * share[20]


def test_that_an_answer_without_a_last_row_cannot_be_compared():
    network = build("gru")
    network.head.weight.zero_()
    with pytest.raises(InferenceError, match="nothing to compare"):
        measure_horizon(network, noise())


@pytest.mark.parametrize(
    ("share", "rows"),
    [
        ([1.0, 0.5, 0.009, 0.02, 0.001], 8),
        ([1.0, 0.5, 0.02], None),
        ([1.0, 0.0], 2),
        ([1.0], None),
    ],
)
def test_that_the_horizon_lies_behind_the_last_row_that_still_counts(share, rows):
    assert Horizon("any", "answer", np.array(share), rows_per_step=2, films=1).rows == rows


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["model", "horizon", *map(str, words)])


@pytest.fixture
def film(tmp_path):
    values = np.random.default_rng(0).integers(0, 256, (40, 30)).astype(np.uint8)
    Raster.fromarray(values).save(tmp_path / "film.png")
    return tmp_path / "film.png"


def test_that_the_command_compares_fresh_cells_in_json(run):
    result = run("--rows", 30, "--hidden", 8, "--json")
    found = json.loads(result.stdout)["horizons"]
    assert len(found) == 8
    assert all(len(one["share"]) == 30 and one["share"][0] == 1 for one in found)


def test_that_the_command_prints_a_table(run):
    result = run("--rows", 30, "--hidden", 8)
    assert result.exit_code == 0
    assert "rows back" in result.stdout
    assert "lstm, torch's" in result.stdout


def test_that_the_command_measures_a_model_on_films(run, tiny_bundle, film):
    result = run(tiny_bundle, film, "--json")
    (found,) = json.loads(result.stdout)["horizons"]
    assert (found["name"], found["films"], found["rows_per_step"]) == ("tiny", 1, 2)
    assert len(found["share"]) == 8


def test_that_the_command_measures_the_state_when_asked(run, tiny_bundle, film):
    result = run(tiny_bundle, film, "--state", "--json")
    assert json.loads(result.stdout)["horizons"][0]["of"] == "state"


def test_that_a_model_without_films_is_refused_in_a_sentence(run, tiny_bundle):
    result = run(tiny_bundle)
    assert (result.exit_code, "at least one film" in result.stderr) == (1, True)


def test_that_an_unknown_model_is_refused_in_a_sentence(run, film):
    result = run("nothing", film)
    assert (result.exit_code, "no model “nothing”" in result.stderr) == (1, True)
