"""How alike films look, whatever was done to them on their way: resizing, JPEG, contrast.

Measured on the 5,216 training films of a chest collection (Kermany 2018) as 64 × 64 model rows,
300 of them against copies of themselves, and all 13.6 million pairs of different children. Fine
likeness reaches 0.84 in every copy that was halved, doubled, blurred, saved as JPEG of quality 10,
put through γ of ½ or 2, turned by 1°, shifted by a pixel or cut by 1 % at each edge; in 99 % of
those shifted by two pixels, 89 % with a white marker added, 80 % turned by 2°, 48 % cut by 2 %; in
none that were shifted by four, cut by 4 % or mirrored. No two children reach it (largest 0.825,
then 0.797). Kinds of images that differ little by nature do (digits, neighbouring MR slices, drawn
films): there the check finds what is alike, which a recipe may allow.
"""

import hashlib
from collections.abc import Iterator
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from engine.progress import paced
from engine.sequence import overlap_weights
from engine.training.data.films import Films

NEAR = 0.84  # fine likeness from which two films count as one
COARSE, FINE = 16, 32  # cells per side of a thumbnail
_COARSE_NEAR = 0.7  # below it nothing is compared finely; those copies have 0.74 or more
_PARTNERS = 4  # of a film that are compared finely
SKETCH = 1024  # bits of a sketch, see `sketches`
_TOGETHER = 512  # films whose thumbnails are drawn at once
_BLOCK = 2**23  # pairs whose coarse likeness is held at once

Thumbnails = NDArray[np.float32]
Pairs = list[tuple[int, int, float]]


class Looks:
    """Films and their coarse thumbnails, which are drawn once however often they are compared."""

    def __init__(self, films: Films) -> None:
        self.films = films

    @cached_property
    def coarse(self) -> Thumbnails:
        """(N, COARSE²), see `thumbnails`."""
        return thumbnails(self.films, COARSE)


def thumbnails(films: Films, size: int) -> Thumbnails:
    """Unit vectors (N, size²) of films whose scalar product is their likeness, −1…1.

    Each film is averaged onto size × size cells, the cells are ranked, and the mean of the 5 × 5
    cells around each is taken away: ranks forget the contrast, and what remains after the mean is
    the film's own, not what all films of a kind share.
    """
    vectors = np.empty((len(films), size * size), dtype=np.float32)
    across = overlap_weights(films.rows.shape[2], size).astype(np.float32)  # (size, W)
    for height in np.flatnonzero(np.bincount(films.heights)) if len(films) else ():
        down = overlap_weights(int(height), size).astype(np.float32)  # (size, M)
        same = np.flatnonzero(films.heights == height)
        for start in range(0, len(same), _TOGETHER):
            chosen = same[start : start + _TOGETHER]
            rows = films.rows[chosen, :height].astype(np.float32)
            cells = (down @ rows @ across.T).astype(np.float32)  # (n, size, size)
            vectors[chosen] = _unit(_detail(_ranks(cells)))
    return vectors


def sketches(films: Films) -> NDArray[np.uint8]:
    """(N, SKETCH / 8) bits by which likeness can be estimated without the films.

    Each bit says on which side of a plane through the origin the fine thumbnail lies; planes are
    the same for everybody. Two films whose likeness is cos θ differ in θ / π of the bits
    (Charikar 2002). The estimate is off by 0.02 at 0.84 (one standard deviation): of the 13.6
    million pairs of different children none reaches `NEAR` by it (largest 0.831).
    """
    sides = thumbnails(films, FINE) @ _planes()
    return np.packbits(sides > 0, axis=1)


