import io
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from engine import ImageError
from engine.imaging import read_frame, read_image
from tests.engine.imaging_files import chunk, png, ramp

RNG = np.random.default_rng(1)
GREY8 = RNG.integers(0, 256, (9, 7), np.uint8)
GREY16 = RNG.integers(0, 65536, (9, 7), np.uint16)
RGB8 = RNG.integers(0, 256, (9, 7, 3), np.uint8)
RGB16 = RNG.integers(0, 65536, (9, 7, 3), np.uint16)


def file(tmp_path, data):
    path = tmp_path / "film"
    path.write_bytes(data)
    return path


def frame_of(tmp_path, data):
    return read_frame(read_image(file(tmp_path, data)))


def refusal(tmp_path, data):
    with pytest.raises(ImageError) as caught:
        frame_of(tmp_path, data)
    assert "film" in str(caught.value)
    return caught.value.reason


def outcome(tmp_path, data):
    """The values, or the sentence of the refusal; anything else fails the test."""
    try:
        return frame_of(tmp_path, data).values
    except ImageError as error:
        return str(error)


def saved(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("encode", [imagecodecs.png_encode, imagecodecs.tiff_encode])
@pytest.mark.parametrize("film", [GREY8, GREY16])
def test_that_grey_is_read_at_full_depth(tmp_path, encode, film):
    frame = frame_of(tmp_path, encode(film))
    assert frame.colour is None
    assert frame.values.dtype == np.float32
    assert np.array_equal(frame.values, film)
    assert frame.header.value_range == (0, np.iinfo(film.dtype).max)


@pytest.mark.parametrize("encode", [imagecodecs.png_encode, imagecodecs.tiff_encode])
@pytest.mark.parametrize("film", [RGB8, RGB16])
def test_that_colour_is_read_at_full_depth(tmp_path, encode, film):
    frame = frame_of(tmp_path, encode(film))
    assert np.allclose(frame.values, film @ [0.299, 0.587, 0.114], rtol=1e-5)
    scale = 255 / np.iinfo(film.dtype).max
    assert np.abs(frame.colour - film * scale).max() <= 0.51


@pytest.mark.parametrize("film", [GREY8, GREY16])
def test_that_grey_stored_as_colour_gives_the_values_of_one_channel(tmp_path, film):
    frame = frame_of(tmp_path, imagecodecs.png_encode(np.stack([film] * 3, -1)))
    assert frame.colour is None
    assert np.array_equal(frame.values, film)


def test_that_alpha_without_effect_is_dropped(tmp_path):
    opaque = np.dstack([RGB16, np.full(RGB16.shape[:2], 65535, np.uint16)])
    assert np.array_equal(
        frame_of(tmp_path, imagecodecs.png_encode(opaque)).values,
        frame_of(tmp_path, imagecodecs.png_encode(RGB16)).values,
    )


def test_that_transparent_pixels_are_laid_over_black_and_noted(tmp_path):
    half = np.dstack([np.full((2, 2), 200, np.uint8), np.full((2, 2), 128, np.uint8)])
    frame = frame_of(tmp_path, imagecodecs.png_encode(half))
    assert np.array_equal(frame.values, np.full((2, 2), 100))
    assert any("Transparency" in note.words for note in frame.image.notes)


def test_that_a_palette_gives_its_colours(tmp_path):
    picture = Pillow.fromarray(RGB8).quantize(8)
    frame = frame_of(tmp_path, saved(picture, "PNG"))
    assert np.array_equal(frame.colour, np.asarray(picture.convert("RGB")))


def test_that_an_animated_png_says_that_one_picture_is_shown(tmp_path):
    pictures = [Pillow.fromarray(GREY8), Pillow.fromarray(255 - GREY8)]
    data = saved(pictures[0], "PNG", save_all=True, append_images=pictures[1:])
    frame = frame_of(tmp_path, data)
    assert np.array_equal(frame.values, GREY8)
    assert any("animated" in note.words for note in frame.image.notes)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_that_a_png_cut_short_is_refused(tmp_path, share):
    data = png(GREY16)
    assert refusal(tmp_path, data[: int(len(data) * share)]) == "truncated"


def test_that_a_png_with_a_wrong_check_sum_is_refused(tmp_path):
    data = bytearray(png(GREY16))
    data[data.index(b"IDAT") + 20] ^= 1
    assert refusal(tmp_path, bytes(data)) == "damaged"


def test_that_a_png_bomb_is_refused(tmp_path):
    header = struct.pack(">LLBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )
    assert refusal(tmp_path, data) == "too-large"


def test_that_a_png_with_too_few_pixels_is_refused(tmp_path):
    data = png(GREY16).replace(
        chunk(b"IHDR", struct.pack(">LLBBBBB", 7, 9, 16, 0, 0, 0, 0)),
        chunk(b"IHDR", struct.pack(">LLBBBBB", 7, 90, 16, 0, 0, 0, 0)),
    )
    assert refusal(tmp_path, data) == "damaged"


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_that_jpeg_is_read_and_called_lossy(tmp_path, mode):
    smooth = Pillow.fromarray(ramp(16, 16, 255, np.uint8)).convert(mode)
    frame = frame_of(tmp_path, saved(smooth, "JPEG", quality=98))
    assert np.abs(frame.values - ramp(16, 16, 255, np.uint8)).max() <= 4
    assert frame.image.lossy == "lossy JPEG"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_exif_orientation_is_applied(tmp_path, orientation):
    picture = Pillow.fromarray(ramp(8, 16, 255, np.uint8))
    exif = Pillow.Exif()
    exif[274] = orientation
    data = saved(picture, "JPEG", quality=100, exif=exif)
    from PIL.ImageOps import exif_transpose

    upright = np.asarray(exif_transpose(Pillow.open(io.BytesIO(data))))
    frame = frame_of(tmp_path, data)
    assert (frame.image.rows, frame.image.columns) == upright.shape
    assert np.array_equal(frame.values, upright)


def test_that_a_jpeg_cut_short_is_refused(tmp_path):
    data = saved(Pillow.fromarray(RGB8), "JPEG")
    assert refusal(tmp_path, data[:-40]) == "truncated"


def test_that_cmyk_is_refused(tmp_path):
    assert refusal(tmp_path, saved(Pillow.new("CMYK", (8, 8)), "JPEG")) == "unsupported"


def test_that_the_pages_of_a_tiff_are_frames(tmp_path):
    pages = [Pillow.fromarray(GREY8), Pillow.fromarray(255 - GREY8)]
    path = file(tmp_path, saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    image = read_image(path)
    assert image.frame_count == 2
    assert np.array_equal(read_frame(image, 1).values, 255 - GREY8)


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_that_compressed_tiff_is_read(tmp_path, compression):
    data = saved(Pillow.fromarray(RGB8), "TIFF", compression=compression)
    assert np.array_equal(frame_of(tmp_path, data).colour, RGB8)


def test_that_white_is_zero_is_inverted_not_changed(tmp_path):
    data = saved(Pillow.fromarray(GREY8), "TIFF", tiffinfo={262: 0})
    frame = frame_of(tmp_path, data)
    assert frame.image.inverted == (frame.image.photometric == "MONOCHROME1")


def test_that_a_tiff_cut_short_is_refused(tmp_path):
    data = imagecodecs.tiff_encode(RNG.integers(0, 65536, (90, 70), np.uint16))
    assert refusal(tmp_path, data[: len(data) // 2]) in {"truncated", "damaged"}


@pytest.mark.parametrize("seed", range(60))
def test_that_mutated_pictures_are_read_or_refused(tmp_path, seed):
    random = np.random.default_rng(seed)
    encode = (
        lambda: imagecodecs.png_encode(RGB16),
        lambda: imagecodecs.jpeg8_encode(RGB8),
        lambda: imagecodecs.tiff_encode(GREY16),
    )[seed % 3]
    data = bytearray(encode())
    for position in random.integers(8, len(data), 4):
        data[position] = random.integers(0, 256)
    answer = outcome(tmp_path, bytes(data))
    assert "film" in answer if isinstance(answer, str) else np.isfinite(answer).all()


def test_that_the_end_of_a_preview_is_not_the_end_of_the_film(tmp_path):
    preview = imagecodecs.jpeg8_encode(GREY8)
    segment = b"Exif\0\0" + preview
    data = imagecodecs.jpeg8_encode(RNG.integers(0, 256, (60, 60), np.uint8))
    app1 = b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment
    assert refusal(tmp_path, data[:2] + app1 + data[2:-200]) == "truncated"
