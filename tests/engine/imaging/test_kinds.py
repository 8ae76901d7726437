"""Kinds of DICOM file that are odd and good: each is read, with a note where it is odd."""

import zlib

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence

from engine import ImageError
from engine.imaging import apply_voi, default_voi, describe_frame, read_frame, read_image
from engine.types import Window
from tests.engine.imaging_files import (
    CODED,
    EXPLICIT,
    IMPLICIT,
    JPEG,
    dataset,
    jpeg_lossless,
    ramp,
    refusal,
    rle_frame,
    write,
)

DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1"
RLE = "1.2.840.10008.1.2.5"
FILM = ramp(40, 32)
COLOURS = np.kron(
    np.random.default_rng(1).integers(0, 256, (4, 3, 3), np.uint8), np.ones((8, 8, 1), np.uint8)
)


def read(path, index=0):
    """The values of a frame, and the codes of all notes."""
    image = read_image(path)
    frame = read_frame(image, index)
    return frame.values, {note.code for note in (*image.notes, *frame.image.notes)}


def deflated(data):
    packer = zlib.compressobj(wbits=-15)
    coded = packer.compress(data) + packer.flush()
    return coded + b"\0" * (len(coded) % 2)


@pytest.mark.parametrize("junk", [b"\x01", b"\x0d\x0a", b"junk", b"\x80" * 60])
@pytest.mark.parametrize("syntax", sorted(CODED))
def test_that_bytes_after_the_end_marker_are_ignored_and_noted(tmp_path, syntax, junk):
    film = ramp(40, 32, 250, np.uint8)
    data = CODED[syntax](film)
    plain, _ = read(write(tmp_path / "plain", film, JPEG + syntax, [data]))
    values, notes = read(write(tmp_path / "film", film, JPEG + syntax, [data + junk]))
    assert np.array_equal(values, plain)
    assert "left-over" in notes


@pytest.mark.parametrize("padding", [b"\0", b"\0\0\0", b"\xff\xff"])
def test_that_padding_after_the_end_marker_is_nothing_odd(tmp_path, padding):
    path = write(tmp_path / "film", FILM, JPEG + "80", [CODED["80"](FILM) + padding])
    assert "left-over" not in read(path)[1]


@pytest.mark.parametrize(
    ("syntax", "coded"),
    [
        ("57", lambda film: jpeg_lossless(film, 12)),
        ("70", lambda film: jpeg_lossless(film, 12)),
        ("80", imagecodecs.jpegls_encode),
        (
            "90",
            lambda film: imagecodecs.jpeg2k_encode(
                film, reversible=True, codecformat="J2K", bitspersample=12
            ),
        ),
    ],
)
@pytest.mark.parametrize("sign", [0, 1])
def test_that_fewer_bits_than_stored_are_the_values_as_they_are(tmp_path, syntax, coded, sign):
    bits = {"BitsStored": 16, "HighBit": 15, "PixelRepresentation": sign}
    if syntax == "80":  # this encoder takes the depth from the type
        film = ramp(40, 32, 250, np.uint8).astype(np.uint16)
        frames = [coded(film.astype(np.uint8))]
    else:
        film = ramp(40, 32, 4095)
        frames = [coded(film)]
    values, notes = read(write(tmp_path / "film", film, JPEG + syntax, frames, **bits))
    assert np.array_equal(values, film)
    assert "bits" in notes


@pytest.mark.parametrize(("precision", "stored"), [(12, 12), (12, 16), (10, 12)])
def test_that_the_codestream_rules_the_range_of_a_lossless_jpeg(tmp_path, precision, stored):
    film = ramp(64, 64, (1 << precision) - 1)
    frames = [jpeg_lossless(film, precision)]
    bits = {"BitsStored": stored, "HighBit": stored - 1}
    image = read_image(write(tmp_path / "film", film, JPEG + "70", frames, **bits))
    assert describe_frame(image).value_range == (0, (1 << precision) - 1)
    assert ("bits" in {note.code for note in image.notes}) == (precision < stored)
    assert np.array_equal(read_frame(image).values, film)


