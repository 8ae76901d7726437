"""A small recipe for films that keep their own heights, and such films."""

import numpy as np

from engine.bundle import StemLayer
from engine.films import Films
from engine.recipe import Data, Measures, Network, Recipe, Schedule
from engine.types import InputFormat

FREE = InputFormat(16, 8, "rank", aspect="keep", rows_multiple=2)
STEM = (StemLayer(4, 2, 1),)
RECIPE = Recipe(
    name="free",
    title="Free heights",
    version="1",
    task="Is the lower half bright",
    intended_use="Tests",
    data_source="Nobody",
    classes=("upper", "lower"),
    positive=1,
    input=FREE,
    network=Network("gru", 6, stem=STEM),
    data=Data("a test", "none"),
    training=Schedule(3, 8, 1e-2, averaging=0.9),
    measure=Measures(calibrate=True, influence_films=8, deletion_films=8),
)


def stacked(films):
    """Films (M, W) of any heights as one array (N, M, W), zeros behind, and their heights (N,)."""
    heights = np.array([len(film) for film in films], dtype=np.int64)
    rows = np.zeros((len(films), heights.max(), films[0].shape[1]), dtype=np.float16)
    for number, film in enumerate(films):
        rows[number, : len(film)] = film
    return rows, heights


def draw(height, *, lower, rng):
    film = rng.random((height, 8)) * 0.5
    film[height // 2 :] += 0.5 * lower
    film[: height // 2] += 0.5 * (1 - lower)
    return film.astype(np.float16)


def alone(films, number):
    """One film (1, M, W) without any padding."""
    return films.rows[number : number + 1, : films.heights[number]]


def draw_films():
    rng = np.random.default_rng(0)
    labels = np.arange(40) % 2
    drawn = [draw(2 * rng.integers(4, 12), lower=label, rng=rng) for label in labels]
    rows, heights = stacked(drawn)
    names = np.array([str(number) for number in range(40)])
    return Films(
        rows=rows,
        labels=labels.astype(np.int64),
        splits=np.array(["train"] * 28 + ["val"] * 12, dtype="<U5"),
        patients=names,
        names=names,
        findings=np.where(labels[:, None] == 1, [0.5, 1.0], np.nan),
        heights=heights,
    )
