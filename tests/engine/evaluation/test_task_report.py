"""What a report says of a task: figures, each film, and what could not be measured."""

import numpy as np

from engine.evaluation.task_report import TaskMeasured, _each
from engine.measure import Estimate
from engine.tasks import Average, FilmOutputs, task_of
from engine.types import Objective


def measured(**values):
    """Of three films, by code; NaN takes no part."""
    task = task_of(Objective("segmentation"), ("around", "lung"), 1)
    every = {code: np.array(given) for code, given in values.items()}
    each = _each({code: Average(one, np.isfinite(one)) for code, one in every.items()})
    found = {code: Estimate(float(np.nanmean(one)), 0, 1, 3) for code, one in each.items()}
    outputs = FilmOutputs(np.zeros((3, 2)))
    return TaskMeasured(task, outputs, found, names=("a.png", "b.png", "c.png"), each=each)


NAN = np.nan
NO_MM = {"dice": [0.9, 0.5, 0.7], "surface_95": [1, 9, NAN], "surface_95_mm": [NAN] * 3}


def test_that_what_could_not_be_measured_is_said_to_be_absent():
    found = measured(**NO_MM)
    said = {str(what): str(words) for what, words in found.results}
    assert said["distance of the outlines, 95 %, mm"] == "not measured"
    assert "distance of the outlines, 95 %, mm" in found.table("segmentation").absent
    known = measured(**NO_MM | {"surface_95_mm": [0.2, 1.8, NAN]})
    assert "distance of the outlines, 95 %, mm" not in known.table("segmentation").absent


def test_that_every_film_stands_in_a_table_the_worst_first():
    table = measured(**NO_MM | {"surface_95_mm": [0.2, 1.8, NAN]}).table("segmentation")
    assert [line.name for line in table.films] == ["b.png", "c.png", "a.png"]
    assert table.films[0].figures == (0.5, 9.0, 1.8)
    assert np.isnan(table.films[1].figures[2])
    assert table.film_heads[2] == "distance of the outlines, 95 %, mm"
