"""A toy task whose truth is known to the row, and a network that has learnt it.

Every film has two bright bands on its right half, which mean nothing. Films of class 1 also have
one on their left half. So edges and brightness alone do not tell where the answer comes from.
"""

import numpy as np
import torch

from engine.bundle import NetworkConfig
from engine.explain import AuditedModel, Sample
from engine.network import RowClassifier
from engine.training import row_statistics

ROWS, COLUMNS, BAND = 16, 8, 3


def draw(count, seed):
    """Films (N, M, W) in whole 255ths, labels (N,), findings (N, 2)."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(0.3, 0.05, (count, ROWS, COLUMNS))
    labels = rng.integers(0, 2, count)
    first = rng.integers(0, ROWS - BAND + 1, count)
    for film, label, start in zip(rows, labels, first, strict=True):
        for distraction in rng.integers(0, ROWS - BAND + 1, 2):
            film[distraction : distraction + BAND, 4:] += 0.4
        if label:
            film[start : start + BAND, :4] += 0.4
    findings = np.stack((first, first + BAND), axis=1) / ROWS
    findings[labels == 0] = np.nan
    return (np.rint(255 * np.clip(rows, 0, 1)) / 255).astype(np.float32), labels, findings


def learn(seed=0):
    """A small GRU after 150 batches, with its statistics."""
    rows, labels, _ = draw(1000, seed=1)
    films, targets = torch.from_numpy(rows), torch.from_numpy(labels)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = RowClassifier(NetworkConfig(ROWS, COLUMNS, 2, hidden_size=12))
        optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
        for _ in range(150):
            chosen = torch.randint(len(films), (64,))
            loss = torch.nn.functional.cross_entropy(network(films[chosen]), targets[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    network.eval().requires_grad_(requires_grad=False)
    return AuditedModel(network, row_statistics(network, rows, influence_limit=1.0), positive=1)


def sample(count=60, seed=2):
    rows, _, findings = draw(count, seed)
    left, right = np.zeros(count), np.full(count, 0.5)  # the left half
    boxes = np.stack((left, findings[:, 0], right, findings[:, 1]), axis=1)
    return Sample(rows, findings, f"{count} toy films", boxes)
