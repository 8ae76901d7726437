"""Occlusion and Shapley values: log-odds of films with some steps replaced."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.bundle import NetworkConfig
from engine.calibration import log_odds
from engine.runtime import Asked, pattern_of, window_of
from engine.types import Doubles, Floats

# -------------------------------------------------------------------------- spliced films
# Spliced films: what the answer is when only a part of a film is there.
#
# What is not there is replaced by the baseline's rows, never left out, so that the reading keeps
# its length. When whole steps are replaced, the stem need not see every splice: it looks upwards
# only, a few steps far, so what it makes of a step is decided by which of these few are the
# film's. All patterns of so many steps fit into a few films, and each splice is put together from
# them. The answers are the same, and what is left to do is the recurrence, of which splices that
# begin alike share the beginning (`engine.runtime.asking`).

_PIXELS = 2**22  # of splices that are made at once (16 MiB)
_MOST_INPUTS = 2**24  # of all patterns together (64 MiB)

Indices = NDArray[np.int64]
Keep = Callable[[Indices], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """One film, one baseline and one class.

    Attributes:
        asked: The network; what is said above of the stem is made use of where it `shares`.
        rows, baseline: (M, W).
        target: Index of the class.
    """

    asked: Asked
    rows: Floats
    baseline: Floats
    target: int

    def odds(self, count: int, keep: Keep) -> Doubles:
        """Log-odds (count,) of splices by pixels.

        Args:
            count: Number of splices.
            keep: From indices (P,) to what splices of these numbers keep of the film, as truth
                values that broadcast to (P, M, W).
        """
        numbers, together = np.arange(count), max(_PIXELS // self.rows.size, 1)
        parts = [numbers[start : start + together] for start in range(0, count, together)]
        films = (np.where(keep(part), self.rows, self.baseline) for part in parts)
        return np.concatenate([self._log_odds(self.asked.logits(film)) for film in films])

    def band_odds(self, count: int, keep: Keep, *, bands: int) -> Doubles:
        """Log-odds (count,) of splices by bands of equal height.

        Args:
            count: Number of splices.
            keep: From indices (P,) to which bands are the film's, (P, B).
            bands: B.
        """
        height = len(self.rows) // bands
        config = self.asked.config if self.asked.shares else None
        if not isinstance(config, NetworkConfig) or not self._shares(config, height, count):
            return self.odds(
                count, lambda indices: keep(indices).repeat(height, axis=1)[:, :, None]
            )
        steps = len(self.rows) // config.rows_per_step
        kept = keep(np.arange(count)).repeat(steps // bands, axis=1)  # (P, L)
        patterns = self.asked.patterns(self.rows, self.baseline)
        read = self.asked.read(patterns, pattern_of(kept, window_of(config)))
        return self._log_odds(read)

    def _log_odds(self, logits: Floats) -> Doubles:
        return log_odds(logits, self.target, self.asked.config.link)

    def ends(self) -> tuple[float, float]:
        """Log-odds of the film and of the baseline."""
        whole, empty = self.odds(2, lambda indices: (indices == 0)[:, None, None])
        return float(whole), float(empty)

    def _shares(self, config: NetworkConfig, height: int, count: int) -> bool:
        """Whether bands are whole steps, and all patterns are less work than the splices."""
        if any(layer.kind != "convolution" for layer in config.stem):
            return False  # how far another stem looks up, nobody says
        size, patterns = config.rows_per_step, 2 ** window_of(config)
        inputs = patterns * (len(self.rows) // size) * config.input_size
        return height % size == 0 and patterns < count and inputs <= _MOST_INPUTS


# ----------------------------------------------------------- occlusion and Shapley values
# Occlusion and Shapley values: games whose players are bands of model rows.

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
