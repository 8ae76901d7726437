"""The gated recurrent unit."""

import torch
from torch import Tensor, nn

from engine.network.cells.cell import Carry, GatedCell
from engine.network.cells.kernel import KernelCell


class GRU(KernelCell, GatedCell, nn.GRU):
    """Gated recurrent unit (Cho 2014, arXiv:1406.1078), in the variant of torch and cuDNN.

        r_t = σ(W_r x_t + b_r + U_r h_{t−1} + b′_r)             how much of the past n may see
        z_t = σ(W_z x_t + b_z + U_z h_{t−1} + b′_z)             what stays
        n_t = tanh(W_n x_t + b_n + r_t ⊙ (U_n h_{t−1} + b′_n))  what is new
        h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}

    σ is the logistic function, ⊙ multiplies element by element. Here U_n comes before the reset
    gate ("linear before reset", as in version 1 of the paper); its version 3 has
    tanh(W_n x_t + U_n (r_t ⊙ h_{t−1})), which is another function with other weights. In Chung
    2014 (arXiv:1412.3555) z and 1 − z change places.

    The state is carried by z alone. Unrolled from h_0 = 0 it is a sum with one term per row, the
    Memory map:

        h_T = Σ_k (Π_{j>k} z_j) ⊙ (1 − z_k) ⊙ n_k
    """

    gate_names = ("r", "z", "n")

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        """r, z, n (…, H) of x_t (…, I) and h_{t−1} (…, H)."""
        xr, xz, xn = self.of_input(x, direction).chunk(3, -1)
        hr, hz, hn = self.of_state(before, direction).chunk(3, -1)
        r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
        return {"r": r, "z": z, "n": torch.tanh(xn + r * hn)}

    def carry(self, gates: dict[str, Tensor]) -> Carry:
        """h_t = z_t ⊙ h_{t−1} + (1 − z_t) ⊙ n_t."""
        return Carry(keep=gates["z"], add=(1 - gates["z"]) * gates["n"])
