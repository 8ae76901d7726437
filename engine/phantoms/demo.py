"""The demo study: a handful of films that may be shown to anybody."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pydicom.data import get_testdata_file

from engine.errors import DataError
from engine.phantoms.dicom import Photometric, VoiFunction, write_phantom
from engine.phantoms.phantom import PhantomSpec, draw_phantom

VERSION = "3"  # raise it when the drawing changes: old films are then drawn anew


@dataclass(frozen=True, slots=True)
class _Film:
    name: str
    spec: PhantomSpec
    photometric: Photometric = "MONOCHROME2"
    voi_function: VoiFunction = "LINEAR"


_FILMS = (
    _Film("phantom-1.dcm", PhantomSpec(7, 1024, 1024, opacity=True)),
    _Film("phantom-2.dcm", PhantomSpec(20, 1024, 1024)),
    _Film("phantom-3.dcm", PhantomSpec(21, 1024, 1024, opacity=True), "MONOCHROME1"),
    _Film("phantom-4.dcm", PhantomSpec(4, 960, 960), voi_function="SIGMOID"),
    _Film("phantom-5.dcm", PhantomSpec(35, 896, 896, opacity=True)),
    _Film("phantom-6.dcm", PhantomSpec(36, 768, 768)),
)
_EXAMPLES = ("CT_small.dcm", "MR_small.dcm")  # of pydicom, not ours: other modalities


def demo_study(folder: Path) -> list[Path]:
    """Write six phantoms, a CT and an MR slice into a folder; what is there already stays.

    Returns:
        Paths of the files in the order in which they are to be shown.

    Raises:
        DataError: The folder cannot be written.
    """
    stamp = folder / "version.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        current = stamp.is_file() and stamp.read_text(encoding="utf-8") == VERSION
        for film in _FILMS:
            if not (current and (folder / film.name).is_file()):
                _write(folder / film.name, film)
        stamp.write_text(VERSION, encoding="utf-8")
        return [folder / film.name for film in _FILMS] + _examples(folder)
    except OSError as error:
        raise DataError(
            "{folder} could not be written: {error}.", "data", folder=folder, error=error.strerror
        ) from error


def _write(path: Path, film: _Film) -> None:
    part = path.with_suffix(".part")  # a film that was interrupted is never taken for a whole one
    write_phantom(
        draw_phantom(film.spec), part, photometric=film.photometric, voi_function=film.voi_function
    )
    part.replace(path)


def _examples(folder: Path) -> list[Path]:
    found = []
    for name in _EXAMPLES:
        source = get_testdata_file(name, download=False)
        if source is not None:
            shutil.copyfile(str(source), folder / name)
            found.append(folder / name)
    return found
