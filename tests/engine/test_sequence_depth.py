"""The depth of a file's numbers that its film does not use cannot change an answer."""

import numpy as np
import pytest

from engine import load
from engine.imaging import read_frame, read_image
from engine.sequence import full_range, to_sequence, whole_range
from engine.suitability import film_checks
from engine.types import FilmLimits, InputFormat
from tests.engine.imaging_files import file, png, write

FULL = InputFormat(14, 14, "full-range")


def seven(top, dtype):
    """A drawn 7 from 0 to `top`."""
    y, x = np.mgrid[0:28, 0:28].astype(float)
    bar = np.hypot(np.clip(np.abs(x - 13.5) - 5.5, 0, None), y - 7)
    along = np.clip(((x - 19) * -7 + (y - 7) * 15) / 274, 0, 1)
    leg = np.hypot(x - (19 - 7 * along), y - (7 + 15 * along))
    return np.rint(np.clip(1.9 - np.minimum(bar, leg), 0, 1) * top).astype(dtype)


@pytest.fixture
def sevens(tmp_path):
    """One picture in five containers."""
    twelve = seven(4095, np.uint16)
    return [
        file(tmp_path, png(seven(255, np.uint8)), "eight.png"),
        file(tmp_path, png(seven(65535, np.uint16)), "sixteen.png"),
        file(tmp_path, png(twelve), "twelve_in_sixteen.png"),
        write(tmp_path / "stored_12.dcm", twelve, BitsStored=12, HighBit=11, Modality="OT"),
        write(tmp_path / "stored_16.dcm", twelve, Modality="OT"),
    ]


def test_that_one_picture_has_one_answer_in_any_container(sevens):
    model = load("digits")
    answers = [model.analyse(path).prediction.probabilities for path in sevens]
    assert answers[0].argmax() == 7
    for answer in answers[1:]:
        np.testing.assert_allclose(answer, answers[0], atol=2e-3)
    np.testing.assert_array_equal(answers[4], answers[3])


def test_that_the_same_values_give_the_same_rows_whatever_the_header_declares(make_frame):
    values = seven(4000, np.float32)
    rows = [
        to_sequence(make_frame(values, value_range=(0.0, 2.0**bits - 1), bits_stored=bits), FULL)
        for bits in (12, 13, 14, 15, 16, 24, 32)
    ]
    for other in rows[1:]:
        np.testing.assert_array_equal(other.rows, rows[0].rows)


@pytest.mark.parametrize("name", ["chest-pneumonia", "phantom-opacity"])
@pytest.mark.parametrize("header", [(16, 65535.0), (32, 2.0**32 - 1)])
def test_that_the_other_shipped_models_do_not_depend_on_the_declared_range(
    make_frame, name, header
):
    values = np.random.default_rng(0).integers(0, 4096, (300, 280))
    wanted = load(name).info.input
    assert wanted.intensity == "rank"
    plain = to_sequence(make_frame(values), wanted).rows
    bits, top = header
    deep = make_frame(values, bits_stored=bits, value_range=(0.0, top))
    np.testing.assert_array_equal(to_sequence(deep, wanted).rows, plain)
    np.testing.assert_array_equal(to_sequence(make_frame(values * 16), wanted).rows, plain)


@pytest.mark.parametrize(
    ("least", "most", "wanted"),
    [
        (0, 0, (0, 255)),
        (0, 60, (0, 255)),
        (0, 255, (0, 255)),
        (0, 256, (0, 511)),
        (3, 1023, (0, 1023)),
        (0, 4095, (0, 4095)),
        (0, 4096, (0, 8191)),
        (0, 2**24 - 1, (0, 2**24 - 1)),
        (0, 2**32, (0, 2**32 - 1)),  # what float32 makes of the largest number of 32 bits
        (-1, 0, (-128, 127)),
        (-128, 127, (-128, 127)),
        (-129, 5, (-256, 255)),
        (-5, 128, (-256, 255)),
        (-2048, 2047, (-2048, 2047)),
    ],
)
def test_that_the_range_is_that_of_the_least_number_of_bits(least, most, wanted):
    assert whole_range(least, most) == wanted


