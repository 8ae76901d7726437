"""Random looks: tone, sharpness, compression and frame, by which collections differ."""

import math
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from engine.recipe import Augmentation

# ----------------------------------------------------------- random numbers for each film
# Random numbers, one for each film.


def between(rows: Tensor, largest: float, generator: torch.Generator) -> Tensor:
    """Draw one value per film, evenly from −largest to largest: (N, 1, 1)."""
    return (torch.rand(len(rows), 1, 1, generator=generator) * 2 - 1) * largest


def all_heights(rows: Tensor, heights: Tensor | None) -> Tensor:
    """Model rows (N,) of films (N, M, W), where nothing else is said all M."""
    return torch.full((len(rows),), rows.shape[1]) if heights is None else heights


# ------------------------------------------------------------------ random looks of films
# Random looks: what tells one collection of films from another, and nothing about the patient.
#
# Collections differ in sharpness, in tone, in how they were compressed, and in what is left
# around the film. Where each class comes from a collection of its own, a network tells the
# classes by that, and fails on the next collection. So every film is given many looks, each by
# its own draw. Films are (N, M, W) of one height, 0…1.

_BLOCK = 8  # rows and columns of a block in JPEG
_COARSE, _FINE = 40.0, 4.0  # steps of quantisation, of 255, at the ends of what is drawn
_SLOPE = 0.15  # how much coarser the steps get with each frequency; tables of encoders are alike
_LEVELS = 64  # of grey, whose shares give a tone curve
_STEEPEST = 4.0
_BAR = 0.2  # largest width of a bar, as a share of the film
_BLACK, _WHITE = 0.5, 0.8  # share of the bars that are black; share that is black or white
_REACH: Final = 3  # standard deviations after which a blur ends


def toned(rows: Tensor, plan: Augmentation, generator: torch.Generator) -> Tensor:
    """Return films (N, M, W) under other greys: style, tone, window."""
    rows = _style(rows, plan.style, generator)
    rows = evened(rows, plan.tone, generator)
    return _window(rows, plan.window, generator)


def worn(rows: Tensor, plan: Augmentation, generator: torch.Generator) -> Tensor:
    """Return films (N, M, W) as another file may hold them: sharpness, compression, bars."""
    rows = _sharpness(rows, plan.blur, plan.sharpen, generator=generator)
    rows = _compressed(rows, plan.jpeg, generator)
    return _bars(rows, plan.bars, generator)