def test_that_a_jpeg_of_eight_bits_in_twelve_is_read(tmp_path):
    film = ramp(40, 32, 250, np.uint8)
    bits = {"BitsAllocated": 16, "BitsStored": 12, "HighBit": 11}
    path = write(tmp_path / "film", film, JPEG + "51", [CODED["50"](film)], **bits)
    values, notes = read(path)
    assert np.abs(values - film).max() <= 8
    assert "bits" in notes


@pytest.mark.parametrize("container", [False, True])
@pytest.mark.parametrize("syntax", ["110", "112"])
@pytest.mark.parametrize("film", [FILM, ramp(40, 32, 250, np.uint8), COLOURS])
def test_that_lossless_jpeg_xl_gives_every_pixel_back(tmp_path, film, syntax, container):
    data = imagecodecs.jpegxl_encode(film, lossless=True, usecontainer=container)
    image = read_image(write(tmp_path / "film", film, JPEG + syntax, [data]))
    frame = read_frame(image)
    assert np.array_equal(frame.values if frame.colour is None else frame.colour, film)
    assert image.decoder.endswith("jpegxl")
    assert image.lossy == ""


def test_that_jpeg_xl_of_twelve_bits_is_read(tmp_path):
    data = imagecodecs.jpegxl_encode(FILM, lossless=True, bitspersample=12)
    path = write(tmp_path / "film", FILM, JPEG + "110", [data], BitsStored=12, HighBit=11)
    assert np.array_equal(read(path)[0], FILM)


@pytest.mark.parametrize("photometric", ["RGB", "XYB"])
def test_that_lossy_jpeg_xl_is_close_and_says_that_it_is_lossy(tmp_path, photometric):
    data = imagecodecs.jpegxl_encode(COLOURS, distance=0.5)
    attributes = {"PhotometricInterpretation": photometric}
    image = read_image(write(tmp_path / "film", COLOURS, JPEG + "112", [data], **attributes))
    assert np.abs(read_frame(image).colour.astype(int) - COLOURS).mean() < 10
    assert image.lossy == "lossy JPEG XL"


@pytest.mark.parametrize("container", [False, True])
@pytest.mark.parametrize("film", [ramp(40, 32, 250, np.uint8), COLOURS])
def test_that_a_jpeg_packed_as_jpeg_xl_is_that_jpeg(tmp_path, film, container):
    jpeg = imagecodecs.jpeg8_encode(film, level=95)
    data = imagecodecs.jpegxl_encode_jpeg(jpeg, usecontainer=container)
    colour = {"PhotometricInterpretation": "YBR_FULL_422"} if film.ndim == 3 else {}
    image = read_image(write(tmp_path / "film", film, JPEG + "111", [data], **colour))
    frame = read_frame(image)
    shown = frame.values if frame.colour is None else frame.colour
    assert np.abs(shown.astype(int) - imagecodecs.jpeg8_decode(jpeg)).max() <= 4
    assert image.lossy.startswith("lossy JPEG")
    assert "colour" not in {note.code for note in image.notes}


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("container", [False, True])
def test_that_jpeg_xl_cut_short_is_refused(tmp_path, keep, container):
    film = np.random.default_rng(0).integers(0, 4096, (64, 64), np.uint16)
    data = imagecodecs.jpegxl_encode(film, lossless=True, usecontainer=container)
    cut = data[: int(keep * len(data))]
    assert refusal(write(tmp_path / "film", film, JPEG + "110", [cut])) == "damaged"


@pytest.mark.parametrize(
    "lie",
    [
        {"Rows": 20, "Columns": 64},
        {"Rows": 4000, "Columns": 4000},
        {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7},
        {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0},
    ],
)
def test_that_jpeg_xl_unlike_its_header_is_refused_before_it_is_decoded(
    tmp_path, monkeypatch, read_here, lie
):
    data = imagecodecs.jpegxl_encode(FILM, lossless=True)
    path = write(tmp_path / "film", FILM, JPEG + "110", [data], **lie)
    monkeypatch.setattr(imagecodecs, "jpegxl_decode", None)
    with pytest.raises(ImageError, match="compressed pixels"):
        read_image(path)


def test_that_other_codestreams_are_no_jpeg_xl(tmp_path):
    path = write(tmp_path / "film", FILM, JPEG + "110", [CODED["80"](FILM)])
    assert refusal(path) == "damaged"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.uint32])
