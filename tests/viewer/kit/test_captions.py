"""The lines in the corners of a film."""

import numpy as np
import pytest

from engine.types import Identity, Note, Spacing, VoiLut, Window
from tests.viewer import film_values as made
from viewer.kit import words

PERSON = Identity(
    patient_name="Doe^Jane",
    patient_id="P-17",
    sex="F",
    age="004Y",
    study_date="20261123",
    body_part="CHEST",
    view_position="PA",
)


def test_that_identity_tells_person_film_and_technique():
    image = made.image(identity=PERSON, modality="DX", technique=("62 kV", "2 mAs", "a", "b"))
    assert words.identity_lines(image) == (
        "P-17 · 4 y · F",
        "DX chest PA · 2026-11-23",
        "62 kV · 2 mAs · a",
    )


def test_that_the_name_stands_where_there_is_no_number():
    person = Identity(patient_name="Doe^Jane")
    assert words.identity_lines(made.image(identity=person))[0] == "Doe^Jane"


def test_that_a_file_that_says_nothing_is_named_by_its_format():
    assert words.identity_lines(made.image()) == ("DICOM",)


def test_that_the_view_tells_window_and_zoom():
    lines = words.view_lines(Window(2048, 4096, "NORMAL"), 0.254, fitted=True, frame=made.frame())
    assert lines == ("W 4096  C 2048 (NORMAL)", "zoom 25.4 %, fit")


def test_that_frames_are_counted_from_one():
    frame = made.frame(made.image(frame_count=8), 2)
    lines = words.view_lines(Window(0, 1), 1.0, fitted=False, frame=frame)
    assert lines[1] == "zoom 100 % · frame 3 of 8"


def test_that_the_place_in_a_series_of_files_is_told():
    lines = words.view_lines(Window(0, 1), 1.0, fitted=False, frame=made.frame(), of=(30, 120))
    assert lines[1] == "zoom 100 % · frame 31 of 120"


@pytest.mark.parametrize(
    ("spacing", "text"),
    [
        (None, "no pixel spacing"),
        (Spacing(0.143, 0.143, "at detector"), "0.143 mm at detector"),
        (Spacing(0.2, 0.1, "calibrated"), "0.200 × 0.100 mm calibrated"),
    ],
)
def test_that_the_spacing_tells_its_kind(spacing, text):
    assert words.pixel_lines(made.image(), spacing, "") == (text,)


def test_that_loss_and_rows_per_step_are_told():
    lines = words.pixel_lines(
        made.image(lossy="lossy JPEG 1:14"), None, "1 step = 2.0 stored rows"
    )
    assert set(lines) == {"1 step = 2.0 stored rows", "no pixel spacing", "lossy JPEG 1:14"}


@pytest.mark.parametrize(("count", "said"), [(1, "1 note"), (3, "3 notes")])
def test_that_a_film_with_notes_says_so(count, said):
    notes = tuple(Note("window", f"Note {number}.") for number in range(count))
    assert f"{said} on this file" in words.pixel_lines(made.image(notes=notes), None, "")


@pytest.mark.parametrize(
    ("voi", "text"),
    [
        (Window(-600.0, 1500.0, "LUNG"), "W 1500  C −600 (LUNG)"),
        (Window(0.5, 0.25), "W 0.25  C 0.5"),
        (VoiLut(np.zeros(2, np.float32), 0.0, "NORMAL"), "VOI LUT (NORMAL)"),
        (VoiLut(np.zeros(2, np.float32), 0.0), "VOI LUT"),
    ],
)
def test_that_windows_are_written_as_width_and_centre(voi, text):
    assert words.voi_text(voi) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (12.0, "12"),
        (3.14159, "3.14"),
        (-3.14159, "−3.14"),
        (99.96, "100"),
        (1234567.0, "1234567"),
        (1e-5, "0.00001"),
        (-2.5e-7, "−0.00000025"),
    ],
)
def test_that_numbers_have_three_figures_and_no_exponent(value, text):
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("age", "text"),
    [
        ("004Y", "4 y"),
        ("018M", "18 m"),
        ("000D", "0 d"),
        ("100Y", "100 y"),
        ("", ""),
        ("Y", "Y"),
        ("four", "four"),
        ("²²Y", "²²Y"),
    ],
)
def test_that_ages_are_words(age, text):
    assert words.age_text(age) == text


@pytest.mark.parametrize(
    ("date", "text"), [("20261123", "2026-11-23"), ("2026.11.23", "2026.11.23"), ("", "")]
)
def test_that_dates_are_iso(date, text):
    assert words.date_text(date) == text
