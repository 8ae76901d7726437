"""A film, and the rows that a model's forecaster would draw below one of its rows."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from engine.errors import BundleError, InferenceError
from engine.forecast import continue_film
from engine.preparation import frame_of
from engine.sequence import refusal, to_sequence
from engine.trust.admission import film_surprise, on_typical_grid
from engine.types import Doubles, Floats, Surprise
from engine.weights import load_bundle


@dataclass(frozen=True, slots=True, eq=False)
class Continued:
    """A film and its continuations.

    Attributes:
        rows: (M, W) the film as the forecaster reads it.
        drawn: (N, M, W) films that are `rows` above row `first`, and drawn from there on.
        first: Model row.
        edges: (M + 1,) stored rows that the model rows begin and end at.
        surprise: How unlikely each of the film's own rows is.
    """

    rows: Floats
    drawn: Floats
    first: int
    edges: Doubles
    surprise: Surprise

    def picture(self, height: int = 512) -> Floats:
        """Film and drawings side by side, at least so high; bars are white beside drawn rows."""
        bar = np.zeros((len(self.rows), 1), np.float32)
        bar[self.first :] = 1
        panels = [self.rows, *(part for one in self.drawn for part in (bar, one))]
        factor = -(-height // len(self.rows))
        picture = np.concatenate(panels, axis=1)
        return picture.repeat(factor, axis=0).repeat(factor, axis=1)


def continued(
    model: str | Path, film: Path, start: int, *, frame: int = 0, samples: int = 0, seed: int = 0
) -> Continued:
    """Draw what a model's forecaster expects below a row of a film.

    Args:
        model: Name or folder.
        film: An image.
        start: Stored row, counted from 0.
        frame: Of the file, counted from 0.
        samples: Films to draw; 0 draws the mean that is expected.
        seed: Of the draws.

    Raises:
        BundleError: No such model, one that cannot be trusted, or one without a forecaster.
        ImageError: The film cannot be read.
        InferenceError: The model does not read such films, or this one ends above the row.
    """
    pixels = frame_of(film, frame)
    bundle = load_bundle(model)
    safeguards = bundle.safeguards
    if safeguards is None or safeguards.forecaster is None:
        raise BundleError(
            "The model “{info}” does not expect rows; see `model fit-trust`.",
            info=bundle.info.name,
        )
    if reason := refusal(pixels.image, bundle.info.input, pixels):
        raise InferenceError("{film}: {reason}", "abstained", film=film.name, reason=reason)
    sequence = on_typical_grid(to_sequence(pixels, bundle.info.input), bundle.config.rows)
    first = int(np.searchsorted(sequence.edges[:-1], start))
    if first >= len(sequence.rows):
        raise InferenceError(
            "{film} has no model row from stored row {start} on.", film=film.name, start=start
        )
    generator = torch.Generator().manual_seed(seed)
    rows = torch.from_numpy(sequence.rows)
    drawn = continue_film(
        safeguards.forecaster.network, rows, first, samples=samples, generator=generator
    )
    surprise = film_surprise(safeguards, sequence)
    assert surprise is not None  # noqa: S101 - there is a forecaster
    return Continued(sequence.rows, drawn.numpy(), first, sequence.edges, surprise)
