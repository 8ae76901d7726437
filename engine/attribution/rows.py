"""Influence of every band of rows on an answer, by one of three methods."""

from typing import TYPE_CHECKING

import numpy as np

from engine.attribution.coalitions import occlusion, shapley
from engine.attribution.game import Game
from engine.runtime.asked import Asked, asked_of
from engine.types import Doubles, Floats, Influence, InfluenceMethod

if TYPE_CHECKING:
    from engine.network import RowNetwork

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

    - "integrated-gradients" fades the whole film in (`engine.attribution.gradients`). It adds up
      but for `residual`, and bands of any height are sums of the same pixels.
    - "occlusion" replaces one band by the baseline's rows and asks what is lost. It does not add
      up; `residual` says by how much.
    - "shapley" does so in sampled company (`engine.attribution.coalitions`). It adds up, tells its
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
        from engine.attribution.gradients import of_film  # noqa: PLC0415 - imports torch

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
