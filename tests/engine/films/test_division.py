"""Splits and folds by patient."""

import numpy as np
import pytest

from engine.errors import DataError
from engine.films import divide, folds
from engine.recipe import Data
from tests.engine.written_films import films_of

PARTS = ("train", "val", "test")


def drawn(seed, *, patients=300, classes=3):
    """Patients of one to thirty films, most of them few, some with films of two classes."""
    rng = np.random.default_rng(seed)
    whose, labels = [], []
    for patient in range(patients):
        label = int(rng.choice(classes, p=[0.6, 0.3, 0.1]))
        count = min(int(rng.geometric(0.3)), 30)
        for _ in range(count):
            whose.append(f"p{patient}")
            labels.append(label if rng.random() < 0.9 else int(rng.integers(classes)))
    return films_of(whose, labels)


@pytest.mark.parametrize("seed", range(4))
def test_that_shares_of_classes_agree_in_all_splits(seed):
    films = drawn(seed)
    divided = divide(films, Data("", "", validation=0.15, test=0.2), seed=seed)
    for label in range(3):
        shares = [np.mean(divided.splits[films.labels == label] == part) for part in PARTS]
        np.testing.assert_allclose(shares, [0.65, 0.15, 0.2], atol=0.02)


@pytest.mark.parametrize("seed", range(4))
def test_that_patients_of_many_films_are_in_every_split(seed):
    films = drawn(seed)
    divided = divide(films, Data("", "", validation=0.2, test=0.2), seed=seed)
    sizes = dict(zip(*np.unique(films.patients, return_counts=True), strict=True))
    for part in PARTS:
        assert max(sizes[one] for one in divided.patients[divided.where(part)]) >= 8


def test_that_another_seed_divides_differently():
    films, plan = drawn(0), Data("", "", validation=0.2)
    one, other = (divide(films, plan, seed=seed) for seed in (1, 2))
    assert (one.splits != other.splits).mean() > 0.1


def test_that_the_order_of_films_does_not_matter():
    films, plan = drawn(0), Data("", "", validation=0.2)
    order = np.random.default_rng(5).permutation(len(films))
    divided, mixed = divide(films, plan, seed=1), divide(films.take(order), plan, seed=1)
    np.testing.assert_array_equal(divided.splits[order], mixed.splits)


def test_that_a_rare_class_is_in_every_split():
    films = films_of([f"p{n}" for n in range(100)], [0] * 97 + [1] * 3)
    divided = divide(films, Data("", "", validation=0.05, test=0.05), seed=0)
    assert [set(divided.labels[divided.where(part)]) for part in PARTS] == [{0, 1}] * 3


def test_that_a_class_of_too_few_patients_is_named():
    films = films_of([*(f"p{n}" for n in range(50)), "rare", "rare"], [0] * 50 + [1, 1])
    plan = Data("", "", folders=("normal", "effusion"), validation=0.2)
    with pytest.raises(DataError, match=r"“effusion” are too few \(1\) for 2 parts"):
        divide(films, plan, seed=0)


def test_that_films_are_left_alone_where_nothing_is_held_out():
    films = films_of(list("ab"), [0, 1], ["train", "val"])
    assert list(divide(films, Data("", ""), seed=0).splits) == ["train", "val"]


@pytest.mark.parametrize("blocks", [False, True])
def test_that_folds_hold_every_training_film_once(blocks):
    films = divide(drawn(0), Data("", "", validation=0.2), seed=0)
    found = folds(films, 5, seed=0, blocks=blocks)
    np.testing.assert_array_equal(np.sort(np.concatenate(found)), films.where("train"))


@pytest.mark.parametrize("blocks", [False, True])
def test_that_no_patient_is_in_two_folds(blocks):
    films = drawn(1)
    found = [set(films.patients[fold]) for fold in folds(films, 5, seed=0, blocks=blocks)]
    assert sum(map(len, found)) == len(set.union(*found))


@pytest.mark.parametrize("seed", range(3))
def test_that_folds_have_equal_shares_of_every_class(seed):
    films = drawn(seed)
    counts = np.bincount(films.labels)
    for fold in folds(films, 5, seed=seed):
        shares = np.bincount(films.labels[fold], minlength=3) / counts
        np.testing.assert_allclose(shares, 0.2, atol=0.05)


def test_that_blocks_are_neighbours_in_natural_order():
    names = [f"person{number}" for number in range(1, 13)]
    films = films_of(names[::-1], [0] * 12)
    found = [set(films.patients[fold]) for fold in folds(films, 3, seed=0, blocks=True)]
    assert found == [set(names[:4]), set(names[4:8]), set(names[8:])]


def test_that_every_block_has_films_of_every_class():
    names = [f"a{number}" for number in range(30)] + [f"b{number}" for number in range(30)]
    films = films_of(names, [0] * 30 + [1] * 30)
    for fold in folds(films, 3, seed=0, blocks=True):
        assert list(np.bincount(films.labels[fold])) == [10, 10]


def test_that_more_folds_than_patients_are_refused():
    films = films_of(list("abcd"), [0, 0, 1, 1])
    with pytest.raises(DataError, match=r"too few \(2\) for 3 parts"):
        folds(films, 3, seed=0)
