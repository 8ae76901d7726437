"""From plain values of a TOML file to frozen dataclasses, every key accounted for."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def value_of(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any field type
    """Return the TOML value as the type of a field; `key` is its dotted name for messages."""
    if is_dataclass(kind):
        return _table(value, kind, key)
    if get_origin(kind) is Literal:
        if type(value) is int:  # a precision of 32 bits needs no quotation marks
            value = str(value)
        if value not in get_args(kind):
            raise ValueError(f"`{key}` must be one of {', '.join(get_args(kind))}")
        return value
    if get_origin(kind) in {Union, types.UnionType}:
        other = isinstance(value, Mapping) and "architecture" in value
        return value_of(value, get_args(kind)[other], key)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"`{key}` must be a list")
        return tuple(
            value_of(one, get_args(kind)[0], f"{key}[{i}]") for i, one in enumerate(value)
        )
    return _plain(value, kind, key)


def _plain(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any field type
    """Return a TOML value that is nothing but itself, or a table of options."""
    if get_origin(kind) is Mapping:
        kind = dict
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"`{key}` must be of type {kind.__name__}")
    return value


def _table(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any dataclass
    """Return a TOML table as a dataclass, with every key accounted for."""
    if not isinstance(value, Mapping):
        raise ValueError(f"`{key}` must be a table")  # noqa: TRY004 - one type for all of them
    hints = get_type_hints(kind)
    prefix = f"{key}." if key else ""
    if unknown := sorted(set(value) - set(hints)):
        raise ValueError(f"`{prefix}{unknown[0]}` is not a key of a recipe")
    for one in fields(kind):
        required = one.default is MISSING and one.default_factory is MISSING
        if required and one.name not in value:
            raise ValueError(f"`{prefix}{one.name}` is missing")
    return kind(**{name: value_of(value[name], hints[name], prefix + name) for name in value})
