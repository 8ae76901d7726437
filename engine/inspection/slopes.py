"""How the answer of one film follows the states of every layer: slopes for orders of units."""

from typing import TYPE_CHECKING

import numpy as np

from engine.inspection.asked import kept_rows
from engine.types import Floats, PreparedFilm

if TYPE_CHECKING:
    from pathlib import Path

    from engine.network import RowClassifier
    from engine.runtime import Asked


def state_slopes(model: "str | Path", film: PreparedFilm, target: int) -> Floats | None:
    """∂ log-odds / ∂ h_t of every state as its layer hands it on, (S, D, L, H).

    To the next layer, or to the read-out: what a state does within its own layer, by the states
    after it, is not in its slope but in theirs. `engine.maps.unit_contributions` makes of it what
    each unit brings to the answer.

    Args:
        model: Name or folder; this process keeps the model.
        film: Prepared for it.
        target: Index of the class whose log-odds against all others are meant.

    Returns:
        None of an architecture whose layers are not known.

    Raises:
        EngineError: One sentence: the bundle cannot be trusted, or the numbers are none.
    """
    rows = kept_rows(model)

    def work(asked: "Asked", film: Floats, _start: Floats) -> Floats | None:
        from engine.network import RowClassifier  # noqa: PLC0415 - imports torch

        network = asked.network
        return _slopes(network, film, target) if isinstance(network, RowClassifier) else None

    found = rows.explain(film.own.sequence, work)
    if found is not None:
        rows.refuse_nonsense(film.image, found)
    return found


def _slopes(network: "RowClassifier", rows: Floats, target: int) -> Floats:
    import torch  # noqa: PLC0415 - in the process that keeps the model

    from engine.network import log_odds  # noqa: PLC0415 - imports torch

    like = next(network.parameters())
    with torch.enable_grad(), torch.backends.cudnn.flags(enabled=False):
        film = torch.from_numpy(np.asarray(rows, np.float32))[None].to(like)
        states = network.steps(film).detach().requires_grad_()  # its weights need no gradient
        handed: list[torch.Tensor] = []
        for cell in network.recurrent:
            states = cell.read(states)  # type: ignore[operator]
            handed.append(states)
        logits = network.head(network.score.pool(states))
        answer = log_odds(logits, torch.tensor([target], device=like.device), network.config.link)
        slopes = torch.stack(torch.autograd.grad(answer.sum(), handed))  # (S, 1, L, D·H)
    layers, _, steps, _ = slopes.shape
    split = slopes.view(layers, steps, network.config.directions, -1).permute(0, 2, 1, 3)
    return np.ascontiguousarray(split.cpu().numpy(), dtype=np.float32)
