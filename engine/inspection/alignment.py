"""Which hidden units of one network do what those of another one do. Pure numpy, scipy late.

Hidden units have no names: a network with its units in another order, or one of them with the
other sign, is the same network. So two networks are compared unit by unit only after their units
were matched. A unit's trace is what it holds at every row of some reference films; the
correlation of two traces says how alike two units are, of either sign. Of all ways to pair units
one to one the one with the largest sum of |r| is taken (the assignment problem: Kuhn 1955; of
networks Li, Yosinski, Clune, Lipson, Hopcroft 2016).

The best pairing of many units on few rows is always a good one: traces run smoothly, and a
hundred of them hold something like everything. So every alignment carries what pairing gives by
chance: the same with the other network's rows moved round within each film, which keeps how
smooth a trace is and nothing of where it is (time-shifted surrogates: Lancaster et al. 2018). And
a figure that needs no pairing stands beside it: `linear_cka`.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles, Floats

FEWEST_ROWS: Final = 4  # the least that the unbiased estimate of `linear_cka` can be made of
LIMIT: Final = 3.0  # standard deviations at the ends of the scale of differing states
_SHIFTS: Final = (1 / 4, 1 / 2, 3 / 4)  # of a film's rows
_LEAST_STD: Final = 0.01  # of states, which lie in −1…1
_LEAST_SHARE: Final = 0.1  # of the median standard deviation of the units


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Pairs (P,) of units of two networks, in the order of the first one's units.

    Of several directions a unit's number is direction · H + unit.

    Attributes:
        first, second: The units of each pair. All of the network with fewer units are in it.
        sign: 1, or −1 where the second one's unit holds the opposite.
        correlation: |r| of the two traces over the reference, 0…1.
        by_chance: Mean |r| of the best pairing when the rows are moved round; None where units
            were not searched for, or there are too few rows.
        films, rows: Of the reference.
        searched: False where the units are the same by nature: one network, read twice.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    sign: Floats
    correlation: Floats
    by_chance: float | None
    films: int
    rows: int
    searched: bool = True

    @property
    def mean_correlation(self) -> float:
        """Mean |r| of all pairs, 0…1."""
        return float(self.correlation.mean())


def aligned(first: Floats, second: Floats, films: tuple[int, ...] = ()) -> Alignment:
    """Match the units of two networks by their traces over the same rows.

    Args:
        first: (N, U) states of one network at N rows of reference films, one film below another.
        second: (N, V) of the other one at the same rows.
        films: Rows of each film; they sum to N. Empty: all of one film.
    """
    lengths = films or (len(first),)
    alike = correlations(first, second)  # (U, V)
    left, right = _best_pairs(alike)
    chosen = alike[left, right]
    chance = [_best_mean(correlations(first, one)) for one in moved(second, lengths)]
    return Alignment(
        left,
        right,
        np.where(chosen < 0, -1, 1).astype(np.float32),
        np.abs(chosen).astype(np.float32),
        float(np.mean(chance)) if chance else None,
        films=len(lengths),
        rows=len(first),
    )


def same_units(first: Floats, second: Floats) -> Alignment:
    """Each unit with itself: one network, read twice; (N, U) and (N, U) at N rows."""
    units = np.arange(first.shape[1])
    each = np.diagonal(correlations(first, second)).astype(np.float32)
    plus = np.ones(len(units), np.float32)
    return Alignment(
        units, units, plus, np.abs(each), None, films=1, rows=len(first), searched=False
    )


def correlations(first: Floats, second: Floats) -> Doubles:
    """Pearson's r (U, V) of all traces (N, U) with all traces (N, V); 0 of a constant one."""
    left, right = _scaled(first), _scaled(second)
    found: Doubles = left.T @ right
    return np.clip(found, -1.0, 1.0)


def linear_cka(first: Floats, second: Floats) -> float | None:
    """How alike two sets of states are as a whole: linear CKA, about 0 for unrelated ones, 1 most.

    No unit is matched: turning, mirroring and scaling all units of a network together change
    nothing (Kornblith, Norouzi, Lee, Hinton 2019). The plain estimate nears 1 for any two
    networks with more units than rows, so the unbiased one of the three HSICs is taken (Song et
    al. 2012; of CKA Nguyen, Raghu, Kornblith 2021): it may fall a little below 0.

    Args:
        first: (N, U) at N rows.
        second: (N, V) at the same rows.

    Returns:
        None of fewer than four rows, or where one of them does not vary.
    """
    if len(first) < FEWEST_ROWS:
        return None
    left, right = _centred(first), _centred(second)
    own = _hsic(left, left) * _hsic(right, right)
    return min(_hsic(left, right) / own**0.5, 1.0) if own > 0 else None


def moved(states: Floats, lengths: tuple[int, ...]) -> list[Floats]:
    """States (N, U) with the rows of each film moved round: what is alike by chance.

    Args:
        states: One film below another.
        lengths: Rows of each; of very few rows nothing can be moved, and the list is empty.
    """
    if min(lengths) < FEWEST_ROWS:
        return []
    ends = np.cumsum((0, *lengths))
    films = [states[start:end] for start, end in pairwise(ends)]
    return [
        np.concatenate([np.roll(film, round(len(film) * share), axis=0) for film in films])
        for share in _SHIFTS
    ]


def spread(states: Floats) -> tuple[Doubles, Doubles]:
    """Mean and standard deviation (U,) of units over rows (N, U).

    A unit that hardly moves gets a least deviation: noise must not become many of them.
    """
    values = states.astype(np.float64)
    deviation = values.std(axis=0)
    middle = float(np.partition(deviation, len(deviation) // 2)[len(deviation) // 2])
    return values.mean(axis=0), np.maximum(deviation, max(_LEAST_STD, _LEAST_SHARE * middle))


def _best_pairs(alike: Doubles) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - 0.2 s, only when asked

    left, right = linear_sum_assignment(np.abs(alike), maximize=True)
    return np.asarray(left, np.intp), np.asarray(right, np.intp)


def _best_mean(alike: Doubles) -> float:
    return float(np.abs(alike[_best_pairs(alike)]).mean())


def _centred(states: Floats) -> Doubles:
    values = states.astype(np.float64)
    return np.asarray(values - values.mean(axis=0))


def _scaled(states: Floats) -> Doubles:
    """Traces of mean 0 and length 1; zero where one is constant."""
    values = _centred(states)
    length = np.sqrt((values * values).sum(axis=0))
    least = 1e-6 * np.sqrt(len(values))  # float32 states that differ by rounding are constant
    return np.asarray(np.divide(values, length, out=np.zeros_like(values), where=length > least))


def _hsic(left: Doubles, right: Doubles) -> float:
    """The unbiased estimate of HSIC with linear kernels, without any (N, N) matrix.

    Of Gram matrices K̃, L̃ with an empty diagonal: [tr K̃L̃ + 1ᵀK̃1 1ᵀL̃1 / ((N−1)(N−2)) −
    2/(N−2) 1ᵀK̃L̃1] / (N(N−3)).
    """
    count = len(left)
    own = [(one * one).sum(axis=1) for one in (left, right)]  # the diagonals (N,)
    sums = [
        one @ one.sum(axis=0) - diagonal for one, diagonal in zip((left, right), own, strict=True)
    ]
    product = left.T @ right
    trace = (product * product).sum() - own[0] @ own[1]
    both = sums[0].sum() * sums[1].sum() / ((count - 1) * (count - 2))
    return float((trace + both - 2 / (count - 2) * (sums[0] @ sums[1])) / (count * (count - 3)))
