"""The map over the film as numbers and as the Python that makes them again."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from engine.types import GridInfluence
from tests.viewer import film_values as made
from viewer.export.strips_taken import map_of
from viewer.session.choices import MapChoice


def test_that_a_map_over_rows_and_columns_gives_away_its_cells_and_their_edges(session):
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    grid = GridInfluence(values, np.arange(4.0), np.arange(5.0), 1, 1.0, 0.0, 0.0)
    session.pointer.show_film(made.film())
    session.pointer.analysis = made.analysis()
    session.pointer.choose_map(MapChoice(question="influence", grid=True))
    assert map_of(session) is None
    session.pointer.take_grid(grid)
    taken = map_of(session)
    asked = {}

    def measure(model, frame, target, **how):
        asked.update(how, model=model, frame=frame, target=target)
        return grid

    imaging = SimpleNamespace(read_image=lambda film: (film,), read_frame=lambda of, at: (*of, at))
    engine = SimpleNamespace(imaging=imaging, inspection=SimpleNamespace(grid_influence=measure))
    names = {"engine": engine, "model": "model", "film": "film", "frame": 2}
    exec(taken.python, names)  # noqa: S102 - it is what is tested
    for name, numbers in taken.arrays.items():
        np.testing.assert_array_equal(names[name], numbers)
    assert asked == {
        "model": "model",
        "frame": ("film", 2),
        "target": 1,
        "cells": (3, 4),
        "method": "integrated-gradients",
        "baseline": "mean",
    }


def test_that_a_map_of_rows_names_the_finding_that_it_explains(session):
    session.pointer.show_film(made.film())
    said = made.analysis()
    session.pointer.analysis = replace(said, influence=replace(said.influence, target=0))
    session.pointer.choose_map(MapChoice(question="influence"))
    assert "model.influence(film, 0, frame=frame" in map_of(session).python
