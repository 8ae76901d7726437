import io
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageOps

from engine import ImageError, read_frame, read_image
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
    assert frame.image.value_range == (0, np.iinfo(film.dtype).max)


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


# ------------------------------------------------------------------ rarer kinds
@pytest.mark.parametrize("film", [RGB8, RGB16])
def test_that_separate_planes_are_the_same_picture(tmp_path, film):
    planes = np.ascontiguousarray(film.transpose(2, 0, 1))
    separate = imagecodecs.tiff_encode(planes, photometric="rgb", planarconfig="separate")
    frames = [frame_of(tmp_path, data) for data in (imagecodecs.tiff_encode(film), separate)]
    assert np.array_equal(frames[0].colour, frames[1].colour)
    assert np.array_equal(frames[0].values, frames[1].values)


def tiff(*pages, kinds, resolution=None):
    """Uncompressed little-endian 8-bit grey pages with a NewSubfileType each."""
    data, link = bytearray(b"II*\0" + bytes(4)), 4
    for pixels, kind in zip(pages, kinds, strict=True):
        at = len(data)
        data += pixels.tobytes() + b"\0" * (pixels.size % 2)
        rational = len(data)
        data += struct.pack("<4L", *(resolution or (1, 1, 1, 1)))
        rows, columns = pixels.shape
        tags = [
            (254, 4, kind), (256, 4, columns), (257, 4, rows), (258, 3, 8), (259, 3, 1),
            (262, 3, 1), (273, 4, at), (277, 3, 1), (278, 4, rows), (279, 4, pixels.size),
            (282, 5, rational), (283, 5, rational + 8),
        ]  # fmt: skip
        data[link : link + 4] = struct.pack("<L", len(data))
        data += struct.pack("<H", len(tags))
        data += b"".join(struct.pack("<HHLL", tag, form, 1, value) for tag, form, value in tags)
        link = len(data)
        data += bytes(4)
    return bytes(data)


def test_that_a_preview_is_not_the_image(tmp_path):
    frame = frame_of(tmp_path, tiff(GREY8[::2, ::2], GREY8, kinds=(1, 0)))
    assert np.array_equal(frame.values, GREY8)
    assert (frame.image.frame_count, frame.image.notes) == (1, ())


def test_that_pages_behind_a_preview_are_the_right_frames(tmp_path):
    data = tiff(GREY8[::2, ::2], GREY8, 255 - GREY8, kinds=(1, 0, 0))
    image = read_image(file(tmp_path, data))
    assert image.frame_count == 2
    assert np.array_equal(read_frame(image, 1).values, 255 - GREY8)


def test_that_a_page_of_another_size_is_told(tmp_path):
    image = frame_of(tmp_path, tiff(GREY8, GREY8[1:, 1:], kinds=(0, 0))).image
    assert (image.frame_count, [note.code for note in image.notes]) == (1, ["frames"])


def test_that_a_file_of_previews_only_still_shows_its_first_page(tmp_path):
    assert np.array_equal(frame_of(tmp_path, tiff(GREY8, kinds=(1,))).values, GREY8)


def test_that_one_bit_is_black_and_white(tmp_path):
    film = GREY8 > 127
    frame = frame_of(tmp_path, saved(Pillow.fromarray(film), "TIFF"))
    assert (frame.image.value_range, frame.image.bits_stored) == ((0, 1), 1)
    assert np.array_equal(frame.values, film)


@pytest.mark.parametrize("dtype", [np.uint32, np.int32])
def test_that_32_bits_are_exact(tmp_path, dtype):
    film = np.array([[0, 2**24 + 1], [2**31 - 1, 5]], dtype)
    frame = frame_of(tmp_path, imagecodecs.tiff_encode(film))
    assert np.array_equal(frame.exact, film)
    assert frame.image.bits_stored == 32


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-1, 1), (-1000, 400), (0, 255)])
def test_that_floating_point_has_the_range_of_its_values(tmp_path, low, high):
    film = np.linspace(low, high, 63, dtype=np.float32).reshape(9, 7)
    frame = frame_of(tmp_path, imagecodecs.tiff_encode(film))
    assert np.array_equal(frame.values, film)
    assert read_image(tmp_path / "film").value_range == frame.image.value_range == (low, high)


def test_that_floating_point_that_is_no_number_is_refused(tmp_path):
    film = np.full((4, 4), np.nan, np.float32)
    assert refusal(tmp_path, imagecodecs.tiff_encode(film)) == "unsupported"


# ------------------------------------------------------------------ pixels that are not square
def test_that_the_resolutions_of_a_tiff_give_the_shape_of_a_pixel(tmp_path):
    data = tiff(GREY8, kinds=(0,), resolution=(100, 1, 200, 1))  # 100 across, 200 down
    image = frame_of(tmp_path, data).image
    assert (image.pixel_aspect, image.spacing) == (2.0, None)


def test_that_the_physical_size_of_a_png_gives_the_shape_of_a_pixel(tmp_path):
    physical = chunk(b"pHYs", struct.pack(">LLB", 3937, 7874, 1))
    image = frame_of(tmp_path, png(GREY8, physical)).image
    assert (image.pixel_aspect, image.spacing) == (2.0, None)


@pytest.mark.parametrize("unit", [0, 1])
def test_that_the_densities_of_a_jpeg_give_the_shape_of_a_pixel(tmp_path, unit):
    data = bytearray(saved(Pillow.fromarray(GREY8), "JPEG"))
    at = data.index(b"JFIF\0")
    data[at + 7 : at + 12] = struct.pack(">BHH", unit, 100, 200)
    assert frame_of(tmp_path, bytes(data)).image.pixel_aspect == 2.0


@pytest.mark.parametrize("body", [b"", bytes(9), bytes(4)])
def test_that_no_physical_size_means_square_pixels(tmp_path, body):
    assert frame_of(tmp_path, png(GREY8, chunk(b"pHYs", body))).image.pixel_aspect == 1.0


@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_the_orientation_of_a_png_is_applied(tmp_path, orientation):
    exif = Pillow.Exif()
    exif[274] = orientation
    body = exif.tobytes().removeprefix(b"Exif\0\0")
    physical = chunk(b"pHYs", struct.pack(">LLB", 1000, 2000, 1))
    frame = frame_of(tmp_path, png(GREY8, physical, chunk(b"eXIf", body)))
    jpeg = saved(Pillow.fromarray(GREY8), "PNG", exif=exif)
    upright = Pillow.open(io.BytesIO(jpeg))
    turned = ImageOps.exif_transpose(upright)
    assert np.array_equal(frame.values, np.asarray(turned))
    assert frame.image.pixel_aspect == (2.0 if orientation < 5 else 0.5)


# ------------------------------------------------------------------ palettes
def indexed(entries, greatest):
    film = np.linspace(0, greatest, 63).astype(np.uint8).reshape(9, 7)
    return png(film, chunk(b"PLTE", bytes(range(3 * entries))), colour_type=3)


def test_that_a_palette_shorter_than_its_numbers_is_refused(tmp_path):
    assert refusal(tmp_path, indexed(8, 63)) == "damaged"


def test_that_a_short_palette_that_is_long_enough_is_read(tmp_path):
    assert frame_of(tmp_path, indexed(64, 63)).colour.shape == (9, 7, 3)


def test_that_a_missing_palette_is_refused(tmp_path):
    film = np.zeros((4, 4), np.uint8)
    assert refusal(tmp_path, png(film, colour_type=3)) == "damaged"
