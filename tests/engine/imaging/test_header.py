import pickle
import subprocess
import sys

import numpy as np
import pytest

from engine.imaging import describe_frame, read_image
from engine.text import clean, date, person_name
from engine.types import Orientation, Spacing
from tests.engine.imaging_files import dataset, ramp, write


def image_of(tmp_path, **attributes):
    return read_image(write(tmp_path / "film", ramp(), **attributes))


def with_raw(tmp_path, keyword, vr, value):
    """A film whose header holds bytes that pydicom would not write."""
    made = dataset(ramp())
    made.add_new(keyword, vr, "0\\0")
    path = tmp_path / "film"
    made.save_as(path, enforce_file_format=True)
    padded = value if len(value) % 2 == 0 else value + " "
    tag = made[keyword].tag
    head = tag.group.to_bytes(2, "little") + tag.element.to_bytes(2, "little") + vr.encode()
    old = head + (4).to_bytes(2, "little") + b"0\\0 "
    data = path.read_bytes()
    assert old in data
    new = head + len(padded).to_bytes(2, "little") + padded.encode()
    path.write_bytes(data.replace(old, new))
    return read_image(path)


def test_that_the_detectors_spacing_is_called_that(tmp_path):
    image = image_of(tmp_path, ImagerPixelSpacing=[0.1, 0.2])
    assert describe_frame(image).spacing == Spacing(0.1, 0.2, "at detector")


def test_that_pixel_spacing_copied_from_the_detector_is_not_calibrated(tmp_path):
    image = image_of(tmp_path, ImagerPixelSpacing=[0.1, 0.1], PixelSpacing=[0.1, 0.1])
    assert describe_frame(image).spacing.kind == "at detector"


def test_that_pixel_spacing_unlike_the_detectors_is_calibrated(tmp_path):
    image = image_of(tmp_path, ImagerPixelSpacing=[0.1, 0.1], PixelSpacing=[0.08, 0.08])
    assert describe_frame(image).spacing == Spacing(0.08, 0.08, "calibrated")


def test_that_a_calibration_type_makes_it_calibrated(tmp_path):
    image = image_of(tmp_path, PixelSpacing=[0.1, 0.1], PixelSpacingCalibrationType="FIDUCIAL")
    assert describe_frame(image).spacing.kind == "calibrated"


@pytest.mark.parametrize("modality", ["CT", "MR"])
def test_that_sections_are_measured_in_the_patient(tmp_path, modality):
    image = image_of(tmp_path, Modality=modality, PixelSpacing=[0.5, 0.5])
    assert describe_frame(image).spacing.kind == "in patient"


def test_that_spacing_of_unknown_meaning_is_left_out(tmp_path):
    image = image_of(tmp_path, Modality="OT", PixelSpacing=[0.5, 0.5])
    assert describe_frame(image).spacing is None
    assert any("Pixel Spacing" in note.words for note in image.notes)


@pytest.mark.parametrize(
    "text", ["0\\0", "-1\\-1", "nan\\nan", "abc\\x", "0.5", "1\\2\\3", "inf\\1"]
)
def test_that_spacing_that_is_none_is_left_out_and_noted(tmp_path, text):
    image = with_raw(tmp_path, "PixelSpacing", "DS", text)
    assert describe_frame(image).spacing is None
    assert any("Pixel Spacing" in note.words for note in image.notes)


