"""A network of rows and columns: against a loop over its cells, and beside one of whole rows."""

import statistics
import time

import numpy as np
import torch

from engine.bundle import NetworkConfig, StemLayer
from engine.explain import grid_influence, influence
from engine.network import RowClassifier, build_network, describe_network
from engine.runtime import one_film

SIDE, UNITS, TURNS = 96, 24, 7
STRIDES = ((16, 2, 2), (24, 2, 2))  # channels, rows, columns of the stem


def run() -> list[tuple[str, float, float]]:
    """One film of 96 × 96 read as 24 × 24 cells, two layers of 24 units."""
    film, other = torch.rand(2, 1, SIDE, SIDE, generator=torch.Generator().manual_seed(5))
    down, both = grid("down"), grid("both")
    rows = classifier()
    found = [
        (
            "GRU grid 24 × 24, two layers: film / its cells one by one",
            0.1,
            lambda: both(film),
            lambda: by_cell(both, film),
        ),
        (
            "GRU grid downwards: film / row classifier of as many steps",
            4.0,
            lambda: down(film),
            lambda: rows(film),
        ),
        (
            "GRU grid downwards: film with its answer by row / film",
            1.5,
            lambda: down.trace(film),
            lambda: down(film),
        ),
        (
            "GRU grid both ways: film with its answer by row / film",
            12.0,
            lambda: both.trace(film),
            lambda: both(film),
        ),
        ("Influence of rows and columns / of rows", 1.2, *explained(rows, film[0], other[0])),
    ]
    return [(name, ratio(work, peer), goal) for name, goal, work, peer in found]


def grid(vertical):
    """A grid network with new weights."""
    stem = [
        {"channels": channels, "row_stride": high, "column_stride": wide}
        for channels, high, wide in STRIDES
    ]
    options = {"hidden_size": UNITS, "layers": 2, "stem": stem, "vertical": vertical}
    torch.manual_seed(0)
    config = describe_network("grid", SIDE, columns=SIDE, classes=2, options=options)
    return build_network(config).eval().requires_grad_(requires_grad=False)


def classifier():
    """The row classifier with the same stem, steps and layers, and about as many weights."""
    stem = tuple(StemLayer(*layer) for layer in STRIDES)
    config = NetworkConfig(SIDE, SIDE, 2, hidden_size=2 * UNITS, layers=2, stem=stem)
    torch.manual_seed(0)
    return RowClassifier(config).eval().requires_grad_(requires_grad=False)


def explained(network, film, other):
    """Integrated gradients cell by cell, and the sums of rows."""
    given = {"baseline": other.numpy(), "target": 1}
    return (
        lambda: grid_influence(network, film.numpy(), **given),
        lambda: influence(network, film.numpy(), **given),
    )


def by_cell(network, film):
    """The same film, every cell of every sweep a step of its own."""
    cells = network.steps(film).view(1, SIDE // 4, SIDE // 4, -1)
    for layer in network.layers:
        lines = list(cells[0])  # (Q, I) each
        across = torch.stack([stepped(layer.across, line) for line in lines])
        columns = [stepped(layer.along, across[:, q]) for q in range(across.shape[1])]
        cells = torch.stack(columns, dim=1)[None]
    return cells


def stepped(cell, line):
    """States (T, 2·U) of a line (T, I) in both directions."""
    directions = []
    for direction in (0, 1):
        h = c = torch.zeros(1, cell.hidden_size)
        states = [h] * len(line)
        for t in reversed(range(len(line))) if direction else range(len(line)):
            h, c = cell.step(line[t : t + 1], h, c, direction=direction)
            states[t] = h
        directions.append(torch.cat(states))
    return torch.cat(directions, dim=1)


def ratio(work, peer):
    """Median of work's time over the peer's, in turn."""
    ratios = []
    with one_film(), torch.no_grad():
        for turn in range(TURNS + 1):
            both = [seconds(one) for one in (work, peer)]
            if turn:  # the first fills caches
                ratios.append(both[0] / both[1])
    return statistics.median(np.array(ratios))


def seconds(work):
    """How long a call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
