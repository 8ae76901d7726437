"""A folder of pictures that is one series: a score for each, as `predict` says it."""

import csv

import pytest

from engine import load
from engine.imaging import read_frame, read_image
from engine.phantoms import PhantomSpec, write_png
from tests.drawn import drawn


def test_that_a_folder_of_pictures_has_a_score_each(window, read, tmp_path):
    folder = tmp_path / "films"
    folder.mkdir()
    paths = [folder / f"film{number}.png" for number in range(1, 6)]
    for number, path in enumerate(paths):
        spec = PhantomSpec(seed=40 + number, rows=192, columns=192, opacity=number % 2 == 0)
        write_png(drawn(spec).values, path)
    read(window, folder)
    (entry,) = window.studies.entries
    assert len(entry.images) == 5
    model = load("phantom-opacity")
    expected = [model.analyse(read_frame(read_image(path), 0)) for path in paths]
    said = [one.prediction for one in expected]
    assert all(one is not None for one in said)
    scores = [float(one.probabilities[one.target]) for one in said]
    assert [one.score for one in entry.images] == pytest.approx(scores)
    assert entry.number == ""  # of the series itself there is none

    table = tmp_path / "list.csv"
    window.desk.export_list(table)
    with table.open(newline="", encoding="utf-8") as file:
        lines = [line for line in csv.DictReader(file) if line["class"] == "opacity"]
    found = {int(line["frame"]): float(line["score"]) for line in lines}
    assert sorted(found) == [1, 2, 3, 4, 5]
