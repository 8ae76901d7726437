import io
import os
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.filewriter import write_file_meta_info
from pydicom.sequence import Sequence

from engine import ImageError, read_frame, read_image
from engine.imaging import dicom, refused
from tests.engine.imaging_files import DEFLATED, JPEG, dataset, png, ramp, write


def refusal(path):
    with pytest.raises(ImageError) as caught:
        read_frame(read_image(path))
    message = str(caught.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value.reason


def outcome(path):
    """The values, or the sentence of the refusal; anything else fails the test."""
    try:
        return read_frame(read_image(path)).values
    except ImageError as error:
        return str(error)


def file(tmp_path, data, name="film.dcm"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


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


CODED = {
    "50": lambda film: imagecodecs.jpeg8_encode(film.astype(np.uint8)),
    "80": imagecodecs.jpegls_encode,
    "90": lambda film: imagecodecs.jpeg2k_encode(film, reversible=True, codecformat="J2K"),
    "201": imagecodecs.htj2k_encode,
}


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


def test_that_fewer_frames_than_promised_are_refused(tmp_path):
    data = imagecodecs.jpegls_encode(ramp())
    path = write(tmp_path / "film", ramp(), JPEG + "80", [data, data], NumberOfFrames=3)
    assert refusal(path) == "truncated"


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


@pytest.mark.parametrize("syntax", ["52", "56", "100"])
def test_that_a_transfer_syntax_without_decoder_is_refused(tmp_path, syntax):
    data = CODED["80"](ramp())
    assert refusal(write(tmp_path / "film", ramp(), JPEG + syntax, [data])) == "unsupported"


def test_that_an_odd_pixel_format_is_refused(tmp_path):
    attributes = {"PhotometricInterpretation": "HSV"}
    path = write(tmp_path / "film", np.zeros((4, 4, 3), np.uint8), **attributes)
    assert refusal(path) == "unsupported"


def test_that_too_many_pixels_are_refused_before_they_are_read(tmp_path):
    assert refusal(write(tmp_path / "film", ramp(), Rows=60000, Columns=60000)) == "too-large"


def test_that_a_deflate_bomb_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.imaging.header.MAX_INFLATED", 1 << 16)
    path = write(tmp_path / "film", np.zeros((512, 512), np.uint16), DEFLATED)
    assert refusal(path) == "too-large"


def test_that_deflated_data_cut_short_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp(), DEFLATED)
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path) in {"truncated", "damaged"}


def test_that_a_header_full_of_empty_items_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    sequence = struct.pack("<HH2sHL", 0x0008, 0x1140, b"SQ", 0, 0xFFFFFFFF)
    items = struct.pack("<HHL", 0xFFFE, 0xE000, 0) * 400_001
    at = data.index(b"\x08\x00\x60\x00CS")
    path.write_bytes(data[:at] + sequence + items + data[at:])
    assert refusal(path) == "too-large"


def test_that_a_deep_header_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    opening = struct.pack("<HH2sHL", 0x0008, 0x1140, b"SQ", 0, 0xFFFFFFFF)
    opening += struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    at = data.index(b"\x08\x00\x60\x00CS")
    path.write_bytes(data[:at] + opening * 5000 + data[at:])
    assert refusal(path) == "damaged"


def test_that_a_header_with_two_sizes_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    rows = struct.pack("<HH2sHH", 0x0028, 0x0010, b"US", 2, 12)
    at = data.index(rows)
    path.write_bytes(data[:at] + rows + data[at:])
    assert refusal(path) == "damaged"


def test_that_two_sets_of_pixels_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    path.write_bytes(data + data[data.index(b"\xe0\x7f\x10\x00") :])
    assert refusal(path) == "damaged"


def test_that_a_rescale_beyond_all_numbers_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp(), RescaleSlope="1e40", RescaleIntercept=0)
    assert refusal(path) == "damaged"


def test_that_a_damaged_modality_lut_is_refused(tmp_path):
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [100, 0, 16])
    item.add_new("LUTData", "OW", b"\0\0")
    path = write(tmp_path / "film", ramp(), ModalityLUTSequence=Sequence([item]))
    assert refusal(path) == "damaged"


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


class PanicException(BaseException):
    """What a codec written in Rust raises."""


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (PanicException(), "damaged"),
        (StopIteration(), "damaged"),
        (RecursionError(), "damaged"),
        (MemoryError(), "too-large"),
    ],
)
def test_that_whatever_a_decoder_raises_is_one_error(tmp_path, monkeypatch, raised, reason):
    def fail(*_, **__):
        raise raised

    path = write(tmp_path / "film", ramp())
    monkeypatch.setattr(dicom, "stored_pixels", fail)
    assert refusal(path) == reason


def test_that_an_interrupt_stays_an_interrupt(tmp_path, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    path = write(tmp_path / "film", ramp())
    monkeypatch.setattr(dicom, "read_header", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_image(path)


def test_that_control_characters_of_a_file_name_stay_out_of_the_message(tmp_path):
    with pytest.raises(ImageError) as caught:
        read_image(tmp_path / "a\u202eb\x1b[31m.dcm")
    assert str(caught.value).startswith("ab[31m.dcm cannot be read: ")


def test_that_every_reason_of_an_image_names_a_way_out():
    error = refused.RefusedError("it is bad", "truncated").sentence_about("f.dcm")
    expected = "f.dcm cannot be read: it is bad; copy it again from where it came from."
    assert str(error) == expected


@pytest.mark.parametrize("seed", range(60))
def test_that_mutated_files_are_read_or_refused(tmp_path, seed):
    random = np.random.default_rng(seed)
    film = ramp(40, 32, 250, np.uint8)
    syntax = ("50", "80", "90", "201", "")[seed % 5]
    if syntax:
        path = write(tmp_path / "film", film, JPEG + syntax, [CODED[syntax](film)])
    else:
        path = write(tmp_path / "film", film)
    data = bytearray(path.read_bytes())
    for position in random.integers(0, len(data), 8):
        data[position] = random.integers(0, 256)
    path.write_bytes(bytes(data))
    answer = outcome(path)
    assert path.name in answer if isinstance(answer, str) else np.isfinite(answer).all()


def test_that_a_meta_group_that_hides_deflation_is_refused(tmp_path):
    made = dataset(ramp(), DEFLATED)
    meta = io.BytesIO()
    write_file_meta_info(meta, made.file_meta, enforce_standard=False)
    hidden = meta.getvalue().replace(b"UI", b"\x1a\x00", 1)
    body = zlib.compressobj(wbits=-15)
    data = b"\0" * 128 + b"DICM" + hidden + body.compress(b"\0" * 100) + body.flush()
    assert refusal(file(tmp_path, data)) in {"damaged", "no-pixels"}
