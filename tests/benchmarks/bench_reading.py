"""Reading films through the guarded process, against this process itself and plain pydicom.

Each film is written once: smooth shapes with noise of a detector, twelve bits (JPEG: eight).
"""

import os
import statistics
import tempfile
import time
import warnings
from pathlib import Path

import imagecodecs
import numpy as np
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate

from engine.imaging import prepare_reading, read, read_frame, read_image

TURNS = 11
MOST_MS = 5.0
SIZES = ((1024, 1024), (2500, 2048))
JPEG = "1.2.840.10008.1.2.4."
LONG_AGO = 1_000_000_000  # as a film that was not written just now

Film = np.ndarray
CODED = {
    "uncompressed": ("1.2.840.10008.1.2.1", None),
    "JPEG 2000": (
        JPEG + "90",
        lambda film: imagecodecs.jpeg2k_encode(film, reversible=True, level=0, codecformat="j2k"),
    ),
    "JPEG": (JPEG + "50", lambda film: imagecodecs.jpeg8_encode(film, level=90)),
}


def run() -> list[tuple[str, float, float]]:
    """Milliseconds that the process adds, as a share of 5; compressed films against pydicom."""
    warnings.simplefilter("ignore")
    prepare_reading()
    added, ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            for name, (syntax, encode) in CODED.items():
                path = written(Path(folder, "film.dcm"), film(size, name), syntax, encode)
                plain, guarded, theirs = in_turn(
                    lambda path=path: read.read_frame(read.read_image(path)),
                    lambda path=path: read_frame(read_image(path)),
                    lambda path=path: dcmread(path).pixel_array,
                )
                added.append(statistics.median(guarded - plain))
                if encode:
                    ratios.append(statistics.median(guarded / theirs))
                said = " ".join(f"{np.median(one):.1f}" for one in (plain, guarded, theirs))
                print(f"  {size[0]} × {size[1]} {name}: here, guarded, pydicom {said} ms")
    return [
        (f"guarded reading, added to reading here / {MOST_MS:.0f} ms, median of films",
         statistics.median(added) / MOST_MS, 1.0),
        ("guarded reading of compressed films / plain pydicom, median of films",
         statistics.median(ratios), 1.0),
    ]  # fmt: skip


def film(size: tuple[int, int], name: str) -> Film:
    """(R, C) uint16 of twelve bits, or uint8 for JPEG."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32)
    smooth = 2048 + 1200 * np.sin(x / 300) * np.cos(y / 400)
    values = np.clip(smooth + rng.normal(0, 20, size), 0, 4095).astype(np.uint16)
    return (values >> 4).astype(np.uint8) if name == "JPEG" else values


def written(path: Path, values: Film, syntax: str, encode) -> Path:
    """A film as DICOM in a transfer syntax."""
    bits = 8 * values.itemsize
    stored = min(bits, 12)
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1.1"
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    dataset.Modality, dataset.PhotometricInterpretation = "DX", "MONOCHROME2"
    dataset.Rows, dataset.Columns = values.shape
    dataset.SamplesPerPixel, dataset.PixelRepresentation = 1, 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = bits, stored, stored - 1
    dataset.PixelData = encapsulate([encode(values)]) if encode else values.tobytes()
    dataset["PixelData"].VR = "OB" if encode else "OW"
    dataset["PixelData"].is_undefined_length = encode is not None
    dataset.save_as(path, enforce_file_format=True)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def in_turn(*readings) -> tuple[np.ndarray, ...]:
    """(TURNS,) milliseconds of each, one after the other in every turn."""
    took = []
    for _ in range(TURNS + 2):
        row = []
        for reading in readings:
            started = time.perf_counter()
            reading()
            row.append(1000 * (time.perf_counter() - started))
        took.append(row)
    return tuple(np.array(took[2:]).T)  # the first turns warm up
