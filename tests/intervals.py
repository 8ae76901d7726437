"""How often do intervals hold the truth, where films are few? The counts behind our choice.

`python tests/intervals.py` draws films again and again from classes whose true figures are known,
and prints for each method the share of its 95 % intervals that held the truth, at the worst of
several kinds of scores. Under 0.93 a method promises too much. "printed" is what
`engine.measure.figures` says; "-" where it says that there are too few to tell.

Scores: normal with equal spread; normal where one class is spread three times as wide;
exponential (the ROC curve leans to one side) and the same turned over.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine.measure import (
    area,
    area_figure,
    drawn_area,
    enough_patients,
    intervals,
    mean,
    rarer_patients,
    resampling,
    share,
)

Z = float(ndtri(0.975))
KINDS = ("normal", "wide", "leaning", "turned")
AREAS = (0.5, 0.7, 0.9, 0.97, 1.0)
SIZES = (
    (1, 5), (1, 50), (2, 2), (2, 5), (2, 20), (3, 3), (3, 10), (5, 5), (5, 20), (6, 6), (8, 8),
    (10, 10), (15, 40), (20, 20), (30, 30), (50, 50), (50, 150), (100, 100), (200, 200),
)  # fmt: skip
_GRID = np.linspace(0, 1, 2001)[1:-1]
_DRAWS = 400  # of a bootstrap; more would not change how often it holds


@dataclass(frozen=True)
class Cell:
    """Patients with and without the finding, the true area, films of each patient."""

    positive: int
    negative: int
    area: float
    films: int = 1


def draw(rng, kind, cell):
    """Whether the finding is there, scores, and patients; films of one are seven tenths alike."""
    truths, scores, people = [], [], []
    for found, count in ((True, cell.positive), (False, cell.negative)):
        own = rng.normal(size=(count, 1))
        noise = rng.normal(size=(count, cell.films))
        alike = 0.7 if cell.films > 1 else 0.0
        z = np.sqrt(alike) * own + np.sqrt(1 - alike) * noise
        scores.append(_laid(z, kind, cell.area, found=found).ravel())
        truths.append(np.full(count * cell.films, found))
        people.append(np.repeat([f"{found}{n}" for n in range(count)], cell.films))
    return np.concatenate(truths), np.concatenate(scores), np.concatenate(people)


def _laid(z, kind, true, *, found):
    """Standard normal numbers as scores of one class, so that the area is the true one."""
    if true == 1:
        return z / (1 + np.abs(z)) + 2 * found
    if kind == "normal":
        return z + found * np.sqrt(2) * ndtri(true)
    if kind == "wide":
        return 3 * z + np.sqrt(10) * ndtri(true) if found else z
    tail = np.clip(ndtr(z), 1e-15, 1 - 1e-15)
    slower = true / (1 - true)
    if kind == "leaning":
        return -np.log(tail) * (slower if found else 1)
    return np.log(tail) * (1 if found else slower)


def methods(present, scores, people):
    """Every method's interval (low, high); NaN where it has none."""
    value = float(area(present, scores)(np.ones((1, len(scores))))[0])
    drawn = resampling(present.astype(np.int64), people, draws=_DRAWS)
    low, high = intervals(drawn, {"area": area(present, scores)})["area"].tolist()
    m, n = int(present.sum()), int((~present).sum())
    spread = _hanley(np.array([value]), m, n)[0]
    rarer = rarer_patients(present, drawn.places)
    few = area_figure(value, present, drawn.places)
    held = drawn_area(value, present, drawn.places)
    return {
        "bootstrap": (low, high),
        "Wald": (value - Z * spread, value + Z * spread),
        "logit": _logit(value, spread),
        "DeLong": _logit(value, _delong(present, scores)),
        "Newcombe": _newcombe(value, m, n),
        "exact": _exact(value, rarer),
        "Wilson": _wilson(value, rarer),
        "printed": (low, high) if held else (few.low, few.high),
    }


def _hanley(value, m, n):
    """Hanley and McNeil 1982."""
    first, second = value / (2 - value), 2 * value**2 / (1 + value)
    squares = (m - 1) * (first - value**2) + (n - 1) * (second - value**2)
    return np.sqrt((value * (1 - value) + squares) / (m * n))


def _delong(present, scores):
    """DeLong, DeLong and Clarke-Pearson 1988; 0 where a class has one film."""
    order = (scores[present][:, None] > scores[~present]).astype(float)
    parts = [order.mean(axis=axis) for axis in (1, 0)]
    return float(np.sqrt(sum(one.var(ddof=1) / len(one) for one in parts if len(one) > 1)))


