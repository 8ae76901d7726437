"""The results of a test, from its report into the bundle: metadata and card, not the weights."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from engine.bundle import (
    CARD,
    Description,
    exists,
    read_description,
    read_file,
    read_test,
    replace_metadata,
)
from engine.errors import BundleError, DataError
from engine.evaluation.provenance import NO_TEST
from engine.evaluation.saving import read_report
from engine.output import write_whole
from engine.recipe import Recipe, card_lacks, recipe_of
from engine.text import shown
from engine.training import leakage_line, results_of, with_results, write_card
from engine.types import FilmTest, ModelInfo, Results
from engine.weights import load_bundle
from engine.words import Sentence, from_json

_MOST_CARD = 2**20  # bytes
_CHIEF = "test"


def write_results(model: str | Path, report: Path, *, name: str = "") -> ModelInfo:
    """Write what a report measured into a bundle, before all that was measured otherwise.

    Results of an earlier report under the same name are replaced. Weights and audit stay as they
    are, to the byte.

    Args:
        model: Name or folder.
        report: JSON file of `write_report`.
        name: Of the test in the results; else "test" for the test split of the model's own data,
            and the name of the data for others.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Not a report, one of other weights, or of films that are no test.
    """
    info = load_bundle(model).info
    values = read_report(report)
    place = shown(report.name)
    _refuse(values, info, place)
    called = name or _name_of(values, place)
    found = results_of(called, _results(values, place))
    folder = info.path
    description, config = read_description(folder)
    _refuse_trial(description, info)
    results = (*found, *_without(description.results, called))
    tests = _with_test(description.tests, replace(_test(values, place), name=called))
    changed = replace(description, results=results, tests=tests)
    card = read_file(folder, CARD, most=_MOST_CARD).decode() if exists(folder, CARD) else ""
    replace_metadata(folder, changed, config)
    leakage = leakage_line(results, _tested_before(description))
    write_whole(folder / CARD, with_results(card, changed.threshold, results, leakage=leakage))
    return load_bundle(folder).info


def describe(model: str | Path, recipe: Recipe) -> ModelInfo:
    """Write the card of a model that was trained before anybody said whom it is for.

    Everything that the recipe says in words is taken: titles, use, sources, licence, population,
    limits. Weights, figures and audit stay as they are, to the byte.

    Args:
        model: Name or folder.
        recipe: That made it, with what was missing filled in.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: The recipe makes another model, or still lacks something.
    """
    info = load_bundle(model).info
    folder = info.path
    description, config = read_description(folder)
    if lacks := card_lacks(recipe):
        keys = ", ".join(f"`{key}`" for key in lacks)
        raise DataError(
            "A card of {info} needs {keys}; fill them in the recipe, a table [population]"
            " with ages, views and body_parts, or an empty one for anybody's films.",
            info=info.name,
            keys=keys,
        )
    made = description.training.get("recipe")
    own = recipe_of(made, f"The recipe in {info.name}") if made is not None else None
    if own is None or (other := _otherwise(own, recipe)):
        raise DataError(
            f"The recipe {recipe.name} makes another model than {info.name}"
            + (f": {other} differ. Take the recipe that made it." if own else ".")
        )
    said = {**dict(made), **_words(recipe, own)} if isinstance(made, dict) else made
    changed = replace(
        description,
        title=recipe.title,
        version=recipe.version,
        task=recipe.task,
        intended_use=recipe.intended_use,
        data_source=recipe.data_source,
        population=recipe.population,
        training={**description.training, "recipe": said},
    )
    command = description.training.get("command")
    card = write_card(
        recipe,
        config,
        threshold=description.threshold,
        results=description.results,
        command=command if isinstance(command, str) else "",
    )
    replace_metadata(folder, changed, config)
    write_whole(folder / CARD, card)
    return load_bundle(folder).info


def _otherwise(own: Recipe, given: Recipe) -> str:
    """Keys by which a recipe is plainly another model's; others may have been set by hand."""
    pairs = {
        "`classes`": (own.classes, given.classes),
        "`positive`": (own.positive, given.positive),
        "`data.folders`": (own.data.folders, given.data.folders),
        "`input`": (own.input, given.input),
    }
    return " and ".join(key for key, (one, other) in pairs.items() if one != other)