def test_that_a_dark_film_of_bytes_is_not_stretched(make_frame):
    frame = make_frame(np.zeros((4, 4)), value_range=(0.0, 255.0), bits_stored=8)
    assert full_range(frame, 0.0, 60.0) == (0.0, 255.0)


@pytest.mark.parametrize("bits", [9, 11, 13, 15])
def test_that_a_film_that_uses_its_declared_bits_is_read_by_them(make_frame, bits):
    declared = (0.0, 2.0**bits - 1)
    frame = make_frame(np.zeros((4, 4)), value_range=declared, bits_stored=bits)
    assert full_range(frame, 0.0, declared[1] * 0.6) == declared


def test_that_a_sign_that_is_not_used_is_depth_that_is_not_used(make_frame):
    declared = (-32768.0, 32767.0)
    frame = make_frame(np.zeros((4, 4)), value_range=declared, bits_stored=16)
    assert full_range(frame, 0.0, 4095.0) == (0.0, 4095.0)


@pytest.mark.parametrize(("slope", "ends"), [(2.0, (-1024, 7166)), (-2.0, (-9214, -1024))])
def test_that_the_depth_is_that_of_the_stored_values(make_frame, slope, ends):
    full = sorted((-1024.0, 65535 * slope - 1024))
    frame = make_frame(
        np.zeros((4, 4)), value_range=tuple(full), rescale=(slope, -1024.0), bits_stored=16
    )
    darkest, brightest = sorted((-1024.0, 3000 * slope - 1024))
    assert full_range(frame, darkest, brightest) == ends


@pytest.mark.parametrize("declared", [(0.0, 1.0), (0.0, 1000.0), (-1.5, 1e6)])
def test_that_a_range_of_no_whole_number_of_bits_is_believed(make_frame, declared):
    frame = make_frame(np.zeros((4, 4)), value_range=declared, bits_stored=32)
    assert full_range(frame, 0.0, 0.5) == declared


def test_that_padding_does_not_make_a_film_deeper(tmp_path):
    film = seven(4095, np.uint16)
    alone = read_frame(read_image(write(tmp_path / "alone", film)))
    wide = np.pad(film, 4, constant_values=65535)
    padded = read_frame(read_image(write(tmp_path / "padded", wide, PixelPaddingValue=65535)))
    np.testing.assert_array_equal(to_sequence(padded, FULL).rows, to_sequence(alone, FULL).rows)


def depth_of(frame, fmt=FULL):
    found = film_checks(
        frame.image, fmt, limits=FilmLimits(0, 9, 1, 1, upright=False), frame=frame
    )
    return {check.name: check for check in found}.get("depth")


def test_that_a_range_that_was_found_is_said_and_doubtful(make_frame):
    check = depth_of(make_frame(seven(4095, float), value_range=(0.0, 65535.0), bits_stored=16))
    assert check.mark == "doubtful"
    assert "0 to 4095" in check.words
    assert "0 to 65535" in check.words


def test_that_a_range_that_is_used_is_no_doubt(make_frame):
    assert depth_of(make_frame(seven(4095, float))).mark == "passed"


def test_that_a_model_of_ranks_does_not_ask_for_the_depth(make_frame):
    frame = make_frame(seven(900, float))
    assert depth_of(frame, InputFormat(14, 14, "rank")) is None


KINDS = ["int16", "uint16", "int32", "int64", "float32", "float64", "float16"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("top", [200, 255])
def test_that_bytes_in_another_type_have_the_answer_of_bytes(kind, top):
    model = load("digits")
    film = seven(top, np.uint8)
    bytes_ = model.analyse(film).prediction.probabilities
    np.testing.assert_array_equal(
        model.analyse(film.astype(kind)).prediction.probabilities, bytes_
    )


def test_that_shares_of_white_are_read_from_0_to_1():
    header = load("digits").analyse(seven(200, float) / 255).header
    assert header.value_range == (0.0, 1.0)


def test_that_a_range_that_is_given_counts_whatever_the_array_uses():
    film = seven(900, np.uint16)
    model = load("digits")
    trace = model.trace(film, value_range=(0, 4095))
    dark = model.trace(film / 4095)
    np.testing.assert_allclose(trace.logits, dark.logits, atol=1e-4)
