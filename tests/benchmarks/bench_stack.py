"""A series of 500 slices: its first image, and all of it, against pydicom and numpy.stack."""

import tempfile
import time
from pathlib import Path

import numpy as np
from pydicom import dcmread
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from engine.imaging import (
    first_image as first_of_folder,
    grouped_studies,
    list_images,
    prepare_reading,
    read_frame,
    read_heads,
    read_image,
    read_stored,
)

SLICES, SIZE = 500, 512
AT_ONCE = 16  # slices of one request
ROUNDS = 9


def run():
    """The medians of ratios, measured in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_series(folder)
        prepare_reading()
        works = (by_pydicom, first_image, whole_series)
        times = [[seconds(work, folder) for work in works] for _ in range(ROUNDS + 1)][1:]
    theirs = np.array(times)[:, :1]
    first, whole = np.median(np.array(times)[:, 1:] / theirs, axis=0)  # of neighbours in time
    return [
        ("first image of 500 slices: pydicom, all of them", first, 0.05),
        ("500 slices listed, grouped, read: pydicom + stack", whole, 0.5),
    ]


def seconds(work, folder):
    """How long something takes."""
    start = time.perf_counter()
    work(folder)
    return time.perf_counter() - start


def by_pydicom(folder):
    """All pixels in one array, as a script does it."""
    read = [dcmread(path) for path in sorted(folder.iterdir())]
    return np.stack([one.pixel_array for one in read])


def first_image(folder):
    """The first film of a folder, looked for and read with all checks, as the window does it."""
    path = first_of_folder(folder)
    return read_frame(read_image(path), 0)


def whole_series(folder):
    """All slices in the order of space, through the guarded process."""
    studies = grouped_studies(read_heads(list_images([folder]).files))
    frames = studies[0].series[0].frames
    wanted = [(frame.path, frame.index) for frame in frames]
    read = []
    for start in range(0, len(wanted), AT_ONCE):
        read += read_stored(wanted[start : start + AT_ONCE])
    assert len(read) == SLICES
    return read


def write_series(folder, count=SLICES, size=SIZE):
    """Files of one CT series: noise and a body, 16 bits, uncompressed."""
    study, series, reference = (generate_uid() for _ in range(3))
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:size, :size] / size - 0.5
    body = np.where(x**2 + 1.4 * y**2 < 0.2, 40, -1000) + rng.normal(0, 20, (size, size))
    for number in range(count):
        meta = FileMetaDataset()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = (
            CTImageStorage,
            generate_uid(),
        )
        made = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        made.SOPClassUID, made.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
        made.StudyInstanceUID, made.SeriesInstanceUID = study, series
        made.FrameOfReferenceUID, made.Modality, made.PatientID = reference, "CT", "made"
        made.InstanceNumber, made.SliceThickness, made.PixelSpacing = number + 1, 1, [0.7, 0.7]
        made.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        made.ImagePositionPatient = [0, 0, float(number)]
        made.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        made.Rows = made.Columns = size
        made.BitsAllocated = made.BitsStored = 16
        made.HighBit, made.PixelRepresentation, made.SamplesPerPixel = 15, 1, 1
        made.PhotometricInterpretation = "MONOCHROME2"
        made.RescaleSlope, made.RescaleIntercept, made.RescaleType = 1, 0, "HU"
        made.PixelData = np.roll(body, number, axis=1).astype(np.int16).tobytes()
        made.save_as(folder / f"IM{number:04}.dcm", enforce_file_format=True)
