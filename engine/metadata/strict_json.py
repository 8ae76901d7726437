"""JSON from strangers: UTF-8, finite numbers, no key twice, not deep, nothing that is not seen."""

import json
import math
from typing import Any

from engine.errors import BundleError
from engine.metadata.text import is_visible, shown

_DEEPEST = 32
_DIGITS = 40  # of a whole number; seeds may be long


def parse_json(data: bytes, place: str) -> Any:  # noqa: ANN401 - JSON
    """The value that a JSON text holds.

    Args:
        data: UTF-8.
        place: What sentences call it, for example "digits/metadata.json".

    Raises:
        BundleError: It is not JSON, or JSON that two programs could read in two ways.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(items)
        if len(table) < len(items):
            names = [name for name, _ in items]
            twice = next(name for name in table if names.count(name) > 1)
            raise BundleError(
                "{place}: “{twice}” is there twice.", "bundle", place=place, twice=shown(twice)
            )
        return table

    try:
        value = json.loads(
            data.decode("utf-8"),
            parse_float=_finite,
            parse_constant=_finite,
            parse_int=_whole,
            object_pairs_hook=pairs,
        )
    except (ValueError, RecursionError) as error:
        raise BundleError(
            "{place} is not valid JSON of finite numbers.", "bundle", place=place
        ) from error
    _look_through(value, place)
    return value


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError("a whole number of too many digits")
    return int(text)


def _look_through(value: object, place: str) -> None:
    """Refuse depth and hidden characters; without recursion, so that depth cannot hurt."""
    left = [(value, 1)]
    while left:
        item, depth = left.pop()
        if isinstance(item, str) and not is_visible(item, breaks=True):
            raise BundleError(
                "{place}: “{item}” holds characters that cannot be seen.",
                "bundle",
                place=place,
                item=shown(item, 40),
            )
        if not isinstance(item, dict | list):
            continue
        if depth > _DEEPEST:
            raise BundleError(
                "{place} is nested deeper than {deepest} levels.",
                "bundle",
                place=place,
                deepest=_DEEPEST,
            )
        inside = [*item.keys(), *item.values()] if isinstance(item, dict) else item
        left += [(one, depth + 1) for one in inside]
