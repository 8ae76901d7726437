"""Pixels and a row-wise map → RGB, at the resolution of the screen."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.imaging import apply_voi, encoded_rgb, from_oklab, linear_rgb, oklab
from engine.types import Floats, Frame, Heatmap, Voi
from viewer.kit import theme

# -------------------------------------------------------------------- pyramid and colours
# Pixels and a row-wise map → RGB: pure numpy, quick enough for every step of a drag.
#
# The map sets hue and chroma only; the luminance of every pixel stays the film's, so no anatomy
# is covered (OKLab: Ottosson 2020; CIE L* depends on luminance alone). Only near black and near
# white, where a screen can show no chroma, it lifts or lowers the lightness as well: by at most
# `LIFT`, and always so that a brighter pixel of the film stays the brighter one.

Question = Literal["state", "influence"]
Rgb32 = NDArray[np.uint32]
Numbers = NDArray[np.float64]
Bands = tuple[tuple[int, int, int], ...]

CHROMA = 0.115  # OKLab chroma of a full map value
LIFT = 10.0  # L* by which a full map value lightens black, and darkens white
LIFTED = 25.0  # L* from black, and from white, within which it does; in between lightness stays
NEAREST_FROM = 4.0  # device pixels per stored pixel from which single pixels are shown
MAP_STEPS = 129  # map values that are told apart; odd, so that zero is one of them
_IMAGE = 0.5  # least share of a drawn pixel that is image and not padding
_BACKGROUND = 0xFF000000 | int(theme.ON_FILM.pane[1:], 16)
_PAIRS = {
    "state": (theme.ON_FILM.state_negative, theme.ON_FILM.state_positive),
    "influence": (theme.ON_FILM.influence_negative, theme.ON_FILM.influence_positive),
}
_LUMINANCE = np.array([0.2126729, 0.7151522, 0.0721750])


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """A frame at full, half, quarter … size: level k averages squares of 2ᵏ stored pixels.

    Attributes:
        levels: (R / 2ᵏ, C / 2ᵏ) modality values.
        colours: The same of a colour frame, (…, 3); empty for a grey one.
        shares: How much of each value is image and not padding, 0…1; empty where all is.
    """

    levels: tuple[NDArray[np.float32], ...]
    colours: tuple[NDArray[np.uint8], ...]
    shares: tuple[NDArray[np.float32], ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in stored pixels; the upper left corner of the film is (0, 0)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A drawn part of a film: pixels (h, w) as 0xffRRGGBB, and the stored area they cover."""

    pixels: Rgb32
    rect: Rect


def build_pyramid(frame: Frame) -> Pyramid:
    """Average a frame down to about 64 pixels, level by level; padding enters no average."""
    if frame.valid is not None:
        return _padded_pyramid(frame.values, frame.valid)
    levels = [np.ascontiguousarray(frame.values, np.float32)]
    while min(levels[-1].shape) >= 128:
        levels.append(_halved(levels[-1]))
    colours = [] if frame.colour is None else [frame.colour]
    while colours and len(colours) < len(levels):
        colours.append(np.rint(_halved(colours[-1].astype(np.float32))).astype(np.uint8))
    return Pyramid(tuple(levels), tuple(colours))


def _padded_pyramid(values: NDArray[np.float32], valid: NDArray[np.bool_]) -> Pyramid:
    shares = [valid.astype(np.float32)]
    levels = [np.where(valid, values, np.float32(0))]
    while min(levels[-1].shape) >= 128:
        share = _halved(shares[-1])
        total = _halved(levels[-1] * shares[-1])
        levels.append(total / np.maximum(share, np.float32(1e-9)))
        shares.append(share)
    return Pyramid(tuple(levels), (), tuple(shares))


