"""Is this image for this model? What was asked of a film, as short lines with a mark each.

Whole sentences stay with their lines, as tips. What could not be asked never gets a tick.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from engine import Analysis, Check, Trust, model_rows
from viewer.numbers import ordinal, probability_text

Mark = Literal["passed", "doubtful", "not asked"]

NOT_CHECKED: Final = "not checked"
NOT_SEEN: Final = "The picture itself is not checked"
_PICTURE = ("body part", "guard", "surprise")  # only these look at what a film shows
_PIXELS = ("levels", "range", "clipping", "borders", "depth")  # where they pass, one line says so
_HEADER = ("geometry", "orientation")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a list of checks.

    Attributes:
        value: What was measured, in a word or two.
        tip: The whole sentence; empty where `words` say all.
    """

    words: str
    value: str = ""
    mark: Mark = "passed"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Short:
    """What a line says where a check passed, where it failed, and where it could not be asked."""

    passed: str
    failed: str
    unasked: str


_SHORT = {
    "body part": _Short("", "Another kind of image", "What it shows"),
    "guard": _Short("Looks like its films", "Looks wrong", "Turned, or not real"),
    "surprise": _Short("In the usual range", "Outside the usual range", "How usual it is"),
    "kind": _Short("Kind of image", "Not what the model reads", "Kind of image"),
    "geometry": _Short("Shape of the film", "Shape unlike its films", "Shape of the film"),
    "orientation": _Short("Upright, by its header", "Turned, by its header", "Which way up"),
    "levels": _Short("Grey values", "Too few grey values", "Grey values"),
    "range": _Short("Grey values", "Beyond the header's range", "Grey values"),
    "clipping": _Short("Grey values", "Too many clipped pixels", "Grey values"),
    "borders": _Short("No wide borders", "Wide borders", "Borders"),
    "depth": _Short("Grey values", "Smaller range than declared", "Grey values"),
}

_VALUES: dict[str, Callable[[float], str]] = {
    "body part": probability_text,
    "guard": probability_text,
    "geometry": "{:.2f} : 1".format,
    "levels": "{:,.0f}".format,
    "clipping": lambda share: f"{100 * share:.0f} %",
    "borders": lambda share: f"{100 * share:.0f} %",
}


def check_lines(analysis: Analysis) -> tuple[CheckLine, ...]:
    """Everything that was asked, what the film shows first, then its header and its pixels."""
    trust = analysis.trust or Trust(())
    known = {check.name: check for check in trust.checks}
    others = [check for check in trust.checks if check.name not in _SHORT]
    return (
        *_picture_lines(known, trust),
        _kind_line(analysis, known),
        *(_line(known[name], trust) for name in _HEADER if name in known),
        *_pixel_lines([known[name] for name in _PIXELS if name in known], trust),
        *(_line(check, trust) for check in others),
        _rows_line(analysis),
        *(CheckLine(note.words, "", "doubtful") for note in analysis.image.notes),
        *_unseen_lines(known),
    )


def _asked(known: dict[str, Check], names: Iterable[str]) -> bool:
    return any(name in known and known[name].passed is not None for name in names)


def _picture_lines(known: dict[str, Check], trust: Trust) -> list[CheckLine]:
    if not _asked(known, _PICTURE):
        return []  # one line at the end says it for all of them
    return [_line(known[name], trust) for name in _PICTURE if name in known]


def _unseen_lines(known: dict[str, Check]) -> list[CheckLine]:
    if _asked(known, _PICTURE):
        return []
    why = " ".join(known[name].words for name in _PICTURE if name in known)
    return [CheckLine(NOT_SEEN, "", "doubtful", why)]


def _line(check: Check, trust: Trust) -> CheckLine:
    """One check by itself; one that this program does not know speaks in its own words."""
    short = _SHORT.get(check.name) or _Short(check.words, check.words, check.words)
    if check.passed is None:
        return CheckLine(short.unasked, NOT_CHECKED, "not asked", check.words)
    value = _value(check, trust)
    if check.passed:
        return CheckLine(short.passed or check.words.rstrip("."), value, "passed", check.words)
    return CheckLine(short.failed, value, "doubtful", check.words)


def _value(check: Check, trust: Trust) -> str:
    """What was measured, in a word or two; empty where it was no number."""
    if check.name == "surprise" and trust.surprise is not None:
        return f"{ordinal(trust.surprise.percentile)} pct"
    if check.value is None:
        return ""
    if check.name == "guard" and check.passed:  # its value is how wrong the film looks
        return probability_text(1 - check.value)
    return _VALUES.get(check.name, "{:.2f}".format)(check.value)


def _pixel_lines(checks: list[Check], trust: Trust) -> list[CheckLine]:
    """What failed line by line; one line if nothing did, with the first of their values."""
    failed = [_line(check, trust) for check in checks if check.passed is False]
    lines = []
    for passed in (None,) if failed else (True, None):
        same = [check for check in checks if check.passed is passed]
        if same:
            words = " ".join(dict.fromkeys(check.words for check in same))
            first = _line(same[0], trust)
            lines.append(CheckLine(first.words, first.value, first.mark, words))
    return lines + failed


def _kind_line(analysis: Analysis, known: dict[str, Check]) -> CheckLine:
    """What the file says that it shows; where it says nothing, a gate may have looked."""
    image, accepted = analysis.image, analysis.model.input.modalities
    check, shown = known.get("kind"), image.modality or image.format
    words = check.words if check else ""
    refused = bool(accepted) and bool(image.modality) and image.modality not in accepted
    if refused or (check is not None and check.passed is False):
        return CheckLine(_SHORT["kind"].failed, shown, "doubtful", words)
    if not accepted or (check is not None and check.passed is None):
        tip = words if accepted else "The model does not say which kinds of image it is for."
        return CheckLine(_SHORT["kind"].unasked, NOT_CHECKED, "not asked", tip)
    if not image.modality:
        seen = "body part" in known and known["body part"].passed is True
        mark: Mark = "not asked" if seen else "doubtful"
        return CheckLine("The file does not say what it shows", image.format, mark)
    return CheckLine(_SHORT["kind"].passed, image.modality, "passed", words)


def _rows_line(analysis: Analysis) -> CheckLine:
    image = analysis.image
    rows, read = image.rows, model_rows(image, analysis.model.input)
    if analysis.states is not None:  # what was read may be less than the file: not its padding
        edges, multiple = analysis.states.edges, analysis.model.input.rows_multiple
        rows, read = round(edges[-1] - edges[0]), (len(edges) - 1) * multiple
    value = f"{rows} → {read}"
    if rows >= read:
        return CheckLine("Enough rows", value, "passed", "Stored rows → rows that the model reads")
    return CheckLine("Fewer rows than the model reads", value, "doubtful")
