"""How usual a surprise is: quantiles of the validation films, and where a film stands in them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles, Floats, Surprise

LEAST_LOG_VARIANCE = -8.0  # σ = 0.018 of the grey range: below a pixel's noise, never reached


@dataclass(frozen=True, slots=True, eq=False)
class SurpriseTables:
    """Quantiles of surprise among validation films, evenly spaced from 0 to 100 %.

    Attributes:
        film: (Q,) of a film's mean.
        rows: (M, Q) of each model row.
    """

    film: Floats
    rows: Floats


def tabulate(surprises: NDArray[np.float64], count: int) -> SurpriseTables:
    """Tables of `count` quantiles of films' surprises (N, M)."""
    shares = np.linspace(0, 1, count)
    film = np.quantile(surprises.mean(axis=1), shares)
    rows = np.quantile(surprises, shares, axis=0).T  # (M, Q)
    return SurpriseTables(film.astype(np.float32), rows.astype(np.float32))


def percentile(table: Floats, value: float) -> float:
    """Where a value stands among quantiles (Q,), 0…100; between two of them linearly.

    Equal quantiles share the middle of their places.
    """
    first = int(np.searchsorted(table, value, side="left"))
    behind = int(np.searchsorted(table, value, side="right"))
    last = len(table) - 1
    if first < behind:
        place = (first + behind - 1) / 2
    elif first in {0, len(table)}:
        place = float(min(first, last))
    else:
        below, above = float(table[first - 1]), float(table[first])
        place = first - 1 + (value - below) / (above - below)
    return 100 * place / last


def place_surprise(tables: SurpriseTables, per_row: Floats, edges: Doubles) -> Surprise:
    """A film's surprise (M,) among those of the validation films.

    Args:
        tables: Of the same model.
        per_row: Nats per pixel.
        edges: (M + 1,) stored rows.
    """
    value = float(per_row.mean(dtype=np.float64))
    percentiles = [
        percentile(table, float(one)) for table, one in zip(tables.rows, per_row, strict=True)
    ]
    return Surprise(
        per_row=per_row,
        percentiles=np.array(percentiles, np.float32),
        edges=edges,
        value=value,
        percentile=percentile(tables.film, value),
    )
