"""The part of a DICOM file before its pixels: elements, values, characters."""

import io
import math
import re
import struct
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from pydicom import dcmread
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag

from engine.imaging.codecs import DEFLATED, is_big_endian
from engine.imaging.dicom.scan import LONG_VRS, check_structure, walk_meta
from engine.imaging.source import MAX_INFLATED, RefusedError, quiet
from engine.text import clean
from engine.types import Note, NoteCode
from engine.words import Sentence

# --------------------------------------------------------------------- reading the header
# The part of a DICOM file before its pixels, and where the pixels begin.

_PIXELS = 0x7FE00010
_FLOAT_VRS = {0x7FE00008: b"OF", 0x7FE00009: b"OD"}
_FLOAT_PIXELS = frozenset(_FLOAT_VRS)
_GUESSED = {True: "1.2.840.10008.1.2", False: "1.2.840.10008.1.2.1"}
_BIG_ENDIAN = "1.2.840.10008.1.2.2"


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed DICOM header.

    Attributes:
        dataset: Everything before the pixel data.
        stream: The file, or the inflated data set of a deflated one.
        syntax: UID of the transfer syntax, found from the structure if the file does not say.
        offset: First byte of the pixel data's value.
        length: Its length in bytes, `UNDEFINED` for compressed pixels.
        vr: Value representation of the pixel data, b"" if implicit; "OF" and "OD" are those of
            floating-point pixels.
        size: Bytes of the stream.
        warnings: What pydicom found odd, cleaned.
        preamble: The first 128 bytes; empty without a preamble.
        explicit: Whether the data set names its value representations, whatever `syntax` says.
    """

    dataset: Dataset
    stream: BinaryIO
    syntax: str
    offset: int
    length: int
    vr: bytes
    size: int
    warnings: tuple[str, ...]
    preamble: bytes = b""
    explicit: bool = True


def read_header(stream: BinaryIO) -> Header:
    """Parse a DICOM file up to its pixels; refuse one that has none."""
    with quiet() as said:
        dataset, body, uid, head, start = _parsed(stream)
        begin = body.tell()
        big_endian = is_big_endian(uid)
        offset, length, vr = _pixel_element(dataset, body, begin, big_endian=big_endian)
    size = body.seek(0, io.SEEK_END)
    preamble = head[:128] if head[128:132] == b"DICM" else b""
    explicit = uid == DEFLATED or head[start + 4 : start + 6].isalpha()
    return Header(
        dataset, body, uid, offset, length, vr, size, tuple(said), preamble, explicit
    )  # fmt: skip


def read_document(stream: BinaryIO) -> Dataset:
    """Parse a DICOM file that holds no pixels, such as a presentation state."""
    with quiet():
        return _parsed(stream)[0]


def open_data_set(stream: BinaryIO) -> tuple[BinaryIO, int, int, bool]:
    """Where a data set lies, for who walks through it without building anything.

    The file, or what was deflated in it; its first byte there; the end of the file meta
    information in the file; whether it is big-endian.
    """
    stream.seek(0)
    head = stream.read(1 << 16)
    uid, start = walk_meta(head)
    if uid == DEFLATED:
        return _inflate(stream, start), 0, start, False
    return stream, start, start, _looks_big_endian(head[start:], uid)


def _parsed(stream: BinaryIO) -> tuple[Dataset, BinaryIO, str, bytes, int]:
    """Everything before the pixels, where they begin, and how the file is written.

    The data set, the stream at its end, its transfer syntax, the first bytes of the file, and
    where the data set begins in them.
    """
    stream.seek(0)
    head = stream.read(1 << 16)
    uid, start = walk_meta(head)
    if uid == DEFLATED:
        body: BinaryIO = _inflate(stream, start)
        check_structure(body, 0, big_endian=False)
        return _read_inflated(body), body, uid, head, start
    if DEFLATED.encode() in head[:1024]:
        raise RefusedError("its file meta information is damaged", "damaged")
    check_structure(stream, start, big_endian=_looks_big_endian(head[start:], uid))
    stream.seek(0)
    dataset = dcmread(stream, stop_before_pixels=True, force=True)
    return dataset, stream, uid or _guess_syntax(dataset), head, start


def _looks_big_endian(start: bytes, uid: str) -> bool:
    return is_big_endian(uid) or (not uid and start[:1] == b"\0" and start[4:6].isalpha())


def _guess_syntax(dataset: Dataset) -> str:
    meta = getattr(dataset, "file_meta", None)
    stated = str(meta.get("TransferSyntaxUID", "") or "") if meta is not None else ""
    implicit, little = dataset.original_encoding
    return stated or (_GUESSED[bool(implicit)] if little else _BIG_ENDIAN)


def _inflate(stream: BinaryIO, start: int) -> io.BytesIO:
    stream.seek(start)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = inflater.decompress(stream.read(), MAX_INFLATED)
    except zlib.error:
        raise RefusedError("its deflated data are damaged", "damaged") from None
    if inflater.unconsumed_tail:
        raise RefusedError("its deflated data become larger than 1 GiB", "too-large")
    if not inflater.eof:
        raise RefusedError("its deflated data end too early", "truncated")
    return io.BytesIO(inflated)


def _read_inflated(body: BinaryIO) -> Dataset:
    def at_pixels(tag: BaseTag, _vr: str | None, _length: int) -> bool:
        return tag == _PIXELS or tag in _FLOAT_PIXELS

    body.seek(0)
    return read_dataset(body, is_implicit_VR=False, is_little_endian=True, stop_when=at_pixels)


def _pixel_element(
    dataset: Dataset, stream: BinaryIO, begin: int, *, big_endian: bool
) -> tuple[int, int, bytes]:
    """Find value offset, length and VR of the pixel data element at `begin`."""
    stream.seek(begin)
    head = stream.read(12)
    order = ">" if big_endian else "<"
    if len(head) < 8:
        raise _without_pixels(dataset)
    group, element = struct.unpack(order + "HH", head[:4])
    tag = group << 16 | element
    if tag != _PIXELS and tag not in _FLOAT_PIXELS:
        raise _without_pixels(dataset)
    vr = head[4:6] if head[4:6] in LONG_VRS else _FLOAT_VRS.get(tag, b"")
    implicit = head[4:6] not in LONG_VRS
    at = 4 if implicit else 8
    if len(head) < at + 4:
        raise RefusedError("it ends before its pixels do", "truncated")
    return begin + at + 4, struct.unpack(order + "L", head[at : at + 4])[0], vr


def _without_pixels(dataset: Dataset) -> RefusedError:
    """Say what the file is instead, or that its pixels are missing."""
    if "Rows" in dataset and "Columns" in dataset:
        return RefusedError("it describes an image but ends before the pixels", "truncated")
    if "DirectoryRecordSequence" in dataset:
        return RefusedError("it is a directory of other files (DICOMDIR)", "no-pixels")
    if len(dataset) == 0:
        return RefusedError("its header is damaged", "damaged")
    modality = clean(dataset.get("Modality", ""), limit=16)
    kind = f" (modality {modality})" if modality else ""
    return RefusedError("it is DICOM without an image{kind}", "no-pixels", kind=kind)


# ------------------------------------------------------------------------- character sets
# Text of DICOM headers: every character set of PS3.3 C.12.1.1.2, also as it is wrongly written.
#
# Escape sequences are followed wherever they stand, whether the header announces them or not,
# since nothing else looks like them; they never come out as letters. What no rule can decode is
# read as Latin-1 and said to be a guess, so that no mark of replacement stands for what is there.

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


_AS_LATIN = Sentence("as Latin-1, letter by letter")
_WITHOUT_SOME = Sentence("without some that are damaged")


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
    return Decoded(raw.decode("latin_1"), _AS_LATIN)


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
            guess = guess or ("" if text is not None else _AS_LATIN)
            parts.append(run.decode("latin_1") if text is None else text)
        elif lower:
            text = _tried(b"\x1b" + lower + run + b"\x1b(B", _DOUBLE[lower])
            guess = guess or ("" if text is not None else _WITHOUT_SOME)
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


# --------------------------------------------------------------------- values of elements
# Reading header values that may be missing, damaged or absurd: absent rather than wrong.

_TEXTS = {"LO", "LT", "PN", "SH", "ST", "UC", "UT"}  # PS3.5 6.1.2.3: those with character sets
_ONE_VALUE = {"LT", "ST", "UT"}  # in which a backslash is a letter


class HeaderFields:
    """Guarded access to one data set; what cannot be used is left out and noted.

    Attributes:
        notes: What was left out, in the order of finding.
    """

    def __init__(self, dataset: Dataset, notes: list[Note]) -> None:
        self.dataset = dataset
        self.notes = notes

    def raw(self, keyword: str) -> Any:  # noqa: ANN401 - whatever pydicom makes of the value
        """Return the value, or None where it is missing, empty or unreadable."""
        tag = tag_for_keyword(keyword)
        if tag is not None and tag not in self.dataset:  # most are not there, and quiet() costs
            return None
        with quiet() as said:
            try:
                value = self.dataset.get(keyword)
            except Exception:  # noqa: BLE001 - of many kinds; each means "unreadable"
                self.note(
                    "unreadable",
                    "{keyword} is unreadable and was ignored.",
                    keyword=_words(keyword),
                )
                return None
        for words in said:
            self.note("parser", "pydicom: {words}", words=words)
        return None if value is None or value == "" else value

    def string(self, keyword: str) -> str:
        """Return a text as it stands in the file, its bytes decoded by its character set."""
        found = self._decoded(keyword)
        return str(self.raw(keyword) or "") if found is None else found

    def _decoded(self, keyword: str) -> str | None:
        """Decode the bytes of a text ourselves; None where there are none, or it is no text."""
        tag = tag_for_keyword(keyword)
        if tag is None or tag not in self.dataset:
            return None
        element: object = self.dataset.get_item(tag)
        if not isinstance(element, RawDataElement) or not isinstance(element.value, bytes):
            return None
        vr = element.VR or dictionary_VR(tag)
        if vr not in _TEXTS:
            return None
        found = decode_text(element.value.rstrip(b" \0"), self._terms(), name=vr == "PN")
        if found.guess:
            self.note(
                "charset",
                "{keyword} was read {guess}.",
                keyword=_words(keyword),
                guess=found.guess,
            )
        if vr in _ONE_VALUE:
            return found.text
        return ", ".join(part.strip(" \0") for part in found.text.split("\\"))

    def _terms(self) -> tuple[str, ...]:
        value = self.raw("SpecificCharacterSet")
        if value is None:
            return ()
        return tuple(str(part or "") for part in (value if _is_many(value) else [value]))

    def at(self, group: int, element: int) -> Any:  # noqa: ANN401 - whatever pydicom makes of it
        """Return the value of an element by its tag, or None where it is missing or unreadable."""
        with quiet(), suppress(Exception):  # of many kinds; each means "unreadable"
            return getattr(self.dataset.get((group, element)), "value", None)
        return None

    def text(self, keyword: str) -> str:
        """Return the value as one clean line."""
        found = self._decoded(keyword)
        if found is not None:
            return clean(found)
        value = self.raw(keyword)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return clean(", ".join(str(part) for part in value))
        return clean(value)

    def numbers(self, keyword: str) -> tuple[float, ...]:
        """Return all values as finite numbers, or () with a note."""
        value = self.raw(keyword)
        if value is None:
            return ()
        parts = list(value) if _is_many(value) else [value]
        while parts and str(parts[-1]).strip() == "":  # "2000\\": a value that was never given
            parts.pop()
        try:
            numbers = tuple(float(part) for part in parts)
        except (TypeError, ValueError, OverflowError):
            numbers = (math.nan,)
        if not all(math.isfinite(number) for number in numbers):
            self.note(
                "not-a-number",
                "{keyword} is not a finite number and was ignored.",
                keyword=_words(keyword),
            )
            return ()
        return numbers

    def number(self, keyword: str) -> float | None:
        """Return the first value as a finite number, or None."""
        numbers = self.numbers(keyword)
        return numbers[0] if numbers else None

    def count(self, keyword: str, default: int | None = None) -> int:
        """Return a whole number that decoding depends on; refuse the file without it."""
        number = self.number(keyword)
        if number is None and default is not None:
            return default
        if number is None or number != int(number):
            raise RefusedError(
                "its header has no usable {keyword}", "damaged", keyword=_words(keyword)
            )
        return int(number)

    def items(self, keyword: str) -> list[Dataset]:
        """Return the items of a sequence; [] where it is missing or not one."""
        value = self.raw(keyword)
        if not _is_many(value):
            return []
        return [item for item in value if isinstance(item, Dataset)]

    def note(self, code: NoteCode, template: str, /, **arguments: object) -> None:
        """Remember once what is odd about the file: a sentence, or its template and arguments."""
        words = template if isinstance(template, Sentence) else Sentence(template, **arguments)
        note = Note(code, words)
        if note not in self.notes:
            self.notes.append(note)


def _is_many(value: object) -> bool:
    return hasattr(value, "__iter__") and not isinstance(value, str | bytes)


def _words(keyword: str) -> str:
    """Return a DICOM keyword as words: "PixelSpacing" becomes "Pixel Spacing"."""
    spaced = [f" {c}" if c.isupper() and i else c for i, c in enumerate(keyword)]
    return "".join(spaced)
