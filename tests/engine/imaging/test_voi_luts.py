"""VOI LUTs as they are written, and as they should not be; the film is always shown."""

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from engine.imaging import apply_voi, read_frame, read_image, window_menu
from tests.engine.imaging_files import ramp, write


def codes(path):
    return {note.code for note in read_frame(read_image(path)).image.notes}


def voi(*descriptor, entries=4096, bits=12) -> Dataset:
    item = Dataset()
    item.add_new(0x00283002, "US", list(descriptor))
    values = np.linspace(0, (1 << bits) - 1, entries).astype("<u2")
    item.add_new(0x00283006, "OW", values.tobytes())
    return item


def shown_through(path):
    """What a film is first shown with, and its grey levels."""
    frame = read_frame(read_image(path))
    return frame, apply_voi(frame.values, window_menu(frame).first)


@pytest.mark.parametrize(
    "descriptor",
    [(4096, 0), (4096,), (4096, 0, 12, 7), (4096, 0, 40), (4096, 0, 0), (60_000, 0, 12)],
)
def test_that_a_voi_lut_with_a_wrong_descriptor_leaves_the_film_with_an_automatic_window(
    tmp_path, descriptor
):
    path = write(tmp_path / "film", ramp(), VOILUTSequence=Sequence([voi(*descriptor)]))
    frame, shades = shown_through(path)
    assert (frame.header.voi, "voi-lut" in codes(path)) == ((), True)
    assert np.ptp(shades.astype(int)) > 200


def lut(descriptor, data, vr, kind="US"):
    item = Dataset()
    item.add_new(0x00283002, kind, list(descriptor))
    item.add_new(0x00283006, vr, data)
    return Sequence([item])


CURVE = (np.arange(256, dtype="<u2")[::-1] * 257).astype("<u2")


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"])
@pytest.mark.parametrize("vr", ["OW", "US"])
@pytest.mark.parametrize(
    ("signed", "first"), [(False, 0), (False, 100), (True, 0), (True, 100), (True, -100)]
)
def test_that_voi_lut_data_are_read_as_ow_and_us_with_any_first_value(
    tmp_path, syntax, vr, signed, first
):
    film = np.arange(256).reshape(16, 16) + first
    data = CURVE.tobytes() if vr == "OW" else CURVE.tolist()
    kind = "SS" if first < 0 else "US"
    path = write(
        tmp_path / "film",
        film.astype(np.int16 if signed else np.uint16),
        syntax,
        VOILUTSequence=lut((256, first, 16), data, vr, kind),
    )
    frame, shades = shown_through(path)
    assert frame.header.voi[0].first == first
    assert shades.ravel().tolist() == list(range(255, -1, -1))


def test_that_a_first_value_above_32767_may_be_written_as_a_negative_number(
    tmp_path,
):
    film = (np.arange(256).reshape(16, 16) + 40_000).astype(np.uint16)
    sequence = lut((256, 40_000 - 65_536, 16), CURVE.tobytes(), "OW", "SS")
    _, shades = shown_through(write(tmp_path / "film", film, VOILUTSequence=sequence))
    assert shades.ravel().tolist() == list(range(255, -1, -1))


def test_that_a_voi_lut_of_12_bits_that_says_16_does_not_make_the_film_black(tmp_path):
    path = write(tmp_path / "film", ramp(), VOILUTSequence=Sequence([voi(4096, 0, 16, bits=12)]))
    _, shades = shown_through(path)
    assert (int(shades.min()), int(shades.max()) > 245) == (0, True)
    assert "voi-lut" in codes(path)


def test_that_a_voi_lut_of_one_value_is_not_what_a_film_is_first_shown_with(tmp_path):
    blind = lut((256, 0, 16), bytes(512), "OW")
    frame, shades = shown_through(write(tmp_path / "film", ramp(), VOILUTSequence=blind))
    assert len(frame.header.voi) == 1
    assert np.ptp(shades.astype(int)) > 200
