"""What a file says of a frame is that frame's own, of the file as it is now."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from engine import ImageError
from engine.imaging import (
    Remembered,
    apply_voi,
    default_voi,
    describe_frame,
    file_stamp,
    film_identity,
    film_key,
    header_digest,
    read_frame,
    read_image,
    told_apart,
)
from engine.imaging.dicom import image as decoding
from engine.sequence import to_sequence
from engine.types import (
    FilmIdentity,
    FrameHeader,
    Image,
    InputFormat,
    Orientation,
    Spacing,
    VoiLut,
    Window,
)
from tests.engine.enhanced_files import PLANES, enhanced, group, plane, rescaled
from tests.engine.imaging_files import DEFLATED, file, png, ramp, write

LONG_AGO = 1_600_000_000


@pytest.fixture
def slopes(tmp_path):
    """The same stored bytes with slopes 1, 4 and 16, and the windows that go with them."""
    groups = [rescaled(slope) for slope in (1, 4, 16)]
    bits = {"BitsStored": 12, "HighBit": 11}
    return enhanced(tmp_path / "slopes.dcm", np.stack([ramp()] * 3), groups, **bits)


@pytest.fixture
def planes(tmp_path):
    groups = [plane(*each) for each in PLANES]
    return enhanced(tmp_path / "planes.dcm", np.stack([ramp()] * 3), groups)


@pytest.fixture
def settled(tmp_path):
    """A file of three frames that nobody wrote for a long time."""
    frames = np.stack([ramp(), ramp() + 1, ramp() + 2])
    path = enhanced(tmp_path / "settled.dcm", frames, [rescaled(1)] * 3, PatientID="A")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def parsed(monkeypatch, read_here):
    """Every header that is parsed from now on."""
    seen = []
    real = decoding.read_header
    monkeypatch.setattr(decoding, "read_header", lambda stream: seen.append(1) or real(stream))
    return seen


@pytest.mark.parametrize(("index", "slope"), [(0, 1), (1, 4), (2, 16)])
def test_that_rescale_window_and_range_are_those_of_the_frame(slopes, index, slope):
    header = read_frame(read_image(slopes), index).header
    assert header.rescale == (slope, 0)
    assert header.value_range == (0, 4095 * slope)
    assert header.voi == (Window(2048 * slope, 4096 * slope),)


def test_that_frames_of_different_slopes_look_the_same_through_their_own_windows(slopes):
    frames = [read_frame(read_image(slopes), index) for index in range(3)]
    first, *others = [apply_voi(frame.values, default_voi(frame)) for frame in frames]
    assert len(np.unique(first)) > 60
    for shades in others:
        assert np.abs(shades.astype(int) - first).max() <= 1


def test_that_frames_of_different_slopes_give_a_model_the_same_rows(slopes):
    wanted = InputFormat(8, 8, "full-range")
    first, *others = [
        to_sequence(read_frame(read_image(slopes), index), wanted).rows for index in range(3)
    ]
    for rows in others:
        np.testing.assert_array_equal(rows, first)


@pytest.mark.parametrize(
    ("index", "letters", "spacing"),
    [(0, "RLAP", (1, 1)), (1, "RLHF", (2, 1)), (2, "APHF", (1, 1))],
)
def test_that_letters_and_spacing_are_those_of_the_frame(planes, index, letters, spacing):
    header = read_frame(read_image(planes), index).header
    assert header.orientation == Orientation(*letters)
    assert header.spacing == Spacing(*spacing, "in patient")


def test_that_no_two_frames_of_a_file_need_share_anything(tmp_path):
    groups = []
    for place, (cosines, spacing) in enumerate(PLANES):
        one = rescaled(10.0**place)
        one.update(plane(cosines, spacing))
        one.update(group(PlanePositionSequence={"ImagePositionPatient": [place, 2, -7.5]}))
        groups.append(one)
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 3), groups)
    image = read_image(path)
    for place, (cosines, spacing) in enumerate(PLANES):
        header = read_frame(image, place).header
        assert header.spacing == Spacing(*spacing, "in patient")
        assert header.directions == (tuple(cosines[:3]), tuple(cosines[3:]))
        assert header.position == (place, 2, -7.5)
        assert header.rescale == (10**place, 0)
        assert header.voi == (Window(2048 * 10**place, 4096 * 10**place),)
        assert describe_frame(image, place) == header


def test_that_pixels_twice_as_high_as_wide_are_so_in_their_frame_only(planes):
    image = read_image(planes)
    assert [read_frame(image, index).header.pixel_aspect for index in range(3)] == [1, 0.5, 1]


def test_that_the_first_frame_is_described_where_none_is_named(slopes):
    assert describe_frame(read_image(slopes)).value_range == (0, 4095)


def test_that_the_file_is_the_same_for_all_its_frames(planes):
    image = read_image(planes)
    assert [read_frame(image, index).image for index in range(3)] == [image] * 3


def test_that_what_a_frame_does_not_say_is_shared(tmp_path):
    shared = rescaled(3)
    path = enhanced(
        tmp_path / "f", np.stack([ramp()] * 2), [rescaled(2), Dataset()], shared=shared
    )
    slopes = [describe_frame(read_image(path), index).rescale for index in range(2)]
    assert slopes == [(2, 0), (3, 0)]


def test_that_what_neither_frame_nor_group_says_stands_at_the_top(tmp_path):
    top = {"WindowCenter": 7, "WindowWidth": 9, "RescaleSlope": 5, "RescaleIntercept": 1}
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 2), [Dataset()] * 2, **top)
    header = describe_frame(read_image(path), 1)
    assert (header.rescale, header.voi) == ((5, 1), (Window(7, 9),))


def test_that_a_voi_lut_may_be_the_frames_own(tmp_path):
    def with_table(first):
        item = Dataset()
        item.add_new("LUTDescriptor", "US", [2, first, 16])
        item.add_new("LUTData", "OW", np.array([0, 65535], "<u2").tobytes())
        return group(FrameVOILUTSequence={"VOILUTSequence": Sequence([item])})

    groups = [with_table(5), with_table(6)]
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 2), groups)
    firsts = [describe_frame(read_image(path), index).voi[0].first for index in range(2)]
    assert firsts == [5, 6]


def test_that_patient_orientation_may_be_the_frames_own(tmp_path):
    groups = [
        group(PatientOrientationInFrameSequence={"PatientOrientation": letters})
        for letters in (["L", "F"], ["P", "F"])
    ]
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 2), groups)
    image = read_image(path)
    assert describe_frame(image).orientation == Orientation("R", "L", "H", "F")
    assert describe_frame(image, 1).orientation == Orientation("A", "P", "H", "F")


def test_that_a_frames_oddity_is_noted_of_that_frame_only(tmp_path):
    odd = rescaled(1)
    odd.FrameVOILUTSequence[0].WindowWidth = 0
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 2), [rescaled(1), odd])
    image = read_image(path)
    codes = [{note.code for note in read_frame(image, index).image.notes} for index in range(2)]
    assert codes == [set(), {"window"}]


def test_that_a_frame_is_described_without_its_pixels(planes, monkeypatch, read_here):
    image = read_image(planes)
    monkeypatch.delattr(decoding, "stored_pixels")
    assert describe_frame(image, 2).orientation == Orientation(*"APHF")


def test_that_a_description_says_what_the_decoded_frame_says(slopes):
    image = read_image(slopes)
    assert describe_frame(image, 2) == read_frame(image, 2).header


def test_that_a_raster_file_is_described_as_it_is(tmp_path):
    image = read_image(file(tmp_path, png(ramp(dtype=np.uint8, top=255)), "film.png"))
    assert describe_frame(image, 0) == FrameHeader((0, 255))


@pytest.mark.parametrize("index", [-1, 3])
def test_that_there_is_no_other_frame_to_describe(planes, index):
    with pytest.raises(ImageError) as caught:
        describe_frame(read_image(planes), index)
    assert caught.value.reason == "no-such-frame"


# ------------------------------------------------------------------ one parsing, no stale one
def test_that_a_header_is_parsed_once_for_all_its_frames(settled, parsed):
    image = read_image(settled)
    tops = [read_frame(image, index).values[0, 0] for index in (0, 1, 2, 1)]
    assert (tops, len(parsed)) == ([0, 1, 2, 1], 1)


def test_that_a_file_written_anew_is_parsed_anew(settled, parsed):
    image = read_image(settled)
    frames = np.stack([ramp() + 7] * 3)
    enhanced(settled, frames, [rescaled(1, center=9)] * 3, PatientID="B")
    frame = read_frame(image, 1)
    assert (frame.values[0, 0], frame.image.identity.patient_id, len(parsed)) == (7, "B", 2)


def test_that_a_file_of_the_same_size_and_time_in_its_place_is_parsed_anew(settled, tmp_path):
    image = read_image(settled)
    frames = np.stack([ramp() + 7] * 3)
    other = enhanced(tmp_path / "other", frames, [rescaled(1)] * 3, PatientID="B")
    os.utime(other, (LONG_AGO, LONG_AGO))
    assert other.stat().st_size == settled.stat().st_size
    other.replace(settled)
    assert read_frame(image, 0).image.identity.patient_id == "B"


def test_that_a_file_written_just_now_is_not_remembered(slopes, parsed):
    os.utime(slopes)  # its clock may not tell that it is written once more
    image = read_image(slopes)
    read_frame(image, 1)
    assert len(parsed) == 2


def test_that_a_deflated_file_has_frames_too(tmp_path):
    path = enhanced(tmp_path / "f", np.stack([ramp(), ramp() + 9]), [], PatientID="A")
    from pydicom import dcmread

    made = dcmread(path)
    made.file_meta.TransferSyntaxUID = DEFLATED
    made.save_as(path, enforce_file_format=True)
    os.utime(path, (LONG_AGO, LONG_AGO))
    image = read_image(path)
    assert [read_frame(image, index).values[0, 0] for index in (1, 0, 1)] == [9, 0, 9]


def test_that_threads_read_frames_of_one_file_at_the_same_time(settled):
    image = read_image(settled)
    wanted = [0, 1, 2] * 40
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda index: read_frame(image, index).values[0, 0], wanted)
    assert list(found) == wanted


def test_that_few_files_are_remembered(tmp_path):
    kept = Remembered(entries=2, cost=100)
    paths = [file(tmp_path, b"x", name) for name in ("a", "b", "c")]
    for path in paths:
        os.utime(path, (LONG_AGO, LONG_AGO))
        with path.open("rb") as stream:
            kept.keep(path.name, stream, path, cost=1)
    assert [found(kept, path) for path in paths] == [None, "b", "c"]


@pytest.mark.parametrize(("cost", "known"), [(60, [None, "b"]), (101, ["a", None])])
def test_that_what_is_remembered_may_cost_so_much_together(tmp_path, cost, known):
    kept = Remembered(entries=9, cost=100)
    paths = [file(tmp_path, b"x", name) for name in ("a", "b")]
    for path, price in zip(paths, (50, cost), strict=True):
        os.utime(path, (LONG_AGO, LONG_AGO))
        with path.open("rb") as stream:
            kept.keep(path.name, stream, path, cost=price)
    assert [found(kept, path) for path in paths] == known


def found(kept, path):
    with path.open("rb") as stream:
        return kept.of(stream, path)


# ------------------------------------------------------------------ what a film is
def test_that_a_copy_under_another_name_has_the_same_content_and_key(slopes, tmp_path):
    copy = shutil.copy(slopes, tmp_path / "another name")
    one, two = (read_frame(read_image(path), 1) for path in (slopes, copy))
    assert (one.content, film_key(one)) == (two.content, film_key(two))


def test_that_one_pixel_is_another_content(tmp_path):
    other = ramp()
    other[3, 3] += 1
    contents = {
        read_frame(read_image(write(tmp_path / str(n), pixels))).content
        for n, pixels in enumerate((ramp(), other, ramp().reshape(10, 12)))
    }
    assert len(contents) == 3


def test_that_padding_is_part_of_the_content(tmp_path):
    plain = write(tmp_path / "a", ramp())
    padded = write(tmp_path / "b", ramp(), PixelPaddingValue=0)
    one, two = (read_frame(read_image(path)) for path in (plain, padded))
    np.testing.assert_array_equal(one.values, two.values)
    assert one.content != two.content


def test_that_colour_is_part_of_the_content(tmp_path):
    rgb = np.random.default_rng(0).integers(0, 255, (8, 8, 3)).astype(np.uint8)
    frame = read_frame(read_image(file(tmp_path, png(rgb, colour_type=2), "film.png")))
    turned = replace(frame, colour=frame.colour[..., ::-1], content="")
    assert film_key(turned) != film_key(frame)


def test_that_frames_of_the_same_pixels_have_keys_of_their_own(slopes):
    image = read_image(slopes)
    assert len({film_key(read_frame(image, index)) for index in range(3)}) == 3


def test_that_a_frame_that_was_not_read_from_a_file_has_a_key(make_frame):
    one, two = make_frame([[1, 2], [3, 4]]), make_frame([[1, 2], [3, 5]])
    assert film_key(one) != film_key(two)


@pytest.mark.parametrize("shift", [0.0, 200.0, -40_000.0, 1e6, 0.25], ids=str)
@pytest.mark.parametrize("change", [1.0, 256.0, 65_536.0, 0.5, -1.0], ids=str)
def test_that_one_value_of_another_size_is_another_film(make_frame, shift, change):
    values = np.arange(40.0).reshape(5, 8) + shift
    other = values.copy()
    other[2, 3] += change
    assert film_key(make_frame(values)) != film_key(make_frame(other))


def test_that_a_large_film_has_the_content_of_its_pixels(tmp_path):
    pixels = np.arange(1100 * 1000, dtype=np.uint16).reshape(1100, 1000) % 4096
    frame = read_frame(read_image(write(tmp_path / "f", pixels)))
    assert film_key(frame) == film_key(replace(frame, content=""))


@pytest.mark.parametrize(
    "name",
    [
        field.name
        for kind in (Image, FrameHeader)
        for field in fields(kind)
        if field.name != "path"
    ],
)
def test_that_another_value_of_any_field_is_another_film(make_frame, name):
    frame = make_frame(np.zeros((4, 4)))
    other = replaced(frame, **{name: "another"})
    assert header_digest(other.image, other.header) != header_digest(frame.image, frame.header)


def test_that_the_path_is_not_part_of_a_film(make_frame):
    frame = make_frame(np.zeros((4, 4)))
    assert film_key(replaced(frame, path=Path("elsewhere"))) == film_key(frame)


def replaced(frame, **changed):
    """A frame with another value of its own header or of the file's."""
    own = "header" if changed.keys() <= {field.name for field in fields(FrameHeader)} else "image"
    return replace(frame, **{own: replace(getattr(frame, own), **changed)})


