"""Weights files that lie, and networks that are made to answer with nonsense."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from engine import load
from engine.errors import BundleError, InferenceError
from engine.weights import load_bundle, save_bundle
from tests.engine.bundle_parts import read_header, weights_of, write_header

HEAD = "network.head.weight"
INVALID = r"tiny/model\.safetensors is not a valid safetensors file"


def tamper(folder, name, value):
    """Store the weights again with one tensor replaced, without their hash."""
    tensors = load_file(weights_of(folder))
    save_file(tensors | {name: value}, weights_of(folder))


def overlapping(header, body):
    first, second = list(header)[1:3]
    header[second]["data_offsets"] = header[first]["data_offsets"]
    return header, body


def with_a_gap(header, body):
    last = max((e for n, e in header.items() if n[0] != "_"), key=lambda e: e["data_offsets"])
    last["data_offsets"] = [offset + 4 for offset in last["data_offsets"]]
    return header, body + bytes(4)


def beyond_the_end(header, body):
    begin, end = header[HEAD]["data_offsets"]
    header[HEAD]["data_offsets"] = [begin + 10**15, end + 10**15]
    return header, body


def with_negative_offsets(header, body):
    header[HEAD]["data_offsets"] = [-48, 0]
    return header, body


def with_offsets_backwards(header, body):
    header[HEAD]["data_offsets"] = header[HEAD]["data_offsets"][::-1]
    return header, body


def too_short_for_its_type(header, body):
    header[HEAD]["data_offsets"][1] -= 24
    return header, body


def with_bytes_behind(header, body):
    return header, body + b"#!/bin/sh"


def with_a_fraction_for_a_size(header, body):
    header[HEAD]["shape"] = [2.0, 6]
    return header, body


def with_truth_for_a_size(header, body):
    header[HEAD]["shape"] = [2, True]
    return header, body


def with_another_key(header, body):
    header[HEAD]["strides"] = [6, 1]
    return header, body


def with_a_list_for_a_tensor(header, body):
    header[HEAD] = ["F32", [2, 6], [0, 48]]
    return header, body


def with_strange_notes(header, body):
    header["__metadata__"] = {"command": "os.system"}
    return header, body


def with_notes_that_are_no_table(header, body):
    header["__metadata__"] = [1]
    return header, body


def with_a_name_twice(header, body):
    text = json.dumps(header)
    entry = json.dumps({HEAD: header[HEAD]})[1:-1]
    return text[:-1] + ", " + entry + "}", body


def with_a_space_before(header, body):
    return " " + json.dumps(header), body


@pytest.mark.parametrize(
    "lie",
    [
        overlapping,
        with_a_gap,
        beyond_the_end,
        with_negative_offsets,
        with_offsets_backwards,
        too_short_for_its_type,
        with_bytes_behind,
        with_a_fraction_for_a_size,
        with_another_key,
        with_a_list_for_a_tensor,
        with_strange_notes,
        with_notes_that_are_no_table,
        with_truth_for_a_size,
        with_a_name_twice,
        with_a_space_before,
    ],
)
def test_that_a_header_that_lies_is_refused(own_bundle, lie):
    write_header(own_bundle, *lie(*read_header(own_bundle)))
    with pytest.raises(BundleError, match=INVALID):
        load_bundle(own_bundle)


@pytest.mark.parametrize("kind", ["F16", "F64", "BOOL", "F32 ", "", None, ["F32"]])
def test_that_another_type_is_refused(own_bundle, kind):
    header, body = read_header(own_bundle)
    header[HEAD]["dtype"] = kind
    write_header(own_bundle, header, body)
    with pytest.raises(BundleError, match=r"“network\.head\.weight” has the wrong shape or type"):
        load_bundle(own_bundle)


def test_that_a_header_that_ends_behind_the_file_is_refused(own_bundle):
    weights_of(own_bundle).write_bytes((1000).to_bytes(8, "little") + b"{}")
    with pytest.raises(BundleError, match=INVALID):
        load_bundle(own_bundle)


def test_that_a_header_may_say_which_library_wrote_it_and_be_padded(own_bundle):
    header, body = read_header(own_bundle)
    header["__metadata__"] = {"format": "pt"}
    write_header(own_bundle, json.dumps(header) + "   ", body)
    assert load_bundle(own_bundle).info.name == "tiny"


def test_that_a_single_flipped_bit_is_found(own_bundle):
    data = bytearray(weights_of(own_bundle).read_bytes())
    data[-100] ^= 1
    weights_of(own_bundle).write_bytes(data)
    with pytest.raises(BundleError, match="is damaged: its tensors are not what was saved"):
        load_bundle(own_bundle)


def test_that_a_bundle_without_the_hash_of_its_tensors_is_read(own_bundle):
    save_file(load_file(weights_of(own_bundle)), weights_of(own_bundle))
    assert load_bundle(own_bundle).info.name == "tiny"


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -torch.inf])
@pytest.mark.parametrize(
    "name", [HEAD, "statistics.mean_image", "statistics.influence_limit", "selftest.logits"]
)
def test_that_a_number_that_is_not_finite_is_refused(own_bundle, name, value):
    tensor = load_file(weights_of(own_bundle))[name]
    tamper(own_bundle, name, torch.full_like(tensor, value))
    with pytest.raises(BundleError, match=f"“{name}” is not finite"):
        load_bundle(own_bundle)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statistics.state_std", -0.1),
        ("statistics.norm_std", -0.1),
        ("statistics.norm_mean", -0.1),
        ("statistics.influence_limit", -1.0),
        ("statistics.count", 0),
        ("statistics.count", -(2**63)),
        ("statistics.mean_image", -0.1),
        ("statistics.mean_image", 1.1),
        ("selftest.rows", 2.0),
    ],
)
def test_that_values_that_cannot_be_are_refused(own_bundle, name, value):
    tensor = load_file(weights_of(own_bundle))[name]
    tamper(own_bundle, name, torch.full_like(tensor, value))
    with pytest.raises(BundleError, match=f"“{name}” holds values that cannot be"):
        load_bundle(own_bundle)


def test_that_statistics_that_cannot_be_are_not_saved_as_a_model(parts, tmp_path):
    network, rest = parts
    wrong = replace(rest["statistics"], count=0)
    with pytest.raises(BundleError, match=r"statistics\.count"):
        save_bundle(tmp_path / "model", network, **(rest | {"statistics": wrong}))


def test_that_extreme_weights_end_in_no_answer_and_never_in_a_class(parts, tmp_path, make_frame):
    network, rest = parts
    black = replace(rest["statistics"], mean_image=np.zeros((16, 12), np.float32))
    for weight in network.parameters():  # finite, and zero times it is zero: the self-test passes
        signs = torch.ones_like(weight.data).flatten()
        signs[::2] = -1
        weight.data = (3e38 * signs if weight.dim() > 1 else 0 * signs).view_as(weight)
    save_bundle(tmp_path / "model", network, **(rest | {"statistics": black}))
    frame = make_frame(np.random.default_rng(0).integers(0, 4096, (40, 30)), modality="CR")
    with pytest.raises(InferenceError, match="gave no usable answer"):
        load(tmp_path / "model").analyse(frame)


def test_that_log_odds_beyond_all_numbers_are_no_answer(own_bundle, make_frame):
    model = load(own_bundle)
    head = model.network.head
    head.weight.zero_()
    head.bias.copy_(torch.tensor([-3e38, 3e38]))  # probabilities 0 and 1, log-odds infinite
    frame = make_frame(np.random.default_rng(0).integers(0, 4096, (40, 30)), modality="CR")
    with pytest.raises(InferenceError, match="gave no usable answer"):
        model.analyse(frame)


def test_that_a_network_of_zeros_is_a_network(own_bundle):
    """The self-test finds damage; it cannot tell whether a model is any good."""
    tensors = load_file(weights_of(own_bundle))
    for name, value in tensors.items():
        if name.startswith(("network.", "selftest.")):
            value.zero_()
    save_file(tensors, weights_of(own_bundle))
    assert load_bundle(own_bundle).info.name == "tiny"
