"""Films turned, mirrored, inverted or made up: what the guard learns from.

All in model rows (N, M, W), 0…1. A kind of wrong film has a name, and `KINDS` their order.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from engine.films import ModelRows
from engine.sequence import ranks as ranks_of

Rows = NDArray[np.float32]

UPRIGHT = "upright"
KINDS = (
    "upside down", "mirrored", "inverted", "left side down", "right side down", "no such film",
)  # fmt: skip
_SMALLEST_BLOCK = 4  # model rows or columns of a block that is moved


def make_wrong(
    rows: ModelRows, kinds: NDArray[np.int64], *, ranks: bool, seed: int
) -> NDArray[np.float16]:
    """One wrong film of every film.

    Args:
        rows: (N, M, W) films as the model reads them.
        kinds: (N,) what becomes of each, an index of `KINDS`.
        ranks: Whether the model reads ranks; made-up films are ranked then too.
        seed: Of all draws.
    """
    return np.stack(list(each_wrong(rows, kinds, ranks=ranks, seed=seed)))


def each_wrong(
    rows: ModelRows, kinds: NDArray[np.int64], *, ranks: bool, seed: int
) -> Iterator[NDArray[np.float16]]:
    """The films of `make_wrong`, one by one."""
    rng = np.random.default_rng(seed)
    for stored, kind in zip(rows, kinds, strict=True):
        film = stored.astype(np.float32)
        made = _TURNS[KINDS[kind]](film, rng) if kind < len(_TURNS) else _no_film(film, rng)
        ranked = ranks_of(made) if ranks and kind >= len(_TURNS) else made
        yield ranked.astype(np.float16)


def upside_down(film: Rows, rng: np.random.Generator) -> Rows:
    """Top and bottom exchanged, or turned by half a turn."""
    return film[::-1] if rng.random() < 0.5 else film[::-1, ::-1]


def on_side(film: Rows, *, quarter: int, shape: tuple[int, int]) -> Rows:
    """Turned by a quarter, counted anticlockwise, then sampled back to the grid (M, W)."""
    turned = np.asarray(np.rot90(film, quarter))
    down = np.arange(shape[0]) * turned.shape[0] // shape[0]
    across = np.arange(shape[1]) * turned.shape[1] // shape[1]
    return np.asarray(turned[down][:, across])


def _sideways(quarter: int) -> Callable[[Rows, np.random.Generator], Rows]:
    def turn(film: Rows, rng: np.random.Generator) -> Rows:
        seen = film[:, ::-1] if rng.random() < 0.25 else film
        return on_side(seen, quarter=quarter, shape=(film.shape[0], film.shape[1]))

    return turn


def _inverted(film: Rows, rng: np.random.Generator) -> Rows:
    return 1 - (film[:, ::-1] if rng.random() < 0.1 else film)


def _mirrored(film: Rows, _rng: np.random.Generator) -> Rows:
    return film[:, ::-1]


_TURNS: dict[str, Callable[[Rows, np.random.Generator], Rows]] = {
    "upside down": upside_down,
    "mirrored": _mirrored,
    "inverted": _inverted,
    "left side down": _sideways(1),
    "right side down": _sideways(-1),
}


def _no_film(film: Rows, rng: np.random.Generator) -> Rows:
    makers = (_noise, _scrambled_rows, _scrambled_blocks, _gradient, _shuffled, _shapes)
    return makers[rng.integers(len(makers))](film, rng)


def _noise(film: Rows, rng: np.random.Generator) -> Rows:
    """White noise, or clouds of any size."""
    return _clouds(film.shape, int(rng.integers(1, 17)), rng)


def _scrambled_rows(film: Rows, rng: np.random.Generator) -> Rows:
    """Rows, or columns, in another order, singly or in bands."""
    turned = film.T if rng.random() < 0.5 else film
    band = int(rng.integers(1, max(len(turned) // 4, 1) + 1))
    bands = np.arange(len(turned)) // band
    order = np.argsort(_moved(bands[-1] + 1, rng)[bands], kind="stable")
    mixed = turned[order]
    return np.asarray(mixed.T if turned is not film else mixed)


def _scrambled_blocks(film: Rows, rng: np.random.Generator) -> Rows:
    """A chequered film whose pieces lie in another order."""
    size = int(rng.integers(_SMALLEST_BLOCK, max(min(film.shape) // 2, _SMALLEST_BLOCK) + 1))
    high, wide = film.shape[0] // size, film.shape[1] // size
    if high * wide < 2:
        return film[::-1, ::-1]
    mixed = film.copy()
    for to, of in enumerate(_moved(high * wide, rng)):
        down, across = divmod(to, wide)
        above, left = divmod(int(of), wide)
        mixed[down * size : (down + 1) * size, across * size : (across + 1) * size] = film[
            above * size : (above + 1) * size, left * size : (left + 1) * size
        ]
    return mixed


def _moved(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """A permutation that leaves nothing where it was (one cycle, Sattolo 1986)."""
    order = rng.permutation(count)
    moved = np.empty(count, np.int64)
    moved[order] = np.roll(order, 1)
    return moved


def _gradient(film: Rows, rng: np.random.Generator) -> Rows:
    """A ramp in any direction, straight or round, with a little noise."""
    down, across = _coordinates(film.shape)
    angle = rng.random() * 2 * np.pi
    ramp = np.cos(angle) * across + np.sin(angle) * down
    if rng.random() < 0.3:
        ramp = np.hypot(down - rng.normal(0, 0.3), across - rng.normal(0, 0.3))
        ramp *= rng.choice((-1, 1))
    return _stretched(ramp + rng.random() * 0.1 * rng.standard_normal(film.shape))


def _shuffled(film: Rows, rng: np.random.Generator) -> Rows:
    """The film's own pixels in any order, or its values under another order of greys."""
    if rng.random() < 0.5:
        return np.asarray(rng.permuted(film.ravel()).reshape(film.shape), np.float32)
    return np.asarray(np.abs(film - rng.uniform(0.3, 0.7)), np.float32)


