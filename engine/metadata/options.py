"""Options of a part: a frozen dataclass with defaults, read from JSON as strictly as the rest."""

import math
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from engine.errors import BundleError
from engine.metadata.fields import Fields

_Options = TypeVar("_Options")
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For a part that has nothing to choose."""


NO_OPTIONS = NoOptions()


def read_options(kind: type[_Options], values: object, place: str) -> _Options:
    """The options as their dataclass.

    A field's type may be bool, int, float, str, a Literal, such a dataclass, or a tuple[…, ...] of
    one of these. A dataclass may refuse what makes no sense by raising ValueError.

    Args:
        kind: The dataclass.
        values: Plain values of JSON or TOML.
        place: For messages.

    Raises:
        BundleError: An unknown key, a missing one, or a value of the wrong type; names the key.
    """
    given, hints = Fields(values, place), get_type_hints(kind)
    found = {}
    for option in fields(kind):  # type: ignore[arg-type]
        required = option.default is MISSING and option.default_factory is MISSING
        if required or given.has(option.name):
            value = given.take(option.name)
            found[option.name] = _read(value, hints[option.name], f"{place}: “{option.name}”")
    given.finish()
    try:
        return kind(**found)
    except ValueError as error:
        raise BundleError("{place}: {error}.", "bundle", place=place, error=error) from error


def _read(value: Any, kind: Any, place: str) -> Any:  # noqa: ANN401 - JSON, as a field's type
    if is_dataclass(kind):
        return read_options(kind, value, place)  # type: ignore[arg-type]
    if get_origin(kind) is Literal:
        if type(value) is str and value in get_args(kind):
            return value
        raise _wrong(place, "one of " + ", ".join(map(str, get_args(kind))))
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise _wrong(place, "a list")
        return tuple(_read(one, get_args(kind)[0], place) for one in value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise _wrong(place, _WORDS[kind])
    return value


def _wrong(place: str, expected: str) -> BundleError:
    return BundleError("{place} must be {expected}.", "bundle", place=place, expected=expected)
