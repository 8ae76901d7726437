"""What marks on films are worth: FROC, average precision, pointing, over weighted films."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.tasks.boxes import Boxes, Candidates, Rule, reaches
from engine.types import Doubles

# A statistic takes how often each of N films was drawn, (b, N), and gives b figures. What matches
# what is settled within a film and so is the same in every draw; only sums over films change.

RATES = (1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0)  # false positives per film, as in LUNA16
_VALUES = 2**21  # of one block of draws in memory: 16 MiB

Weighed = Callable[[Doubles], Doubles]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class RankedMarks:
    """Candidates of N films from the most likely on, and which of them are right.

    Attributes:
        films: N.
        owners: (D,) film of each.
        scores: (D,) falling.
        hits: (D,) whether it is a box of the truth.
        wrong: (D,) whether it counts as false; neither where it is a box that is left out.
        boxes: (N,) boxes of each film that are to be found.
    """

    films: int
    owners: NDArray[np.int64]
    scores: Doubles
    hits: Truths
    wrong: Truths
    boxes: NDArray[np.int64]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Of each score the last candidate that has it: those of one score are taken together."""
        return np.flatnonzero(np.append(self.scores[:-1] > self.scores[1:], len(self.scores) > 0))

    def sums(self, weights: Doubles) -> tuple[Doubles, Doubles]:
        """Hits and false ones (b, E) down to each score, of films weighed (b, N)."""
        drawn = weights[:, self.owners]
        ends = self.ends
        return (
            np.cumsum(drawn * self.hits, axis=1)[:, ends],
            np.cumsum(drawn * self.wrong, axis=1)[:, ends],
        )


def marks(
    found: Candidates,
    truth: Boxes,
    which: NDArray[np.int64],
    *,
    rule: Rule,
    finding: int | None = None,
    least: float = 0.0,
) -> RankedMarks:
    """Hold candidates against the truth.

    Args:
        found: Of N films.
        truth: Of the same.
        which: (D,) box of each candidate, see `engine.tasks.boxes.matched`.
        rule: By which they were matched. Of "overlap" points are left out.
        finding: Of one class only; None takes all together.
        least: Millimetres below which a box need not be found; where it is, that is neither right
            nor wrong. A box of unknown size counts.
    """
    asked = ~(truth.sizes < least)
    if rule == "overlap":
        asked &= ~truth.points
    if finding is not None:
        asked &= truth.findings == finding
    kept = np.ones(len(which), np.bool_) if finding is None else found.findings == finding
    order = np.flatnonzero(kept)
    order = order[np.argsort(-found.scores[order], kind="stable")]
    met = which[order]
    hits = (met >= 0) & (asked[met] if len(asked) else np.False_)
    return RankedMarks(
        truth.films,
        found.owners[order],
        found.scores[order],
        hits,
        met < 0,
        np.bincount(truth.owners[asked], minlength=truth.films),
    )


def sensitivity_at(given: RankedMarks, rate: float) -> Weighed:
    """The share of boxes that is found with at most so many false ones per film."""

    def measured(weights: Doubles) -> Doubles:
        hits, wrong = given.sums(weights)
        allowed = wrong <= rate * weights.sum(axis=1, keepdims=True) + 1e-9
        best = np.where(allowed, hits, 0.0).max(axis=1, initial=0.0)
        return _share(best, weights @ given.boxes)

    return _in_blocks(measured, given)


def average_precision(given: RankedMarks) -> Weighed:
    """Area under precision against recall, each precision the best at that recall or beyond."""

    def measured(weights: Doubles) -> Doubles:
        hits, wrong = given.sums(weights)
        total = weights @ given.boxes
        with np.errstate(divide="ignore", invalid="ignore"):
            precision = np.nan_to_num(hits / (hits + wrong))
        best = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
        gained = np.diff(hits, axis=1, prepend=0.0)
        return _share((best * gained).sum(axis=1), total)

    return _in_blocks(measured, given)


def mean_of(parts: list[Weighed]) -> Weighed:
    """The mean of several figures, of those that are defined."""

    def measured(weights: Doubles) -> Doubles:
        values = np.stack([one(weights) for one in parts])
        known = np.isfinite(values)
        return _share(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0).astype(float))

    return measured


