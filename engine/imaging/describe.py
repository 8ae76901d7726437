"""Who, what and how: the parts of a DICOM header that are shown, not computed with."""

from engine.imaging.codecs import Syntax
from engine.imaging.codestream import Codestream
from engine.imaging.text import date, person_name
from engine.imaging.values import Fields
from engine.types import Identity, Uids

_METHODS = {
    "ISO_10918_1": "JPEG",
    "ISO_14495_1": "JPEG-LS",
    "ISO_15444_1": "JPEG 2000",
    "ISO_15444_15": "HTJ2K",
}


def read_identity(fields: Fields) -> Identity:
    """Return the patient, study and series as plain, cleaned text."""
    return Identity(
        patient_name=person_name(fields.string("PatientName")),
        patient_id=fields.text("PatientID"),
        birth_date=date(fields.raw("PatientBirthDate")),
        sex=fields.text("PatientSex"),
        age=fields.text("PatientAge"),
        study_date=date(fields.raw("StudyDate")),
        study_description=fields.text("StudyDescription"),
        series_description=fields.text("SeriesDescription"),
        body_part=fields.text("BodyPartExamined") or _meaning(fields, "AnatomicRegionSequence"),
        view_position=fields.text("ViewPosition") or _meaning(fields, "ViewCodeSequence"),
        laterality=fields.text("ImageLaterality") or fields.text("Laterality"),
        manufacturer=fields.text("Manufacturer"),
    )


def _meaning(fields: Fields, keyword: str) -> str:
    """Code Meaning of the first item of a sequence of codes, such as "antero-posterior"."""
    items = fields.items(keyword)
    return Fields(items[0], fields.notes).text("CodeMeaning") if items else ""


def read_uids(fields: Fields) -> Uids:
    """Return the unique identifiers of study, series and instance, noting one that is none."""
    uids = Uids(
        study=fields.text("StudyInstanceUID"),
        series=fields.text("SeriesInstanceUID"),
        instance=fields.text("SOPInstanceUID"),
        sop_class=fields.text("SOPClassUID"),
    )
    if uids.sop_instance is None:
        fault = "is malformed" if uids.instance else "is missing"
        fields.note("uid", f"SOP Instance UID {fault}; the film is known by its content.")
    return uids


def read_technique(fields: Fields) -> tuple[str, ...]:
    """Return how the image was made, for display: "62 kV", "2.5 mAs", "120 cm SID"."""
    charge = _positive(fields, "Exposure")
    fine = _positive(fields, "ExposureInuAs")
    if fine is not None:  # finer than the whole mAs of Exposure
        charge = fine / 1000
    distance = _positive(fields, "DistanceSourceToDetector")
    parts = (
        (_positive(fields, "KVP"), "{:.4g} kV"),
        (_positive(fields, "XRayTubeCurrent"), "{:.4g} mA"),
        (charge, "{:.3g} mAs"),
        (_positive(fields, "ExposureTime"), "{:.4g} ms"),
        (None if distance is None else distance / 10, "{:.4g} cm SID"),
        (_positive(fields, "SliceThickness"), "{:.3g} mm slice"),
        (_positive(fields, "RepetitionTime"), "TR {:.5g} ms"),
        (_positive(fields, "EchoTime"), "TE {:.4g} ms"),
    )
    return tuple(words.format(value) for value, words in parts if value is not None)


def _positive(fields: Fields, keyword: str) -> float | None:
    number = fields.number(keyword)
    return number if number is not None and 0 < number < 1e9 else None


def read_lossy(fields: Fields, syntax: Syntax, stream: Codestream | None) -> str:
    """Return how the pixels lost information ("lossy JPEG 1:14"), empty if nothing says so.

    Once lossy always lossy (PS3.3 C.7.6.1.1.5), so an uncompressed file can be lossy too.
    """
    flagged = fields.text("LossyImageCompression") == "01"
    method = syntax.lossy
    if stream is not None and stream.irreversible:
        method = stream.kind
    if not flagged and not method:
        return ""
    stated = fields.text("LossyImageCompressionMethod").split(",")[-1].strip()
    method = _METHODS.get(stated) or method or syntax.kind or ""
    ratios = fields.numbers("LossyImageCompressionRatio")
    ratio = f"1:{ratios[-1]:.3g}" if ratios and ratios[-1] > 1 else ""
    return " ".join(part for part in ("lossy", method or "compression", ratio) if part)
