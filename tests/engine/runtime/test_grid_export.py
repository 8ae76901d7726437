"""The network of rows and columns as an ONNX file, against torch."""

import itertools
import json

import numpy as np
import onnx
import pytest
import torch
from typer.testing import CliRunner

from engine.cli import app
from engine.network import build_network, describe_network
from engine.runtime import export_model, exportable_config, session, weights_of
from engine.runtime.grid_graph import grid_graph
from engine.weights import load_bundle
from tests.engine.tolerances import apart, distance

STEM = [{"channels": 4, "row_stride": 2, "column_stride": 2}]
DECODER = [{"channels": 5}]
OUTPUTS = (
    {},
    {"pool": "area", "maps": 3, "decoder": DECODER},
    {"pool": "peak", "maps": 2},
)
HEIGHTS = torch.tensor([12, 20, 4])
CASES = [
    *itertools.product(("gru",), ("down", "both"), OUTPUTS),
    *itertools.product(("rnn", "rnn-relu", "lstm"), ("both",), OUTPUTS[:1]),
]


def build(**options):
    torch.manual_seed(3)
    known = {"hidden_size": 3, "layers": 2, "stem": STEM, "dropout": 0.3}
    config = describe_network("grid", 16, columns=8, classes=3, options=known | options)
    return build_network(config).eval().requires_grad_(requires_grad=False)


def ran(model, rows):
    ready = session(model)
    given = {"rows": rows.numpy(), "lengths": HEIGHTS.numpy()}
    names = [output.name for output in ready.get_outputs()]
    return dict(zip(names, ready.run(None, given), strict=True))


def of_torch(network, rows):
    trace = network.trace(rows, HEIGHTS)
    found = {"logits": trace.logits, "h": trace.h, "probabilities": trace.logits.softmax(1)}
    return found if trace.maps is None else found | {"maps": trace.maps}


@pytest.fixture(scope="module")
def rows():
    films = torch.rand(3, 20, 8, generator=torch.Generator().manual_seed(5))
    for film, height in zip(films, HEIGHTS, strict=True):
        film[height:] = 0
    return films


@pytest.mark.parametrize(("cell", "vertical", "output"), CASES)
def test_that_a_grid_in_a_file_answers_as_torch_does(cell, vertical, output, rows):
    network = build(cell=cell, vertical=vertical, **output)
    expected = of_torch(network, rows)
    bounds = apart(lambda net, films: tuple(of_torch(net, films).values()), network, rows)
    found = ran(grid_graph(network.config, network.options, weights_of(network)), rows)
    assert found.keys() == expected.keys()
    for (name, value), bound in zip(expected.items(), bounds, strict=True):
        assert distance(torch.from_numpy(found[name]), value) <= bound, name


def test_that_eight_bits_of_a_grid_lie_near_it(rows):
    network = build()
    weights = weights_of(network)
    found = ran(grid_graph(network.config, network.options, weights, int8=True), rows)
    left = np.abs(found["h"] - network.trace(rows, HEIGHTS).h.numpy()).max()
    assert 1e-6 < left < 0.02


def test_that_a_file_of_a_grid_says_what_it_gives(grid_bundle):
    bundle = load_bundle(grid_bundle)
    config = exportable_config(bundle.network)
    model = export_model(bundle.info, config, weights_of(bundle.network))
    told = {entry.key: entry.value for entry in model.metadata_props}
    assert json.loads(told["architecture"])["name"] == "grid"
    assert "by_row" not in json.loads(told["units"])
    assert {output.name for output in model.graph.output} == {"logits", "probabilities", "h"}


def test_that_the_command_exports_a_grid(grid_bundle, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.evaluation.exporting._DRAWN", 2)
    words = ["model", "export", grid_bundle, "-o", tmp_path / "grid.onnx"]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    assert "float32" in result.output
    assert onnx.load(tmp_path / "grid.onnx").graph.name == "grid"