def above(given: RankedMarks, cut: float) -> tuple[Weighed, Weighed]:
    """The share of boxes found, and false ones per film, of candidates scored `cut` or more."""
    over = given.scores >= cut
    hits, wrong = (
        np.bincount(given.owners, one & over, minlength=given.films)
        for one in (given.hits, given.wrong)
    )
    return (
        lambda weights: _share(weights @ hits, weights @ given.boxes),
        lambda weights: _share(weights @ wrong, weights.sum(axis=1)),
    )


def pointing(found: Candidates, truth: Boxes, *, reach: float) -> Weighed:
    """How often the likeliest place of a finding that is there lies in one of its boxes.

    Each film counts once for every class that it has boxes of (Zhang 2018, the pointing game).
    """
    hits, asked = np.zeros(truth.films), np.zeros(truth.films)
    order = np.argsort(-found.scores, kind="stable")
    for film, finding in np.unique(np.stack([truth.owners, truth.findings]), axis=1).T:
        asked[film] += 1
        own = order[(found.owners[order] == film) & (found.findings[order] == finding)]
        there = truth.places[(truth.owners == film) & (truth.findings == finding)]
        if len(own):
            box = found.places[own[0]]
            middle = ((box[:2] + box[2:]) / 2)[None]
            hits[film] += bool(reaches(middle, there, reach).any())
    return lambda weights: _share(weights @ hits, weights @ asked)


def froc(given: RankedMarks) -> tuple[Doubles, Doubles]:
    """The curve of all films: false positives per film, and sensitivity, at every score (E,)."""
    hits, wrong = given.sums(np.ones((1, given.films)))
    return wrong[0] / max(given.films, 1), _share(hits[0], np.array(float(given.boxes.sum())))


def _share(part: Doubles, whole: Doubles) -> Doubles:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole > 0, part / whole, np.nan))


def _in_blocks(measured: Weighed, given: RankedMarks) -> Weighed:
    """The same, of so few draws at a time that sums over candidates fit into memory."""
    block = max(1, _VALUES // max(len(given.owners), 1))

    def every(weights: Doubles) -> Doubles:
        parts = [measured(weights[at : at + block]) for at in range(0, len(weights), block)]
        return np.concatenate(parts) if parts else np.empty(0)

    return every


# ------------------------------------------------------------- probabilities of candidates
# Platt 1999: one slope and one offset between log-odds and whether a candidate is right.

_ROUNDS = 50
_STILL = 1e-8
_STEEPEST = 8.0


def fit_odds(scores: Doubles, hits: Truths) -> tuple[float, float]:
    """Slope a and offset b so that σ(a s + b) is the chance that a candidate is right.

    Targets are pulled off 0 and 1 as Platt does, so that candidates that are told apart without an
    error leave finite numbers. The slope is never negative: the order of candidates stays.

    Args:
        scores: (D,).
        hits: (D,).
    """
    right = int(hits.sum())
    if not 0 < right < len(hits):
        return 1.0, 0.0
    aim = np.where(hits, (right + 1) / (right + 2), 1 / (len(hits) - right + 2))
    slope, offset = 1.0, 0.0
    for _ in range(_ROUNDS):
        p = 0.5 * (1 + np.tanh((slope * scores + offset) / 2))
        off, bent = p - aim, np.maximum(p * (1 - p), 1e-12)
        gradient = np.array([off @ scores, off.sum()])
        second = np.array([[bent @ scores**2, bent @ scores], [bent @ scores, bent.sum()]])
        moved = np.linalg.solve(second + 1e-9 * np.eye(2), gradient)
        moved = np.clip(moved, -1.0, 1.0)
        slope = float(np.clip(slope - moved[0], 1e-3, _STEEPEST))
        offset -= float(moved[1])
        if float(np.abs(moved).max()) < _STILL:
            break
    return slope, offset


def cut_at(given: RankedMarks, rate: float) -> float:
    """The least score at which there are at most so many false candidates per film."""
    _, wrong = given.sums(np.ones((1, given.films)))
    allowed = np.flatnonzero(wrong[0] <= rate * given.films)
    if not len(allowed):
        return float(given.scores[0]) + 1.0 if len(given.scores) else 0.0
    last = int(given.ends[allowed[-1]])
    after = given.scores[last + 1] if last + 1 < len(given.scores) else given.scores[last] - 1.0
    return float((given.scores[last] + after) / 2)  # between two candidates
