"""Influence of all rows with 32 nodes, against 32 forward and backward passes one by one."""

import statistics
import time

import numpy as np
import torch

from engine.bundle import NetworkConfig
from engine.explain import row_influence
from engine.network import RowClassifier, log_odds
from engine.runtime import one_film

NODES, TURNS, GOAL = 32, 7, 0.35
SIZES = {
    "S": {"rows": 28, "columns": 28, "layers": 3, "hidden_size": 128},
    "M": {"rows": 224, "columns": 224, "layers": 2, "hidden_size": 256, "bidirectional": True},
    "L": {"rows": 512, "columns": 512, "layers": 1, "hidden_size": 512},
}


def run() -> list[tuple[str, float, float]]:
    """The path of integrated gradients as one batch, and node by node."""
    return [
        (
            f"{cell.upper()} {size}: influence of all rows / {NODES} passes one by one",
            measured(cell, size),
            GOAL,
        )
        for cell in ("lstm", "gru")
        for size in SIZES
    ]


def measured(cell: str, size: str) -> float:
    """Median ratio of one network."""
    torch.manual_seed(0)
    config = NetworkConfig(classes=2, cell=cell, **SIZES[size])
    network = RowClassifier(config).eval().requires_grad_(requires_grad=False)
    rng = np.random.default_rng(0)
    rows, baseline = (
        torch.from_numpy(rng.random((config.rows, config.columns), np.float32)) for _ in range(2)
    )
    targets = torch.tensor([1])
    turns = TURNS if size == "S" else 2
    ratios = []
    with one_film():
        for turn in range(turns + 1):
            together = seconds(
                lambda: row_influence(
                    network, rows[None], baseline=baseline, targets=targets, steps=NODES
                )
            )
            alone = seconds(lambda: one_by_one(network, rows, baseline, targets))
            if turn:  # the first fills caches
                ratios.append(together / alone)
    return statistics.median(ratios)


def one_by_one(network, rows, baseline, targets) -> torch.Tensor:
    """The same sum, a film at a time."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    total = torch.zeros_like(rows)
    for node, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
        film = (baseline + node * (rows - baseline)).unsqueeze(0).float().requires_grad_()
        (gradient,) = torch.autograd.grad(log_odds(network(film), targets).sum(), film)
        total += weight * gradient[0]
    return ((rows - baseline) * total).sum(dim=1)


def seconds(work) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
