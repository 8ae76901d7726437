"""A whole architecture that has nothing in common with the row classifier."""

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from engine.bundle import RegisteredConfig
from engine.network import (
    RowNetwork,
    Trace,
    behind_end,
    running_state,
    steps_per_film,
    what_remains,
    zero_behind,
)


@dataclass(frozen=True, slots=True)
class LeakyOptions:
    """`hidden_size`: H. `rows_per_step`: model rows that are read together."""

    hidden_size: int
    rows_per_step: int = 1

    def __post_init__(self) -> None:
        if self.hidden_size < 1:
            raise ValueError("“hidden_size” must be 1 or more")


class LeakyAverage(RowNetwork):
    """Every unit is a running mean of its own length: h_t = a ⊙ h_{t−1} + (1 − a) ⊙ W x_t.

    a = σ(leak) is learnt, one number per unit. The head looks at the last h.
    """

    Options = LeakyOptions

    def __init__(self, config, options):
        super().__init__()
        self.config = config
        self.project = nn.Linear(options.rows_per_step * config.columns, options.hidden_size)
        self.leak = nn.Parameter(torch.linspace(0.0, 4.0, options.hidden_size))
        self.head = nn.Linear(options.hidden_size, config.classes)

    @classmethod
    def describe(cls, rows, columns, *, classes, options):
        return RegisteredConfig(
            name="leaky-average",
            rows=rows,
            columns=columns,
            classes=classes,
            layers=1,
            directions=1,
            hidden_size=options.hidden_size,
            summary=f"leaky average × {options.hidden_size}",
            rows_per_step=options.rows_per_step,
            options=asdict(options),
        )

    def forward(self, rows: Tensor, lengths: Tensor | None = None) -> Tensor:
        return self.trace(rows, lengths).logits

    def steps(self, rows: Tensor) -> Tensor:
        return rows.unflatten(1, (-1, self.config.rows_per_step)).flatten(2)  # (N, L, I)

    def trace(self, rows: Tensor, lengths: Tensor | None = None) -> Trace:
        ends = steps_per_film(lengths, rows, self.config.rows_per_step)
        x = zero_behind(self.steps(rows), ends)
        keep, add = self._carry(x)
        h = zero_behind(running_state(keep, add)[0], ends)  # (N, L, H)
        by_row = zero_behind(self.head(h), ends)
        last = (ends if ends is not None else torch.full((len(x),), x.shape[1])) - 1
        logits = by_row[torch.arange(len(x)), last]
        return Trace(h[None, None], None, logits, by_row, (x,), ends)

    def memory(self, trace: Trace) -> Tensor:
        keep, add = self._carry(trace.inputs[0])
        if trace.lengths is not None:
            behind = behind_end(trace.lengths, trace.inputs[0])
            keep, add = keep.masked_fill(behind, 1.0), add.masked_fill(behind, 0.0)
        return what_remains(keep, add)

    def _carry(self, x: Tensor) -> tuple[Tensor, Tensor]:
        a = torch.sigmoid(self.leak)
        add = (1 - a) * self.project(x)  # (N, L, H)
        return a.expand_as(add)[None], add[None]