def test_that_each_frame_is_inflated_by_itself(tmp_path, dtype):
    frames = [ramp(15, 9, top, dtype) for top in (100, 120)]
    coded = [deflated(frame.tobytes()) for frame in frames]
    path = write(tmp_path / "film", frames[0], DEFLATED_FRAMES, coded, NumberOfFrames=2)
    assert np.array_equal(read(path, 1)[0], frames[1])
    assert read(path)[1] <= {"spacing"}


@pytest.mark.parametrize("planar", [0, 1])
def test_that_deflated_colour_is_arranged_as_its_header_says(tmp_path, planar):
    data = (COLOURS.transpose(2, 0, 1) if planar else COLOURS).tobytes()
    path = write(
        tmp_path / "film", COLOURS, DEFLATED_FRAMES, [deflated(data)], PlanarConfiguration=planar
    )
    assert np.array_equal(read_frame(read_image(path)).colour, COLOURS)


def test_that_deflated_single_bits_become_pixels(tmp_path):
    bits = (np.arange(77).reshape(7, 11) % 3 == 0).astype(np.uint8)
    coded = [deflated(np.packbits(bits.ravel(), bitorder="little").tobytes())] * 2
    attributes = {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "NumberOfFrames": 2}
    path = write(tmp_path / "film", bits, DEFLATED_FRAMES, coded, **attributes)
    assert np.array_equal(read(path, 1)[0], bits)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (deflated(FILM.tobytes())[:-20], "truncated"),
        (deflated(FILM.tobytes()[:-8]), "truncated"),
        (deflated(FILM.tobytes() + b"\0" * 8), "damaged"),
        (deflated(b"\0" * 50_000_000), "damaged"),
        (b"\xff" * 40, "damaged"),
    ],
)
def test_that_a_deflated_frame_of_another_size_is_refused(tmp_path, data, reason):
    assert refusal(write(tmp_path / "film", FILM, DEFLATED_FRAMES, [data])) == reason


def test_that_a_window_with_an_empty_second_value_is_a_window(tmp_path):
    pair = {"WindowCenter": ["1000", "7"], "WindowWidth": ["2000", "7"]}
    path = write(tmp_path / "film", FILM, **pair)
    data = path.read_bytes()
    assert data.count(b"00\\7") == 2
    path.write_bytes(data.replace(b"00\\7", b"00\\ "))
    assert describe_frame(read_image(path)).voi == (Window(1000, 2000),)


def test_that_an_empty_first_value_moves_no_other_one(tmp_path):
    pair = {"WindowCenter": ["1000", "77"], "WindowWidth": ["2000", "99"]}
    path = write(tmp_path / "film", FILM, **pair)
    data = path.read_bytes()
    assert b"2000\\99 " in data
    path.write_bytes(data.replace(b"2000\\99 ", b"    \\99 "))
    assert Window(1000, 99) not in describe_frame(read_image(path)).voi


@pytest.mark.parametrize("promised", [2, 5])
@pytest.mark.parametrize("syntax", [EXPLICIT, JPEG + "80", DEFLATED_FRAMES, RLE])
def test_that_the_frames_that_are_there_are_shown_whatever_is_promised(tmp_path, syntax, promised):
    films = [ramp(16, 16, top) for top in (1000, 2000, 3000)]
    coded = {
        JPEG + "80": imagecodecs.jpegls_encode,
        DEFLATED_FRAMES: lambda film: deflated(film.tobytes()),
        RLE: rle_frame,
    }.get(syntax)
    frames = None if coded is None else [coded(film) for film in films]
    data = {} if frames else {"PixelData": np.stack(films).tobytes()}
    path = write(tmp_path / "film", films[0], syntax, frames, NumberOfFrames=promised, **data)
    image = read_image(path)
    assert image.frame_count == 3
    assert "frames" in {note.code for note in image.notes}
    assert all(np.array_equal(read_frame(image, i).values, films[i]) for i in range(3))


@pytest.mark.parametrize("syntax", [JPEG + "80", JPEG + "110", RLE])
def test_that_one_frame_in_fragments_stays_one(tmp_path, syntax):
    film = np.random.default_rng(0).integers(0, 4000, (16, 16), np.uint16)
    coded = {
        JPEG + "80": imagecodecs.jpegls_encode,
        JPEG + "110": lambda film: imagecodecs.jpegxl_encode(film, lossless=True),
        RLE: rle_frame,
    }[syntax](film)
    half = len(coded) // 4 * 2
    path = write(tmp_path / "film", film, syntax, [coded[:half], coded[half:]])
    assert np.array_equal(read(path)[0], film)


