"""Which files are presentation states, and which of them speak of an image."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from engine.imaging.dicom.scan import is_dicom, media_class
from engine.types import Image, Presentation, PresentationState

# Of grey and of colour images (PS3.4 B.5), as the file meta information names them.
_CLASSES: Final = ("1.2.840.10008.5.1.4.1.1.11.1", "1.2.840.10008.5.1.4.1.1.11.2")
_HEAD: Final = 1024  # bytes
_MOST_BESIDE: Final = 2_000  # files of a folder in which one was opened


def is_presentation(path: Path) -> bool:
    """Whether a file is a Softcopy Presentation State, by its first bytes.

    False where it cannot be read.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - as in `folders`; a pipe hangs
            return False
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return is_dicom(head) and media_class(head) in _CLASSES


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
