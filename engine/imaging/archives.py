"""What lies in a zip file or is named by a DICOMDIR: films of a disc, looked at with care.

A zip file comes from anywhere: what is in it is counted and measured before anything is written,
nothing is written outside of a folder of our own, and that folder goes when the program ends.
"""

import atexit
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from engine.errors import ImageError
from engine.imaging.dicom.scan import is_dicom, media_class
from engine.imaging.source import RefusedError, open_file
from engine.words import Sentence

MOST_FILES: Final = 20_000
MOST_BYTES: Final = 16 << 30  # of everything that is unpacked
_MOST_RATIO: Final = 200  # uncompressed over compressed, beyond which a file is a bomb
_FREE: Final = 1_000_000  # bytes that are unpacked whatever their ratio
_BLOCK: Final = 1 << 20
_DIRECTORY: Final = "1.2.840.10008.1.3.10"
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Files of a zip file.

    Attributes:
        folder: Where they were unpacked.
        passed_over: How many members were not: links, and names that lead elsewhere.
        archives: How many of them are zip files, which are not unpacked in turn.
    """

    folder: Path
    passed_over: int = 0
    archives: int = 0

    @property
    def words(self) -> Sentence | None:
        """One sentence about the zip files within; None without any."""
        if not self.archives:
            return None
        return Sentence(
            "Archives within archives are not opened ({count:,} found): unpack {count:it|them}"
            " first, and open the folder.",
            count=self.archives,
        )


def is_zip(path: Path) -> bool:
    """Whether a file is a zip file: by its content, and not a DICOM file whose preamble is one."""
    try:
        with open_file(path) as (stream, _):
            head = stream.read(256)
    except RefusedError:
        return False
    return head[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and not is_dicom(head)


def unpack(path: Path, parent: Path | None = None) -> Unpacked:
    """Unpack a zip file into a new folder that only this user can look into.

    Args:
        path: The zip file.
        parent: Where the folder is made; the system's place for temporary files by default.

    Raises:
        ImageError: It has a password, is too large, or damaged.
    """
    place = parent or Path(tempfile.gettempdir())
    _sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    _ours.add(folder)
    try:
        with open_file(path) as (stream, _):
            passed, inner = _unpack_all(stream, folder)
    except RefusedError as refused:
        shutil.rmtree(folder, ignore_errors=True)
        if refused.reason == "too-large":
            raise ImageError(_TOO_LARGE, "too-large", file=path.name, what=refused.what) from None
        raise refused.sentence_about(path.name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        reason = RefusedError("its content is damaged or not what it says", "damaged")
        raise reason.sentence_about(path.name) from error
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ImageError(
            "{file} cannot be unpacked ({why}): make room on the disk for temporary files.",
            "too-large",
            file=path.name,
            why=error.strerror or "",
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Unpacked(folder, passed, inner)


_TOO_LARGE: Final = (
    "{file} cannot be opened: {what}; unpack it yourself, and open a part of its folder at a time."
)
_PREFIX: Final = "rowscope-unpacked-"
_ours: set[Path] = set()


@atexit.register
def _remove_ours() -> None:
    for folder in _ours:
        if folder.name.startswith(f"{_PREFIX}{os.getpid()}-"):  # not what a fork's parent unpacked
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Remove what programs have left that were killed."""
    for folder in place.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's
        return True
    return True


def _unpack_all(stream: BinaryIO, folder: Path) -> tuple[int, int]:
    """Write the members; how many were passed over, and how many are zip files themselves."""
    with zipfile.ZipFile(stream) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _check(members)
        passed, inside, left = 0, 0, MOST_BYTES
        # Names of folders that a system cannot write, or that differ by their case only, meet
        # nowhere: each has a number.
        folders: dict[str, Path] = {}
        for member in members:
            inner = _inner(member)
            if inner is None:
                passed += 1
                continue
            where = folders.setdefault(inner[0], folder / f"{len(folders) + 1}")
            where.mkdir(exist_ok=True)
            target = where / inner[1]
            if target.exists():
                target = where / f"{len(list(where.iterdir()))} {inner[1]}"
            left -= _write(archive, member, target, left)
            inside += target.suffix.casefold() == ".zip" and is_zip(target)
        return passed, inside