LARGE = np.array([[0, (1 << 24) + 1], [4_000_000_001, (1 << 32) - 1]], np.uint32)


@pytest.mark.parametrize(
    ("film", "rescale", "expected"),
    [
        (LARGE, {}, LARGE.astype(np.float64)),
        ((LARGE.astype(np.int64) - (1 << 31)).astype(np.int32), {}, LARGE - float(1 << 31)),
        (LARGE, {"RescaleSlope": 1, "RescaleIntercept": 0.5}, LARGE + 0.5),
        (
            np.array([[1, 65535]], np.uint16),
            {"RescaleSlope": 1001, "RescaleIntercept": 0},
            np.array([[1001.0, 65_600_535.0]]),
        ),
    ],
)
def test_that_values_that_float32_cannot_hold_are_exact(tmp_path, film, rescale, expected):
    frame = read_frame(read_image(write(tmp_path / "film", film, **rescale)))
    assert frame.exact.dtype == np.float64
    assert np.array_equal(frame.exact, expected)
    assert np.array_equal(frame.values, expected.astype(np.float32))


@pytest.mark.parametrize("film", [FILM, ramp(4, 4, 1 << 24, np.uint32), FILM.astype(np.int16)])
def test_that_ordinary_films_carry_no_second_set_of_values(tmp_path, film):
    assert read_frame(read_image(write(tmp_path / "film", film))).exact is None


def floating(path, pixels, **attributes):
    """A parametric map: floating-point pixels instead of Pixel Data (PS3.3 C.7.6.24)."""
    gone = dict.fromkeys(("PixelData", "BitsStored", "HighBit", "PixelRepresentation"))
    made = dataset(np.zeros(pixels.shape[-2:], np.uint16), **gone, **attributes)
    made.BitsAllocated = 8 * pixels.dtype.itemsize
    keyword = "FloatPixelData" if pixels.dtype == np.float32 else "DoubleFloatPixelData"
    setattr(made, keyword, pixels.tobytes())
    made.save_as(path, enforce_file_format=True)
    return path


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_floating_point_pixels_are_read(tmp_path, dtype):
    frames = np.linspace(-0.25, 3.5, 2 * 5 * 7).reshape(2, 5, 7).astype(dtype)
    image = read_image(floating(tmp_path / "map", frames, NumberOfFrames=2))
    frame = read_frame(image, 1)
    assert np.array_equal(frame.values, frames[1].astype(np.float32))
    assert describe_frame(image).value_range == pytest.approx((frames[0].min(), frames[0].max()))
    exact = frame.values if dtype == np.float32 else frame.exact
    assert np.array_equal(exact, frames[1])


def test_that_floating_point_pixels_that_are_no_number_are_padding(tmp_path):
    pixels = np.array([[np.nan, 1, 2], [np.inf, 3, 4]], np.float32)
    image = read_image(floating(tmp_path / "map", pixels))
    frame = read_frame(image)
    assert np.array_equal(frame.valid, [[False, True, True], [False, True, True]])
    assert np.array_equal(frame.values, [[1, 1, 2], [1, 3, 4]])
    assert "padding" in {note.code for note in image.notes}


@pytest.mark.parametrize(
    "pixels", [np.full((2, 2), np.nan, np.float32), np.full((2, 2), 1e300, np.float64)]
)
def test_that_floating_point_pixels_beyond_all_numbers_are_refused(tmp_path, pixels):
    assert refusal(floating(tmp_path / "map", pixels)) == "damaged"


def test_that_single_bit_frames_begin_between_bytes(tmp_path):
    bits = (np.arange(3 * 77) % 5 == 0).astype(np.uint8).reshape(3, 7, 11)
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes() + b"\0"
    attributes = {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "NumberOfFrames": 3}
    path = write(tmp_path / "film", bits[0], PixelData=packed, **attributes)
    assert all(np.array_equal(read(path, i)[0], bits[i]) for i in range(3))
    assert read(path)[1] <= {"spacing"}


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint32, np.int32])
def test_that_rle_of_every_depth_is_read(tmp_path, dtype):
    film = ramp(15, 9, 2_000_000_000, np.uint32).astype(dtype)
    path = write(tmp_path / "film", film, RLE, [rle_frame(film)])
    assert np.array_equal(read(path)[0], film.astype(np.float32))


