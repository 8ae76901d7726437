"""Influence of rows and of columns: gradients, occlusion, Shapley values."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.explain.games import Game, Indices, Order, averaged, occlusion, places, shapley
from engine.runtime import Asked, asked_of
from engine.types import ColumnInfluence, Doubles, Floats, Influence, InfluenceMethod

if TYPE_CHECKING:
    from engine.network import RowNetwork


# ---------------------------------------------------------------------- influence of rows
# Influence of every band of rows on an answer, by one of three methods.

PAIRS = 8  # of orders; on chest films two such samples rank the steps alike, correlation 0.93


def influence(
    network: "Asked | RowNetwork",
    rows: Floats,
    *,
    baseline: Floats,
    target: int,
    method: InfluenceMethod = "integrated-gradients",
    rows_per_band: int | None = None,
    seed: int = 0,
    pairs: int = PAIRS,
    edges: Doubles | None = None,
) -> Influence:
    """How much each band of rows moved the log-odds of a class away from the baseline's.

    A band is a time step, that is all the model rows that one step of the recurrence reads,
    unless `rows_per_band` says otherwise; 1 tells single model rows apart. A stem reads the
    rows above as well, and what they do there is still credited to them.

    - "integrated-gradients" fades the whole film in (`engine.explain.gradients`). It adds up
      but for `residual`, and bands of any height are sums of the same pixels.
    - "occlusion" replaces one band by the baseline's rows and asks what is lost. It does not add
      up; `residual` says by how much.
    - "shapley" does so in sampled company (`engine.explain.games`). It adds up, tells its
      sampling error, and costs 2 · pairs · (bands − 1) readings.

    For the last two a band goes as a whole: bands of two heights are two different games.

    Args:
        network: Used in evaluation mode, left in the mode it had.
        rows: (M, W), of any height that the network reads.
        baseline: (M, W), usually the mean film at that height.
        target: Index of any class.
        method: How it is measured.
        rows_per_band: Divides M; None takes the rows of a time step.
        seed: Of the sampled orders; the same seed gives the same values.
        pairs: Number of orders and their reverses, at least 2.
        edges: (M + 1,) stored rows at which the model rows begin; 0 … M without.

    Raises:
        ValueError: Arguments that do not fit together.
    """
    asked = asked_of(network)
    check(asked, rows, baseline=baseline, target=target, pairs=pairs)
    size = rows_per_band or asked.config.rows_per_step
    if len(rows) % size:
        raise ValueError(f"{len(rows)} model rows cannot be divided into bands of {size}")
    bands, error = len(rows) // size, None
    if method == "integrated-gradients":
        from engine.explain.gradients import of_film  # noqa: PLC0415 - imports torch

        found = of_film(asked.network, rows, baseline=baseline, target=target)
        values = found.per_pixel.double().cpu().numpy().reshape(bands, -1).sum(axis=1)
        whole, empty = found.log_odds, found.baseline_log_odds
    else:
        game = Game(asked, rows, baseline, target)
        whole, empty = game.ends()
        if method == "occlusion":
            values = occlusion(game, bands)
        else:
            values, error = shapley(game, bands, ends=(whole, empty), pairs=pairs, seed=seed)
    return Influence(
        values=values.astype(np.float32),
        edges=(np.arange(len(rows) + 1.0) if edges is None else edges)[::size],
        target=target,
        log_odds=whole,
        baseline_log_odds=empty,
        residual=whole - empty - float(values.sum()),
        method=method,
        error=None if error is None else error.astype(np.float32),
    )


def check(asked: Asked, rows: Floats, *, baseline: Floats, target: int, pairs: int) -> None:
    """Refuse what would be computed wrongly and not noticed.

    Raises:
        ValueError: A baseline of another shape, no such class, or fewer than two pairs.
    """
    if rows.shape != baseline.shape:
        raise ValueError(f"film {tuple(rows.shape)} and baseline {tuple(baseline.shape)} differ")
    if not 0 <= target < asked.config.classes:
        raise ValueError(f"there is no class {target} of {asked.config.classes}")
    if pairs < 2:
        raise ValueError("fewer than two pairs of orders tell no sampling error")


# ------------------------------------------------------------------- influence of columns
# Which columns inside one band of rows moved the answer: rows first, then columns.
#
# After Ismail 2020 (two-step temporal saliency rescaling), who finds that a recurrent network
# blurs time and features together unless time is settled first. Here the second step divides the
# band's influence and never multiplies two maps, so it adds up by each method's own rule:
#
# - integrated gradients: the sums of the pixels in the band's part of a column. They add up
#   because the band's influence is their sum.
# - occlusion: Shapley values of the columns, in a game that everything outside the band has
#   already joined. They add up to the occlusion of the whole band.
# - Shapley: Owen values (Owen 1977), for which the columns join one by one whenever the order's
#   turn is the band's; all other steps join whole. They add up to the band's Shapley value among
#   the other steps, which for a band of one step is that step's value of `influence` (same seed).
#   The Shapley value of a longer band is not the sum of its steps' values where they interact.
#
# A stem shares out what it sees. Its 3 × 3 convolutions reach to the columns beside, so columns
# are told apart only to about the product of the column strides; its normalisation takes in a
# whole row, so a column also moves how the others are read; and it looks up, so the band is still
# seen in the steps below. All of that is credited to the pixels of the film, not to where it was
# carried.


def column_influence(
    network: "Asked | RowNetwork",
    rows: Floats,
    *,
    baseline: Floats,
    target: int,
    first: int,
    last: int,
    method: InfluenceMethod = "integrated-gradients",
    seed: int = 0,
    pairs: int = PAIRS,
    edges: Doubles | None = None,
) -> ColumnInfluence:
    """Divide the influence of the steps [first, last) among the columns; see the module.

    Args:
        network: Used in evaluation mode, left in the mode it had.
        rows: (M, W), of any height that the network reads.
        baseline: (M, W).
        target: Index of the class.
        first: First step of the band, from 0.
        last: The step after its last.
        method: As for `influence`; the sampled ones cost 2 · pairs · W readings.
        seed: Of the sampled orders.
        pairs: Number of orders and their reverses, at least 2.
        edges: (W + 1,) stored columns at which the model columns begin; 0 … W without.

    Raises:
        ValueError: Arguments that do not fit together.
    """
    asked = asked_of(network)
    check(asked, rows, baseline=baseline, target=target, pairs=pairs)
    size = asked.config.rows_per_step
    steps, width = len(rows) // size, rows.shape[1]
    if not 0 <= first < last <= steps:
        raise ValueError(f"steps {first} to {last} are no band of {steps} steps")
    error = None
    if method == "integrated-gradients":
        from engine.explain.gradients import of_film  # noqa: PLC0415 - imports torch

        found = of_film(asked.network, rows, baseline=baseline, target=target)
        pixels = found.per_pixel[first * size : last * size].double().cpu().numpy()
        values = pixels.sum(axis=0)  # (W,)
        total = float(values.sum())
    else:
        game = Game(asked, rows, baseline, target)
        band = _Band(first, last, steps, width)
        values, error, total = _divide(game, band, method=method, pairs=pairs, seed=seed)
    return ColumnInfluence(
        values=values.astype(np.float32),
        edges=np.arange(width + 1.0) if edges is None else edges,
        first=first,
        last=last,
        target=target,
        total=total,
        method=method,
        error=None if error is None else error.astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Band:
    """Steps [first, last) of so many, over so many columns."""

    first: int
    last: int
    steps: int
    width: int


def _divide(
    game: Game, band: _Band, *, method: InfluenceMethod, pairs: int, seed: int
) -> tuple[Doubles, Doubles, float]:
    """Values (W,) of the columns, their errors (W,), and the band's influence."""
    columns = places(band.width, pairs=pairs, rng=np.random.default_rng([seed, 1]))
    if method == "occlusion":
        before = np.ones((len(columns), band.steps), dtype=np.bool_)
    else:
        before = _joined_before(band, places_of=_outer_places(band, pairs=pairs, seed=seed))
    odds = _chains(game, band, before=before, columns=columns)  # (2·pairs, W + 1)
    added = np.take_along_axis(np.diff(odds, axis=1), columns, axis=1)
    values, error = averaged(added)
    return values, error, float((odds[:, -1] - odds[:, 0]).mean())


