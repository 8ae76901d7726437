"""States that are sums: s_t = keep_t ⊙ s_{t−1} + add_t, from s_0 = 0.

Unrolled, the state after step T has one term per step,

    s_T = Σ_k (Π_{j>k} keep_j) ⊙ add_k,

exactly. Term k is what is left of step k at the end. It says what is retained, not what matters.
"""

import torch
from torch import Tensor


def running_state(keep: Tensor, add: Tensor) -> Tensor:
    """Every s_t (D, …, L, H) of keep and add (D, …, L, H); direction 1 begins at the last step."""
    forth, back = _in_reading_order(keep), _in_reading_order(add)
    state, states = torch.zeros_like(back.select(-2, 0)), []  # (D, …, H)
    for k, a in zip(forth.unbind(-2), back.unbind(-2), strict=True):
        state = k * state + a
        states.append(state)
    return _in_reading_order(torch.stack(states, dim=-2))


def what_remains(keep: Tensor, add: Tensor) -> Tensor:
    """The terms (D, …, L, H) that sum over L to the state each direction ends with."""
    kept, added = _in_reading_order(keep), _in_reading_order(add)
    later = torch.cat((kept[..., 1:, :], torch.ones_like(kept[..., :1, :])), dim=-2)
    product = later.flip(-2).cumprod(-2).flip(-2)  # Π_{j>k} keep_j
    return _in_reading_order(product * added)


def _in_reading_order(values: Tensor) -> Tensor:
    """Turn the upward direction over; twice gives the values back. (D, …, L, H)."""
    if len(values) == 1:
        return values
    return torch.stack((values[0], values[1].flip(-2)))
