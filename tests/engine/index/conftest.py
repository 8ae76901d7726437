"""A small index of drawn films, made once."""

from dataclasses import replace

import numpy as np
import pytest

import engine
from engine.index import index_films, open_index
from tests.engine.conftest import TINY, build_bundle
from tests.engine.index.drawn_films import write_arrays

FILMS = 40


@pytest.fixture(scope="session")
def both_ways(tmp_path_factory):
    """A bundle that reads in both directions, in two layers."""
    config = replace(TINY, bidirectional=True)
    return build_bundle(tmp_path_factory.mktemp("models") / "both", config)


@pytest.fixture(scope="session")
def reader(both_ways):
    return engine.load(both_ways, "cpu")


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    return write_arrays(tmp_path_factory.mktemp("films") / "films.npz", FILMS)


@pytest.fixture(scope="session")
def traces(reader, source):
    """What the network held over each film, read one by one without an index."""
    images = np.load(source)["images"]
    return [reader.trace(image.astype(np.float32), value_range=(0, 255)) for image in images]


@pytest.fixture(scope="session")
def folder(reader, source, tmp_path_factory):
    """An index; do not change it."""
    place = tmp_path_factory.mktemp("indexes") / "both"
    return index_films(reader, source, place).folder


@pytest.fixture(scope="session")
def index(folder):
    return open_index(folder)
