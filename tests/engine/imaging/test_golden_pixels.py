"""Grey levels as dcmtk shows them: pydicom's example files, within one level.

dcmtk is held against where it is installed; what it showed when `tests.golden` made the table
is held on every machine, at up to 16 × 16 places of each file and in the mean.

Where we differ on purpose:

- dcmtk cuts grey levels off where we round them: up to one level each, half a level in the mean.
- 32-bit pixels in big endian (`rtdose_expb`): dcmtk turns the bytes of 16-bit words only, so that
  the halves of each pixel change places. We read the same values as of the little-endian file of
  the same dose, and so does pydicom.
- `badVR.dcm` is refused: its number of frames is no number.
"""

import json

import numpy as np
import pytest

from engine.imaging import apply_voi, full_window, read_frame, read_image
from tests import golden

TABLE = json.loads(golden.TABLE.read_text(encoding="utf-8"))
ROWS = TABLE["files"]
TURNED = {"rtdose_expb.dcm": "rtdose.dcm", "rtdose_expb_1frame.dcm": "rtdose_1frame.dcm"}
REFUSED = {"badVR.dcm"}
HELD = sorted(set(ROWS) - set(TURNED) - REFUSED)


def read(name):
    return read_frame(read_image(golden.FILES / name))


def ours(name):
    """What the window shows first, or from the smallest to the greatest value."""
    frame = read(name)
    if frame.colour is not None:
        return frame.colour
    header = frame.header.voi and ROWS[name]["options"] == ["+Wi", "1"]
    voi = frame.header.voi[0] if header else full_window(frame)
    shades = apply_voi(frame.values, voi, frame.image.inverted)
    colour = len(ROWS[name]["shape"]) == 3  # grey that is stored as colour
    return shades[..., None].repeat(3, axis=2) if colour else shades


def test_that_enough_files_of_every_kind_are_held_against_dcmtk():
    assert len(HELD) >= 40
    assert sum(ROWS[name]["options"] != [] for name in HELD) >= 14  # grey
    assert TABLE["made_by"].startswith("dcmtk: dcmj2pnm v")


@pytest.mark.parametrize("name", HELD)
def test_that_grey_levels_are_those_that_dcmtk_showed(name):
    row, shown = ROWS[name], ours(name)
    assert list(shown.shape) == row["shape"]
    sample = golden.sample(shown)
    expected = np.frombuffer(bytes.fromhex(row["sample"]), np.uint8).reshape(sample.shape)
    assert np.abs(sample.astype(int) - expected).max() <= 1
    assert shown.mean() == pytest.approx(row["mean"], abs=1)


@pytest.mark.skipif(golden.DCMTK is None, reason="dcmtk is not installed")
@pytest.mark.parametrize("name", HELD)
def test_that_every_grey_level_is_that_of_dcmtk(name):
    expected = golden.shown(golden.FILES / name, ROWS[name]["options"])
    assert np.abs(ours(name).astype(int) - expected).max() <= 1


@pytest.mark.parametrize("name", TURNED)
def test_that_a_dose_of_32_bits_is_the_same_in_both_orders_of_bytes(name):
    assert np.array_equal(read(name).values, read(TURNED[name]).values)
