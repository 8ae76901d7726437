"""May a model read this film at all? Asked of pixels and header, without a network."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np

from engine.imaging import WIDE, Borders, border_words, borders
from engine.sequence import film_header, full_range, refusal
from engine.types import (
    Abstention,
    Check,
    FilmLimits,
    Floats,
    Frame,
    FrameHeader,
    Identity,
    Image,
    InputFormat,
    Population,
)
from engine.words import Sentence

# ------------------------------------------------------------ people and views of a model
# Does a header speak of those people and views that a model is for? Text only, no pixels.
#
# What a model's population does not name is not asked; what a header does not say is not checked,
# and never a pass.

_OLDEST = 130.0  # years; more, or less than none, is a placeholder and no age
_YEAR = 365.2425  # days
_AGE = re.compile(r"(\d{1,3}) ?([DWMY])", re.IGNORECASE)
_UNITS = {
    "D": (1 / _YEAR, "age.days"),
    "W": (7 / _YEAR, "age.weeks"),
    "M": (1 / 12, "age.months"),
    "Y": (1.0, "age.years"),
}
_DATE = re.compile(r"(\d{4})[-.]?(\d{2})[-.]?(\d{2})")
_APART = 1.0  # years by which two ages may differ: one is in whole years
_SEXES = {
    "F": Sentence("sex.female"), "M": Sentence("sex.male"), "O": Sentence("sex.another"),
}  # fmt: skip
_SIDES = {
    "L": Sentence("side.left"), "R": Sentence("side.right"), "U": Sentence("side.unpaired"),
    "B": Sentence("side.both"),
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_NOTHING = frozenset({"UNKNOWN", "OTHER", "NONE", "NULL", "NA", "UNSPECIFIED", "UNDEFINED", "X"})

# Views as they are written in the field, beside the defined terms of PS3.3 C.8.11.1 and the
# meanings of CID 4010; a word that says only how the patient was held says nothing of the view.
_VIEWS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "AP": ("AP", "ANTEROPOSTERIOR", "ANTERIORPOSTERIOR", "ANTERIORTOPOSTERIOR"),
    "PA": ("PA", "POSTEROANTERIOR", "POSTERIORANTERIOR", "POSTERIORTOANTERIOR"),
    "LL": ("LL", "LLAT", "LEFTLATERAL"),
    "RL": ("RL", "RLAT", "RIGHTLATERAL"),
    "LATERAL": ("LATERAL", "LAT", "LATERALLY"),
    "RLD": ("RLD", "RIGHTLATERALDECUBITUS"),
    "LLD": ("LLD", "LEFTLATERALDECUBITUS"),
    "RLO": ("RLO",),
    "LLO": ("LLO",),
    "OBLIQUE": ("OBLIQUE", "OBL"),
})  # fmt: skip
_POSTURES = frozenset({
    "ERECT", "UPRIGHT", "SUPINE", "STANDING", "SITTING", "SEMIERECT", "SEMI", "PORTABLE", "BED",
    "BEDSIDE", "MOBILE", "CHEST", "THORAX", "VIEW", "VIEWS", "INSPIRATION", "EXPIRATION", "GRID",
    "FRONTAL",
})  # fmt: skip
_VIEW_WORDS = {code: Sentence(f"view.{code}") for code in _VIEWS}

# Parts of the body as they are written in the field, beside the defined terms of PS3.16 annex L.
_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "CHEST": (
        "CHEST", "THORAX", "TORAX", "TÓRAX", "TORACE", "BRUSTKORB", "CXR", "LUNG", "LUNGS",
        "THORACIC", "胸部",
    ),
    "HAND": ("HAND", "HANDS"),
    "SKULL": ("SKULL", "HEAD"),
    "ABDOMEN": ("ABDOMEN", "KUB"),
    "SPINE": ("SPINE", "CSPINE", "TSPINE", "LSPINE", "SSPINE"),
})  # fmt: skip
_BESIDE = _POSTURES | {"AP", "PA", "LAT", "LATERAL", "DX", "CR", "XR", "X", "RAY"}


def population_checks(person: Identity, population: Population | None) -> tuple[Check, ...]:
    """One check for each thing that the population names; none where nothing is named.

    Args:
        person: What the header says.
        population: Whose films the model is for.
    """
    return tuple(_checks(person, population or Population()))


def _checks(person: Identity, population: Population) -> Iterator[Check]:
    if population.body_parts:
        yield _part(person.body_part, population.body_parts)
    if population.views:
        yield _view(person.view_position, population.views)
    if population.ages:
        yield _age(person, population.ages)
    if population.sexes:
        yield _sex(person.sex, population.sexes)
    if population.lateralities:
        yield _side(person.laterality, population.lateralities)


# ------------------------------------------------------------------------------------ age
def _age(person: Identity, ages: tuple[float, float]) -> Check:
    """Both ages of a header are held against the model's; of two that differ the worse counts."""
    found = [age for age in (_stated(person.age), _counted(person)) if age is not None]
    if not found:
        return Check("age", passed=None, words=Sentence("age.unsaid"))
    least, most = ages
    outside = [age for age in found if not least <= age[0] < most + 1]
    years, words = (outside or found)[0]
    apart = len(found) > 1 and abs(found[0][0] - found[1][0]) > _APART
    said = Sentence("age.one", age=words)
    if apart:
        said = Sentence("age.two", stated=found[0][1], counted=found[1][1])
    if outside:
        limit = least if years < least else most
        wrong = Sentence("age.outside", age=said, people=_people(ages))
        return Check("age", passed=False, words=wrong, value=years, limit=limit)
    inside = Sentence("age.inside", age=said)
    return Check("age", passed=True, words=inside, value=years, doubtful=apart)


