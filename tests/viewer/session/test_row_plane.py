"""The plane of row states: its points, the path of the film, and the line around some of them."""

from pathlib import Path

import numpy as np
import pytest

from tests.viewer import film_values as made, index_values
from tests.viewer.film_values import heard
from viewer.session import row_plane, searching as module
from viewer.session.row_plane import inside

A = Path("/films/a.dcm")
AROUND_TWO = np.array([(1.5, 5.0), (3.5, 5.0), (3.5, 25.0), (1.5, 25.0)])  # steps 2 and 3 of c, d


@pytest.fixture
def index(monkeypatch, engine):
    return index_values.StandIn().put(monkeypatch, module, row_plane)


@pytest.fixture
def plane(index, session, settle):
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    return session.searching.plane


def test_that_points_inside_a_line_are_told_from_those_outside():
    corners = np.array([(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)])  # with a notch
    points = np.array([(1, 1), (3, 1), (2, 3), (5, 1), (-1, 1), (2, 0.5)])
    np.testing.assert_array_equal(inside(points, corners), [1, 1, 0, 0, 0, 1])


def test_that_the_direction_of_a_line_does_not_matter():
    points = np.random.default_rng(0).uniform(-1, 5, (200, 2))
    corners = np.array([(0, 0), (4, 1), (3, 4)])
    np.testing.assert_array_equal(inside(points, corners), inside(points, corners[::-1]))


def test_that_the_path_is_that_of_the_indexed_layer(plane, index):
    kind, states = index.projected[-1]
    np.testing.assert_array_equal(states, made.trace(made.model()).h[1])
    assert kind == "pca"
    assert plane.path.shape == (8, 2)


def test_that_a_lasso_lists_each_film_once_at_its_middle_row(plane, index, session, settle):
    settle(plane.lasso, AROUND_TWO)
    assert (plane.lassoed.films, plane.lassoed.rows) == (2, 4)
    assert index.shown == [(Path("/indexes/one"), ((5, 3), (6, 3)))]
    assert [one.film for one in session.searching.shown] == [5, 6]


def test_that_films_with_more_rows_inside_come_first(plane, index, settle):
    corners = np.array([(-1, -5), (1.5, -5), (1.5, 5), (5.5, 5), (5.5, 15), (-1, 15)])
    settle(plane.lasso, corners)  # steps 0 and 1 of b, 0 to 5 of c
    assert [number for number, _step in index.shown[0][1]] == [5, 4]


def test_that_a_lasso_around_nothing_shows_what_was_found(plane, session):
    plane.lasso(AROUND_TWO + 100)
    assert plane.lassoed is None
    assert session.searching.shown == session.searching.found


def test_that_a_lasso_goes_with_its_plane(plane, session, settle):
    settle(plane.lasso, AROUND_TWO)
    changed = heard(plane.lasso_changed)
    plane.show_index(index_values.summary("/indexes/other"))
    assert plane.lassoed is None
    assert changed


def test_that_a_map_is_made_once_and_then_shown(plane, index, settle, monkeypatch):
    asked = []

    def map_(folder):
        asked.append(folder)

    monkeypatch.setattr(plane._work, "map", map_)
    plane.choose_projection("umap")
    assert (asked, plane.kind) == ([Path("/indexes/one")], "pca")
    settle(
        plane._work.mapped.emit,
        Path("/indexes/one"),
        index_values.cloud("umap", (np.nan, np.nan)),
    )
    assert (plane.kind, plane.cloud.kind, index.projected[-1][0]) == ("umap", "umap", "umap")
    settle(plane.choose_projection, "pca")
    settle(plane.choose_projection, "umap")
    assert len(asked) == 1


def test_that_a_map_of_another_index_is_not_shown(plane):
    plane._work.mapped.emit(Path("/indexes/gone"), index_values.cloud("umap"))
    assert plane.kind == "pca"


def test_that_the_path_of_a_changed_film_stands_beside_the_other(plane, settle):
    trace = made.trace(made.model())
    settle(plane.show_changed, trace)
    np.testing.assert_array_equal(plane.changed_path, trace.h[1][0, :, :2])
    plane.show_changed(None)
    assert plane.changed_path is None
    assert plane.path is not None


def test_that_another_film_forgets_the_changed_one(plane, session, settle):
    settle(plane.show_changed, made.trace(made.model()))
    settle(session.open, (Path("/films/b.dcm"),))
    assert plane.changed_path is None
