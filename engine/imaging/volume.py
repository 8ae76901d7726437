"""Frames of a stack as they are kept in memory: many in one request, in few bytes each.

A slice of a scanner needs its stored values only, two bytes of each pixel: what they mean is the
same in the whole stack and is worked out when the slice is shown. Everything that costs time and
is not seen while one leafs through is left out here: the hash of the content, the search for
borders. `read_frame` does that for the frame at which a reader comes to rest.
"""

import mmap
import os
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import ImageError
from engine.imaging import read
from engine.imaging.alike import HEAD, Kinds, Own
from engine.imaging.dicom.scan import UNDEFINED, is_dicom
from engine.imaging.source import Stamp, open_file, read_at, shortened, stamp_of
from engine.types import (
    Booleans,
    Bytes,
    Doubles,
    Floats,
    Frame,
    FrameHeader,
    Image,
    Overlay,
    Shutter,
)

if TYPE_CHECKING:
    from engine.imaging.dicom.pixels import PixelFormat

_Kind = TypeVar("_Kind", bound=np.generic)
_EXACT: Final = 1 << 24  # float32 holds every whole number up to here


@dataclass(frozen=True, slots=True, eq=False)
class StoredFrame:
    """A frame whose modality values are made when they are wanted.

    Attributes:
        image, index, header: As of a `Frame`; notes on its pixels are left out.
        stored: (R, C) values in the shortest type that holds them.
        slope, intercept: From these to modality values.
        padding: Ends of the stored values that are no image, both included.
        valid, colour, exact: As of a `Frame`.
        stamp: Of the file when it was read.
        overlays, shutter: As of a `Frame`.
    """

    image: Image
    index: int
    header: FrameHeader
    stored: NDArray[Any]
    slope: float = 1.0
    intercept: float = 0.0
    padding: tuple[int, int] | None = None
    valid: Booleans | None = None
    colour: Bytes | None = None
    exact: Doubles | None = None
    stamp: Stamp | None = None
    overlays: tuple[Overlay, ...] = ()
    shutter: Shutter | None = None

    @property
    def nbytes(self) -> int:
        """Bytes of its pixels."""
        planes = (overlay.plane for overlay in self.overlays)
        arrays = (self.stored, self.valid, self.colour, self.exact, *planes)
        return sum(array.nbytes for array in arrays if array is not None)

    def apart(self) -> "StoredFrame":
        """The same in memory of its own: frames that came together can be let go of one by one."""
        return replace(
            self,
            header=replace(self.header, voi=deepcopy(self.header.voi)),
            stored=_apart(self.stored),
            valid=None if self.valid is None else _apart(self.valid),
            colour=None if self.colour is None else _apart(self.colour),
            exact=None if self.exact is None else _apart(self.exact),
            overlays=deepcopy(self.overlays),
            shutter=deepcopy(self.shutter),
        )

    def frame(self) -> Frame:
        """The frame with modality values float32 (R, C); its content is not known."""
        return Frame(
            self.image,
            self.index,
            _rescaled(self.stored, self.slope, self.intercept),
            colour=self.colour,
            valid=self.valid if self.padding is None else _image(self.stored, self.padding),
            exact=self.exact,
            header=self.header,
            overlays=self.overlays,
            shutter=self.shutter,
        )


def _apart(array: NDArray[_Kind]) -> NDArray[_Kind]:
    """A copy in pages of its own, which go back to the system with it: a heap would keep them."""
    pages = mmap.mmap(-1, max(array.nbytes, 1))
    copy = np.frombuffer(pages, array.dtype, array.size).reshape(array.shape)
    copy[...] = array
    return copy


def _rescaled(stored: NDArray[Any], slope: float, intercept: float) -> Floats:
    """As `dicom.modality.apply_modality` does it, to the last bit."""
    values = stored.astype(np.float32)
    if slope != 1.0:
        values *= np.float32(slope)
    if intercept != 0.0:
        values += np.float32(intercept)
    return values


def _image(stored: NDArray[Any], padding: tuple[int, int]) -> Booleans | None:
    """As `dicom.modality.not_padding` does it: all of it or nothing is image."""
    low, high = padding
    reach = np.iinfo(stored.dtype)
    if high < reach.min or low > reach.max:
        return None
    if low == high:
        valid: Booleans = stored != low
    else:
        valid = (stored < max(low, reach.min)) | (stored > min(high, reach.max))
    count = int(np.count_nonzero(valid))
    return None if count in {0, valid.size} else valid


def packed(frame: Frame, stamp: Stamp | None = None) -> StoredFrame:
    """A frame in as few bytes as hold it."""
    stored = shortened(frame.values)
    return StoredFrame(
        frame.image,
        frame.index,
        frame.header,
        stored,
        valid=frame.valid,
        colour=frame.colour,
        exact=frame.exact,
        stamp=stamp,
        overlays=frame.overlays,
        shutter=frame.shutter,
    )


