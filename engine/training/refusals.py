"""How many films guard and surprise refuse: of the right kind, and of every wrong kind."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.safeguards import Safeguards
from engine.training.data import ModelRows
from engine.training.forecast import surprises
from engine.training.guard import wrongness
from engine.training.measure import Figure, share
from engine.training.wrong_films import KINDS, make_wrong


def refused(safeguards: Safeguards, rows: ModelRows) -> dict[str, NDArray[np.bool_]]:
    """Which of films (N, M, W) each check refuses: "guard", "surprise", where the bundle has them.

    These are the checks of `engine.trust` that look at model rows alone, many films at once.
    """
    found: dict[str, NDArray[np.bool_]] = {}
    config = safeguards.config
    if safeguards.guard is not None and config.guard is not None:
        found["guard"] = wrongness(safeguards.guard.network, rows) > config.guard.threshold
    if safeguards.forecaster is not None and config.forecast is not None:
        found["surprise"] = (
            surprises(safeguards.forecaster.network, rows).mean(axis=1) > config.forecast.limit
        )
    return found


def refusal_rates(safeguards: Safeguards, rows: ModelRows) -> Mapping[str, Figure]:
    """Share of films (N, M, W) refused by each check, and by "any" of them."""
    found = refused(safeguards, rows)
    either = np.zeros(len(rows), np.bool_)
    for one in found.values():
        either |= one
    return {name: share(one) for name, one in (found | {"any": either}).items()}


def wrong_film_rates(
    safeguards: Safeguards, rows: ModelRows, *, ranks: bool, seed: int
) -> Mapping[str, Mapping[str, Figure]]:
    """The same by kind of wrong film, each made of every film (N, M, W).

    Args:
        safeguards: Of the model.
        rows: Films that neither the guard nor the forecaster was trained on.
        ranks: Whether the model reads ranks.
        seed: Of the draws.
    """
    return {
        kind: refusal_rates(
            safeguards, make_wrong(rows, np.full(len(rows), number), ranks=ranks, seed=seed)
        )
        for number, kind in enumerate(KINDS)
    }
