"""Which films stand in which batch. All of it follows from the seed, so every process agrees."""

import numpy as np
from numpy.typing import NDArray

from engine.training.batches import Heights
from engine.training.recipe import Schedule

_POOL = 32  # batches whose films are sorted by height together, so that chance keeps its part


def drawing_seed(plan: Schedule, *place: int) -> int:
    """A seed for one place of the training, such as (epoch, batch); below 2⁶³ for torch."""
    state = np.random.SeedSequence((plan.seed, *place)).generate_state(1, np.uint64)
    return int(state[0] >> 1)


def epoch_batches(
    indices: NDArray[np.int64],
    labels: NDArray[np.int64],
    heights: Heights,
    *,
    plan: Schedule,
    epoch: int,
) -> list[NDArray[np.int64]]:
    """Batches of indices for one epoch.

    Naturally sampled, each film stands in exactly one of them. Bucketed, films of like height
    stand together and the batches come in a random order.

    Args:
        indices: (N,) of the training films.
        labels: (N,) their classes.
        heights: (N,) their model rows.
        plan: Batch size, sampling and bucketing.
        epoch: Counted from 0.
    """
    rng = np.random.default_rng(drawing_seed(plan, epoch))
    order = _balanced(labels, rng) if plan.sampling == "balanced" else rng.permutation(len(labels))
    if not plan.bucketing:
        return [indices[chosen] for chosen in _cut(order, plan.batch_size)]
    pools = _cut(order, _POOL * plan.batch_size)
    batches = [
        indices[chosen]
        for pool in pools
        for chosen in _cut(pool[np.argsort(heights[pool], kind="stable")], plan.batch_size)
    ]
    return [batches[number] for number in rng.permutation(len(batches))]


def _balanced(labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """As many draws as there are films, every class equally often up to one."""
    present = np.unique(labels)
    count, spare = divmod(len(labels), len(present))
    more = rng.permutation(len(present)) < spare
    draws = [
        _in_turns(np.flatnonzero(labels == label), count + int(extra), rng)
        for label, extra in zip(present, more, strict=True)
    ]
    return rng.permutation(np.concatenate(draws))


def _in_turns(films: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw `count` films; none is drawn again before all of them were."""
    turns = -(-count // len(films))
    return np.concatenate([rng.permutation(films) for _ in range(turns)])[:count]


def _cut(order: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    return [order[start : start + size] for start in range(0, len(order), size)]
