"""Any file to `Image` and `Frame`: the content decides, and one kind of error comes out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.errors import ImageError
from engine.imaging.dicom.scan import is_dicom
from engine.imaging.raster import decode_raster, describe_raster, is_raster, raster_lines
from engine.imaging.source import RefusedError, content_hash, open_file
from engine.imaging.surround import border_notes
from engine.types import Frame, FrameHeader, Image, Note, PresentationState, TagLine

_LARGE: Final = 1 << 20  # pixels from which a thread costs less than it saves


def read_image(path: Path | str) -> Image:
    """Read what a file says of itself: DICOM, PNG, JPEG or TIFF, whatever its name.

    The pixels of all frames are held against the header, but not decoded. What a frame has of
    its own is said by `describe_frame`.

    Raises:
        ImageError: The file cannot be read as an image; the reason says why.
    """
    path = Path(path)
    with one_error(path):
        return _described(path, 0)[0]


def describe_frame(image: Image, index: int = 0) -> FrameHeader:
    """Return what a file says of one of its frames; no pixels are decoded.

    Raises:
        ImageError: There is no such frame, or the file cannot be read any more.
    """
    with one_error(image.path):
        _check_index(image, index)
        return _described(image.path, index)[1]


def read_presentation(path: Path | str) -> PresentationState:
    """Read a Softcopy Presentation State: how it shows which images.

    Raises:
        ImageError: The file cannot be read, or is none; the reason says why.
    """
    path = Path(path)
    with one_error(path), open_file(path) as (stream, size):
        if not is_dicom(stream.read(256)):
            raise RefusedError("it is not DICOM", "unknown-format")
        from engine.imaging.dicom.presentation_state import (  # noqa: PLC0415 - imports pydicom
            parse_presentation,
        )

        return parse_presentation(stream, size)


def read_tags(path: Path | str) -> tuple[TagLine, ...]:
    """Read what a file says of itself up to its pixels, line by line, whether it is shown or not.

    Raises:
        ImageError: The file cannot be read, or is of no kind that is known.
    """
    path = Path(path)
    with one_error(path), open_file(path) as (stream, size):
        head = stream.read(256)
        if is_dicom(head):
            from engine.imaging.dicom.tag_lines import (  # noqa: PLC0415 - imports pydicom
                list_tags,
            )

            return list_tags(stream)
        if is_raster(head):
            return raster_lines(describe_raster(stream, size, path=path)[0])
        raise _unknown()


def _unknown() -> RefusedError:
    return RefusedError("it is neither DICOM nor PNG, JPEG or TIFF", "unknown-format")


def _described(path: Path, index: int) -> tuple[Image, FrameHeader]:
    with open_file(path) as (stream, size):
        head = stream.read(256)
        # The preamble of DICOM may be that of a TIFF (PS3.10 7.1), so DICOM is asked first.
        if is_dicom(head):
            from engine.imaging.dicom.image import describe_dicom  # noqa: PLC0415 - imports pydicom

            return describe_dicom(stream, path, index)
        if is_raster(head):
            return describe_raster(stream, size, path=path, index=index)
        raise _unknown()


def read_frame(image: Image, index: int = 0) -> Frame:
    """Decode one frame to modality values, float32 (R, C); of colour also RGB (R, C, 3).

    Its `image` and `header` are those of the file as it is now.

    Raises:
        ImageError: There is no such frame, or its pixels cannot be decoded.
    """
    with one_error(image.path):
        _check_index(image, index)
        frame = _decoded(image, index)
        found, content = _looked_at(frame)
        notes = (*frame.image.notes, *found)
        return replace(frame, image=replace(frame.image, notes=notes), content=content)


def decode_frame(path: Path, index: int) -> Frame:
    """Decode one frame as `read_frame` does, without its content and what its borders say.

    Raises:
        ImageError: The file cannot be read, there is no such frame, or it cannot be decoded.
    """
    with one_error(path):
        image, _ = _described(path, 0)
        _check_index(image, index)
        return _decoded(image, index)


def _looked_at(frame: Frame) -> tuple[tuple[Note, ...], str]:
    """Notes about its borders, and its content: of a large frame one beside the other."""
    if frame.values.size < _LARGE:
        return border_notes(frame), content_hash(frame)
    with ThreadPoolExecutor(1) as beside:  # numpy and hashlib let go of the interpreter
        content = beside.submit(content_hash, frame)
        return border_notes(frame), content.result()


def _decoded(image: Image, index: int) -> Frame:
    with open_file(image.path) as (stream, size):
        if image.format != "DICOM":
            return decode_raster(stream, size, image=image, index=index)
        from engine.imaging.dicom.image import decode_dicom  # noqa: PLC0415 - imports pydicom

        return decode_dicom(stream, image, index)


def _check_index(image: Image, index: int) -> None:
    if not 0 <= index < image.frame_count:
        raise RefusedError(
            "it has {frame_count} frames and no frame {index}",
            "no-such-frame",
            frame_count=image.frame_count,
            index=index + 1,
        )


@contextmanager
def one_error(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with a file into one `ImageError`.

    Codecs raise dozens of classes, some of them not even exceptions (a Rust panic is a
    BaseException), and a StopIteration would end somebody's loop.
    """
    try:
        yield
    except ImageError:
        raise
    except RefusedError as refused:
        raise refused.sentence_about(path.name) from None
    except MemoryError as error:
        reason = RefusedError("there is not enough memory for it", "too-large")
        raise reason.sentence_about(path.name) from error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        reason = RefusedError("its content is damaged or not what it says", "damaged")
        raise reason.sentence_about(path.name) from error
