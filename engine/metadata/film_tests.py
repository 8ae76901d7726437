"""What was measured on test films, as numbers in metadata.json; read strictly."""

import re
from dataclasses import asdict
from typing import Any

from engine.metadata.fields import Fields
from engine.types import LEVEL, Figure, FilmTest

MOST_TESTS = 50
_MOST_FILMS = 10**9
_LARGEST = 1e6  # of a figure, either way
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHARES = ("auc", "accuracy", "sensitivity", "specificity", "calibration_error")


def tests_to_list(tests: tuple[FilmTest, ...]) -> list[dict[str, Any]]:
    """Plain values for JSON; `read_tests` reads them back."""
    return [asdict(test) for test in tests]


def read_tests(fields: Fields, place: str) -> tuple[FilmTest, ...]:
    """The list “tests”; empty where there is none, as in older bundles.

    Raises:
        BundleError: A key that is unknown, missing or of the wrong type or range.
    """
    items = fields.items("tests", default=())
    if len(items) > MOST_TESTS:
        fields.wrong("tests", "a list of at most {most_tests} tests", most_tests=MOST_TESTS)
    return tuple(
        read_test(item, f"{place}: “tests” {number}") for number, item in enumerate(items, 1)
    )


def read_test(values: object, place: str) -> FilmTest:
    """One test of its plain values.

    Raises:
        BundleError: As `read_tests` does.
    """
    fields = Fields(values, place)
    films = fields.integer("films", 1, _MOST_FILMS)
    test = FilmTest(
        name=fields.text("name", most=100),
        source=fields.text("source"),
        films=films,
        patients=_count(fields, "patients", films),
        positive=_count(fields, "positive", films),
        date=fields.text("date", most=10),
        **{name: read_figure(fields, name, 0, 1) for name in _SHARES},
        calibration_slope=read_figure(fields, "calibration_slope", -_LARGEST, _LARGEST),
    )
    if not _DAY.fullmatch(test.date):
        fields.wrong("date", "a day, such as 2026-11-29")
    fields.finish()
    return test


def read_figure(fields: Fields, key: str, low: float, high: float) -> Figure | None:
    """A figure between low and high; None where it is absent or null."""
    table = fields.optional(key)
    if table is None:
        return None
    figure = Figure(
        value=table.number("value", low, high),
        low=table.number("low", low, high),
        high=table.number("high", low, high),
        films=table.integer("films", 1, _MOST_FILMS),
        level=table.number("level", 0.5, 1, default=LEVEL),
    )
    if figure.low > figure.high:
        table.wrong("low", "at most “high”")
    table.finish()
    return figure


def _count(fields: Fields, key: str, most: int) -> int | None:
    if not fields.has(key):
        fields.take(key)
        return None
    return fields.integer(key, 0, most)
