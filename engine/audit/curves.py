"""Deletion and insertion: does the answer follow the steps that a map puts first?

Deletion (Petsiuk 2018, of pixels; here of steps): the steps of a film are replaced by the mean
film's, one after the other, the map's largest value first. Let f be the log-odds of the class that
the network gives the whole film, x the film, b the mean film and x_k the film without k steps.
What remains is r_k = (f(x_k) − f(b)) / (f(x) − f(b)), kept within 0…1; r_0 = 1 and r_L = 0.
The deletion area is the area under r over k/L (trapezoids); a film's area lies within 0…1, and
lower is better. Only films with f(x) − f(b) > 0.5 count: of the others nothing is explained.

Insertion starts with the mean film and puts the film's steps in, the largest first; the area under
the same share is better when it is higher. Inserting in one order passes through the same spliced
films as deleting in the reverse order, so in random order both areas are the same in the mean, and
are measured once.

What these areas do and do not say:
- They compare orders of steps on one network. Networks differ in the area of random order itself,
  hence the factor against random and not the area is judged.
- Spliced films have seams that no film has. A network that answers to seams is measured on
  answers that it never gives to a whole film (hence `splice` in the recipes).
- Clipping hides how far the answer is driven below the mean film's or above the film's own.
- Steps are deleted greedily by one fixed map; interactions can let another order do better. The
  area of the best order is not known and may be far above zero.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.attribution.game import Game, Indices
from engine.audit.figures import mean, ratio
from engine.audit.maps import Classes, Rows, odds_of
from engine.network import RowNetwork
from engine.progress import paced
from engine.runtime.asked import asked_of
from engine.types import Curve, Doubles, Figure, Floats

LEAST_CHANGE = 0.5  # log-odds: below, a film has nothing to explain
RANDOM_ORDERS = 3  # per film

Places = NDArray[np.int64]
Progress = Callable[[int], None]


def explained(
    network: RowNetwork, rows: Rows, *, baseline: Floats, targets: Classes
) -> NDArray[np.int64]:
    """Indices of the films whose log-odds lie more than 0.5 above the mean film's."""
    whole = odds_of(network, rows, targets)
    empty = odds_of(network, np.broadcast_to(baseline, rows.shape), targets)
    return np.flatnonzero(whole - empty > LEAST_CHANGE)


def deletion_areas(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: Floats,
    targets: Classes,
    orders: Places,
    report: Progress = lambda _: None,
) -> Doubles:
    """Deletion areas (N, O) of films (N, M, W); films with nothing to explain must be left out.

    Args:
        network: Used in evaluation mode.
        rows: Films of one height.
        baseline: (M, W).
        targets: (N,).
        orders: (N, O, L) when each step is deleted, from 0, in each of O orders.
        report: Told the number of films that are done.
    """
    asked = asked_of(network)
    areas = np.empty(orders.shape[:2])
    films = paced(zip(rows, targets, strict=True), "deleting steps", len(rows))
    for number, (film, target) in enumerate(films):
        game = Game(asked, np.asarray(film, np.float32), baseline, int(target))
        areas[number] = _areas(game, orders[number])
        report(number + 1)
    return areas


def first_largest(maps: Doubles) -> Places:
    """Place (N, L) of each step when the largest value of its map (N, L) goes first."""
    return np.asarray(np.argsort(np.argsort(-maps, axis=1, kind="stable"), axis=1))


def first_smallest(maps: Doubles) -> Places:
    """The reverse order."""
    return np.asarray(maps.shape[1] - 1 - first_largest(maps))


def random_places(films: int, steps: int, rng: np.random.Generator) -> Places:
    """Places (N, 3, L) in three random orders of every film."""
    tiled = np.tile(np.arange(steps), (films, RANDOM_ORDERS, 1))
    return np.asarray(rng.permuted(tiled, axis=2))


def curve(
    areas: Doubles,
    random: Doubles,
    edges: Doubles,
    rng: np.random.Generator,
    *,
    lower_is_better: bool,
) -> Curve:
    """Areas (N,) as figures; deletion areas are better the lower, insertion areas the higher."""

    def over(other: Doubles) -> Figure:
        return ratio(other, areas, rng) if lower_is_better else ratio(areas, other, rng)

    return Curve(
        mean(areas, rng),
        mean(random, rng),
        mean(edges, rng),
        over_random=over(random),
        over_edges=over(edges),
    )


def _areas(game: Game, orders: Places) -> Doubles:
    """Deletion areas (O,) of one film in orders (O, L)."""
    count, steps = orders.shape

    def keep(indices: Indices) -> NDArray[np.bool_]:
        order, deleted = indices // (steps - 1), indices % (steps - 1) + 1
        there: NDArray[np.bool_] = orders[order] >= deleted[:, None]
        return there

    whole, empty = game.ends()
    remains = np.zeros((count, steps + 1))
    remains[:, 0] = 1.0
    if steps > 1:
        odds = game.band_odds(count * (steps - 1), keep, bands=steps).reshape(count, -1)
        remains[:, 1:-1] = np.clip((odds - empty) / (whole - empty), 0.0, 1.0)
    return np.asarray(np.trapezoid(remains, dx=1 / steps, axis=1))
