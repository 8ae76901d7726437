"""From a TOML file, with changes from the command line, to a recipe that was checked."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from engine.errors import BundleError, DataError
from engine.training.recipe.checks import check
from engine.training.recipe.tables import check_keys, value_of
from engine.training.recipe.values import Recipe


def read_recipe(
    given: str | Path | Mapping[str, Any] | Recipe, changes: Sequence[str] = ()
) -> Recipe:
    """A recipe, read from a TOML file or made of plain values.

    Args:
        given: The file, its values as a table, or a recipe.
        changes: Values that replace those given, see `changed`.

    Raises:
        DataError: The file is missing or not TOML, or a key is unknown, missing or of the wrong
            type; the message names the key, such as `training.epochs`.
    """
    if isinstance(given, Recipe):
        if not changes:
            return given
        name, table = given.name, asdict(given)
        del table["input"]["rows_multiple"]  # follows from the network
    elif isinstance(given, Mapping):
        name, table = "The recipe", dict(given)
    else:
        name, table = Path(given).name, _read_table(Path(given))
    for change in changes:
        table = changed(table, change)
    return recipe_of(table, name)


def _read_table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(
            "{path} cannot be read: {error}.", "data", path=path.name, error=error.strerror
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            "{path} is not a TOML file: {error}.", "data", path=path.name, error=error
        ) from error


def changed(values: Mapping[str, Any], change: str) -> dict[str, Any]:
    """A table of plain values with one of them replaced; the table itself stays.

    Args:
        values: As in a recipe's file.
        change: Dotted key and value, such as `training.epochs=5`; the value as in TOML, and a
            word that is no TOML value is text.

    Raises:
        DataError: There is no key or no value, or the key goes through something that is no
            table.
    """
    key, equals, text = change.partition("=")
    parts = [part.strip() for part in key.split(".")]
    if not equals or not all(parts):
        raise DataError(
            "“{change}” must be KEY=VALUE, such as training.epochs=5.", "data", change=change
        )
    return put(values, parts, toml_value(text.strip()), place=change)


def put(values: object, parts: Sequence[str], value: object, *, place: str) -> dict[str, Any]:
    """The same of a key in its parts and a plain value; `place` is what sentences call it."""
    if not isinstance(values, Mapping):
        raise DataError(
            "“{place}”: there is no table before “{parts}”.", "data", place=place, parts=parts[0]
        )
    if len(parts) > 1:
        value = put(values.get(parts[0], {}), parts[1:], value, place=place)
    return {**values, parts[0]: value}


def toml_value(text: str) -> object:
    """A TOML value, or the text itself."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def parsed(values: object, place: str) -> Recipe:
    """The recipe of a table, as far as can be told without building its network.

    Raises:
        DataError: A key is unknown, missing or of the wrong type.
    """
    try:
        given = without_nulls(values)
        check_keys(given, Recipe)
        recipe: Recipe = value_of(given, Recipe, "")
    except ValueError as error:
        raise DataError(
            "{place}: {error}.", "data", place=place, error=str(error).rstrip(".")
        ) from error
    return recipe


def recipe_of(values: object, place: str) -> Recipe:
    """The recipe of a table of plain values, for example that of a bundle's metadata.

    Args:
        values: Keys of a recipe; null counts as left out.
        place: What sentences call it.

    Raises:
        DataError: A key is unknown, missing or of the wrong type.
    """
    recipe = parsed(values, place)
    try:
        check(recipe)
        return _in_steps(recipe)
    except (ValueError, BundleError) as error:
        raise DataError(
            "{place}: {error}.", "data", place=place, error=str(error).rstrip(".")
        ) from error


def _in_steps(recipe: Recipe) -> Recipe:
    """The recipe with the multiple of rows that its network reads, which need not be given."""
    step = recipe.config.rows_per_step
    if recipe.input.rows_multiple not in {1, step}:
        raise ValueError(f"`input.rows_multiple` must be {step}, as the network reads them")
    return replace(recipe, input=replace(recipe.input, rows_multiple=step))


def without_nulls(values: object) -> Any:  # noqa: ANN401 - plain values
    """Tables and lists without what is null: TOML has no notation for it."""
    if isinstance(values, Mapping):
        return {key: without_nulls(one) for key, one in values.items() if one is not None}
    if isinstance(values, list | tuple):
        return [without_nulls(one) for one in values]
    return values
