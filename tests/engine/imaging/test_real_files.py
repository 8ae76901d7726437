"""Real DICOM in many transfer syntaxes, and real films; skipped where they are absent."""

import tarfile
from pathlib import Path

import numpy as np
import pytest

from engine import ImageError
from engine.imaging import read_frame, read_image

DATA = Path(__file__).parents[4] / "shared" / "data"
SYNTAXES = DATA / "dicom-syntaxes-cornerstone3d.tar"
MULTI = DATA / "dicom-syntaxes-dicomparser.tar"
CHESTS = DATA / "dicom-chest-cr.tar"
STRETCHED = DATA / "chest-xray-kermany-224.tar"

pytestmark = pytest.mark.data


def unpacked(tar, folder, *, name=lambda _: True, limit=None):
    """Unpack the chosen files of a tar and return their paths."""
    if not tar.exists():
        pytest.skip(f"{tar.name} is not beside the project")
    chosen = []
    with tarfile.open(tar) as archive:
        for member in archive:
            if member.isfile() and name(member.name):
                archive.extract(member, folder, filter="data")
                chosen.append(folder / member.name)
            if limit is not None and len(chosen) == limit:
                break
    return chosen


def family(tmp_path):
    """The CT section in every syntax, and its uncompressed values."""
    paths = unpacked(SYNTAXES, tmp_path, name=lambda n: "/testImages/CTImage" in n)
    plain = next(path for path in paths if path.name == "CTImage.dcm")
    return paths, read_frame(read_image(plain)).values


LOSSY = ("4.50", "4.51", "4.53", "4.55", "4.81", "4.91")


def test_that_lossless_syntaxes_equal_the_uncompressed_section(tmp_path):
    paths, plain = family(tmp_path)
    lossless = [p for p in paths if not any(f".{end}.dcm" in p.name for end in LOSSY)]
    assert len(lossless) >= 9
    for path in lossless:
        assert np.array_equal(read_frame(read_image(path)).values, plain), path.name


def test_that_lossy_syntaxes_look_like_the_uncompressed_section(tmp_path):
    paths, plain = family(tmp_path)
    lossy = [p for p in paths if any(f".{end}.dcm" in p.name for end in LOSSY)]
    assert len(lossy) == 6
    for path in lossy:
        values = read_frame(read_image(path)).values
        # The 8-bit one was windowed before it was compressed, so only its course is compared.
        assert np.corrcoef(values.ravel(), plain.ravel())[0, 1] > 0.9, path.name


def test_that_every_file_is_read_or_refused_for_its_reason(tmp_path):
    paths = unpacked(SYNTAXES, tmp_path) + unpacked(MULTI, tmp_path)
    refused = {}
    for path in paths:
        try:
            image = read_image(path)
            read_frame(image, image.frame_count - 1)
        except ImageError as error:
            refused[path.name] = error.reason
    assert refused == {
        "no-pixel-data.dcm": "no-pixels",
        "report_dfl": "no-pixels",
        "wave_dfl": "no-pixels",
    }


def test_that_both_chests_differ_in_polarity_only(tmp_path):
    paths = unpacked(CHESTS, tmp_path)
    images = [read_image(path) for path in paths]
    assert {image.photometric for image in images} == {"MONOCHROME1", "MONOCHROME2"}
    first, second = (read_frame(image).values for image in images)
    assert np.array_equal(first, second)


def test_that_grey_films_stored_as_colour_are_grey(tmp_path):
    paths = unpacked(STRETCHED, tmp_path, name=lambda n: n.endswith((".jpeg", ".jpg")), limit=20)
    assert paths
    frames = [read_frame(read_image(path)) for path in paths]
    assert all(frame.colour is None for frame in frames)
    assert all(frame.values.shape == (224, 224) for frame in frames)
