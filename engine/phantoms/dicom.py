"""Phantoms as DICOM files: Digital X-Ray Image Storage – For Presentation (PS3.3 A.26).

The file says that it is drawn: name, ID, derivation and comment do, so that it cannot be taken
for a person's film. Its UIDs follow from what was drawn (PS3.5 B.2, UUIDs under 2.25).
"""

from pathlib import Path
from typing import Literal
from uuid import UUID, uuid5

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    UID,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
)

from engine.phantoms.film import WHITE
from engine.phantoms.grid import FIELD_CM
from engine.phantoms.phantom import Phantom
from engine.types import Window

Photometric = Literal["MONOCHROME2", "MONOCHROME1"]
VoiFunction = Literal["LINEAR", "SIGMOID"]

_NAMESPACE = UUID("6f1d2f0e-55a1-4d0b-9a57-0c6b7d1f6a3e")  # of this project, drawn once
_WINDOWS = (Window(2048, 4096, "NORMAL"), Window(1500, 2400, "LUNG"), Window(2900, 2200, "BONE"))


def write_phantom(
    phantom: Phantom,
    path: Path,
    *,
    photometric: Photometric = "MONOCHROME2",
    voi_function: VoiFunction = "LINEAR",
) -> None:
    """Write a phantom as a DICOM file, 12 bits stored in 16, not compressed.

    Args:
        phantom: What was drawn.
        path: The file; its folder must exist.
        photometric: MONOCHROME1 stores the inverse, so that the film looks the same.
        voi_function: How the windows of the header are to be applied (PS3.3 C.11.2.1.3).

    Raises:
        OSError: The file cannot be written.
    """
    name = f"{phantom.spec}|{photometric}|{voi_function}"
    dataset = _empty(path, _uid(f"instance|{name}"))
    _describe_patient(dataset, phantom)
    _describe_study(dataset, phantom)
    _describe_exposure(dataset, phantom)
    _describe_pixels(dataset, phantom, photometric)
    _describe_windows(dataset, photometric, voi_function)
    dataset.save_as(path, enforce_file_format=True)


def _uid(name: str) -> UID:
    return UID(f"2.25.{uuid5(_NAMESPACE, name).int}")


def _empty(path: Path, instance: UID) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = _uid("implementation")
    meta.ImplementationVersionName = "ROWSCOPE"
    dataset = FileDataset(str(path), {}, file_meta=meta, preamble=bytes(128))
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = DigitalXRayImageStorageForPresentation
    dataset.SOPInstanceUID = instance
    return dataset


def _describe_patient(dataset: Dataset, phantom: Phantom) -> None:
    word = "Opacity" if phantom.spec.opacity else "Normal"
    dataset.PatientName = f"Phantom^{word} {phantom.spec.seed:03d}"
    dataset.PatientID = f"PHANTOM-{phantom.spec.seed:06d}"
    dataset.PatientBirthDate = ""
    dataset.PatientSex = "F" if phantom.patient.female else "M"
    dataset.PatientAge = f"{phantom.patient.age:03d}Y"


def _describe_study(dataset: Dataset, phantom: Phantom) -> None:
    seed = phantom.spec.seed
    dataset.StudyInstanceUID = _uid(f"study|{seed}")
    dataset.SeriesInstanceUID = _uid(f"series|{phantom.spec}")
    dataset.StudyID, dataset.SeriesNumber, dataset.InstanceNumber = str(seed)[:16], 1, 1
    dataset.StudyDate, dataset.StudyTime = "20260105", "090000"
    dataset.AccessionNumber, dataset.ReferringPhysicianName = "", ""
    dataset.StudyDescription = "Drawn chest film (phantom)"
    dataset.SeriesDescription = "Chest PA, phantom"
    dataset.Modality, dataset.PresentationIntentType = "DX", "FOR PRESENTATION"
    dataset.Manufacturer, dataset.ManufacturerModelName = "Rowscope", "Phantom"
    dataset.SoftwareVersions, dataset.DeviceSerialNumber = "1", "0"
    dataset.ImageType = ["DERIVED", "PRIMARY", ""]
    dataset.DerivationDescription = "Computed from attenuation coefficients; shows no patient"
    dataset.ImageComments = _truth(phantom)
    dataset.AcquisitionContextSequence = Sequence()


def _truth(phantom: Phantom) -> str:
    if phantom.opacity_rows is None or phantom.opacity_columns is None:
        return "phantom, no opacity"
    (top, bottom), (left, right) = phantom.opacity_rows, phantom.opacity_columns
    return f"phantom, opacity rows {top}-{bottom - 1}, columns {left}-{right - 1}"


def _describe_exposure(dataset: Dataset, phantom: Phantom) -> None:
    dataset.BodyPartExamined, dataset.ViewPosition = "CHEST", "PA"
    dataset.ImageLaterality, dataset.PatientOrientation = "U", ["L", "F"]
    region = Dataset()
    region.CodeValue, region.CodingSchemeDesignator = "51185008", "SCT"
    region.CodeMeaning = "Chest"
    dataset.AnatomicRegionSequence = Sequence([region])
    dataset.KVP = "110"
    dataset.Exposure = str(max(1, round(2.5 * phantom.patient.exposure)))
    dataset.ExposureInuAs = str(round(2500 * phantom.patient.exposure))
    dataset.DistanceSourceToDetector = "1800"
    dataset.DetectorType, dataset.Grid = "SCINTILLATOR", ["FOCUSED", "PARALLEL"]
    spacing = 10 * FIELD_CM / max(phantom.spec.rows, phantom.spec.columns)
    dataset.ImagerPixelSpacing = [f"{spacing:.6f}", f"{spacing:.6f}"]
    dataset.PositionerType = "NONE"


def _describe_pixels(dataset: Dataset, phantom: Phantom, photometric: Photometric) -> None:
    inverse = photometric == "MONOCHROME1"
    stored = WHITE - phantom.values if inverse else phantom.values
    dataset.Rows, dataset.Columns = stored.shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, photometric
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    dataset.PixelIntensityRelationship = "LOG"
    dataset.PixelIntensityRelationshipSign = 1 if inverse else -1
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = "0", "1", "US"
    dataset.PresentationLUTShape = "INVERSE" if inverse else "IDENTITY"
    dataset.BurnedInAnnotation, dataset.LossyImageCompression = "NO", "00"
    dataset.PixelData = np.ascontiguousarray(stored, "<u2").tobytes()


def _describe_windows(
    dataset: Dataset, photometric: Photometric, voi_function: VoiFunction
) -> None:
    inverse = photometric == "MONOCHROME1"
    centers = [WHITE + 1 - one.center if inverse else one.center for one in _WINDOWS]
    dataset.WindowCenter = [f"{center:g}" for center in centers]
    # A sigmoid of this width would only reach 12 to 88 % of the greys.
    scale = 0.6 if voi_function == "SIGMOID" else 1.0
    dataset.WindowWidth = [f"{scale * one.width:g}" for one in _WINDOWS]
    dataset.WindowCenterWidthExplanation = [one.explanation for one in _WINDOWS]
    dataset.VOILUTFunction = voi_function
