"""Black border and burned-in letters of a film, made and real."""

import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from engine.imaging import read_frame, read_image
from tests.viewer import film_values as made
from viewer.film.ground import BARE, ground_of
from viewer.kit import theme

ROWS, COLUMNS = 1000, 800
SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "chest-xray-kermany-fullres-sample.tar"
SEEN = (  # the middle of the letter R, as it was looked at: column and row
    ("IM-0117-0001.jpeg", 144, 228),
    ("IM-0319-0001.jpeg", 84, 108),
    ("IM-0531-0001.jpeg", 300, 264),
    ("person1249_virus_2118.jpeg", 120, 120),
)


@pytest.fixture(autouse=True)
def _fonts(qapp):
    theme.load_fonts()


def chest(border=0, noise=3.0, **image):
    """Soft shapes as of a radiograph, between borders of black at the left and right."""
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(np.float32)
    soft = 110 + 40 * np.sin(x / 90) * np.cos(y / 120) + 25 * np.sin(y / 37)
    values = soft + rng.normal(0, noise, soft.shape)
    for side in (slice(0, border), slice(COLUMNS - border, COLUMNS)):
        values[:, side] = np.abs(rng.normal(0, noise, values[:, side].shape))
    frame = made.frame(made.image(rows=ROWS, columns=COLUMNS, **image))
    return replace(frame, values=np.clip(values, 0, 255).astype(np.float32))


def with_letter(frame, left, top, size=60, text="R"):
    """The letter burned into a copy of the film, with its stored area."""
    picture = QImage(COLUMNS, ROWS, QImage.Format.Format_Grayscale8)
    picture.fill(0)
    painter = QPainter(picture)
    font = QFont(theme.font())
    font.setPixelSize(size)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(QRectF(left, top, 2 * size, size), 0, text)
    painter.end()
    data = np.frombuffer(picture.constBits(), np.uint8).reshape(ROWS, picture.bytesPerLine())
    burned = np.maximum(frame.values, data[:, :COLUMNS])
    places = np.argwhere(data[:, :COLUMNS] > 128)
    (first, start), (last, end) = places.min(axis=0), places.max(axis=0)
    return replace(frame, values=burned.astype(np.float32)), QRectF(
        start, first, end - start, last - first
    )


def test_that_a_black_border_is_free_and_anatomy_is_not():
    found = ground_of(chest(border=200))
    assert found.anatomy(QRectF(0, 0, 190, 400)) < 0.01
    assert found.anatomy(QRectF(610, 500, 190, 400)) < 0.01
    assert found.anatomy(QRectF(300, 300, 200, 200)) == pytest.approx(1.0, abs=0.03)
    assert found.anatomy(QRectF(100, 0, 200, 1000)) == pytest.approx(0.5, abs=0.03)


def test_that_what_lies_beside_the_film_is_free():
    found = ground_of(chest())
    assert found.anatomy(QRectF(-300, 10, 200, 100)) == 0.0
    assert found.anatomy(QRectF(-100, 10, 200, 100)) == pytest.approx(0.5, abs=0.05)
    assert BARE.anatomy(QRectF(0, 0, 5, 5)) == 0.0


def test_that_dark_anatomy_within_the_film_is_not_free():
    frame = chest(border=100)
    frame.values[400:600, 300:500] = 0.0  # a lung
    assert ground_of(frame).anatomy(QRectF(310, 410, 150, 150)) == pytest.approx(1.0, abs=0.05)


def test_that_the_border_of_an_inverted_film_is_its_bright_one():
    frame = chest(border=200)
    turned = replace(
        frame,
        values=255 - frame.values,
        image=replace(frame.image, photometric="MONOCHROME1"),
    )
    assert turned.image.inverted
    assert ground_of(turned).anatomy(QRectF(0, 0, 190, 400)) < 0.01


def test_that_padding_is_free():
    frame = chest()
    valid = np.ones((ROWS, COLUMNS), bool)
    valid[:, :150] = False
    assert ground_of(replace(frame, valid=valid)).anatomy(QRectF(0, 0, 140, 900)) < 0.01


def test_that_a_film_of_one_value_hides_nothing_and_breaks_nothing():
    frame = chest()
    found = ground_of(replace(frame, values=np.full((ROWS, COLUMNS), 7.0, np.float32)))
    assert found.signs == ()
    assert found.anatomy(QRectF(0, 0, 100, 100)) == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(("left", "top"), [(40, 30), (690, 40), (30, 850), (680, 880)])
@pytest.mark.parametrize("text", ["R", "L"])
@pytest.mark.parametrize("border", [0, 150])
def test_that_a_burned_in_letter_at_a_corner_is_found(left, top, text, border):
    frame, where = with_letter(chest(border), left, top, text=text)
    found = ground_of(frame)
    assert found.has_sign(where)
    assert any(sign.adjusted(-8, -8, 8, 8).contains(where) for sign in found.signs)


@pytest.mark.parametrize("border", [0, 150])
@pytest.mark.parametrize("noise", [1.0, 8.0])
def test_that_a_film_without_letters_has_none(border, noise):
    assert ground_of(chest(border, noise)).signs == ()


def test_that_what_is_bright_and_sharp_in_the_middle_is_no_letter():
    frame, where = with_letter(chest(), 380, 460)
    assert not ground_of(frame).has_sign(where)


def test_that_the_edge_of_a_collimator_is_no_letter():
    frame = chest()
    frame.values[:, :60] = 255.0
    frame.values[:30] = 255.0
    assert ground_of(frame).signs == ()


def test_that_noise_everywhere_is_no_writing():
    frame = chest()
    rng = np.random.default_rng(1)
    sharp = (rng.random((ROWS // 4, COLUMNS // 4)) > 0.7).repeat(4, axis=0).repeat(4, axis=1)
    assert ground_of(replace(frame, values=sharp.astype(np.float32) * 255)).signs == ()


@pytest.mark.data
@pytest.mark.parametrize(("name", "column", "row"), SEEN)
def test_that_letters_of_real_films_are_found(tmp_path, name, column, row):
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE.name} is not beside the project")
    with tarfile.open(SAMPLE) as archive:
        member = next(one for one in archive if one.name.endswith(name))
        archive.extract(member, tmp_path, filter="data")
    found = ground_of(read_frame(read_image(tmp_path / member.name), 0))
    assert found.has_sign(QRectF(column - 5, row - 5, 10, 10))
    assert len(found.signs) <= 3
