"""What metadata.json says beside the network: input, threshold, people, tests."""

import hashlib
import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from engine.bundle.config import ArchitectureConfig
from engine.bundle.parts import read_part
from engine.bundle.strict import METADATA, WEIGHTS, Fields, exists, load_json, read_whole
from engine.errors import BundleError
from engine.resources import resource_path
from engine.text import is_visible, shown
from engine.types import (
    LEVEL,
    Aspect,
    Figure,
    FilmTest,
    InputFormat,
    Intensity,
    Interval,
    Objective,
    Population,
    PrefixCalibration,
    Threshold,
)
from engine.words import Sentence, as_json

# ------------------------------------------------------------------- what a network reads
# What a network reads, as plain values in metadata.json and back.

_INTENSITIES = ("full-range", "min-max", "rank")
_ASPECTS = ("stretch", "keep")
_DERIVED = "rows_multiple"  # follows from the architecture, so it is not stored


def read_input(fields: Fields, config: ArchitectureConfig) -> InputFormat:
    """The input of a network; without an aspect, as in older bundles, films are stretched.

    Raises:
        BundleError: A key is unknown, missing or wrong, or the grid is not the network's.
    """
    given = InputFormat(
        rows=fields.integer("rows", config.rows, config.rows),
        columns=fields.integer("columns", config.columns, config.columns),
        intensity=cast("Intensity", fields.choice("intensity", _INTENSITIES)),
        modalities=fields.texts("modalities", most=16),
        colour=fields.truth("colour"),
        aspect=cast("Aspect", fields.choice("aspect", _ASPECTS, "stretch")),
        rows_multiple=config.rows_per_step,
    )
    fields.finish()
    return given


def write_input(given: InputFormat, config: ArchitectureConfig) -> dict[str, Any]:
    """Plain values for JSON; `read_input` reads them back.

    Raises:
        BundleError: Free heights in other steps than the network's.
    """
    if given.aspect == "keep" and given.rows_multiple != config.rows_per_step:
        raise BundleError(
            "The films have multiples of {rows_multiple} rows, but the network reads"
            " {rows_per_step} rows at a time.",
            rows_multiple=given.rows_multiple,
            rows_per_step=config.rows_per_step,
        )
    return {name: getattr(given, name) for name in InputFormat.__slots__ if name != _DERIVED}


# -------------------------------------------------------------- what it was trained for


def read_objective(fields: Fields) -> Objective:
    """The table “objective”; one class of several where it is absent, as in older bundles.

    Raises:
        BundleError: A task that no package here brings, or a key that is unknown.
    """
    return fields.optional("objective", _read_objective) or Objective()


def _read_objective(table: Fields) -> Objective:
    return Objective(
        task=read_part(table, "task", "task"),
        options=table.mapping("options"),
        fitted=table.mapping("fitted"),
    )


# --------------------------------------------------------------------- decision threshold
# The threshold of metadata.json, with or without the intervals of what was measured with it.


def threshold_to_dict(threshold: Threshold) -> dict[str, Any]:
    """Plain values for JSON; `read_threshold` reads them back."""
    return asdict(threshold) | {"chosen_on": as_json(threshold.chosen_on)}


def read_threshold(fields: Fields) -> Threshold | None:
    """The table “threshold”; None where it is null. Older bundles have no intervals in it.

    Raises:
        BundleError: A key that is unknown, missing or of the wrong type or range.
    """
    return fields.nullable("threshold", _read_threshold)


def _read_threshold(table: Fields) -> Threshold:
    return Threshold(
        value=table.number("value", 0, 1),
        sensitivity=table.number("sensitivity", 0, 1),
        specificity=table.number("specificity", 0, 1),
        chosen_on=table.sentence("chosen_on"),
        sensitivity_interval=table.optional("sensitivity_interval", _read_interval),
        specificity_interval=table.optional("specificity_interval", _read_interval),
    )


def _read_interval(table: Fields) -> Interval:
    low = table.number("low", 0, 1)
    high = table.number("high", low, 1)
    return Interval(low, high, table.number("level", 0.5, 1, default=LEVEL))


# ---------------------------------------------------------------------- where bundles lie
# Where bundles lie, and which of them a name means.

VARIABLE = "ROWSCOPE_MODELS"


def bundle_folders(folder: Path | None = None) -> tuple[Path, ...]:
    """Folders that hold a metadata.json, in order of name, one for each name.

    A name belongs to the first place that has it: the models that come with the program, then
    the folder that the environment variable ROWSCOPE_MODELS names. So no bundle from elsewhere
    takes the place of one of the program's, not even of a damaged one.

    Args:
        folder: Look here only.
    """
    found: dict[str, Path] = {}
    for root in (folder,) if folder else _roots():
        for path in _entries(root):
            if is_visible(path.name) and exists(path, METADATA):
                found.setdefault(path.name, path)
    return tuple(found[name] for name in sorted(found))


