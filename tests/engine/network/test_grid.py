"""The grid network against a plain loop over its cells, and what every network promises."""

import itertools
import json

import numpy as np
import pytest
import torch

from engine.bundle import read_architecture
from engine.errors import BundleError
from engine.network import build_network, describe_network, grid_cost

GATED = ("lstm", "gru")
CELLS = ("rnn", "rnn-relu", *GATED)
WAYS = ("down", "both")
STEM = [{"channels": 4, "row_stride": 2, "column_stride": 2}]
FINE = [{"channels": 5}]  # one stage: every cell becomes 2 × 2 places
HEIGHTS = torch.tensor([12, 16, 4])
EXACT = {"rtol": 0, "atol": 1e-12}  # all numbers here are in double precision
OUTPUTS = [
    {},
    {"pool": "features", "maps": 2, "decoder": FINE},
    {"pool": "area", "maps": 3, "decoder": FINE},
    {"pool": "peak", "maps": 2},
]


def product(*choices):
    return list(itertools.product(*choices))


def describe(**options):
    known = {"hidden_size": 3, "layers": 2, "stem": STEM, "dropout": 0.3}
    return describe_network("grid", 16, columns=8, classes=3, options=known | options)


def build(**options):
    torch.manual_seed(3)
    network = build_network(describe(**options)).eval().double()
    for name, weight in network.named_parameters():
        if "bias" in name and "head" not in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network.requires_grad_(requires_grad=False)


@pytest.fixture(scope="module")
def rows():
    """Three films, padded behind with values that no film has."""
    random = torch.Generator().manual_seed(5)
    films = torch.rand(3, 16, 8, generator=random, dtype=torch.float64)
    for film, height in zip(films, HEIGHTS, strict=True):
        film[height:] = 1e3
    return films


# ------------------------------------------------------------- the equations, cell by cell


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def step(cell, weights, x, h, c):
    """One step of a cell, of its weights (W, U, b, b′)."""
    w, u, b, b2 = weights
    xs, hs = w @ x + b, u @ h + b2
    if cell == "rnn":
        return np.tanh(xs + hs), c
    if cell == "rnn-relu":
        return np.maximum(xs + hs, 0), c
    if cell == "gru":
        (xr, xz, xn), (hr, hz, hn) = np.split(xs, 3), np.split(hs, 3)
        z = sigmoid(xz + hz)
        return (1 - z) * np.tanh(xn + sigmoid(xr + hr) * hn) + z * h, c
    i, f, g, o = np.split(xs + hs, 4)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def weights_of(module, *, back):
    end = "_l0_reverse" if back else "_l0"
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return [getattr(module, name + end).numpy() for name in names]


def swept(cell, module, line, *, back):
    """States (T, U) of a line of inputs (T, I), one after the other."""
    weights = weights_of(module, back=back)
    h = c = np.zeros(weights[1].shape[1])
    states = np.zeros((len(line), len(h)))
    for t in reversed(range(len(line))) if back else range(len(line)):
        h, c = step(cell, weights, line[t], h, c)
        states[t] = h
    return states


def by_cell(network, cells, *, cell, vertical):
    """States (L, Q, D·U) of the last layer, of cells (L, Q, I)."""
    states = cells
    for layer in network.layers:
        across = np.stack(
            [
                np.concatenate(
                    [swept(cell, layer.across, line, back=back) for back in (False, True)], axis=1
                )
                for line in states
            ]
        )
        backs = (False, True) if vertical == "both" else (False,)
        states = np.stack(
            [
                np.concatenate(
                    [swept(cell, layer.along, across[:, q], back=back) for back in backs], axis=1
                )
                for q in range(across.shape[1])
            ],
            axis=1,
        )
    return states


