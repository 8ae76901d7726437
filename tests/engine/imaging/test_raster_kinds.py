"""PNG, JPEG and TIFF of the rarer kinds: planes, pages, depths, pixels that are not square."""

import io
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from engine.imaging import describe_frame, read_frame, read_image
from tests.engine.imaging_files import chunk, file, png, ramp, refusal, write
from tests.engine.tiff_files import double, long, rational, tiff

RNG = np.random.default_rng(3)
GREY8 = RNG.integers(0, 256, (9, 7), np.uint8)


def frame_of(tmp_path, data, index=0):
    return read_frame(read_image(file(tmp_path, data, "film")), index)


def codes(frame):
    return [note.code for note in frame.image.notes]


def saved(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


# ------------------------------------------------------------------ planes
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("samples", [2, 3, 4])
def test_that_separate_planes_are_the_same_film(tmp_path, dtype, samples):
    pixels = RNG.integers(0, np.iinfo(dtype).max, (9, 7, samples), dtype, endpoint=True)
    together = frame_of(tmp_path, tiff(pixels))
    apart = frame_of(tmp_path, tiff(pixels, planar=True))
    assert np.array_equal(apart.values, together.values)
    assert (apart.colour is None) == (samples == 2)


def test_that_transparency_that_is_in_the_colours_is_not_applied_twice(tmp_path):
    pixels = np.dstack([np.full((4, 4), 100, np.uint8), np.full((4, 4), 128, np.uint8)])
    applied = frame_of(tmp_path, tiff(pixels, tags=[{338: long(1)}]))
    assert np.array_equal(applied.values, np.full((4, 4), 100))
    assert "transparent" in codes(applied)


# ------------------------------------------------------------------ pages
def test_that_a_preview_in_front_is_not_the_image(tmp_path):
    scan = ramp(24, 18, 255, np.uint8)
    data = tiff(scan[::6, ::6], scan, tags=[{254: long(1)}, {254: long(0)}])
    frame = frame_of(tmp_path, data)
    assert (frame.image.frame_count, codes(frame)) == (1, [])
    assert np.array_equal(frame.values, scan)


def test_that_a_mask_is_no_frame(tmp_path):
    mask = np.full_like(GREY8, 255)
    frame = frame_of(tmp_path, tiff(mask, GREY8, 255 - GREY8, tags=[{254: long(4)}]))
    assert frame.image.frame_count == 2
    assert np.array_equal(frame.values, GREY8)


def test_that_a_file_of_nothing_but_a_reduced_image_is_read(tmp_path):
    assert np.array_equal(frame_of(tmp_path, tiff(GREY8, tags=[{254: long(1)}])).values, GREY8)


def test_that_pages_like_the_first_are_frames_and_others_are_named(tmp_path):
    data = tiff(GREY8, ramp(5, 5, 255, np.uint8), 255 - GREY8)
    frame = frame_of(tmp_path, data, 1)
    assert np.array_equal(frame.values, 255 - GREY8)
    assert frame.image.frame_count == 2
    assert any("1 further page differs" in note.words for note in frame.image.notes)


def test_that_a_further_page_of_an_unknown_kind_does_not_cost_the_first(tmp_path):
    data = tiff(GREY8, GREY8, tags=[{}, {259: long(34_712)}])
    assert codes(frame_of(tmp_path, data)) == ["frames"]


# ------------------------------------------------------------------ depths
@pytest.mark.parametrize("compression", [None, "group4", "packbits"])
def test_that_one_bit_per_pixel_is_black_and_white(tmp_path, compression):
    bits = RNG.integers(0, 2, (9, 17)).astype(bool)
    frame = frame_of(tmp_path, saved(Pillow.fromarray(bits), "TIFF", compression=compression))
    assert np.array_equal(frame.values, bits)
    assert (frame.image.bits_stored, frame.header.value_range) == (1, (0, 1))


@pytest.mark.parametrize("dtype", [np.int32, np.uint32])
def test_that_32_bit_numbers_are_kept_to_the_last_digit(tmp_path, dtype):
    limits = np.iinfo(dtype)
    numbers = RNG.integers(limits.min, limits.max, (9, 7), dtype)
    frame = frame_of(tmp_path, tiff(numbers))
    assert np.array_equal(frame.exact, numbers)
    assert np.array_equal(frame.values, numbers.astype(np.float32))
    assert frame.header.value_range == (limits.min, limits.max)


def test_that_32_bit_numbers_that_float32_holds_need_nothing_besides(tmp_path):
    assert frame_of(tmp_path, tiff(ramp(dtype=np.uint32))).exact is None


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_that_fractions_are_read_as_they_are(tmp_path, dtype):
    values = RNG.normal(size=(9, 7)).astype(dtype)
    frame = frame_of(tmp_path, tiff(values))
    assert np.array_equal(frame.values, values.astype(np.float32))
    assert frame.header.value_range == pytest.approx((values.min(), values.max()))
    assert codes(frame) == ["range"]


def test_that_doubles_are_kept_where_float32_rounds_them(tmp_path):
    values = RNG.normal(size=(9, 7))
    assert np.array_equal(frame_of(tmp_path, tiff(values)).exact, values)


def test_that_fractions_within_0_and_1_have_that_range(tmp_path):
    values = RNG.uniform(0.2, 0.7, (9, 7)).astype(np.float32)
    assert frame_of(tmp_path, tiff(values)).header.value_range == (0, 1)


def test_that_the_range_that_a_file_declares_is_believed_if_the_values_lie_within(tmp_path):
    values = RNG.uniform(0, 50, (9, 7)).astype(np.float32)
    wide, narrow = {340: double(-10), 341: double(90)}, {340: double(3), 341: double(4)}
    assert frame_of(tmp_path, tiff(values, tags=[wide])).header.value_range == (-10, 90)
    believed = frame_of(tmp_path, tiff(values, tags=[narrow])).header.value_range
    assert believed == pytest.approx((values.min(), values.max()))


def test_that_the_range_of_fractions_is_known_before_a_frame_is_read(tmp_path):
    values = RNG.uniform(0, 50, (9, 7)).astype(np.float32)
    path = file(tmp_path, tiff(values), "film")
    assert (
        describe_frame(read_image(path)).value_range
        == read_frame(read_image(path)).header.value_range
    )


def test_that_what_is_no_number_is_no_image(tmp_path):
    values = RNG.uniform(2, 3, (9, 7)).astype(np.float32)
    values[0], values[1, 1] = np.nan, np.inf
    frame = frame_of(tmp_path, tiff(values))
    assert np.array_equal(frame.valid, np.isfinite(values))
    assert np.isfinite(frame.values).all()
    assert frame.header.value_range[1] < 3
    assert "padding" in codes(frame)


def test_that_fractions_without_any_number_are_refused(tmp_path):
    assert refusal(file(tmp_path, tiff(np.full((4, 4), np.nan, np.float32)))) == "damaged"


@pytest.mark.parametrize("dtype", [np.float32, np.int16, np.uint32])
def test_that_colour_of_these_depths_is_refused(tmp_path, dtype):
    assert refusal(file(tmp_path, tiff(np.ones((4, 4, 3), dtype)))) == "unsupported"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("planar", [False, True])
def test_that_a_tiff_of_planes_or_fractions_that_is_cut_is_refused(tmp_path, share, planar):
    pixels = RNG.integers(0, 256, (40, 30, 3), np.uint8) if planar else RNG.normal(size=(40, 30))
    data = tiff(pixels, planar=planar)
    assert refusal(file(tmp_path, data[: int(len(data) * share)])) in {"truncated", "damaged"}


# ------------------------------------------------------------------ orientation
@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_the_exif_orientation_of_a_png_is_applied(tmp_path, orientation):
    picture = Pillow.fromarray(ramp(8, 16, 255, np.uint8))
    exif = Pillow.Exif()
    exif[274] = orientation
    data = saved(picture, "PNG", exif=exif)
    from PIL.ImageOps import exif_transpose

    upright = np.asarray(exif_transpose(Pillow.open(io.BytesIO(data))))
    frame = frame_of(tmp_path, data)
    assert (frame.image.rows, frame.image.columns) == upright.shape
    assert np.array_equal(frame.values, upright)
    assert codes(frame) == ([] if orientation == 1 else ["turned"])


# ------------------------------------------------------------------ palettes
def palette_png(numbers, colours, depth=8):
    rows, columns = numbers.shape
    header = struct.pack(">LLBBBBB", columns, rows, depth, 3, 0, 0, 0)
    bits = np.unpackbits(numbers.astype(np.uint8)[..., None], axis=-1)[..., 8 - depth :]
    lines = np.packbits(bits.reshape(rows, -1), axis=1)
    raw = b"".join(b"\0" + line.tobytes() for line in lines)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"PLTE", RNG.integers(0, 256, 3 * colours, np.uint8).tobytes())
        + chunk(b"IDAT", zlib.compress(raw))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("depth", [2, 4, 8])
