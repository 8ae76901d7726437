"""Colours of many points: along a scale, by class, by film.

Lightness and hue are OKLab's. No class is red or green, and the points never take the accent:
that is the reader's.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.imaging import encoded_rgb, from_oklab
from engine.types import Bytes
from viewer.kit import theme

CHROMA = 0.105
GOLDEN = 0.618034  # of a turn: hues of films that follow each other lie far apart
_CLASS_HUES = (255.0, 62.0, 305.0, 95.0, 225.0, 340.0, 280.0, 45.0, 75.0, 320.0)  # degrees


def along(shares: NDArray[np.floating]) -> Bytes:
    """Colours (n, 3) of places 0…1 on a scale from violet to teal, lighter and lighter."""
    return _ramp(theme.current().name)[np.rint(np.clip(shares, 0.0, 1.0) * 255).astype(np.intp)]


def of_classes(count: int) -> Bytes:
    """One colour (count, 3) for each class, of a few lightnesses in turn where there are many."""
    places = np.arange(count)
    hues = np.array(_CLASS_HUES)[places % len(_CLASS_HUES)]
    offset = np.where(places % 2, 0.08, -0.04) if count > 2 else np.zeros(count)
    return _shown(_middle() + offset, np.full(count, CHROMA), hues)


def of_films(numbers: NDArray[np.integer]) -> Bytes:
    """A colour (n, 3) for each film by its number."""
    return _shown(
        np.full(len(numbers), _middle()), np.full(len(numbers), CHROMA), numbers * GOLDEN * 360.0
    )


def _middle() -> float:
    """Lightness that stands out from the window's ground."""
    return 0.72 if theme.current() is theme.DARK else 0.52


@lru_cache(maxsize=2)
def _ramp(name: str) -> Bytes:
    shares = np.linspace(0.0, 1.0, 256)
    ends = (0.42, 0.88) if name == theme.DARK.name else (0.78, 0.36)
    lightness = ends[0] + (ends[1] - ends[0]) * shares
    return _shown(lightness, np.full(256, 0.9 * CHROMA), 300.0 - 105.0 * shares)


def _shown(
    lightness: NDArray[np.floating], chroma: NDArray[np.floating], degrees: NDArray[np.floating]
) -> Bytes:
    hue = np.deg2rad(degrees)
    lab = np.stack([lightness, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1)
    return np.rint(encoded_rgb(from_oklab(lab)) * 255).astype(np.uint8)


def without_class() -> Bytes:
    """The colour (1, 3) of a film that has no label."""
    name = theme.current().quiet
    return np.array([[int(name[place : place + 2], 16) for place in (1, 3, 5)]], np.uint8)


def shade(rgb: Bytes) -> QColor:
    """One colour (3,) for a painter."""
    red, green, blue = (int(one) for one in rgb)
    return QColor(red, green, blue)
