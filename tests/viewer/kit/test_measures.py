"""Measured values in words: as fine as they are, with their unit, and what they are true for."""

import numpy as np
import pytest

from engine.annotations import Annotation, Change, Measurement, values_of
from engine.types import Spacing
from tests.viewer import film_values as made
from viewer.kit.measures import (
    change_text,
    name_of,
    note_text,
    plate_lines,
    size_text,
    time_text,
    value_text,
)

POINTS = {
    "length": ((0, 0), (30, 40)),
    "angle": ((9, 0), (0, 0), (9, 9)),
    "cobb": ((0, 0), (20, 0), (0, 30), (20, 33)),
    "rectangle": ((0, 0), (20, 10)),
    "ellipse": ((0, 0), (20, 10)),
    "freehand": ((0, 0), (20, 0), (20, 10), (0, 10)),
    "probe": ((12.5, 4.5),),
    "arrow": ((1, 1), (2, 2)),
    "point": ((7.5, 8.25),),
}


def one(kind, text="", number=1, name="", **header):
    annotation = Annotation("a", kind, POINTS[kind], name, text, number=number)
    frame = made.frame(**({"rescale": (1.0, 0.0)} | header))
    return Measurement(annotation, values_of(annotation, frame))


@pytest.mark.parametrize(
    ("kind", "value", "plate"),
    [
        ("length", "50.0 px", ("50.0 px",)),
        ("angle", "45.0°", ("45.0°",)),
        ("cobb", "8.5°", ("Cobb 8.5°",)),
        ("rectangle", "14.0 ± 6.4", ("mean 14.0 ± 6.4", "200 px")),
        ("freehand", "14.0 ± 6.4", ("mean 14.0 ± 6.4", "200 px")),
        ("probe", "16", ("16",)),
        ("arrow", "placed", ("here",)),
        ("point", "placed", ("2",)),
    ],
)
def test_that_each_kind_says_its_value(kind, value, plate):
    shown = one(kind, text="here" if kind == "arrow" else "", number=2)
    assert (value_text(shown), plate_lines(shown)) == (value, plate)


def test_that_units_of_values_are_said():
    header = {"unit": "HU", "rescale": (1.0, -1024.0), "spacing": Spacing(0.5, 0.5, "in patient")}
    assert value_text(one("rectangle", **header)) == "14.0 ± 6.4 HU"
    assert value_text(one("probe", **header)) == "16 HU"
    assert value_text(one("length", **header)) == "25.0 mm"
    note = note_text(one("rectangle", **header))
    assert note == "mean ± SD of modality values, 50.0 mm², 200 px"
    assert "stored 1040" in note_text(one("probe", **header))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("calibrated", "calibrated"),
        ("at detector", "at detector, not corrected for magnification"),
        ("in patient", "in patient"),
        (None, "in pixels: the file has no spacing that can be trusted"),
    ],
)
def test_that_a_length_says_what_it_is_true_for(kind, words):
    spacing = Spacing(0.2, 0.2, kind) if kind else None
    assert note_text(one("length", spacing=spacing)) == words


def test_that_padding_is_said():
    frame = made.frame(rescale=(1.0, 0.0))
    valid = np.ones(frame.values.shape, bool)
    valid[:5] = False
    values = values_of(Annotation("a", "rectangle", POINTS["rectangle"]), _with(frame, valid))
    words = note_text(Measurement(Annotation("a", "rectangle", POINTS["rectangle"]), values))
    assert words.endswith("without 100 px of padding")


def _with(frame, valid):
    from dataclasses import replace

    return replace(frame, valid=valid)


def test_that_what_is_not_known_is_a_dash():
    beside = Annotation("a", "ellipse", ((500, 500), (600, 600)))
    assert value_text(Measurement(beside, values_of(beside, made.frame()))) == "–"
    flat = Annotation("a", "angle", ((1, 1), (1, 1), (2, 2)))
    assert value_text(Measurement(flat, values_of(flat, made.frame()))) == "–"
    probe = Annotation("a", "probe", ((-5, -5),))
    assert value_text(Measurement(probe, values_of(probe, made.frame()))) == "–"


def test_that_names_are_the_readers_or_kind_and_number():
    assert name_of(one("ellipse", number=3).annotation) == "Ellipse 3"
    assert name_of(one("ellipse", name="Lung").annotation) == "Lung"


@pytest.mark.parametrize(
    ("value", "words"), [(3.14159, "3.14"), (105.44, "105.4"), (2345.6, "2346"), (0.0, "0.00")]
)
def test_that_sizes_have_as_many_figures_as_make_sense(value, words):
    assert size_text(value) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(3.61, "mm"), "+3.6 mm"),
        (Change(-0.04, "mm"), "0.0 mm"),
        (Change(-4.6, "°"), "−4.6°"),
        (Change(1.7, ""), "+1.7"),
        (None, "–"),
    ],
)
def test_that_a_change_has_its_sign(change, words):
    assert change_text(change) == words


def test_that_a_time_is_of_here_and_what_is_none_is_empty():
    assert len(time_text("2026-11-29T14:02:31.250Z")) == 5
    assert time_text("yesterday") == ""