def _stated(text: str) -> tuple[float, Sentence] | None:
    """Years, and the age in words, of Patient's Age ("018M")."""
    match = _AGE.fullmatch(text.strip())
    if match is None:
        return None
    count, (size, unit) = int(match[1]), _UNITS[match[2].upper()]
    years = count * size
    return (years, Sentence(unit, count=count)) if years <= _OLDEST else None


def _counted(person: Identity) -> tuple[float, Sentence] | None:
    """Years from birth to study, and the age in words."""
    born, taken = _day(person.birth_date), _day(person.study_date)
    if born is None or taken is None or taken < born:
        return None
    years = taken.year - born.year - ((taken.month, taken.day) < (born.month, born.day))
    if years > _OLDEST:
        return None
    days = (taken - born).days
    if years >= 2:
        return max(days / _YEAR, float(years)), Sentence("age.years", count=years)
    months = (taken.year - born.year) * 12 + taken.month - born.month - (taken.day < born.day)
    if months >= 1:
        return months / 12, Sentence("age.months", count=months)
    return days / _YEAR, Sentence("age.days", count=days)


def _day(text: str) -> date | None:
    match = _DATE.fullmatch(text.strip())
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:  # the 30th of February
        return None


def _people(ages: tuple[float, float]) -> Sentence:
    least, most = ages
    who = "people.children" if most < 18 else "people.adults" if least >= 18 else "people.any"
    return Sentence(who, least=least, most=most)


# ---------------------------------------------------------------------------- view and part
def _part(text: str, accepted: tuple[str, ...]) -> Check:
    known = _with_own(_PARTS, accepted)
    found, unknown = _terms(text, known, beside=_BESIDE)
    wanted = {_only(one, known) for one in accepted}
    if not found and not unknown:
        return _unsaid("examined part", "part.unsaid")
    if found <= wanted and (found or not unknown):
        return Check("examined part", passed=True, words=Sentence("part.fits", part=text))
    words = Sentence("part.other", part=text, accepted=accepted)
    return Check("examined part", passed=False, words=words)


def _view(text: str, accepted: tuple[str, ...]) -> Check:
    known = _with_own(_VIEWS, accepted)
    found, unknown = _terms(text, known, beside=_POSTURES)
    wanted = {_only(one, known) for one in accepted}
    if not found and not unknown:
        return _unsaid("view", "view.unsaid")
    if found <= wanted and (found or not unknown):
        return Check("view", passed=True, words=Sentence("view.fits", view=text))
    strange = sorted(found - wanted)
    said = _VIEW_WORDS.get(strange[0], strange[0]) if strange else text
    words = Sentence("view.other", view=said, accepted=accepted)
    return Check("view", passed=False, words=words)


