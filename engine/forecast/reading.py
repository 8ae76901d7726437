"""A forecaster's surprise by the kernel, not torch; equations in `engine.forecast.network`."""

from collections.abc import Mapping
from functools import cached_property
from math import log, pi
from typing import TYPE_CHECKING

import numpy as np

from engine.bundle import ForecastConfig
from engine.forecast.percentiles import LEAST_LOG_VARIANCE
from engine.runtime import EXTREME, Recurrence, aligned, kernel_of
from engine.types import Floats

if TYPE_CHECKING:
    from engine.forecast.network import RowForecaster

_GATES = {"gru": 3, "lstm": 4}


class Forecaster:
    """A network that expects rows, its weights laid out once; later changes are not seen.

    Args:
        config: Its sizes.
        weights: By the names of `RowForecaster.state_dict()`.
    """

    def __init__(self, config: ForecastConfig, weights: Mapping[str, Floats]) -> None:
        self.config, self.weights = config, weights

    @classmethod
    def of(cls, network: "RowForecaster") -> "Forecaster":
        """Of one that torch has trained."""
        state = network.state_dict().items()
        return cls(network.config, {name: value.detach().numpy() for name, value in state})

    @staticmethod
    def shapes(config: ForecastConfig) -> dict[str, tuple[int, ...]]:
        """Names and shapes of its weights."""
        hidden, columns = config.hidden_size, config.columns
        rows = _GATES[config.cell] * hidden
        return {
            "first": (columns,),
            "recurrent.weight_ih_l0": (rows, columns),
            "recurrent.weight_hh_l0": (rows, hidden),
            "recurrent.bias_ih_l0": (rows,),
            "recurrent.bias_hh_l0": (rows,),
            "head.weight": (2 * columns, hidden),
            "head.bias": (2 * columns,),
        }

    @cached_property
    def network(self) -> "RowForecaster":
        """As torch has it: built when it is first asked for."""
        import torch  # noqa: PLC0415 - only to draw and to measure many films

        from engine.forecast.network import RowForecaster  # noqa: PLC0415 - imports torch
        from engine.network import filled  # noqa: PLC0415 - the same

        with torch.device("meta"):
            network = RowForecaster(self.config)
        return filled(network, self.weights)

    @EXTREME
    def surprise(self, rows: Floats) -> Floats:
        """Negative log-likelihood (M,) of a film's rows (M, W) given those above, per pixel."""
        if (layer := self._layer) is None:
            from engine.forecast.network import surprise_of  # noqa: PLC0415 - imports torch

            return surprise_of(self.network, rows)
        together = self.config.rows_per_step
        rows = rows.reshape(-1, together, rows.shape[1]).mean(axis=1)
        before = np.concatenate((self.weights["first"][None], rows[:-1]))
        planes = aligned((layer.planes, len(before), layer.padded))
        layer.run(layer.project(before), planes)
        states = planes[0, :, : self.config.hidden_size]
        expected = states @ self.weights["head.weight"].T + self.weights["head.bias"]
        change, spread = np.split(expected, 2, axis=1)
        log_variance = LEAST_LOG_VARIANCE + np.logaddexp(np.float32(0), spread)
        squared = (rows - before - change) ** 2 * np.exp(-log_variance)
        per_row: Floats = 0.5 * (np.float32(log(2 * pi)) + log_variance + squared).mean(axis=1)
        return per_row.repeat(together)

    @cached_property
    def _layer(self) -> Recurrence | None:
        weights = {
            name.replace("recurrent", "recurrent.0"): values
            for name, values in self.weights.items()
        }
        try:
            return Recurrence(kernel_of(self.config.cell), weights, 0, upwards=False)
        except RuntimeError:  # LLVM does not know this processor
            return None
