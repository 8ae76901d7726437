"""One way from a film to its checks and rows, for the window as for the command line."""

import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine import analyse_rows, load, preparation
from engine.bundle import read_metadata
from engine.preparation import installed_models, prepare
from engine.sequence import to_sequence
from engine.suitability import film_checks
from engine.types import Identity, Population
from tests.engine.bundle_parts import change_metadata


@pytest.fixture
def film(make_frame):
    return make_frame(np.random.default_rng(0).integers(0, 4096, (200, 180)), modality="CR")


@pytest.fixture
def chest():
    return read_metadata("chest-pneumonia")


def test_that_own_rows_and_checks_are_those_of_the_model(film, chest):
    own = prepare(film, chest).own
    expected = film_checks(
        film.image, chest.input, limits=chest.limits, population=chest.population, frame=film
    )
    assert (own.model, own.checks) == ("chest-pneumonia", expected)
    np.testing.assert_array_equal(own.sequence.rows, to_sequence(film, chest.input).rows)


def test_that_the_admission_check_gets_rows_of_its_own_grid(film, chest):
    admission = read_metadata(chest.admission.model)
    rows = {one.model: one.sequence.rows for one in prepare(film, chest).others}
    np.testing.assert_array_equal(rows[admission.name], to_sequence(film, admission.input).rows)


def test_that_models_that_may_fit_better_get_nearly_the_rows_of_the_whole_film(make_frame, chest):
    coarse = np.random.default_rng(0).random((30, 26))
    film = make_frame(np.kron(coarse, np.ones((40, 40))) * 4000)  # 1200 × 1040: reduced by 4
    digits = read_metadata("digits")
    rows = {one.model: one.sequence.rows for one in prepare(film, chest).others}["digits"]
    np.testing.assert_allclose(rows, to_sequence(film, digits.input).rows, atol=0.02)


def test_that_the_admission_check_gets_rows_of_the_whole_film(make_frame, chest):
    film = make_frame(np.random.default_rng(0).integers(0, 4096, (1201, 1043)), modality="CR")
    admission = read_metadata(chest.admission.model)
    rows = {one.model: one.sequence.rows for one in prepare(film, chest).others}[admission.name]
    np.testing.assert_array_equal(rows, to_sequence(film, admission.input).rows)


def test_that_a_film_that_does_not_fill_a_grid_has_no_rows_for_it(make_frame, chest):
    digit = make_frame(np.random.default_rng(0).integers(0, 256, (28, 28)), modality="")
    assert [one.model for one in prepare(digit, chest).others] == ["digits"]


def test_that_what_was_prepared_holds_no_pixels(film, chest):
    prepared = prepare(film, chest)
    sizes = [one.sequence.rows.size for one in (prepared.own, *prepared.others)]
    assert max(sizes) < film.values.size
    assert not hasattr(prepared, "frame")


def test_that_rows_for_other_models_are_laid_out_where_a_film_has_no_answer(
    film, chest, monkeypatch
):
    laid, plain = [], preparation.to_sequence
    monkeypatch.setattr(
        preparation, "to_sequence", lambda *given: laid.append(given[1]) or plain(*given)
    )
    prepared = prepare(film, chest)
    admitting = read_metadata(chest.admission.model)
    assert laid == [chest.input, admitting.input]
    carried = pickle.loads(pickle.dumps(prepared))  # noqa: S301 - of this test
    here, there = (
        [(one.model, one.checks, one.sequence.rows.tolist()) for one in each.others]
        for each in (prepared, carried)
    )
    assert here == there
    assert [model for model, _, _ in here] == ["body-part", "digits", "phantom-opacity"]
    assert len(laid) == 6


def test_that_models_are_read_anew_when_they_change(own_bundle, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_MODELS", str(own_bundle.parent))
    before = {one.name: one for one in installed_models()}
    assert before["tiny"].title == "Tiny model"
    change_metadata(own_bundle, "title", to="Another")
    after = {one.name: one for one in installed_models()}
    assert after["tiny"].title == "Another"
    assert after["digits"] is before["digits"]


def test_that_a_damaged_model_hinders_no_other(own_bundle, monkeypatch, film, chest):
    (own_bundle / "metadata.json").write_text("{")
    monkeypatch.setenv("ROWSCOPE_MODELS", str(own_bundle.parent))
    assert chest.admission.model in [one.model for one in prepare(film, chest).others]


def test_that_preparing_a_film_loads_no_torch():
    code = (
        "import sys, pathlib, numpy as np; from engine.preparation import prepare;"
        "from engine.bundle import read_metadata; from engine.types import *;"
        "image = Image(pathlib.Path('x'), 'PNG', '', 1, 90, 90, 8, 'MONOCHROME2');"
        "values = np.arange(8100, dtype='f').reshape(90, 90) % 256;"
        "frame = Frame(image, 0, values, header=FrameHeader((0.0, 255.0)));"
        "assert list(prepare(frame, read_metadata('chest-pneumonia')).others);"
        "assert 'torch' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("age", ["", "062Y"])
def test_that_window_and_command_line_give_the_same_reasons(film, chest, age):
    image = replace(film.image, identity=Identity(age=age))
    frame = replace(film, image=image)
    typed = load("chest-pneumonia").analyse(frame)
    seen = analyse_rows(chest.path, prepare(frame, chest))
    assert typed.abstained == seen.abstained == seen.trust.reasons[0].sentence
    assert (typed.trust.reasons, typed.trust.checks) == (seen.trust.reasons, seen.trust.checks)
    assert typed.trust.suggestion == seen.trust.suggestion


def test_that_what_a_film_shows_is_asked_also_where_its_header_speaks_against_it(film, chest):
    frame = replace(film, image=replace(film.image, identity=Identity(age="062Y")))
    asked = {
        one.name for one in load(chest.path).analyse(frame).trust.checks if one.passed is not None
    }
    assert {"age", "body part", "guard", "surprise"} <= asked


def test_that_a_population_reaches_the_models_that_may_fit_better(film, chest):
    info = replace(chest, name="other", path=chest.path.parent / "other")
    frame = replace(film, image=replace(film.image, identity=Identity(age="062Y")))
    checks = {one.model: one.checks for one in prepare(frame, info).others}["chest-pneumonia"]
    assert [one.name for one in checks if one.passed is False] == ["age"]
    assert Population() == read_metadata("digits").population
