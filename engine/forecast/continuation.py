"""What a forecaster would draw below the rows that it has seen, row after row."""

import torch
from torch import Tensor

from engine.forecast.network import RowForecaster


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
    it shows what the training films have in common, not this film.

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
    drawn = rows.expand(max(samples, 1), -1, -1).clone()  # (n, M, W)
    with torch.inference_mode():
        if start < height:
            mean, log_variance, held = forecaster.read(drawn[:, :start])
        for row in range(start, height):
            if samples:
                noise = torch.randn(mean.shape, generator=generator)
                mean = mean + torch.exp(0.5 * log_variance) * noise
            drawn[:, row] = mean.clamp(0, 1)
            if row + 1 < height:
                mean, log_variance, held = forecaster.advance(drawn[:, row], held)
    return drawn