def render_view(
    pyramid: Pyramid,
    voi: Voi,
    *,
    inverted: bool,
    heatmap: Heatmap | None,
    strength: float,
    part: Rect,
    scale: float,
) -> View:
    """Draw the visible part of a film at the resolution of the screen.

    Args:
        pyramid: From `build_pyramid`.
        voi: Window or VOI LUT.
        inverted: Whether the smallest value is white; never of padding.
        heatmap: Its values colour the stored rows between its edges, each band evenly; of one with
            columns, each cell evenly.
        strength: 0…1, of the map.
        part: What is visible, in stored pixels; may reach beyond the film.
        scale: Device pixels per stored pixel, in the direction that shows more detail.

    Returns:
        The pixels and the area they cover: at least the visible part of the film, by at most two
        pixels of the level more. From NEAREST_FROM on, each row comes several times, so that a
        band may end within a stored row.
    """
    level = level_for(pyramid, scale)
    size = 2**level
    shares = pyramid.shares[level] if pyramid.shares else None
    rows, columns = pyramid.levels[level].shape
    top, bottom = _span(part.top / size, part.bottom / size, rows)
    left, right = _span(part.left / size, part.right / size, columns)
    rect = Rect(left * size, top * size, right * size, bottom * size)
    if pyramid.colours and heatmap is None:
        return View(_packed(pyramid.colours[level][top:bottom, left:right], inverted), rect)
    grey = apply_voi(pyramid.levels[level][top:bottom, left:right], voi, inverted)
    padding = None if shares is None else shares[top:bottom, left:right] < _IMAGE
    if heatmap is None:
        pixels = np.take(_grey_table(), grey, mode="clip")
        return View(_without(padding, pixels), rect)
    fine = math.ceil(scale) if scale >= NEAREST_FROM else 1
    if heatmap.columns is not None:
        if padding is not None:
            padding = padding.repeat(fine, axis=0).repeat(fine, axis=1)
        fine_grey = grey.repeat(fine, axis=0).repeat(fine, axis=1) if fine > 1 else grey
        corner = (top * fine, left * fine)
        pixels = _celled(fine_grey, heatmap, corner, size=size / fine, strength=strength)
        return View(_without(padding, pixels), rect)
    bands = _bands(heatmap, top * fine, bottom * fine, size / fine)
    table = tint_table(heatmap.question, round(strength, 2))
    if padding is not None:
        padding = padding.repeat(fine, axis=0)
    pixels = _tinted(grey.repeat(fine, axis=0) if fine > 1 else grey, bands, table)
    return View(_without(padding, pixels), rect)


def _without(padding: NDArray[np.bool_] | None, pixels: Rgb32) -> Rgb32:
    """Draw what is no image as the pane behind the film, whatever window and inversion say."""
    if padding is not None:
        pixels[padding] = _BACKGROUND
    return pixels


def steps_at(edges: Numbers, rows: Numbers | float) -> NDArray[np.intp]:
    """The step whose band each stored row lies in."""
    return np.clip(np.searchsorted(edges, rows, side="right") - 1, 0, len(edges) - 2)


def table_places(heatmap: Heatmap) -> NDArray[np.intp]:
    """Row of the tint table for each value of a map: zero is the middle, ends are clipped."""
    low, high = heatmap.limits
    if heatmap.signed:
        shares = heatmap.values / (max(abs(low), abs(high)) or 1.0)  # −1…1
    else:
        shares = (heatmap.values - low) / ((high - low) or 1.0)  # 0…1
    middle = MAP_STEPS // 2
    clipped = np.clip(np.nan_to_num(shares), -1.0, 1.0)
    return np.asarray(np.rint(middle + clipped * middle), dtype=np.intp)


