"""A small recipe for films that keep their own heights, and such films."""

import numpy as np

from engine.metadata import StemLayer
from engine.training.recipe import Data, Measures, Network, Recipe, Schedule
from engine.types import InputFormat

FREE = InputFormat(16, 8, "rank", aspect="keep", rows_multiple=2)
STEM = (StemLayer(4, 2, 1),)
RECIPE = Recipe(
    name="free",
    title="Free heights",
    version="1",
    task="Is the lower half bright",
    intended_use="Tests",
    population="Nobody",
    classes=("upper", "lower"),
    positive=1,
    input=FREE,
    network=Network("gru", 6, stem=STEM),
    data=Data("a test", "none"),
    training=Schedule(3, 8, 1e-2, averaging=0.9),
    measure=Measures(calibrate=True, influence_films=8, deletion_films=8),
)


def draw(height, *, lower, rng):
    film = rng.random((height, 8)) * 0.5
    film[height // 2 :] += 0.5 * lower
    film[: height // 2] += 0.5 * (1 - lower)
    return film.astype(np.float16)


def alone(films, number):
    """One film (1, M, W) without any padding."""
    return films.rows[number : number + 1, : films.heights[number]]