def test_that_a_palette_shorter_than_its_numbers_is_refused(tmp_path, depth):
    numbers = np.zeros((4, 8), np.uint8)
    numbers[2, 5] = 3
    assert refusal(file(tmp_path, palette_png(numbers, 3, depth))) == "damaged"


@pytest.mark.parametrize("depth", [2, 4, 8])
def test_that_a_short_palette_that_is_enough_is_read(tmp_path, depth):
    numbers = RNG.integers(0, 3, (4, 8), np.uint8)
    assert frame_of(tmp_path, palette_png(numbers, 3, depth)).image.photometric == "PALETTE COLOR"


@pytest.mark.parametrize("colours", [0, 257])
def test_that_a_palette_of_an_impossible_length_is_refused(tmp_path, colours):
    assert refusal(file(tmp_path, palette_png(np.zeros((4, 8)), colours))) == "damaged"


# ------------------------------------------------------------------ pixels that are not square
def phys(across, down, unit=0):
    return chunk(b"pHYs", struct.pack(">LLB", across, down, unit))


def jpeg(**options):
    return saved(Pillow.fromarray(GREY8), "JPEG", **options)


ASPECTS = {
    "PNG": lambda across, down: png(GREY8, phys(across, down)),
    "JPEG": lambda across, down: jpeg(dpi=(across, down)),
    "TIFF": lambda across, down: tiff(GREY8, tags=[{282: rational(across), 283: rational(down)}]),
}