@lru_cache(maxsize=64)
def tint_table(question: Question, strength: float = 1.0) -> Rgb32:
    """Colours for [map value × grey level]: (129, 256) as 0xffRRGGBB.

    Each entry has the luminance of its grey level, but for what `LIFT` does at both ends, and, as
    far as a screen can show it, the chroma of its map value: at most CHROMA × strength.
    """
    values = np.linspace(-1.0, 1.0, MAP_STEPS)
    side = (values > 0).astype(np.intp)
    wanted = np.abs(values)[:, None] * strength  # (129, 1)
    lightness = _GREY_LIGHTNESS + wanted * _lift(_GREY_LIGHTNESS)  # (129, 256)
    most = np.stack([np.interp(lightness, _GREY_LIGHTNESS, one) for one in _most_chroma(question)])
    most = np.where(side[:, None], most[1], most[0])
    chroma = np.minimum(wanted * CHROMA, most)
    hue = _hues(question)[side][:, None] * np.ones(256)
    coloured = _coloured(_luminance(lightness), chroma, hue)
    rgb = np.rint(np.clip(encoded_rgb(coloured), 0.0, 1.0) * 255).astype(np.uint8)
    rgb[MAP_STEPS // 2] = np.arange(256)[:, None]  # zero leaves the film bare, bit for bit
    return _packed(rgb)


@lru_cache(maxsize=16)
def solid_lut(question: str, signed: bool = True, size: int = 256) -> NDArray[np.uint8]:  # noqa: FBT001, FBT002 - one of three settings of a table
    """Solid colours for ribbon, matrix and bars: (size, 3) uint8, dark at zero.

    Args:
        question: "state" or "influence".
        signed: Diverging around the middle; otherwise from zero at the start.
        size: Number of entries.
    """
    shares = np.linspace(-1.0 if signed else 0.0, 1.0, size)
    zero = oklab(_rgb(theme.ON_FILM.map_zero))
    negative, positive = (oklab(_rgb(name)) for name in _PAIRS[question])
    ends = np.where(shares[:, None] < 0, negative, positive)
    lab = zero + (ends - zero) * np.abs(shares)[:, None]
    table = np.rint(encoded_rgb(from_oklab(lab)) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


_BEYOND, _PALER = 0.75, 0.8  # of the way from the end's lightness to that of text; of its chroma


@lru_cache(maxsize=2)
def beyond_colours(question: str) -> NDArray[np.uint8]:
    """What marks a value beyond the negative and the positive end of a scale: (2, 3) uint8.

    Brighter than every colour of the scale, so that a cell of one pixel can be told from the end;
    of the end's hue and most of its chroma, so that both ends can be told apart.
    """
    lab = np.stack([oklab(_rgb(name)) for name in _PAIRS[question]])
    lab[:, 0] += (oklab(_rgb(theme.ON_FILM.text))[0] - lab[:, 0]) * _BEYOND
    lab[:, 1:] *= _PALER
    rgb = np.clip(from_oklab(lab), 0.0, 1.0)
    table = np.rint(encoded_rgb(rgb) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def beyond(values: Floats, limits: tuple[float, float]) -> tuple[bool, bool]:
    """Whether any value lies beneath the lower end of a scale, and above its upper one."""
    low, high = limits
    slack = 1e-4 * (high - low)  # rounding is no value beyond
    known = values[np.isfinite(values)]
    if not known.size:
        return False, False
    return bool(known.min() < low - slack), bool(known.max() > high + slack)


def _tinted(grey: NDArray[np.uint8], bands: Bands, table: Rgb32) -> Rgb32:
    """Look up rows of the same map value together: three times as quick as pixel by pixel."""
    pixels = np.empty(grey.shape, np.uint32)
    for start, end, place in bands:
        table[place].take(grey[start:end], out=pixels[start:end], mode="wrap")  # the quickest
    return pixels


def _celled(
    grey: NDArray[np.uint8],
    heatmap: Heatmap,
    corner: tuple[int, int],
    *,
    size: float,
    strength: float,
) -> Rgb32:
    """Colour grey levels by the cell of a map over rows and columns that each of them lies in.

    Args:
        grey: (h, w) drawn pixels.
        heatmap: With columns.
        corner: First row and column that are drawn.
        size: Stored pixels to a drawn one.
        strength: 0…1, of the map.
    """
    assert heatmap.columns is not None  # noqa: S101 - as the caller has seen
    (top, left), (rows, columns) = corner, grey.shape
    down = steps_at(heatmap.edges, (np.arange(top, top + rows, dtype=np.float64) + 0.5) * size)
    across = (np.arange(left, left + columns, dtype=np.float64) + 0.5) * size
    places = table_places(heatmap)[down][:, steps_at(heatmap.columns, across)]
    places *= 256  # grey levels
    places += grey
    return np.take(tint_table(heatmap.question, round(strength, 2)).ravel(), places, mode="clip")


@lru_cache(maxsize=8)  # the same at every step of a drag
def _bands(heatmap: Heatmap, top: int, bottom: int, size: float) -> Bands:
    """First row, last + 1 and place in the tint table of rows that share a map value.

    Args:
        heatmap: A value; the one that was asked for before is known again.
        top: First row that is drawn.
        bottom: Last + 1.
        size: Stored rows to a drawn row.
    """
    centres = (np.arange(top, bottom, dtype=np.float64) + 0.5) * size
    places = table_places(heatmap)[steps_at(heatmap.edges, centres)]
    starts = [int(start) for start in np.flatnonzero(np.diff(places, prepend=-1))]
    ends = pairwise((*starts, len(places)))
    return tuple((start, end, int(places[start])) for start, end in ends)


def _halved(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Average of 2 × 2; an odd last row or column is averaged with itself."""
    odd = [(0, values.shape[0] % 2), (0, values.shape[1] % 2)] + [(0, 0)] * (values.ndim - 2)
    even = np.pad(values, odd, mode="edge") if any(pad for _, pad in odd) else values
    total = even[::2, ::2] + even[1::2, ::2]
    total += even[::2, 1::2]
    total += even[1::2, 1::2]
    total *= np.float32(0.25)
    return total


def level_for(pyramid: Pyramid, scale: float) -> int:
    """The coarsest level that still has a sample for every device pixel."""
    wanted = int(np.floor(np.log2(1 / scale))) if scale < 1 else 0
    return min(wanted, len(pyramid.levels) - 1)


def _span(first: float, last: float, size: int) -> tuple[int, int]:
    start = min(max(int(np.floor(first)) - 1, 0), size - 1)
    return start, max(min(int(np.ceil(last)) + 1, size), start + 1)


@lru_cache(maxsize=1)
def _grey_table() -> Rgb32:
    return _packed(np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1))


def _packed(rgb: NDArray[np.uint8], inverted: bool = False) -> Rgb32:  # noqa: FBT001, FBT002 - private
    wide = (255 - rgb if inverted else rgb).astype(np.uint32)
    packed = (wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2] | 0xFF000000
    return np.asarray(packed, dtype=np.uint32)


@lru_cache(maxsize=2)
def _most_chroma(question: Question) -> Numbers:
    """The chroma up to CHROMA that a screen can show: (2, 256) for both hues and all greys."""
    hue = _hues(question)[:, None] * np.ones(256)
    luminance = np.broadcast_to(_GREY_LUMINANCE, hue.shape)
    # No colour of sRGB has more than 0.69 of its lightness as chroma (blue).
    inside, outside = np.zeros_like(hue), np.minimum(CHROMA, 0.69 * np.cbrt(luminance))
    inside = np.where(_in_gamut(_coloured(luminance, outside, hue)), outside, inside)
    for _ in range(18):
        middle = (inside + outside) / 2
        fits = _in_gamut(_coloured(luminance, middle, hue))
        inside, outside = np.where(fits, middle, inside), np.where(fits, outside, middle)
    return inside


def _coloured(luminance: Numbers, chroma: Numbers, hue: Numbers) -> Numbers:
    """Linear RGB of a hue and chroma, with the lightness that gives exactly this luminance."""
    a, b = chroma * np.cos(hue), chroma * np.sin(hue)
    lightness = np.cbrt(luminance)
    for _ in range(4):  # OKLab's lightness differs a little from luminance; converges at once
        rgb = from_oklab(np.stack([lightness, a, b], axis=-1))
        share = luminance / np.maximum(rgb @ _LUMINANCE, 1e-9)
        lightness = lightness * np.cbrt(share)
    return np.asarray(rgb * share[..., None])


def _in_gamut(rgb: Numbers) -> NDArray[np.bool_]:
    least = -1e-3 * np.abs(rgb @ _LUMINANCE)[..., None]  # relative, or black would take any hue
    result: NDArray[np.bool_] = np.all((rgb >= least) & (rgb <= 1 + 1e-6), axis=-1)
    return result


def _hues(question: Question) -> Numbers:
    """OKLab hue of the negative and of the positive colour, in radians."""
    labs = np.stack([oklab(_rgb(name)) for name in _PAIRS[question]])
    return np.asarray(np.arctan2(labs[:, 2], labs[:, 1]))


def _rgb(name: str) -> Numbers:
    """Linear RGB of a colour in six hexadecimal figures."""
    return linear_rgb(np.array([int(name[i : i + 2], 16) for i in (1, 3, 5)]) / 255)


def _lightness(luminance: Numbers) -> Numbers:
    """CIE 1976 L*, 0…100, of luminance 0…1."""
    return np.where(luminance > 216 / 24389, 116 * np.cbrt(luminance) - 16, luminance * 24389 / 27)


def _luminance(lightness: Numbers) -> Numbers:
    """What `_lightness` takes."""
    return np.where(lightness > 8, ((lightness + 16) / 116) ** 3, lightness * 27 / 24389)


def _lift(lightness: Numbers) -> Numbers:
    """L* by which a full map value changes the lightness; less, the farther from black or white.

    It falls by LIFT over LIFTED: slower than lightness itself grows, so that no two greys change
    places.
    """
    black, white = lightness / LIFTED, (100.0 - lightness) / LIFTED
    return LIFT * (np.clip(1.0 - black, 0.0, 1.0) - np.clip(1.0 - white, 0.0, 1.0))


def band_contrast(question: Question, one: float, other: float, strength: float = 1.0) -> Numbers:
    """How far apart two neighbouring bands of a map look on every grey of a film, (256,).

    Euclidean distance in OKLab of their colours; 0.02 is about the least that can be seen.

    Args:
        question: "state" or "influence".
        one: Map value of the one as a share of the scale, −1…1.
        other: Of the other.
        strength: As it is shown.
    """
    table = tint_table(question, strength)
    places = [round((share + 1.0) / 2.0 * (MAP_STEPS - 1)) for share in (one, other)]
    packed = table[places]  # (2, 256)
    rgb = np.stack([packed >> 16 & 255, packed >> 8 & 255, packed & 255], axis=-1) / 255
    apart = np.diff(oklab(linear_rgb(rgb)), axis=0)[0]
    return np.asarray(np.linalg.norm(apart, axis=-1))


_GREY_LUMINANCE = linear_rgb(np.arange(256) / 255)
_GREY_LIGHTNESS = _lightness(_GREY_LUMINANCE)


# -------------------------------------------------------------- sampling at screen pixels
# The visible film at the pixels of the screen, taken once per zoom and place.
#
# Window, map and strength then change the values of those pixels only: no step of a drag scales
# an image, which costs more than all the rest.


@dataclass(frozen=True, slots=True)
class Screen:
    """Where stored pixels lie on the screen, in device pixels.

    Attributes:
        left, top: Device pixel of the stored film's upper left corner; may lie outside the body.
        across, down: Device pixels per stored column and row; negative where they follow each
            other towards the left or the top.
        body: What is visible, in device pixels.
        level: Whether stored rows run across the screen; otherwise they run up and down, and
            stored columns follow each other from top to bottom.
    """

    left: float
    top: float
    across: float
    down: float
    body: Rect
    level: bool = True

    @property
    def scale(self) -> float:
        """Device pixels per stored pixel, in the direction that shows more detail."""
        return max(abs(self.across), abs(self.down))

    @property
    def part(self) -> Rect:
        """What is visible, in stored pixels; may reach beyond the film."""
        (start, low, high), (first, near, far) = self._columns, self._rows
        left, right = sorted(((low - start) / self.across, (high - start) / self.across))
        top, bottom = sorted(((near - first) / self.down, (far - first) / self.down))
        return Rect(left, top, right, bottom)

    def columns(self, count: int) -> tuple[int, int]:
        """First and last + 1 device pixel, along a stored row, whose middle lies on the film."""
        start, low, high = self._columns
        return _inside(start, count * self.across, low, high)

    def rows(self, count: int) -> tuple[int, int]:
        """First and last + 1 device pixel, along a stored column, whose middle is on the film."""
        start, low, high = self._rows
        return _inside(start, count * self.down, low, high)

    def column_places(self, count: int) -> Numbers:
        """Stored columns at the middles of these device pixels, 0 at the edge of the film."""
        first, last = self.columns(count)
        return (np.arange(first, last, dtype=np.float64) + 0.5 - self._columns[0]) / self.across

    def row_places(self, count: int) -> Numbers:
        """Stored rows at the middles of these device pixels."""
        first, last = self.rows(count)
        return (np.arange(first, last, dtype=np.float64) + 0.5 - self._rows[0]) / self.down

    @property
    def _columns(self) -> tuple[float, float, float]:
        """Device pixel of the first column's edge; of the two edges of the body."""
        if self.level:
            return self.left, self.body.left, self.body.right
        return self.top, self.body.top, self.body.bottom

    @property
    def _rows(self) -> tuple[float, float, float]:
        if self.level:
            return self.top, self.body.top, self.body.bottom
        return self.left, self.body.left, self.body.right


def sampled(pyramid: Pyramid, screen: Screen) -> Pyramid:
    """One level with a value for every device pixel, linear between the nearest four.

    Its rows and columns run along the stored ones, in the order of the screen: a mirrored film
    comes mirrored, one turned by 90° has to be laid on its side.
    """
    count_rows, count_columns = pyramid.levels[0].shape
    level = level_for(pyramid, screen.scale)
    values, size = pyramid.levels[level], 2**level
    rows = screen.row_places(count_rows) / size - 0.5
    columns = screen.column_places(count_columns) / size - 0.5

    def at_pixels(level: Floats) -> Floats:
        narrow = _between(level.T, columns).T  # (R, w)
        return np.ascontiguousarray(_between(narrow, rows))

    if not pyramid.shares:
        return Pyramid((at_pixels(values),), ())
    shares = pyramid.shares[level]
    share = at_pixels(shares)
    mixed = at_pixels(np.asarray(values * shares, np.float32))
    mixed /= np.maximum(share, np.float32(1e-9))
    return Pyramid((mixed,), (), (share,))


def on_screen(heatmap: Heatmap, screen: Screen, rows: int, columns: int = 0) -> Heatmap:
    """A map whose edges count rows and columns of a `sampled` film of so many stored ones."""
    if heatmap.columns is not None:
        near, _ = screen.columns(columns)
        begin = screen.left if screen.level else screen.top
        across = heatmap.columns * screen.across + (begin - near)
        if screen.across < 0:
            heatmap = replace(heatmap, columns=across[::-1], values=heatmap.values[:, ::-1])
        else:
            heatmap = replace(heatmap, columns=across)
    first, _ = screen.rows(rows)
    start = screen.top if screen.level else screen.left
    edges = heatmap.edges * screen.down + (start - first)
    if screen.down < 0:
        return replace(heatmap, edges=edges[::-1], values=heatmap.values[::-1])
    return replace(heatmap, edges=edges)


def _inside(start: float, length: float, low: float, high: float) -> tuple[int, int]:
    near, far = sorted((start, start + length))
    first = max(round(near), int(np.floor(low)))
    return first, max(min(round(far), int(np.ceil(high))), first)


def _between(values: Floats, places: NDArray[np.float64]) -> Floats:
    """Linear between neighbouring rows; beyond the ends the last row is repeated."""
    last = len(values) - 1
    below = np.clip(np.floor(places).astype(np.intp), 0, last)
    share = np.clip(places - below, 0.0, 1.0).astype(np.float32)[:, None]
    result = values[below]
    result += share * (values[np.minimum(below + 1, last)] - result)
    return np.asarray(result, np.float32)
