"""Values in 16 bits: every number comes back from the disk, and the text says what it means."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from engine.types import Identity, Spacing
from tests.viewer import film_values as made
from viewer.export.picture import ExportError
from viewer.export.pixel_values import write_values


def frame(values, **header):
    values = np.asarray(values, np.float32)
    person = Identity(patient_name="Quaddlewit^Zyxa", patient_id="QZ77123")
    image = made.image("Quaddlewit.dcm", *values.shape, identity=person)
    return replace(made.frame(image, **header), values=values, content="c0ffee")


def read(path):
    image = QImage(str(path))
    assert image.format() == QImage.Format.Format_Grayscale16
    lines = [
        np.frombuffer(image.constScanLine(row), np.uint16)[: image.width()]
        for row in range(image.height())
    ]
    return np.array(lines)


def meaning(text):
    found = re.search(r"value = pixel × (\S+) \+ (\S+)", text)
    return float(found[1]), float(found[2])


CASES = {
    "12 bits": (np.arange(4096).reshape(64, 64), {}),
    "16 bits": (np.linspace(0, 65535, 600).round().reshape(20, 30), {}),
    "Hounsfield": (np.arange(-1024, 3072).reshape(64, 64), {"rescale": (1.0, -1024.0)}),
    "signed": (np.arange(-300, 300).reshape(20, 30), {"rescale": (1.0, 0.0)}),
    "slope": (np.arange(0, 3000).reshape(50, 60) * 0.25 - 7, {"rescale": (0.25, -7.0)}),
    "far from zero": (np.arange(600).reshape(20, 30) + 100_000, {}),
    "constant": (np.full((4, 5), 7.0), {}),
}


@pytest.mark.parametrize("case", CASES)
def test_that_every_value_comes_back_by_the_formula_of_the_text(tmp_path, case):
    values, header = CASES[case]
    text = write_values(frame(values, **header), tmp_path / "film.png").read_text("utf-8")
    slope, intercept = meaning(text)
    assert "gives every value back" in text
    assert np.array_equal(read(tmp_path / "film.png") * slope + intercept, values)


def test_that_stored_numbers_stay_as_they_are_stored(tmp_path):
    values, header = CASES["Hounsfield"]
    write_values(frame(values, **header), tmp_path / "film.png")
    assert np.array_equal(read(tmp_path / "film.png"), values + 1024)


def test_that_fractions_are_stretched_and_the_text_says_how_right_they_are(tmp_path):
    values = np.random.default_rng(1).uniform(-3, 9, (40, 50))
    text = write_values(frame(values), tmp_path / "film.png").read_text("utf-8")
    slope, intercept = meaning(text)
    assert "right to half of the slope" in text
    back = read(tmp_path / "film.png") * slope + intercept
    assert np.abs(back - np.float32(values)).max() <= slope / 2 * 1.001


def test_that_the_text_names_unit_spacing_and_content_and_no_patient(tmp_path):
    spaced = {"unit": "HU", "spacing": Spacing(0.2, 0.3, "at detector")}
    path = tmp_path / "film.png"
    text = write_values(frame(np.arange(12).reshape(3, 4), **spaced), path).read_text("utf-8")
    assert text.startswith("Research use only")
    for words in ("3 rows, 4 columns", "HU", "0.2 mm", "0.3 mm", "at detector", "c0ffee"):
        assert words in text
    described = QImage(str(path)).text("Description")
    assert "Research use only" in described
    for name in ("Quaddlewit", "QZ77123"):
        assert name not in text + described
        assert name.encode() not in path.read_bytes()


def test_that_padding_is_written_as_it_is_stored_and_said(tmp_path):
    valid = np.ones((3, 4), np.bool_)
    valid[0] = False
    padded = replace(frame(np.arange(12).reshape(3, 4)), valid=valid)
    assert "padding" in write_values(padded, tmp_path / "film.png").read_text("utf-8")
    assert np.array_equal(read(tmp_path / "film.png"), np.arange(12).reshape(3, 4))


def test_that_colours_are_written_as_they_are_stored(tmp_path):
    colour = np.random.default_rng(2).integers(0, 256, (5, 7, 3), np.uint8)
    film = replace(frame(np.zeros((5, 7))), colour=colour)
    text = write_values(film, tmp_path / "film.png").read_text("utf-8")
    image = QImage(str(tmp_path / "film.png"))
    seen = [[image.pixelColor(c, r).getRgb()[:3] for c in range(7)] for r in range(5)]
    assert np.array_equal(seen, colour)
    assert "8 bits each" in text


def test_that_values_are_written_as_png_only(tmp_path):
    with pytest.raises(ExportError, match=r"must end in \.png"):
        write_values(frame(np.zeros((3, 4))), tmp_path / "film.jpg")
    assert list(tmp_path.iterdir()) == []


def test_that_a_text_of_the_readers_own_is_not_overwritten(tmp_path):
    own = tmp_path / "film.txt"
    own.write_text("mine")
    write_values(frame(np.zeros((3, 4))), tmp_path / "film.png")
    assert own.read_text() == "mine"
