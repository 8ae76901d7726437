"""The minimal gated unit."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.network import Carry, GatedCell


@dataclass(frozen=True, slots=True)
class MinimalOptions:
    """`forget_bias`: b_f to begin with; below 0 the unit begins by keeping its state."""

    forget_bias: float = -1.0


class MinimalGatedUnit(GatedCell):
    """Minimal gated unit (Zhou, Wu, Zhang, Zhou 2016, arXiv:1603.09420): a GRU with one gate.

    f_t = σ(W_f x_t + U_f h_{t−1} + b_f)
    n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t−1}) + b_n)
    h_t = (1 − f_t) ⊙ h_{t−1} + f_t ⊙ n_t
    """

    Options = MinimalOptions
    gate_names = ("f", "n")

    def __init__(self, input_size, hidden_size, *, bidirectional, options):
        super().__init__()
        self.hidden_size, self.bidirectional = hidden_size, bidirectional
        self.begin = options.forget_bias
        size, both = hidden_size, 1 + bidirectional
        self.of_input = nn.ModuleList(nn.Linear(input_size, 2 * size) for _ in range(both))
        self.of_state = nn.ModuleList(
            nn.ModuleList(nn.Linear(size, size, bias=False) for _ in range(2)) for _ in range(both)
        )

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        xf, xn = self.of_input[direction](x).chunk(2, -1)
        uf, un = self.of_state[direction]
        f = torch.sigmoid(xf + uf(before))
        return {"f": f, "n": torch.tanh(xn + un(f * before))}

    def carry(self, gates: dict[str, Tensor]) -> Carry:
        return Carry(keep=1 - gates["f"], add=gates["f"] * gates["n"])

    def initialise(self) -> None:
        for layer in self.of_input:
            layer.bias.data[: self.hidden_size].fill_(self.begin)
