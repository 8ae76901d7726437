"""Pictures of the window in build/shots, of films that we draw ourselves (`make shots`).

Each picture is one command line: the program opens films without a display, does what the line
says, and saves the window, or one pane. `python tests/shots.py read compare` makes some of them
only. Where the network was in the same state is looked up in an index of films drawn for it.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - after the path
import pydicom  # noqa: E402 - after the path
from pydicom.uid import generate_uid  # noqa: E402 - after the path

from engine.phantoms import (  # noqa: E402 - after the path
    PhantomSpec,
    demo_study,
    draw_phantom,
    write_phantom,
)

SIZES = {"1280": ("1280x800", 1), "2560": ("2560x1440", 1), "3840": ("1920x1080", 2)}
DATES = {"1-now": "20261123", "2-before": "20251008", "3-first": "20240317"}
SLICES = 40
INDEXED, SEEDS = 24, 900  # films of the index, and the first of their seeds: not those of the demo
MARKS = (
    "wait 1; measure.length 330,700 690,690; measure.ellipse 220,560 420,760;"
    " measure.probe 500,420; measure.angle 380,300 500,420 640,300"
)
BEFORE = "measure.length 330,690 670,690; measure.ellipse 220,560 420,760; measure.probe 500,420"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of each size.

    Attributes:
        films: What is opened: a folder, or a pattern of files.
        do: Commands, as `rowscope --commands` lists them.
        language: Of the window.
        model: That reads.
        take: Code of a pane that is saved instead of the window; of one size, that of the pane.
    """

    films: str
    do: str = ""
    language: str = "en"
    model: str = "phantom-opacity"
    take: str = ""


DEMO = "demo/phantom-*.dcm"
INSPECT = "workspace inspect; map state"
WHATIF = "workspace inspect; map none; whatif.rows 10 14 mean"
PAGES = ("architecture", "weights", "training", "audit", "card")
SHOTS = {
    "read": Shot("demo/phantom-*.dcm", MARKS),
    "influence": Shot("demo/phantom-*.dcm", "map influence"),
    "influence-light": Shot("demo/phantom-*.dcm", "theme light; map influence"),
    "compare": Shot("visits", f"theme light; {MARKS}; compare; pane 2; {BEFORE}; pane 1", "zh"),
    "strangers": Shot("demo/phantom-*.dcm", "layout 1x2; show 2 2; rotate 90; invert"),
    "call": Shot("demo/phantom-*.dcm", "own-call on"),
    "series": Shot("series", "frame 16; layout 1x2; show 1 2; pane 2; frame 28; window 400 2000"),
    "inspect": Shot(DEMO, f"{INSPECT}; wait 2"),
    "inspect-unit": Shot(DEMO, f"{INSPECT}; unit 32; side unit; step 9; wait 4"),
    "inspect-row": Shot(DEMO, f"{INSPECT}; unit 32 79 31; step 10; wait 4"),
    "inspect-memory": Shot(DEMO, f"{INSPECT}; map.memory; dock memory; wait 8"),
    "inspect-find": Shot(DEMO, f"{INSPECT}; dock find; find 10 14; wait 4"),
    "inspect-compare": Shot(
        DEMO, f"theme light; {INSPECT}; map influence; dock compare; compare.untrained; wait 8"
    ),
    "inspect-whatif": Shot(DEMO, f"{WHATIF}; whatif.keep; whatif.rows 20 28 neighbour; wait 4"),
    **{
        f"model-{page}": Shot(DEMO, f"workspace inspect; model.show {page}; wait 3", take=page)
        for page in PAGES
    },
    "regions": Shot(DEMO, "region 1; regions.fill 0.2", model="phantom-opacity-mask"),
    "regions-cut": Shot(
        DEMO, "regions.cut 0.3; map.grid on; wait 20", model="phantom-opacity-mask"
    ),
    "grid": Shot(DEMO, "map.grid on; wait 20"),
    "grid-turned": Shot(DEMO, "theme light; map.grid on; wait 20; rotate 90"),
    "first-page": Shot("", "theme light"),
}


def draw_films(folder: Path) -> None:
    """The demo study, one patient on three dates, and a series of slices."""
    demo_study(folder / "demo")
    (folder / "visits").mkdir()
    for seed, (name, day) in enumerate(DATES.items()):
        path = folder / "visits" / f"{name}.dcm"
        write_phantom(draw_phantom(PhantomSpec(seed=7 + seed)), path)
        data = pydicom.dcmread(path)
        data.PatientID = data.PatientName = "PHANTOM-000007"
        data.StudyDate = data.SeriesDate = data.AcquisitionDate = day
        data.BodyPartExamined = "CHEST"
        data.StudyInstanceUID, data.SeriesInstanceUID = generate_uid(), generate_uid()
        data.save_as(path)
    (folder / "indexed").mkdir()
    for seed in range(INDEXED):
        name = f"{'opacity' if seed % 2 else 'normal'}/film-{seed:02}.dcm"
        (folder / "indexed" / name).parent.mkdir(exist_ok=True)
        spec = PhantomSpec(seed=SEEDS + seed, opacity=bool(seed % 2))
        write_phantom(draw_phantom(spec), folder / "indexed" / name)
    (folder / "series").mkdir()
    uids = generate_uid(), generate_uid(), generate_uid()
    for place, values in enumerate(_slices()):
        _write_slice(folder / "series" / f"{place:02}.dcm", values, place, uids)