def _chosen(rows: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Which films (N, 1, 1) a change meets."""
    return torch.rand(len(rows), 1, 1, generator=generator) < share


def _style(rows: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Blend the amplitudes of a film's frequencies with those of another (Xu 2021).

    The phases stay, and with them what is where; contrast, sharpness and the like go over.
    """
    if not share:
        return rows
    chosen = _chosen(rows, share, generator)
    other = torch.randperm(len(rows), generator=generator)
    weight = torch.rand(len(rows), 1, 1, generator=generator)
    waves = torch.fft.rfft2(rows)
    sizes = waves.abs()
    mixed = torch.polar((1 - weight) * sizes + weight * sizes[other], waves.angle())
    styled = torch.fft.irfft2(mixed, s=rows.shape[1:]).clamp(0.0, 1.0)
    return torch.where(chosen, styled, rows)


def evened(rows: Tensor, most: float, generator: torch.Generator) -> Tensor:
    """Bring the histogram of a film a part of the way to an even one.

    No curve is steeper than `_STEEPEST`: a flat background would else become all noise.
    """
    if not most:
        return rows
    weight = most * torch.rand(len(rows), 1, 1, generator=generator)
    flat = rows.flatten(start_dim=1)
    level = (flat * _LEVELS).long().clamp(0, _LEVELS - 1)
    shares = torch.zeros(len(flat), _LEVELS).scatter_add_(1, level, torch.ones_like(flat))
    shares = (shares / flat.shape[1]).clamp(max=_STEEPEST / _LEVELS)
    shares /= shares.sum(dim=1, keepdim=True)
    below = shares.cumsum(dim=1) - shares
    within = flat * _LEVELS - level
    even = (below.gather(1, level) + within * shares.gather(1, level)).reshape(rows.shape)
    return (1 - weight) * rows + weight * even


def _window(rows: Tensor, most: float, generator: torch.Generator) -> Tensor:
    """Clip a part of the range at either end, and spread what is left over the whole of it."""
    if not most:
        return rows
    low, high = torch.rand(2, len(rows), 1, 1, generator=generator) * most
    spread: Tensor = ((rows - low) / (1 - low - high)).clamp(0.0, 1.0)
    return spread


def _sharpness(rows: Tensor, blur: float, sharpen: float, *, generator: torch.Generator) -> Tensor:
    """Blur half of the films, sharpen the others by what a blur of one cell takes away."""
    if not blur and not sharpen:
        return rows
    draw = between(rows, 1.0, generator)
    softer = _blurred(rows, draw.clamp(min=0.0) * blur, most=blur) if blur else rows
    if not sharpen:
        return softer
    lost = rows - _blurred(rows, torch.ones_like(draw), most=1.0)
    return (softer - draw.clamp(max=0.0) * sharpen * lost).clamp(0.0, 1.0)


def _blurred(rows: Tensor, spread: Tensor, *, most: float) -> Tensor:
    """Films under Gaussians of their own spread (N, 1, 1), at most `most` model rows."""
    reach = min(math.ceil(_REACH * most), min(rows.shape[1:]) - 1)
    if reach < 1:
        return rows
    away = torch.arange(-reach, reach + 1, dtype=rows.dtype)
    kernel = torch.exp(-((away / spread[:, 0].clamp(min=1e-3)) ** 2) / 2)  # (N, 2·reach + 1)
    kernel /= kernel.sum(dim=1, keepdim=True)
    padded = functional.pad(rows[None], (reach,) * 4, mode="replicate")  # (1, N, M + …, W + …)
    count = len(rows)
    down = functional.conv2d(padded, kernel[:, None, :, None], groups=count)
    across: Tensor = functional.conv2d(down, kernel[:, None, None, :], groups=count)[0]
    return across


def _compressed(rows: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Round the frequencies of 8 × 8 blocks as JPEG does, the blocks at any offset."""
    if not share:
        return rows
    chosen = _chosen(rows, share, generator)
    level = torch.rand(len(rows), 1, 1, 1, 1, generator=generator)
    down, across = torch.randint(0, _BLOCK, (2,), generator=generator).tolist()
    high, wide = rows.shape[1:]
    below, right = (-(high + down)) % _BLOCK, (-(wide + across)) % _BLOCK
    padded = functional.pad(rows[None], (across, right, down, below), mode="replicate")[0]
    count = len(rows)
    tiles = padded.reshape(
        count, padded.shape[1] // _BLOCK, _BLOCK, padded.shape[2] // _BLOCK, _BLOCK
    ).permute(0, 1, 3, 2, 4)
    cosines = _cosines()
    order = torch.arange(_BLOCK)
    rising = 1 + _SLOPE * (order[:, None] + order[None, :])
    steps = _FINE * (_COARSE / _FINE) ** level * rising / 255
    waves = torch.round(cosines @ tiles @ cosines.T / steps) * steps
    made = (cosines.T @ waves @ cosines).permute(0, 1, 3, 2, 4).reshape(padded.shape)
    cut = made[:, down : down + high, across : across + wide].clamp(0.0, 1.0)
    return torch.where(chosen, cut, rows)


def _cosines() -> Tensor:
    """The orthonormal cosine transform of a block: (8 frequencies, 8 places)."""
    order = torch.arange(_BLOCK, dtype=torch.float32)
    waves = torch.cos(math.pi / _BLOCK * (order[None, :] + 0.5) * order[:, None])
    waves *= math.sqrt(2 / _BLOCK)
    waves[0] /= math.sqrt(2)
    return waves


def _bars(rows: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Cover the edges of some films with bars, as collimation or a frame that no tag declares.

    Each side has a bar in half of these films; all bars of a film are black, white or one grey.
    """
    if not share:
        return rows
    count, high, wide = rows.shape
    chosen = _chosen(rows, share, generator)
    sides = torch.rand(4, count, 1, 1, generator=generator) < 0.5
    widths = _BAR * torch.rand(4, count, 1, 1, generator=generator) * sides
    kind, grey = torch.rand(2, count, 1, 1, generator=generator)
    colour = torch.where(kind < _BLACK, 0.0, torch.where(kind < _WHITE, 1.0, grey))
    y = (torch.arange(high)[None, :, None] + 0.5) / high
    x = (torch.arange(wide)[None, None, :] + 0.5) / wide
    top, bottom, left, right = widths
    covered = (y < top) | (y > 1 - bottom) | (x < left) | (x > 1 - right)
    return torch.where(chosen & covered, colour, rows)