VIDEO = ["100", "100.1", "101", "102", "103", "104", "105", "106", "106.1", "107", "108"]


@pytest.mark.parametrize("syntax", [*(JPEG + end for end in VIDEO), "1.2.840.10008.1.2.7.1"])
def test_that_a_video_is_called_that_and_what_to_do_is_said(tmp_path, syntax):
    path = write(tmp_path / "film", COLOURS, syntax, [b"\0\0\1\xb3" * 8])
    with pytest.raises(ImageError, match=r"it is a video \(.+\), not an image; play it") as caught:
        read_image(path)
    assert caught.value.reason == "video"


# What people complained of: each has one right value.


@pytest.mark.parametrize("shape", ["INVERSE", "IDENTITY", None])
def test_that_a_polarity_said_twice_is_one(tmp_path, shape):
    said = {} if shape is None else {"PresentationLUTShape": shape}
    window = {"WindowCenter": 2048, "WindowWidth": 4096, "BitsStored": 12, "HighBit": 11}
    turned = (4095 - FILM).astype(np.uint16)
    first = write(
        tmp_path / "1", turned, PhotometricInterpretation="MONOCHROME1", **said, **window
    )
    second = write(tmp_path / "2", FILM, **({} if shape == "INVERSE" else said), **window)
    shades = []
    for path in (first, second):
        frame = read_frame(read_image(path))
        shades.append(apply_voi(frame.values, default_voi(frame), frame.image.inverted))
    assert np.abs(shades[0].astype(int) - shades[1]).max() <= 1


def icon(pixels, *, encapsulated):
    item = Dataset()
    item.SamplesPerPixel, item.PhotometricInterpretation = 1, "MONOCHROME2"
    item.Rows = item.Columns = 16
    item.BitsAllocated = item.BitsStored = 8
    item.HighBit, item.PixelRepresentation = 7, 0
    if pixels is not None:
        item.add_new(0x7FE00010, "OB", encapsulate([pixels]) if encapsulated else pixels)
        item["PixelData"].is_undefined_length = encapsulated
    item.is_undefined_length_sequence_item = True
    return Sequence([item])


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, JPEG + "80"])
@pytest.mark.parametrize("kind", ["native", "encapsulated", "empty"])
def test_that_an_icon_is_never_taken_for_the_image(tmp_path, syntax, kind):
    white = np.full((16, 16), 255, np.uint8)
    pixels = {
        "native": white.tobytes(),
        "encapsulated": imagecodecs.jpegls_encode(white),
        "empty": None,
    }[kind]
    if kind == "encapsulated" and syntax != JPEG + "80":
        pytest.skip("only a compressed file can hold a compressed icon")
    film = ramp(128, 128, 250, np.uint8)
    made = dataset(film, syntax)
    made.IconImageSequence = icon(pixels, encapsulated=kind == "encapsulated")
    made["IconImageSequence"].is_undefined_length = True
    if syntax == JPEG + "80":
        made.PixelData = encapsulate([imagecodecs.jpegls_encode(film)])
        made["PixelData"].is_undefined_length = True
        made["PixelData"].VR = "OB"
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert np.array_equal(read(tmp_path / "film")[0], film)


@pytest.mark.parametrize("sign", [0, 1])
def test_that_an_overlay_in_the_unused_bits_changes_no_value(tmp_path, sign):
    film = FILM.astype(np.int32) - 2000 * sign
    junk = np.random.default_rng(5).integers(0, 16, film.shape) << 12
    made = dataset((film & 0xFFF | junk).astype(np.uint16), BitsStored=12, HighBit=11)
    made.PixelRepresentation = sign
    overlay(made, {0x0100: 16, 0x0102: 12})
    made.save_as(tmp_path / "film", enforce_file_format=True)
    values, notes = read(tmp_path / "film")
    assert np.array_equal(values, film)
    assert "overlay" not in notes