# ---------------------------------------------------------------------- reading many frames


@dataclass(frozen=True, slots=True)
class _Native:
    """What the slices of one kind share: uncompressed grey values of 8 or 16 bits.

    Attributes:
        image, header: Of the first of them.
        form: How the pixels are stored.
        slope, intercept, padding, shutter: As of a `StoredFrame`; files with overlay planes, which
            may lie in the pixels, are no kind.
    """

    image: Image
    header: FrameHeader
    form: "PixelFormat"
    slope: float
    intercept: float
    padding: tuple[int, int] | None
    shutter: Shutter | None = None


_natives: Kinds[_Native | None] = Kinds()


def read_stored(wanted: Sequence[tuple[Path, int]]) -> tuple[StoredFrame | ImageError, ...]:
    """Read frames by path and number; of each that cannot be read, the reason."""
    return tuple(_read(path, index) for path, index in wanted)


def _read(path: Path, index: int) -> StoredFrame | ImageError:
    try:
        with read.one_error(path), open_file(path) as (stream, size):
            stamp = stamp_of(os.fstat(stream.fileno()))
            head = stream.read(HEAD) if index == 0 else b""
            known = _natives.of(head, size) if head else None
            if known is not None and known[2] is not None:
                return _slice(known[2], known[0], stream, path, stamp)
        frame = read.decode_frame(path, index)
        if known is None and head and is_dicom(head) and frame.image.frame_count == 1:
            with read.one_error(path), open_file(path) as (stream, size):
                _natives.keep(head, size, _native(stream, frame))
        return packed(frame, stamp)
    except ImageError as error:
        return error.with_traceback(None)


def _slice(kind: _Native, own: Own, stream: BinaryIO, path: Path, stamp: Stamp) -> StoredFrame:
    """A slice of a kind that is known: only its values are read."""
    uids = replace(kind.image.uids, instance=own.sop_instance_uid)
    return StoredFrame(
        replace(kind.image, path=path, uids=uids),
        0,
        replace(kind.header, position=own.position),
        _values(kind, stream, own.pixels),
        kind.slope,
        kind.intercept,
        kind.padding,
        stamp=stamp,
        shutter=kind.shutter,
    )


def _values(kind: _Native, stream: BinaryIO, offset: int) -> NDArray[Any]:
    from engine.imaging.dicom.pixels import significant  # noqa: PLC0415 - imports pydicom

    form = kind.form
    raw = read_at(stream, offset, count=form.byte_count)
    pixels = np.frombuffer(raw, f"<u{form.allocated // 8}").reshape(form.rows, form.columns)
    return significant(pixels, form)


def _native(stream: BinaryIO, frame: Frame) -> _Native | None:
    """What is shared by files like this one; None where each has to be read by itself."""
    from engine.imaging.codecs import is_big_endian, syntax_of  # noqa: PLC0415
    from engine.imaging.dicom.header import HeaderFields, read_header  # noqa: PLC0415
    from engine.imaging.dicom.image import describe_dicom  # noqa: PLC0415
    from engine.imaging.dicom.modality import padding_ends, rescale  # noqa: PLC0415
    from engine.imaging.dicom.pixels import true_format  # noqa: PLC0415

    image, described = describe_dicom(stream, frame.image.path)
    header = read_header(stream)
    fields, syntax = HeaderFields(header.dataset, []), syntax_of(header.syntax)
    if header.length == UNDEFINED or syntax.decoder or is_big_endian(header.syntax):
        return None
    form = true_format(header, fields, syntax)
    plain = form.samples == 1 and not form.floating and form.allocated in {8, 16}
    own = frame.colour is not None or frame.exact is not None or bool(frame.overlays)
    if not plain or own or fields.items("ModalityLUTSequence"):
        return None
    slope, intercept = rescale(fields, 0)
    kind = _Native(
        image,
        described,
        form,
        slope,
        intercept,
        padding_ends(fields, signed=form.signed),
        frame.shutter,
    )
    stored = _values(kind, stream, header.offset)
    reach = np.iinfo(stored.dtype)
    if max(abs(end * slope + intercept) for end in (reach.min, reach.max)) > _EXACT:
        return None
    # Whatever was overlooked here shows in the first of a kind, which was read with all checks.
    return kind if _same(_rescaled(stored, slope, intercept), frame, stored, kind) else None


def _same(values: Floats, frame: Frame, stored: NDArray[Any], kind: _Native) -> bool:
    valid = None if kind.padding is None else _image(stored, kind.padding)
    if (valid is None) != (frame.valid is None):
        return False
    alike = valid is None or np.array_equal(valid, frame.valid)  # type: ignore[arg-type]
    return alike and np.array_equal(values, frame.values)
