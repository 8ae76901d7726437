"""The horizon: how far back a row can stand and still move the answer. Vanishing gradients, seen.

Let f be the log-odds of a class and x_t what a network reads at step t. By the chain rule

    ∂f/∂x_t = ∂f/∂h_T · (Π_{j=t+1…T} ∂h_j/∂h_{j−1}) · ∂h_t/∂x_t

for an answer that looks at the last state h_T. Every factor of the product that shrinks vectors
makes row t weaker by so much, every one that stretches them stronger: over many rows the gradient
vanishes or explodes (Hochreiter 1991; Bengio, Simard, Frasconi 1994; Pascanu, Mikolov, Bengio
2013). What is measured, with Euclidean norms over the pixels of a step and root mean squares over
films, is

    of the answer  share_k = ‖∂f/∂x_{T−k}‖ / ‖∂f/∂x_T‖
    of the state   share_k = ‖∂h_T/∂x_{T−k}‖ / ‖∂h_T/∂x_T‖   (Frobenius)

with h_T the last layer's downward state after the film's last step. Where the head looks at h_T
alone both fall alike, and the answer costs one backward pass. With the read-outs "mean" and
"attention" every row has a way of its own to the answer, and with both directions the first row
is as near to it as the last: there only the state shows what the recurrence carries. Both are
about rows of the film; ‖∂h_T/∂h_t‖ would be about units, and would not see what the stem does.

Fresh networks are alike at every row, so their shares fall with the distance. A trained one may
look closer at some rows than at the last, and its shares may rise above 1.
"""

from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from engine.bundle import NetworkConfig
from engine.errors import InferenceError
from engine.network.classifier import RowClassifier
from engine.network.network import RowNetwork, log_odds
from engine.types import Doubles, Horizon, HorizonOf

_DIRECTIONS = 16
CELLS = ("rnn", "rnn-relu", "lstm", "gru")


def measure_horizon(
    network: RowNetwork,
    rows: Tensor,
    lengths: Tensor | None = None,
    *,
    of: HorizonOf = "answer",
    name: str = "",
) -> Horizon:
    """How much each step of films can still move the end, counted back from the last one.

    Args:
        network: In evaluation mode.
        rows: (N, M, W) films, on the network's device.
        lengths: (N,) model rows of each film, as for `network`; each counts from its own end.
        of: What the end is. "answer": the log-odds of the class that the network finds most
            probable for each film. "state": the last state, by 16 random directions, whose mean
            square is that of the Frobenius norm.
        name: For people; by default the summary of the configuration.

    Raises:
        InferenceError: The last step does not move the end at all.
    """
    per_step = network.config.rows_per_step
    rows = rows.detach().requires_grad_()
    with torch.enable_grad(), torch.backends.cudnn.flags(enabled=False):  # it refuses eval mode
        ends = _log_odds if of == "answer" else _last_state
        per_row = _gradient(ends(network, rows, lengths), rows)  # (N, M)
    squares = per_row.view(len(rows), -1, per_step).sum(dim=2)  # (N, L)
    steps = None if lengths is None else lengths // per_step
    back = _from_the_end(squares.double().cpu().numpy(), steps)
    name = name or network.config.summary
    if not back[0] > 0:
        raise InferenceError(
            "The last row does not move the {of} of “{name}”: there is nothing to compare the"
            " others with.",
            "not-a-number",
            of=of,
            name=name,
        )
    return Horizon(name, of, np.sqrt(back / back[0]), per_step, len(rows))


def fresh_horizons(rows: Tensor, *, hidden_size: int, seed: int) -> tuple[Horizon, ...]:
    """Every cell of the same size as it is before training: ours first, then torch's weights.

    Torch draws all weights and biases from ±1/√H. We draw orthogonal recurrences, and open the
    forget gates of an LSTM (see `initialise` of each cell). Both have one layer, one direction and
    look at the last state; a cell has the same head and films in both.

    Args:
        rows: (N, M, W) float64 films, on the CPU.
        hidden_size: H.
        seed: For the weights; torch's own random state is left as it is.
    """
    return tuple(
        measure_horizon(
            _fresh(rows, cell, hidden_size, ours=ours, seed=seed), rows, name=f"{cell}, {how}"
        )
        for ours, how in ((True, "ours"), (False, "torch's"))
        for cell in CELLS
    )


def _fresh(rows: Tensor, cell: str, hidden_size: int, *, ours: bool, seed: int) -> RowClassifier:
    _, height, width = rows.shape
    config = NetworkConfig(height, width, 2, cell=cell, hidden_size=hidden_size, readout="last")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = RowClassifier(config).double().eval()
        if not ours:
            for layer in network.recurrent:
                cast(
                    "nn.RNNBase", layer
                ).reset_parameters()  # torch's own, which every kernel cell still has
    return network


def _log_odds(network: RowNetwork, rows: Tensor, lengths: Tensor | None) -> Tensor:
    """The log-odds (N, 1) of the most probable class of each film."""
    logits = network(rows, lengths)  # (N, K)
    return log_odds(logits, logits.argmax(dim=1), network.config.link).unsqueeze(1)


def _last_state(network: RowNetwork, rows: Tensor, lengths: Tensor | None) -> Tensor:
    """h_T in random directions, (N, 16)."""
    trace = network.trace(rows, lengths)
    h = trace.h[-1, 0]  # (N, L, H)
    if trace.lengths is not None:
        h = h[torch.arange(len(h)), trace.lengths - 1].unsqueeze(1)
    seeded = torch.Generator().manual_seed(0)
    directions = torch.randn(h.shape[2], _DIRECTIONS, generator=seeded).to(h)
    return h[:, -1] @ directions


def _gradient(ends: Tensor, rows: Tensor) -> Tensor:
    """‖∂ends/∂(model row)‖² (N, M), of ends (N, E)."""
    total = torch.zeros_like(rows[:, :, 0], requires_grad=False)
    for end in ends.sum(dim=0):
        (gradient,) = torch.autograd.grad(end, rows, retain_graph=True)
        total += gradient.square().sum(dim=2)
    return total


def _from_the_end(squares: Doubles, ends: Tensor | None) -> Doubles:
    """Means over films (L,), each film counted back from its own last step, of squares (N, L)."""
    films, steps = squares.shape
    back = np.zeros((films, steps if ends is None else int(ends.max())))
    for film, values in enumerate(squares):
        end = steps if ends is None else int(ends[film])
        back[film, :end] = values[:end][::-1]
    known = np.full(films, steps) if ends is None else ends.numpy()
    count = (known[:, None] > np.arange(back.shape[1])).sum(axis=0)  # films that are so high
    means: Doubles = back.sum(axis=0) / count
    return means
