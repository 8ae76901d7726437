import json

import numpy as np
import pytest
from PIL import Image as Picture
from typer.testing import CliRunner

from engine.cli import app


@pytest.fixture
def films(tmp_path):
    """Three films of noise, and a file that is no image."""
    folder = tmp_path / "films"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(3):
        values = rng.integers(0, 256, (40, 30), dtype=np.uint8)
        Picture.fromarray(values).save(folder / f"film-{number}.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    flat = tmp_path / "flat"
    flat.mkdir()
    Picture.fromarray(np.zeros((40, 30), np.uint8)).save(flat / "film.png")
    return folder


def run(*arguments):
    return CliRunner().invoke(app, ["model", "abstentions", *map(str, arguments)])


def test_that_answers_abstentions_and_unreadable_files_are_counted_apart(tiny_bundle, films):
    run_of = run(tiny_bundle, films, films.parent / "flat", "--json")
    found = json.loads(run_of.stdout)["films"]
    assert [(one["read"], one["refused"], one["abstained"]) for one in found] == [
        (3, 1, 0),
        (1, 0, 1),
    ]
    assert found[1]["reasons"] == {"kind": 1}


def test_that_changed_films_get_a_line_each(tiny_bundle, films):
    found = json.loads(run(tiny_bundle, films, "--changed", "--json").stdout)["films"]
    assert [one["films"].split(", ")[-1] for one in found[1:]] == [
        "upside down",
        "mirrored",
        "inverted",
        "on its left side",
        "on its right side",
    ]
    assert {one["read"] for one in found} == {3}


def test_that_the_table_says_why(tiny_bundle, films):
    text = run(tiny_bundle, films.parent / "flat").stdout
    assert "100.0 %" in text
    assert "kind 1" in text


def test_that_an_unknown_model_is_one_sentence(films):
    found = run("nothing", films)
    assert (found.exit_code, "no model" in found.stderr) == (1, True)
