import io
import struct
import zlib

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.filewriter import write_file_meta_info
from pydicom.sequence import Sequence

from engine import ImageError
from engine.imaging import read_frame, read_image
from engine.imaging.dicom import image
from tests.engine.imaging_files import (
    CODED,
    DEFLATED,
    JPEG,
    dataset,
    file,
    ramp,
    refusal,
    write,
)


def outcome(path):
    """The values, or the sentence of the refusal; anything else fails the test."""
    try:
        return read_frame(read_image(path)).values
    except ImageError as error:
        return str(error)


def test_that_too_many_pixels_are_refused_before_they_are_read(tmp_path):
    assert refusal(write(tmp_path / "film", ramp(), Rows=60000, Columns=60000)) == "too-large"


def test_that_a_deflate_bomb_is_bounded(tmp_path, monkeypatch, read_here):
    monkeypatch.setattr("engine.imaging.dicom.header.MAX_INFLATED", 1 << 16)
    path = write(tmp_path / "film", np.zeros((512, 512), np.uint16), DEFLATED)
    assert refusal(path) == "too-large"


def test_that_a_header_full_of_empty_items_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    sequence = struct.pack("<HH2sHL", 0x0008, 0x1140, b"SQ", 0, 0xFFFFFFFF)
    items = struct.pack("<HHL", 0xFFFE, 0xE000, 0) * 400_001
    at = data.index(b"\x08\x00\x60\x00CS")
    path.write_bytes(data[:at] + sequence + items + data[at:])
    assert refusal(path) == "too-large"


def test_that_a_deep_header_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    opening = struct.pack("<HH2sHL", 0x0008, 0x1140, b"SQ", 0, 0xFFFFFFFF)
    opening += struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    at = data.index(b"\x08\x00\x60\x00CS")
    path.write_bytes(data[:at] + opening * 5000 + data[at:])
    assert refusal(path) == "damaged"


def test_that_a_header_with_two_sizes_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    rows = struct.pack("<HH2sHH", 0x0028, 0x0010, b"US", 2, 12)
    at = data.index(rows)
    path.write_bytes(data[:at] + rows + data[at:])
    assert refusal(path) == "damaged"


def test_that_two_sets_of_pixels_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp())
    data = path.read_bytes()
    path.write_bytes(data + data[data.index(b"\xe0\x7f\x10\x00") :])
    assert refusal(path) == "damaged"


def test_that_a_rescale_beyond_all_numbers_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp(), RescaleSlope="1e40", RescaleIntercept=0)
    assert refusal(path) == "damaged"


def test_that_a_damaged_modality_lut_is_refused(tmp_path):
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [100, 0, 16])
    item.add_new("LUTData", "OW", b"\0\0")
    path = write(tmp_path / "film", ramp(), ModalityLUTSequence=Sequence([item]))
    assert refusal(path) == "damaged"


class PanicException(BaseException):
    """What a codec written in Rust raises."""


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (PanicException(), "damaged"),
        (StopIteration(), "damaged"),
        (RecursionError(), "damaged"),
        (MemoryError(), "too-large"),
    ],
)
def test_that_whatever_a_decoder_raises_is_one_error(
    tmp_path, monkeypatch, read_here, raised, reason
):
    def fail(*_, **__):
        raise raised

    path = write(tmp_path / "film", ramp())
    monkeypatch.setattr(image, "stored_pixels", fail)
    assert refusal(path) == reason


def test_that_an_interrupt_stays_an_interrupt(tmp_path, monkeypatch, read_here):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    path = write(tmp_path / "film", ramp())
    monkeypatch.setattr(image, "read_header", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_image(path)


def test_that_control_characters_of_a_file_name_stay_out_of_the_message(tmp_path):
    with pytest.raises(ImageError) as caught:
        read_image(tmp_path / "a\u202eb\x1b[31m.dcm")
    assert str(caught.value).startswith("ab[31m.dcm cannot be read: ")


@pytest.mark.parametrize("seed", range(60))
def test_that_mutated_files_are_read_or_refused(tmp_path, seed):
    random = np.random.default_rng(seed)
    film = ramp(40, 32, 250, np.uint8)
    syntax = ("50", "80", "90", "201", "")[seed % 5]
    if syntax:
        path = write(tmp_path / "film", film, JPEG + syntax, [CODED[syntax](film)])
    else:
        path = write(tmp_path / "film", film)
    data = bytearray(path.read_bytes())
    for position in random.integers(0, len(data), 8):
        data[position] = random.integers(0, 256)
    path.write_bytes(bytes(data))
    answer = outcome(path)
    assert path.name in answer if isinstance(answer, str) else np.isfinite(answer).all()


def test_that_a_meta_group_that_hides_deflation_is_refused(tmp_path):
    made = dataset(ramp(), DEFLATED)
    meta = io.BytesIO()
    write_file_meta_info(meta, made.file_meta, enforce_standard=False)
    hidden = meta.getvalue().replace(b"UI", b"\x1a\x00", 1)
    body = zlib.compressobj(wbits=-15)
    data = b"\0" * 128 + b"DICM" + hidden + body.compress(b"\0" * 100) + body.flush()
    assert refusal(file(tmp_path, data)) in {"damaged", "no-pixels"}
