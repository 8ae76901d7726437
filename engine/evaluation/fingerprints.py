"""Which program, which recipe, which weights: enough to tell what differed between two runs."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine import __version__

_PACKAGE = Path(__file__).parents[1]
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What was at work.

    Attributes:
        program: Of this program.
        code: SHA-256 over the names and contents of all modules of the engine.
        commit: Of the repository that the engine lies in, with "+ changes" if files differ from
            it; empty outside a repository.
        python, torch, numpy: Versions.
        machine: System and processor, for example "Linux x86_64"; no name of a computer.
        weights: SHA-256 of the weights file.
        recipe: SHA-256 of the recipe that made the model; empty where the bundle has none.
    """

    program: str
    code: str
    commit: str
    python: str
    torch: str
    numpy: str
    machine: str
    weights: str
    recipe: str


def fingerprints(training: Mapping[str, object], *, weights: str) -> Fingerprints:
    """Of what is running now, and of a model.

    Args:
        training: What the bundle says of its training.
        weights: Hash of its weights file.
    """
    recipe = training.get("recipe")
    return Fingerprints(
        program=f"rowscope {__version__}",
        code=code_hash(_PACKAGE),
        commit=commit_of(_PACKAGE),
        python=platform.python_version(),
        torch=_version("torch"),
        numpy=_version("numpy"),
        machine=f"{platform.system()} {platform.machine()}",
        weights=weights,
        recipe="" if recipe is None else _hash_of(recipe),
    )


def code_hash(package: Path) -> str:
    """SHA-256 over every module of a package, in order of their names."""
    found = hashlib.sha256()
    for path in sorted(package.rglob("*.py"), key=lambda path: path.relative_to(package).parts):
        found.update(path.relative_to(package).as_posix().encode() + b"\0")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def commit_of(package: Path) -> str:
    """The commit that a package was checked out from; empty where git knows none."""
    commit = _git(package, "rev-parse", "HEAD")
    if not commit or not _git(package, "ls-files", "__init__.py"):
        return ""
    changed = _git(package, "status", "--porcelain", "--", ".")
    return f"{commit} + changes" if changed else commit


def _git(folder: Path, *words: str) -> str:
    try:
        run = subprocess.run(  # noqa: S603 - fixed words
            ["git", "-C", str(folder), *words],  # noqa: S607 - wherever git is installed
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def _hash_of(values: object) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
