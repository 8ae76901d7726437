"""Occlusion and Shapley values: games whose players are bands of model rows."""

import numpy as np
from numpy.typing import NDArray

from engine.attribution.game import Game, Indices
from engine.types import Doubles

Order = NDArray[np.int64]


def occlusion(game: Game, bands: int) -> Doubles:
    """What the log-odds lose when each band (B,) alone is replaced by the baseline's rows.

    Zeiler and Fergus 2014, with the baseline's rows in place of grey. It does not add up: what
    two bands say alike is missed by neither, what they say only together is counted twice.
    """
    number = np.arange(1, bands + 1)
    odds = game.band_odds(
        bands + 1, lambda indices: number != indices[:, None], bands=bands
    )  # the first splice has no band missing
    return np.asarray(odds[0] - odds[1:])


def shapley(
    game: Game, bands: int, *, ends: tuple[float, float], pairs: int, seed: int
) -> tuple[Doubles, Doubles]:
    """Shapley values (B,) of the bands and their standard errors (B,), from sampled orders.

    Shapley 1953: what a band adds when it joins those before it, averaged over the orders in
    which bands may join. Orders are drawn in pairs, each with its reverse (antithetic, Mitchell
    2022), and every order is walked to its end, so the values sum to f(x) − f(b) whatever the
    number of pairs. The error is that of a mean over pairs, which are independent.

    Args:
        game: The film.
        bands: B; their heights are equal.
        ends: As the game tells them.
        pairs: At least two, or there is no error to tell.
        seed: Of the orders.
    """
    place = places(bands, pairs=pairs, rng=np.random.default_rng(seed))  # (2·pairs, B)
    odds = np.empty((len(place), bands + 1))
    odds[:, -1], odds[:, 0] = ends
    if bands > 1:

        def keep(indices: Indices) -> NDArray[np.bool_]:
            order, joined = indices // (bands - 1), indices % (bands - 1) + 1
            there: NDArray[np.bool_] = place[order] < joined[:, None]
            return there

        between = game.band_odds(len(place) * (bands - 1), keep, bands=bands)
        odds[:, 1:-1] = between.reshape(len(place), -1)
    return averaged(np.take_along_axis(np.diff(odds, axis=1), place, axis=1))


def places(players: int, *, pairs: int, rng: np.random.Generator) -> Order:
    """Place (2·pairs, P) of every player in drawn orders; each second is the first's reverse."""
    drawn = rng.permuted(np.tile(np.arange(players), (pairs, 1)), axis=1)
    return np.stack((drawn, players - 1 - drawn), axis=1).reshape(2 * pairs, players)


def averaged(added: Doubles) -> tuple[Doubles, Doubles]:
    """Mean and standard error (P,) of what players added (2·pairs, P), orders in pairs."""
    by_pair = added.reshape(-1, 2, added.shape[1]).mean(axis=1)  # (pairs, P)
    spread = by_pair.std(axis=0, ddof=1) / np.sqrt(len(by_pair))
    return by_pair.mean(axis=0), spread