def overlay(made, elements=None, *, group=0x6000):
    """Add an overlay of the size of the film; `elements` override or, with None, remove."""
    numbers = {0x0010: made.Rows, 0x0011: made.Columns, 0x0100: 1, 0x0102: 0}
    for element, number in (numbers | (elements or {})).items():
        if number is not None:
            made.add_new(group << 16 | element, "US", number)
    made.add_new(group << 16 | 0x0040, "CS", "G")
    made.add_new(group << 16 | 0x0050, "SS", [1, 1])


@pytest.mark.parametrize(("real", "said"), [(EXPLICIT, IMPLICIT), (IMPLICIT, EXPLICIT)])
def test_that_a_transfer_syntax_that_lies_is_noted(tmp_path, real, said):
    path = write(tmp_path / "film", FILM, real)
    data = path.read_bytes()
    at = data.index(b"\x02\x00\x10\x00UI")
    length = int.from_bytes(data[at + 6 : at + 8], "little")
    value = said.encode().ljust(len(said) + len(said) % 2, b"\0")
    new = data[: at + 6] + len(value).to_bytes(2, "little") + value + data[at + 8 + length :]
    group = new.index(b"\x02\x00\x00\x00UL") + 8
    total = int.from_bytes(new[group : group + 4], "little") + len(value) - length
    path.write_bytes(new[:group] + total.to_bytes(4, "little") + new[group + 4 :])
    values, notes = read(path)
    assert np.array_equal(values, FILM)
    assert "syntax" in notes


def table(first, entries, *, bits=16, signed=False):
    item = Dataset()
    count = len(entries) % 65536
    item.add_new("LUTDescriptor", "SS" if signed else "US", [count, first, bits])
    item.add_new("LUTData", "OW", np.asarray(entries, "<u2").tobytes())
    return Sequence([item])


def test_that_a_modality_lut_can_begin_below_zero(tmp_path):
    film = (ramp(32, 32, 1023).astype(np.int32) - 512).astype(np.int16)
    lut = table(-512, np.arange(1024) * 3, signed=True)
    values, _ = read(write(tmp_path / "film", film, ModalityLUTSequence=lut))
    assert np.array_equal(values, (film.astype(int) + 512) * 3)


def test_that_a_voi_lut_of_no_entries_has_65536(tmp_path):
    curve = np.rint(65535 * np.sqrt(np.arange(65536) / 65535))
    film = ramp(32, 32, 65535)
    frame = read_frame(read_image(write(tmp_path / "film", film, VOILUTSequence=table(0, curve))))
    shades = apply_voi(frame.values, default_voi(frame))
    assert np.abs(shades - 255 * np.sqrt(film / 65535)).max() <= 1


def test_that_a_voi_lut_after_a_rescale_begins_below_zero(tmp_path):
    lut = table(64512, np.arange(4096)[::-1], bits=12)
    film = ramp(32, 32, 4095)
    rescale = {"RescaleSlope": 1, "RescaleIntercept": -1024, "BitsStored": 12, "HighBit": 11}
    image = read_image(write(tmp_path / "film", film, VOILUTSequence=lut, **rescale))
    shades = apply_voi(read_frame(image).values, describe_frame(image).voi[0])
    assert np.abs(shades - 255 * (1 - film / 4095.0)).max() <= 1


@pytest.mark.parametrize(("function", "noted"), [("LINEAR", True), ("LINEAR_EXACT", False)])
def test_that_a_window_below_one_gives_an_image_with_contrast(tmp_path, function, noted):
    small = {"RescaleSlope": "0.0001", "RescaleIntercept": 0, "VOILUTFunction": function}
    path = write(tmp_path / "film", FILM, WindowCenter="0.2", WindowWidth="0.4", **small)
    image = read_image(path)
    frame = read_frame(image)
    assert np.unique(apply_voi(frame.values, default_voi(frame))).size > 200
    assert ("window" in {note.code for note in image.notes}) == noted


def test_that_a_mask_of_zeros_and_ones_is_black_and_white(tmp_path):
    mask = (FILM > 2000).astype(np.uint8)
    frame = read_frame(
        read_image(write(tmp_path / "film", mask, WindowCenter="0.5", WindowWidth=1))
    )
    assert np.array_equal(apply_voi(frame.values, default_voi(frame)), mask * 255)


