"""May the answers be believed? Coverage of sets, and films that the model would refuse."""

from dataclasses import dataclass

import numpy as np

from engine.calibration import conformal_set
from engine.evaluation.answers import Answers, Truths
from engine.safeguards import Safeguards
from engine.training.coverage import SetCoverage, Trial, crossed, set_coverage
from engine.training.data import Films
from engine.training.measure import Figure, area_under_curve, share
from engine.training.refusals import refused
from engine.training.trust import on_typical_grid


@dataclass(frozen=True, slots=True)
class Check:
    """One question that a film may fail: how many did."""

    name: str
    refused: Figure


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
    checks: tuple[Check, ...]
    accuracy: Figure
    area: Figure | None


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
            Check(name, share(hits, answers.patients)) for name, hits in refusals.items()
        ),
        accuracy=share(left.said == left.labels, left.patients),
        area=area_under_curve(left.present, left.scores, patients=left.patients) if both else None,
    )


def set_names(safeguards: Safeguards, answers: Answers, film: int) -> tuple[str, ...]:
    """The classes that cannot be excluded for one film."""
    level = safeguards.config.level
    found = conformal_set(safeguards.calibration, answers.logits[film], level=level)
    return tuple(answers.classes[k] for k in found)