def find_bundle(model: str | Path) -> Path:
    """The absolute folder of a model given by name or by path.

    A text that is a mere name is looked for among the models first (see `bundle_folders`), and
    as a folder after that.

    Raises:
        BundleError: There is none, or its name holds characters that cannot be seen.
    """
    folders = [Path(model)]
    if isinstance(model, str) and Path(model).name == model and model not in {"", ".."}:
        folders = [root / model for root in _roots()] + folders
    for folder in folders:
        if exists(folder, METADATA):
            return _absolute(folder)
    raise BundleError(_absence(model))


def is_bundle(folder: Path) -> bool:
    """Whether a folder has the two files of a bundle; whether they can be used is not asked."""
    return exists(folder, METADATA) and exists(folder, WEIGHTS)


def _roots() -> tuple[Path, ...]:
    extra = os.environ.get(VARIABLE)
    return (resource_path("models"), *((Path(extra),) if extra else ()))


def _entries(root: Path) -> list[Path]:
    try:
        return sorted(root.iterdir())
    except (OSError, ValueError):  # not there, no folder, or not allowed to look
        return []


def _absence(model: str | Path) -> Sentence:
    try:
        is_folder = str(model) not in {"", ".."} and Path(model).is_dir()
    except (OSError, ValueError):  # a name that no folder could have
        is_folder = False
    if is_folder:
        name = shown(Path(model).name or str(model))
        return Sentence(
            "There is no model in the folder “{name}”: it has no {metadata}. Choose a folder that"
            " training wrote.",
            name=name,
            metadata=METADATA,
        )
    known = tuple(path.name for path in bundle_folders())
    name = shown(str(model))
    if not known:
        return Sentence("There is no model “{name}”, and no other.", name=name)
    return Sentence(
        "There is no model “{name}”; known models: {known:list}.", name=name, known=known
    )


def _absolute(folder: Path) -> Path:
    """The name stays that under which it was found, also where it is a link."""
    try:
        plain = folder.name not in {"", ".."}
        found = folder.parent.resolve() / folder.name if plain else folder.resolve()
    except (OSError, RuntimeError) as error:  # a loop of links
        raise BundleError("{folder} cannot be read.", folder=shown(str(folder))) from error
    if not is_visible(found.name):
        raise BundleError(
            "The folder “{found}” has characters in its name that cannot be seen; rename it.",
            found=shown(found.name),
        )
    return found


# ------------------------------------------------------------- whose films a model is for
# Whose films a model is for, as a table of metadata.json and of a recipe; read strictly.

_OLDEST = 150
_LISTS = ("sexes", "views", "body_parts", "lateralities")
_CODES = {"sexes": ("F", "M", "O"), "lateralities": ("L", "R", "U", "B")}


def read_population(fields: Fields) -> Population | None:
    """The table “population”; None where it is absent or null.

    A table without keys is an answer, too: nothing is held against a film.

    Raises:
        BundleError: A key that is unknown, or of the wrong type or range.
    """
    return fields.optional("population", _read_population)


def _read_population(table: Fields) -> Population:
    ages = _ages(table) if table.has("ages") else None
    return Population(ages, **{name: _texts(table, name) for name in _LISTS if table.has(name)})


def population_to_dict(population: Population) -> dict[str, Any]:
    """What is said, as plain values for JSON; `read_population` reads them back."""
    ages = {} if population.ages is None else {"ages": list(population.ages)}
    return ages | {
        name: list(getattr(population, name)) for name in _LISTS if getattr(population, name)
    }


def population_words(population: Population | None) -> Sentence:
    """One line for people: what is held against a film."""
    if population is None:
        return Sentence("population.unsaid")
    parts = []
    if population.ages:
        least, most = population.ages
        parts.append(Sentence("population.ages", least=least, most=most))
    for code, values in (
        ("population.parts", population.body_parts),
        ("population.views", population.views),
        ("population.sexes", population.sexes),
        ("population.sides", population.lateralities),
    ):
        if values:
            parts.append(Sentence(code, values=values))
    if not parts:
        return Sentence("population.anybody")
    return Sentence("population.all", parts=tuple(parts))


def _ages(table: Fields) -> tuple[float, float]:
    expected = Sentence(
        "two numbers from 0 to {oldest}, the least and the greatest age in years", oldest=_OLDEST
    )
    given = table.items("ages")
    if len(given) != 2 or any(isinstance(one, bool) for one in given):
        table.wrong("ages", expected)
    if not all(isinstance(one, int | float) and 0 <= one <= _OLDEST for one in given):
        table.wrong("ages", expected)
    least, most = given
    return (float(least), float(most)) if least <= most else table.wrong("ages", expected)


def _texts(table: Fields, name: str) -> tuple[str, ...]:
    values = table.texts(name, most=40)
    allowed = _CODES.get(name)
    if allowed and not set(values) <= set(allowed):
        table.wrong(name, "a list of {allowed:list}", allowed=allowed)
    return values


# ------------------------------------------------------- calibration of the answer by row
# The numbers that make the answer by row true, in metadata.json; read strictly.
#
# They are plain numbers and no tensors of the weights file: what is fitted again for a network
# that stays as it is must not change the hash that says which network answers.