@pytest.mark.parametrize(
    ("photometric", "left", "right"),
    [("YBR_FULL_422", (191, 48, 40), 150), ("YBR_PARTIAL_422", (201, 39, 30), 156)],
)
def test_that_colours_of_old_ultrasound_are_right(tmp_path, photometric, left, right):
    y, cb, cr = np.repeat([[90, 100, 200], [150, 128, 128]], 4, axis=0).T
    pairs = np.stack([y[0::2], y[1::2], cb[0::2], cr[0::2]], axis=-1)
    data = np.broadcast_to(pairs, (6, *pairs.shape)).astype(np.uint8).tobytes()
    attributes = {"PhotometricInterpretation": photometric, "PixelData": data}
    path = write(tmp_path / "film", np.zeros((6, 8, 3), np.uint8), **attributes)
    colour = read_frame(read_image(path)).colour.astype(int)
    assert np.abs(colour[0, 0] - left).max() <= 1
    assert np.abs(colour[-1, -1] - right).max() <= 1


@pytest.mark.parametrize("shape", [(12, 10), (128, 128)])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_that_twice_the_rows_are_left_over_and_not_taken_for_deeper_pixels(tmp_path, shape, dtype):
    film = ramp(*shape, np.iinfo(dtype).max, dtype)
    path = write(tmp_path / "film", film, PixelData=film.tobytes() + film[::-1].tobytes())
    values, notes = read(path)
    assert np.array_equal(values, film)
    assert "left-over" in notes


@pytest.mark.parametrize("shape", [(12, 10), (128, 128)])
@pytest.mark.parametrize("dtype", [np.uint16, np.uint32])
@pytest.mark.parametrize("depth", [0.06, 1])
def test_that_pixels_of_twice_the_depth_are_refused(tmp_path, shape, dtype, depth):
    film = ramp(*shape, int(depth * np.iinfo(dtype).max), dtype)
    half = 4 * film.dtype.itemsize
    lie = {"BitsAllocated": half, "BitsStored": half, "HighBit": half - 1}
    assert refusal(write(tmp_path / "film", film, **lie)) == "damaged"


@pytest.mark.parametrize("syntax", [EXPLICIT, JPEG + "80"])
def test_that_bytes_behind_the_data_set_are_noted(tmp_path, syntax):
    frames = None if syntax == EXPLICIT else [CODED["80"](FILM)]
    path = write(tmp_path / "film", FILM, syntax, frames)
    path.write_bytes(path.read_bytes() + bytes(300_000))
    values, notes = read(path)
    assert np.array_equal(values, FILM)
    assert "left-over" in notes


def test_that_padding_behind_the_pixels_is_nothing_odd(tmp_path):
    path = write(tmp_path / "film", FILM)
    padding = b"\xfc\xff\xfc\xffOB\0\0\x04\0\0\0\0\0\0\0"  # Data Set Trailing Padding
    path.write_bytes(path.read_bytes() + padding)
    assert "left-over" not in read(path)[1]


def test_that_two_sets_of_compressed_pixels_are_refused(tmp_path):
    path = write(tmp_path / "film", FILM, JPEG + "80", [CODED["80"](FILM)])
    data = path.read_bytes()
    path.write_bytes(data + data[data.rindex(b"\xe0\x7f\x10\x00") :])
    assert refusal(path) == "damaged"


@pytest.mark.parametrize("place", [0, 11, 16, 40])
def test_that_an_overlay_in_the_bits_of_the_image_is_noted(tmp_path, place):
    made = dataset(FILM, BitsStored=12, HighBit=11)
    overlay(made, {0x0100: 16, 0x0102: place})
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert "overlay" in read(tmp_path / "film")[1]


@pytest.mark.parametrize("modality", ["CT", "MR", "PT", "CR", "DX", "MG", "IO", "PX", "NM"])
def test_that_a_spacing_missing_where_the_modality_has_one_is_noted(tmp_path, modality):
    assert "spacing" in read(write(tmp_path / "film", FILM, Modality=modality))[1]


def test_that_a_damaged_transfer_syntax_prints_no_warning(tmp_path, recwarn):
    path = write(tmp_path / "film", FILM, JPEG + "80", [CODED["80"](FILM)])
    path.write_bytes(
        path.read_bytes().replace(b"1.2.840.10008.1.2.4.80", b"1.2.840.1}008.1.2.4.80")
    )
    assert refusal(path) == "unsupported"
    assert len(recwarn) == 0
