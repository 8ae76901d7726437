"""Long short-term memory."""

import torch
from torch import Tensor, nn

from engine.network.cells.cell import Carry, GatedCell
from engine.network.cells.kernel import KernelCell


class LSTM(KernelCell, GatedCell, nn.LSTM):
    """Long short-term memory (Hochreiter, Schmidhuber 1997) with a forget gate (Gers 2000).

        i_t = σ(W_i x_t + b_i + U_i h_{t−1} + b′_i)        what may come in
        f_t = σ(W_f x_t + b_f + U_f h_{t−1} + b′_f)        what stays
        g_t = tanh(W_g x_t + b_g + U_g h_{t−1} + b′_g)     what is new
        o_t = σ(W_o x_t + b_o + U_o h_{t−1} + b′_o)        what is shown
        c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
        h_t = o_t ⊙ tanh(c_t)

    σ is the logistic function, ⊙ multiplies element by element; no peepholes. The state c passes
    a step through f alone: while f is near 1 the gradient stays (the "constant error carousel").
    Unrolled from c_0 = 0 it is a sum with one term per row, the Memory map:

        c_T = Σ_k (Π_{j>k} f_j) ⊙ i_k ⊙ g_k
    """

    gate_names = ("i", "f", "g", "o")
    has_cell_state = True

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        """i, f, g, o (…, H) of x_t (…, I) and h_{t−1} (…, H)."""
        i, f, g, o = (self.of_input(x, direction) + self.of_state(before, direction)).chunk(4, -1)
        return {
            "i": torch.sigmoid(i),
            "f": torch.sigmoid(f),
            "g": torch.tanh(g),
            "o": torch.sigmoid(o),
        }

    def carry(self, gates: dict[str, Tensor]) -> Carry:
        """c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t."""
        return Carry(keep=gates["f"], add=gates["i"] * gates["g"])

    def output(self, gates: dict[str, Tensor], carried: Tensor) -> Tensor:
        """h_t = o_t ⊙ tanh(c_t)."""
        return gates["o"] * torch.tanh(carried)

    def initialise(self) -> None:
        """As `KernelCell`, and forget gates that begin open: b_f = 1 (Jozefowicz 2015)."""
        super().initialise()
        for name, bias in self.named_parameters():
            if "bias_ih" in name:
                bias.data.chunk(4)[1].fill_(1.0)
