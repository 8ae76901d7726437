"""What an audit measures of one film: deletion, insertion, random weights."""

import math
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.calibration import log_odds
from engine.explain.attribution import influence
from engine.explain.games import Game, Indices
from engine.explain.gradients import complete_row_influence
from engine.maps import state_map
from engine.network import RowNetwork, build_network
from engine.progress import paced
from engine.runtime import answering, asked_of
from engine.types import (
    LEVEL,
    Curve,
    Doubles,
    Figure,
    Floats,
    HiddenStates,
    InfluenceMethod,
    Quantity,
    RowStatistics,
)

# ------------------------------------------------------------------ maps that are audited
# The maps that are audited: Influence, State, and an edge detector that knows no weights.

_FILMS_AT_ONCE = 32

Rows = NDArray[np.float16] | Floats
Classes = NDArray[np.int64]


def influences(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: Floats,
    targets: Classes,
    method: InfluenceMethod = "integrated-gradients",
    seed: int = 0,
) -> Doubles:
    """Influence (N, L) of every step of films (N, M, W), as the viewer shows it.

    Args:
        network: Used in evaluation mode.
        rows: Films of one height.
        baseline: (M, W).
        targets: (N,) class that is explained on each film.
        method: How it is measured.
        seed: Of sampled orders; every film has its own.
    """
    if method == "integrated-gradients":
        return _gradients(network, rows, on_device(network, baseline), targets)
    maps = [
        influence(
            network,
            np.asarray(film, np.float32),
            baseline=baseline,
            target=int(target),
            method=method,
            seed=seed + number,
        ).values
        for number, (film, target) in enumerate(
            paced(zip(rows, targets, strict=True), "measuring Influence", len(rows))
        )
    ]
    return np.stack(maps).astype(np.float64)


def state_maps(
    network: RowNetwork, rows: Rows, statistics: RowStatistics, *, quantity: Quantity
) -> Doubles:
    """State maps (N, L) of all units of the last layer; the viewer shows the deviation first."""
    maps = []
    for film in rows:
        with answering(network):
            h = network.trace(on_device(network, film)[None]).h[:, :, 0]  # (S, D, L, H)
        states = HiddenStates(h.cpu().numpy(), np.arange(h.shape[2] + 1.0))
        shown = state_map(states, statistics, layer=-1, direction=0, units=(), quantity=quantity)
        maps.append(shown.values)
    return np.stack(maps).astype(np.float64)


def edge_strengths(rows: Rows, steps: int) -> Doubles:
    """An edge detector (N, L): mean size of the grey-level gradient over each step's rows.

    Adebayo 2018 shows that many maps are hardly more than this. It knows the film only.
    """
    down, across = np.gradient(rows.astype(np.float64), axis=(1, 2))
    by_row = np.hypot(down, across).mean(axis=2)  # (N, M)
    return by_step(by_row, steps)


def by_step(by_row: Doubles, steps: int) -> Doubles:
    """Sums (N, L) over the model rows (N, M) of each step."""
    summed: Doubles = by_row.reshape(len(by_row), steps, -1).sum(axis=2)
    return summed


def odds_of(network: RowNetwork, rows: Rows, targets: Classes) -> Doubles:
    """Log-odds (N,) of each film's class."""
    logits = logits_of(network, rows)
    link = network.config.link
    each = (log_odds(logits, target, link) for target in range(logits.shape[1]))
    odds = np.stack(list(each), axis=1)
    return np.asarray(np.take_along_axis(odds, targets[:, None], axis=1)[:, 0])


def answers(network: RowNetwork, rows: Rows) -> Classes:
    """The most probable class (N,) of films (N, M, W)."""
    return np.asarray(logits_of(network, rows).argmax(axis=1))


def logits_of(network: RowNetwork, rows: Rows) -> Floats:
    """Film logits (N, K) of films (N, M, W)."""
    asked, starts = asked_of(network), range(0, len(rows), _FILMS_AT_ONCE)
    parts = (np.asarray(rows[start : start + _FILMS_AT_ONCE], np.float32) for start in starts)
    return np.concatenate([asked.logits(part) for part in parts])


def on_device(network: RowNetwork, values: Rows) -> torch.Tensor:
    """Values in single precision where the network is."""
    device = next(network.parameters()).device
    return torch.from_numpy(np.ascontiguousarray(values, np.float32)).to(device)


