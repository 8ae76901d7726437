"""All elements of a DICOM file up to its pixels, as lines for people to read.

It walks through the file itself and builds nothing of it: a header that is refused as an image,
or made to be endless, is still listed as far as the limits go.
"""

import string
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Final

from pydicom import datadict

from engine.imaging.dicom.header import decode_text, open_data_set
from engine.imaging.dicom.scan import LONG_VRS, UNDEFINED
from engine.imaging.source import RefusedError
from engine.text import clean
from engine.types import TagLine
from engine.words import Sentence

MOST_LINES: Final = 5_000
MOST_NESTED: Final = 32  # sequences within each other
MOST_LETTERS: Final = 256
_STEPS: Final = 50_000  # elements that are met, listed or not
_READ: Final = 4_096  # bytes of a value that are looked at
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_DELIMITERS: Final = frozenset({_ITEM, _ITEM_END, _SEQUENCE_END})
_PIXELS: Final = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_CHARACTER_SET: Final = 0x00080005
_TEXTS: Final = frozenset(
    {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI"}
) | {"UR", "UT"}
_NUMBERS: Final = {
    "US": "H", "SS": "h", "UL": "L", "SL": "l", "FL": "f", "FD": "d", "UV": "Q", "SV": "q",
}  # fmt: skip
_LETTERS: Final = frozenset(string.printable.encode()) - frozenset(b"\x0b\x0c")


@dataclass(slots=True)
class _Level:
    """The data set, a sequence, one of its items, or compressed pixels in fragments.

    Attributes:
        end: First byte behind it; None where only a delimiter tells.
        terms: Specific Character Set that holds within.
        items: Those of a sequence that were met so far.
        creators: Of an item's private blocks, by group and block.
        implicit: Whether elements name no value representation; None until the first was met.
    """

    kind: str
    end: int | None
    terms: tuple[str, ...] = ()
    items: int = 0
    creators: dict[int, str] = field(default_factory=dict)
    implicit: bool | None = None


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    vr: str
    length: int | None  # None: undefined


def list_tags(stream: BinaryIO) -> tuple[TagLine, ...]:
    """List the elements of a file that begins as DICOM does, the file meta information first.

    Raises:
        RefusedError: There is not one that can be listed.
    """
    body, start, meta_end, big_endian = open_data_set(stream)
    stream.seek(0)
    first = 132 if stream.read(132)[128:] == b"DICM" else 0
    size = body.seek(0, 2)
    lines = list(_Walk(stream, first, meta_end).lines())
    more = _Walk(body, start, size, ">" if big_endian else "<").lines()
    lines += islice(more, max(MOST_LINES + 1 - len(lines), 0))
    if not lines:
        raise RefusedError("its header is damaged", "damaged")
    if len(lines) > MOST_LINES:
        said = Sentence("Only the first {count:,} lines are shown.", count=MOST_LINES)
        lines = [*lines[:MOST_LINES], TagLine(0, "", "", "", said)]
    return tuple(lines)


class _Walk:
    """Goes from element to element between two places of a stream, into sequences and out."""

    def __init__(self, stream: BinaryIO, start: int, end: int, order: str = "<") -> None:
        self._stream, self._at, self._order = stream, start, order
        self._end = end
        self._levels = [_Level("item", end)]
        self._over = False

    def lines(self) -> Iterator[TagLine]:
        """A line for each element and each item of a sequence."""
        for _ in range(_STEPS):
            while self._is_left():
                self._levels.pop()
            found = None if self._over else self._next()
            if found is None:
                return
            if found.tag not in _DELIMITERS:
                yield self._element(found)
            elif (line := self._delimited(found)) is not None:
                yield line

    @property
    def _level(self) -> _Level:
        return self._levels[-1]

    def _is_left(self) -> bool:
        end = self._level.end
        return len(self._levels) > 1 and end is not None and self._at >= end

    def _next(self) -> _Element | None:
        """Step to the value of the next element; None where no other one can be read."""
        if self._at + 8 > self._end:
            return None
        self._stream.seek(self._at)
        head = self._stream.read(12)
        if len(head) < 8:
            return None
        group, element = struct.unpack(self._order + "HH", head[:4])
        tag, vr = group << 16 | element, head[4:6]
        named = vr.isalpha() and vr.isupper()
        if tag in _DELIMITERS:
            return self._found(tag, "", head[4:8], 8)
        if self._level.implicit is None:
            self._level.implicit = not named
        if self._level.implicit or not named:
            return self._found(tag, _usual_vr(tag), head[4:8], 8)
        if vr in LONG_VRS:
            return self._found(tag, vr.decode(), head[8:12].ljust(4, b"\0"), 12)
        return self._found(tag, vr.decode(), head[6:8], 8)

    def _found(self, tag: int, vr: str, length: bytes, width: int) -> _Element:
        self._at += width
        number = int.from_bytes(length, "big" if self._order == ">" else "little")
        return _Element(tag, vr, None if len(length) == 4 and number == UNDEFINED else number)

    def _delimited(self, found: _Element) -> TagLine | None:
        """Step into an item, or out of one or of a sequence; what fits nowhere is passed over."""
        level = self._level
        if found.tag == _ITEM_END:
            if level.kind == "item" and len(self._levels) > 1:
                self._levels.pop()
        elif found.tag == _SEQUENCE_END:
            inner = [place for place, one in enumerate(self._levels) if one.kind != "item"]
            del self._levels[inner[-1] if inner else len(self._levels) :]
        elif level.kind == "fragments":
            self._at += found.length or 0
        elif level.kind == "sequence":
            level.items += 1
            line = self._line(found, Sentence("Item {number:,}", number=level.items), "")
            self._levels.append(_Level("item", self._behind(found), level.terms))
            return line
        return None

    def _element(self, found: _Element) -> TagLine:
        level = self._level
        name = _name(found.tag, level.creators)
        if found.tag in _PIXELS and len(self._levels) == 1:
            self._over = True
            return self._line(found, name, _amount(found))
        if found.vr == "SQ" or found.length is None:
            return self._nested(found, name)
        if self._at + found.length > self._end:
            self._over = True
            return self._line(found, name, Sentence("The file ends before this value does."))
        self._stream.seek(self._at)
        raw = self._stream.read(min(found.length, _READ))
        self._at += found.length
        value = _value(found, raw, level.terms, self._order)
        if found.tag == _CHARACTER_SET:
            level.terms = tuple(part.strip() for part in str(value).split("\\"))
        elif _is_creator(found.tag):
            level.creators[found.tag >> 16 << 8 | found.tag & 0xFF] = str(value)
        return self._line(found, name, value)

    def _nested(self, found: _Element, name: str) -> TagLine:
        """Step into a sequence that is not nested too deep, else over it."""
        if sum(one.kind == "sequence" for one in self._levels) >= MOST_NESTED:
            self._over = found.length is None
            self._at += found.length or 0
            said = Sentence("Not shown: it lies within {count} sequences.", count=MOST_NESTED)
            return self._line(found, name, said)
        kind = "fragments" if found.tag in _PIXELS else "sequence"
        line = self._line(found, name, _amount(found) if kind == "fragments" else "")
        self._levels.append(_Level(kind, self._behind(found), self._level.terms))
        return line

    def _behind(self, found: _Element) -> int | None:
        return None if found.length is None else self._at + found.length

    def _line(self, found: _Element, name: str, value: str) -> TagLine:
        tag = f"({found.tag >> 16:04X},{found.tag & 0xFFFF:04X})"
        return TagLine(len(self._levels) - 1, tag, found.vr, name, value, found.length)


def _name(tag: int, creators: dict[int, str]) -> str:
    if not tag & 0xFFFF:
        return "Group Length"
    if tag >> 16 & 1:
        return _private_name(tag, creators)
    try:
        return datadict.dictionary_description(tag)
    except KeyError:
        return Sentence("Unknown")


def _private_name(tag: int, creators: dict[int, str]) -> str:
    """Names of private elements are the makers' own, and not to be taken for DICOM's."""
    if _is_creator(tag):
        return Sentence("Private creator")
    creator = creators.get(tag >> 16 << 8 | (tag & 0xFFFF) >> 8, "")
    if not creator:
        return Sentence("Private")
    try:
        known = datadict.private_dictionary_description(tag, creator)
    except KeyError:
        return Sentence("Private, of {creator}", creator=clean(creator, limit=64))
    return Sentence("Private: {name}", name=clean(known, limit=64))


def _is_creator(tag: int) -> bool:
    return bool(tag >> 16 & 1) and 0x10 <= tag & 0xFFFF <= 0xFF


def _usual_vr(tag: int) -> str:
    """The value representation that the dictionary gives, where a file names none."""
    if _is_creator(tag):
        return "LO"
    try:
        return datadict.dictionary_VR(tag)[:2]  # "US or SS": the sign is not looked up
    except KeyError:
        return "UL" if not tag & 0xFFFF else ""


def _value(found: _Element, raw: bytes, terms: tuple[str, ...], order: str) -> str:
    """A value as text; a `Sentence` of its length where it is none that people read."""
    cut = len(raw) < (found.length or 0)
    if found.vr in _TEXTS:
        return _text(raw, terms, name=found.vr == "PN", cut=cut)
    if found.vr in _NUMBERS or found.vr == "AT":
        return _numbers(found.vr, raw, order, cut=cut)
    bare = raw.rstrip(b"\0 ")
    if found.vr in {"UN", ""} and not cut and bare and _LETTERS.issuperset(bare):
        return clean(bare.decode("ascii"), limit=MOST_LETTERS)
    return _amount(found) if found.length else ""


def _text(raw: bytes, terms: tuple[str, ...], *, name: bool, cut: bool) -> str:
    """Decode a text; one that was cut may end within a letter."""
    bare = raw.rstrip(b"\0 ")
    decoded = decode_text(bare, terms, name=name)
    for less in range(1, 4 if cut else 1):
        if not decoded.guess:
            break
        decoded = decode_text(bare[:-less], terms, name=name)
    return clean(decoded.text, limit=MOST_LETTERS)


def _numbers(vr: str, raw: bytes, order: str, *, cut: bool) -> str:
    form = "HH" if vr == "AT" else _NUMBERS[vr]
    size = struct.calcsize(order + form)
    most = raw[: min(len(raw), MOST_LETTERS * size) // size * size]
    parts = struct.iter_unpack(order + form, most)
    if vr == "AT":
        text = "\\".join(f"({group:04X},{element:04X})" for group, element in parts)
    else:
        shape = ".9g" if form in "fd" else "d"
        text = "\\".join(format(number, shape) for (number,) in parts)
    return clean(text + "…" if cut else text, limit=MOST_LETTERS)


def _amount(found: _Element) -> str:
    if found.length is None:
        return Sentence("Compressed, in parts")
    return Sentence("{count:,} {count:byte|bytes}", count=found.length)
