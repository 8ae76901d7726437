"""Which annotations of two films stand in one row, and what a spreadsheet gets of them."""

import csv
import io

import numpy as np
import pytest

from engine.annotations import Measurement, as_csv, paired, values_of
from engine.types import Spacing
from tests.engine.annotations.drawn import drawn, frame

DETECTOR = Spacing(0.2, 0.2, "at detector")


def length(size, number=1, name="", spacing=DETECTOR):
    annotation = drawn("length", (0, 0), (size, 0), number=number, name=name)
    return Measurement(annotation, values_of(annotation, frame(np.zeros((9, 9)), spacing=spacing)))


def angle(number=1, name=""):
    annotation = drawn("angle", (0, 1), (0, 0), (1, 0), number=number, name=name)
    return Measurement(annotation, values_of(annotation, frame(np.zeros((9, 9)))))


def rows(now, before):
    def of(one):
        return one and (one.annotation.kind, one.annotation.name or one.annotation.number)

    return [(of(pair.now), of(pair.before)) for pair in paired(now, before)]


def test_that_equal_kind_and_number_make_a_row():
    found = rows([length(9), length(9, 2), angle()], [angle(), length(9, 2)])
    assert found == [
        (("length", 1), None),
        (("length", 2), ("length", 2)),
        (("angle", 1), ("angle", 1)),
    ]


def test_that_a_name_goes_before_the_number_and_capitals_do_not_matter():
    found = rows([length(9, 1, "Heart"), length(9, 2)], [length(9, 1), length(9, 2, " heart ")])
    assert found == [
        (("length", "Heart"), ("length", " heart ")),
        (("length", 2), None),
        (None, ("length", 1)),
    ]


def test_that_the_first_of_one_name_goes_with_the_first():
    now, before = [length(9, 1, "a"), length(8, 2, "a")], [length(5, 1, "a"), length(6, 2, "a")]
    assert [pair.change.value for pair in paired(now, before)] == pytest.approx([0.8, 0.4])


def test_that_a_change_is_now_less_before_with_its_unit():
    change = paired([length(10)], [length(15)])[0].change
    assert (change.value, change.unit) == (pytest.approx(-1.0), "mm")


@pytest.mark.parametrize("other", [None, Spacing(0.2, 0.2, "in patient")])
def test_that_lengths_of_two_kinds_are_not_compared(other):
    pair = paired([length(10)], [length(10, spacing=other)])[0]
    assert (pair.before is not None, pair.change) == (True, None)


@pytest.mark.parametrize("kind", ["rectangle", "ellipse", "freehand", "probe"])
def test_that_means_and_values_are_compared_in_one_unit_only(kind):
    points = {"freehand": ((0, 0), (6, 0), (6, 6)), "probe": ((3, 3),)}
    annotation = drawn(kind, *points.get(kind, ((0, 0), (6, 6))))

    def on(value, unit):
        film = frame(np.full((9, 9), value), unit=unit)
        return Measurement(annotation, values_of(annotation, film))

    change = paired([on(7, "HU")], [on(4, "HU")])[0].change
    assert (change.value, change.unit) == (3, "HU")
    assert paired([on(7, "HU")], [on(4, "")])[0].change is None


def test_that_points_and_arrows_pair_and_do_not_change():
    for kind, points in (("point", ((1, 1),)), ("arrow", ((1, 1), (2, 2)))):
        annotation = drawn(kind, *points)
        one = Measurement(annotation, values_of(annotation, frame(np.zeros((9, 9)))))
        pair = paired([one], [one])[0]
        assert (pair.now, pair.before, pair.change) == (one, one, None)


def test_that_what_is_not_known_is_not_compared():
    annotation = drawn("ellipse", (20, 20), (30, 30))
    beside = Measurement(annotation, values_of(annotation, frame(np.zeros((9, 9)))))
    assert paired([beside], [beside])[0].change is None


# ------------------------------------------------------------------------------------ sheet


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_that_a_sheet_has_a_row_for_each_annotation_with_all_digits():
    films = [(("1.2.3", 0), [length(10 / 3), angle()]), (("hash", 4), [length(1, spacing=None)])]
    found = read(as_csv(films))
    assert [(row["film"], row["frame"], row["kind"]) for row in found] == [
        ("1.2.3", "1", "length"),
        ("1.2.3", "1", "angle"),
        ("hash", "5", "length"),
    ]
    assert float(found[0]["length"]) == length(10 / 3).values["length"]
    assert [row["length_unit"] for row in found] == ["mm", "", "px"]
    assert [row["unit"] for row in found] == ["", "°", ""]
    assert (found[1]["angle_degrees"], found[1]["length"]) == ("90.0", "")


def test_that_regions_and_probes_fill_their_columns():
    film = frame(np.arange(81).reshape(9, 9), unit="HU")
    region, place = drawn("rectangle", (0, 0), (4, 4)), drawn("probe", (2.5, 1.5))
    made = [Measurement(each, values_of(each, film)) for each in (region, place)]
    first, second = read(as_csv([(("1.2", 0), made)]))
    assert (first["mean"], first["pixels"], first["area"], first["area_unit"]) == (
        "15.0",
        "16",
        "16.0",
        "px",
    )
    assert float(first["sd_population"]) == pytest.approx(
        np.arange(81).reshape(9, 9)[:4, :4].std()
    )
    assert (second["stored"], second["value"], second["unit"]) == ("11", "11.0", "HU")
    assert second["points"] == "2.5,1.5"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", "  =1", "\r=1"])
def test_that_no_name_is_a_formula_in_a_spreadsheet(name):
    row = read(as_csv([(("1.2", 0), [length(1, name=name)])]))[0]
    assert row["name"].startswith("'")
    assert row["name"][1:] == name


def test_that_a_negative_number_stays_one():
    film = frame(np.full((9, 9), -5))
    region = drawn("rectangle", (0, 0), (4, 4))
    row = read(as_csv([(("1.2", 0), [Measurement(region, values_of(region, film))])]))[0]
    assert row["mean"] == "-5.0"
