"""Parts of a film against the baseline: what the answer is when only some bands are the film's.

The players of these games are bands of model rows. A band that is not there is replaced by the
baseline's rows, never left out, so that the reading keeps its length.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.attribution.odds import answering, log_odds
from engine.network import RowNetwork
from engine.types import Doubles

_BATCH_VALUES = {"cpu": 2**17, "cuda": 2**22}  # pixels; a CPU's cache holds no more of a stem

Keep = Callable[[Tensor], Tensor]
Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """One film, one baseline and one class, all on the network's device.

    Attributes:
        rows, baseline: (M, W).
        target: Index of the class.
    """

    network: RowNetwork
    rows: Tensor
    baseline: Tensor
    target: int

    def odds(self, count: int, keep: Keep) -> Doubles:
        """Log-odds (count,) of films of which only a part is kept.

        Args:
            count: Number of films.
            keep: From indices (P,) to what films of these numbers keep, as truth values that
                broadcast to (P, M, W).
        """
        together = max(_BATCH_VALUES.get(self.rows.device.type, 2**17) // self.rows.numel(), 1)
        targets = torch.tensor([self.target], device=self.rows.device)
        parts = []
        with answering(self.network):
            numbers = torch.arange(count, device=self.rows.device)
            for indices in torch.split(numbers, together):
                films = torch.where(keep(indices), self.rows, self.baseline)  # (P, M, W)
                logits = self.network(films)  # (P, K)
                parts.append(log_odds(logits, targets.expand(len(indices))).double().cpu())
        return np.asarray(torch.cat(parts).numpy())

    def ends(self) -> tuple[float, float]:
        """Log-odds of the film and of the baseline."""
        whole, empty = self.odds(2, lambda indices: (indices == 0)[:, None, None])
        return float(whole), float(empty)


def occlusion(game: Game, bands: int) -> Doubles:
    """What the log-odds lose when each band (B,) alone is replaced by the baseline's rows.

    Zeiler and Fergus 2014, with the baseline's rows in place of grey. It does not add up: what
    two bands say alike is missed by neither, what they say only together is counted twice.
    """
    size = len(game.rows) // bands
    band_of_row = torch.arange(len(game.rows), device=game.rows.device) // size  # (M,)
    odds = game.odds(
        bands + 1, lambda indices: (band_of_row != indices[:, None] - 1)[:, :, None]
    )  # the first film has no band missing
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
        kept = (
            torch.from_numpy(place)
            .to(game.rows.device)
            .repeat_interleave(len(game.rows) // bands, dim=1)
        )  # (2·pairs, M) place of each row's band

        def keep(indices: Tensor) -> Tensor:
            order, joined = indices // (bands - 1), indices % (bands - 1) + 1
            return (kept[order] < joined[:, None])[:, :, None]

        odds[:, 1:-1] = game.odds(len(place) * (bands - 1), keep).reshape(len(place), -1)
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
