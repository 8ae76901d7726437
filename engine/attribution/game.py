"""Spliced films: what the answer is when only a part of a film is there.

What is not there is replaced by the baseline's rows, never left out, so that the reading keeps
its length. When whole steps are replaced, the stem need not see every splice: it looks upwards
only, a few steps far, so what it makes of a step is decided by which of these few are the film's.
All patterns of so many steps fit into a few films, and each splice is put together from them. The
answers are the same, and what is left to do is the recurrence (measured on one core: 2 to 3 times
as fast with three convolutions).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from engine.attribution.odds import answering, log_odds
from engine.network import NetworkConfig, RowClassifier
from engine.types import Doubles

_PIXELS = {"cpu": 2**17, "cuda": 2**22}  # per batch; a CPU's cache holds no more of a stem
_INPUTS = {"cpu": 2**20, "cuda": 2**24}  # of the recurrence per batch
_MOST_INPUTS = 2**24  # of all patterns together (64 MiB)

Keep = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """One film, one baseline and one class, all on the network's device.

    Attributes:
        network: Any that gives logits (N, K) of films (N, M, W); what is said above of the stem
            is made use of in a `RowClassifier`.
        rows, baseline: (M, W).
        target: Index of the class.
    """

    network: nn.Module
    rows: Tensor
    baseline: Tensor
    target: int

    def odds(self, count: int, keep: Keep) -> Doubles:
        """Log-odds (count,) of splices by pixels.

        Args:
            count: Number of splices.
            keep: From indices (P,) to what splices of these numbers keep of the film, as truth
                values that broadcast to (P, M, W).
        """

        def answer(indices: Tensor) -> Tensor:
            films = torch.where(keep(indices), self.rows, self.baseline)  # (P, M, W)
            logits: Tensor = self.network(films)  # (P, K)
            return logits

        return self._in_batches(count, answer, together=_PIXELS, size=self.rows.numel())

    def band_odds(self, count: int, keep: Keep, *, bands: int) -> Doubles:
        """Log-odds (count,) of splices by bands of equal height.

        Args:
            count: Number of splices.
            keep: From indices (P,) to which bands are the film's, (P, B).
            bands: B.
        """
        height, network = len(self.rows) // bands, self.network
        if not isinstance(network, RowClassifier) or not self._shares(network, height, count):
            return self.odds(
                count, lambda indices: keep(indices).repeat_interleave(height, dim=1).unsqueeze(2)
            )
        inputs, window = self._patterns(network), _window(network.config)
        steps = torch.arange(inputs.shape[1], device=inputs.device)

        def answer(indices: Tensor) -> Tensor:
            kept = keep(indices).repeat_interleave(len(steps) // bands, dim=1)  # (P, L)
            return network.read(inputs[_pattern_of(kept, window), steps])

        return self._in_batches(count, answer, together=_INPUTS, size=inputs[0].numel())

    def ends(self) -> tuple[float, float]:
        """Log-odds of the film and of the baseline."""
        whole, empty = self.odds(2, lambda indices: (indices == 0)[:, None, None])
        return float(whole), float(empty)

    def _shares(self, network: RowClassifier, height: int, count: int) -> bool:
        """Whether bands are whole steps, and all patterns are less work than the splices."""
        if any(layer.kind != "convolution" for layer in network.config.stem):
            return False  # how far another stem looks up, nobody says
        size, patterns = network.config.rows_per_step, 2 ** _window(network.config)
        inputs = patterns * (len(self.rows) // size) * network.config.input_size
        return height % size == 0 and patterns < count and inputs <= _MOST_INPUTS

    def _patterns(self, network: RowClassifier) -> Tensor:
        """What the recurrence reads (patterns, L, I) where every pattern of steps repeats itself.

        Pattern p keeps step s where its bit s modulo the window is set, so whatever a window of
        steps keeps, some p keeps the same there.
        """
        device, size = self.rows.device, network.config.rows_per_step
        window = _window(network.config)
        bits = torch.arange(len(self.rows) // size, device=device) % window  # (L,)
        numbers, parts = torch.arange(2**window, device=device), []
        with answering(network):
            for some in torch.split(numbers, _together(device, _PIXELS, self.rows.numel())):
                kept = (some[:, None] >> bits) & 1 == 1  # (P, L)
                by_row = kept.repeat_interleave(size, dim=1).unsqueeze(2)
                parts.append(network.steps(torch.where(by_row, self.rows, self.baseline)))
        return torch.cat(parts)

    def _in_batches(
        self,
        count: int,
        answer: Callable[[Tensor], Tensor],
        *,
        together: dict[str, int],
        size: int,
    ) -> Doubles:
        """Log-odds (count,) of what `answer` says of indices: logits (P, K)."""
        device = self.rows.device
        targets, parts = torch.tensor([self.target], device=device), []
        numbers = torch.arange(count, device=device)
        with answering(self.network):
            for indices in torch.split(numbers, _together(device, together, size)):
                odds = log_odds(answer(indices), targets.expand(len(indices)))
                parts.append(odds.double().cpu())
        return np.asarray(torch.cat(parts).numpy())


def _together(device: torch.device, values: dict[str, int], size: int) -> int:
    return max(values.get(device.type, values["cpu"]) // size, 1)


def _window(config: NetworkConfig) -> int:
    """How many steps, its own included, decide what the stem makes of a step."""
    row = 0  # the first that step 0 reads after the stem; then what each layer reads for it
    for layer in reversed(config.stem):
        row = (row + 1) * layer.row_stride - 3
    return 1 - row // config.rows_per_step


def _pattern_of(kept: Tensor, window: int) -> Tensor:
    """The pattern (P, L) that every step of splices (P, L) meets in its window."""
    count, steps = kept.shape
    bits = torch.arange(steps, device=kept.device) % window
    powers = kept.long() << bits  # (P, L)
    above = torch.zeros(count, window, dtype=torch.long, device=kept.device)
    sums = torch.cat((above, powers), dim=1).cumsum(dim=1)  # (P, window + L)
    return sums[:, window:] - sums[:, :-window]