def _gradients(network: RowNetwork, rows: Rows, mean: torch.Tensor, targets: Classes) -> Doubles:
    parts = []
    starts = range(0, len(rows), _FILMS_AT_ONCE)
    for start in paced(starts, "measuring Influence", len(starts)):
        part = slice(start, start + _FILMS_AT_ONCE)
        films = on_device(network, rows[part])
        wanted = torch.from_numpy(targets[part]).to(films.device)
        per_row = complete_row_influence(network, films, baseline=mean, targets=wanted)
        parts.append(per_row.cpu())  # (N, M)
    size = network.config.rows_per_step
    return by_step(torch.cat(parts).double().numpy(), rows.shape[1] // size)


# ------------------------------------------------------- means, ratios, rank correlations
# Figures with intervals, and rank correlation; numpy only.

_DRAWS = 2000  # bootstrap draws behind an interval
_FEWEST = 10  # films of an interval
_MANY = 50  # films from which a percentile needs no correction
_LEAST_AREA = 1e-3  # a curve's area; below, a factor would say more than was measured


def mean(values: Doubles, rng: np.random.Generator) -> Figure:
    """Mean of one value per film (N,), with a percentile bootstrap interval (Efron 1979)."""
    return figure(float(values.mean()), resamples(len(values), rng) @ values, len(values))


def ratio(above: Doubles, below: Doubles, rng: np.random.Generator) -> Figure:
    """Mean area above over mean area below, both (N,) of the same films, resampled together."""
    counts = resamples(len(above), rng)
    draws = _floored(counts @ above) / _floored(counts @ below)
    value = float(_floored(above.mean()) / _floored(below.mean()))
    return figure(value, draws, len(above))


def resamples(films: int, rng: np.random.Generator) -> Doubles:
    """Bootstrap draws as weights of films, (draws, N), each row a sum of one."""
    counts = rng.multinomial(films, np.full(films, 1 / films), size=_DRAWS)
    return np.asarray(counts / films)


def rank_correlation(left: Doubles, right: Doubles) -> float:
    """Spearman's rank correlation of two vectors, ties sharing ranks; 0 if one is constant."""
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return 0.0
    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def rank_correlations(left: Doubles, right: Doubles) -> Doubles:
    """Rank correlation (N,) of the maps (N, L) of each film."""
    return np.array([rank_correlation(a, b) for a, b in zip(left, right, strict=True)])


def _ranks(values: Doubles) -> NDArray[np.int64]:
    """Twice the average place of each value, so that ties stay whole numbers."""
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left")
    return np.asarray(first + np.searchsorted(ordered, values, side="right"))


def _floored(area: Doubles | float) -> Doubles:
    return np.maximum(area, _LEAST_AREA)


def figure(value: float, draws: Doubles, films: int) -> Figure:
    """A figure of which the bootstrap draws (draws,) of films are known.

    Of few films percentiles lie too close together: their levels are moved outwards as far as
    Student's distribution and the variance of a sample ask for (the expanded percentile interval,
    Hesterberg 2015). Of fewer than ten nothing is told, see `Figure`.
    """
    if films < _FEWEST:
        return Figure(value, 0.0, 1.0, films)
    tail = (1 - LEVEL) / 2
    if films < _MANY:
        tail = NormalDist().cdf(-_student(films - 1) * math.sqrt(films / (films - 1)))
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Figure(value, float(low), float(high), films)


def _student(freedom: int) -> float:
    """Student's t of `LEVEL`, two-sided, by the series of Cornish and Fisher (Hill 1970).

    From nine degrees of freedom on it is right to three digits.
    """
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))


# ---------------------------------------------------------- deletion and insertion curves
# Deletion and insertion: does the answer follow the steps that a map puts first?
#
# Deletion (Petsiuk 2018, of pixels; here of steps): the steps of a film are replaced by the mean
# film's, one after the other, the map's largest value first. Let f be the log-odds of the class
# that the network gives the whole film, x the film, b the mean film and x_k the film without k
# steps. What remains is r_k = (f(x_k) − f(b)) / (f(x) − f(b)), kept within 0…1; r_0 = 1 and r_L =
# 0. The deletion area is the area under r over k/L (trapezoids); a film's area lies within 0…1,
# and lower is better. Only films with f(x) − f(b) > 0.5 count: of the others nothing is
# explained.
#
# Insertion starts with the mean film and puts the film's steps in, the largest first; the area
# under the same share is better when it is higher. Inserting in one order passes through the same
# spliced films as deleting in the reverse order, so in random order both areas are the same in
# the mean, and are measured once.
#
# What these areas do and do not say:
# - They compare orders of steps on one network. Networks differ in the area of random order
#   itself, hence the factor against random and not the area is judged.
# - Spliced films have seams that no film has. A network that answers to seams is measured on
#   answers that it never gives to a whole film (hence `splice` in the recipes).
# - Clipping hides how far the answer is driven below the mean film's or above the film's own.
# - Steps are deleted greedily by one fixed map; interactions can let another order do better. The
#   area of the best order is not known and may be far above zero.

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


