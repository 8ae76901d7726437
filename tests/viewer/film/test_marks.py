"""Plates, letters and tag: never over each other, whatever the size."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from engine.types import Orientation
from viewer.film.marks import RESEARCH, Corners, Site, arrange, place_tag
from viewer.kit import theme

LETTERS = Orientation("R", "L", "H", "F")
CORNERS = Corners(
    ("Demo-0471 · 4 y · M", "CR chest AP · 2026-11-23", "62 kV · 2.5 mAs · 120 cm"),
    ("W 0.83  C 0.47 (DICOM 1)", "zoom 0.65, fit"),
    ("0.200 mm at detector · lossy JPEG 1:14", "1 model row = 9.3 stored rows"),
)
SIZES = [(380, 300), (640, 472), (1500, 1012), (200, 700), (700, 120), (310, 90), (60, 60)]


@pytest.fixture(autouse=True)
def _fonts(qapp):
    theme.load_fonts()


def layout(width, height, corners=CORNERS, letters=LETTERS):
    film = QRectF(0, 0, width, height)
    return arrange(Site(film, film), corners, letters=letters)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_that_no_words_lie_over_others(width, height):
    assert not any(a.intersects(b) for a, b in combinations(layout(width, height).boxes, 2))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_that_research_use_only_is_always_there(width, height):
    assert layout(width, height).plates[0].lines == (RESEARCH,)


@pytest.mark.parametrize(("width", "height"), SIZES[:5])
def test_that_words_stay_within_the_film(width, height):
    film = QRectF(0, 0, width, height)
    assert all(film.contains(box) for box in layout(width, height).boxes)


@pytest.mark.parametrize(("width", "height"), SIZES[:4])
def test_that_known_letters_are_all_shown(width, height):
    assert [letter.lines[0] for letter in layout(width, height).letters] == list("RLHF")


def test_that_left_and_right_letters_are_shown_at_half_height():
    left, right = layout(640, 472).letters[:2]
    assert left.box.center().y() == right.box.center().y() == 236
    assert left.box.left() < 320 < right.box.left()


def test_that_unknown_letters_are_absent():
    assert layout(640, 472, letters=None).letters == ()


def test_that_an_edge_without_a_letter_stays_empty():
    found = layout(640, 472, letters=Orientation("R", "L", "", "")).letters
    assert [letter.lines[0] for letter in found] == ["R", "L"]


@pytest.mark.parametrize("width", [380, 460, 640, 1500])
def test_that_the_compression_is_told_at_every_usual_width(width):
    words = [line for plate in layout(width, 472).plates for line in plate.lines]
    assert any("lossy JPEG 1:14" in line for line in words)


def test_that_a_low_film_gives_up_the_last_lines_first():
    plates = layout(700, 150).plates
    assert plates[1].lines[0] == "Demo-0471 · 4 y · M"
    assert len(plates[1].lines) < 3


def test_that_a_name_without_end_is_elided():
    plate = layout(640, 472, Corners(("x" * 300,))).plates[1]
    assert plate.lines[0].endswith("…")


def test_that_the_tag_stands_at_the_left_edge_on_its_row():
    tag = place_tag(QRectF(0, 0, 640, 472), 300.0, "row 60 · pneumonia 0.71")
    assert tag.box.left() == 8
    assert tag.box.center().y() == 300


@pytest.mark.parametrize("y", [0.0, 30.0, 236.0, 440.0, 472.0])
def test_that_the_tag_never_hides_a_letter_or_a_plate(y):
    taken = layout(640, 472).boxes
    tag = place_tag(QRectF(0, 0, 640, 472), y, "row 60 · pneumonia 0.71", taken=taken)
    assert not any(tag.box.intersects(box) for box in taken)


@pytest.mark.parametrize("y", [-500.0, 900.0])
def test_that_the_tag_of_a_row_out_of_sight_stays_in_the_body(y):
    body = QRectF(0, 0, 640, 472)
    assert body.contains(place_tag(body, y, "row 60 · pneumonia 0.71").box)


def test_that_the_tag_keeps_its_row_where_there_is_little_room():
    body = QRectF(0, 0, 150, 300)
    assert place_tag(body, 100.0, "row 60 · a long name of a class 0.71").lines == ("row 60",)


def test_that_the_tag_of_an_upright_cursor_stands_at_its_foot():
    tag = place_tag(QRectF(0, 0, 640, 472), 300.0, "row 60 · pneumonia 0.71", upright=True)
    assert (tag.box.center().x(), tag.box.bottom()) == (300, 464)


@pytest.mark.parametrize("x", [0.0, 120.0, 320.0, 560.0, 640.0])
def test_that_the_tag_of_an_upright_cursor_hides_no_letter_and_no_plate(x):
    taken = layout(640, 472).boxes
    tag = place_tag(
        QRectF(0, 0, 640, 472), x, "row 60 · pneumonia 0.71", taken=taken, upright=True
    )
    assert not any(tag.box.intersects(box) for box in taken)
    assert tag.box.left() <= x <= tag.box.right()
