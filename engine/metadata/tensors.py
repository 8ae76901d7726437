"""The safetensors format, read strictly: numpy in the end, nothing believed before it is checked.

Eight bytes n (little-endian), n bytes of JSON, then the tensors (github.com/huggingface/
safetensors, "Format"). Here they must also follow one another without gap or overlap to the very
end, and be exactly those that are expected. What we write carries the hash of its tensors in the
header, because a flipped bit may well hide from a self-test with one film.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import BundleError
from engine.metadata.strict_json import parse_json
from engine.metadata.text import shown

DIGEST = "sha256"  # in the header's "__metadata__"; of everything behind the header
HEADER_BYTES = 2**20
_DTYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}

Shapes = Mapping[str, tuple[str, tuple[int, ...]]]  # name → ("F32" or "I64", shape)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    shape: tuple[int, ...]
    begin: int
    end: int


def most_bytes(expected: Shapes) -> int:
    """Size in bytes that a file of these tensors can have."""
    values = sum(_DTYPES[kind].itemsize * prod(shape) for kind, shape in expected.values())
    return 8 + HEADER_BYTES + values


def read_tensors(data: bytes, expected: Shapes, *, place: str) -> dict[str, NDArray[Any]]:
    """Every tensor of a safetensors file by name, as an array of its own.

    Args:
        data: The whole file.
        expected: Names, types and shapes that must be there; nothing else may be.
        place: What sentences call the file.

    Raises:
        BundleError: The file is not exactly that, or holds a number that is not finite.
    """
    entries, start, digest = _read_header(data, place)
    if set(entries) != set(expected):
        odd = ", ".join(shown(name) for name in sorted(set(entries) ^ set(expected))[:3])
        raise BundleError(
            "{place} does not hold what the architecture implies: {odd}.",
            "bundle",
            place=place,
            odd=odd,
        )
    for name, entry in entries.items():
        if (entry.kind, entry.shape) != expected[name]:
            raise BundleError(
                "{place}: “{name}” has the wrong shape or type.", "bundle", place=place, name=name
            )
    _check_layout(entries, len(data) - start, place)
    if digest and digest != body_hash(data):
        raise BundleError(
            "{place} is damaged: its tensors are not what was saved.", "bundle", place=place
        )
    arrays = {name: _array(data, entry, start) for name, entry in entries.items()}
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise BundleError("{place}: “{name}” is not finite.", "bundle", place=place, name=name)
    return arrays


def body_hash(data: bytes) -> str:
    """SHA-256 of a safetensors file without its header."""
    (size,) = struct.unpack_from("<Q", data)
    return hashlib.sha256(memoryview(data)[8 + size :]).hexdigest()


def _read_header(data: bytes, place: str) -> tuple[dict[str, _Entry], int, str]:
    """What the header says of each tensor, where the tensors begin, and their hash if given."""
    wrong = BundleError("{place} is not a valid safetensors file.", "bundle", place=place)
    if len(data) < 8:
        raise wrong
    (size,) = struct.unpack_from("<Q", data)
    if size > HEADER_BYTES:
        raise BundleError("{place} has a header of more than 1 MiB.", "bundle", place=place)
    if data[8:9] != b"{" or 8 + size > len(data):
        raise wrong
    try:
        table = parse_json(data[8 : 8 + size], place)
    except BundleError as error:
        raise wrong from error
    notes = table.pop("__metadata__", {})
    if not isinstance(notes, dict) or not set(notes) <= {DIGEST, "format"}:
        raise wrong
    entries = {name: _entry(values) for name, values in table.items()}
    if None in entries.values():
        raise wrong
    known = {name: entry for name, entry in entries.items() if entry is not None}
    return known, 8 + size, str(notes.get(DIGEST, ""))


def _entry(values: object) -> _Entry | None:
    """One tensor of the header; None where that is not what the format says."""
    if not isinstance(values, dict) or set(values) != {"dtype", "shape", "data_offsets"}:
        return None
    shape, offsets = values["shape"], values["data_offsets"]
    if not (_counts(shape) and _counts(offsets) and len(offsets) == 2):
        return None
    return _Entry(str(values["dtype"]), tuple(shape), offsets[0], offsets[1])


def _counts(values: object) -> bool:
    return isinstance(values, list) and all(type(value) is int and value >= 0 for value in values)


def _check_layout(entries: Mapping[str, _Entry], size: int, place: str) -> None:
    """The tensors must fill the file: each begins where another ends."""
    position = 0
    for entry in sorted(entries.values(), key=lambda entry: (entry.begin, entry.end)):
        length = _DTYPES[entry.kind].itemsize * prod(entry.shape)
        if (entry.begin, entry.end) != (position, position + length):
            raise BundleError("{place} is not a valid safetensors file.", "bundle", place=place)
        position = entry.end
    if position != size:
        raise BundleError("{place} is not a valid safetensors file.", "bundle", place=place)


def _array(data: bytes, entry: _Entry, start: int) -> NDArray[Any]:
    dtype = _DTYPES[entry.kind]
    flat = np.frombuffer(data, dtype, count=prod(entry.shape), offset=start + entry.begin)
    copy: NDArray[Any] = flat.astype(dtype.newbyteorder("="))  # of its own, and aligned
    return copy.reshape(entry.shape)