def _slices() -> Iterator[np.ndarray]:
    """A head of made tissue, from its base to its top, in Hounsfield units."""
    across, down = np.meshgrid(np.linspace(-1, 1, 256), np.linspace(-1, 1, 256))
    noise = np.random.default_rng(0)
    for height in np.linspace(-0.9, 0.9, SLICES):
        shape = (across / 0.72) ** 2 + (down / 0.9) ** 2 + height**2
        values = np.full(across.shape, -1000.0)
        values[shape < 1] = 900.0
        values[shape < 0.86] = 35.0
        hollow = ((np.abs(across) - 0.17) / 0.1) ** 2 + (down / 0.35) ** 2 + (height / 0.5) ** 2
        values[hollow < 1] = 6.0
        yield values + noise.normal(0, 6, values.shape)


def _write_slice(path: Path, values: np.ndarray, place: int, uids: tuple[str, ...]) -> None:
    data = pydicom.Dataset()
    data.SOPClassUID, data.SOPInstanceUID = pydicom.uid.CTImageStorage, generate_uid()
    data.StudyInstanceUID, data.SeriesInstanceUID, data.FrameOfReferenceUID = uids
    data.PatientName = data.PatientID = "PHANTOM-HEAD"
    data.StudyDate, data.Modality, data.SeriesDescription = "20261123", "CT", "Drawn head"
    data.BodyPartExamined, data.InstanceNumber, data.SeriesNumber = "HEAD", place + 1, 1
    data.Rows, data.Columns = values.shape
    data.PixelSpacing, data.SliceThickness = [0.9, 0.9], 4
    data.ImagePositionPatient = [-115, -115, 4 * place]
    data.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 16
    data.HighBit, data.PixelRepresentation = 15, 1
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = 0, 1, "HU"
    data.WindowCenter, data.WindowWidth = [40, 400], [90, 2000]
    data.WindowCenterWidthExplanation = ["Brain", "Bone"]
    data.PixelData = np.rint(values).astype("<i2").tobytes()
    data.file_meta = pydicom.dataset.FileMetaDataset()
    data.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    data.save_as(path, enforce_file_format=True)


def command(shot: Shot, films: Path, size: str, picture: Path) -> list[str]:
    """The line that makes a picture."""
    opened = [str(path) for path in sorted(films.glob(shot.films))] if shot.films else []
    return [
        sys.executable, "-m", "viewer.start", "--model", shot.model, "--size", size,
        "--screenshot", str(picture), "--do", shot.do, *opened,
    ]  # fmt: skip


def index_films(films: Path) -> None:
    """The index of the drawn films, by the model that reads them."""
    line = (
        "import sys; from pathlib import Path; from engine.index import index_films;"
        " index_films(sys.argv[1], *map(Path, sys.argv[2:]))"
    )
    folder = films / "indexes" / "phantom-opacity"
    subprocess.run(
        [sys.executable, "-c", line, "phantom-opacity", films / "indexed", folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )


def take(name: str, size: str, films: Path) -> str:
    """Make one picture; says how it went."""
    shot, (shape, scale) = SHOTS[name], SIZES[size]
    picture = ROOT / "build" / "shots" / f"{name}-{size}.png"
    with tempfile.TemporaryDirectory() as own:  # marks and calls of no other picture
        if (films / "indexes").exists():
            (Path(own) / "indexes").symlink_to(films / "indexes")
        if shot.take:
            picture = picture.with_name(f"{name}.png")
            shot = replace(shot, do=f"{shot.do}; take model.{shot.take} {picture}")
        told = subprocess.run(
            command(shot, films, shape, Path(own) / "window.png" if shot.take else picture),
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "ROWSCOPE_DATA": own,
                "ROWSCOPE_LANGUAGE": shot.language,
                "QT_SCALE_FACTOR": str(scale),
                "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    return f"{picture.relative_to(ROOT)}" if told.returncode == 0 else f"{name}: {told.stderr}"


def main(names: list[str]) -> None:
    """Make the pictures of these names, or all."""
    (ROOT / "build" / "shots").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draw_films(Path(folder))
        shown = names or list(SHOTS)
        if any(name.startswith("inspect") for name in shown):
            index_films(Path(folder))
        wanted = [
            (name, size, Path(folder))
            for name in shown
            for size in (list(SIZES)[:1] if SHOTS[name].take else SIZES)
        ]
        with ThreadPoolExecutor(2) as pool:
            for told in pool.map(lambda one: take(*one), wanted):
                print(told, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
