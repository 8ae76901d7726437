"""What is tried: keys of a recipe with lists of values, or with ranges to search in."""

import itertools
import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import DataError

Changes = dict[str, Any]  # dotted key of a recipe → plain value
HIDDEN = "network.hidden_size"
SEED = "training.seed"
RULE = "rule"
TUNABLE = ("augmentation", "input", "network", "training")
DEFAULT_GRID = (
    f"{HIDDEN}={RULE}",
    "network.layers=1,2",
    "network.cell=gru,lstm",
    "network.readout=mean,last",
    "network.band=1,2",
    "training.learning_rate=3e-4,1e-3,3e-3",
)
OTHER_GRID = ("training.learning_rate=3e-4,1e-3,3e-3",)  # for an architecture of a package
_RANGE = re.compile(r"(?P<low>[^.:]+(?:\.[^.:]+)?)\.\.(?P<high>[^:]+?)(?P<log>:log)?")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers to search in, both ends included.

    Attributes:
        log: Whether 1 to 10 is searched as much as 10 to 100.
        whole: Whether only whole numbers are meant.
    """

    low: float
    high: float
    log: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """All that may be tried.

    Attributes:
        grid: Values by key; the hidden size may be "rule", see `engine.tuning.combinations`.
        search: Ranges by key; empty tries the grid alone.
    """

    grid: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    search: Mapping[str, Range] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that is varied."""
        return (*self.grid, *self.search)


def read_space(
    grids: Sequence[str], searches: Sequence[str] = (), *, file: Path | None = None
) -> Space:
    """Read KEY=V1,V2 and KEY=low..high, and a TOML file with tables `grid` and `search`.

    Args:
        grids: Such as "network.cell=gru,lstm"; values as in TOML, or bare words.
        searches: Such as "training.learning_rate=1e-4..1e-2:log".
        file: The same, such as `network.cell = ["gru", "lstm"]` below `[grid]`, and
            `training.learning_rate = "1e-4..1e-2:log"` below `[search]`.

    Raises:
        DataError: No key or value, a key that is named twice or may not be tuned.
    """
    stored = _read_file(file) if file else {"grid": {}, "search": {}}
    grid = [*stored["grid"].items(), *((key, _values(text)) for key, text in _split(grids))]
    search = [*stored["search"].items(), *_split(searches)]
    keys = [key for key, _ in (*grid, *search)]
    for key in keys:
        _check_key(key, twice=keys.count(key) > 1)
    for key, values in grid:
        if not isinstance(values, list) or not values:
            raise DataError("“{key}” needs a list of values, such as {key}=1,2.", "data", key=key)
    return Space(
        {key: tuple(values) for key, values in grid},
        {key: _range(key, text) for key, text in search},
    )


def _split(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not text.strip():
            raise DataError(
                "“{word}” must be KEY=VALUES, such as network.layers=1,2.", "data", word=word
            )
        yield key.strip(), text.strip()


def _values(text: str) -> list[Any]:
    try:
        return list(tomllib.loads(f"values = [{text}]")["values"])
    except tomllib.TOMLDecodeError:
        return [_value(one.strip()) for one in text.split(",")]


def _value(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _range(key: str, text: object) -> Range:
    match = _RANGE.fullmatch(text) if isinstance(text, str) else None
    ends = [_value(match[name].strip()) for name in ("low", "high")] if match else []
    numbers = [end for end in ends if type(end) in {int, float} and math.isfinite(end)]  # type: ignore[arg-type]
    if match is None or len(numbers) != 2 or not numbers[0] < numbers[1]:  # type: ignore[operator]
        raise DataError(
            "“{key}={text}” must be a range of numbers, such as {key}=1e-4..1e-2:log.",
            "data",
            key=key,
            text=text,
        )
    low, high = (float(number) for number in numbers)  # type: ignore[arg-type]
    log = match["log"] is not None
    if log and low <= 0:
        raise DataError(
            "“{key}={text}”: a range with :log must begin above 0.", "data", key=key, text=text
        )
    return Range(low, high, log, whole=all(type(number) is int for number in numbers))


def _check_key(key: str, *, twice: bool) -> None:
    table, dot, _ = key.partition(".")
    if not dot or table not in TUNABLE:
        raise DataError(
            "“{key}” cannot be tuned; keys of {tunable} and {tunable_2} can.",
            "data",
            key=key,
            tunable=", ".join(TUNABLE[:-1]),
            tunable_2=TUNABLE[-1],
        )
    if key == SEED:
        raise DataError(
            "“{key}” cannot be tuned: it also says which films are held out, and the best of"
            " several draws is luck.",
            "data",
            key=key,
        )
    if twice:
        raise DataError("“{key}” is named twice; give all its values together.", "data", key=key)


def _read_file(path: Path) -> dict[str, Changes]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(
            "{path} cannot be read: {error}.", "data", path=path.name, error=error.strerror
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            "{path} is not a TOML file: {error}.", "data", path=path.name, error=error
        ) from error
    if set(tables) - {"grid", "search"} or not all(isinstance(t, dict) for t in tables.values()):
        raise DataError(
            "{path} may hold the tables `grid` and `search` only.", "data", path=path.name
        )
    return {name: dict(_leaves(tables.get(name, {}), "")) for name in ("grid", "search")}


def _leaves(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def products(grid: Mapping[str, tuple[Any, ...]]) -> Iterator[Changes]:
    """Every combination of the values of a grid, the last key's changing first."""
    for values in itertools.product(*grid.values()):
        yield dict(zip(grid, values, strict=True))
