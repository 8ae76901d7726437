"""What the cells share whose loop over the steps is torch's own kernel."""

from collections.abc import Mapping
from typing import ClassVar

from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from engine.metadata.options import NO_OPTIONS, NoOptions
from engine.network.cells.cell import Cell


class KernelCell(Cell):
    """Mixed in before `nn.RNN`, `nn.LSTM` or `nn.GRU`, whose weights and kernel it uses.

    The equations of the cells below are in torch's notation: W is `weight_ih_l0`, b `bias_ih_l0`,
    U `weight_hh_l0`, b′ `bias_hh_l0`; with the ending `_reverse` for the upward direction. The
    blocks of several gates lie on top of each other in one matrix.
    """

    _arguments: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        *,
        bidirectional: bool = False,
        options: NoOptions = NO_OPTIONS,  # noqa: ARG002 - every cell is made alike
    ) -> None:
        super().__init__(
            input_size,
            hidden_size,
            batch_first=True,
            bidirectional=bidirectional,
            **self._arguments,
        )

    def read(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """As `Cell.read`; packed if films differ in length, so that padding is never read."""
        if lengths is None:
            states: Tensor = self(x)[0]
            return states
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        outputs = self(packed)[0]
        return pad_packed_sequence(outputs, batch_first=True, total_length=x.shape[1])[0]

    def of_input(self, x: Tensor, direction: int) -> Tensor:
        """W x_t + b of x_t (…, I)."""
        return self._linear(x, "ih", direction)

    def of_state(self, before: Tensor, direction: int) -> Tensor:
        """U h_{t−1} + b′ of h_{t−1} (…, H)."""
        return self._linear(before, "hh", direction)

    def initialise(self) -> None:
        """Xavier's W (Glorot 2010), orthogonal U (Saxe 2014), zero biases."""
        for name, weight in self.named_parameters():
            if "weight_hh" in name:
                for block in weight.data.chunk(weight.shape[0] // weight.shape[1]):
                    nn.init.orthogonal_(block)
            elif "weight_ih" in name:
                nn.init.xavier_uniform_(weight)
            else:
                nn.init.zeros_(weight)

    def _linear(self, values: Tensor, kind: str, direction: int) -> Tensor:
        end = f"{kind}_l0_reverse" if direction else f"{kind}_l0"
        return functional.linear(
            values, getattr(self, f"weight_{end}"), getattr(self, f"bias_{end}")
        )
