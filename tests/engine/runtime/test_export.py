"""The ONNX file: what it says of itself, and that it runs where this program is not."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import onnx
import pytest
import torch
from PIL import Image
from typer.testing import CliRunner

from engine import load
from engine.calibration import softmax
from engine.cli import app
from engine.errors import BundleError
from engine.evaluation.exporting import _films
from engine.films import Films
from engine.runtime import (
    MULTIPLIED,
    NOTICE,
    STORED,
    arithmetic,
    config_of,
    export_model,
    quantised,
    session,
    weights_of,
)
from engine.types import RowSequence
from engine.weights import load_bundle
from tests.engine.tolerances import apart, distance

ALONE = """
import sys
sys.modules["engine"] = sys.modules["torch"] = None
import numpy as np, onnxruntime
with np.load(sys.argv[2]) as given:
    rows, lengths = given["rows"], given["lengths"]
model = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
names = [output.name for output in model.get_outputs()]
answers = model.run(None, {"rows": rows, "lengths": lengths})
np.savez(sys.argv[3], **dict(zip(names, answers)))
"""


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["model", "export", *map(str, words)])


def exported(folder, **options):
    bundle = load_bundle(folder)
    return export_model(bundle.info, bundle.config, weights_of(bundle.network), **options)


def properties(model):
    return {entry.key: entry.value for entry in model.metadata_props}


def said(network, rows):
    trace = network.trace(rows)
    expected = expected_of(trace)
    return tuple(expected[name] for name in ("logits", "by_row", "h", "probabilities"))


def expected_of(trace):
    """The outputs of the file, by torch; the answer by row is in probabilities."""
    return {
        "logits": trace.logits,
        "by_row": trace.by_row.softmax(2),
        "h": trace.h,
        "probabilities": trace.logits.softmax(1),
    }


def rows_of(bundle, count=4):
    rng = np.random.default_rng(0)
    return rng.random((count, bundle.config.rows, bundle.config.columns), np.float32)


def test_that_the_file_answers_alone_as_the_network_does(run, tiny_bundle, tmp_path):
    path, bundle = tmp_path / "tiny.onnx", load_bundle(tiny_bundle)
    assert run(tiny_bundle, "-o", path).exit_code == 0
    rows, lengths = rows_of(bundle), np.full(4, bundle.config.rows)
    np.savez(tmp_path / "given.npz", rows=rows, lengths=lengths)
    words = [path, tmp_path / "given.npz", tmp_path / "found.npz"]
    subprocess.run([sys.executable, "-c", ALONE, *map(str, words)], check=True, cwd=tmp_path)
    with torch.no_grad():
        trace = bundle.network.trace(torch.from_numpy(rows))
    with np.load(tmp_path / "found.npz") as found:
        bounds = apart(said, bundle.network, torch.from_numpy(rows))
        for name, bound in zip(("logits", "by_row", "h", "probabilities"), bounds, strict=True):
            expected = expected_of(trace)[name]
            assert distance(found[name], expected) <= bound


def test_that_the_file_says_what_it_is(tiny_bundle):
    bundle = load_bundle(tiny_bundle)
    said = properties(exported(tiny_bundle, data_licence="CC0"))
    assert said["name"] == "tiny"
    assert said["weights_sha256"] == bundle.info.sha256
    assert (said["notice"], said["data_licence"]) == (NOTICE, "CC0")
    assert json.loads(said["classes"]) == list(bundle.info.classes)
    assert json.loads(said["input"])["rows"] == bundle.config.rows
    assert json.loads(said["architecture"]) == json.loads(json.dumps(bundle.config.to_dict()))
    assert said["rows_per_step"] == "2"
    assert said["precision"] == "float32"


def test_that_the_file_says_the_unit_of_every_output_and_how_the_answer_by_row_was_calibrated(
    tiny_bundle,
):
    model = exported(tiny_bundle)
    said = json.loads(properties(model)["units"])
    assert set(said) == {output.name for output in model.graph.output}
    assert said["by_row"].startswith("probability")
    assert not properties(model)["by_row_calibration"]


def test_that_the_file_says_threshold_and_calibration(tiny_bundle):
    bundle = load_bundle(tiny_bundle)
    config, weights = config_of(bundle.network), weights_of(bundle.network)
    known = {"scale": 1.5, "offset": -0.25}
    said = properties(export_model(bundle.info, config, weights, calibration=known))
    assert json.loads(said["threshold"])["value"] == bundle.info.threshold.value
    assert json.loads(said["calibration"]) == known | {"confirmed": None}
    plain = properties(export_model(replace(bundle.info, threshold=None), config, weights))
    assert (plain["threshold"], plain["calibration"]) == ("null", "null")


def test_that_the_file_of_a_calibrated_bundle_gives_its_answer_by_row(run, calibrated, tmp_path):
    path, model = tmp_path / "tiny.onnx", load(calibrated)
    assert run(calibrated, "-o", path).exit_code == 0
    rows = rows_of(load_bundle(calibrated), 1)[0]
    edges = np.arange(len(rows) + 1.0)
    expected = softmax(model.rows.trace(RowSequence(rows, edges)).by_row)
    model = onnx.load(path)
    assert properties(model)["by_row_calibration"] == "drawn numbers"
    given = {"rows": rows[None], "lengths": np.array([len(rows)])}
    found = session(model).run(["by_row", "probabilities"], given)
    np.testing.assert_allclose(found[0][0], expected, atol=1e-5)
    np.testing.assert_allclose(found[0][0, -1], found[1][0], atol=1e-6)


def test_that_the_weights_are_inside_the_file(tiny_bundle):
    kinds = {weight.data_location for weight in exported(tiny_bundle).graph.initializer}
    assert kinds == {onnx.TensorProto.DEFAULT}


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("both", [False, True])
def test_that_eight_bits_are_close_and_give_states_and_answers_by_row(make_bundle, cell, both):
    folder = make_bundle(cell=cell, bidirectional=both, hidden_size=24)
    bundle = load_bundle(folder)
    rows = rows_of(bundle)
    given = {"rows": rows, "lengths": np.full(len(rows), rows.shape[1])}
    exact, rounded = (
        session(exported(folder, int8=int8)).run(["logits", "by_row", "h"], given)
        for int8 in (False, True)
    )
    most = MULTIPLIED if cell == "lstm" else STORED

    def rounded_by(numbers):
        """Rounding is off by any share of half a step, so by 1/√3 of it in the mean square."""
        return numbers.abs().amax(dim=-1, keepdim=True) / (2 * most) / 3**0.5

    bounds = apart(said, bundle.network, torch.from_numpy(rows), by=rounded_by)
    for expected, found, bound in zip(exact, rounded, bounds, strict=False):
        assert 0 < distance(expected, found) <= bound


@pytest.mark.parametrize("cell", ["rnn", "gru"])
@pytest.mark.parametrize("both", [False, True])
def test_that_weights_in_eight_bits_are_rounded_and_nothing_else(make_bundle, cell, both):
    folder = make_bundle(cell=cell, bidirectional=both, hidden_size=24)
    network = load_bundle(folder).network
    rows = rows_of(load_bundle(folder))
    given = {"rows": rows, "lengths": np.full(len(rows), rows.shape[1])}
    found = session(exported(folder, int8=True)).run(["logits", "by_row", "h"], given)
    for name, weight in network.recurrent.named_parameters():
        if "weight" in name:
            numbers, scale = quantised(weight.detach().numpy())
            weight.data = torch.from_numpy(numbers * scale[:, None])
    with torch.no_grad():
        expected = said(network, torch.from_numpy(rows))
    bounds = apart(said, network, torch.from_numpy(rows))
    assert all(
        distance(*pair) <= bound for *pair, bound in zip(found, expected, bounds, strict=False)
    )


def test_that_two_products_of_bytes_fit_in_sixteen_bits(make_bundle):
    """Processors with AVX2 and without VNNI cut off what does not fit, without a word."""
    graph = exported(make_bundle(cell="lstm"), int8=True).graph
    names = [n.input[1:3] for n in graph.node if n.op_type == "DynamicQuantizeLSTM"]
    known = {weight.name: onnx.numpy_helper.to_array(weight) for weight in graph.initializer}
    for name in np.concatenate(names):
        assert 2 * 255 * int(np.abs(known[name].astype(int)).max()) < 2**15


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_that_eight_bits_need_about_a_quarter_of_the_space(make_bundle, cell):
    folder = make_bundle(cell=cell, hidden_size=96, stem=())
    exact, rounded = (exported(folder, int8=int8).ByteSize() for int8 in (False, True))
    assert rounded < 0.35 * exact


def test_that_only_an_lstm_computes_in_integers(make_bundle):
    kinds = {
        cell: {
            node.op_type for node in exported(make_bundle(cell, cell=cell), int8=True).graph.node
        }
        for cell in ("lstm", "gru")
    }
    assert "DynamicQuantizeLSTM" in kinds["lstm"]
    assert {"GRU", "DequantizeLinear"} <= kinds["gru"]


@pytest.mark.parametrize(("cell", "words"), [("lstm", "products"), ("gru", "float32")])
def test_that_it_is_said_what_is_computed_in_integers(make_bundle, cell, words):
    assert words in arithmetic(load_bundle(make_bundle(cell=cell)).config)


def test_that_a_network_with_other_parts_is_refused_in_words(tiny_bundle):
    bundle = load_bundle(tiny_bundle)
    weights = weights_of(bundle.network) | {"more": np.zeros(1, np.float32)}
    with pytest.raises(BundleError, match="cannot be exported"):
        export_model(bundle.info, bundle.config, weights)


def test_that_the_command_compares_in_a_table(run, tiny_bundle, tmp_path):
    result = run(tiny_bundle, "-o", tmp_path / "tiny.onnx", "--int8")
    assert result.exit_code == 0, result.output
    for words in ("torch", "float32", "int8", "changed", "on 32 phantoms"):
        assert words in result.output
    assert properties(onnx.load(tmp_path / "tiny.onnx"))["precision"] == "int8"


def test_that_the_command_measures_accuracy_where_films_have_labels(run, tiny_bundle, tmp_path):
    rng = np.random.default_rng(0)
    for place in ("normal", "pneumonia"):
        (tmp_path / "films" / place).mkdir(parents=True)
        for number in range(2):
            values = rng.integers(0, 255, (20, 20), dtype=np.uint8)
            Image.fromarray(values).save(tmp_path / "films" / place / f"{number}.png")
    result = run(tiny_bundle, "-o", tmp_path / "tiny.onnx", "--data", tmp_path / "films")
    assert result.exit_code == 0, result.output
    assert "accuracy" in result.output
    assert "tiny.onnx on 4 films of films" in result.output


def test_that_films_are_read_without_the_zeros_behind_their_ends(tiny_bundle, monkeypatch):
    names = np.array(["a", "b"])
    films = Films(
        rows=np.ones((2, 16, 12), np.float16),
        labels=np.array([0, 1]),
        splits=np.array(["test", "test"]),
        patients=names,
        names=names,
        findings=np.full((2, 2), np.nan),
        heights=np.array([16, 10]),
    )
    monkeypatch.setattr("engine.evaluation.exporting.films_for", lambda *_, **__: films)
    rows, labels = _films(load_bundle(tiny_bundle), tiny_bundle)
    assert ([len(film) for film in rows], labels.tolist()) == ([16, 10], [0, 1])


def test_that_nothing_is_written_if_the_films_are_not_there(run, tiny_bundle, tmp_path):
    result = run(tiny_bundle, "-o", tmp_path / "tiny.onnx", "--data", tmp_path / "nowhere")
    assert (result.exit_code, (tmp_path / "tiny.onnx").exists()) == (1, False)
    assert "is not there" in result.output
