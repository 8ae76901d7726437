"""What a film is, whatever its file is called: hashes of its pixels and of its header."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.types import FilmIdentity, Frame, FrameHeader, Image

if TYPE_CHECKING:
    from hashlib import _Hash

_ELSEWHERE = "path"  # the one field that a copy of the file does not share


def content_hash(frame: Frame) -> str:
    """Return the hash of a frame's pixels: shape, modality values, colour, padding.

    Returns:
        64 hexadecimal figures (SHA-256).
    """
    digest = sha256()
    for array in (frame.values, frame.exact, frame.colour, frame.valid):
        _feed(digest, array)
    return digest.hexdigest()


def header_digest(image: Image, header: FrameHeader) -> str:
    """Return the hash of all that a file says of a frame: what can change answer or display.

    Every field counts but the path.

    Returns:
        64 hexadecimal figures.
    """
    digest = sha256()
    for part in _parts((image, header)):
        if isinstance(part, np.ndarray):
            _feed(digest, part)
        else:
            digest.update(f"{part!r};".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def film_identity(frame: Frame) -> FilmIdentity:
    """Return which film a frame is: by its content, and by its SOP Instance UID where it has one.

    A copy of the file has the same identity, under any name; a file that was written again has
    not. Of films that share a UID and differ, see `told_apart`.
    """
    pixels = frame.content or content_hash(frame)
    content = f"{pixels}-{header_digest(frame.image, frame.header)}"
    return FilmIdentity(content, frame.index, frame.image.uids.sop_instance)


def film_key(frame: Frame) -> str:
    """Return what an answer to a frame belongs to: `FilmIdentity.key` of its identity."""
    return film_identity(frame).key


def told_apart(films: Iterable[FilmIdentity]) -> tuple[FilmIdentity, ...]:
    """Return the identities of films that lie together; the content decides where UIDs lie.

    A UID that several of them claim with different content names none of them.
    """
    films = tuple(films)
    contents: dict[tuple[str, int], set[str]] = {}
    for film in films:
        contents.setdefault(film.subject, set()).add(film.content)
    claimed = {subject[0] for subject, found in contents.items() if len(found) > 1}
    return tuple(
        replace(film, sop_instance_uid=None) if film.sop_instance_uid in claimed else film
        for film in films
    )


def _feed(digest: "_Hash", array: NDArray[Any] | None) -> None:
    if array is None:
        digest.update(b"none;")
        return
    digest.update(f"{array.dtype.str}{array.shape};".encode())
    digest.update(np.ascontiguousarray(array).data)


def _parts(value: object) -> Iterator[object]:
    """Every plain value within, each field by name, so that no two headers read alike."""
    if is_dataclass(value):
        yield type(value).__name__
        for field in fields(value):
            if field.name != _ELSEWHERE:
                yield field.name
                yield from _parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield len(value)
        for part in value:
            yield from _parts(part)
    else:
        yield value