@pytest.mark.parametrize(("cell", "vertical"), product(CELLS, WAYS))
def test_that_a_grid_network_follows_its_equations_cell_by_cell(cell, vertical, rows):
    network = build(cell=cell, vertical=vertical, stem=[], patch_rows=4, patch_columns=2)
    film = rows[1]
    trace = network.trace(film[None])
    cells = film.numpy().reshape(4, 4, 4, 2).transpose(0, 2, 1, 3).reshape(4, 4, 8)
    states = by_cell(network, cells, cell=cell, vertical=vertical)  # (L, Q, D·U)
    found = torch.cat(list(trace.cells[-1, :, 0]), dim=2)  # both directions side by side
    np.testing.assert_allclose(found, states, **EXACT)
    pooled = np.concatenate((states.mean(axis=(0, 1)), states.max(axis=(0, 1))))
    head = network.head
    logits = head.weight.numpy() @ pooled + head.bias.numpy()
    np.testing.assert_allclose(trace.logits[0], logits, **EXACT)
    np.testing.assert_allclose(network(film[None])[0], logits, **EXACT)


@pytest.mark.parametrize(("cell", "vertical"), product(CELLS, WAYS))
def test_that_both_sweeps_are_torchs_own_recurrences(cell, vertical, rows):
    network = build(cell=cell, vertical=vertical, layers=1, stem=[], patch_rows=2)
    layer, kinds = network.layers[0], {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
    told = {"nonlinearity": "relu"} if cell == "rnn-relu" else {}
    kind = kinds.get(cell, torch.nn.RNN)
    across = kind(2, 3, batch_first=True, bidirectional=True, **told).double()
    along = kind(6, 3, batch_first=True, bidirectional=vertical == "both", **told).double()
    across.load_state_dict(layer.across.state_dict())
    along.load_state_dict(layer.along.state_dict())
    cells = rows[1].reshape(8, 2, 8).transpose(1, 2)  # (L, Q, I)
    with torch.no_grad():
        states = along(across(cells)[0].transpose(0, 1))[0]  # (Q, L, D·U)
    found = torch.cat(list(network.trace(rows[1:2]).cells[0, :, 0]), dim=2)
    torch.testing.assert_close(found.transpose(0, 1), states, **EXACT)


# --------------------------------------------------------------------- padding and prefixes


@pytest.mark.parametrize(
    ("cell", "vertical", "output"),
    [*product(("gru",), WAYS, range(len(OUTPUTS))), ("lstm", "both", 0)],
)
def test_that_a_grid_is_read_in_any_batch_as_it_is_alone(cell, vertical, output, rows):
    network = build(cell=cell, vertical=vertical, **OUTPUTS[output])
    together, answer = network.trace(rows, HEIGHTS), network.output(rows, HEIGHTS)
    inside = network.gates(together)
    torch.testing.assert_close(network(rows, HEIGHTS), together.logits, **EXACT)
    torch.testing.assert_close(answer.logits, together.logits, **EXACT)
    for n, height in enumerate(HEIGHTS):
        alone = network.trace(rows[n : n + 1, :height])
        end = alone.h.shape[3]
        torch.testing.assert_close(together.logits[n], alone.logits[0], **EXACT)
        torch.testing.assert_close(together.by_row[n, :end], alone.by_row[0], **EXACT)
        torch.testing.assert_close(together.h[:, :, n, :end], alone.h[:, :, 0], **EXACT)
        for name, gate in network.gates(alone).items():
            torch.testing.assert_close(inside[name][:, :, n, :end], gate[:, :, 0], **EXACT)
        zeros = [together.h, *inside.values(), *([] if together.c is None else [together.c])]
        assert not any(value[:, :, n, end:].any() for value in zeros)
        assert not together.by_row[n, end:].any()
        if answer.maps is not None:
            high = alone.maps.shape[2]
            torch.testing.assert_close(answer.maps[n, :, :high], alone.maps[0], **EXACT)
            assert not answer.maps[n, :, high:].any()


@pytest.mark.parametrize(("vertical", "output"), product(WAYS, range(len(OUTPUTS))))
def test_that_the_answer_by_row_is_the_answer_to_the_film_that_ends_there(vertical, output, rows):
    network = build(vertical=vertical, **OUTPUTS[output])
    by_row = network.trace(rows[1:2]).by_row[0]
    assert len(by_row) == 8
    for step_number, logits in enumerate(by_row, 1):
        prefix = network(rows[1:2, : 2 * step_number])[0]
        torch.testing.assert_close(logits, prefix, **EXACT)
    assert (by_row[3] - by_row[-1]).abs().max() > 1e-3


def test_that_maps_that_look_down_only_are_those_of_the_film_that_ends_there(rows):
    network = build(vertical="down", **OUTPUTS[2])
    whole, part = network.output(rows[1:2]).maps, network.output(rows[1:2, :8]).maps
    torch.testing.assert_close(whole[:, :, :8], part, **EXACT)
    other = build(vertical="both", **OUTPUTS[2])
    whole, part = other.output(rows[1:2]).maps, other.output(rows[1:2, :8]).maps
    assert (whole[:, :, :8] - part).abs().max() > 1e-3


@pytest.mark.parametrize(("vertical", "output"), product(WAYS, (0, 2, 3)))
def test_that_no_gradient_of_a_grid_reaches_the_padding(vertical, output, rows):
    network, films = build(vertical=vertical, **OUTPUTS[output]), rows.clone().requires_grad_()
    network(films, HEIGHTS).sum().backward()
    for film, height in zip(films.grad, HEIGHTS, strict=True):
        assert film[:height].any()
        assert not film[height:].any()


# ------------------------------------------------------------------------- gates and memory


@pytest.mark.parametrize(("cell", "vertical"), product(GATED, WAYS))
def test_that_the_gates_of_a_grid_rebuild_the_states_of_its_columns(cell, vertical, rows):
    network = build(cell=cell, vertical=vertical)
    found = network.trace(rows[1:2])
    gates, shown = network.gates(found), found.h if cell == "gru" else found.c
    before = torch.zeros_like(shown)
    before[:, 0, :, 1:] = shown[:, 0, :, :-1]
    before[:, 1:, :, :-1] = shown[:, 1:, :, 1:]
    if cell == "gru":
        rebuilt = (1 - gates["z"]) * gates["n"] + gates["z"] * before
    else:
        rebuilt = gates["f"] * before + gates["i"] * gates["g"]
        torch.testing.assert_close(gates["o"] * torch.tanh(found.c), found.h, **EXACT)
    torch.testing.assert_close(rebuilt, shown, **EXACT)


@pytest.mark.parametrize(("cell", "vertical", "ends"), product(GATED, WAYS, (None, HEIGHTS)))
def test_that_memory_of_a_grid_sums_to_what_every_column_ends_with(cell, vertical, ends, rows):
    network = build(cell=cell, vertical=vertical)
    found = network.trace(rows, ends)
    memory, shown = network.memory(found), found.h if cell == "gru" else found.c
    lengths = [8, 8, 8] if ends is None else (ends // 2).tolist()
    for d, (n, length) in product(range(len(memory)), enumerate(lengths)):
        last = shown[-1, d, n, 0 if d else length - 1]
        torch.testing.assert_close(memory[d, n].sum(dim=0), last, **EXACT)
        assert not memory[d, n, length:].any()


@pytest.mark.parametrize("cell", ["rnn", "rnn-relu"])
def test_that_a_grid_without_gates_has_no_memory_and_no_cell_states(cell, rows):
    network = build(cell=cell)
    found = network.trace(rows[1:2])
    assert network.gates(found) == {}
    assert network.memory(found) is None
    assert found.c is None


def test_that_the_units_of_a_trace_lie_column_after_column(rows):
    network = build(layers=1)
    found = network.trace(rows[1:2])
    assert found.h.shape == (1, 2, 1, 8, 12)
    assert found.cells.shape == (1, 2, 1, 8, 4, 3)
    assert torch.equal(found.cells[0, 1, 0, 5, 2], found.h[0, 1, 0, 5, 6:9])


# ---------------------------------------------------------------------- film logits, maps


def test_that_the_answer_by_area_is_the_expected_share_of_the_film(rows):
    network = build(**OUTPUTS[2])
    logits, maps = network.output(rows[1:2])
    assert maps.shape == (1, 3, 16, 8)
    shares = maps.softmax(dim=1).mean(dim=(2, 3))
    torch.testing.assert_close(logits.softmax(dim=1), shares, **EXACT)


def test_that_the_answer_by_peak_is_a_smooth_maximum_of_each_map(rows):
    network = build(**OUTPUTS[3], sharpness=5.0)
    logits, maps = network.output(rows[1:2])
    smooth = (5 * maps[0]).exp().mean(dim=(1, 2)).log() / 5
    torch.testing.assert_close(logits[0], torch.cat((torch.zeros(1), smooth)).double(), **EXACT)
    assert bool((smooth < maps[0].amax(dim=(1, 2))).all())
    assert bool((smooth > maps[0].mean(dim=(1, 2))).all())


@pytest.mark.parametrize("output", [2, 3])
def test_that_a_calibration_of_the_head_scales_and_moves_the_film_logits(output, rows):
    network = build(**OUTPUTS[output])
    before = network(rows[1:2])
    network.head.weight.mul_(0.5)
    network.head.bias.add_(torch.tensor([0.25, 0.0, -0.25]))
    after = before * 0.5 + torch.tensor([0.25, 0.0, -0.25])
    torch.testing.assert_close(network(rows[1:2]), after, **EXACT)
    assert all(
        not weight.requires_grad for weight in build_network(network.config).head.parameters()
    )


def test_that_a_stage_of_the_decoder_reads_the_film_itself_at_its_own_resolution():
    skipped, not_skipped = (
        build(pool="area", maps=3, decoder=[{"channels": 5, "skip": skip}])
        for skip in (True, False)
    )
    assert skipped.decoder[0].convolution.in_channels == 6
    assert not_skipped.decoder[0].convolution.in_channels == 5


# ------------------------------------------------------------------------- configurations


def test_that_the_configuration_of_a_grid_comes_back_from_json():
    config = describe(**OUTPUTS[2])
    assert read_architecture(json.loads(json.dumps(config.to_dict()))) == config
    assert (config.steps, config.hidden_size, config.directions) == (8, 12, 2)


@pytest.mark.parametrize("output", OUTPUTS)
def test_that_the_cost_of_a_grid_is_known_from_its_options_and_never_too_low(output):
    network = build(**output)
    cost = grid_cost(16, 8, classes=3, options=network.options)
    parameters = sum(weight.numel() for weight in network.parameters())
    assert parameters <= cost.parameters <= 1.2 * parameters + 30
    assert cost.operations < cost.prefix_operations


def test_that_a_grid_that_no_computer_would_finish_is_refused():
    with pytest.raises(BundleError, match="million times for one film"):
        describe_network("grid", 4096, columns=4096, classes=2, options={"hidden_size": 64})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"patch_columns": 3}, "8 model columns cannot be divided into cells of 6"),
        ({"maps": 2, "decoder": [{"channels": 4, "row_factor": 4}]}, "a whole number of them"),
        ({"pool": "area", "maps": 2}, "needs 3 maps or more, not 2"),
        ({"decoder": FINE}, "a decoder needs “maps”"),
        ({"vertical": "up"}, "must be one of down, both"),
        ({"hidden_size": 0}, "“hidden_size” must be from 1 to 512"),
        ({"cell": "none"}, "There is no cell “none”"),
        ({"hidden_size": 512, "layers": 8, "cell": "lstm"}, "has 97 million parameters"),
    ],
)
def test_that_a_grid_that_does_not_fit_together_is_refused_in_one_sentence(options, said):
    with pytest.raises(BundleError, match=said):
        build_network(describe(**options))


def test_that_a_grid_learns_to_see_a_square_wherever_it_lies():
    random = torch.Generator().manual_seed(1)
    films, labels = torch.rand(260, 16, 16, generator=random) * 0.3, torch.arange(260) % 2
    places = torch.randint(0, 12, (260, 2), generator=random).tolist()
    for film, label, (row, column) in zip(films, labels, places, strict=True):
        film[row : row + 4, column : column + 4] += 0.5 if label else -0.1
    options = {"hidden_size": 8, "layers": 1, "patch_rows": 2, "patch_columns": 2}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = build_network(
            describe_network("grid", 16, columns=16, classes=2, options=options)
        )
        optimiser = torch.optim.AdamW(network.parameters(), lr=1e-2)
        for chosen in torch.arange(200).repeat(7).split(25):
            loss = torch.nn.functional.cross_entropy(network(films[chosen]), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    with torch.no_grad():
        right = network.eval()(films[200:]).argmax(dim=1) == labels[200:]
    assert right.float().mean() > 0.9
