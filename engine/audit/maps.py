"""The maps that are audited: Influence, State, and an edge detector that knows no weights."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.attribution import influence
from engine.attribution.gradients import complete_row_influence
from engine.calibration import log_odds
from engine.explain import state_map
from engine.network import RowNetwork
from engine.progress import paced
from engine.runtime.asked import asked_of
from engine.runtime.torch_reader import answering
from engine.types import Doubles, Floats, HiddenStates, InfluenceMethod, Quantity, RowStatistics

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
    logits = _logits(network, rows)
    odds = np.stack([log_odds(logits, target) for target in range(logits.shape[1])], axis=1)
    return np.asarray(np.take_along_axis(odds, targets[:, None], axis=1)[:, 0])


def answers(network: RowNetwork, rows: Rows) -> Classes:
    """The most probable class (N,) of films (N, M, W)."""
    return np.asarray(_logits(network, rows).argmax(axis=1))


def _logits(network: RowNetwork, rows: Rows) -> Floats:
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
