import itertools

import pytest
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.errors import BundleError
from engine.network import Dropout, RowClassifier
from tests.engine.tolerances import apart, distance

CELLS = ("rnn", "rnn-relu", "lstm", "gru")
READOUTS = ("last", "mean", "attention")
STEM = (StemLayer(4, 2, 2), StemLayer(6, 1, 3))
BOTH = (False, True)


def product(*choices):
    return list(itertools.product(*choices))


def build(**changes):
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
    return network


def films(count=3):
    return torch.rand(count, 16, 14, generator=torch.Generator().manual_seed(5))


def trace(network, rows):
    with torch.no_grad():
        return network.trace(rows)


def by_row(network, rows):
    return (network.trace(rows).by_row,)


def answer(network, rows):
    return (network(rows),)


@pytest.mark.parametrize(
    ("cell", "both", "readout", "stem"),
    product(CELLS, BOTH, READOUTS, ((), STEM)),
)
def test_that_the_answer_by_row_is_the_answer_for_the_film_that_ends_there(
    cell, both, readout, stem
):
    network = build(cell=cell, bidirectional=both, readout=readout, stem=stem, band=2)
    rows, config = films(), network.config
    found, (bound,) = trace(network, rows).by_row, apart(by_row, network, rows)
    per_step = config.rows // config.steps
    for step in range(config.steps):
        with torch.no_grad():
            ended = network(rows[:, : (step + 1) * per_step])
        assert distance(found[:, step], ended) <= bound


def test_that_prefixes_read_in_small_batches_are_the_same(monkeypatch):
    network, rows = build(bidirectional=True, readout="attention"), films()
    whole, (bound,) = trace(network, rows).by_row, apart(by_row, network, rows)
    monkeypatch.setattr("engine.network.classifier._PREFIX_VALUES", 16 * 14 * 5)
    assert distance(trace(network, rows).by_row, whole) <= bound


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
    (bound,) = apart(answer, network, rows)
    with torch.no_grad():
        assert distance(network(rows), network.trace(rows).logits) <= bound


def test_that_a_film_has_the_same_answer_alone_and_in_any_batch():
    network, rows = build(stem=STEM), films(9)
    with torch.no_grad():
        alone = torch.cat([network(film.unsqueeze(0)) for film in rows])
        assert distance(alone, network(rows)) <= apart(answer, network, rows)[0]


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
        ({"stem": [{"channels": 4, "kind": "fourier"}]}, "“kind” must be one of convolution"),
        ({"stem": [{"channels": 4, "row_stride": 4}]}, "“row_stride” must be"),
        ({"readout": "median"}, "“readout” must be one of attention, last, mean"),
        ({"cell_options": []}, "“cell_options” must be a table"),
    ],
)
def test_that_a_wrong_configuration_is_refused_in_words(change, sentence):
    with pytest.raises(BundleError, match=sentence):
        NetworkConfig.from_dict({"rows": 16, "columns": 14, "classes": 3} | change)


@pytest.mark.parametrize("chance", [0.2, 0.5, 0.999])
def test_that_dropout_takes_its_share_and_keeps_the_mean(chance):
    """Both within six standard deviations; the values are those of one number, so none is odd."""
    torch.manual_seed(0)
    count = 200_003  # not a multiple of four
    left = Dropout(chance)(torch.ones(count))
    deviation = (chance * (1 - chance) / count) ** 0.5
    assert abs(float((left == 0).double().mean()) - chance) < 6 * deviation + 2**-17
    assert abs(float(left.double().mean()) - 1) < 6 * deviation / (1 - chance)
    assert len(left.unique()) == 2


def test_that_neighbouring_values_are_dropped_independently():
    torch.manual_seed(0)
    zero = (Dropout(0.5)(torch.ones(2**18)) == 0).view(-1, 4).float()  # the four of one draw
    assert torch.corrcoef(zero.T).sub(torch.eye(4)).abs().max() < 6 / 2**8


def test_that_what_dropout_leaves_out_gets_no_gradient():
    torch.manual_seed(0)
    values = torch.ones(5, 7, 9, requires_grad=True)
    left = Dropout(0.3)(values)
    left.sum().backward()
    assert torch.equal(values.grad, left.detach())


def test_that_dropout_follows_from_the_seed_and_not_from_the_layout():
    values = torch.rand(6, 5, 4)
    torch.manual_seed(1)
    first = Dropout(0.3)(values)
    torch.manual_seed(1)
    assert torch.equal(Dropout(0.3)(values.transpose(0, 1).contiguous().transpose(0, 1)), first)
    assert not torch.equal(Dropout(0.3)(values), first)


def test_that_dropout_rests_while_a_film_is_read():
    values = torch.rand(3, 4)
    assert Dropout(0.5).eval()(values) is values
    assert not Dropout(1.0)(values).any()
