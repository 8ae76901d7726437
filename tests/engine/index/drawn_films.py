"""Drawn films in folders and arrays, and what must be in an index of them, told plainly."""

from itertools import product

import numpy as np
from PIL import Image

SIZE = (40, 30)


def drawn(number):
    """A bright bar at a height of its own on a slope with a little noise; (40, 30) uint8."""
    rng = np.random.default_rng(number)
    rows = np.arange(SIZE[0])[:, None]
    bar = 120 * np.exp(-((rows - rng.uniform(5, 35)) ** 2) / rng.uniform(2, 30))
    film = 40 + rows + bar + rng.normal(0, 6, SIZE)
    return np.clip(film, 0, 255).astype(np.uint8)


def write_arrays(path, count):
    images = np.stack([drawn(number) for number in range(count)])
    np.savez(path, images=images, labels=np.arange(count) % 2)
    return path


def write_pictures(root, count):
    for number in range(count):
        folder = root / ("normal", "pneumonia")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(drawn(number)).save(folder / f"{number:03}.png")
    return root


def nearest(index, states, count, *, without=None):
    """Every stretch of every film but one, measured in float64: (distance, film, step), sorted."""
    length, found = len(states), []
    asked = index.standardised(states).astype(np.float64)
    held = np.asarray(index.table.states, np.float64)
    for film, (begin, end) in enumerate(
        zip(index.table.first, index.table.first[1:], strict=False)
    ):
        if film == without:
            continue
        stretches = [
            (np.sqrt(np.mean((held[row : row + length] - asked) ** 2)), film, row - begin)
            for row in range(begin, end - length + 1)
        ]
        found += [min(stretches)] if stretches else []
    return sorted(found)[:count]


def every_unit(index):
    about = index.about
    return product(range(about.layers), range(about.directions), range(about.hidden))