# ------------------------------------------------------------------- weight randomisation
# Weight randomisation (Adebayo 2018): a map of what was learnt must change with the weights.
#
# A new network's answer may go up or down with what the trained one has learnt, by the luck of its
# draw: a map that only tells how a film differs from the mean film, times the sign of that luck,
# would correlate by 1 or −1 with any network, and by 0 in the mean. So several networks are drawn,
# and the mean is of sizes: |mean over films of the rank correlation|, 0…1.

NETWORKS = 3  # drawn anew


def map_similarity(maps: Doubles, others: Sequence[Doubles], rng: np.random.Generator) -> Figure:
    """How like maps (N, L) are to those (N, L) of each new network: see the module; 0…1."""
    each = np.stack([rank_correlations(maps, other) for other in others], axis=1)  # (N, networks)
    draws = np.abs(resamples(len(maps), rng) @ each).mean(axis=1)
    return figure(float(np.abs(each.mean(axis=0)).mean()), draws, len(maps))


def untrained(network: RowNetwork, seed: int, number: int = 0) -> RowNetwork:
    """The same architecture with new weights, on the same device, in evaluation mode.

    Args:
        network: Left as it is.
        seed: Of the weights.
        number: Which of several new networks.
    """
    device = next(network.parameters()).device
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed + 1 + 1_000 * number)
        return build_network(network.config).to(device).eval()


def cascade(network: RowNetwork, seed: int) -> Iterator[tuple[str, RowNetwork]]:
    """Replace the weights layer by layer, from the head downwards, all that were replaced stay so.

    Yields the layer's name and the network; the same object each time, so use it before going
    on. The last one is the first that `untrained` gives.
    """
    new, changed = untrained(network, seed), deepcopy(network).eval()
    fresh = dict(new.named_modules())
    for words, name in _layers(changed):
        changed.get_submodule(name).load_state_dict(fresh[name].state_dict())
        yield words, changed


def _layers(network: RowNetwork) -> Iterator[tuple[str, str]]:
    """Every layer with weights from the top, in words and by its name in the network.

    The top is the head, then what was made last: of the row classifier its read-out, its
    recurrent layers and its stem.
    """
    children = dict(network.named_children())
    for name in ("head", *(child for child in reversed(children) if child != "head")):
        child = children[name]
        if isinstance(child, nn.ModuleList):
            yield from ((f"{name} {n + 1}", f"{name}.{n}") for n in reversed(range(len(child))))
        elif next(child.parameters(), None) is not None:
            yield name, name


# ---------------------------------------------------------------- the two essential tests
# The two tests that an Influence map must pass before it may be called influence.


@dataclass(frozen=True, slots=True)
class Essentials:
    """Deletion and weight randomisation of the Influence map.

    Attributes:
        deletion: Deletion area in the order of the map (`engine.explain.curves`).
        random: The same in random order.
        over_random: The second over the first.
        untrained: Size of the rank correlation with maps of the same architecture with new
            weights (`engine.explain.curves`); a map that ignores the weights would stay near 1.
    """

    deletion: Figure
    random: Figure
    over_random: Figure
    untrained: Figure


def essentials(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: Floats,
    targets: Classes,
    method: InfluenceMethod = "integrated-gradients",
    seed: int = 0,
) -> Essentials | None:
    """Delete steps in the order of the map and at random; compare with an untrained network.

    Args:
        network: Used in evaluation mode.
        rows: (N, M, W) films that were not trained on.
        baseline: (M, W) the mean training film.
        targets: (N,) the class that is explained on each film.
        method: How the map is measured.
        seed: Of the random orders, the new weights and the intervals.

    Returns:
        None where no film's answer lies half a unit of log-odds above the mean film's.
    """
    chosen = explained(network, rows, baseline=baseline, targets=targets)
    if not len(chosen):
        return None
    rows, targets = rows[chosen], targets[chosen]
    rng = np.random.default_rng(seed)
    maps = influences(network, rows, baseline=baseline, targets=targets, method=method)
    others = [
        influences(
            untrained(network, seed, number), rows, baseline=baseline, targets=targets, seed=seed
        )
        for number in range(NETWORKS)
    ]
    orders = np.concatenate(
        (first_largest(maps)[:, None], random_places(len(maps), maps.shape[1], rng)), axis=1
    )
    areas = deletion_areas(network, rows, baseline=baseline, targets=targets, orders=orders)
    own, random = areas[:, 0], areas[:, 1:].mean(axis=1)
    return Essentials(
        deletion=mean(own, rng),
        random=mean(random, rng),
        over_random=ratio(random, own, rng),
        untrained=map_similarity(maps, others, rng),
    )
