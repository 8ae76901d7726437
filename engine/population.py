"""Does a header speak of those people and views that a model is for? Text only, no pixels.

What a model's population does not name is not asked; what a header does not say is not checked,
and never a pass.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from engine.types import Check, Identity, Population
from engine.words import Sentence

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


# ---------------------------------------------------------------------------- age
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