def test_that_direction_cosines_give_letters(tmp_path):
    image = image_of(tmp_path, ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    assert describe_frame(image).orientation == Orientation(
        left="R", right="L", top="A", bottom="P"
    )


def test_that_a_coronal_section_has_head_and_feet(tmp_path):
    image = image_of(tmp_path, ImageOrientationPatient=[1, 0, 0, 0, 0, -1])
    assert describe_frame(image).orientation == Orientation(
        left="R", right="L", top="H", bottom="F"
    )


def test_that_oblique_sections_have_two_letters(tmp_path):
    image = image_of(tmp_path, ImageOrientationPatient=[0.8, 0.6, 0, 0, 0, -1])
    assert describe_frame(image).orientation.right == "LP"


@pytest.mark.parametrize(
    "cosines", [[0] * 6, [1, 0, 0, 1], [1, 0, 0, 1, 0, 0], [2, 0, 0, 0, 1, 0]]
)
def test_that_impossible_directions_give_no_letters(tmp_path, cosines):
    image = image_of(tmp_path, ImageOrientationPatient=cosines)
    assert describe_frame(image).orientation is None
    assert any("Image Orientation" in note.words for note in image.notes)


def test_that_patient_orientation_gives_letters(tmp_path):
    image = image_of(tmp_path, PatientOrientation=["L", "F"])
    assert describe_frame(image).orientation == Orientation(
        left="R", right="L", top="H", bottom="F"
    )


@pytest.mark.parametrize("letters", [["L", "R"], ["L", "LF"], ["X", "F"], ["L"], ["LR", "F"]])
def test_that_impossible_letters_are_left_out(tmp_path, letters):
    image = image_of(tmp_path, PatientOrientation=letters)
    assert describe_frame(image).orientation is None
    assert image.notes


def test_that_an_image_without_geometry_has_none_and_no_note(tmp_path):
    image = image_of(tmp_path, Modality="OT")
    assert (describe_frame(image).spacing, describe_frame(image).orientation, image.notes) == (
        None,
        None,
        (),
    )


def test_that_identity_and_technique_are_text_for_reading(tmp_path):
    image = image_of(
        tmp_path,
        PatientName="Doe^Jane^A",
        PatientID="42",
        StudyDate="20240131",
        Laterality="L",
        KVP=62,
        ExposureInuAs=2500,
        DistanceSourceToDetector=1200,
    )
    assert image.identity.patient_name == "Doe, Jane A"
    assert image.identity.study_date == "2024-01-31"
    assert image.identity.laterality == "L"
    assert image.technique == ("62 kV", "2.5 mAs", "120 cm SID")


def test_that_an_image_survives_pickling_and_is_small(tmp_path):
    image = image_of(tmp_path, WindowCenter=5, WindowWidth=9)
    data = pickle.dumps(image)
    assert pickle.loads(data) == image  # noqa: S301 - made one line above
    assert len(data) < 4000


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u202eb\u200fc", "abc"),
        ("line\r\nbreak\ttab", "line break tab"),
        ("\x1b[31mred\x00", "[31mred"),
        ("  <b>bold</b>  ", "<b>bold</b>"),
        (None, ""),
        ("山田", "山田"),
    ],
)
def test_that_text_keeps_only_what_can_be_seen(raw, expected):
    assert clean(raw) == expected


def test_that_long_text_is_cut():
    assert len(clean("x" * 5000)) == 200


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Doe^John", "Doe, John"),
        ("Doe", "Doe"),
        ("^^^^", ""),
        ("Adams^John Robert Quincy^^Rev.^B.A.", "Adams, Rev. John Robert Quincy, B.A."),
        ("Yamada^Tarou=山田^太郎", "Yamada, Tarou (山田, 太郎)"),
    ],
)
def test_that_person_names_are_for_reading(raw, expected):
    assert person_name(raw) == expected


def test_that_only_dates_become_dates():
    assert [date("20240131"), date("2024"), date(None)] == ["2024-01-31", "2024", ""]


def test_that_importing_is_cheap():
    code = (
        "import sys, engine.imaging;"
        "print([m for m in ('pydicom', 'PIL', 'imagecodecs', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_that_the_fixture_films_differ_in_every_pixel():
    assert np.unique(ramp()).size == ramp().size


@pytest.mark.parametrize(
    ("said", "aspect"),
    [
        ({"PixelAspectRatio": ["2", "1"]}, 0.5),
        ({"NominalScannedPixelSpacing": [0.4, 0.2]}, 0.5),
        ({"PixelSpacing": [0.4, 0.2], "Modality": "OT"}, 0.5),
        ({"PixelAspectRatio": ["0", "1"]}, 1.0),
        ({"PixelAspectRatio": ["1", "1", "1"]}, 1.0),
        ({}, 1.0),
    ],
)
def test_that_pixels_may_be_other_than_square_without_millimetres(tmp_path, said, aspect):
    image = read_image(write(tmp_path / "film", ramp(), **said))
    assert (describe_frame(image).pixel_aspect, describe_frame(image).spacing) == (aspect, None)


def test_that_an_impossible_ratio_is_told(tmp_path):
    image = read_image(write(tmp_path / "film", ramp(), PixelAspectRatio=["0", "1"]))
    assert "pixel-aspect" in [note.code for note in image.notes]
