"""The blocks of a network: shapes, counts and products, held against torch."""

from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

import engine
from engine.bundle import NetworkConfig, StemLayer
from engine.errors import BundleError
from engine.inspection import GATE_ORDER, read_anatomy
from engine.network import GRU, LSTM, build_network, describe_network
from tests.engine.bundle_parts import weights_of
from tests.engine.conftest import TINY, build_bundle
from tests.engine.plugin_site import install

CONFIGS = {
    "stem": TINY,
    "plain": NetworkConfig(rows=8, columns=5, classes=3, cell="rnn", hidden_size=4, layers=3),
    "both ways": replace(TINY, cell="lstm", bidirectional=True, readout="attention", band=2),
    "relu": NetworkConfig(rows=6, columns=4, classes=2, cell="rnn-relu", hidden_size=3),
    "odd columns": replace(TINY, columns=13, stem=(StemLayer(3, 1, 2), StemLayer(5, 2, 3))),
}


@pytest.fixture
def bundle_of(tmp_path):
    return lambda config: build_bundle(tmp_path / "model", config)


every_network = pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)


@every_network
def test_that_it_counts_as_many_parameters_as_torch(bundle_of, config):
    found = read_anatomy(bundle_of(config))
    each = {name: tuple(one.shape) for name, one in build_network(config).named_parameters()}
    assert {one.name: one.shape for block in found.blocks for one in block.tensors} == each
    assert found.parameters == sum(one.numel() for one in build_network(config).parameters())


@every_network
def test_that_every_block_takes_what_the_one_before_it_gives(bundle_of, config):
    blocks = read_anatomy(bundle_of(config)).blocks
    assert [blocks[0].kind, blocks[-1].kind] == ["rows", "calibration"]
    for before, after in pairwise(blocks):
        if after.kind == "recurrent" and before.kind == "recurrent":
            width = config.directions * config.hidden_size
            next_layer = after.layer > before.layer
            taken = width if next_layer else before.inputs[-1].size
            assert after.inputs[-1].size == taken
        elif before.kind == "recurrent":
            assert [one.size for one in after.inputs] == [
                config.steps,
                config.directions * config.hidden_size,
            ]
        else:
            assert after.inputs == before.output


@every_network
def test_that_its_shapes_are_those_of_what_torch_computes(bundle_of, config):
    found = read_anatomy(bundle_of(config))
    network = build_network(config).eval()
    rows = torch.rand(1, config.rows, config.columns)
    maps = rows.unsqueeze(1)
    for number, block in enumerate(network.stem):
        maps = block(maps)
        drawn = found.block(f"stem.{number}").output
        assert tuple(one.size for one in drawn) == tuple(maps.shape[1:])
    steps = network.steps(rows)
    assert tuple(one.size for one in found.block("steps").output) == tuple(steps.shape[1:])
    trace = network.trace(rows)
    layers = [one for one in found.blocks if one.kind == "recurrent"]
    assert len(layers) == trace.h.shape[0] * trace.h.shape[1]
    for layer in layers:
        assert [one.size for one in layer.output] == list(trace.h.shape[3:])
        assert layer.inputs[-1].size == trace.inputs[layer.layer].shape[-1]
    assert [one.size for one in found.block("head").output] == list(trace.logits.shape[1:])


@pytest.mark.parametrize("name", ["stem", "odd columns"])
def test_that_it_counts_the_products_of_stem_and_head_as_torch_does(bundle_of, name):
    """torch counts two operations a product, and none of a recurrent kernel on the CPU."""
    config = CONFIGS[name]
    found = read_anatomy(bundle_of(config))
    network = build_network(config).eval()
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        network.steps(torch.rand(1, config.rows, config.columns))
    stem = sum(block.products for block in found.blocks if block.kind == "stem")
    assert 2 * stem == counter.get_total_flops()
    assert found.block("head").products == config.classes * config.hidden_size


def test_that_a_recurrent_layer_multiplies_both_matrices_at_every_step(bundle_of):
    found = read_anatomy(bundle_of(TINY))
    first, second = (found.block(f"recurrent.{layer}") for layer in range(2))
    rows = 3 * TINY.hidden_size
    assert first.products == TINY.steps * rows * (TINY.input_size + TINY.hidden_size)
    assert second.products == TINY.steps * rows * (TINY.hidden_size + TINY.hidden_size)
    assert found.products == sum(one.products for one in found.blocks)


def test_that_a_direction_has_the_weights_that_are_its_own(bundle_of):
    config = CONFIGS["both ways"]
    found = read_anatomy(bundle_of(config))
    down, up = (found.block(f"recurrent.1.{way}") for way in ("down", "up"))
    assert all(one.name.endswith("_reverse") for one in up.tensors)
    assert not any(one.name.endswith("_reverse") for one in down.tensors)
    assert (down.parameters, down.said) == (up.parameters, down.said)
    assert "from the bottom up" in up.said


def test_that_a_block_that_is_not_there_is_no_block(tiny_bundle):
    with pytest.raises(KeyError):
        read_anatomy(tiny_bundle).block("recurrent.7")


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(install(tmp_path / "installed"))


@pytest.mark.usefixtures("package")
def test_that_what_a_package_brings_has_shapes_and_counts_but_no_products(bundle_of):
    config = replace(TINY, cell="mgu", layers=1, bidirectional=True)
    found = read_anatomy(bundle_of(config))
    layer = found.block("recurrent.0")
    network = build_network(config)
    assert layer.parameters == sum(one.numel() for one in network.recurrent.parameters())
    assert layer.output[-1].size == 2 * TINY.hidden_size
    assert (layer.products, layer.equations, found.products) == (None, (), None)
    assert found.parameters == sum(one.numel() for one in network.parameters())


@pytest.mark.usefixtures("package")
def test_that_a_whole_architecture_of_a_package_is_counted_by_the_names_of_its_parts(bundle_of):
    options = {"hidden_size": 5, "rows_per_step": 2}
    config = describe_network("leaky-average", 16, columns=12, classes=2, options=options)
    found = read_anatomy(bundle_of(config))
    network = build_network(config)
    each = {name: tuple(one.shape) for name, one in network.named_parameters()}
    assert {one.name: one.shape for block in found.blocks for one in block.tensors} == each
    assert found.parameters == sum(one.numel() for one in network.parameters())
    assert (found.products, found.blocks[-2].kind) == (None, "head")


def test_that_a_calibrated_answer_by_row_is_said(calibrated, tiny_bundle):
    assert "after every step" in read_anatomy(calibrated).block("calibration").said
    assert "after every step" not in read_anatomy(tiny_bundle).block("calibration").said


def test_that_the_order_of_gates_is_that_of_the_cells():
    assert GATE_ORDER["gru"] == GRU.gate_names
    assert GATE_ORDER["lstm"] == LSTM.gate_names


def test_that_a_model_in_a_notebook_is_read_from_where_it_lies(tiny_bundle):
    model = engine.load(tiny_bundle, "cpu")
    assert read_anatomy(model.info.path) == read_anatomy(tiny_bundle)


def test_that_a_damaged_bundle_has_none(own_bundle):
    data = bytearray(weights_of(own_bundle).read_bytes())
    data[-1] ^= 1
    weights_of(own_bundle).write_bytes(data)
    with pytest.raises(BundleError, match=r"model\.safetensors"):
        read_anatomy(own_bundle)
