"""Matrices of a network with their spectra, held against what is known of made ones."""

import numpy as np
import pytest
import torch

import engine
from engine.errors import InferenceError
from engine.inspection import MatrixName, named_matrices, weight_map, weight_maps
from engine.network import build_network
from engine.weights import save_bundle
from tests.engine.conftest import TINY, describe, measure

HIDDEN, INPUT = "recurrent.0.weight_hh_l0", "recurrent.0.weight_ih_l0"


@pytest.fixture
def saved(tmp_path):
    """Writes a bundle of TINY with some of its weights put in."""

    def save(config=TINY, **weights):
        network = build_network(config)
        state = network.state_dict()
        for name, values in weights.items():
            state[name].copy_(torch.as_tensor(values))
        folder = tmp_path / "made"
        given = {"description": describe(config), "statistics": measure(config), "card": "# M\n"}
        save_bundle(folder, network, **given)
        return folder

    return save


def blocks(*parts):
    return np.concatenate(parts).astype(np.float32)


def test_that_each_gate_is_the_block_that_torch_multiplies_for_it(saved):
    size = TINY.hidden_size
    folder = saved(**{HIDDEN: blocks(*(np.full((size, size), one) for one in (1, 2, 3)))})
    for gate, value in zip("rzn", (1, 2, 3), strict=True):
        assert (weight_map(folder, HIDDEN, gate).values == value).all()
    assert weight_map(folder, HIDDEN).values.shape == (3 * size, size)


def test_that_the_spectrum_of_a_turn_lies_on_the_unit_circle(saved):
    size = TINY.hidden_size
    turn = np.kron(np.eye(size // 2), [[0, -1], [1, 0]])
    folder = saved(**{HIDDEN: blocks(turn, 0.5 * np.eye(size), 2 * turn)})
    r, z, n = (weight_map(folder, HIDDEN, gate) for gate in "rzn")
    np.testing.assert_allclose(np.abs(r.eigenvalues), 1, atol=1e-6)
    assert (r.eigenvalues.imag[0] > 0.9, z.eigenvalues.imag.any()) == (True, False)
    assert (r.radius, z.radius, n.radius) == pytest.approx((1, 0.5, 2))
    np.testing.assert_allclose(n.singular, 2, atol=1e-6)
    assert n.norm == pytest.approx(2 * np.sqrt(size))
    assert n.rank == pytest.approx(size)


def test_that_a_matrix_of_rank_one_counts_for_one(saved):
    size = TINY.hidden_size
    one = np.outer(np.arange(1, size + 1), np.ones(size))
    folder = saved(**{HIDDEN: blocks(one, one, one)})
    assert weight_map(folder, HIDDEN, "z").rank == pytest.approx(1)
    zero = saved(**{HIDDEN: blocks(0 * one, one, one)})
    assert weight_map(zero, HIDDEN, "r").rank is None
    assert weight_map(zero, HIDDEN, "r").limit == 0


def test_that_only_what_is_multiplied_again_has_eigenvalues(tiny_bundle):
    maps = weight_maps(tiny_bundle)
    turned = {one for one, found in maps.items() if len(found.eigenvalues)}
    assert turned == {
        MatrixName(f"recurrent.{layer}.weight_hh_l0", gate)
        for layer in range(TINY.layers)
        for gate in "rzn"
    }
    assert all(found.meaning is None for one, found in maps.items() if one not in turned)


def test_that_the_recurrent_matrix_of_a_plain_cell_has_eigenvalues_as_a_whole(make_bundle):
    folder = make_bundle(cell="rnn")
    found = weight_map(folder, HIDDEN)
    values = engine.load(folder, "cpu").network.state_dict()[HIDDEN].numpy()
    expected = np.sort(np.abs(np.linalg.eigvals(values.astype(float))))[::-1]
    np.testing.assert_allclose(np.abs(found.eigenvalues), expected, atol=1e-6)
    assert not found.gated
    assert "no proof" in found.meaning


@pytest.mark.parametrize(("factor", "word"), [(0.5, "fade"), (2.0, "grow")])
def test_that_the_words_of_a_radius_say_what_it_is_not(saved, factor, word):
    part = factor * np.eye(TINY.hidden_size)
    said = weight_map(saved(**{HIDDEN: blocks(part, part, part)}), HIDDEN, "z").meaning
    assert word in said
    assert "does not say how long" in said


def test_that_a_convolution_is_laid_out_flat(tiny_bundle):
    found = weight_map(tiny_bundle, "stem.0.convolution.weight")
    assert found.values.shape == (4, 9)
    kernel = engine.load(tiny_bundle, "cpu").network.state_dict()["stem.0.convolution.weight"]
    np.testing.assert_array_equal(found.values, kernel.reshape(4, 9).numpy())


def test_that_every_matrix_is_named_once_and_none_that_is_no_matrix(tiny_bundle):
    names = named_matrices(tiny_bundle)
    assert [one.name.partition(".")[0] for one in names][:: len(names) - 1] == ["stem", "head"]
    assert len(names) == len(set(names)) == len(weight_maps(tiny_bundle))
    state = engine.load(tiny_bundle, "cpu").network.state_dict()
    assert {one.name for one in names} == {n for n, values in state.items() if values.ndim > 1}


@pytest.mark.parametrize(("name", "gate"), [("head.bias", ""), (HIDDEN, "i"), ("nothing", "")])
def test_that_a_matrix_that_is_not_there_is_refused_by_name(tiny_bundle, name, gate):
    with pytest.raises(InferenceError, match=name):
        weight_map(tiny_bundle, name, gate)
