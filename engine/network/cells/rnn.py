"""The simple recurrent network."""

from typing import ClassVar

import torch
from torch import Tensor, nn

from engine.network.cells.kernel import KernelCell


class TanhRNN(KernelCell, nn.RNN):
    """Elman's recurrent network (Elman 1990, Finding structure in time).

        h_t = tanh(W x_t + b + U h_{t−1} + b′)

    No gate protects the state: the whole of it passes through U and tanh at every step. So
    ∂h_t/∂h_{t−1} = diag(1 − h_t²) U, and a product of many of these vanishes or explodes with the
    singular values of U (Bengio 1994; Pascanu 2013).
    """

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """The equation above; (N, I), (N, H) → (N, H)."""
        return torch.tanh(self.of_input(x, direction) + self.of_state(h, direction)), c


class ReluRNN(KernelCell, nn.RNN):
    """The same with a rectifier (Le, Jaitly, Hinton 2015, arXiv:1504.00941).

    h_t = max(0, W x_t + b + U h_{t−1} + b′)

    The slope of an active unit is 1, so only U decides what vanishes; but nothing bounds h.
    """

    _arguments: ClassVar = {"nonlinearity": "relu"}

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """The equation above; (N, I), (N, H) → (N, H)."""
        return torch.relu(self.of_input(x, direction) + self.of_state(h, direction)), c
