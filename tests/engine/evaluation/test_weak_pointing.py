"""Where maps of a model that never saw a box point, and whether within the lungs."""

import csv
import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import DataError
from engine.evaluation import weak_pointing
from engine.types import GridInfluence, Objective

CELLS = 16


class Reader:
    """A model whose map is bright in one place of each film."""

    class info:  # noqa: N801 - as the model has it
        name, title, classes, positive = "seer", "Seer", ("no", "yes"), 1
        objective = Objective()

    def __init__(self, place, *, abstains=False):
        self.place, self.abstains = place, abstains

    def trust(self, _):
        return self


def seen(model, frame, target):
    assert target == "yes"
    values = np.full((CELLS, CELLS), -0.01, np.float32)
    row, column = model.place
    values[row, column] = 5.0
    return GridInfluence(
        values=values,
        row_edges=np.linspace(0, 32, CELLS + 1),
        column_edges=np.linspace(0, 64, CELLS + 1),
        target=1,
        log_odds=1.0,
        baseline_log_odds=0.0,
        residual=0.0,
        method="integrated-gradients",
    )


@pytest.fixture
def asked(tmp_path, monkeypatch):
    from importlib import import_module

    module = import_module("engine.evaluation.weakly")

    monkeypatch.setattr(module, "Model", Reader)
    monkeypatch.setattr(module, "grid_influence", seen)
    monkeypatch.setattr(module, "edge_strength", lambda *_: np.eye(CELLS))
    lines = [("image", "finding", "x", "y", "width", "height")]
    for number in range(3):
        values = np.random.default_rng(number).integers(0, 255, (32, 64), np.uint8)
        Image.fromarray(values).save(tmp_path / f"p{number}_a.png")
    # The map peaks in row 4 and column 12: stored rows 8 to 10, columns 48 to 52.
    lines += [("p0_a.png", "Mass", 40, 4, 16, 8), ("p1_a.png", "Mass", 0, 0, 16, 16)]
    lines += [("p2_a.png", "Node", 48, 8, 4, 2)]
    with (tmp_path / "boxes.csv").open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    return tmp_path / "boxes.csv"


def test_that_a_peak_counts_where_it_lies_in_a_box_of_its_film(asked):
    found = weak_pointing(Reader((4, 12)), asked)
    assert (found.films, found.boxed, found.abstained) == (3, 3, 0)
    assert found.peak.value == pytest.approx(2 / 3)
    assert found.region.value == pytest.approx(2 / 3)
    assert found.chance.value == pytest.approx((128 + 256 + 8) / (3 * 32 * 64))
    assert found.energy.value == pytest.approx(2 / 3)
    assert found.within is None


def test_that_a_finding_chooses_its_boxes_and_refused_films_are_counted(asked):
    found = weak_pointing(Reader((4, 12), abstains=True), asked, findings=["node"])
    assert (found.films, found.boxed, found.abstained) == (3, 1, 3)
    assert found.peak.value == 1


def test_that_the_share_within_lungs_stands_beside_their_area(asked, tmp_path):
    masks = tmp_path / "lungs"
    masks.mkdir()
    for number in range(3):
        mask = np.zeros((32, 64), np.uint8)
        mask[:, 32:] = 255
        Image.fromarray(mask).save(masks / f"p{number}_a.png")
    found = weak_pointing(Reader((4, 12)), asked, lungs=masks)
    assert found.lungs.value == pytest.approx(0.5)
    within = (5 + 0.01 * (CELLS * CELLS / 2 - 1)) / (5 + 0.01 * (CELLS * CELLS - 1))
    assert found.within.value == pytest.approx(within, rel=1e-4)
    assert found.within_edges.value == pytest.approx(0.5)
    assert len(found.lines) == 8


def test_that_the_command_says_what_was_found_and_that_a_map_is_no_outline(asked, monkeypatch):
    import engine.evaluation as room

    given = weak_pointing(Reader((4, 12), abstains=True), asked)
    monkeypatch.setattr(room, "weak_pointing", lambda *_, **__: given)
    said = CliRunner().invoke(app, ["model", "pointing", "seer", str(asked)]).output
    assert "For 3 of the 3 films the model would give no answer" in " ".join(said.split())
    assert "no outline" in " ".join(said.split())
    plain = CliRunner().invoke(app, ["model", "pointing", "seer", str(asked), "--json"]).stdout
    assert json.loads(plain)["peak"]["value"] == pytest.approx(2 / 3)


def test_that_a_model_of_several_findings_is_asked_for_one_of_them(asked):
    reader = Reader((4, 12))
    reader.info = type("Several", (Reader.info,), {"positive": None})
    with pytest.raises(DataError, match="answers for “no”, “yes”; name one of them"):
        weak_pointing(reader, asked)
    with pytest.raises(DataError, match="“maybe” is no class of “seer”"):
        weak_pointing(reader, asked, target="maybe")
    assert weak_pointing(reader, asked, target="yes").target == "yes"


def test_that_a_table_without_usual_columns_is_refused(asked):
    asked.write_text("where,what\na,b\n")
    with pytest.raises(DataError, match="no column “path” or “image”"):
        weak_pointing(Reader((4, 12)), asked)
