"""The network that expects the next row, and what it would draw."""

from math import log, pi

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.bundle import ForecastConfig
from engine.forecast.percentiles import LEAST_LOG_VARIANCE
from engine.types import Floats

# ------------------------------------------------------------- forecaster of the next row
# The network that expects the next row: rows above in, a Gaussian for every pixel out.

_FIRST_SPREAD = 1.0  # of σ²'s softplus; σ is 0.035 then, about what it becomes
_CELLS = {"gru": nn.GRU, "lstm": nn.LSTM}


class RowForecaster(nn.Module):
    """Expects row t of a film after reading rows 0 … t − 1 (next-step prediction, Graves 2013).

    It reads the model rows themselves, no stem; or the means of so many of them at a time as its
    configuration says, which are its rows here. With s_t the state after row t − 1:

        mean_t = row_{t−1} + A s_t + a,   log σ²_t = −8 + softplus(B s_t + b)

    Before the first row stands the mean first row of the training films.
    """

    first: Tensor

    def __init__(self, config: ForecastConfig) -> None:
        super().__init__()
        self.config = config
        self.register_buffer("first", torch.zeros(config.columns))  # (W,)
        self.recurrent = _CELLS[config.cell](config.columns, config.hidden_size, batch_first=True)
        self.head = nn.Linear(config.hidden_size, 2 * config.columns)
        with torch.no_grad():
            self.head.bias[config.columns :] = _FIRST_SPREAD

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance, each (N, M, W), of every row of films (N, M, W)."""
        before = torch.cat((self.first.expand(len(rows), 1, -1), rows[:, :-1]), dim=1)
        return self._expect(before, self.recurrent(before)[0])

    def read(self, rows: Tensor) -> tuple[Tensor, Tensor, object]:
        """Mean and log variance (N, W) of the row after rows (N, t, W), and the state for it."""
        before = torch.cat((self.first.expand(len(rows), 1, -1), rows), dim=1)  # (N, t + 1, W)
        states, held = self.recurrent(before)
        mean, log_variance = self._expect(before[:, -1], states[:, -1])
        return mean, log_variance, held

    def advance(self, row: Tensor, held: object) -> tuple[Tensor, Tensor, object]:
        """The same for the row after `row` (N, W), with the state that was held before it."""
        states, held = self.recurrent(row.unsqueeze(1), held)
        mean, log_variance = self._expect(row, states[:, 0])
        return mean, log_variance, held

    def _expect(self, before: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        change, spread = self.head(states).chunk(2, dim=-1)
        return before + change, LEAST_LOG_VARIANCE + functional.softplus(spread)


def surprise(forecaster: RowForecaster, rows: Tensor) -> Tensor:
    """Negative log-likelihood (N, M) of every row given the rows above, in nats per pixel.

    Rows (N, M, W) that are read together share one value.
    """
    together = forecaster.config.rows_per_step
    read = averaged(rows, together)
    mean, log_variance = forecaster(read)
    squared = (read - mean).square() * torch.exp(-log_variance)
    per_row: Tensor = 0.5 * (log(2 * pi) + log_variance + squared).mean(dim=2)
    return per_row.repeat_interleave(together, dim=1)


def averaged(rows: Tensor, together: int) -> Tensor:
    """Means (N, M / together, W) of so many rows of films (N, M, W) each."""
    count, _, columns = rows.shape
    return rows.reshape(count, -1, together, columns).mean(dim=2)


def surprise_of(forecaster: RowForecaster, rows: Floats) -> Floats:
    """The same (M,) of one film (M, W), from array to array."""
    with torch.inference_mode():
        per_row: Floats = surprise(forecaster, torch.from_numpy(rows)[None])[0].numpy()
    return per_row


# ----------------------------------------------------------- drawing the rows that follow
# What a forecaster would draw below the rows that it has seen, row after row.


def continue_film(
    forecaster: RowForecaster,
    rows: Tensor,
    start: int,
    *,
    samples: int = 0,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Films whose rows above `start` are given and whose other rows are expected.

    Each row that was drawn is read before the next is drawn, so errors add up: far below `start`
    it shows what the training films have in common, not this film. Where several rows are read
    together, they are drawn alike, and those that `start` divides are all drawn.

    Args:
        forecaster: In evaluation mode.
        rows: (M, W) of one film, values 0…1; only the first `start` are looked at.
        start: 0 … M; 0 draws a film from nothing.
        samples: Films that are drawn from the distribution; 0 draws one film of its means.
        generator: Of the draws; needed where `samples` is above 0.

    Returns:
        (samples or 1, M, W), values 0…1.

    Raises:
        ValueError: `start` is not a row of the film.
    """
    height = len(rows)
    if not 0 <= start <= height:
        raise ValueError(f"start {start} is not within the {height} rows of the film")
    together = forecaster.config.rows_per_step
    begins, height = start // together, height // together
    drawn = averaged(rows[None], together).repeat(max(samples, 1), 1, 1)  # (n, steps, W)
    with torch.inference_mode():
        if begins < height:
            mean, log_variance, held = forecaster.read(drawn[:, :begins])
        for row in range(begins, height):
            if samples:
                noise = torch.randn(mean.shape, generator=generator)
                mean = mean + torch.exp(0.5 * log_variance) * noise
            drawn[:, row] = mean.clamp(0, 1)
            if row + 1 < height:
                mean, log_variance, held = forecaster.advance(drawn[:, row], held)
    films = drawn.repeat_interleave(together, dim=1)  # (n, M, W)
    films[:, : begins * together] = rows[: begins * together]
    return films
