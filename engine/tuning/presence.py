"""Who works on a tuning: one small file for each process, touched while it lives.

A process of this machine is dead when the system says so. One of another machine is taken for
dead when its file has not been touched for two minutes, by the clock of the shared folder. Should
it only have slept, it finds its trial taken away when it wakes, and goes on with another.
"""

import hashlib
import json
import os
import platform
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

BEAT = 10.0  # seconds between two touches
SILENCE = 120.0  # seconds after which a process of another machine counts as dead
_FOLDER = "workers"


class Presence:
    """This process among those that work in one folder.

    Attributes:
        name: Unique; the journal says with it who runs a trial.
    """

    def __init__(self, output: Path, *, works: bool = True) -> None:
        self.name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._folder = output / _FOLDER
        self._path = self._folder / f"{self.name}.json"
        self._works = works
        self._left = threading.Event()

    def enter(self) -> None:
        """Write the file, and touch it from now on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        pid = os.getpid()
        values = {
            "machine": _machine(),
            "pid": pid,
            "started": _started(pid),
            "works": self._works,
        }
        beside = self._path.with_suffix(".part")
        beside.write_text(json.dumps(values), encoding="utf-8")
        beside.replace(self._path)
        threading.Thread(target=self._beat, daemon=True).start()

    def leave(self) -> None:
        """Take the file away: what this process left undone is free."""
        self._left.set()
        self._path.unlink(missing_ok=True)

    def is_alive(self, name: str) -> bool:
        """Whether the process of that name still works, as far as can be known."""
        path = self._folder / f"{name}.json"
        values = _read(path)
        if values is None:  # it left
            return False
        if values["machine"] == _machine() and values["started"]:
            return bool(_started(values["pid"]) == values["started"])
        self._touch()  # so that both times are by the folder's clock
        with suppress(OSError):
            return self._path.stat().st_mtime - path.stat().st_mtime < SILENCE
        return True

    def living(self) -> int:
        """How many processes try combinations in the folder."""
        names = [path.stem for path in self._folder.glob("*.json")]
        return sum(self._tries(name) and self.is_alive(name) for name in names)

    def _tries(self, name: str) -> bool:
        values = _read(self._folder / f"{name}.json")
        return values is not None and values["works"]

    def _beat(self) -> None:
        while not self._left.wait(BEAT):
            self._touch()

    def _touch(self) -> None:
        with suppress(OSError):  # the folder may be away for a while
            os.utime(self._path)


@contextmanager
def present(output: Path, *, works: bool = True) -> Iterator[Presence]:
    """Be in a folder for a while.

    Args:
        output: Of the tuning.
        works: Whether this process tries combinations itself, or only watches others.
    """
    presence = Presence(output, works=works)
    presence.enter()
    try:
        yield presence
    finally:
        presence.leave()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return values


def _machine() -> str:
    """Where a process number means something: host and container, without naming them."""
    space = ""
    with suppress(OSError, AttributeError):
        space = str(Path("/proc/self/ns/pid").readlink())
    return hashlib.sha256(f"{platform.node()} {space}".encode()).hexdigest()[:16]


def _started(pid: int) -> str:
    """When a process began, in the system's own unit; empty if it is dead or nobody can say."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = status.rpartition(")")[2].split()  # the name before may hold anything
    return "" if fields[0] == "Z" else fields[19]
