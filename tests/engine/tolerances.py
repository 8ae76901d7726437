"""How far float32 may carry two readings of the same numbers apart, from the arithmetic alone.

A processor chooses the order of a sum, whether a product and a sum are rounded once or twice, and
which polynomial stands for an exponential. So the same formula gives other last digits elsewhere,
and a bound that one machine just met says nothing about the next. The bounds here follow from the
number of terms (Higham, Accuracy and Stability of Numerical Algorithms, 2002, chapters 3 and 4)
and from the conditioning of what is computed, which is measured in double precision: there every
processor finds the same.
"""

from copy import deepcopy

import numpy as np
import torch

UNIT = 2.0**-24  # the largest relative error of one float32 operation
_FORMULA = 16  # operations of a gate beyond its sums; exponentials are exact to about 5 units
_DRAWS = 3
_SAFETY = 4  # two readings may lie on either side, and no draw is the worst one


def likely(terms, unit=UNIT):
    """√n · u: how far n numbers are off as they are summed, for roundings of either sign.

    Higham and Mary, A new approach to probabilistic rounding error analysis, 2019: the error is
    below λ times as much, but for one case in a thousand with λ = 4.
    """
    return np.sqrt(terms) * unit


def rounding(terms, unit=UNIT):
    """γ_n: the largest relative error of each of n numbers that are summed in any order."""
    return terms * unit / (1 - terms * unit)


def of_sum(values, unit=UNIT):
    """How far apart two sums of the same values may lie, each in its own order."""
    values = np.abs(np.asarray(values, np.float64))
    return 2 * rounding(values.size, unit) * values.sum()


def terms_of(network):
    """Products and sums of the longest way into one hidden unit or channel, with its formula."""
    longest = max(w[0].numel() for w in network.parameters() if w.ndim > 1)
    return 2 * longest + _FORMULA  # a gate sums over its input and over its state


def apart(ask, network, rows, *, by=None):
    """How far apart two float32 readings of a film may lie, for each value that `ask` returns.

    A computed sum of products is the exact sum of factors that are each a little off. So weights
    and rows are shaken by that share, with random signs, and what this does to the answers is
    measured in double precision. The bound is about ten times what processors differ by.

    Args:
        ask: Takes a network and rows of any precision, and returns a tuple of arrays.
        network: Of float32, left as it is.
        rows: Of float32.
        by: By how much numbers are shaken, from the numbers; `likely` of `terms_of` times each
            one if not given.

    Returns:
        A tuple of absolute tolerances in the order of the values.
    """
    by = by or (lambda numbers: likely(terms_of(network)) * numbers)

    def shaken(numbers, generator):
        signs = torch.randint(0, 2, numbers.shape, generator=generator, dtype=torch.float64)
        return numbers + by(numbers) * (2 * signs - 1)

    def asked(of, at):
        with torch.no_grad():
            return [np.asarray(torch.as_tensor(value)) for value in ask(of, at)]

    exact, rows = deepcopy(network).double(), rows.detach().double()
    true = asked(exact, rows)
    furthest = [0.0] * len(true)
    for seed in range(_DRAWS):
        generator, other = torch.Generator().manual_seed(seed), deepcopy(exact)
        for weight in other.parameters():
            weight.data = shaken(weight.data, generator)
        found = asked(other, shaken(rows, generator))
        changes = [float(np.abs(a - b).max()) for a, b in zip(found, true, strict=True)]
        furthest = [max(pair) for pair in zip(furthest, changes, strict=True)]
    return tuple(
        _SAFETY * change + 2 * rounding(_FORMULA) * float(np.abs(value).max())
        for change, value in zip(furthest, true, strict=True)
    )


def of_trace(network, rows, heights=None):
    """The same for logits, answers by row and states of films (N, M, W)."""

    def ask(there, at):
        trace = there.trace(at) if heights is None else there.trace(at, heights)
        return trace.logits, trace.by_row, trace.h

    return apart(ask, network, rows)


def distance(found, expected):
    """The largest absolute difference of two arrays or tensors of one shape; NaN if one is."""
    found, expected = (np.asarray(torch.as_tensor(value).detach()) for value in (found, expected))
    assert found.shape == expected.shape
    return float(np.abs(found.astype(np.float64) - expected).max()) if found.size else 0.0
