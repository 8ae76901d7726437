"""Recipes as TOML text: what `read_recipe` reads back as the same values."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from engine.training.recipe import Recipe


def toml_value(value: object) -> str:
    """One TOML value on one line.

    Args:
        value: Text, number, truth, list, or table of these.

    Raises:
        TypeError: Something that TOML has no notation for.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    raise TypeError(f"{type(value).__name__} has no TOML notation")


def recipe_toml(recipe: Recipe, comment: str) -> str:
    """A recipe's file with every key, also those that have their default.

    Args:
        recipe: Null values are left out, as TOML has none.
        comment: Lines that stand at the top.
    """
    values = asdict(recipe)
    del values["input"]["rows_multiple"]  # follows from the network
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines.append("")
    lines += _pairs(values)
    for key, table in values.items():
        if isinstance(table, Mapping):
            lines += ["", f"[{_key(key)}]", *_pairs(table)]
            for inner, one in table.items():
                if isinstance(one, Mapping):
                    lines.append(f"{_key(inner)} = {toml_value(_without_nulls(one))}")
    return "\n".join(lines) + "\n"


def _pairs(table: Mapping[str, object]) -> list[str]:
    return [
        f"{_key(key)} = {toml_value(_without_nulls(value))}"
        for key, value in table.items()
        if value is not None and not isinstance(value, Mapping)
    ]


def _without_nulls(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(one) for one in value]
    return value


def _text(value: str) -> str:
    # JSON's escapes are TOML's; the delete character is the one that only TOML must escape.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _text(key)