def sketched_alike(
    left: NDArray[np.uint8], right: NDArray[np.uint8], *, least: float = NEAR
) -> Pairs:
    """Pairs of sketches, (N, …) and (M, …), whose estimated likeness reaches a bound.

    Of each on the left side the likest on the right is named.
    """
    pairs: Pairs = []
    signs = _signs(right)
    block = max(1, _BLOCK // max(len(right), 1))
    for start in range(0, len(left) if len(right) else 0, block):
        agreed = _signs(left[start : start + block]) @ signs.T  # (n, M), bits alike − unlike
        best = agreed.argmax(axis=1)
        share = (1 - agreed[np.arange(len(best)), best].astype(np.float64) / SKETCH) / 2
        likeness = np.cos(np.pi * share)
        pairs += [
            (start + int(one), int(best[one]), float(likeness[one]))
            for one in np.flatnonzero(likeness >= least)
        ]
    return pairs


def _signs(bits: NDArray[np.uint8]) -> NDArray[np.float32]:
    return 2 * np.unpackbits(bits, axis=1).astype(np.float32) - 1


@cache
def _planes() -> NDArray[np.float32]:
    """(FINE², SKETCH) numbers −1 and 1 that no version of a library changes."""
    stream = hashlib.shake_256(b"rowscope: planes of sketches").digest(FINE * FINE * SKETCH // 8)
    bits = np.unpackbits(np.frombuffer(stream, np.uint8)).astype(np.float32)
    return (2 * bits - 1).reshape(FINE * FINE, SKETCH)


def alike(left: Looks, right: Looks) -> Pairs:
    """Pairs of films, one of each side, that look like copies, with their fine likeness.

    Every film of the smaller side is held against all of the other by coarse thumbnails, and the
    likest few by fine ones: memory stays bounded, and ten thousand films take seconds.
    """
    if len(left.films) > len(right.films):
        return [(one, other, value) for other, one, value in alike(right, left)]
    found = list(_candidates(left.coarse, right.coarse)) if len(left.films) else []
    if not found:
        return []
    first, second = np.array(found).T
    return _fine(left.films, right.films, first, second)


def _candidates(left: Thumbnails, right: Thumbnails) -> Iterator[tuple[int, int]]:
    partners = min(_PARTNERS, len(right))
    block = max(1, _BLOCK // len(right))
    starts = range(0, len(left), block)
    for start in paced(starts, "comparing films", len(starts)):
        likeness = left[start : start + block] @ right.T
        best = np.argpartition(likeness, -partners, axis=1)[:, -partners:]
        values = np.take_along_axis(likeness, best, axis=1)
        for film, place in zip(*np.nonzero(values >= _COARSE_NEAR), strict=True):
            yield start + int(film), int(best[film, place])


def _fine(left: Films, right: Films, first: NDArray[np.int64], second: NDArray[np.int64]) -> Pairs:
    near: Pairs = []
    for start in range(0, len(first), 8 * _TOGETHER):
        ones, others = (side[start : start + 8 * _TOGETHER] for side in (first, second))
        likeness = (_some(left, ones) * _some(right, others)).sum(axis=1)
        near += [
            (int(ones[place]), int(others[place]), float(likeness[place]))
            for place in np.flatnonzero(likeness >= NEAR)
        ]
    return near


def _some(films: Films, chosen: NDArray[np.int64]) -> Thumbnails:
    """Fine thumbnails of some films, each drawn once however often it is chosen."""
    unique, places = np.unique(chosen, return_inverse=True)
    return np.asarray(thumbnails(films.take(unique), FINE)[places])


def _ranks(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Ranks of the cells of each film (n, s, s), ties in the middle of theirs.

    Noise of the last bits makes no difference.
    """
    from scipy.stats import rankdata  # noqa: PLC0415 - a second, and readers of films need it not

    levels = np.rint(cells.reshape(len(cells), -1) * 1e6)
    return np.asarray(rankdata(levels, axis=1) - 1, np.float32).reshape(cells.shape)


def _detail(cells: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cells (n, s, s) less the mean of the 5 × 5 around each, the edges being continued."""
    framed = np.pad(cells.astype(np.float64), ((0, 0), (2, 2), (2, 2)), mode="edge")
    sums = np.pad(framed.cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0)))
    high = sums[:, 5:] - sums[:, :-5]
    return np.asarray(cells - (high[:, :, 5:] - high[:, :, :-5]) / 25)


def _unit(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    flat = cells.reshape(len(cells), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True).clip(min=1e-9))
