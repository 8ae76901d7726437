"""Boxes of films: from tables of several kinds, from masks, from the truth of phantoms."""

import csv

import numpy as np
import pytest
from PIL import Image

from engine.errors import DataError
from engine.films import layout_of, read_boxes, read_films, with_truth
from engine.recipe import read_recipe
from engine.tasks import BoxColumns

RECIPE = {
    "name": "boxes",
    "title": "Boxes",
    "task": "Where it is",
    "classes": ["nothing", "spot", "ring"],
    "input": {"rows": 8, "columns": 8, "intensity": "full-range"},
    "network": {"architecture": "grid", "options": {"hidden_size": 2, "layers": 1}},
    "training": {"epochs": 1, "batch_size": 8},
    "objective": {"task": "localisation"},
}


def table(path, *lines):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "c"):
        values = np.random.default_rng(0).integers(0, 255, (20, 40), np.uint8)
        Image.fromarray(values).save(tmp_path / f"{name}.png")
    return tmp_path


def read(folder, recipe=None):
    found = read_recipe(recipe or RECIPE)
    films = read_films(folder, layout_of(found))
    return with_truth(films, folder, found)


HEAD = ("path", "class", "left", "top", "right", "bottom")


def test_that_boxes_of_a_table_become_shares_of_each_film(folder):
    table(
        folder / "boxes.csv",
        HEAD,
        ("a.png", "spot", 4, 5, 20, 10),
        ("a.png", "Ring", 0, 0, 40, 20),
        ("c.png", "ring", 10, 10, 20, 15),
        ("b.png", "", "", "", "", ""),
    )
    films = read(listed(folder))
    assert films.names.tolist() == ["a.png", "b.png", "c.png"]
    assert films.truth.owners.tolist() == [0, 0, 2]
    assert films.truth.findings.tolist() == [1, 2, 2]
    assert films.truth.places[0] == pytest.approx([0.1, 0.25, 0.5, 0.5])
    assert films.labels.tolist() == [1, 0, 2]  # the film is of what most of its boxes are


def listed(folder):
    """The folder with a table of films, as boxes alone say nothing of films without any."""
    table(folder / "films.csv", ("path",), ("a.png",), ("b.png",), ("c.png",))
    return folder


def test_that_a_table_may_name_its_columns_and_give_width_and_height(folder):
    table(
        folder / "cells.csv",
        ("image", "kind", "x", "y", "width", "height"),
        ("a.png", "RBC", 4, 5, 16, 5),
    )
    columns = {"path": "image", "label": "kind", "left": "x", "top": "y"}
    options = {
        "boxes": "cells.csv",
        "names": ["RBC", "WBC"],
        "columns": columns | {"width": "width", "height": "height"},
    }
    recipe = RECIPE | {"objective": {"task": "localisation", "options": options}}
    films = read(listed(folder), recipe)
    assert films.truth.places[0] == pytest.approx([0.1, 0.25, 0.5, 0.5])


def test_that_parts_of_a_mask_which_hang_together_are_boxes(folder):
    (folder / "masks").mkdir()
    mask = np.zeros((20, 40), np.uint8)
    mask[2:6, 4:8], mask[10:12, 20:40], mask[6, 8] = 1, 2, 1  # the third touches the first
    Image.fromarray(mask).save(folder / "masks" / "b.png")
    options = {"masks": "masks"}
    films = read(
        listed(folder), RECIPE | {"objective": {"task": "localisation", "options": options}}
    )
    assert films.truth.owners.tolist() == [1, 1]
    assert films.truth.findings.tolist() == [1, 2]
    assert films.truth.places[0] == pytest.approx([0.1, 0.1, 9 / 40, 7 / 20])
    assert films.truth.places[1] == pytest.approx([0.5, 0.5, 1.0, 0.6])


def test_that_the_truth_of_phantoms_is_a_table_of_boxes(tmp_path):
    first = ("opacity_first_row", "opacity_last_row", "opacity_first_column")
    place = table(
        tmp_path / "truth.csv",
        ("file", "class", *first, "opacity_last_column"),
        ("x.png", "opacity", 10, 19, 5, 8),
        ("y.png", "normal", "", "", "", ""),
    )
    found = read_boxes(place, BoxColumns())
    assert found["x.png"][0].place == (5, 10, 9, 20)
    assert found["y.png"] == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((HEAD[:-1], ("a.png", "spot", 1, 2, 3)), "no column “bottom”"),
        ((HEAD, ("a.png", "spot", 1, 2, "wide", 3)), "line 2: a place of a box is no number"),
        ((HEAD, ("a.png", "spot", 9, 2, 3, 4)), "line 2: a box ends before it begins"),
        ((HEAD, ("z.png", "spot", 1, 2, 3, 4)), "is of a film that was read"),
        ((HEAD, ("a.png", "mass", 1, 2, 3, 4)), "no box is of “spot” or “ring”; .*“mass”"),
        ((HEAD, ("a.png", "spot", 50, 2, 60, 4)), "a.png is 40 × 20 pixels large"),
    ],
)
def test_that_a_table_which_cannot_be_right_is_refused_by_its_line(folder, lines, words):
    table(folder / "boxes.csv", *lines)
    with pytest.raises(DataError, match=words):
        read(listed(folder))


def test_that_films_without_any_table_of_boxes_say_which_they_need(folder):
    with pytest.raises(DataError, match=r"no table of boxes “boxes\.csv”"):
        read(listed(folder))


def unused(folder, recipe):
    return {one.example for one in read_films(folder, layout_of(read_recipe(recipe))).unused}


def test_that_what_a_recipe_uses_is_not_called_unused(folder):
    for split in ("train", "val"):
        (folder / split).mkdir()
    for place, name in (("train", "a"), ("train", "b"), ("val", "c")):
        (folder / f"{name}.png").rename(folder / place / f"{name}.png")
    table(folder / "boxes.csv", HEAD, ("train/a.png", "spot", 4, 5, 20, 10))
    table(folder / "shapes.csv", ("path", "aspect"), ("train/a.png", 1))
    assert unused(folder, RECIPE) == {"shapes.csv"}
    assert unused(folder, {**RECIPE, "data": {"shapes": "shapes.csv"}}) == set()
    other = {"task": "localisation", "options": {"boxes": "./other.csv"}}
    assert unused(folder, {**RECIPE, "objective": other}) == {"boxes.csv"}


def test_that_a_table_of_boxes_beside_one_of_films_is_not_called_unused(folder):
    table(listed(folder) / "boxes.csv", HEAD, ("a.png", "spot", 4, 5, 20, 10))
    (folder / "notes.txt").write_text("x")
    assert unused(folder, RECIPE) == {"notes.txt"}
