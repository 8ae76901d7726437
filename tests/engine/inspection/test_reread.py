"""A changed film read again: as a reading of the changed rows would be, without torch."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Raster

import engine
from engine import inspection
from engine.bundle import read_metadata
from engine.calibration import log_odds, softmax
from engine.errors import InferenceError
from engine.inspection import (
    DIRECTIONS,
    DRAWS,
    changed_sequence,
    direction_rows,
    influence_again,
    reread,
    turned,
)
from engine.preparation import frame_of, prepare
from engine.sequence import to_sequence
from tests.engine.bundle_parts import change_metadata

VALUES = np.random.default_rng(0).integers(0, 255, (40, 30)).astype(np.uint8)


@pytest.fixture(scope="module")
def model(tiny_bundle):
    return engine.load(tiny_bundle)


@pytest.fixture(scope="module")
def film(model):
    return prepare(frame_of(VALUES), model.info)


def rows_of(model, film, edits):
    """The changed film as a film of its own."""
    sequence = changed_sequence(model.rows, film, edits)
    return replace(film, own=replace(film.own, sequence=sequence))


def test_that_a_film_without_edits_reads_as_it_is(model, film):
    found = inspection.whatif(model, film)
    trace = model.rows.trace(film.own.sequence)
    np.testing.assert_array_equal(found.trace.logits, trace.logits)
    assert (found.change, found.changed.any(), np.abs(found.delta).max()) == (0.0, False, 0.0)


def test_that_a_changed_film_reads_as_one_with_its_rows(model, film):
    edits = ("rows 2 4 mean", "shift 1 0")
    found, trace = (
        inspection.whatif(model, film, *edits),
        model.rows.trace(rows_of(model, film, edits).own.sequence),
    )
    np.testing.assert_array_equal(found.trace.h, trace.h)
    np.testing.assert_allclose(found.probabilities, softmax(trace.logits))
    assert found.log_odds == pytest.approx(float(log_odds(trace.logits, found.target)))


def test_that_the_last_delta_is_the_whole_change(model, film):
    found = inspection.whatif(model, film, "rows 2 4 mean")
    assert found.delta[-1] == pytest.approx(found.change, abs=1e-5)
    assert found.change == pytest.approx(found.log_odds - found.log_odds_as_read)


def test_that_only_brushed_steps_are_changed_and_nothing_above_them_answers_otherwise(model, film):
    found = inspection.whatif(model, film, "rows 3 4 value 0")
    assert np.flatnonzero(found.changed).tolist() == [3, 4]
    np.testing.assert_array_equal(found.delta[:3], 0)
    assert np.abs(found.delta[3:]).min() > 0


def test_that_any_class_can_be_the_target(model, film):
    one, other = (
        inspection.whatif(model, film, "rows 2 4 mean", target=k) for k in (0, "pneumonia")
    )
    assert (one.target, other.target) == (0, 1)
    assert one.change == pytest.approx(-other.change)
    with pytest.raises(InferenceError, match="is no class"):
        inspection.whatif(model, film, target="zebra")


def test_that_rows_of_another_film_are_read_from_its_path(model, film, tmp_path):
    path = tmp_path / "other.png"
    Raster.fromarray(255 - VALUES).save(path)
    other = prepare(frame_of(path), model.info).own.sequence.rows
    found = inspection.whatif(model, film, f"rows 0 3 film {path}")
    size = model.info.input.rows_multiple
    np.testing.assert_array_equal(found.rows[: 4 * size], other[: 4 * size])


def test_that_the_influence_of_both_films_explains_the_change(model, film):
    edits = ("rows 2 4 mean",)
    before, after = (influence_again(model.rows, film, one, 1) for one in ((), edits))
    change = inspection.whatif(model, film, *edits, target=1).change
    total = float((after.values - before.values).sum())
    assert total + after.residual - before.residual == pytest.approx(change, abs=1e-4)
    np.testing.assert_array_equal(
        inspection.whatif_influence(model, film, *edits, target=1).values, after.values
    )


def test_that_every_filling_answers_as_its_edit_does(model, film):
    found = {one.kind: one for one in inspection.whatif_fillings(model, film, (2, 4))}
    assert list(found) == ["mean", "blurred", "noise", "neighbour"]
    for kind in ("mean", "blurred", "neighbour"):
        edited = inspection.whatif(model, film, f"rows 2 4 {kind}")
        expected = float(edited.probabilities[edited.target])
        assert found[kind].probability == found[kind].low == found[kind].high == expected
        assert found[kind].change == pytest.approx(edited.change)
    draws = [
        float(inspection.whatif(model, film, f"rows 2 4 noise {seed}").probabilities[1])
        for seed in range(DRAWS)
    ]
    assert (found["noise"].low, found["noise"].high) == (min(draws), max(draws))
    assert found["noise"].probability == pytest.approx(np.mean(draws))


def test_that_a_whole_film_is_filled_without_neighbours(model, film):
    steps = model.info.steps
    kinds = [one.kind for one in inspection.whatif_fillings(model, film, (0, steps - 1))]
    assert kinds == ["mean", "blurred", "noise"]


def test_that_directions_turn_the_film_before_it_is_made_into_rows():
    frame = frame_of(np.arange(12, dtype=np.uint8).reshape(3, 4))
    first = {one: turned(frame, one).values[0].tolist() for one in DIRECTIONS}
    assert first == {
        "top-down": [0, 1, 2, 3],
        "bottom-up": [8, 9, 10, 11],
        "left-right": [0, 4, 8],
        "right-left": [3, 7, 11],
    }


def test_that_a_transposed_film_exchanges_its_spacing(model):
    frame = frame_of(VALUES)
    frame = replace(frame, header=replace(frame.header, nominal_aspect=2.0))
    header = turned(frame, "left-right").header
    assert header.pixel_aspect == 0.5
    image = turned(frame, "left-right").image
    assert (image.rows, image.columns) == (30, 40)
    assert turned(frame, "bottom-up").header.pixel_aspect == 2.0


def test_that_four_directions_are_four_readings(model):
    found = {one.direction: one for one in inspection.whatif_directions(model, VALUES)}
    assert tuple(found) == DIRECTIONS
    for name, array in (("bottom-up", VALUES[::-1]), ("left-right", VALUES.T)):
        sequence = to_sequence(frame_of(np.ascontiguousarray(array)), model.info.input)
        reading = model.rows.reading(sequence)
        np.testing.assert_allclose(found[name].probabilities, softmax(reading.logits), atol=1e-6)
        assert found[name].by_row.shape == reading.by_row.shape
    straight = softmax(model.rows.trace(direction_rows(frame_of(VALUES), model.info)[0]).logits)
    np.testing.assert_allclose(found["top-down"].probabilities, straight, atol=1e-6)


def test_that_reading_again_loads_no_torch(tiny_bundle, tmp_path):
    path = tmp_path / "film.png"
    Raster.fromarray(VALUES).save(path)
    code = (
        "import sys, engine; from engine.inspection import influence_again;"
        f"m = engine.load({str(tiny_bundle)!r}, 'cpu'); i = engine.inspection;"
        f"i.whatif(m, {str(path)!r}, 'rows 2 3 mean');"
        f"i.whatif_fillings(m, {str(path)!r}, (2, 3)); i.whatif_directions(m, {str(path)!r});"
        "assert 'torch' not in sys.modules, 'torch'"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_that_a_model_is_opened_by_its_folder_too(model, film, tiny_bundle):
    found = reread(tiny_bundle, film, ["rows 2 4 mean"])
    np.testing.assert_array_equal(
        found.trace.logits, inspection.whatif(model, film, "rows 2 4 mean").trace.logits
    )


def test_that_a_model_is_asked_only_while_it_is_the_one_that_was_listed(own_bundle):
    listed = read_metadata(own_bundle)
    assert inspection.as_listed(lambda folder, more: (folder, more), listed, 3) == (listed.path, 3)
    change_metadata(own_bundle, "version", to="9.9")
    now = inspection.as_listed(lambda _folder, more: more, listed, 3)
    assert (now.version, now.path) == ("9.9", listed.path)
