"""How far answers move when films change in ways that mean nothing, and what shape tells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from engine.calibration import softmax
from engine.films import Films, FolderLayout, predict, stored_frames
from engine.imaging import film_area
from engine.measure.figures import (
    Doubles,
    Estimate,
    Statistic,
    area,
    area_figure,
    area_under_curve,
    drawn_area,
    enough_patients,
    intervals,
    mean,
    resampling,
    share,
    told_figure,
    untold,
)
from engine.measure.shifts import at_threshold
from engine.network import RowNetwork
from engine.preparation import frame_of
from engine.progress import Progress, paced, silent
from engine.sequence import refusal, to_sequence
from engine.types import (
    AtThreshold,
    Booleans,
    Figure,
    Floats,
    Frame,
    InputFormat,
    Nuisance,
    NuisanceChange,
    ShapeTold,
)
from engine.words import Sentence

# ------------------------------------------------------------ what means nothing to a film
# Changes of one film. Those of place ask which part of the plane is seen: shares of the film's
# height and width, beyond 0 and 1 where there was no film before.

_STRETCH = 1.2
_BLUR = 0.005  # σ of a Gaussian, as a share of the shorter side: a pixel of 200
_BRIGHTER = 0.1  # of the film's range
_GAMMA = 2**0.4
_BLOCK = 8  # pixels of a JPEG block
# How coarsely JPEG keeps the 64 waves of a block at quality 50 (ITU-T T.81, table K.1).
_COARSE: Final = np.array(
    [
        (16, 11, 10, 16, 24, 40, 51, 61), (12, 12, 14, 19, 26, 58, 60, 55),
        (14, 13, 16, 24, 40, 57, 69, 56), (14, 17, 22, 29, 51, 87, 80, 62),
        (18, 22, 37, 56, 68, 109, 103, 77), (24, 35, 55, 64, 81, 104, 113, 92),
        (49, 64, 78, 87, 103, 121, 120, 101), (72, 92, 95, 98, 112, 100, 103, 99),
    ],
    np.float32,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Framing:
    """A part of the plane of a film, and as what it is stored.

    Attributes:
        top, bottom, left, right: Of what is seen, in heights and widths of the film.
        rows, columns: Of what is stored, in those of the film.
        beyond: What stands where there was no film: its edge goes on, or a frame.
    """

    top: float = 0.0
    bottom: float = 1.0
    left: float = 0.0
    right: float = 1.0
    rows: float = 1.0
    columns: float = 1.0
    beyond: Literal["edge", "dark", "light"] = "edge"


def _cut(each: float, beyond: Literal["edge", "dark", "light"] = "edge") -> Framing:
    """So much less at each side; more where it is negative."""
    size = 1 - 2 * each
    return Framing(each, 1 - each, each, 1 - each, size, size, beyond)


_LESS = 0.5 - 0.5 / _STRETCH
PLACES: Final[Mapping[str, Framing]] = {
    "wider": Framing(columns=_STRETCH),
    "higher": Framing(rows=_STRETCH),
    "wider-inside": Framing(left=_LESS, right=1 - _LESS),
    "higher-inside": Framing(top=_LESS, bottom=1 - _LESS),
    "cropped-little": _cut(0.05),
    "cropped-much": _cut(0.1),
    "dark-frame": _cut(-0.05, "dark"),
    "light-frame": _cut(-0.05, "light"),
    "shifted-left": Framing(left=0.05, right=1.05),
    "shifted-right": Framing(left=-0.05, right=0.95),
    "shifted-up": Framing(top=0.05, bottom=1.05),
    "shifted-down": Framing(top=-0.05, bottom=0.95),
}


def seen(frame: Frame, view: Framing) -> Frame:
    """A frame of which a part is seen, values between pixels along straight lines."""
    rows, columns = frame.values.shape
    down = _positions(rows, view.top, view.bottom, max(round(rows * view.rows), 1))
    across = _positions(columns, view.left, view.right, max(round(columns * view.columns), 1))
    values = _between(_between(frame.values, down, 0), across, 1)
    valid = frame.valid
    if valid is not None:
        valid = valid[np.ix_(_nearest(down, rows), _nearest(across, columns))]
    if view.beyond != "edge":
        outside = _beyond(down, rows)[:, None] | _beyond(across, columns)
        low, high = float(frame.inside.min()), float(frame.inside.max())
        dark, light = (high, low) if frame.image.inverted else (low, high)
        values = np.where(outside, np.float32(dark if view.beyond == "dark" else light), values)
        valid = None if valid is None else valid | outside
    return _with(frame, values, valid)


def _positions(size: int, first: float, last: float, count: int) -> Doubles:
    """Where the middles of `count` pixels lie, in pixels of an axis of `size`."""
    middles = np.arange(count, dtype=np.float64) + 0.5
    return np.asarray(size * (first + middles * ((last - first) / count)) - 0.5)


def _between(values: Floats, positions: Doubles, axis: int) -> Floats:
    most = values.shape[axis] - 1
    inside = np.clip(positions, 0, most)
    if len(inside) == most + 1 and np.array_equal(inside, np.arange(most + 1)):
        return values
    before = np.minimum(inside.astype(np.int64), max(most - 1, 0))
    part = (inside - before).astype(np.float32)
    part = part[:, None] if axis == 0 else part
    first, second = values.take(before, axis), values.take(np.minimum(before + 1, most), axis)
    return np.asarray(first + part * (second - first), np.float32)


def _nearest(positions: Doubles, size: int) -> NDArray[np.int64]:
    return np.clip(np.rint(positions), 0, size - 1).astype(np.int64)


def _beyond(positions: Doubles, size: int) -> Booleans:
    return np.asarray((positions < -0.5) | (positions > size - 0.5))


def _with(frame: Frame, values: Floats, valid: Booleans | None) -> Frame:
    image = replace(frame.image, rows=values.shape[0], columns=values.shape[1])
    return replace(
        frame, image=image, values=values, valid=valid, colour=None, exact=None, content=""
    )


def _toned(change: Callable[[Floats], Floats]) -> Callable[[Frame], Frame]:
    """A change of a film's values, of which the least is 0 and the greatest 1."""

    def changed(frame: Frame) -> Frame:
        low, high = float(frame.inside.min()), float(frame.inside.max())
        if high <= low:
            return frame
        values = np.clip((frame.values - low) / (high - low), 0, 1)
        values = 1 - values if frame.image.inverted else values
        made = np.clip(change(values.astype(np.float32)), 0, 1)
        made = 1 - made if frame.image.inverted else made
        return _with(frame, (low + made * (high - low)).astype(np.float32), frame.valid)

    return changed


