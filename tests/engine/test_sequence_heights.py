from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from engine.sequence import model_rows, refusal, to_sequence
from engine.types import Frame, FrameHeader, Image, InputFormat, Spacing

FREE = InputFormat(24, 16, "full-range", aspect="keep", rows_multiple=4)
SPACINGS = st.floats(0.5, 2)


def frame_of(values, *, row_mm=1.0, column_mm=1.0, **header):
    image = Image(
        path="film.dcm",
        format="DICOM",
        encoding="uncompressed",
        frame_count=1,
        rows=values.shape[0],
        columns=values.shape[1],
        bits_stored=12,
        photometric="MONOCHROME2",
        **header,
    )
    spacing = Spacing(row_mm, column_mm, "calibrated")
    said = FrameHeader((0.0, 4095.0), spacing=spacing)
    return Frame(image, 0, values.astype(np.float32), header=said)


def noise(rows, columns, seed=0):
    return np.random.default_rng(seed).integers(0, 4096, (rows, columns))


@st.composite
def films(draw):
    rows, columns = draw(st.integers(8, 90)), draw(st.integers(8, 60))
    values = noise(rows, columns, draw(st.integers(0, 9)))
    return frame_of(values, row_mm=draw(SPACINGS), column_mm=draw(SPACINGS))


@settings(max_examples=40, deadline=None)
@given(films())
def test_that_the_mean_of_a_film_is_kept(frame):
    rows = to_sequence(frame, FREE).rows
    assert rows.mean(dtype=np.float64) == pytest.approx(frame.values.mean() / 4095, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(films())
def test_that_the_edges_cover_the_film_and_nothing_else(frame):
    sequence = to_sequence(frame, FREE)
    assert (sequence.edges[0], sequence.edges[-1]) == (0, frame.image.rows)
    assert len(sequence.edges) == len(sequence.rows) + 1
    np.testing.assert_allclose(np.diff(sequence.edges), frame.image.rows / len(sequence.rows))


@settings(max_examples=100, deadline=None)
@given(films())
def test_that_a_cell_is_as_high_as_wide_but_for_the_rounding(frame):
    image, spacing = frame.image, frame.header.spacing
    rows = model_rows(image, FREE, frame.header.pixel_aspect)
    assert rows % 4 == 0
    if refusal(image, FREE, frame) is None:
        wanted = 16 * (image.rows * spacing.row_mm) / (image.columns * spacing.column_mm)
        assert abs(rows - wanted) <= 2 + 1e-9


def test_that_every_cell_is_the_average_of_the_area_it_covers():
    values = noise(64, 32)
    rows = to_sequence(frame_of(values), FREE).rows
    blocks = values.reshape(32, 2, 16, 2).mean(axis=(1, 3)) / 4095
    np.testing.assert_allclose(rows, blocks, atol=1e-6)


def test_that_rows_twice_as_far_apart_as_columns_give_twice_the_rows():
    square, tall = frame_of(noise(40, 40)), frame_of(noise(40, 40), row_mm=0.4, column_mm=0.2)
    assert [len(to_sequence(frame, FREE).rows) for frame in (square, tall)] == [16, 32]


def test_that_a_stretched_film_ignores_its_own_shape():
    fmt = replace(FREE, aspect="stretch")
    tall = frame_of(noise(90, 20), row_mm=3.0)
    assert to_sequence(tall, fmt).rows.shape == (24, 16)


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [(30, 100, "30 × 100 pixels is too low"), (700, 100, "700 × 100 pixels is too high")],
)
def test_that_a_film_of_an_extreme_shape_is_refused_in_words(rows, columns, words):
    image = frame_of(noise(rows, columns)).image
    reason = refusal(image, FREE)
    assert words in reason
    assert "0.38 to 6 times as high as wide" in reason


def test_that_the_shape_is_judged_in_millimetres():
    flat = frame_of(noise(30, 100), row_mm=0.5, column_mm=0.1)
    assert refusal(flat.image, FREE, flat) is None


def test_that_a_stretching_model_refuses_no_shape():
    image = frame_of(noise(700, 20)).image
    assert refusal(image, replace(FREE, aspect="stretch")) is None


def test_that_a_free_film_is_measured_against_its_own_rows():
    assert refusal(frame_of(noise(10, 24)).image, FREE) is None  # fewer than half of 24 rows
    assert "a grid of 68 × 16" in refusal(frame_of(noise(30, 7)).image, FREE)


@pytest.mark.parametrize(("shape", "rows"), [((1, 5000), 8), ((5000, 1), 96)])
def test_that_no_header_can_ask_for_any_amount_of_memory(shape, rows):
    image = frame_of(noise(*shape)).image
    assert model_rows(image, FREE) == rows


def test_that_a_step_at_least_is_read():
    fmt = InputFormat(8, 64, "rank", aspect="keep", rows_multiple=8)
    assert model_rows(frame_of(noise(40, 400)).image, fmt) == 8
