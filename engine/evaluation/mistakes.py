"""The films that a model got wrong, as pictures with their influence."""

import base64
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.films import Films
from engine.imaging import encoded_rgb, from_oklab, linear_rgb, oklab
from engine.measure import Answers
from engine.text import rounded_up
from engine.training import film_influences
from engine.weights import Bundle

# ------------------------------------------------------------------ films and maps as PNG
# A film as the network reads it, and its Influence map, as pictures that a page can hold.
#
# The map sets hue and chroma only, the lightness of every pixel stays the film's, as in the
# window (OKLab: Ottosson 2020); the ribbon at the right edge shows the same values in solid
# colours.

Doubles = NDArray[np.float64]
Pixels = NDArray[np.uint8]

POSITIVE, NEGATIVE, ZERO = "EE8A34", "4C94F0", "17181A"  # the window's colours of Influence
_CHROMA = 0.115  # OKLab chroma of a full map value
_HALVINGS = 12
_HEIGHT = 160  # pixels, about
_RIBBON = 0.06  # of the width


@dataclass(frozen=True, slots=True)
class Picture:
    """Two PNG files of equal height as data URIs.

    Attributes:
        film: As the network reads it.
        map: The same under its Influence map, with the ribbon.
        widths: Of both, in pixels.
        limit: The value at the ends of the colours, Δ log-odds in a step.
    """

    film: str
    map: str
    widths: tuple[int, int]
    height: int
    limit: float


def picture_of(rows: NDArray[np.float16], influence: Doubles, *, limit: float) -> Picture:
    """Draw a film (M, W), values 0…1, and its Influence (L,).

    Args:
        rows: As the network reads it.
        influence: Signed change of the log-odds, step by step; the steps share the film evenly.
        limit: The model's colour scale, rounded up.
    """
    end = rounded_up(limit)
    grey = np.clip(rows.astype(np.float64), 0.0, 1.0)
    shares = np.clip(influence / end, -1.0, 1.0)
    enlarged = max(1, round(_HEIGHT / len(grey)))
    large = _bilinear(grey, enlarged)
    place = np.arange(len(large)) * len(shares) // len(large)
    by_row = shares[place]
    tinted = _tinted(large, by_row)
    width = max(3, round(large.shape[1] * _RIBBON))
    ribbon = np.broadcast_to(_solid(by_row)[:, None], (len(large), width, 3))
    gap = np.zeros((len(large), 2, 3), np.uint8)
    bare = _levels(large)[..., None]
    mapped = np.concatenate((tinted, gap, ribbon), axis=1)
    return Picture(
        film=_uri(bare),
        map=_uri(mapped),
        widths=(bare.shape[1], mapped.shape[1]),
        height=len(large),
        limit=end,
    )


def png(pixels: Pixels) -> bytes:
    """A PNG file of grey (R, C, 1) or coloured (R, C, 3) pixels."""
    rows, columns, samples = pixels.shape
    header = struct.pack(">LLBBBBB", columns, rows, 8, 0 if samples == 1 else 2, 0, 0, 0)
    steps = np.diff(pixels, axis=1, prepend=np.zeros((rows, 1, samples), np.uint8))  # modulo 256
    kind_of_line = np.full((rows, 1), 1, np.uint8)  # "Sub": each pixel less the one before it
    lines = np.concatenate((kind_of_line, steps.reshape(rows, -1)), axis=1)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def outlined(
    rows: NDArray[np.float16], given: NDArray[np.bool_], wanted: NDArray[np.bool_]
) -> str:
    """A film (M, W) with two outlines, as a PNG in a data URI: blue what is true, orange given.

    Args:
        rows: As the network reads it.
        given: (R, C) where something was drawn.
        wanted: (R, C) where something is.
    """
    grey = np.clip(rows.astype(np.float64), 0.0, 1.0)
    large = _bilinear(grey, max(1, round(_HEIGHT / len(grey))))
    drawn = np.repeat(_levels(large)[..., None], 3, axis=2)
    for mask, colour in ((wanted, NEGATIVE), (given, POSITIVE)):
        inside = _nearest(mask, large.shape)
        framed = np.pad(inside, 1)
        within = framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
        drawn[inside & ~within] = np.rint(255 * _parts(colour))
    return _uri(drawn)


