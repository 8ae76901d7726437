"""What is tried: values, ranges, combinations, and how each is scored."""

import itertools
import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from engine.bundle import NetworkConfig
from engine.errors import BundleError, DataError
from engine.films import Films
from engine.measure import area, share_interval
from engine.recipe import (
    Network,
    Recipe,
    put,
    read_toml,
    recipe_of,
    toml_value,
    without_nulls,
)
from engine.types import LEVEL
from engine.words import Sentence

# ---------------------------------------------------------------------- values and ranges
# What is tried: keys of a recipe with lists of values, or with ranges to search in.

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
        grid: Values by key; the hidden size may be "rule", see `engine.tuning.space`.
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
            raise DataError("“{key}” needs a list of values, such as {key}=1,2.", key=key)
    return Space(
        {key: tuple(values) for key, values in grid},
        {key: _range(key, text) for key, text in search},
    )


def _split(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not text.strip():
            raise DataError("“{word}” must be KEY=VALUES, such as network.layers=1,2.", word=word)
        yield key.strip(), text.strip()


def _values(text: str) -> list[Any]:
    try:
        return list(tomllib.loads(f"values = [{text}]")["values"])
    except tomllib.TOMLDecodeError:
        return [toml_value(one.strip()) for one in text.split(",")]


def _range(key: str, text: object) -> Range:
    match = _RANGE.fullmatch(text) if isinstance(text, str) else None
    ends = [toml_value(match[name].strip()) for name in ("low", "high")] if match else []
    numbers = [end for end in ends if type(end) in {int, float} and math.isfinite(end)]  # type: ignore[arg-type]
    if match is None or len(numbers) != 2 or not numbers[0] < numbers[1]:  # type: ignore[operator]
        raise DataError(
            "“{key}={text}” must be a range of numbers, such as {key}=1e-4..1e-2:log.",
            key=key,
            text=text,
        )
    low, high = (float(number) for number in numbers)  # type: ignore[arg-type]
    log = match["log"] is not None
    if log and low <= 0:
        raise DataError(
            "“{key}={text}”: a range with :log must begin above 0.", key=key, text=text
        )
    return Range(low, high, log, whole=all(type(number) is int for number in numbers))


def _check_key(key: str, *, twice: bool) -> None:
    table, dot, _ = key.partition(".")
    if not dot or table not in TUNABLE:
        raise DataError(
            "“{key}” cannot be tuned; keys of {tunable} and {tunable_2} can.",
            key=key,
            tunable=", ".join(TUNABLE[:-1]),
            tunable_2=TUNABLE[-1],
        )
    if key == SEED:
        raise DataError(
            "“{key}” cannot be tuned: it also says which films are held out, and the best of"
            " several draws is luck.",
            key=key,
        )
    if twice:
        raise DataError("“{key}” is named twice; give all its values together.", key=key)


def _read_file(path: Path) -> dict[str, Changes]:
    tables = read_toml(path)
    if set(tables) - {"grid", "search"} or not all(isinstance(t, dict) for t in tables.values()):
        raise DataError("{path} may hold the tables `grid` and `search` only.", path=path.name)
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


# ------------------------------------------------------- combinations that can be trained
# From a space to the combinations that can be trained; impossible ones are known beforehand.

_FACTORS = (2.0, 2.5, 3.0)  # hidden units for each value that a step reads
_MULTIPLE = 8


@dataclass(frozen=True, slots=True)
class Combinations:
    """What a grid holds.

    Attributes:
        usable: In the order of the grid, none twice.
        left_out: How many fail, by the reason.
    """

    usable: tuple[Changes, ...]
    left_out: tuple[tuple[str, int], ...]


def default_grid(recipe: Recipe) -> tuple[str, ...]:
    """What is tried where nobody names anything."""
    return DEFAULT_GRID if isinstance(recipe.network, Network) else OTHER_GRID


def with_changes(recipe: Recipe, changes: Changes) -> Recipe:
    """The recipe with other values.

    Raises:
        DataError: A key or value that no recipe has, or a network that cannot be built.
    """
    values = plain_values(recipe)
    for key, value in changes.items():
        values = put(values, key.split("."), value, place=f"{key}={identity(value)}")
    return recipe_of(values, words_of(changes) or recipe.name)


def words_of(changes: Changes) -> str:
    """For people, for example "cell=gru, learning_rate=0.001"."""
    return ", ".join(f"{key.rpartition('.')[2]}={_shown(one)}" for key, one in changes.items())


def plain_values(recipe: Recipe) -> dict[str, Any]:
    """All keys of its file, also those that have their default."""
    values: dict[str, Any] = without_nulls(asdict(recipe))
    del values["input"]["rows_multiple"]  # follows from the network
    return values


def identity(value: object) -> str:
    """The same text for the same plain values, whatever the order of their keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def rule_sizes(input_size: int) -> tuple[int, ...]:
    """Hidden sizes of two to three times what a step reads, as multiples of 8."""
    sizes = (max(round(factor * input_size / _MULTIPLE), 1) * _MULTIPLE for factor in _FACTORS)
    return tuple(dict.fromkeys(sizes))


def combinations(recipe: Recipe, space: Space) -> Combinations:
    """Every combination of the grid that the recipe can be trained with.

    The hidden size "rule" stands for two to three times the values that one step reads, which
    depends on band, stem and grid of the same combination.

    Raises:
        DataError: A value that fits no combination and is not merely a network that cannot be
            built (so it was misspelt), or no combination at all.
    """
    usable: dict[str, Changes] = {}
    reasons: Counter[str] = Counter()
    wrong: dict[tuple[str, str], DataError] = {}
    right: set[tuple[str, str]] = set()
    for asked in products(space.grid):
        for changes, problem in _checked(recipe, asked):
            if problem is None:
                usable.setdefault(identity(changes), changes)
                right |= _pairs(asked)
                continue
            reasons[_reason(problem)] += 1
            if isinstance(problem.__cause__, BundleError):
                right |= _pairs(asked)  # well said, though no network can be built
            else:
                wrong |= dict.fromkeys(_pairs(asked), problem)
    for pair, misspelt in wrong.items():
        if pair not in right:
            raise misspelt
    if not usable:
        raise DataError("No combination can be trained: {reasons}", reasons=next(iter(reasons)))
    return Combinations(tuple(usable.values()), tuple(reasons.items()))


def shuffled(usable: tuple[Changes, ...], *, seed: int) -> tuple[Changes, ...]:
    """The order in which they are tried: a part of it is a fair sample of the grid."""
    order = np.random.default_rng(seed).permutation(len(usable))
    return tuple(usable[index] for index in order)


def _checked(recipe: Recipe, asked: Changes) -> Iterator[tuple[Changes, DataError | None]]:
    """Each combination that is meant, with the reason why it cannot be trained."""
    try:
        meant = list(_ruled(recipe, asked))
    except DataError as error:
        yield asked, error
        return
    for changes in meant:
        try:
            with_changes(recipe, changes)
        except DataError as error:
            yield changes, error
        else:
            yield changes, None


def _ruled(recipe: Recipe, asked: Changes) -> Iterator[Changes]:
    if asked.get(HIDDEN) != RULE:
        yield asked
        return
    config = with_changes(recipe, {k: one for k, one in asked.items() if k != HIDDEN}).config
    if not isinstance(config, NetworkConfig):
        raise DataError("`{hidden}` is not a key of this network.", hidden=HIDDEN)
    for size in rule_sizes(config.input_size):
        yield asked | {HIDDEN: size}


def _pairs(asked: Changes) -> set[tuple[str, str]]:
    return {(key, identity(value)) for key, value in asked.items()}


def _reason(error: DataError) -> str:
    """Without the combination, which stands before the reason."""
    reason = error.sentence.arguments.get("error")
    return str(error) if reason is None else f"{reason}."


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


# ------------------------------------------------------------------------ scores of folds
# How good the answers to held-out films are, and what the folds say together.

Score = Literal["auc", "macro-auc", "accuracy", "task"]
NAMES: dict[Score, Sentence] = {
    "auc": Sentence("score.auc"),
    "macro-auc": Sentence("score.macro-auc"),
    "accuracy": Sentence("score.accuracy"),
}
_LEAST = 1e-12  # of a probability, in a log loss


@dataclass(frozen=True, slots=True)
class Summary:
    """What the folds of one combination say.

    Attributes:
        mean: Of the folds' scores.
        spread: Their standard deviation (n − 1).
        error: Standard error of the mean, spread / √folds: that of the rule of one standard error.
        low, high: 95 % interval of the mean by Student's t, within 0…1 where the scores are. The
            variance is Nadeau and Bengio's (2003), because the folds share most of their training
            films.
    """

    mean: float
    spread: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chance:
    """What a score would be by chance, and on how many patients it was measured.

    Attributes:
        level: One half of an area; of an accuracy the share of the commonest class.
        patients: Of the rarest class for an area, all of them for an accuracy.
    """

    level: float
    patients: int


def chance_of(kind: Score, films: Films) -> Chance | None:
    """Chance on the films that are held out one fold after the other, all of them once.

    Of the figure of a task nobody knows it.
    """
    if kind == "task":
        return None
    counts = np.bincount(films.labels)
    if kind == "accuracy":
        return Chance(float(counts.max() / counts.sum()), len(np.unique(films.patients)))
    people = [len(np.unique(films.patients[films.labels == k])) for k in np.unique(films.labels)]
    return Chance(0.5, min(people))


def above_chance(scores: Sequence[float], chance: Chance, *, tried: int) -> bool:
    """Whether the best mean of several is told from chance.

    Both the folds (Student's t, see `summarise`) and the number of patients must say so: scores
    of few films agree by chance, too. The best of many looks better than it is, so the level is
    divided by their number (Bonferroni).

    Args:
        scores: Of the folds of the best.
        chance: See `chance_of`.
        tried: How many combinations it is the best of.
    """
    count, tail = len(scores), (1 - LEVEL) / 2 / max(tried, 1)
    mean, spread = float(np.mean(scores)), float(np.std(scores, ddof=1))
    half = _half(count, spread, tail=tail)
    low, _ = share_interval(mean, chance.patients, z=-NormalDist().inv_cdf(tail))
    return min(mean - half, low) > chance.level


def choose_score(recipe: Recipe, wanted: str | None) -> Score:
    """The score that is asked for, or the recipe's own.

    Two classes with a `positive` are scored by AUC, other classes by accuracy, a task of another
    kind by its chief figure.

    Raises:
        DataError: There is no such score, or an AUC without `positive`.
    """
    if not recipe.objective.plain:
        if wanted in {None, "task"}:
            return "task"
        raise DataError(
            "The task “{task}” is scored by its own chief figure; leave the score out.",
            task=recipe.objective.task,
        )
    plain = recipe.positive is not None
    if wanted is None:
        return "auc" if plain and len(recipe.classes) == 2 else "accuracy"
    known = [one for one in get_args(Score) if one != "task"]
    for name in known:
        if name == wanted:
            if name == "auc" and not plain:
                raise DataError(
                    "The score auc needs `positive` in the recipe; macro-auc does not."
                )
            return name  # type: ignore[no-any-return]
    raise DataError("The score must be one of {score}.", score=", ".join(known))


def score(
    kind: Score,
    probabilities: NDArray[np.float64],
    labels: NDArray[np.int64],
    *,
    positive: int | None,
) -> float:
    """Higher is better, 0…1.

    Args:
        kind: "auc" of the class `positive`, "macro-auc" the mean of every class's against the
            rest, "accuracy" the share of right answers.
        probabilities: (N, K).
        labels: (N,) class indices; for an AUC each class must be there.
        positive: Index of the finding's class.
    """
    if kind == "accuracy":
        return float(np.mean(probabilities.argmax(axis=1) == labels))
    classes = (positive,) if kind == "auc" else range(probabilities.shape[1])
    once = np.ones((1, len(labels)))
    areas = [area(labels == one, probabilities[:, one])(once) for one in classes]
    return float(np.mean(areas))


def log_loss(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Mean −ln of the probability (N, K) of the true class (N,); lower is better."""
    true = probabilities[np.arange(len(labels)), labels]
    return float(-np.mean(np.log(np.maximum(true, _LEAST))))


def summarise(scores: Sequence[float]) -> Summary:
    """Mean, spread and interval of the scores of two folds or more."""
    count = len(scores)
    mean, spread = float(np.mean(scores)), float(np.std(scores, ddof=1))
    half = _half(count, spread, tail=(1 - LEVEL) / 2)
    low, high = mean - half, mean + half
    if min(scores) >= 0 and max(scores) <= 1:
        low, high = max(low, 0.0), min(high, 1.0)
    return Summary(mean, spread, spread / math.sqrt(count), low, high)


def _half(count: int, spread: float, *, tail: float) -> float:
    """Half an interval by Student's t; each fold tests 1 film for every count − 1 it learns."""
    return float(stdtrit(count - 1, 1 - tail)) * spread * math.sqrt(1 / count + 1 / (count - 1))
