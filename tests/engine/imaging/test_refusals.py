import os

import imagecodecs
import numpy as np
import pytest

from engine import ImageError
from engine.imaging import read_frame, read_image, source
from tests.engine.imaging_files import (
    CODED,
    DEFLATED,
    JPEG,
    dataset,
    file,
    png,
    ramp,
    refusal,
    write,
)


def test_that_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "film.dcm") == "missing"


def test_that_a_name_with_a_null_byte_is_refused(tmp_path):
    with pytest.raises(ImageError) as caught:
        read_image(str(tmp_path / "fi\0lm"))
    assert caught.value.reason == "missing"


def test_that_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_that_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "film.dcm")
    assert refusal(tmp_path / "film.dcm") == "not-a-file"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs devices")  # noqa: PTH110
def test_that_a_link_to_a_device_is_refused(tmp_path):
    (tmp_path / "film.dcm").symlink_to("/dev/zero")
    assert refusal(tmp_path / "film.dcm") == "not-a-file"


def test_that_an_empty_file_is_refused(tmp_path):
    assert refusal(file(tmp_path, b"")) == "empty"


@pytest.mark.parametrize("data", [b"Dear doctor,\n" * 40, b"\0" * 300, b"x", b"<html>" * 50])
def test_that_other_content_is_refused_whatever_its_name(tmp_path, data):
    assert refusal(file(tmp_path, data)) == "unknown-format"


def test_that_a_png_named_dcm_is_read_as_what_it_is(tmp_path):
    path = file(tmp_path, png(ramp(dtype=np.uint8, top=255)))
    assert read_image(path).format == "PNG"


def test_that_dicom_with_the_preamble_of_a_tiff_is_dicom(tmp_path):
    path = write(tmp_path / "film", ramp())
    path.write_bytes(b"II*\0\x08\0\0\0" + path.read_bytes()[8:])
    assert read_image(path).format == "DICOM"


def test_that_a_report_has_no_pixels(tmp_path):
    made = dataset(ramp())
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(made, keyword)
    made.Modality = "SR"
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert refusal(tmp_path / "film") == "no-pixels"


def test_that_native_pixels_cut_short_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(path) == "truncated"


def test_that_fewer_pixels_than_promised_are_refused(tmp_path):
    assert refusal(write(tmp_path / "film", ramp(), Rows=13)) == "truncated"


@pytest.mark.parametrize("cut", [150, 300, 420])
def test_that_a_header_cut_short_is_refused(tmp_path, cut):
    path = write(tmp_path / "film", ramp())
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path) in {"truncated", "no-pixels", "damaged"}


@pytest.mark.parametrize("syntax", sorted(CODED))
def test_that_a_frame_without_its_end_marker_is_refused(tmp_path, syntax):
    film = ramp(40, 32, 250, np.uint8)
    data = CODED[syntax](film)
    path = write(tmp_path / "film", film, JPEG + syntax, [data[: len(data) // 2]])
    assert refusal(path) == "truncated"


def test_that_a_damaged_frame_among_good_ones_is_named(tmp_path):
    data = imagecodecs.jpegls_encode(ramp())
    path = write(tmp_path / "film", ramp(), JPEG + "80", [data, data[:40]], NumberOfFrames=2)
    with pytest.raises(ImageError, match="frame 2 of 2"):
        read_image(path)


@pytest.mark.parametrize(
    "lie",
    [
        {"Rows": 10, "Columns": 12},
        {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7},
        {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0},
    ],
)
def test_that_a_header_unlike_its_codestream_is_refused(tmp_path, lie):
    data = imagecodecs.jpegls_encode(ramp())
    assert refusal(write(tmp_path / "film", ramp(), JPEG + "80", [data], **lie)) == "damaged"


def test_that_jpeg_2000_labelled_as_jpeg_is_refused(tmp_path):
    film = ramp(40, 32, 250, np.uint8)
    data = CODED["90"](film)
    assert refusal(write(tmp_path / "film", film, JPEG + "50", [data])) == "damaged"


@pytest.mark.parametrize("syntax", ["52", "56"])
def test_that_a_transfer_syntax_without_decoder_is_refused(tmp_path, syntax):
    data = CODED["80"](ramp())
    assert refusal(write(tmp_path / "film", ramp(), JPEG + syntax, [data])) == "unsupported"


def test_that_an_odd_pixel_format_is_refused(tmp_path):
    attributes = {"PhotometricInterpretation": "HSV"}
    path = write(tmp_path / "film", np.zeros((4, 4, 3), np.uint8), **attributes)
    assert refusal(path) == "unsupported"


def test_that_deflated_data_cut_short_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp(), DEFLATED)
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path) in {"truncated", "damaged"}


@pytest.mark.parametrize("index", [-1, 1, 10**9])
def test_that_a_frame_outside_the_file_is_refused(tmp_path, index):
    image = read_image(write(tmp_path / "film", ramp()))
    with pytest.raises(ImageError) as caught:
        read_frame(image, index)
    assert caught.value.reason == "no-such-frame"


def test_that_a_file_that_changed_since_is_refused(tmp_path):
    image = read_image(write(tmp_path / "film", ramp()))
    write(tmp_path / "film", ramp(20, 20))
    with pytest.raises(ImageError, match="changed since"):
        read_frame(image)


def test_that_every_reason_of_an_image_names_a_way_out():
    error = source.RefusedError("it is bad", "truncated").sentence_about("f.dcm")
    expected = "f.dcm cannot be read: it is bad; copy it again from where it came from."
    assert str(error) == expected
