"""Text of DICOM headers: every character set of PS3.3 C.12.1.1.2, also as it is wrongly written.

Escape sequences are followed wherever they stand, whether the header announces them or not, since
nothing else looks like them; they never come out as letters. What no rule can decode is read as
Latin-1 and said to be a guess, so that no mark of replacement stands for what is there.
"""

import re
from dataclasses import dataclass

_ESCAPE = re.compile(rb"\x1b([\x20-\x2f]+[\x30-\x7e])")
_LOOSE = re.compile(rb"\x1b.?", re.DOTALL)
# Registration number of a defined term to the codec of its upper half (G1).
_UPPER = {
    "100": "latin_1", "101": "iso8859_2", "109": "iso8859_3", "110": "iso8859_4",
    "144": "iso8859_5", "127": "iso8859_6", "126": "iso8859_7", "138": "iso8859_8",
    "148": "iso8859_9", "203": "iso8859_15", "13": "shift_jis", "166": "cp874",
    "149": "cp949", "58": "gb18030",
}  # fmt: skip
_WHOLE = {"192": "utf_8", "GB18030": "gb18030", "GBK": "gb18030"}
_ALIASES = {
    "UTF8": "192", "UNICODE": "192", "GB2312": "GBK", "EUCCN": "GBK", "CP936": "GBK",
    "EUCKR": "149", "KSC5601": "149", "KSX1001": "149", "CP949": "149",
    "SHIFTJIS": "13", "SJIS": "13", "LATIN1": "100", "ISO88591": "100", "WINDOWS1252": "100",
    "CP1252": "100", "ISO88592": "101", "ISO88595": "144", "ISO88597": "126", "ISO88599": "148",
    "ISO885915": "203",
}  # fmt: skip
_SINGLE = {
    b"-A": "latin_1", b"-B": "iso8859_2", b"-C": "iso8859_3", b"-D": "iso8859_4",
    b"-L": "iso8859_5", b"-G": "iso8859_6", b"-F": "iso8859_7", b"-H": "iso8859_8",
    b"-M": "iso8859_9", b"-b": "iso8859_15", b"-T": "cp874", b")I": "shift_jis",
    b"$)C": "cp949", b"$)A": "gb18030",
}  # fmt: skip
# Two bytes of the lower half each; the codec wants the escape sequence again.
_DOUBLE = {b"$B": "iso2022_jp_2", b"$@": "iso2022_jp_2", b"$(D": "iso2022_jp_2"}
_TWO_BYTES = {"cp949", "gb18030"}
_LATIN = {"latin_1", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_9", "iso8859_15"}
_RESET = b"\\\r\n\t\f"  # where the initial state comes back (PS3.5 6.1.2.5.3)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and as the end of a sentence how its letters were guessed ("" if they were not)."""

    text: str
    guess: str = ""


def decode_text(raw: bytes, terms: tuple[str, ...], *, name: bool = False) -> Decoded:
    """Decode one value of a header.

    Args:
        raw: Its bytes.
        terms: Specific Character Set as it is written, one value each.
        name: Whether it is a person name, whose parts each begin in the initial state.
    """
    if raw.isascii() and b"\x1b" not in raw:
        return Decoded(raw.decode("ascii"))
    codes = [_code(term) for term in terms] or [""]
    if b"\x1b" not in raw:
        return _plain(raw, codes)
    return _with_escapes(raw, codes, delimiters=_RESET + (b"^=" if name else b""))


def _code(term: str) -> str:
    """The number or name of a defined term, whatever stands between its parts."""
    bare = re.sub(r"[\s_\-]", "", term).upper()
    numbered = re.fullmatch(r"ISO(?:2022)?IR(\d+)", bare)
    return numbered[1] if numbered else _ALIASES.get(bare, bare)


def _plain(raw: bytes, codes: list[str]) -> Decoded:
    """Decode bytes without any escape sequence."""
    whole = next((_WHOLE[code] for code in codes if code in _WHOLE), None)
    if whole is not None and (text := _tried(raw, whole)) is not None:
        return Decoded(text)
    upper = _UPPER.get(codes[0])
    unicode = _tried(raw, "utf_8")
    if unicode is not None and (upper is None or upper in _LATIN):
        said = f"not as {codes[0]}" if codes[0] else "which its header does not say"
        return Decoded(unicode, f"as UTF-8, {said}")
    # A set of two bytes that is announced as an extension, but was not switched to.
    others = [_UPPER[code] for code in codes[1:] if _UPPER.get(code) in _TWO_BYTES]
    for codec in [upper, *others] if upper else others:
        if (text := _tried(raw, codec)) is not None:
            return Decoded(text)
    if upper == "shift_jis" and (text := _tried(raw, "cp932")) is not None:
        return Decoded(text, "as Shift-JIS")
    return Decoded(raw.decode("latin_1"), "as Latin-1, letter by letter")


def _tried(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _with_escapes(raw: bytes, codes: list[str], *, delimiters: bytes) -> Decoded:
    """Walk through runs of one state each (ISO/IEC 2022 as PS3.5 6.1.2.5 uses it)."""
    initial = _UPPER.get(codes[0])
    fallback = next((_UPPER[code] for code in codes if _UPPER.get(code) in _TWO_BYTES), initial)
    lower, upper = b"", initial
    parts, guess, position = [], "", 0
    while position < len(raw):
        escape = _ESCAPE.match(raw, position) or _LOOSE.match(raw, position)
        if escape is not None:
            kind = escape[1] if escape.re is _ESCAPE else b""
            if kind in _DOUBLE or kind[:1] == b"(":
                lower = kind if kind in _DOUBLE else b""
            elif kind in _SINGLE:
                upper = _SINGLE[kind]
            position = escape.end()
            continue
        end = _run_end(raw, position, double=bool(lower))
        run = raw[position:end]
        position = end
        if run[0] >= 0x80:
            text = _tried(run, upper or fallback or "utf_8")
            guess = guess or ("" if text is not None else "as Latin-1, letter by letter")
            parts.append(run.decode("latin_1") if text is None else text)
        elif lower:
            text = _tried(b"\x1b" + lower + run + b"\x1b(B", _DOUBLE[lower])
            guess = guess or ("" if text is not None else "without some that are damaged")
            parts.append(text or "")
        else:
            parts.append(run.decode("ascii"))
            if run[-1] in delimiters:
                upper = initial
    return Decoded("".join(parts), guess)


def _run_end(raw: bytes, start: int, *, double: bool) -> int:
    """Where a run of bytes of one half ends; a run of single bytes ends behind a delimiter."""
    end, high = start, raw[start] >= 0x80
    while end < len(raw) and raw[end] != 0x1B and (raw[end] >= 0x80) == high:
        end += 1
        if not high and not double and raw[end - 1] in b"\\\r\n\t\f^=":
            break
    return end