def test_that_a_film_is_its_uid_and_its_content(tmp_path):
    film = film_identity(read_frame(read_image(write(tmp_path / "f", ramp()))))
    assert (film.sop_instance_uid, film.subject) == ("1.2.3.4", ("1.2.3.4", 0))


def test_that_a_film_without_a_uid_is_its_content(tmp_path):
    path = file(tmp_path, png(ramp(dtype=np.uint8, top=255)), "film.png")
    film = film_identity(read_frame(read_image(path)))
    assert film.subject == (film.content, 0)


def test_that_a_film_written_anew_under_its_name_and_uid_has_no_old_answer(tmp_path):
    path = write(tmp_path / "f", ramp())
    first = film_identity(read_frame(read_image(path)))
    write(path, ramp() + 1)
    second = film_identity(read_frame(read_image(path)))
    assert second.subject == first.subject
    assert second.key != first.key


def test_that_a_uid_of_two_films_names_neither_and_the_content_does():
    one, copy, other = (FilmIdentity(content, 0, "1.2") for content in ("a", "a", "b"))
    alone, frame = FilmIdentity("c", 0, "1.3"), FilmIdentity("d", 1, "1.3")
    found = told_apart([one, copy, other, alone, frame])
    assert [film.subject for film in found] == [
        ("a", 0), ("a", 0), ("b", 0), ("1.3", 0), ("1.3", 1),
    ]  # fmt: skip


def test_that_two_tables_of_one_name_are_told_apart(make_frame):
    frame = make_frame(np.zeros((4, 4)))
    tables = [np.array(values, np.float32) for values in ((0, 1), (0, 0.5))]
    keys = {film_key(replaced(frame, voi=(VoiLut(table, 0.0),))) for table in tables}
    assert len(keys) == 2


def test_that_a_stamp_changes_with_every_writing(tmp_path):
    path = file(tmp_path, b"one")
    first = file_stamp(path)
    assert first == file_stamp(str(path))
    path.write_bytes(b"three")
    assert file_stamp(path) != first


def test_that_a_copy_that_keeps_the_time_of_its_original_has_another_stamp(tmp_path):
    path, other = file(tmp_path, b"one", "a"), file(tmp_path, b"two", "b")
    for each in (path, other):
        os.utime(each, (LONG_AGO, LONG_AGO))
    first = file_stamp(path)
    other.replace(path)
    assert file_stamp(path) != first


def test_that_where_there_is_no_file_there_is_no_stamp(tmp_path):
    assert file_stamp(tmp_path / "nothing") is None