def _logit(value, spread):
    if not 0 < value < 1:
        return value, value
    odds, half = np.log(value / (1 - value)), Z * spread / (value * (1 - value))
    return tuple(1 / (1 + np.exp(-(odds + sign * half))) for sign in (-1, 1))


def _newcombe(value, m, n):
    """Method 5 of Newcombe 2006: areas whose own spread reaches what was measured."""
    both = (m + n) / 2
    spread = np.sqrt(
        _GRID * (1 - _GRID)
        * (1 + (both - 1) * ((1 - _GRID) / (2 - _GRID) + _GRID / (1 + _GRID))) / (m * n)
    )  # fmt: skip
    near = _GRID[np.abs(_GRID - value) <= Z * spread]
    if not len(near):
        return value, value
    return (0.0 if value <= 0 else near[0]), (1.0 if value >= 1 else near[-1])


def _exact(value, films):
    low = betaincinv(value * films, films - value * films + 1, 0.025) if value > 0 else 0.0
    high = betaincinv(value * films + 1, films - value * films, 0.975) if value < 1 else 1.0
    return float(low), float(high)


def _wilson(value, films):
    centre = (value + Z**2 / (2 * films)) / (1 + Z**2 / films)
    half = Z * np.sqrt(value * (1 - value) / films + Z**2 / (4 * films**2)) / (1 + Z**2 / films)
    return (0.0 if value <= 0 else centre - half), (1.0 if value >= 1 else centre + half)


def held_areas(cell, *, tries, seed=1):
    """For each method (share of intervals that hold the area, mean width), at the worst kind."""
    worst = {}
    for kind in KINDS:
        rng = np.random.default_rng(seed)
        found = [methods(*draw(rng, kind, cell)) for _ in range(tries)]
        for name in found[0]:
            ends = np.array([one[name] for one in found])
            told = ends[np.isfinite(ends).all(axis=1)]
            if not len(told):
                worst[name] = (np.nan, np.nan)
                continue
            share_held = float(np.mean((told[:, 0] <= cell.area) & (cell.area <= told[:, 1])))
            width = float(np.mean(told[:, 1] - told[:, 0]))
            worst[name] = min(worst.get(name, (2.0, 0.0)), (share_held, width))
    return worst


def held_shares(true, count, *, films=1, tries=2000, seed=0):
    """The share of printed intervals that hold a true share; films of one patient agree."""
    rng = np.random.default_rng(seed)
    held = 0
    for _ in range(tries):
        hits = np.repeat(rng.random(count) < true, films)
        figure = share(hits, np.repeat(np.arange(count), films).astype(str))
        held += figure.low <= true <= figure.high
    return held / tries


def held_means(count, *, tries=600, seed=0):
    """The same of a mean of squared errors of answers that are right nine times in ten."""
    rng = np.random.default_rng(seed)
    known = rng.random(10**6)
    known = np.where(known < 0.9, known**2 / 4, (0.5 + known / 2) ** 2)
    true, held = float(known.mean()), 0
    for _ in range(tries):
        drawn = resampling(np.zeros(count, np.int64), draws=_DRAWS)
        low, high = intervals(drawn, {"mean": mean(rng.choice(known, count))})["mean"]
        held += low <= true <= high
    return held / tries


def main():
    """Print every table."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    names = None
    print("Areas: share of intervals that hold the truth, mean width")
    for films in (1, 3):
        for positive, negative in SIZES if films == 1 else ((2, 5), (5, 5), (20, 20), (60, 60)):
            for true in AREAS:
                cell = Cell(positive, negative, true, films)
                found = held_areas(cell, tries=tries)
                if names is None:
                    names = list(found)
                    print("  n+  n-  films  area  " + "  ".join(f"{n:>11}" for n in names))
                cells = "  ".join(
                    f"{held:5.3f} {width:5.2f}" if np.isfinite(held) else f"{'-':>11}"
                    for held, width in found.values()
                )
                print(f"{positive:4}{negative:4}{films:7}  {true:4.2f}  {cells}", flush=True)
    print("\nShares as printed: share of intervals that hold the truth")
    for count in (1, 2, 3, 5, 10, 19, 20, 50, 200):
        rates = " ".join(f"{p}: {held_shares(p, count):.3f}" for p in (0.5, 0.7, 0.9, 0.97, 1.0))
        together = held_shares(0.9, count, films=3)
        print(f"{count:4} films   {rates}   three films of each patient, 0.9: {together:.3f}")
    print("\nMeans (Brier score), percentile bootstrap")
    for count in (5, 10, 15, 20, 30, 50, 100):
        kept = "printed" if enough_patients(np.arange(count)) else "too few to tell"
        print(f"{count:4} patients  {held_means(count):.3f}  {kept}")


if __name__ == "__main__":
    main()
