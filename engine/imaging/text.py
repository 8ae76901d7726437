"""Text from files: what may be shown, and nothing that steers a screen."""

import re
import unicodedata

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
