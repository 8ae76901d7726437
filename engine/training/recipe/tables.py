"""From plain values of a TOML file to frozen dataclasses, every key accounted for."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_SHOWN = 12  # keys that a sentence names


def check_keys(values: object, kind: Any) -> None:  # noqa: ANN401 - any dataclass
    """Name every key that is missing or unknown at once, before any value is looked at.

    Raises:
        ValueError: There are some.
    """
    wrong = list(_wrong_keys(values, kind, ""))
    places = _all_keys(kind)
    wrong = [(key, places.get(key, near) if near == "" else near) for key, near in wrong]
    unknown = [(key, near) for key, near in wrong if near is not None]
    missing = [key for key, near in wrong if near is None]
    said = []
    if unknown:
        keys = [f"`{key}`" + (f" (meant: `{near}`?)" if near else "") for key, near in unknown]
        verb = "is not a key" if len(unknown) == 1 else "are not keys"
        said.append(f"{_joined(keys)} {verb} of a recipe")
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        said.append(f"{_joined([f'`{key}`' for key in missing])} {verb} missing")
    if len(missing) > 1:
        said.append("`rowscope-engine recipe FILMS -o recipe.toml` writes a whole one")
    if said:
        raise ValueError("; ".join(said))


def _all_keys(kind: Any) -> dict[str, str]:  # noqa: ANN401 - any dataclass
    """Where a key belongs that was written without its table, such as `training.epochs`."""
    hints = get_type_hints(kind)
    tables = {name: _chosen(hint, {}) for name, hint in hints.items()}
    inner = {
        one.name: f"{name}.{one.name}"
        for name, table in tables.items()
        if is_dataclass(table)
        for one in fields(table)
    }
    return {key: place for key, place in inner.items() if key not in hints}


def _wrong_keys(values: object, kind: Any, key: str) -> Iterator[tuple[str, str | None]]:  # noqa: ANN401
    """Missing keys with None, unknown ones with a known one that is written alike, or ""."""
    kind = _chosen(kind, values)
    if not is_dataclass(kind) or not isinstance(values, Mapping):
        return
    prefix, hints = f"{key}." if key else "", get_type_hints(kind)
    for name in values:
        if name not in hints:
            near = get_close_matches(str(name), hints, 1)
            yield prefix + str(name), prefix + near[0] if near else ""
    for one in fields(kind):
        if one.name in values:
            yield from _wrong_keys(values[one.name], hints[one.name], prefix + one.name)
        elif one.default is MISSING and one.default_factory is MISSING:
            yield from _left_out(hints[one.name], prefix + one.name)


def _left_out(kind: Any, key: str) -> Iterator[tuple[str, None]]:  # noqa: ANN401 - any field type
    """What a key without a default asks for: of a table its own required keys."""
    kind = _chosen(kind, {})
    inner = [
        one.name
        for one in (fields(kind) if is_dataclass(kind) else ())
        if one.default is MISSING and one.default_factory is MISSING
    ]
    if not inner:
        yield key, None
    for name in inner:
        yield from _left_out(get_type_hints(kind)[name], f"{key}.{name}")


def _chosen(kind: Any, value: object) -> Any:  # noqa: ANN401 - any field type
    """The branch of a union that a value takes."""
    if get_origin(kind) in {Union, types.UnionType}:
        other = isinstance(value, Mapping) and "architecture" in value
        return get_args(kind)[other]
    return kind


def _joined(words: list[str]) -> str:
    if len(words) > _SHOWN:
        words = [*words[: _SHOWN - 1], f"{len(words) - _SHOWN + 1} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


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
        return value_of(value, _chosen(kind, value), key)
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
    """Return a TOML table as a dataclass; see `check_keys`."""
    if not isinstance(value, Mapping):
        raise ValueError(f"`{key}` must be a table")  # noqa: TRY004 - one type for all of them
    hints = get_type_hints(kind)
    prefix = f"{key}." if key else ""
    check_keys(value, kind)  # of tables within lists; those of the whole were checked before
    given, wrong = {}, []
    for name in value:
        try:
            given[name] = value_of(value[name], hints[name], prefix + name)
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise ValueError("; ".join(wrong))
    return kind(**given)
