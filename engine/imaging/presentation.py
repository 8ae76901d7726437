"""Which files are presentation states, and which of them speak of an image."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from engine.types import Image, Presentation, PresentationState

# The SOP class of the file meta information (PS3.10 7.1), which stands in the first 300 bytes.
_ELEMENT: Final = b"\x02\x00\x02\x00UI"
_CLASSES: Final = re.compile(rb"1\.2\.840\.10008\.5\.1\.4\.1\.1\.11\.[12]\0?")
_HEAD: Final = 1024
_MOST_BESIDE: Final = 2_000  # files of a folder in which one was opened


def is_presentation(path: Path) -> bool:
    """Whether a file is a Softcopy Presentation State, by its first bytes.

    False where it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    at = head.find(_ELEMENT)
    if head[128:132] != b"DICM" or at < 0:
        return False
    value = at + len(_ELEMENT) + 2
    length = int.from_bytes(head[value - 2 : value], "little")
    return _CLASSES.fullmatch(head[value : value + length]) is not None


def presentations_for(
    states: Iterable[PresentationState], image: Image, frame: int
) -> tuple[Presentation, ...]:
    """Return how presentation states show a frame, the newest first, each once.

    Args:
        states: Those that come with its study.
        image: The file of the frame.
        frame: Its number, from 0.
    """
    uid = image.uids.sop_instance
    if uid is None:
        return ()
    once = {state.uid or str(place): state for place, state in enumerate(states)}
    found = (state.of(uid, frame) for state in once.values())
    shown = [one for one in found if one is not None]
    return tuple(sorted(shown, key=lambda one: one.created, reverse=True))


def presentations_beside(path: Path) -> tuple[Path, ...]:
    """Return the presentation states in the folder of a film, by name; of a huge folder none."""
    found: list[Path] = []
    try:
        with os.scandir(path.parent) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_BESIDE:
                    return ()
                if entry.is_file() and is_presentation(Path(entry.path)):
                    found.append(Path(entry.path))
    except OSError:
        return ()
    return tuple(sorted(found))
