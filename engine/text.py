"""Text from files as it may be shown, and round numbers for an axis."""

import math
import re
import unicodedata
from pathlib import Path

# --------------------------------------------------------------------------- visible text
# Text from files that ends up on screens: what may stand there, and what is shown of the rest.


def is_visible(text: str, *, breaks: bool = False) -> bool:
    """Whether a text holds nothing that steers a screen or cannot be seen.

    Control, format (bidi overrides and joiners of no width among them), surrogate, private and
    unassigned characters can: two classes could look the same, or a title paint over its line.

    Args:
        text: Any.
        breaks: Whether line breaks and tabs may be in it.
    """
    return text.isprintable() or all(
        character.isprintable()
        or unicodedata.category(character) == "Zs"
        or (breaks and character in "\n\t")
        for character in text
    )


def shown(text: str, most: int = 80) -> str:
    """A text for one line: what cannot be seen as �, and not longer than `most`."""
    visible = "".join(character if is_visible(character) else "�" for character in text)
    return visible if len(visible) <= most else visible[: most - 1] + "…"


# -------------------------------------------------------------- files of a bundle by name
# Text of a bundle: what may stand there, and how sentences name its files.


def place_of(folder: Path, name: str) -> str:
    """How sentences name a file of a bundle, for example "digits/metadata.json"."""
    return f"{shown(folder.name)}/{name}"


# ------------------------------------------------------------------------ text of headers
# Text from files: what may be shown, and nothing that steers a screen.

# Control, format (bidi overrides among them), surrogate, private use, line and paragraph breaks.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACES = re.compile(r"\s+")
# Of a character set (ISO/IEC 2022), where a text was not decoded by `charset`.
_ESCAPES = re.compile(r"\x1b[\x20-\x2f]+[\x30-\x7e]")


def clean(value: object, *, limit: int = 200) -> str:
    """Return `value` as one line of visible characters, at most `limit` of them."""
    if value is None:
        return ""
    spaced = _SPACES.sub(" ", _ESCAPES.sub("", str(value)))
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _HIDDEN)
    one_line = _SPACES.sub(" ", visible).strip()
    return one_line if len(one_line) <= limit else one_line[: limit - 1].rstrip() + "…"


def person_name(value: object) -> str:
    """Return a DICOM person name for reading (PS3.5 6.2.1): "Family, Given Middle".

    An ideographic spelling follows in parentheses.
    """
    groups = [_name_group(group) for group in str(value or "").split("=")]
    spelled = [group for group in groups if group]
    if not spelled:
        return ""
    return clean(spelled[0] if len(spelled) == 1 else f"{spelled[0]} ({spelled[1]})")


def _name_group(group: str) -> str:
    parts = [clean(part) for part in group.split("^")]
    parts += [""] * (5 - len(parts))
    family, given, middle, prefix, suffix = parts[:5]
    first = " ".join(part for part in (prefix, given, middle) if part)
    return ", ".join(part for part in (family, first, suffix) if part)


def date(value: object) -> str:
    """Return a DICOM date (YYYYMMDD) as YYYY-MM-DD, anything else cleaned as it is."""
    text = clean(value)
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


# -------------------------------------------------------------- round numbers for an axis
# Where a scale ends and its marks stand: round numbers.

_ENDS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS = (1.0, 2.0, 5.0, 10.0)


def rounded_up(limit: float) -> float:
    """The next round number at or above a limit; 1 where there is none."""
    if not math.isfinite(limit) or limit <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(limit))
    return next(end * scale for end in _ENDS if end * scale >= limit * (1 - 1e-6))


def marks(end: float, most: int) -> tuple[float, ...]:
    """At most `most` + 1 round numbers from 0 to `end`, evenly spaced."""
    scale = 10.0 ** math.floor(math.log10(end / most))
    step = next(step * scale for step in _STEPS if step * scale * most >= end * (1 - 1e-9))
    return tuple(step * number for number in range(int(end / step + 1e-9) + 1))
