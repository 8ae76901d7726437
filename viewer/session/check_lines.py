"""Is this image for this model? What was asked of a film, as short lines with a mark each.

Whole sentences stay with their lines, as tips. What could not be asked never gets a tick, and a
value stands beside the limit that it was held against.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from engine.sequence import model_rows
from engine.types import Analysis, Check, Mark, Trust
from viewer.kit.language import joined, listed, marked, told, tr
from viewer.kit.words import percentile_text, probability_text

NOT_CHECKED: Final = marked("not checked")
NOT_SAID: Final = marked("not said")
NOT_SEEN: Final = marked("The picture itself is not checked")
_PICTURE = ("body part", "guard", "surprise")  # only these look at what a film shows
_PIXELS = ("levels", "range", "clipping", "borders", "depth")  # where they pass, one line says so
_BY_HEADER = ("age", "sex", "examined part", "view", "laterality", "orientation")
_HEADER = (*_BY_HEADER, "geometry")
_GRAVITY: dict[Mark, int] = {"failed": 0, "doubtful": 1, "passed": 2, "not asked": 3}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a list of checks.

    Attributes:
        value: What was measured, in a word or two, with its limit.
        tip: The whole sentence; empty where `words` say all.
    """

    words: str
    value: str = ""
    mark: Mark = "passed"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Short:
    """What a line says: passed, passed with doubt, failed, not asked; and why it is not asked."""

    passed: str
    failed: str
    unasked: str
    doubtful: str = ""
    silent: str = NOT_CHECKED


_SHORT = {
    "body part": _Short(
        "",
        marked("Another kind of image"),
        marked("What it shows"),
        marked("Not clear what it shows"),
    ),
    "guard": _Short(
        marked("Neither turned nor made up"),
        marked("Unlike its films"),
        marked("Turned, or made up"),
        marked("Perhaps turned or made up"),
    ),
    "surprise": _Short(
        marked("In the usual range"),
        marked("Outside the usual range"),
        marked("How usual it is"),
        marked("At the edge of usual"),
    ),
    "kind": _Short(
        marked("Kind of image"), marked("Not what the model reads"), marked("Kind of image")
    ),
    "geometry": _Short(
        marked("Shape of the film"), marked("Shape unlike its films"), marked("Shape of the film")
    ),
    "orientation": _Short(
        marked("Upright, by its header"), marked("Turned, by its header"), marked("Which way up")
    ),
    "levels": _Short(marked("Grey values"), marked("Too few grey values"), marked("Grey values")),
    "range": _Short(
        marked("Grey values"), marked("Beyond the header's range"), marked("Grey values")
    ),
    "clipping": _Short(
        marked("Grey values"), marked("Too many clipped pixels"), marked("Grey values")
    ),
    "borders": _Short(marked("No wide borders"), marked("Wide borders"), marked("Borders")),
    "age": _Short(
        marked("Age of the patient"),
        marked("An age that the model does not read"),
        marked("Age of the patient"),
        marked("The header gives two ages"),
    ),
    "sex": _Short(
        marked("Sex of the patient"),
        marked("Not the sex that the model reads"),
        marked("Sex of the patient"),
    ),
    "examined part": _Short(
        marked("Part examined"), marked("Another part examined"), marked("Part examined")
    ),
    "view": _Short(marked("View"), marked("A view that the model does not read"), marked("View")),
    "laterality": _Short(
        marked("Side"), marked("A side that the model does not read"), marked("Side")
    ),
    "depth": _Short(
        marked("Grey values"), marked("Smaller range than declared"), marked("Grey values")
    ),
}

_VALUES: dict[str, Callable[[float], str]] = {
    "body part": probability_text,
    "guard": probability_text,
    "geometry": "{:.2f} : 1".format,
    "levels": "{:,.0f}".format,
    "clipping": lambda share: f"{100 * share:.0f} %",
    "surprise": lambda nats: tr("{nats:.2f} nats", nats=nats),
    "borders": lambda share: f"{100 * share:.0f} %",
    "age": lambda years: tr("{years:.3g} years", years=years),
}
_PROBABILITIES = frozenset({"body part", "guard"})
_AT_LEAST = frozenset({"body part", "levels"})  # the others have a limit above


def failed_words(code: str) -> str:
    """Why a film gets no answer in a few words, marked; empty where there are none."""
    return _SHORT[code].failed if code in _SHORT else ""


def check_lines(analysis: Analysis) -> tuple[CheckLine, ...]:
    """Everything that was asked: what speaks against the film first, then in the order of asking.

    Within a mark, what the film shows comes before its header, and its header before its pixels.
    """
    trust = analysis.trust or Trust(())
    known = {check.name: check for check in trust.checks if not _is_beside_the_point(check, trust)}
    others = [check for name, check in known.items() if name not in _SHORT]
    lines = (
        *_picture_lines(known, trust),
        _kind_line(analysis, known),
        *(_line(check, trust) for check in others),
        *(_line(known[name], trust) for name in _HEADER if name in known),
        *_pixel_lines([known[name] for name in _PIXELS if name in known], trust),
        _rows_line(analysis),
        *_unseen_lines(known),
    )
    return tuple(sorted(lines, key=lambda line: _GRAVITY[line.mark]))


