"""The calibration by row and the tests of a bundle, as its metadata hold them."""

import json
from dataclasses import replace

import pytest

from engine.bundle import prefixes_hash, read_metadata, stored_hash, write_metadata
from engine.errors import BundleError
from engine.types import Figure, FilmTest
from engine.weights import load_bundle
from tests.engine.bundle_parts import change_metadata
from tests.engine.conftest import TINY, describe

FULL = FilmTest(
    name="test",
    source="films.tar, split “test”",
    films=624,
    patients=404,
    positive=390,
    date="2026-11-29",
    auc=Figure(0.977, 0.965, 0.985, 624),
    calibration_error=Figure(0.09, 0.07, 0.11, 624, level=0.9),
    calibration_slope=Figure(0.8, 0.7, 0.9, 624),
)


@pytest.fixture
def tested(own_bundle):
    """A bundle with two tests."""
    other = FilmTest("exam", "exam.npz", 60, None, None, "2026-11-28")
    write_metadata(own_bundle, replace(describe(TINY), tests=(FULL, other)), TINY)
    return own_bundle


def test_that_a_bundle_of_before_has_neither_tests_nor_a_calibration_by_row(tiny_bundle):
    values = json.loads((tiny_bundle / "metadata.json").read_text("utf-8"))
    assert not {"tests", "by_row"} & set(values)
    bundle = load_bundle(tiny_bundle)
    assert (bundle.by_row, bundle.info.tests) == (None, ())


def test_that_a_calibration_by_row_changes_no_hash_of_the_weights(tiny_bundle, calibrated):
    assert read_metadata(calibrated).sha256 == read_metadata(tiny_bundle).sha256
    found = load_bundle(calibrated).by_row
    assert (len(found.scale), found.source) == (TINY.steps, "drawn numbers")


def test_that_the_hash_of_a_calibration_is_that_of_what_the_bundle_holds(calibrated, tiny_bundle):
    assert stored_hash(calibrated) == prefixes_hash(load_bundle(calibrated).by_row) != ""
    assert stored_hash(tiny_bundle) == prefixes_hash(None) == ""


@pytest.mark.parametrize(
    ("keys", "to", "said"),
    [
        (("scale", 0), -0.1, "8 numbers from 0 to"),
        (("scale", 0), True, "8 numbers from 0 to"),
        (("scale",), [1.0], "8 numbers from 0 to"),
        (("scale", 7), 0.9, "after the last step"),
        (("offset", 7), [0.1, 0.0], "after the last step"),
        (("offset", 2), [0.1], "2 numbers from"),
        (("offset",), [[0.0, 0.0]], "8 lists of numbers"),
        (("other",), 1, "unknown key"),
    ],
)
def test_that_a_calibration_by_row_that_cannot_be_is_refused(calibrated, keys, to, said):
    change_metadata(calibrated, "by_row", *keys, to=to)
    with pytest.raises(BundleError, match=said):
        read_metadata(calibrated)


def test_that_tests_come_back_as_they_were_written(tested):
    first, second = read_metadata(tested).tests
    assert first == FULL
    assert (second.name, second.patients, second.auc) == ("exam", None, None)


@pytest.mark.parametrize(
    ("keys", "to", "said"),
    [
        ((0, "films"), 0, "“films” must be a whole number"),
        ((0, "patients"), 625, "“patients” must be a whole number from 0 to 624"),
        ((0, "date"), "today", "“date” must be a day"),
        ((0, "auc", "low"), 0.98, "“low” must be at most “high”|at most"),
        ((0, "auc", "value"), 1.2, "from 0 to 1"),
        ((0, "sensitivty"), 0.9, "unknown key “sensitivty”"),
        ((), "many", "must be a list"),
    ],
)
def test_that_tests_that_cannot_be_are_refused(tested, keys, to, said):
    if keys == ((0, "auc", "low")):
        change_metadata(tested, "tests", 0, "auc", "high", to=0.97)
    change_metadata(tested, "tests", *keys, to=to)
    with pytest.raises(BundleError, match=said):
        read_metadata(tested)