_LARGEST = 1e4  # of a scale or an offset, either way


def prefixes_to_dict(prefixes: PrefixCalibration) -> dict[str, Any]:
    """Plain values for JSON; `read_prefixes` reads them back."""
    return asdict(prefixes)


def read_prefixes(fields: Fields, config: ArchitectureConfig) -> PrefixCalibration | None:
    """The table “by_row”; None where it is absent or null, as in older bundles.

    Raises:
        BundleError: A key that is unknown, missing or of the wrong type or range, or numbers that
            would not leave the last answer as it is.
    """
    return fields.optional("by_row", lambda table: _read_prefixes(table, config))


def _read_prefixes(table: Fields, config: ArchitectureConfig) -> PrefixCalibration:
    steps, classes = config.steps, config.classes
    prefixes = PrefixCalibration(
        scale=table.numbers("scale", 0, _LARGEST, count=steps),
        offset=tuple(
            Fields({"offset": line}, f"“by_row”: “offset” {step}").numbers(
                "offset", -_LARGEST, _LARGEST, count=classes
            )
            for step, line in enumerate(table.items("offset"))
        ),
        source=table.text("source"),
    )
    if len(prefixes.offset) != steps:
        table.wrong("offset", "{steps} lists of numbers, one for each step", steps=steps)
    if prefixes.scale[-1] != 1 or any(prefixes.offset[-1]):
        table.wrong("scale", "1, and “offset” 0, after the last step")
    return prefixes


def prefixes_hash(prefixes: PrefixCalibration | None) -> str:
    """Which numbers these are, in hexadecimal; empty where there are none."""
    if prefixes is None:
        return ""
    numbers = json.dumps([prefixes.scale, prefixes.offset])
    return hashlib.sha256(numbers.encode()).hexdigest()


def stored_hash(folder: Path) -> str:
    """The hash of a bundle's numbers as they stand in its metadata; empty where it has none.

    Raises:
        BundleError: metadata.json is no JSON.
    """
    values: Any = load_json(folder / METADATA) if exists(folder, METADATA) else None
    try:
        table = values["by_row"]
        scale = tuple(map(float, table["scale"]))
        offset = tuple(tuple(map(float, line)) for line in table["offset"])
    except (KeyError, TypeError, ValueError):  # none, or what `read_prefixes` refuses
        return ""
    return prefixes_hash(PrefixCalibration(scale, offset, ""))


# ------------------------------------------------------------------ results of film tests
# What was measured on test films, as numbers in metadata.json; read strictly.

MOST_TESTS = 50
_MOST_FILMS = 10**9
_MOST_FIGURES = 200
_FILM_TEST_LARGEST = 1e6  # of a figure, either way
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHARES = ("auc", "accuracy", "sensitivity", "specificity", "calibration_error")


def tests_to_list(tests: tuple[FilmTest, ...]) -> list[dict[str, Any]]:
    """Plain values for JSON; `read_tests` reads them back."""
    return [_test_to_dict(test) for test in tests]


def _test_to_dict(test: FilmTest) -> dict[str, Any]:
    values = asdict(test) | {"source": as_json(test.source)}
    if not test.figures:
        del values["figures"]
    return values


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
    return read_whole(values, place, _read_test)


def _read_test(fields: Fields) -> FilmTest:
    films = fields.integer("films", 1, _MOST_FILMS)
    test = FilmTest(
        name=fields.text("name", most=100),
        source=fields.sentence("source"),
        films=films,
        patients=_count(fields, "patients", films),
        positive=_count(fields, "positive", films),
        date=fields.text("date", most=10),
        **{name: fields.optional(name, _read_share) for name in _SHARES},
        calibration_slope=fields.optional("calibration_slope", read_figure),
        figures=_read_figures(fields),
    )
    if not _DAY.fullmatch(test.date):
        fields.wrong("date", "a day, such as 2026-11-29")
    return test


def _read_figures(fields: Fields) -> dict[str, Figure]:
    place = "“figures”"
    given = fields.mapping("figures")
    if len(given) > _MOST_FIGURES:
        fields.wrong("figures", "at most {most} figures", most=_MOST_FIGURES)
    return {str(name): read_whole(one, place, read_figure) for name, one in given.items()}


def read_figure(
    table: Fields, low: float = -_FILM_TEST_LARGEST, high: float = _FILM_TEST_LARGEST
) -> Figure:
    """A figure whose numbers lie between low and high."""
    figure = Figure(
        value=table.number("value", low, high),
        low=table.number("low", low, high),
        high=table.number("high", low, high),
        films=table.integer("films", 1, _MOST_FILMS),
        level=table.number("level", 0.5, 1, default=LEVEL),
    )
    if figure.low > figure.high:
        table.wrong("low", "at most “high”")
    return figure


def _read_share(table: Fields) -> Figure:
    return read_figure(table, 0, 1)


def _count(fields: Fields, key: str, most: int) -> int | None:
    return fields.integer(key, 0, most) if fields.has(key) else fields.take(key)