def _shapes(film: Rows, rng: np.random.Generator) -> Rows:
    """A few bright or dark discs, boxes and strokes on an even or cloudy ground."""
    down, across = _coordinates(film.shape)
    drawn = rng.random() * 0.4 * _clouds(film.shape, 8, rng)
    for _ in range(rng.integers(1, 8)):
        middle, size = rng.uniform(-0.9, 0.9, 2), rng.uniform(0.05, 0.9, 2)
        angle = rng.random() * np.pi
        x = np.cos(angle) * (across - middle[1]) + np.sin(angle) * (down - middle[0])
        y = np.cos(angle) * (down - middle[0]) - np.sin(angle) * (across - middle[1])
        inside = np.hypot(x / size[0], y / size[1]) < 1
        if rng.random() < 0.5:
            inside = (np.abs(x) < size[0]) & (np.abs(y) < size[1] / 4)
        drawn = drawn + inside * rng.uniform(-0.5, 1.0)
    return _stretched(drawn + rng.random() * 0.1 * rng.standard_normal(film.shape))


def _clouds(shape: tuple[int, ...], size: int, rng: np.random.Generator) -> Rows:
    """Noise whose grains are about `size` pixels wide, 0…1."""
    coarse = rng.standard_normal((shape[0] // size + 2, shape[1] // size + 2))
    down, across = np.arange(shape[0]) / size, np.arange(shape[1]) / size
    above, left = down.astype(np.int64), across.astype(np.int64)
    y, x = (down - above)[:, None], (across - left)[None, :]
    top = (1 - x) * coarse[above][:, left] + x * coarse[above][:, left + 1]
    bottom = (1 - x) * coarse[above + 1][:, left] + x * coarse[above + 1][:, left + 1]
    return _stretched((1 - y) * top + y * bottom)


def _coordinates(shape: tuple[int, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Row and column positions from −1 to 1: (M, 1) and (1, W)."""
    return np.linspace(-1, 1, shape[0])[:, None], np.linspace(-1, 1, shape[1])[None, :]


def _stretched(values: NDArray[np.float64]) -> Rows:
    low, high = values.min(), values.max()
    return np.asarray((values - low) / max(high - low, 1e-9), np.float32)
