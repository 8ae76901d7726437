"""An index that was really made: what the window gets of it, and Python that makes it again."""

import shutil
from types import SimpleNamespace

import numpy as np
import pytest

import engine
from engine.imaging import film_key, read_frame, read_image
from engine.index import (
    ToIndex,
    find_summary,
    from_films,
    map_index,
    open_index,
    project_index,
    search_index,
    show_stretches,
    summarise_index,
)
from tests.engine.written_films import write_film
from tests.viewer.inspect.taken_python import reproduces
from viewer.inspect.find_page import take_find
from viewer.inspect.similar import take_matches
from viewer.session.searching import Stretch


@pytest.fixture(scope="module")
def model():
    return engine.load("digits")


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    paths = [folder / f"{place}.png" for place in range(5)]
    for seed, path in enumerate(paths):
        write_film(path, seed=seed, size=(28, 28))
    return paths


@pytest.fixture(scope="module")
def folder(model, films, tmp_path_factory):
    place = tmp_path_factory.mktemp("indexes") / "digits"
    from_films(model, [ToIndex(path, 0, path.stem) for path in films], place)
    points = np.random.default_rng(0).normal(size=(5 * 28, 2)).astype(np.float32)
    np.save(place / "umap.npy", points)  # stands for a map that was made before
    return place


def key(path):
    return film_key(read_frame(read_image(path)))


def searching_of(model, film, folder, stretch, *, kind="pca", changed=None):
    """A session's searching, of what the engine says."""
    trace = model.trace(film)
    index = summarise_index(folder)
    states = (changed.trace if changed is not None else trace).h[index.layer]
    cloud = index.cloud if kind == "pca" else map_index(folder, folder / "progress")
    plane = SimpleNamespace(
        cloud=cloud,
        kind=kind,
        path=project_index(folder, trace.h[index.layer], kind),
        changed_path=project_index(folder, states, kind) if changed is not None else None,
    )
    steps = states[:, stretch.first : stretch.last + 1]
    return SimpleNamespace(
        index=index,
        stretch=stretch,
        found=search_index(folder, steps, 12, key(film)),
        changed=changed,
        plane=plane,
    )


def test_that_an_index_is_found_by_its_model(model, folder, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_DATA", str(folder.parent))
    (folder.parent / "indexes").mkdir(exist_ok=True)
    assert find_summary(model.info) is None
    shutil.copytree(folder, folder.parent / "indexes" / "mine", dirs_exist_ok=True)
    found = find_summary(model.info)
    assert (found.folder.name, found.sha256) == ("mine", model.info.sha256)
    assert (found.films, found.rows, found.mapped) == (5, 5 * 28, True)


def test_that_what_the_window_gets_is_what_the_index_holds(model, films, folder):
    index, states = open_index(folder), model.trace(films[0]).h[-1][:, 3:6]
    found = search_index(folder, states, 12, key(films[0]))
    known = index.search(states, 12, without=key(films[0]))
    steps = [(one.film, one.first, one.last + 1) for one in found]
    assert steps == [(one.film, one.first, one.last) for one in known]
    assert {one.path.stem for one in found} == {"1", "2", "3", "4"}
    assert [one.label for one in found] == [one.path.stem for one in found]
    assert found[0].thumbnail.shape == (28, 28)


def test_that_a_point_of_the_cloud_leads_to_its_row(folder, model, films):
    cloud = summarise_index(folder).cloud
    place = int(np.flatnonzero((cloud.film == 2) & (cloud.step == 9))[0])
    states = model.trace(cloud.paths[2]).h[-1]
    np.testing.assert_allclose(
        project_index(folder, states, "pca")[9], cloud.points[place], atol=0.02
    )


def test_that_films_are_shown_at_the_steps_that_are_asked_for(folder):
    first, second = show_stretches(folder, [(3, 7), (1, 2)])
    assert [(one.film, one.first, one.last) for one in (first, second)] == [(3, 7, 7), (1, 2, 2)]
    assert np.isnan(first.distance)


def test_that_an_index_that_was_made_again_is_opened_again(model, films, folder, tmp_path):
    place = tmp_path / "again"
    from_films(model, [ToIndex(path) for path in films[:2]], place)
    assert summarise_index(place).films == 2
    from_films(model, [ToIndex(path) for path in films[:3]], place)
    assert summarise_index(place).films == 3


@pytest.mark.parametrize("stretch", [Stretch(4, 4, own=False), Stretch(3, 9, own=True)])
def test_that_python_finds_the_same_films(model, films, folder, stretch):
    searching = searching_of(model, films[1], folder, stretch)
    reproduces(take_matches(searching, 4), model, films[1])


@pytest.mark.parametrize("kind", ["pca", "umap"])
def test_that_python_makes_the_same_plane(model, films, folder, kind):
    searching = searching_of(model, films[1], folder, Stretch(4, 6, own=True), kind=kind)
    taken = take_find(searching)
    assert {"films", "distance", "points", "path"} <= set(taken.arrays)
    reproduces(taken, model, films[1])


def test_that_python_finds_what_a_changed_film_finds(model, films, folder):
    changed = engine.inspection.whatif(model, films[1], "rows 2 9 mean")
    searching = searching_of(model, films[1], folder, Stretch(9, 9, own=False), changed=changed)
    taken = take_find(searching)
    assert "rows 2 9 mean" in taken.words
    reproduces(taken, model, films[1])


def test_that_nothing_is_given_away_before_anything_was_found(model, films, folder):
    searching = searching_of(model, films[1], folder, Stretch(4, 4, own=False))
    searching.found = ()
    assert take_find(searching) is None