def _is_beside_the_point(check: Check, trust: Trust) -> bool:
    """Whether a check failed that is no reason: a film of another kind is not called turned."""
    reasons = {reason.code for reason in trust.reasons}
    return check.passed is False and bool(reasons) and check.name not in reasons


def _asked(known: dict[str, Check], names: Iterable[str]) -> bool:
    return any(name in known and known[name].passed is not None for name in names)


def _picture_lines(known: dict[str, Check], trust: Trust) -> list[CheckLine]:
    if not _asked(known, _PICTURE):
        return []  # one line at the end says it for all of them
    return [_line(known[name], trust) for name in _PICTURE if name in known]


def _unseen_lines(known: dict[str, Check]) -> list[CheckLine]:
    if _asked(known, _PICTURE):
        return []
    why = joined(*(told(known[name].words) for name in _PICTURE if name in known))
    return [CheckLine(tr(NOT_SEEN), "", "doubtful", why)]


def _line(check: Check, trust: Trust) -> CheckLine:
    """One check by itself; one that this program does not know speaks in its own words."""
    own = told(check.words).rstrip(".。")
    short = _SHORT.get(check.name) or _Short(own, own, own, silent="")
    if check.passed is None:
        silent = NOT_SAID if check.name in _BY_HEADER else short.silent
        return CheckLine(tr(short.unasked), tr(silent), "not asked", told(check.words))
    words = {
        "passed": short.passed or own,
        "doubtful": short.doubtful or short.passed or own,
        "failed": short.failed,
    }[check.mark]
    return CheckLine(tr(words), _value(check, trust), check.mark, told(check.words))


def _value(check: Check, trust: Trust) -> str:
    """What was measured and its limit; empty where it was no number.

    Surprise stands as a place among the validation films, which means more than nats; its limit
    is in the sentence.
    """
    if check.name == "surprise" and trust.surprise is not None:
        return percentile_text(trust.surprise.percentile)
    if check.value is None:
        return ""
    text = _VALUES.get(check.name, "{:g}".format)
    if check.limit is None:
        return text(check.value)
    below = check.name in _AT_LEAST or (check.passed is False and check.value < check.limit)
    fine = check.name in _PROBABILITIES and not 0.01 <= check.limit <= 0.99
    if fine:  # both as finely as the limit asks for
        text = "{:.2g}".format
    return f"{text(check.value)} ({'≥' if below else '≤'} {text(check.limit)})"


def _pixel_lines(checks: list[Check], trust: Trust) -> list[CheckLine]:
    """What failed or is doubtful line by line; the rest in one, with the first of their values."""
    against = [check for check in checks if check.mark in {"failed", "doubtful"}]
    lines = []
    for mark in ("not asked",) if against else ("passed", "not asked"):
        same = [check for check in checks if check.mark == mark]
        if same:
            words = joined(*dict.fromkeys(told(check.words) for check in same))
            first = _line(same[0], trust)
            lines.append(CheckLine(first.words, first.value, first.mark, words))
    return lines + [_line(check, trust) for check in against]


def _kind_line(analysis: Analysis, known: dict[str, Check]) -> CheckLine:
    """What the file says that it shows; where it says nothing, another model may have looked."""
    image, accepted = analysis.image, analysis.model.input.modalities
    check, shown = known.get("kind"), image.modality or image.format
    words = told(check.words) if check else ""
    refused = bool(accepted) and bool(image.modality) and image.modality not in accepted
    if refused or (check is not None and check.passed is False):
        return CheckLine(tr(_SHORT["kind"].failed), shown, "failed", words)
    if not accepted or (check is not None and check.passed is None):
        tip = tr("The model does not say which kinds of image it is for.")
        tip = words if accepted else tip
        return CheckLine(tr(_SHORT["kind"].unasked), tr(NOT_CHECKED), "not asked", tip)
    if not image.modality:
        seen = "body part" in known and known["body part"].passed is True
        mark: Mark = "not asked" if seen else "doubtful"
        return CheckLine(tr("The file does not say what it shows"), image.format, mark)
    value = f"{image.modality} ({listed(accepted)})"
    return CheckLine(tr(_SHORT["kind"].passed), value, "passed", words)


def _rows_line(analysis: Analysis) -> CheckLine:
    image = analysis.image
    aspect = analysis.header.pixel_aspect if analysis.header else 1.0
    rows, read = image.rows, model_rows(image, analysis.model.input, aspect)
    if analysis.states is not None:  # what was read may be less than the file: not its padding
        edges, multiple = analysis.states.edges, analysis.model.input.rows_multiple
        rows, read = round(edges[-1] - edges[0]), (len(edges) - 1) * multiple
    value, tip = f"{rows} → {read}", tr("Rows of the file → rows that the model reads")
    if rows >= read:
        return CheckLine(tr("Enough rows"), value, "passed", tip)
    return CheckLine(tr("Fewer rows than the model reads"), value, "doubtful", tip)
