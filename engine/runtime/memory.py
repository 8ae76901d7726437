"""What is left of each step at the end: gates in, the terms of an exact sum out."""

from collections.abc import Mapping

import numpy as np

from engine.types import Floats


def what_remains(cell: str, gates: Mapping[str, Floats]) -> Floats | None:
    """The terms (D, L, H) that sum over L to the state the last layer ends with.

    GRU: h_T = Σ_k (Π_{j>k} z_j) ⊙ (1 − z_k) ⊙ n_k. LSTM: c_T = Σ_k (Π_{j>k} f_j) ⊙ i_k ⊙ g_k.
    None of a cell without such gates.

    Args:
        cell: Name of the recurrence.
        gates: By name, each (S, D, L, H).
    """
    if cell == "gru":
        keep, add = gates["z"][-1], (1 - gates["z"][-1]) * gates["n"][-1]
    elif cell == "lstm":
        keep, add = gates["f"][-1], gates["i"][-1] * gates["g"][-1]
    else:
        return None
    directions = []
    for direction, (kept, added) in enumerate(zip(keep, add, strict=True)):  # (L, H)
        # Later steps of the upward direction come first: its product grows from the top.
        turn = slice(None) if direction else slice(None, None, -1)
        later = np.ones_like(kept)
        later[1:] = np.cumprod(kept[turn][:-1], axis=0)
        directions.append(later[turn] * added)
    return np.stack(directions)