def _blurred(values: Floats) -> Floats:
    from scipy.ndimage import gaussian_filter  # noqa: PLC0415 - 0.2 s, and no reader needs it

    return np.asarray(gaussian_filter(values, _BLUR * min(values.shape), mode="nearest"))


def _compressed(values: Floats) -> Floats:
    """What JPEG leaves of grey values at quality 50: the waves of each block, rounded."""
    from scipy.fft import dctn, idctn  # noqa: PLC0415 - as above

    rows, columns = values.shape
    padded = np.pad(values, ((0, -rows % _BLOCK), (0, -columns % _BLOCK)), mode="edge")
    down, across = (size // _BLOCK for size in padded.shape)
    blocks = 255 * padded.reshape(down, _BLOCK, across, _BLOCK).swapaxes(1, 2) - 128
    waves = dctn(blocks, axes=(2, 3), norm="ortho")
    kept = idctn(np.rint(waves / _COARSE) * _COARSE, axes=(2, 3), norm="ortho")
    grey = np.rint(kept + 128).swapaxes(1, 2).reshape(padded.shape)
    return np.asarray(grey[:rows, :columns] / 255, np.float32)


TONES: Final[Mapping[str, Callable[[Frame], Frame]]] = {
    "blurred": _toned(_blurred),
    "compressed": _toned(_compressed),
    "brighter": _toned(lambda values: values + np.float32(_BRIGHTER)),
    "darker": _toned(lambda values: values - np.float32(_BRIGHTER)),
    "gamma-up": _toned(lambda values: values ** np.float32(_GAMMA)),
    "gamma-down": _toned(lambda values: values ** np.float32(1 / _GAMMA)),
}
_NOTHING_TO_RANKS = ("brighter", "darker", "gamma-up", "gamma-down")


def changes_for(fmt: InputFormat) -> dict[str, Callable[[Frame], Frame]]:
    """Every change that is asked of a reader; one of ranks keeps no tones, so these are not."""
    made: dict[str, Callable[[Frame], Frame]] = {
        name: lambda frame, view=view: seen(frame, view)  # type: ignore[misc]
        for name, view in PLACES.items()
    }
    left_out = _NOTHING_TO_RANKS if fmt.intensity == "rank" else ()
    return made | {name: tone for name, tone in TONES.items() if name not in left_out}


# -------------------------------------------------------------- answers to changed films

FILMS: Final = 300  # of an evaluation: a change is then read in a second or two
_LARGEST: Final = 512  # pixels of a side; a film of more is first averaged, as many readers do
_AT_ONCE: Final = 32  # films whose changes are held in memory
_NATIVE = "native"


@dataclass(frozen=True, slots=True, eq=False)
class FilmAnswerer:
    """Who reads the changed films.

    Attributes:
        network: In evaluation mode.
        input: What it reads.
        positive: Index of the finding; None for a plain choice.
        threshold: Least probability that is called the finding.
    """

    network: RowNetwork
    input: InputFormat
    positive: int | None
    threshold: float


def nuisance_of(
    reader: FilmAnswerer,
    films: Films,
    *,
    where: Sentence,
    source: tuple[Path, FolderLayout] | None = None,
    shape: ShapeTold | None = None,
    most: int = FILMS,
    seed: int = 0,
    report: Progress = silent,
) -> Nuisance | None:
    """Measure how far answers move, on films of patients that are drawn.

    Args:
        reader: The model.
        films: Of one split, as it reads them.
        where: What these films are, in words.
        source: What they were read from, and how: their files are then changed before the model
            reads them. None changes the model's rows instead, which are coarser.
        shape: What was found of it, see `shape_told`.
        most: Films that are drawn.
        seed: Of the draw.
        report: Told in words what is being done.

    Returns:
        None without films.
    """
    if not len(films):
        return None
    chosen = drawn_films(films.patients, most=most, seed=seed)
    some = films.take(chosen)
    report(f"changing {len(some):,} films in ways that mean nothing")
    frames = rows_as_frames(some) if source is None else film_frames(some, *source)
    places, logits = _answered(reader, some, frames)
    if not places:
        return None
    some = some.take(np.array(places, np.int64))
    return _told(
        reader,
        some,
        logits,
        words=where if len(some) == len(films) else some_of(len(some), where),
        stored=source is not None,
        shape=shape,
    )


def drawn_films(patients: NDArray[np.str_], *, most: int, seed: int) -> NDArray[np.int64]:
    """Indices of the films of patients who are drawn until there are enough, in their order."""
    names, places = np.unique(patients, return_inverse=True)
    rank = np.random.default_rng(seed).permutation(len(names))[places]
    return np.sort(np.argsort(rank, kind="stable")[:most])


def some_of(count: int, whole: Sentence) -> Sentence:
    """Some of films that are known by a sentence."""
    return Sentence("source.some", some=count, whole=whole)


def film_frames(films: Films, source: Path, layout: FolderLayout) -> Iterator[tuple[int, Frame]]:
    """Number and frame of each film as it is stored."""
    places = {str(name): place for place, name in enumerate(films.names)}
    for name, frame in stored_frames(source, layout, places):
        yield places[name], frame


def rows_as_frames(films: Films) -> Iterator[tuple[int, Frame]]:
    """Model rows as if they were films: bright is bright, and a cell as wide as high."""
    for place, height in enumerate(films.heights.tolist()):
        yield place, frame_of(films.rows[place, :height].astype(np.float32), value_range=(0, 1))


def _answered(
    reader: FilmAnswerer, films: Films, frames: Iterable[tuple[int, Frame]]
) -> tuple[list[int], dict[str, Doubles]]:
    """Which films were read, and the logits (n, K) of each change; NaN of a refused film."""
    changes = changes_for(reader.input)
    places: list[int] = []
    found: dict[str, list[Doubles]] = {}
    left = iter(paced(frames, "changing films", len(films)))
    while some := list(islice(left, _AT_ONCE)):
        made: dict[str, list[Floats | None]] = {}
        for place, frame in some:
            places.append(place)
            rows = _varied(frame, reader.input, changes, float(films.aspects[place]))
            for name, one in rows.items():
                made.setdefault(name, []).append(one)
        for name, rows_of in made.items():
            found.setdefault(name, []).append(_logits(reader.network, rows_of))
    return places, {name: np.concatenate(parts) for name, parts in found.items()}


def _varied(
    frame: Frame,
    fmt: InputFormat,
    changes: Mapping[str, Callable[[Frame], Frame]],
    aspect: float,
) -> dict[str, Floats | None]:
    """The rows (M, W) of a film as it is (""), of each change, and at its native shape."""
    plain = alone(frame, fmt)
    refused = refusal(plain.image, fmt) is not None
    made = {"": plain} | {name: change(plain) for name, change in changes.items()}
    if np.isfinite(aspect):
        made[_NATIVE] = seen(plain, native_framing(plain, aspect))
    rows: dict[str, Floats | None] = {_NATIVE: None}
    for name, one in made.items():
        no_more = fmt.aspect == "keep" and not refused and refusal(one.image, fmt)
        rows[name] = None if no_more else to_sequence(one, fmt).rows
    return rows


def native_framing(frame: Frame, aspect: float) -> Framing:
    """A film at its native width over height."""
    rows, columns = frame.values.shape
    return Framing(columns=aspect * rows / (columns * frame.header.pixel_aspect))


def alone(frame: Frame, fmt: InputFormat) -> Frame:
    """The film without its padding, at a size that is quick to change."""
    place = film_area(frame)
    inside = np.s_[place.top : place.bottom, place.left : place.right]
    valid = None if frame.valid is None else frame.valid[inside]
    alone = _with(frame, frame.values[inside], None if valid is None or valid.all() else valid)
    largest = max(_LARGEST, 2 * fmt.rows, 2 * fmt.columns)
    times = -(-max(alone.values.shape) // largest)
    return alone if times < 2 else _coarser(alone, times)


def _coarser(frame: Frame, times: int) -> Frame:
    """Means of as many pixels down as across; what is left over at the ends is cut off."""
    rows, columns = (size // times for size in frame.values.shape)
    if not rows or not columns:
        return frame
    inside = np.s_[: rows * times, : columns * times]
    blocks = frame.values[inside].reshape(rows, times, columns, times)
    valid = frame.valid
    if valid is not None:
        valid = np.asarray(valid[inside].reshape(rows, times, columns, times).all(axis=(1, 3)))
        if not valid.any():
            return frame
    return _with(frame, np.asarray(blocks.mean(axis=(1, 3)), np.float32), valid)


def _logits(network: RowNetwork, rows: Sequence[Floats | None]) -> Doubles:
    """(n, K), NaN of what is not read."""
    read = [place for place, one in enumerate(rows) if one is not None]
    classes = network.config.classes
    found = np.full((len(rows), classes), np.nan)
    if not read:
        return found
    kept = [one for one in rows if one is not None]
    heights = np.array([len(one) for one in kept], np.int64)
    films = np.zeros((len(kept), int(heights.max()), kept[0].shape[1]), np.float16)
    for place, one in enumerate(kept):
        films[place, : len(one)] = one
    found[read] = predict(network, films, heights=heights)
    return found


# ---------------------------------------------------------------------- figures of a change


def _told(
    reader: FilmAnswerer,
    films: Films,
    logits: Mapping[str, Doubles],
    *,
    words: Sentence,
    stored: bool,
    shape: ShapeTold | None,
) -> Nuisance:
    read = _Read(reader, films, logits[""])
    changes = [
        read.change(name, found)
        for name, found in logits.items()
        if name and np.isfinite(found).all(axis=1).any()
    ]
    changes.sort(key=lambda one: -one.moved.value)
    return Nuisance(
        source=words,
        stored=stored,
        area=read.area,
        as_read=read.told(np.ones(len(films), dtype=np.bool_), read.before),
        changes=tuple(changes),
        shape=shape,
        threshold=read.threshold(np.ones(len(films), dtype=np.bool_), read.before),
    )


class _Read:
    """Films as they were read, and what a change makes of their answers."""

    def __init__(self, reader: FilmAnswerer, films: Films, logits: Doubles) -> None:
        self._reader, self._films = reader, films
        self.before = softmax(logits)
        self._said = self._answers(self.before)
        positive = reader.positive
        self._present = np.equal(films.labels, -1 if positive is None else positive)
        self.area = positive is not None and 0 < int(self._present.sum()) < len(films)

    def change(self, name: str, logits: Doubles) -> NuisanceChange:
        """What changed films come to, against the same films as they are."""
        read = np.asarray(np.isfinite(logits).all(axis=1))
        after = np.where(read[:, None], softmax(np.nan_to_num(logits)), self.before)
        every = np.arange(len(self.before))
        of = self._said if self._reader.positive is None else self._reader.positive
        moved = np.abs(after[every, of] - self.before[every, of])[read]
        crossed = (self._answers(after) != self._said)[read]
        owners = self._films.patients[read]
        unread = 0 if name == _NATIVE else int((~read).sum())
        return NuisanceChange(
            name=name,
            moved=told_figure(_mean(moved, owners)),
            most=float(np.quantile(moved, 0.9)),
            crossed=told_figure(share(crossed, owners)),
            told=self.told(read, after),
            refused=unread,
            threshold=self.threshold(read, after),
        )

    def threshold(self, chosen: Booleans, probabilities: Doubles) -> AtThreshold | None:
        """What threshold and calibration of a finding come to on some films."""
        positive = self._reader.positive
        if positive is None or probabilities.shape[1] != 2:
            return None
        return at_threshold(
            probabilities[chosen, positive],
            np.asarray(self._present[chosen]),
            self._films.patients[chosen],
            threshold=self._reader.threshold,
        )

    def told(self, chosen: Booleans, probabilities: Doubles) -> Figure:
        """The area of some films, or the share that is answered rightly."""
        owners = self._films.patients[chosen]
        present = self._present[chosen]
        if self.area and 0 < int(present.sum()) < len(present):
            scores = probabilities[chosen, self._reader.positive or 0]
            return told_figure(area_under_curve(present, scores, patients=owners))
        right = self._answers(probabilities)[chosen] == self._films.labels[chosen]
        return told_figure(share(right, owners))

    def _answers(self, probabilities: Doubles) -> NDArray[np.int64]:
        """(N,) the class that is answered, of two by the threshold."""
        positive = self._reader.positive
        if positive is not None and probabilities.shape[1] == 2:
            found = probabilities[:, positive] >= self._reader.threshold
            return np.where(found, positive, 1 - positive)
        return np.asarray(probabilities.argmax(axis=1), np.int64)


def _mean(values: Doubles, patients: NDArray[np.str_]) -> Estimate:
    drawn = resampling(np.zeros(len(values), np.int64), patients)
    value = float(values.mean())
    if not enough_patients(drawn.places):
        return untold(value, len(values))
    low, high = intervals(drawn, {"mean": mean(values)})["mean"]
    return Estimate(value, float(low), float(high), len(values))


# ------------------------------------------------------------------------ what shape tells

_STRATA = 10  # of films of about one shape
_IN_STRATUM = 20  # films, at least


def shape_told(
    scores: Doubles, films: Films, positive: int | None, *, threshold: float | None = None
) -> ShapeTold | None:
    """What the native shape of films tells of a finding, alone and beside the answers.

    Args:
        scores: (N,) the probability of the finding.
        films: N of them.
        positive: Index of the finding.
        threshold: Least probability that is called the finding; None asks for none.

    Returns:
        None where there is no finding, or shapes are known of too few films.
    """
    known = np.flatnonzero(np.isfinite(films.aspects))
    present = np.equal(films.labels[known], -1 if positive is None else positive)
    if len(known) < _IN_STRATUM or not 0 < int(present.sum()) < len(known):
        return None
    return shape_figures(
        present, scores[known], films.aspects[known], films.patients[known], threshold=threshold
    )


def shape_figures(
    present: Booleans,
    scores: Doubles,
    aspects: Doubles,
    patients: NDArray[np.str_],
    *,
    threshold: float | None = None,
) -> ShapeTold:
    """See `ShapeTold`; of films (N,) with the finding or without."""
    alone, wide = area_under_curve(present, aspects, patients=patients), aspects
    if alone.value < 0.5:  # a narrow film is then the one with the finding
        alone, wide = area_under_curve(present, -aspects, patients=patients), -aspects
    against = np.equal(present, wide < np.median(wide))
    count = max(1, min(_STRATA, len(present) // _IN_STRATUM))
    ends = np.quantile(aspects, np.arange(1, count) / count)
    matched = _matched(present, scores, np.searchsorted(ends, aspects, side="right"))
    return ShapeTold(
        alone=told_figure(alone),
        answers=told_figure(area_under_curve(present, scores, patients=patients)),
        matched=told_figure(_area_of(matched, present, patients)),
        groups=count,
        against=None
        if threshold is None
        else at_threshold(
            scores[against], present[against], patients[against], threshold=threshold
        ),
    )


def _matched(present: Booleans, scores: Doubles, strata: NDArray[np.int64]) -> Statistic:
    """Of all pairs of films of one stratum, one with the finding: those in the right order."""
    parts = []
    for stratum in np.unique(strata):
        films = np.flatnonzero(strata == stratum)
        if 0 < int(present[films].sum()) < len(films):
            parts.append((films, present[films], area(present[films], scores[films])))

    def measured(weights: Doubles) -> Doubles:
        right, every = np.zeros(len(weights)), np.zeros(len(weights))
        for films, there, of in parts:
            drawn = weights[:, films]
            pairs = drawn[:, there].sum(axis=1) * drawn[:, ~there].sum(axis=1)
            right += pairs * np.nan_to_num(of(drawn))
            every += pairs
        with np.errstate(invalid="ignore"):
            return np.asarray(right / every)

    return measured


def _area_of(measured: Statistic, present: Booleans, patients: NDArray[np.str_]) -> Estimate:
    drawn = resampling(present.astype(np.int64), patients)
    value = float(measured(np.ones((1, len(present))))[0])
    if np.isnan(value):
        return Estimate(0.5, 0.0, 1.0, len(present))
    if not drawn_area(value, present, drawn.places):
        return area_figure(value, present, drawn.places)
    low, high = intervals(drawn, {"area": measured})["area"]
    return Estimate(value, float(low), float(high), len(present))
