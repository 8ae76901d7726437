"""Objects of several frames whose groups say what is the frame's own, for the imaging tests."""

from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from tests.engine.imaging_files import dataset

ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1"
PLANES = (  # cosines, spacing; axial, coronal, sagittal
    ([1, 0, 0, 0, 1, 0], [1, 1]),
    ([1, 0, 0, 0, 0, -1], [2, 1]),
    ([0, 1, 0, 0, 0, -1], [1, 1]),
)


def group(**sequences) -> Dataset:
    """A functional group: each keyword a sequence of one item with these values."""
    made = Dataset()
    for keyword, values in sequences.items():
        item = Dataset()
        for name, value in values.items():
            setattr(item, name, value)
        setattr(made, keyword, Sequence([item]))
    return made


def enhanced(path: Path, frames, groups, *, shared=None, **attributes) -> Path:
    """Write frames (F, R, C) with a group each; the groups of no frame are left out."""
    made = dataset(frames[0], SOPClassUID=ENHANCED_MR, Modality="MR", **attributes)
    made.NumberOfFrames = len(frames)
    made.PixelData = np.ascontiguousarray(frames).tobytes()
    if groups:
        made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    if shared is not None:
        made.SharedFunctionalGroupsSequence = Sequence([shared])
    made.save_as(path, enforce_file_format=True)
    return path


def rescaled(slope, center=None) -> Dataset:
    """A group with its own slope and the window that goes with it."""
    center = 2048 * slope if center is None else center
    return group(
        PixelValueTransformationSequence={"RescaleSlope": slope, "RescaleIntercept": 0},
        FrameVOILUTSequence={"WindowCenter": center, "WindowWidth": 4096 * slope},
    )


def plane(cosines, spacing) -> Dataset:
    """A group with its own orientation and spacing."""
    return group(
        PlaneOrientationSequence={"ImageOrientationPatient": cosines},
        PixelMeasuresSequence={"PixelSpacing": spacing},
    )
