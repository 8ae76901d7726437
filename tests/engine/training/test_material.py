"""What `train` reads before it trains: films and test sets, and what they must not share."""

import numpy as np
import pytest

from engine.errors import DataError
from engine.recipe import recipe_of
from engine.training import Order, read_material
from tests.engine.written_films import write_film, write_folders

TABLE = {
    "name": "tiny",
    "title": "Tiny",
    "version": "1",
    "task": "Noise or noise",
    "intended_use": "Tests",
    "data_source": "Nobody",
    "classes": ["normal", "opacity"],
    "positive": 1,
    "input": {"rows": 8, "columns": 8, "intensity": "rank"},
    "network": {"cell": "gru", "hidden_size": 4},
    "data": {"source": "a test", "licence": "none", "validation": 0.25},
    "training": {"epochs": 1, "batch_size": 4},
}


@pytest.fixture
def read(tmp_path):
    """Reads films and test sets with a recipe that allows some leakage."""

    def build(*sources, allowed=(), cache=tmp_path / "cache"):
        plan = recipe_of(TABLE | {"data": TABLE["data"] | {"allow_leakage": list(allowed)}}, "it")
        data, *tests = sources
        order = Order(
            recipe=plan,
            data=data,
            output=tmp_path / "tiny",
            tests=tuple(tests),
            cache=cache,
            workers=1,
        )
        return read_material(order)

    return build


@pytest.fixture
def films(tmp_path):
    return write_folders(tmp_path / "films", 8)


def test_that_training_films_are_divided(read, films):
    material = read(films)
    assert [len(material.films.where(split)) for split in ("train", "val")] == [12, 4]


def test_that_a_copy_between_training_and_a_test_set_stops_the_training(read, films, tmp_path):
    other = write_folders(tmp_path / "other", 3, seed=1)
    write_film(other / "normal" / "copy.png", seed=0)
    with pytest.raises(DataError, match=r"1 exact copy in .*normal/copy\.png"):
        read(films, other)


def test_that_an_allowed_copy_is_told_in_the_results(read, films, tmp_path):
    other = write_folders(tmp_path / "other", 3, seed=1)
    write_film(other / "normal" / "copy.png", seed=0)
    material = read(films, other, allowed=["exact"])
    assert "1 exact copy" in dict(material.leakage)["shared by splits"]


def test_that_test_sets_of_one_name_are_both_kept(read, films, tmp_path):
    first = write_folders(tmp_path / "a" / "test", 3, seed=1)
    second = write_folders(tmp_path / "b" / "test", 3, seed=2)
    assert [len(one) for one in read(films, first, second).tests.values()] == [6, 6]


def test_that_read_films_are_kept_for_the_next_time(read, films, tmp_path):
    first = read(films)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    np.testing.assert_array_equal(first.films.rows, read(films).films.rows)


def test_that_nothing_is_kept_where_nobody_wants_it(read, films, tmp_path):
    read(films, cache=None)
    assert not (tmp_path / "cache").exists()