def _outer_places(band: _Band, *, pairs: int, seed: int) -> Order:
    """Places of the players of the outer game: the steps above, the band, the steps below."""
    players = band.steps - (band.last - band.first) + 1
    return places(players, pairs=pairs, rng=np.random.default_rng(seed))


def _joined_before(band: _Band, *, places_of: Order) -> np.ndarray:
    """(2·pairs, L) whether a step is there before the band joins; the band's own are not asked."""
    within = band.last - band.first
    player = np.concatenate(
        (
            np.arange(band.first),
            np.full(within, band.first),
            np.arange(band.first + 1, places_of.shape[1]),
        )
    )  # (L,)
    earlier = places_of < places_of[:, [band.first]]
    return np.asarray(earlier[:, player])


def _chains(game: Game, band: _Band, *, before: np.ndarray, columns: Order) -> Doubles:
    """Log-odds (2·pairs, W + 1) while the band's columns join in their order."""
    size = len(game.rows) // band.steps
    outside = before.repeat(size, axis=1)[:, :, None]
    row = np.arange(len(game.rows))
    inside = ((row >= band.first * size) & (row < band.last * size))[:, None]  # (M, 1)

    def keep(indices: Indices) -> NDArray[np.bool_]:
        order, joined = indices // (band.width + 1), indices % (band.width + 1)
        column = (columns[order] < joined[:, None])[:, None, :]  # (P, 1, W)
        return np.where(inside, column, outside[order])  # (P, M, W)

    return game.odds(len(columns) * (band.width + 1), keep).reshape(len(columns), -1)
