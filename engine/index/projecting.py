"""Row states in two dimensions: the axes of most variance, and UMAP."""

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from typing import Final

import numpy as np

from engine.errors import DataError
from engine.types import Doubles, Floats

CLOUD: Final = 20_000  # points at most
_NEAREST = 8
_TOGETHER = 256  # states that are placed at once
_SEED = 0
_SHARE = re.compile(r"(\d+)\s*/\s*(\d+)")
_LAYING = 0.4  # of the time that UMAP takes when its neighbours are found


def principal_axes(covariance: Doubles) -> tuple[Doubles, Doubles]:
    """The two axes (2, W) of most variance and the share (2,) that each holds.

    Each axis points where its largest component is positive, so that it is the same every time.
    """
    variances, vectors = np.linalg.eigh(covariance)
    axes = np.zeros((2, len(covariance)))
    found = vectors[:, ::-1][:, :2].T
    axes[: len(found)] = found
    largest = np.abs(axes).argmax(axis=1)
    axes *= np.where(axes[np.arange(2), largest] < 0, -1, 1)[:, None]
    share = np.zeros(2)
    total = max(float(np.maximum(variances, 0).sum()), 1e-30)
    share[: len(found)] = np.maximum(variances[::-1][:2], 0) / total
    return axes, share


def lay_out(states: Floats, progress: Callable[[float], None]) -> Floats:
    """Standardised states (m, W) in two dimensions, (m, 2), neighbours beside each other.

    Args:
        states: More than two.
        progress: Told the share that is done.

    Raises:
        DataError: umap-learn is not installed, or there are too few rows.
    """
    if find_spec("umap") is None:
        raise DataError("UMAP is not installed; get it with: pip install “rowscope[index]”.")
    if len(states) < 2 * _NEAREST:
        raise DataError("UMAP needs more rows than this index has; index more films.")
    progress(0.0)
    umap = import_module("umap")  # takes seconds
    progress(0.1)
    # One seed makes it the same every time, and lets it run in one thread.
    layout = umap.UMAP(
        n_components=2,
        n_neighbors=min(15, len(states) - 1),
        min_dist=0.1,
        random_state=_SEED,
        n_jobs=1,
        verbose=True,
        tqdm_kwds={"file": _Told(progress), "mininterval": 0.5},
    )
    told = io.StringIO()  # how far it is comes by way of tqdm; its other words are for nobody
    with redirect_stdout(told):
        found: Floats = np.asarray(layout.fit_transform(states), np.float32)
    return found


class _Told:
    """What tqdm writes to: shares are passed on, words are not."""

    def __init__(self, progress: Callable[[float], None]) -> None:
        self._progress = progress

    def write(self, words: str) -> None:
        """Pass a share on."""
        if (told := _SHARE.search(words)) and int(told[2]):
            share = int(told[1]) / int(told[2])
            self._progress(_LAYING + (1 - _LAYING) * min(share, 1.0))

    def flush(self) -> None:
        """Nothing waits here."""


def place_among(states: Floats, rows: Floats, points: Floats) -> Floats:
    """Where states (n, W) lie among rows (m, W) that are laid out as points (m, 2): (n, 2)."""
    count = min(_NEAREST, len(rows))
    squares = (rows * rows).sum(axis=1)
    placed = np.empty((len(states), 2), np.float32)
    for begin in range(0, len(states), _TOGETHER):
        some = states[begin : begin + _TOGETHER]
        apart = squares - 2 * (some @ rows.T) + (some * some).sum(axis=1)[:, None]
        near = np.argpartition(apart, count - 1, axis=1)[:, :count]
        distance = np.sqrt(np.maximum(np.take_along_axis(apart, near, axis=1), 0))
        weights = 1 / (distance + 1e-3)
        weights /= weights.sum(axis=1, keepdims=True)
        placed[begin : begin + _TOGETHER] = np.einsum("nk,nkd->nd", weights, points[near])
    return placed