@pytest.mark.parametrize("kind", ASPECTS)
def test_that_twice_as_many_pixels_across_are_half_as_wide(tmp_path, kind):
    frame = frame_of(tmp_path, ASPECTS[kind](200, 100))
    assert (frame.header.pixel_aspect, frame.header.spacing) == (0.5, None)
    assert codes(frame) == ["pixel-aspect"]


@pytest.mark.parametrize("kind", ASPECTS)
def test_that_equal_densities_say_nothing(tmp_path, kind):
    frame = frame_of(tmp_path, ASPECTS[kind](300, 301))
    assert (frame.header.pixel_aspect, codes(frame)) == (1, [])


@pytest.mark.parametrize("kind", ASPECTS)
def test_that_densities_that_cannot_be_are_ignored_and_named(tmp_path, kind):
    frame = frame_of(tmp_path, ASPECTS[kind](60_000, 1))
    assert (frame.header.pixel_aspect, codes(frame)) == (1, ["pixel-aspect"])


def test_that_the_shape_of_a_pixel_is_that_of_its_page(tmp_path):
    tags = [{282: rational(across), 283: rational(100)} for across in (100, 200, 50)]
    image = read_image(file(tmp_path, tiff(GREY8, GREY8, GREY8, tags=tags), "film"))
    aspects = [read_frame(image, index).header.pixel_aspect for index in range(3)]
    assert aspects == [describe_frame(image, index).pixel_aspect for index in range(3)]
    assert aspects == [1, 0.5, 2]


def test_that_pixels_are_turned_with_the_film(tmp_path):
    tags = {274: long(6), 282: rational(200), 283: rational(100)}
    assert frame_of(tmp_path, tiff(GREY8, tags=[tags])).header.pixel_aspect == 2


@pytest.mark.parametrize(
    "attributes",
    [
        {"PixelAspectRatio": [2, 1], "Modality": "US"},
        {"NominalScannedPixelSpacing": [0.4, 0.2]},
        {"PixelSpacing": [0.4, 0.2], "Modality": "OT"},
    ],
)
def test_that_dicom_says_the_shape_of_a_pixel_without_lengths(tmp_path, attributes):
    image = read_image(write(tmp_path / "film", ramp(), **attributes))
    assert (describe_frame(image).pixel_aspect, describe_frame(image).spacing) == (0.5, None)


def test_that_a_ratio_unlike_the_spacing_gives_way_and_is_named(tmp_path):
    made = {"PixelSpacing": [0.4, 0.2], "PixelAspectRatio": [1, 1], "Modality": "CT"}
    image = read_image(write(tmp_path / "film", ramp(), **made))
    assert describe_frame(image).pixel_aspect == 0.5
    assert [note.code for note in image.notes] == ["pixel-aspect"]


@pytest.mark.parametrize("ratio", [[0, 1], [1, 400], [2]])
def test_that_a_ratio_that_cannot_be_is_ignored_and_named(tmp_path, ratio):
    image = read_image(write(tmp_path / "film", ramp(), PixelAspectRatio=ratio, Modality="OT"))
    assert describe_frame(image).pixel_aspect == 1
    assert [note.code for note in image.notes] == ["pixel-aspect"]


def test_that_tiffs_of_other_writers_are_read_as_before(tmp_path):
    frame = frame_of(tmp_path, imagecodecs.tiff_encode(GREY8))
    assert np.array_equal(frame.values, GREY8)
