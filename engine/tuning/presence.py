"""Who works on a tuning: each process holds the lock of one small file for as long as it lives.

The system lets go of a lock when its process ends, however it ends; that of a machine that is gone
goes when the shared folder's server gives it up. Should that machine only have slept, it finds its
trial taken away when it wakes, and goes on with another.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_FOLDER = "workers"


@dataclass(frozen=True, slots=True)
class Presence:
    """This process among those that work in one folder.

    Attributes:
        name: Unique; the journal says with it who runs a trial.
        works: Whether it tries combinations itself, or only watches others.
        folder: Where everybody's files are.
    """

    name: str
    works: bool
    folder: Path

    def is_alive(self, name: str) -> bool:
        """Whether the process of that name still works. Ask inside `exclusive`."""
        path = self.folder / name
        if name == self.name or not path.is_file():  # whoever leaves takes the file away
            return name == self.name
        try:
            with FileLock(path, timeout=0):
                return False
        except Timeout:
            return True


@contextmanager
def present(output: Path, *, works: bool = True) -> Iterator[Presence]:
    """Be in the folder of a tuning for a while; see `Presence`."""
    name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
    folder = output / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / name):
            yield Presence(name, works, folder)
    finally:
        (folder / name).unlink(missing_ok=True)
