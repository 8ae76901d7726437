"""What a model saw is made of the rows that it reads, by one stated rule."""

from dataclasses import replace

import numpy as np
import pytest

from engine.preparation import prepare
from engine.types import InputFormat
from tests.viewer import film_values as made
from viewer.session.model_rows import ModelViews, grey_levels, model_view, seen_lines


def model(**format_):
    return made.model(
        input=InputFormat(**({"rows": 12, "columns": 9, "intensity": "rank"} | format_))
    )


def padded(frame, top, left):
    valid = np.zeros(frame.values.shape, np.bool_)
    valid[top:, left:] = True
    return replace(frame, valid=valid)


@pytest.mark.parametrize("intensity", ["rank", "min-max", "full-range"])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_that_the_view_is_what_is_prepared_for_the_network_bit_for_bit(intensity, photometric):
    reads = model(intensity=intensity)
    frame = made.frame(made.image(photometric=photometric))
    rows = prepare(frame, reads).own.sequence
    view = model_view(frame, reads)
    expected = [[round(255 * float(value)) for value in row] for row in rows.rows]
    assert view.grey.tolist() == expected
    assert view.rows.tolist() == rows.edges.tolist()


def test_that_the_darkest_and_brightest_values_are_black_and_white():
    sequence = made.prepared(made.frame()).own.sequence
    ends = replace(sequence, rows=np.array([[0.0, 0.5, 1.0]], np.float32))
    assert grey_levels(ends).tolist() == [[0, 128, 255]]


def test_that_a_view_names_grid_resampling_and_crop():
    lines = seen_lines(model_view(made.frame(), model()))
    assert lines == (
        "12 × 9 grey levels, ranked",
        "1 model row = 6.7 stored rows",
        "whole film, nothing cut off",
        "averages of areas, no window",
    )


def test_that_padding_which_is_left_out_is_named_by_its_place():
    view = model_view(padded(made.frame(), 20, 6), model())
    assert not view.whole
    assert seen_lines(view)[2] == "without its padding: rows 20–80, columns 6–60"
    assert seen_lines(view)[1] == "1 model row = 5.0 stored rows"


def test_that_a_view_is_made_in_a_thread_and_told_once(qtbot):
    views = ModelViews()
    told = made.heard(views.known)
    film, reads = replace(made.film(), key="one"), model()
    assert views.of(film, reads) is None
    views.ask(film, reads)
    views.ask(film, reads)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    qtbot.waitUntil(lambda: not views.lane.busy, timeout=60_000)
    assert [content for content, _view in told] == ["one"]
    assert views.of(film, reads).grey.tolist() == model_view(film.frame, reads).grey.tolist()


def test_that_another_grid_of_the_same_weights_is_another_view(qtbot):
    views = ModelViews()
    film = replace(made.film(), key="one")
    with qtbot.waitSignal(views.known, timeout=60_000):
        views.ask(film, model())
    assert views.of(film, model(rows=16)) is None


def test_that_nothing_is_asked_without_a_film():
    views = ModelViews()
    views.ask(None, model())
    assert not views.lane.busy
    assert views.of(None, model()) is None


def test_that_frames_that_were_leafed_past_are_not_made(qtbot):
    views, reads = ModelViews(), model()
    told = made.heard(views.known)
    for key in ("one", "two", "three"):
        views.ask(replace(made.film(), key=key), reads)
        if key != "three":
            views.forget(key)
    qtbot.waitUntil(lambda: not views.lane.busy, timeout=60_000)
    assert [content for content, _view in told] == ["three"]
    views.ask(replace(made.film(), key="one"), reads)  # the reader came back
    qtbot.waitUntil(lambda: len(told) == 2, timeout=60_000)