def _words(recipe: Recipe, own: Recipe) -> dict[str, Any]:
    """What a recipe says in words; how the films were divided stays as it was."""
    given = replace(
        own.data,
        source=recipe.data.source,
        licence=recipe.data.licence,
        tested_before=recipe.data.tested_before,
    )
    values = asdict(replace(recipe, data=given))
    keys = (
        "title", "version", "task", "intended_use", "data_source", "data", "limits", "population",
    )  # fmt: skip
    return {key: values[key] for key in keys}


def _refuse(values: dict[str, Any], info: ModelInfo, place: str) -> None:
    """Results must be of these weights, and of films that the model has not been set on."""
    if _at(values, "model", "sha256") != info.sha256:
        raise DataError(
            "{place} was measured with other weights than those of {info}; evaluate again.",
            place=place,
            info=info.name,
        )
    warnings = _at(values, "provenance", "warnings")
    keys = {one.get("key") for one in warnings or () if isinstance(one, dict)}
    if keys & NO_TEST:
        raise DataError(
            "{place} is no test: training or validation films are among the measured ones."
            " Only a test goes into a card.",
            place=place,
        )


def _refuse_trial(description: Description, info: ModelInfo) -> None:
    """A first trial has no card to write into."""
    made = description.training.get("recipe")
    lacks = card_lacks(recipe_of(made, f"The recipe in {info.name}")) if made else ()
    if lacks and set(lacks) - {"population"}:  # asked since later: older models may lack it
        keys = ", ".join(f"`{key}`" for key in lacks)
        raise DataError(
            "{info} is a first trial without a card: its recipe lacks {keys}. Fill them in,"
            " then: rowscope-engine model card {info} --recipe RECIPE.toml",
            info=info.name,
            keys=keys,
        )


def _name_of(values: dict[str, Any], place: str) -> str:
    provenance = _at(values, "provenance")
    if not isinstance(provenance, dict):
        raise DataError("{place}: “provenance” is missing.", place=place)
    if provenance.get("split") == "test" and provenance.get("whole") is False:
        return _CHIEF
    return str(_at(values, "data", "name")).split(".", maxsplit=1)[0]


def _results(values: dict[str, Any], place: str) -> Results:
    """For the bundle; the first one says on which films."""
    pairs, data = values.get("results"), _at(values, "data")
    if not isinstance(pairs, list) or not isinstance(data, dict) or not pairs:
        raise DataError("{place}: “results” or “data” is missing.", place=place)
    films, patients = data.get("films"), data.get("patients")
    known = _at(values, "provenance", "known_patients") is True
    count = Sentence("count.unknown")
    if isinstance(films, int):
        count = Sentence("count", count=films)
        if known and isinstance(patients, int):
            count = Sentence("count.of-patients", count=films, patients=patients)
    source, day = shown(str(data.get("name"))), str(values.get("date"))[:10]
    tested = Sentence("result.tested", films=count, source=source, split=_split(values), day=day)
    return ((Sentence("result.films"), tested), *map(_pair, pairs))


def _test(values: dict[str, Any], place: str) -> FilmTest:
    """The report's numbers, read as strictly as a bundle's."""
    try:
        return read_test(values.get("test"), f"{place}: “test”")
    except BundleError as error:
        raise DataError(str(error)) from error


def _with_test(tests: tuple[FilmTest, ...], new: FilmTest) -> tuple[FilmTest, ...]:
    """The test instead of one of its name; that of the model's own test films is the chief."""
    others = tuple(test for test in tests if test.name != new.name)
    return (new, *others) if new.name == _CHIEF else (*others, new)


def _tested_before(description: Description) -> str:
    """What the recipe says of earlier tests on the same films."""
    said = _at(dict(description.training), "recipe", "data", "tested_before")
    return said if isinstance(said, str) else ""


def _pair(pair: object) -> tuple[Sentence, Sentence]:
    try:
        what, value = map(from_json, pair if isinstance(pair, list) else ())
    except ValueError:
        raise DataError("The report's “results” are no pairs of texts.") from None
    return what, value


def _split(values: dict[str, Any]) -> str:
    whole = _at(values, "provenance", "whole") is True
    return "all" if whole else shown(str(_at(values, "provenance", "split")))


def _without(results: Results, name: str) -> Results:
    """What was measured otherwise; "none yet" is over."""
    return tuple(
        (what, value)
        for what, value in results
        if what.arguments.get("of") != name and value.code != "result.none-yet"
    )


def _at(values: object, *keys: str) -> Any:  # noqa: ANN401 - JSON
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values
