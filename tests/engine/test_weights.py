import hashlib
import json
import pickle
import struct
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.errors import BundleError
from engine.weights import load_bundle, save_bundle

HEAD = "network.head.weight"


def weights(folder):
    return folder / "model.safetensors"


def tamper(folder, name, change):
    """Store the weights again with one tensor changed, added, or (None) left out."""
    tensors = load_file(weights(folder))
    value = change(tensors.pop(name, None))
    if value is not None:
        tensors[name] = value.contiguous()
    save_file(tensors, weights(folder))


def put_nan(value):
    value.view(-1)[0] = torch.nan
    return value


def test_that_a_bundle_answers_as_the_network_that_was_saved(parts, tmp_path):
    network, rest = parts
    save_bundle(tmp_path / "model", network, **rest)
    rows = torch.rand(4, 16, 12)
    with torch.no_grad():
        assert torch.equal(load_bundle(tmp_path / "model").network(rows), network.eval()(rows))


def test_that_saving_leaves_the_network_in_its_mode(parts, tmp_path):
    network, rest = parts
    save_bundle(tmp_path / "model", network.train(), **rest)
    assert network.training


def test_that_statistics_come_back_as_they_were(parts, tmp_path):
    network, rest = parts
    save_bundle(tmp_path / "model", network, **rest)
    loaded, given = load_bundle(tmp_path / "model").statistics, rest["statistics"]
    for name in ("mean_image", "state_mean", "state_std", "norm_mean", "norm_std"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(given, name))
    assert (loaded.influence_limit, loaded.count) == (pytest.approx(1.3), 100)


def test_that_loading_draws_no_random_numbers(tiny_bundle):
    before = torch.get_rng_state()
    load_bundle(tiny_bundle)
    assert torch.equal(torch.get_rng_state(), before)


def test_that_a_loaded_network_is_in_evaluation_mode_without_gradients(tiny_bundle):
    network = load_bundle(tiny_bundle).network
    assert not network.training
    assert not any(weight.requires_grad for weight in network.parameters())


def test_that_the_hash_is_that_of_the_weights_file(tiny_bundle):
    digest = hashlib.sha256(weights(tiny_bundle).read_bytes()).hexdigest()
    assert load_bundle(tiny_bundle).info.sha256 == digest


def test_that_statistics_of_another_shape_are_not_saved(parts, tmp_path):
    network, rest = parts
    wrong = replace(rest["statistics"], mean_image=np.zeros((8, 8), np.float32))
    with pytest.raises(BundleError, match="do not fit the network"):
        save_bundle(tmp_path / "model", network, **(rest | {"statistics": wrong}))
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        (HEAD, lambda value: value.T, "wrong shape or type"),
        (HEAD, lambda value: value.double(), "wrong shape or type"),
        (HEAD, lambda value: None, "does not hold what the architecture implies: network.head"),
        (HEAD, lambda value: value + 0.1, "fails its self-test"),
        (HEAD, put_nan, "“network.head.weight” is not finite"),
        ("statistics.state_std", put_nan, "“statistics.state_std” is not finite"),
        ("statistics.count", lambda value: value.float(), "wrong shape or type"),
        ("network.extra", lambda value: torch.zeros(2), "implies: network.extra"),
        ("selftest.logits", lambda value: value + 0.01, "fails its self-test"),
        ("selftest.rows", lambda value: None, "implies: selftest.rows"),
    ],
)
def test_that_a_changed_tensor_is_refused(own_bundle, name, change, sentence):
    tamper(own_bundle, name, change)
    with pytest.raises(BundleError, match=sentence):
        load_bundle(own_bundle)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a valid safetensors file"),
        (pickle.dumps({"network": 1}), "1 MiB|not a valid"),
        (struct.pack("<Q", 2**20 + 1) + b"{}", "header of more than 1 MiB"),
        (struct.pack("<Q", 2) + b"[]", "not a valid safetensors file"),
        (struct.pack("<Q", 2) + b"{}", "does not hold what the architecture implies"),
        (struct.pack("<Q", 7) + b'{"a":1}', "not a valid safetensors file"),
    ],
)
def test_that_a_file_that_is_no_safetensors_is_refused(own_bundle, content, sentence):
    weights(own_bundle).write_bytes(content)
    with pytest.raises(BundleError, match=sentence):
        load_bundle(own_bundle)


def test_that_a_cut_file_is_refused(own_bundle):
    content = weights(own_bundle).read_bytes()
    weights(own_bundle).write_bytes(content[:-100])
    with pytest.raises(BundleError, match="not a valid safetensors file"):
        load_bundle(own_bundle)


def test_that_a_pickle_is_never_executed(own_bundle, tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    torch.save({"network.head.weight": Trap()}, weights(own_bundle))
    with pytest.raises(BundleError):
        load_bundle(own_bundle)
    assert not (tmp_path / "sprung").exists()


def test_that_an_enormous_architecture_is_refused_before_it_takes_memory(own_bundle):
    path = own_bundle / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    values["architecture"] |= {"hidden_size": 4096, "layers": 16}
    path.write_text(json.dumps(values), "utf-8")
    with pytest.raises(BundleError, match="too large: it has 1,561 million parameters"):
        load_bundle(own_bundle)
