"""Is this film of the kind that a model reads? What header and pixels alone can tell; numpy only.

Each check is a value with its own words. None of them looks at what the film shows.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np

from engine.imaging.borders import WIDE, Borders, border_words, borders
from engine.population import population_checks
from engine.sequence import film_header, full_range, refusal
from engine.types import (
    Abstention,
    Check,
    FilmLimits,
    Floats,
    Frame,
    FrameHeader,
    Image,
    InputFormat,
    Population,
)
from engine.words import Sentence

_TABLE = 2**16  # whole values of so wide a range are counted without sorting them
_SAMPLED = 2**18  # pixels that are looked at, evenly over the film
_BEYOND = 1e-3  # of the header's range; rounding of a rescale slope is no fault
# Of the film's area. Few ordinary films have more, and a white frame of a fifth around a real film
# turned an answer over without a word from any other check; one of 15 % did not.
_MOST_BORDERS = 0.15
# A collimator leaves black; in frames of 25 % no answer turned over, and a real film has 20 %.
_MOST_BLACK = 0.25
_KINDS = ("kind", "examined part", "body part")
_OF_THE_KIND = ("view", "laterality", "orientation")
_UNCLEAR = "unclear kind"
_BEST_FIRST = (
    *_KINDS, "age", "sex", "view", "laterality", "orientation", "guard", _UNCLEAR, "surprise",
    "borders", "geometry", "levels", "clipping", "padding", "range",
)  # fmt: skip
_TOO_MUCH = ("clipping.too-bright", "clipping.too-dark")
_NOT_SEEN = Sentence("pixels.not-seen")


def film_checks(
    image: Image,
    fmt: InputFormat,
    *,
    limits: FilmLimits | None = None,
    population: Population | None = None,
    frame: Frame | None = None,
    seen: "Seen | None" = None,
) -> tuple[Check, ...]:
    """Everything that header and pixels say for and against reading a film.

    Args:
        image: The header.
        fmt: What the model is meant for (`engine.sequence.refusal`).
        limits: What else the model asks of a film; without them only `fmt` is held against it.
        population: Whose films the model is for; without it nobody's are held against it.
        frame: Pixels; without them their checks are "not checked".
        seen: Of the same pixels, where several models ask of them.
    """
    reason = refusal(image, fmt, frame)
    checks = [Check("kind", reason is None, reason or Sentence("kind.fits"))]
    if fmt.intensity == "full-range":
        checks.append(_depth(frame))
    checks += population_checks(image.identity, population)
    if limits is not None:
        header = frame.header if frame else None
        checks.append(_aspect(film_header(image, frame), header, limits))
        checks.append(_orientation(header, limits))
        checks += _pixels(limits, seen or (Seen(frame) if frame else None))
    return tuple(checks)


class Seen:
    """What is measured of a frame's pixels when a model first asks for it."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.header = frame.header

    @cached_property
    def sampled(self) -> Floats:
        """Values (n,), of large frames evenly sampled ones."""
        values = self._frame.inside.ravel()
        return np.ascontiguousarray(values[:: max(len(values) // _SAMPLED, 1)])

    @cached_property
    def levels(self) -> int:
        """Different values among the sampled ones."""
        values, low = self.sampled, float(self.sampled.min())
        if float(values.max()) - low >= _TABLE or not np.array_equal(values, np.rint(values)):
            return 1 + int(np.count_nonzero(np.diff(np.sort(values))))
        there = np.zeros(_TABLE, np.bool_)
        there[(values - low).astype(np.int32)] = True
        return int(np.count_nonzero(there))

    @cached_property
    def clipped(self) -> tuple[float, int]:
        """The larger share of sampled values at an end, and which: 1 the least, 0 the greatest."""
        values, count = self.sampled, self.sampled.size
        dark = np.count_nonzero(values == values.min()) / count
        bright = np.count_nonzero(values == values.max()) / count
        return max((dark, 1), (bright, 0))

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest value."""
        inside = self._frame.inside
        return float(inside.min()), float(inside.max())

    @cached_property
    def borders(self) -> Borders:
        """Bands of one value at the edges."""
        return borders(self._frame)


def reasons_of(checks: Iterable[Check]) -> tuple[Abstention, ...]:
    """One reason for each check that failed, the one that says most to a reader first.

    That is: of which kind the film is, whose it is, which way it was taken, whether it looks like
    the model's films, and then what is technical. A film that is plainly of another kind is not
    called turned besides: which way up it lies was asked of a film of the model's kind.
    """
    failed = [check for check in checks if check.passed is False]
    dropped = _OF_THE_KIND if is_another_kind(failed) else ()
    kept = [check for check in failed if check.name not in dropped]
    return tuple(Abstention(check.name, check.words) for check in sorted(kept, key=_place))


def is_another_kind(checks: Iterable[Check]) -> bool:
    """Whether a check found that the film is plainly of another kind than the model reads."""
    return any(
        check.passed is False and check.name in _KINDS and not check.doubtful for check in checks
    )


def _place(check: Check) -> tuple[int, int]:
    name = _UNCLEAR if check.name in _KINDS and check.doubtful else check.name
    return (_BEST_FIRST.index(name), 0) if name in _BEST_FIRST else (len(_BEST_FIRST), 1)


def _aspect(image: Image, header: FrameHeader | None, limits: FilmLimits) -> Check:
    aspect = image.columns * (header.pixel_aspect if header else 1.0) / image.rows
    fits = limits.narrowest <= aspect <= limits.widest
    if fits:
        words = Sentence("geometry.fits", aspect=aspect)
        return Check("geometry", passed=True, words=words, value=aspect)
    narrow = aspect < limits.narrowest
    limit = limits.narrowest if narrow else limits.widest
    words = Sentence(
        "geometry.narrow" if narrow else "geometry.wide",
        aspect=aspect,
        least=limits.narrowest,
        most=limits.widest,
    )
    return Check("geometry", passed=False, words=words, value=aspect, limit=limit)


def _orientation(header: FrameHeader | None, limits: FilmLimits) -> Check:
    """Frontal films are read head up, with the patient's left on the right."""
    letters = header.orientation if header else None
    if not limits.upright or letters is None:
        return Check("orientation", passed=None, words=Sentence("orientation.unsaid"))
    if letters.top[:1] not in {"H", ""}:
        words = Sentence("orientation.turned", top=letters.top)
        return Check("orientation", passed=False, words=words)
    if letters.left[:1] == "L":
        return Check("orientation", passed=False, words=Sentence("orientation.mirrored"))
    return Check("orientation", passed=True, words=Sentence("orientation.upright"))


def _pixels(limits: FilmLimits, seen: Seen | None) -> Iterator[Check]:
    if seen is None:
        for name in ("levels", "range", "clipping", *(["borders"] if limits.upright else [])):
            yield Check(name, passed=None, words=_NOT_SEEN)
        return
    yield _levels(seen.levels, limits)
    yield _range(*seen.ends, seen.header)
    yield _clipping(seen, limits)
    if limits.upright:  # of a patient; what is drawn on a sheet has a border by nature
        yield _borders(seen.borders)


def _depth(frame: Frame | None) -> Check:
    """A model that scales by the range of the numbers asks how many bits the film uses."""
    if frame is None:
        return Check("depth", passed=None, words=_NOT_SEEN)
    inside = frame.inside
    found = full_range(frame, float(inside.min()), float(inside.max()))
    if found == frame.header.value_range:
        return Check("depth", passed=True, words=Sentence("depth.declared"))
    low, high = frame.header.value_range
    words = Sentence("depth.smaller", least=found[0], most=found[1], low=low, high=high)
    return Check("depth", passed=True, words=words, doubtful=True)


def _levels(levels: int, limits: FilmLimits) -> Check:
    """Different values; a film of a few greys was not stored as it was taken."""
    passed = levels >= limits.levels
    words = Sentence("levels.enough", levels=levels)
    if not passed:
        words = Sentence("levels.few", levels=levels, needed=limits.levels)
    return Check("levels", passed, words, value=levels, limit=limits.levels)


def _range(darkest: float, brightest: float, header: FrameHeader) -> Check:
    low, high = header.value_range
    slack = _BEYOND * (high - low)
    if low - slack <= darkest and brightest <= high + slack:
        return Check("range", passed=True, words=Sentence("range.inside"))
    words = Sentence("range.outside", darkest=darkest, brightest=brightest, low=low, high=high)
    return Check("range", passed=False, words=words)


def _borders(found: Borders) -> Check:
    """Frames, paper and collimation that no tag declares move and shrink what the model reads."""
    share = found.total
    if share <= WIDE:
        words = Sentence("borders.none")
        return Check("borders", passed=True, words=words, value=share, limit=WIDE)
    taken = border_words(found)
    lit = found.lit > _MOST_BORDERS
    if not lit and share <= _MOST_BLACK:
        words = Sentence("borders.unusual", borders=taken)
        return Check("borders", passed=True, words=words, value=share, limit=WIDE, doubtful=True)
    limit = _MOST_BORDERS if lit else _MOST_BLACK
    words = Sentence("borders.lit" if lit else "borders.wide", borders=taken, limit=limit)
    value = found.lit if lit else share
    return Check("borders", passed=False, words=words, value=value, limit=limit)


def _clipping(seen: Seen, limits: FilmLimits) -> Check:
    share, end = seen.clipped
    passed = share <= limits.clipped
    code = ("clipping.bright", "clipping.dark") if passed else _TOO_MUCH
    words = Sentence(code[end], share=share, limit=limits.clipped)
    return Check("clipping", passed, words, value=share, limit=limits.clipped)