def _nearest(mask: NDArray[np.bool_], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    rows, columns = (
        ((np.arange(size) + 0.5) * have / size).astype(np.intp)
        for size, have in zip(shape, mask.shape, strict=True)
    )
    return np.asarray(mask[rows][:, columns])


def _uri(pixels: Pixels) -> str:
    return "data:image/png;base64," + base64.b64encode(png(pixels)).decode("ascii")


def _bilinear(grey: Doubles, times: int) -> Doubles:
    """A film (M, W) at several times its size; a screen would enlarge it in its own way."""
    for axis in (0, 1):
        count = grey.shape[axis]
        place = np.clip((np.arange(count * times) + 0.5) / times - 0.5, 0, count - 1)
        first = np.floor(place).astype(np.intp)
        share = place - first
        along = (-1, 1) if axis == 0 else (1, -1)
        before = grey.take(first, axis)
        after = grey.take(np.minimum(first + 1, count - 1), axis)
        grey = before + share.reshape(along) * (after - before)
    return grey


def _levels(grey: Doubles) -> Pixels:
    """Encoded values 0…1 as whole numbers 0…255."""
    return np.rint(grey * 255).astype(np.uint8)


def _tinted(grey: Doubles, shares: Doubles) -> Pixels:
    """Colours (R, C, 3) of encoded grey (R, C) under map values (R,) of −1…1.

    A row of zero stays as it is: on the way through OKLab and back the last digits of a grey are
    lost, differently on every processor, and a level that lies between two would get a hue.
    """
    lightness = np.cbrt(linear_rgb(grey))  # OKLab's L of a grey
    hues = np.where(shares[:, None] > 0, _hue(POSITIVE), _hue(NEGATIVE))
    direction = np.stack((np.cos(hues), np.sin(hues)), axis=-1)  # (R, 1, 2)
    wanted = np.abs(shares)[:, None] * _CHROMA
    low, high = np.zeros_like(grey), np.broadcast_to(wanted, grey.shape).copy()
    for _ in range(_HALVINGS):  # the most chroma that a screen can show at this lightness
        middle = (low + high) / 2
        colour = _rgb(lightness, middle[..., None] * direction)
        inside = ((colour >= 0) & (colour <= 1)).all(axis=-1)
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    drawn = _levels(encoded_rgb(_rgb(lightness, low[..., None] * direction)))
    return np.where(shares[:, None, None] == 0, _levels(grey)[..., None], drawn)


def _solid(shares: Doubles) -> Pixels:
    """Solid colours (n, 3) of map values −1…1, dark at zero."""
    ends = np.where(shares[:, None] > 0, _parts(POSITIVE), _parts(NEGATIVE))
    mixed = _parts(ZERO) + (ends - _parts(ZERO)) * np.abs(shares)[:, None]
    return np.rint(mixed * 255).astype(np.uint8)


def _rgb(lightness: Doubles, chroma: Doubles) -> Doubles:
    """Linear RGB (…, 3) of OKLab lightness (…) and a, b (…, 2)."""
    both = np.broadcast_to(chroma, (*lightness.shape, 2))
    return from_oklab(np.concatenate((lightness[..., None], both), axis=-1))


def _hue(name: str) -> float:
    """OKLab hue of a colour in radians."""
    _, a, b = oklab(linear_rgb(_parts(name)))
    return float(np.arctan2(b, a))


def _parts(name: str) -> Doubles:
    return np.array([int(name[place : place + 2], 16) / 255 for place in (0, 2, 4)])


# ------------------------------------------------------------------------- worst mistakes
# The worst errors: films of which the model was surest and wrong, with what moved it.

_EACH = 8  # films of each kind
_PLAIN = 12  # where there is one kind only


@dataclass(frozen=True, slots=True)
class Mistake:
    """A film that was answered wrongly.

    Attributes:
        name: In the data set.
        truth, answer: Classes.
        probabilities: Of all classes, in their order.
        explained: The class whose Influence is shown.
        candidates: Classes that the 95 % set holds; None in bundles without calibration films.
        refused: Names of the checks that refuse the film.
    """

    name: str
    truth: str
    answer: str
    probabilities: tuple[float, ...]
    explained: str
    candidates: tuple[str, ...] | None
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Errors of one kind, the surest first.

    Attributes:
        title: In words.
        count: How many there are of this kind; the worst are shown.
    """

    title: str
    count: int
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A kind of error with pictures of its films, in the same order."""

    kind: Kind
    pictures: tuple[Picture, ...]


Said = Callable[[int], tuple[tuple[str, ...] | None, tuple[str, ...]]]


def worst_mistakes(
    bundle: Bundle, films: Films, answers: Answers, *, said: Said
) -> tuple[Shown, ...]:
    """The worst errors of each kind.

    Args:
        bundle: The model.
        films: N of them.
        answers: To these films.
        said: Of the index of a film, its set and the checks that refuse it.
    """
    return tuple(
        _shown(bundle, films, answers, title=title, wrong=wrong, most=most, said=said)
        for title, wrong, most in _kinds(answers)
    )


def _kinds(answers: Answers) -> Iterator[tuple[str, NDArray[np.intp], int]]:
    """Titles, and the films of each kind with the surest first."""
    if answers.positive is None or len(answers.classes) > 2:
        said = answers.said
        wrong = np.flatnonzero(said != answers.labels)
        sure = answers.probabilities[wrong, said[wrong]]
        yield "Wrong answers", wrong[np.argsort(-sure, kind="stable")], _PLAIN
        return
    name, scores = answers.classes[answers.positive], answers.scores
    found = scores >= answers.threshold
    missed = np.flatnonzero(~found & answers.present)
    yield f"Missed: “{name}” not found", missed[np.argsort(scores[missed], kind="stable")], _EACH
    alarms = np.flatnonzero(found & ~answers.present)
    yield (
        f"False alarms: “{name}” where there is none",
        alarms[np.argsort(-scores[alarms], kind="stable")],
        _EACH,
    )


def _shown(
    bundle: Bundle,
    films: Films,
    answers: Answers,
    *,
    title: str,
    wrong: NDArray[np.intp],
    most: int,
    said: Said,
) -> Shown:
    worst = wrong[:most]
    if not len(worst):
        return Shown(Kind(title, 0, ()), ())
    chosen = films.take(worst)
    targets = _targets(answers, worst)
    maps = film_influences(
        bundle.network,
        chosen,
        baseline=bundle.statistics.mean_image,
        targets=targets,
        method=bundle.info.influence,
    )
    mistakes = tuple(
        _mistake(answers, int(film), int(target), said)
        for film, target in zip(worst, targets, strict=True)
    )
    pictures = tuple(
        picture_of(
            np.asarray(chosen.rows[place])[: chosen.heights[place]],
            influence,
            limit=bundle.statistics.influence_limit,
        )
        for place, influence in enumerate(maps)
    )
    return Shown(Kind(title, len(wrong), mistakes), pictures)


def _targets(answers: Answers, films: NDArray[np.intp]) -> NDArray[np.int64]:
    """(n,) the class that the viewer explains: the finding, else the answer."""
    if answers.positive is not None:
        return np.full(len(films), answers.positive)
    return answers.said[films]


def _mistake(answers: Answers, film: int, target: int, said: Said) -> Mistake:
    candidates, refused = said(film)
    return Mistake(
        name=str(answers.names[film]),
        truth=answers.classes[int(answers.labels[film])],
        answer=answers.classes[int(answers.said[film])],
        probabilities=tuple(answers.probabilities[film].tolist()),
        explained=answers.classes[target],
        candidates=candidates,
        refused=refused,
    )
