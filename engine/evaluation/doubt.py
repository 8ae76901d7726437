"""How often answers are refused or doubtful, and figures by subgroup."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.calibration import conformal_set
from engine.films import Films
from engine.measure import (
    Answers,
    Estimate,
    SetCoverage,
    Trial,
    Truths,
    area_under_curve,
    crossed,
    set_coverage,
    share,
)
from engine.safeguards import Safeguards
from engine.training import on_typical_grid, refused

# ----------------------------------------------------------- refusals and prediction sets
# May the answers be believed? Coverage of sets, and films that the model would refuse.


@dataclass(frozen=True, slots=True)
class CheckCount:
    """One question that a film may fail: how many did."""

    name: str
    refused: Estimate


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the bundle's safeguards make of the films.

    Attributes:
        level: Aimed coverage of a set.
        crossed: Whether the films are calibration films themselves, so that each half of the
            patients was held against the other half.
        sets: Their coverage.
        checks: Guard and surprise, and any of them; header and pixels are not asked here.
        accuracy, area: Of the films that no check refuses; no area without a finding.
    """

    level: float
    crossed: bool
    sets: SetCoverage
    checks: tuple[CheckCount, ...]
    accuracy: Estimate
    area: Estimate | None


def trials_of(
    answers: Answers, safeguards: Safeguards | None, *, own: bool, seed: int
) -> tuple[Trial, ...]:
    """Films held against calibration films that they are not among.

    Args:
        answers: Of the films.
        safeguards: None has no calibration films, so there are no trials.
        own: Whether the films are the calibration films.
        seed: Of the halves.
    """
    if safeguards is None:
        return ()
    if own:
        return crossed(answers.logits, answers.labels, answers.patients, seed=seed)
    return (Trial(safeguards.calibration, answers.logits, answers.labels),)


def refusals(safeguards: Safeguards, films: Films, rows: int) -> dict[str, Truths]:
    """(N,) of each check: whether it refuses the film. "any" is the last one."""
    found = refused(safeguards, on_typical_grid(films, rows))
    either = np.zeros(len(films), np.bool_)
    for one in found.values():
        either |= one
    return found | {"any": either}


def doubt(
    answers: Answers,
    trials: tuple[Trial, ...],
    refusals: dict[str, Truths],
    *,
    level: float,
    own: bool,
) -> Doubt:
    """Measure sets and refusals; see `trials_of` and `refusals`."""
    kept = np.flatnonzero(~refusals["any"])
    left = answers.take(kept)
    both = answers.positive is not None and 0 < int(left.present.sum()) < len(left)
    return Doubt(
        level=level,
        crossed=own,
        sets=set_coverage(trials, level=level),
        checks=tuple(
            CheckCount(name, share(hits, answers.patients)) for name, hits in refusals.items()
        ),
        accuracy=share(left.said == left.labels, left.patients),
        area=area_under_curve(left.present, left.scores, patients=left.patients) if both else None,
    )


def set_names(safeguards: Safeguards, answers: Answers, film: int) -> tuple[str, ...]:
    """The classes that cannot be excluded for one film."""
    level = safeguards.config.level
    found = conformal_set(safeguards.calibration, answers.logits[film], level=level)
    return tuple(answers.classes[k] for k in found)


# -------------------------------------------------------------------- figures by subgroup
# Is the model as good for everybody? The same figures, group by group.

UNKNOWN, OTHERS = "not said", "others"
SMALL = 20  # films of a class: with fewer, an interval says hardly anything
_MOST = 12  # groups of one column
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Films that have something in common.

    Attributes:
        name: Of the group, a value or a range of values of its column.
        small: Whether it has fewer than SMALL films with or without the finding (of a plain
            choice: films), so that its figures may not be compared.
        area: Under the ROC curve; None without a finding, or with films of one kind only.
        sensitivity, specificity: At the threshold in use; None without a finding.
    """

    name: str
    films: int
    patients: int
    present: int
    small: bool
    accuracy: Estimate
    area: Estimate | None
    sensitivity: Estimate | None
    specificity: Estimate | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table of films.

    Attributes:
        quartiles: Whether it holds numbers, which were cut into four groups of equal size.
    """

    name: str
    quartiles: bool
    groups: tuple[Group, ...]


def subgroups(answers: Answers, columns: Mapping[str, NDArray[np.str_]]) -> tuple[Column, ...]:
    """Figures of every group of every column (N,) of the films."""
    found = []
    for name, values in columns.items():
        texts = np.array([str(value).strip() for value in values])
        numbers = _numbers(texts)
        parts = _categories(texts) if numbers is None else _quarters(numbers)
        groups = tuple(_group(title, answers.take(chosen)) for title, chosen in parts)
        found.append(Column(name, numbers is not None, groups))
    return tuple(found)


def _group(name: str, answers: Answers) -> Group:
    present = answers.present if answers.positive is not None else None
    count = len(answers)
    fewest = count if present is None else min(int(present.sum()), int((~present).sum()))
    patients = answers.patients
    said = answers.said
    return Group(
        name=name,
        films=count,
        patients=len(np.unique(patients)),
        present=0 if present is None else int(present.sum()),
        small=fewest < SMALL,
        accuracy=share(said == answers.labels, patients),
        area=area_under_curve(present, answers.scores, patients=patients)
        if present is not None and fewest
        else None,
        sensitivity=None
        if present is None
        else share((answers.scores >= answers.threshold)[present], patients[present]),
        specificity=None
        if present is None
        else share((answers.scores < answers.threshold)[~present], patients[~present]),
    )


def _numbers(texts: NDArray[np.str_]) -> NDArray[np.float64] | None:
    """The column as numbers, NaN where nothing stands; None where a text is no number.

    A few whole numbers, such as 0 and 1, are names and stay texts.
    """
    try:
        numbers = np.array([float(text) if text else np.nan for text in texts])
    except ValueError:
        return None
    known = numbers[np.isfinite(numbers)]
    return numbers if len(set(known.tolist())) > 2 * _QUARTERS else None


def _quarters(numbers: NDArray[np.float64]) -> Iterator[tuple[str, NDArray[np.intp]]]:
    known = numbers[np.isfinite(numbers)]
    ends = np.unique(np.percentile(known, [0, 25, 50, 75, 100]))
    for place, (low, high) in enumerate(pairwise(ends)):
        last = place == len(ends) - 2
        inside = (numbers >= low) & ((numbers <= high) if last else (numbers < high))
        if inside.any():
            yield f"{low:g} to {'' if last else 'below '}{high:g}", np.flatnonzero(inside)
    if not np.isfinite(numbers).all():
        yield UNKNOWN, np.flatnonzero(~np.isfinite(numbers))


def _categories(texts: NDArray[np.str_]) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Values in order, the rarest of too many together; nothing said comes last."""
    names, counts = np.unique(texts[texts != ""], return_counts=True)
    commonest = names[np.argsort(-counts, kind="stable")[:_MOST]]
    for name in sorted(commonest.tolist()):
        yield name, np.flatnonzero(texts == name)
    rest = ~np.isin(texts, commonest) & (texts != "")
    if rest.any():
        yield OTHERS, np.flatnonzero(rest)
    if (texts == "").any():
        yield UNKNOWN, np.flatnonzero(texts == "")
