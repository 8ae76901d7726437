"""What is odd about a DICOM file though it can be shown: said, because a reader may be misled."""

import numpy as np

from engine.imaging.header import Header
from engine.imaging.pixels import PixelFormat
from engine.imaging.values import Fields

# First bytes of files of another kind, which a preamble may hold beside DICOM (PS3.10 7.1).
_OTHER_KINDS = {
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "BigTIFF",
    b"MM\0+": "BigTIFF",
    b"MZ": "a Windows program",
    b"\x7fELF": "a Linux program",
    b"\xcf\xfa\xed\xfe": "a macOS program",
    b"\xca\xfe\xba\xbe": "a program",
    b"PK\x03\x04": "ZIP",
    b"%PDF": "PDF",
    b"#!": "a script",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"<": "a page of text",
}
# Modalities whose images must say a spacing (type 1 in PS3.3 C.7.6.2, C.8.11.2), or, as those of
# CR, nearly always do.
_MEASURED = {"CT", "MR", "PT", "NM", "CR", "DX", "MG", "IO", "PX"}
_SPACINGS = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
_IMPLICIT = "1.2.840.10008.1.2"
_GROUPS = ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence")
_OVERLAYS = range(0x6000, 0x6020, 2)


def note_oddities(header: Header, fields: Fields, form: PixelFormat) -> None:
    """Note what header and preamble hold that a careful reader would ask about."""
    _note_preamble(header, fields)
    _note_syntax(header, fields)
    _note_spacing(fields)
    _note_overlays(fields, form)


def _note_preamble(header: Header, fields: Fields) -> None:
    for start, kind in _OTHER_KINDS.items():
        if header.preamble.startswith(start):
            fields.note(
                "polyglot",
                "Its first bytes are also those of another kind: {kind}.",
                kind=kind,
            )
            return


def _note_syntax(header: Header, fields: Fields) -> None:
    """The data set is read as it is; where the file meta information lies, it is said."""
    if header.explicit != (header.syntax != _IMPLICIT):
        found, said = ("explicit", "implicit")[:: 1 if header.explicit else -1]
        fields.note(
            "syntax",
            "Its data set is {found} where its transfer syntax says {said}.",
            found=found,
            said=said,
        )


def _note_spacing(fields: Fields) -> None:
    modality = fields.text("Modality").upper()
    enhanced = any(fields.raw(groups) is not None for groups in _GROUPS)
    silent = all(fields.raw(keyword) is None for keyword in _SPACINGS)
    if modality in _MEASURED and silent and not enhanced:
        fields.note(
            "spacing",
            "{modality} images say their pixel spacing as a rule, and this one does not.",
            modality=modality,
        )


def _note_overlays(fields: Fields, form: PixelFormat) -> None:
    """Overlay planes (PS3.3 C.9.2) that would lie outside the image, or cannot be unpacked."""
    tags = map(int, fields.dataset.keys())  # without making elements of them
    groups = {tag >> 16 for tag in tags if _OVERLAYS[0] << 16 <= tag < (_OVERLAYS[-1] + 1) << 16}
    for group in sorted(groups & set(_OVERLAYS)):
        plane = [fields.at(group, element) for element in (0x10, 0x11, 0x50, 0x100, 0x102)]
        if all(value is None for value in plane):
            continue
        rows, columns, origin, allocated, position = plane
        if not _lies_within(rows, columns, origin, form) or not _unpacks(
            allocated, position, form
        ):
            fields.note(
                "overlay",
                "Overlay {group:04X} is described impossibly and is not shown.",
                group=group,
            )


def _lies_within(rows: object, columns: object, origin: object, form: PixelFormat) -> bool:
    try:
        height, width = int(str(rows)), int(str(columns))
        top, left = (int(part) for part in np.atleast_1d(np.asarray(origin)))
    except (TypeError, ValueError):
        return False
    inside = top + height > 1 and left + width > 1 and top <= form.rows and left <= form.columns
    return height > 0 and width > 0 and inside


def _unpacks(allocated: object, position: object, form: PixelFormat) -> bool:
    """A plane of its own has one bit at place 0; the retired one takes a free bit of a pixel."""
    try:
        bits, place = int(str(allocated)), int(str(position))
    except ValueError:
        return False
    taken = range(form.high + 1 - form.stored, form.high + 1)
    own = (bits, place) == (1, 0)
    return own or (bits == form.allocated and 0 <= place < bits and place not in taken)
