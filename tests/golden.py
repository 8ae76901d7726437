"""What dcmtk shows of pydicom's example files: writes the table of `golden_pixels.json`.

Run it where dcmtk is installed, as `python -m tests.golden`. The table holds for each file how it
was asked for, its size, the mean of its grey levels, and up to 16 × 16 of them.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pydicom

FILES = Path(pydicom.__file__).parent / "data" / "test_files"  # those that ship in the package
TABLE = Path(__file__).parent / "engine" / "imaging" / "golden_pixels.json"
DCMTK = shutil.which("dcmj2pnm")
SIDE = 16  # samples along each side


def pnm(data):
    """Pixels (R, C) or (R, C, 3) of a raw PGM or PPM of 8 bits."""
    kind, size, most, pixels = data.split(b"\n", 3)
    columns, rows = map(int, size.split())
    if most != b"255":
        raise ValueError(f"{most!r} grey levels")
    found = np.frombuffer(pixels, np.uint8)
    return found.reshape((rows, columns, 3) if kind == b"P6" else (rows, columns))


def options(path):
    """The first window of the header; of grey without one, all values; colour as it is."""
    header = pydicom.dcmread(path, stop_before_pixels=True, force=True)
    if header.get("SamplesPerPixel", 1) != 1 or "PALETTE" in header.PhotometricInterpretation:
        return []
    return ["+Wi", "1"] if header.get("WindowWidth") else ["+Wm"]


def shown(path, asked):
    """What dcmtk shows of the first frame, without overlays; None where it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "film.pnm")
        command = [DCMTK, "-O", "+op", *asked, str(path), str(out)]
        run = subprocess.run(command, capture_output=True, check=False)
        return pnm(out.read_bytes()) if run.returncode == 0 and out.is_file() else None


def sample(pixels):
    """Every n-th row and column, so that at most 16 of each are left."""
    rows, columns = (-(-size // SIDE) for size in pixels.shape[:2])
    return np.ascontiguousarray(pixels[::rows, ::columns])


def row_of(pixels, asked):
    return {
        "options": asked,
        "shape": list(pixels.shape),
        "mean": round(float(pixels.mean()), 3),
        "sample": sample(pixels).tobytes().hex(),
    }


def main():
    if DCMTK is None:
        sys.exit("dcmtk is not installed")
    version = subprocess.run([DCMTK, "--version"], capture_output=True, text=True, check=True)
    rows = {}
    for path in sorted(FILES.glob("*.dcm")):
        try:
            asked = options(path)
        except (AttributeError, ValueError):  # no image
            continue
        pixels = shown(path, asked)
        if pixels is not None:
            rows[path.name] = row_of(pixels, asked)
    made = {"made_by": version.stdout.splitlines()[0].strip("$ "), "files": rows}
    TABLE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} files in {TABLE}")


if __name__ == "__main__":
    main()
