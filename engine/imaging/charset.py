"""Text of DICOM headers in every character set of PS3.3 C.12.1.1.2, and as they are miswritten.

Two rules hold: an escape sequence is never shown as letters, and where a set had to be guessed it
is said.
"""

import re
from dataclasses import dataclass

# Sets without code extensions: what stands in (0008,0005), without case, spaces and underscores.
_SINGLE = {
    "": "ascii",
    "ISOIR6": "ascii",
    "ISOIR100": "latin_1",
    "ISOIR101": "iso8859_2",
    "ISOIR109": "iso8859_3",
    "ISOIR110": "iso8859_4",
    "ISOIR144": "iso8859_5",
    "ISOIR127": "iso8859_6",
    "ISOIR126": "iso8859_7",
    "ISOIR138": "iso8859_8",
    "ISOIR148": "iso8859_9",
    "ISOIR203": "iso8859_15",
    "ISOIR166": "tis_620",
    "ISOIR13": "shift_jis",
    "ISOIR149": "euc_kr",
    "ISOIR58": "gb2312",
    "ISOIR192": "utf_8",
    "GB18030": "gb18030",
    "GBK": "gbk",
    "GB2312": "gb2312",
    "UTF8": "utf_8",
    "ISOIR87": "iso2022_jp",
    "ISOIR159": "iso2022_jp_2",
    "LATIN1": "latin_1",
    "ISO88591": "latin_1",
    "ISO88592": "iso8859_2",
    "ISO88595": "iso8859_5",
    "ISO885915": "iso8859_15",
    "WINDOWS1252": "cp1252",
    "SHIFTJIS": "shift_jis",
}
_LATIN = frozenset({"ascii", "latin_1", "iso8859_2", "iso8859_15", "cp1252"})
# Escape sequences of PS3.3 tables C.12-3 and C.12-4: which half they change, to which codec.
_ESCAPES = {
    b"(B": (0, "ascii"),
    b"(J": (0, "shift_jis"),
    b")I": (1, "shift_jis"),
    b"-A": (1, "latin_1"),
    b"-B": (1, "iso8859_2"),
    b"-C": (1, "iso8859_3"),
    b"-D": (1, "iso8859_4"),
    b"-L": (1, "iso8859_5"),
    b"-G": (1, "iso8859_6"),
    b"-F": (1, "iso8859_7"),
    b"-H": (1, "iso8859_8"),
    b"-M": (1, "iso8859_9"),
    b"-b": (1, "iso8859_15"),
    b"-T": (1, "tis_620"),
    b"$)C": (1, "euc_kr"),
    b"$)A": (1, "gb2312"),
    b"$B": (0, "jis0208"),
    b"$@": (0, "jis0208"),
    b"$(D": (0, "jis0212"),
}
_JIS = {"jis0208": b"\x1b$B", "jis0212": b"\x1b$(D"}
_ESCAPE = re.compile(rb"\x1b(\$[()][A-D]|\$[B@]|[(),\-./][0-~])")
_ODD = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and whether its character set had to be guessed."""

    text: str
    guessed: bool = False


def decode_text(
    data: bytes, terms: tuple[str, ...], *, delimiters: bytes = b"\r\n\t\f"
) -> Decoded:
    """Decode a value.

    Args:
        data: As it stands in the file.
        terms: The values of Specific Character Set; () where there is none.
        delimiters: Where code extensions begin anew (PS3.5 6.1.2.5.3): caret and equals sign in
            names, the backslash between values.
    """
    first = _codec(terms[0]) if terms else "ascii"
    if b"\x1b" in data:
        return Decoded(_extended(data, first or "ascii", delimiters))
    if data.isascii():
        return Decoded(data.decode("ascii"))
    if first is None or first in _LATIN:
        text = _decoded(data, "utf_8")
        if text is not None:
            return Decoded(text, guessed=first != "utf_8")
    if first not in {None, "ascii"} and (text := _decoded(data, first or "")) is not None:
        return Decoded(text)
    for term in terms[1:]:
        text = _decoded(data, _codec(term) or "")
        if text is not None:
            return Decoded(text, guessed=True)
    return Decoded(data.decode("latin_1"), guessed=True)


def _codec(term: str) -> str | None:
    """The codec of a term, with code extensions that of its upper half; None if unknown."""
    plain = _ODD.sub("", term.upper()).replace("ISO2022", "ISO")
    return _SINGLE.get(plain)


def _decoded(data: bytes, codec: str) -> str | None:
    if not codec:
        return None
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _extended(data: bytes, first: str, delimiters: bytes) -> str:
    """ISO 2022: escape sequences name the codec of a half of the bytes (PS3.5 6.1.2.5)."""
    parts = re.split(b"([" + re.escape(delimiters) + b"])", data)
    return "".join(_with_escapes(part, first) for part in parts)


def _with_escapes(data: bytes, first: str) -> str:
    lower, upper = "ascii", first
    text, position = "", 0
    for found in _ESCAPE.finditer(data):
        text += _halves(data[position : found.start()], lower, upper)
        half, codec = _ESCAPES.get(found.group(1), (0, "ascii"))
        if half:
            upper = codec
        else:
            lower = codec
        position = found.end()
    return text + _halves(data[position:], lower, upper)


def _halves(data: bytes, lower: str, upper: str) -> str:
    """Bytes between escape sequences: those below 128 by one codec, the others by another."""
    runs = re.findall(rb"[\x00-\x7f]+|[\x80-\xff]+", data.replace(b"\x1b", b""))
    return "".join(_run(run, lower if run.isascii() else upper) for run in runs)


def _run(data: bytes, codec: str) -> str:
    if codec in _JIS:
        data, codec = _JIS[codec] + data + b"\x1b(B", "iso2022_jp_2"
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return data.decode("latin_1")
