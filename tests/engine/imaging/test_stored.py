"""Many frames in one request: the same values and headers as one by one, whatever the file."""

import threading

import numpy as np
import pytest

from engine.errors import ImageError
from engine.imaging import heads, read_frame, read_heads, read_image, read_stored
from engine.imaging.heads import read_head
from engine.imaging.series import FileHead
from engine.types import Unread
from tests.engine.imaging_files import png, ramp, write


def slices(folder, count=6, each=lambda number: {}, **given):
    """Files of one series that differ as the slices of a scanner do."""
    return [
        write(
            folder / f"IM{number}",
            ramp(40, 30) + np.uint16(number),
            **{
                "Modality": "CT",
                "PatientID": "A",
                "StudyInstanceUID": "1.2",
                "SeriesInstanceUID": "1.2.1",
                "SOPInstanceUID": f"1.2.1.{10**number}",
                "InstanceNumber": number,
                "AcquisitionTime": f"1200{number:02}",
                "ImagePositionPatient": [0.5, -1, 2.25 * number],
                "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
                "RescaleSlope": 0.5,
                "RescaleIntercept": -1024,
                **given,
                **each(number),
            },
        )
        for number in range(1, count + 1)
    ]


def same(stored, path, index=0):
    """Whether a frame is what `read_frame` says it is, but for notes on its pixels."""
    frame, made = read_frame(read_image(path), index), stored.frame()
    assert np.array_equal(made.values, frame.values)
    assert made.values.dtype == np.float32
    assert (made.valid is None) == (frame.valid is None)
    assert frame.valid is None or np.array_equal(made.valid, frame.valid)
    assert frame.colour is None or np.array_equal(made.colour, frame.colour)
    assert (made.header, made.index) == (frame.header, index)
    assert made.image.uids == frame.image.uids
    assert made.image.identity == frame.image.identity
    assert made.image.path == path
    return True


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"RescaleSlope": 1, "RescaleIntercept": 0},
        {"PixelPaddingValue": 0},
        {"PixelPaddingValue": 0, "PixelPaddingRangeLimit": 900},
        {"BitsStored": 12, "HighBit": 11},
        {"WindowCenter": 40, "WindowWidth": 400},
        {"RescaleSlope": 1000.5},  # float32 would round: each is read by itself
    ],
    ids=str,
)
def test_that_frames_read_together_are_those_read_one_by_one(tmp_path, given):
    paths = slices(tmp_path, **given)
    found = read_stored([(path, 0) for path in paths])
    assert all(same(stored, path) for stored, path in zip(found, paths, strict=True))


def test_that_a_slice_whose_header_says_another_window_is_shown_with_its_own(tmp_path):
    paths = slices(tmp_path, each=lambda number: {"WindowCenter": number, "WindowWidth": 50})
    found = read_stored([(path, 0) for path in paths])
    assert [stored.header.voi[0].center for stored in found] == [1, 2, 3, 4, 5, 6]


def test_that_a_whole_number_needs_two_bytes_of_each_pixel(tmp_path):
    (stored,) = read_stored([(slices(tmp_path, 1)[0], 0)])
    again = read_stored([(path, 0) for path in slices(tmp_path)])
    assert {one.nbytes for one in again} == {40 * 30 * 2}
    assert stored.stored.shape == (40, 30)


def test_that_rasters_and_colours_are_read_like_any_file(tmp_path):
    grey, colour = tmp_path / "grey.png", tmp_path / "colour.png"
    grey.write_bytes(png(np.arange(48, dtype=np.uint8).reshape(6, 8)))
    colour.write_bytes(png(np.arange(144, dtype=np.uint8).reshape(6, 8, 3)))
    found = read_stored([(grey, 0), (colour, 0)])
    assert same(found[0], grey)
    assert same(found[1], colour)


def test_that_a_file_that_cannot_be_read_costs_no_other(tmp_path):
    paths = slices(tmp_path)
    paths[2].write_bytes(paths[2].read_bytes()[:-200])
    paths[4].unlink()
    found = read_stored([(path, 0) for path in paths])
    reasons = [one.reason if isinstance(one, ImageError) else "" for one in found]
    assert reasons == ["", "", "truncated", "", "missing", ""]
    assert "IM3" in str(found[2])


def test_that_a_file_with_pixels_left_over_is_held_against_its_header_by_itself(tmp_path):
    paths = slices(tmp_path)
    with paths[3].open("ab") as stream:
        stream.write(b"\xe0\x7f\x10\x00OW\0\0\0\0\0\0")  # a second set of pixel data
    found = read_stored([(path, 0) for path in paths])
    assert isinstance(found[3], ImageError)
    assert found[3].reason == "damaged"


@pytest.mark.parametrize(
    "each",
    [
        lambda number: {},
        lambda number: {"EchoTime": number},
        lambda number: {"PatientID": "B" if number == 3 else "A"},
        lambda number: {"InstanceNumber": ""} if number == 2 else {},
        lambda number: {"SOPInstanceUID": "1"} if number == 5 else {},
        lambda number: {"AcquisitionTime": ""} if number == 4 else {},
    ],
)
def test_that_a_head_is_the_same_whether_its_kind_is_known_or_not(tmp_path, each):
    paths = slices(tmp_path, each=each)
    alone = []
    for path in paths:
        heads.forget_kinds()
        alone.append(read_head(path))
    assert [read_head(path) for path in paths] == alone
    assert list(read_heads(paths)) == alone


def test_that_heads_may_be_read_by_several_threads(tmp_path):
    paths, found = slices(tmp_path, 30), {}

    def read(number):
        found[number] = [read_head(path) for path in paths]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(head, FileHead) for head in found[0])
    assert found[0] == found[1] == found[2] == found[3]


def test_that_a_file_without_a_head_says_why(tmp_path):
    broken = tmp_path / "broken.dcm"
    broken.write_bytes(b"nothing of the kind" * 20)
    (head,) = read_heads([broken])
    assert isinstance(head, Unread)
    assert (head.path, head.reason) == (broken, "unknown-format")


def test_that_no_frame_keeps_the_memory_of_the_others_that_came_with_it(tmp_path):
    paths = slices(tmp_path, 4, Rows=200, Columns=300, PixelData=bytes(200 * 300 * 2))
    for one in read_stored([(path, 0) for path in paths]):
        pages = one.stored
        while isinstance(pages.base, np.ndarray):
            pages = pages.base
        assert memoryview(pages.base).nbytes == one.stored.nbytes
