import numpy as np
import pytest

from engine.inspection import aligned, correlations, linear_cka, same_units


@pytest.fixture
def traces():
    """States (60, 8) of units that have nothing to do with each other."""
    return np.random.default_rng(1).normal(size=(60, 8)).astype(np.float32)


def test_that_permuted_and_turned_units_are_recovered_exactly(traces):
    order = np.random.default_rng(2).permutation(8)
    signs = np.array([1, -1, 1, 1, -1, 1, -1, -1], np.float32)
    found = aligned(traces, traces[:, order] * signs)
    assert (order[found.second] == found.first).all()
    assert (signs[found.second] == found.sign).all()
    np.testing.assert_allclose(found.correlation, 1.0, rtol=1e-6)
    assert found.mean_correlation == pytest.approx(1.0)


def test_that_scale_and_offset_of_a_unit_do_not_matter(traces):
    found = aligned(traces, traces * 0.1 + 0.3)
    assert (found.first == found.second).all()
    np.testing.assert_allclose(found.correlation, 1.0, rtol=1e-5)


def test_that_of_two_sizes_all_units_of_the_smaller_network_are_matched(traces):
    found = aligned(traces, traces[:, [6, 2, 4]])
    assert sorted(zip(found.first.tolist(), found.second.tolist(), strict=True)) == [
        (2, 1),
        (4, 2),
        (6, 0),
    ]


def test_that_the_whole_pairing_is_the_best_and_not_each_pair_in_its_turn():
    rng = np.random.default_rng(4)
    base, noise = rng.normal(size=(500, 2)), rng.normal(size=(500, 2))
    first = np.stack((base[:, 0], base[:, 0] + 0.7 * base[:, 1]), axis=1).astype(np.float32)
    second = np.stack((base[:, 0] + 0.3 * noise[:, 0], base[:, 0]), axis=1).astype(np.float32)
    found = aligned(first, second)
    alike = np.abs(correlations(first, second))
    other = alike[0, 1] + alike[1, 0], alike[0, 0] + alike[1, 1]
    assert found.correlation.sum() == pytest.approx(max(other), rel=1e-5)


def test_that_what_pairing_gives_by_chance_is_told(traces):
    same, other = aligned(traces, traces), aligned(traces, np.flip(traces, axis=0))
    assert same.by_chance < 0.5 < same.mean_correlation
    assert other.mean_correlation == pytest.approx(other.by_chance, abs=0.1)


def test_that_many_units_on_few_rows_pair_well_by_chance_and_it_is_told():
    rng = np.random.default_rng(5)
    smooth = np.cumsum(rng.normal(size=(2, 20, 100)), axis=1).astype(np.float32)
    found = aligned(*smooth)
    assert found.mean_correlation > 0.7
    assert found.by_chance > 0.6


def test_that_rows_are_moved_round_within_their_film():
    first = np.repeat([[0.0], [1.0]], 30, axis=0) + 1e-3 * np.arange(60)[:, None] % 0.007
    one_film = aligned(first.astype(np.float32), first.astype(np.float32))
    two_films = aligned(first.astype(np.float32), first.astype(np.float32), (30, 30))
    assert two_films.by_chance > 0.99  # the films differ in the mean, and still do
    assert one_film.by_chance < 0.9
    assert (two_films.films, two_films.rows) == (2, 60)


def test_that_a_unit_that_never_moves_is_like_none(traces):
    traces[:, 3] = 0.25
    assert (correlations(traces, traces)[3] == 0).all()


def test_that_units_of_one_network_are_not_searched_for(traces):
    found = same_units(traces, traces[:, ::-1])
    assert (found.first == found.second).all()
    assert found.by_chance is None
    assert not found.searched


def test_that_cka_is_one_for_states_that_are_turned_moved_and_scaled(traces):
    rng = np.random.default_rng(6)
    turn, _ = np.linalg.qr(rng.normal(size=(8, 8)))
    assert linear_cka(traces, (traces @ turn * 3 + 1).astype(np.float32)) == pytest.approx(1.0)


def test_that_cka_of_unrelated_states_is_about_zero_with_more_units_than_rows():
    rng = np.random.default_rng(7)
    first, second = rng.normal(size=(2, 40, 200)).astype(np.float32)
    assert abs(linear_cka(first, second)) < 0.15


def test_that_cka_is_the_unbiased_estimate_of_its_gram_matrices(traces):
    other = np.tanh(traces[:, :5] + 0.5)

    def hsic(one, two):
        n = len(one)
        k, m = (x @ x.T * (1 - np.eye(n)) for x in (one.astype(float), two.astype(float)))
        ones = np.ones(n)
        both = (ones @ k @ ones) * (ones @ m @ ones) / ((n - 1) * (n - 2))
        return (np.trace(k @ m) + both - 2 / (n - 2) * (ones @ k @ m @ ones)) / (n * (n - 3))

    expected = hsic(traces, other) / np.sqrt(hsic(traces, traces) * hsic(other, other))
    assert linear_cka(traces, other) == pytest.approx(expected, rel=1e-6)


def test_that_cka_is_absent_where_it_cannot_be_told(traces):
    assert linear_cka(traces[:3], traces[:3]) is None
    assert linear_cka(traces, np.ones_like(traces)) is None
