import json
import subprocess
import sys
from dataclasses import replace

import pytest

from engine.bundle import list_models, read_metadata
from engine.errors import BundleError
from engine.weights import save_bundle


def change(folder, *keys, to):
    path = folder / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    table = values
    for key in keys[:-1]:
        table = table[key]
    if to is None:
        del table[keys[-1]]
    else:
        table[keys[-1]] = to
    path.write_text(json.dumps(values), "utf-8")


def test_that_everything_that_was_written_is_read(tiny_bundle):
    info = read_metadata(tiny_bundle)
    assert (info.name, info.title, info.version) == ("tiny", "Tiny model", "1.2.3")
    assert (info.classes, info.positive) == (("normal", "pneumonia"), 1)
    assert (info.layers, info.directions, info.hidden_size, info.steps) == (2, 1, 6, 8)
    assert info.architecture == "1 convolution, GRU 2 × 6, mean"
    assert info.threshold.sensitivity == pytest.approx(0.95)
    assert info.results == (("AUC", "0.97 (0.95–0.98)"),)


def test_that_metadata_of_before_the_aspect_stretch_films(own_bundle):
    change(own_bundle, "network_data_format", "inputs", "aspect", to=None)
    found = read_metadata(own_bundle).input
    assert (found.aspect, found.rows_multiple) == ("stretch", 2)


def test_that_a_kept_aspect_is_stored_and_the_multiple_follows_from_the_network(parts, tmp_path):
    network, rest = parts
    free = replace(rest["description"].input, aspect="keep", rows_multiple=2)
    rest["description"] = replace(rest["description"], input=free)
    assert save_bundle(tmp_path / "free", network, **rest).input == free


def test_that_films_in_other_steps_than_the_networks_are_refused(parts, tmp_path):
    network, rest = parts
    odd = replace(rest["description"].input, aspect="keep", rows_multiple=3)
    rest["description"] = replace(rest["description"], input=odd)
    with pytest.raises(BundleError, match="multiples of 3 rows, but the network reads 2"):
        save_bundle(tmp_path / "free", network, **rest)


def test_that_a_model_is_found_by_name(tiny_bundle, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_MODELS", str(tiny_bundle.parent))
    assert read_metadata("tiny").path == tiny_bundle


def test_that_an_unknown_model_is_refused_with_the_known_ones(tiny_bundle, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_MODELS", str(tiny_bundle.parent))
    with pytest.raises(BundleError, match=r"no model “nothing”; known models: .*tiny"):
        read_metadata("nothing")


def test_that_the_list_leaves_broken_bundles_out(make_bundle, tmp_path):
    for name in ("b", "a", "broken"):
        make_bundle(name)
    change(tmp_path / "broken", "title", to=5)
    assert [info.name for info in list_models(tmp_path)] == ["a", "b"]


def test_that_a_missing_folder_holds_no_models(tmp_path):
    assert list_models(tmp_path / "nothing") == ()


def test_that_listing_models_does_not_load_torch(tiny_bundle):
    code = (
        "import sys, pathlib, engine;"
        f"assert engine.list_models(pathlib.Path({str(tiny_bundle.parent)!r}));"
        "assert 'torch' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("keys", "to", "sentence"),
    [
        (("title",), 5, "tiny/metadata.json: “title” must be a text"),
        (("title",), None, "“title” is missing"),
        (("titel",), "x", "unknown key “titel”"),
        (("format",), 2, "“format” must be"),
        (("training",), [], "“training” must be a table"),
        (("eval_metrics",), [["AUC", 0.9]], "“eval_metrics” must be a list of pairs"),
        (("threshold", "value"), 1.5, "“threshold”: “value” must be a number from 0 to 1"),
        (("threshold", "note"), "x", "“threshold”: unknown key “note”"),
        (("architecture", "cell"), "os.system", "“architecture”: “cell” must be one of"),
        (("architecture", "rows"), 32, "“rows” must be a whole number from 32 to 32"),
        (("architecture", "band"), 3, "cannot be divided"),
        (("network_data_format", "inputs", "intensity"), "eval", "“intensity” must be one of"),
        (("network_data_format", "inputs", "aspect"), "free", "“aspect” must be one of"),
        (("network_data_format", "inputs", "rows_multiple"), 2, "unknown key “rows_multiple”"),
        (("network_data_format", "inputs", "modalities"), [3], "“modalities” must be a list"),
        (("network_data_format", "outputs", "classes"), ["a"], "“classes” must be 2 names"),
        (("network_data_format", "outputs", "classes"), ["a", "a"], "without repetition"),
        (("network_data_format", "outputs", "positive"), 2, "“positive” must be"),
        (("network_data_format", "more"), 1, "unknown key “more”"),
    ],
)
def test_that_a_wrong_key_is_refused_with_file_and_key(own_bundle, keys, to, sentence):
    change(own_bundle, *keys, to=to)
    with pytest.raises(BundleError, match=sentence):
        read_metadata(own_bundle)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not valid JSON"),
        (b"[1]", "must be a table"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"format": NaN}', "finite"),
        (b'{"format": 1e999}', "finite"),
        (b" " * (2**20 + 1), "larger than 1 MiB"),
    ],
)
def test_that_a_file_that_is_no_metadata_is_refused(own_bundle, content, sentence):
    (own_bundle / "metadata.json").write_bytes(content)
    with pytest.raises(BundleError, match=sentence):
        read_metadata(own_bundle)


def test_that_missing_weights_are_refused(own_bundle):
    (own_bundle / "model.safetensors").unlink()
    with pytest.raises(BundleError, match=r"tiny/model\.safetensors cannot be read"):
        read_metadata(own_bundle)
