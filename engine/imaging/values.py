"""Reading header values that may be missing, damaged or absurd: absent rather than wrong."""

import math
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from engine.imaging.charset import decode_text
from engine.imaging.quiet import quiet
from engine.imaging.refused import RefusedError
from engine.imaging.text import clean
from engine.types import Note, NoteCode
from engine.words import Sentence

_TEXTS = {"LO", "LT", "PN", "SH", "ST", "UC", "UT"}  # PS3.5 6.1.2.3: those with character sets
_ONE_VALUE = {"LT", "ST", "UT"}  # in which a backslash is a letter


class Fields:
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