def _check(members: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the directory says, before anything is written."""
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedError(
            "it is protected by a password; unpack it with the program that made it, and open"
            " the folder",
            "unsupported",
        )
    if len(members) > MOST_FILES:
        raise RefusedError(
            "it holds {count:,} files, more than the limit of {most:,}",
            "too-large",
            count=len(members),
            most=MOST_FILES,
        )
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise RefusedError(
            "unpacked it would take more than {most} GiB", "too-large", most=MOST_BYTES >> 30
        )
    for member in members:
        if member.file_size > _FREE + _MOST_RATIO * member.compress_size:
            raise RefusedError(
                "a file in it becomes more than {most} times as large", "damaged", most=_MOST_RATIO
            )


def _inner(member: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Folder and name of a member's file; None of a link, and of what leads elsewhere."""
    if stat.S_ISLNK(member.external_attr >> 16) or member.filename.startswith("/"):
        return None
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    if not parts or ".." in parts or any(":" in part or "\0" in part for part in parts):
        return None
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return None
    return "/".join(parts[:-1]), parts[-1][-100:]


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write a file, and no more of it than the directory has said; how many bytes."""
    written = 0
    with archive.open(member) as source, target.open("xb") as out:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > min(member.file_size, left):
                raise RefusedError("a file in it is larger than it says", "damaged")
            out.write(block)
    return written


# -------------------------------------------------------------------------------- DICOMDIR


@dataclass(frozen=True, slots=True)
class Directory:
    """What a DICOMDIR names.

    Attributes:
        files: Those that are there, in its order.
        missing: Names of those that are not, as it writes them.
        outside: How many names lead out of its folder.
    """

    files: tuple[Path, ...]
    missing: tuple[str, ...] = ()
    outside: int = 0

    @property
    def words(self) -> Sentence | None:
        """One sentence about what is not there; None if all is."""
        if self.outside:
            return Sentence(
                "The DICOMDIR names {count:,} {count:file|files} outside of its folder; not read.",
                count=self.outside,
            )
        if not self.missing:
            return None
        return Sentence(
            "The DICOMDIR names {count:,} {count:file|files} that {count:is|are} not there:"
            " {names}.",
            count=len(self.missing),
            names=", ".join(self.missing[:3]) + (" …" if len(self.missing) > 3 else ""),
        )


def is_directory_file(path: Path) -> bool:
    """Whether a file is a DICOMDIR, whatever its name (PS3.10 8)."""
    try:
        with open_file(path) as (stream, _):
            head = stream.read(512)
    except RefusedError:
        return False
    return is_dicom(head) and media_class(head) == _DIRECTORY


def read_directory(path: Path) -> Directory:
    """Read which files a DICOMDIR names; only those within its own folder are looked for.

    Raises:
        ImageError: It cannot be read.
    """
    from engine.imaging.read import one_error  # noqa: PLC0415 - with pydicom, at first use

    root = path.parent.resolve()
    files: dict[Path, None] = {}
    missing, outside = [], 0
    with one_error(path):
        names = tuple(_names(path))
    known: dict[Path, dict[str, str]] = {}
    for parts in names:
        if not parts or any(map(_leads_away, parts)):
            outside += 1
            continue
        found = _found(root, parts, known)
        if found is None:
            missing.append("/".join(parts))
        elif not found.resolve().is_relative_to(root):  # by a link
            outside += 1
        else:
            files[path.parent / found.relative_to(root)] = None
    return Directory(tuple(files), tuple(missing), outside)


def _leads_away(part: str) -> bool:
    return part in {"", ".", ".."} or bool(set(part) & set("/\\:\0"))


def _names(path: Path) -> Iterator[tuple[str, ...]]:
    """The Referenced File IDs of all records, in their order."""
    from pydicom import dcmread  # noqa: PLC0415 - slow to import, and seldom needed

    from engine.imaging.dicom.scan import check_structure, walk_meta  # noqa: PLC0415
    from engine.imaging.source import quiet  # noqa: PLC0415

    with open_file(path) as (stream, _), quiet():
        _, start = walk_meta(stream.read(1 << 16))
        check_structure(stream, start, big_endian=False)
        stream.seek(0)
        records = dcmread(stream, force=True).get("DirectoryRecordSequence") or ()
        for record in records:
            named = record.get("ReferencedFileID")
            if named:
                yield tuple([named] if isinstance(named, str) else map(str, named))


def _found(root: Path, parts: tuple[str, ...], known: dict[Path, dict[str, str]]) -> Path | None:
    """A file by its name, whatever the case in which a system has written it."""
    here = root
    for part in parts:
        if here not in known:
            try:
                known[here] = {name.casefold(): name for name in os.listdir(here)}  # noqa: PTH208
            except OSError:
                known[here] = {}
        inner = known[here]
        name = inner.get(part.casefold()) or inner.get(f"{part}.dcm".casefold())
        if name is None:
            return None
        here /= name
    return here