def _terms(
    text: str, known: Mapping[str, tuple[str, ...]], *, beside: frozenset[str]
) -> tuple[set[str], bool]:
    """The terms that a text holds, and whether it says something else that nobody knows.

    Runs of words are tried whole first, so that "left lateral" is no mere "lateral" and
    "antero-posterior" is one word.
    """
    named = {word: term for term, words in known.items() for word in words}
    words = [word.upper() for word in _WORD.findall(text)]
    found, unknown, place = set(), False, 0
    while place < len(words):
        for length in (3, 2, 1):
            run = "".join(words[place : place + length])
            if run in named:
                found.add(named[run])
                place += min(length, len(words) - place)
                break
        else:
            word = words[place]
            unknown |= not (word in beside or word in _NOTHING or word.isdigit())
            place += 1
    return found, unknown


def _with_own(
    known: Mapping[str, tuple[str, ...]], accepted: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    """The terms, and those words of a model's population that are none of them."""
    words = {word for words in known.values() for word in words}
    runs = {"".join(_WORD.findall(one)).upper() for one in accepted}
    return {**known, **{run: (run,) for run in sorted(runs - words)}}


def _only(term: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The term that a word of a model's population means."""
    found, _ = _terms(term, known, beside=frozenset())
    return found.pop() if len(found) == 1 else term


# ---------------------------------------------------------------------------- sex and side
def _sex(text: str, accepted: tuple[str, ...]) -> Check:
    return _code(text, accepted, name="sex", names=_SEXES)


def _side(text: str, accepted: tuple[str, ...]) -> Check:
    return _code(text, accepted, name="laterality", names=_SIDES)


def _code(
    text: str,
    accepted: tuple[str, ...],
    *,
    name: str,
    names: Mapping[str, Sentence],
) -> Check:
    code = text.strip().upper()[:1]
    if code not in names:
        return _unsaid(name, f"{name}.unsaid")
    if code in accepted:
        return Check(name, passed=True, words=Sentence(f"{name}.fits", found=names[code]))
    reads = tuple(names[one] for one in accepted)
    words = Sentence(f"{name}.other", found=names[code], accepted=reads)
    return Check(name, passed=False, words=words)


def _unsaid(name: str, code: str) -> Check:
    return Check(name, passed=None, words=Sentence(code))


# ------------------------------------------------------------ checks of header and pixels
# Is this film of the kind that a model reads? What header and pixels alone can tell; numpy only.
#
# Each check is a value with its own words. None of them looks at what the film shows.

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
    seen: "PixelsSeen | None" = None,
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
    seen = seen or (PixelsSeen(frame) if frame else None)
    checks = [Check("kind", reason is None, reason or Sentence("kind.fits"))]
    if fmt.intensity == "full-range":
        checks.append(_depth(frame, seen))
    checks += population_checks(image.identity, population)
    if limits is not None:
        header = frame.header if frame else None
        checks.append(_aspect(film_header(image, frame), header, limits))
        checks.append(_orientation(header, limits))
        checks += _pixels(limits, seen)
    return tuple(checks)


class PixelsSeen:
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
        dark = int(np.count_nonzero(values == values.min())) / count
        bright = int(np.count_nonzero(values == values.max())) / count
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


def _pixels(limits: FilmLimits, seen: PixelsSeen | None) -> Iterator[Check]:
    if seen is None:
        for name in ("levels", "range", "clipping", *(["borders"] if limits.upright else [])):
            yield Check(name, passed=None, words=_NOT_SEEN)
        return
    yield _levels(seen.levels, limits)
    yield _range(*seen.ends, seen.header)
    yield _clipping(seen, limits)
    if limits.upright:  # of a patient; what is drawn on a sheet has a border by nature
        yield _borders(seen.borders)


def _depth(frame: Frame | None, seen: PixelsSeen | None) -> Check:
    """A model that scales by the range of the numbers asks how many bits the film uses."""
    if frame is None or seen is None:
        return Check("depth", passed=None, words=_NOT_SEEN)
    found = full_range(frame, *seen.ends)
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


def _clipping(seen: PixelsSeen, limits: FilmLimits) -> Check:
    share, end = seen.clipped
    passed = share <= limits.clipped
    code = ("clipping.bright", "clipping.dark") if passed else _TOO_MUCH
    words = Sentence(code[end], share=share, limit=limits.clipped)
    return Check("clipping", passed, words, value=share, limit=limits.clipped)
