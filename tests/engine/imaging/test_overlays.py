"""Overlay planes and shutters are values beside the pixels, which they never change."""

import numpy as np
import pytest

from engine.imaging import read_frame, read_image, read_stored
from tests.engine.imaging_files import BIG_ENDIAN, CODED, EXPLICIT, IMPLICIT, JPEG, dataset, write

ROWS, COLUMNS = 13, 9
FILM = np.random.default_rng(0).integers(0, 4096, (ROWS, COLUMNS)).astype(np.uint16)
PLANE = np.random.default_rng(1).random((ROWS, COLUMNS)) < 0.3


def packed(*planes):
    """Bits without gaps, the first in the lowest bit (PS3.3 C.9.2.1.1, PS3.5 8.1.2)."""
    bits = np.concatenate([plane.ravel() for plane in planes])
    data = np.packbits(bits, bitorder="little").tobytes()
    return data + b"\0" * (len(data) % 2)


def lay(made, data=None, group=0x6000, vr="OW", **elements):
    said = {
        "rows": (0x10, "US", ROWS), "columns": (0x11, "US", COLUMNS), "kind": (0x40, "CS", "G"),
        "origin": (0x50, "SS", [1, 1]), "bits": (0x100, "US", 1), "place": (0x102, "US", 0),
        "frames": (0x15, "IS", None), "first": (0x51, "US", None), "label": (0x1500, "LO", None),
        "description": (0x22, "LO", None),
    }  # fmt: skip
    for name, (element, kind, usual) in said.items():
        value = elements.get(name, usual)
        if value is not None:
            made.add_new(group << 16 | element, kind, value)
    if data is not None:
        made.add_new(group << 16 | 0x3000, vr, data)
    return made


def read(path, index=0):
    return read_frame(read_image(path), index)


def saved(made, path, syntax=EXPLICIT):
    made.save_as(
        path,
        enforce_file_format=True,
        implicit_vr=syntax == IMPLICIT,
        little_endian=syntax != BIG_ENDIAN,
    )
    return path


@pytest.mark.parametrize("vr", ["OB", "OW"])
@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT])
def test_that_a_plane_of_its_own_is_read_bit_by_bit(tmp_path, vr, syntax):
    made = lay(dataset(FILM, syntax), packed(PLANE), vr=vr, label="AIR", description="of a hand")
    frame = read(saved(made, tmp_path / "film", syntax))
    (overlay,) = frame.overlays
    assert np.array_equal(overlay.plane, PLANE)
    assert (overlay.left, overlay.top, overlay.kind) == (0, 0, "graphics")
    assert (overlay.label, overlay.description) == ("AIR", "of a hand")
    assert np.array_equal(frame.values, FILM)


def test_that_words_of_a_big_endian_file_are_turned(tmp_path):
    data = np.frombuffer(packed(PLANE), "<u2").astype(">u2").tobytes()
    made = lay(dataset(FILM, BIG_ENDIAN), data)
    made.PixelData = FILM.astype(">u2").tobytes()
    (overlay,) = read(saved(made, tmp_path / "film", BIG_ENDIAN)).overlays
    assert np.array_equal(overlay.plane, PLANE)


def test_that_an_origin_moves_a_plane_also_beyond_the_edge(tmp_path):
    made = lay(dataset(FILM), packed(PLANE), origin=[-1, 4], kind="R")
    (overlay,) = read(saved(made, tmp_path / "film")).overlays
    assert (overlay.top, overlay.left, overlay.kind) == (-2, 3, "region")


@pytest.mark.parametrize("place", [12, 13, 15])
def test_that_a_plane_in_an_unused_bit_is_found_and_changes_no_value(tmp_path, place):
    words = FILM | (PLANE.astype(np.uint16) << place)
    made = lay(dataset(words, BitsStored=12, HighBit=11), bits=16, place=place)
    frame = read(saved(made, tmp_path / "film"))
    assert np.array_equal(frame.overlays[0].plane, PLANE)
    assert np.array_equal(frame.values, FILM)


def test_that_a_plane_below_the_pixels_bits_is_found(tmp_path):
    words = (FILM << 4) | (PLANE.astype(np.uint16) << 2)
    made = lay(dataset(words, BitsStored=12, HighBit=15), bits=16, place=2)
    frame = read(saved(made, tmp_path / "film"))
    assert np.array_equal(frame.overlays[0].plane, PLANE)
    assert np.array_equal(frame.values, FILM)


def test_that_unused_bits_that_a_compression_did_not_keep_are_noted(tmp_path):
    made = lay(dataset(FILM, BitsStored=12, HighBit=11), bits=16, place=12)
    path = saved(made, tmp_path / "native")
    assert read(path).overlays
    elements = {"BitsStored": 12, "HighBit": 11}
    coded = lay(dataset(FILM, JPEG + "80", **elements), bits=16, place=12)
    from pydicom.encaps import encapsulate

    coded.PixelData = encapsulate([CODED["80"](FILM)])
    coded["PixelData"].VR = "OB"
    coded.save_as(tmp_path / "coded", enforce_file_format=True)
    frame = read(tmp_path / "coded")
    assert frame.overlays == ()
    assert any("holds fewer bits" in note.words for note in frame.image.notes)


def several(count):
    films = np.stack([FILM + number for number in range(count)])
    made = dataset(FILM, NumberOfFrames=count)
    made.PixelData = films.tobytes()
    return made


def test_that_each_frame_has_its_own_plane_of_a_multi_frame_overlay(tmp_path):
    planes = [np.roll(PLANE, shift, axis=1) for shift in range(3)]
    made = lay(several(5), packed(*planes), frames=3, first=2)
    path = saved(made, tmp_path / "film")
    found = [read(path, index).overlays for index in range(5)]
    assert [len(one) for one in found] == [0, 1, 1, 1, 0]
    for (overlay,), plane in zip(found[1:4], planes, strict=True):
        assert np.array_equal(overlay.plane, plane)


def test_that_one_plane_without_a_number_of_frames_lies_over_all_of_them(tmp_path):
    path = saved(lay(several(3), packed(PLANE)), tmp_path / "film")
    assert [len(read(path, index).overlays) for index in range(3)] == [1, 1, 1]


def test_that_several_planes_come_in_the_order_of_their_groups(tmp_path):
    made = lay(dataset(FILM), packed(~PLANE), group=0x601E, label="LAST")
    lay(made, packed(PLANE), group=0x6002, label="FIRST")
    assert [one.label for one in read(saved(made, tmp_path / "film")).overlays] == [
        "FIRST",
        "LAST",
    ]


@pytest.mark.parametrize("data", [None, b"", packed(PLANE)[:4]])
def test_that_a_plane_with_too_few_bits_is_noted_and_the_film_is_shown(tmp_path, data):
    frame = read(saved(lay(dataset(FILM), data), tmp_path / "film"))
    assert frame.overlays == ()
    assert [note.code for note in frame.image.notes if note.code == "overlay"] == ["overlay"]


def test_that_an_overlay_does_not_change_what_a_film_is(tmp_path):
    bare = read(write(tmp_path / "bare", FILM))
    laid = read(saved(lay(dataset(FILM), packed(PLANE)), tmp_path / "laid"))
    assert laid.content == bare.content


# ------------------------------------------------------------------------------- shutters
RECTANGLE = {
    "ShutterShape": "RECTANGULAR", "ShutterLeftVerticalEdge": 3, "ShutterRightVerticalEdge": 7,
    "ShutterUpperHorizontalEdge": 2, "ShutterLowerHorizontalEdge": 11,
}  # fmt: skip
CIRCLE = {
    "ShutterShape": "CIRCULAR",
    "CenterOfCircularShutter": [6, 5],
    "RadiusOfCircularShutter": 4,
}
POLYGON = {
    "ShutterShape": "POLYGONAL",
    "VerticesOfThePolygonalShutter": [1, 1, 1, 9, 13, 9],
}


def test_that_the_edges_of_a_rectangular_shutter_are_still_shown(tmp_path):
    shutter = read(write(tmp_path / "film", FILM, **RECTANGLE)).shutter
    assert shutter.rectangle == (2, 1, 7, 11)
    assert shutter.shade == 0


def test_that_a_circular_shutter_is_round_in_the_patient(tmp_path):
    path = write(tmp_path / "film", FILM, PixelSpacing=[0.5, 1.0], **CIRCLE)
    assert read(path).shutter.circle == (4.5, 5.5, 4, 8)


def test_that_the_corners_of_a_polygonal_shutter_are_the_middles_of_pixels(tmp_path):
    shutter = read(write(tmp_path / "film", FILM, **POLYGON)).shutter
    assert shutter.polygon == ((0.5, 0.5), (8.5, 0.5), (8.5, 12.5))


def test_that_shapes_and_a_presentation_value_are_read_together(tmp_path):
    both = {**CIRCLE, **RECTANGLE, "ShutterShape": ["RECTANGULAR", "CIRCULAR"]}
    shutter = read(write(tmp_path / "film", FILM, ShutterPresentationValue=65_535, **both)).shutter
    assert shutter.rectangle
    assert shutter.circle
    assert shutter.shade == 1


def test_that_a_shutter_changes_no_value_and_is_told(tmp_path):
    frame = read(write(tmp_path / "film", FILM, **RECTANGLE))
    assert np.array_equal(frame.values, FILM)
    assert frame.valid is None
    assert "shutter" in {note.code for note in frame.image.notes}


@pytest.mark.parametrize(
    "broken",
    [
        RECTANGLE | {"ShutterLeftVerticalEdge": 9},
        CIRCLE | {"RadiusOfCircularShutter": 0},
        CIRCLE | {"CenterOfCircularShutter": [6]},
        POLYGON | {"VerticesOfThePolygonalShutter": [1, 1, 2, 2]},
        {"ShutterShape": "BITMAP", "ShutterOverlayGroup": 0x6000},
        {"ShutterShape": "ROUND"},
    ],
)
def test_that_an_impossible_shutter_hides_nothing_and_is_told(tmp_path, broken):
    frame = read(write(tmp_path / "film", FILM, **broken))
    assert frame.shutter is None
    assert "shutter" in {note.code for note in frame.image.notes}


# ------------------------------------------------------------------------ slices of a stack
def test_that_slices_that_are_read_by_the_dozen_have_their_own_planes_and_their_shutter(tmp_path):
    planes, paths = [np.roll(PLANE, shift, axis=0) for shift in range(3)], []
    for number, plane in enumerate(planes):
        words = FILM | (plane.astype(np.uint16) << 12)
        made = dataset(words, BitsStored=12, HighBit=11, **RECTANGLE)
        made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{number}"
        paths.append(saved(lay(made, bits=16, place=12), tmp_path / str(number)))
    frames = [one.frame() for one in read_stored([(path, 0) for path in paths])]
    for frame, plane in zip(frames, planes, strict=True):
        assert np.array_equal(frame.overlays[0].plane, plane)
        assert np.array_equal(frame.values, FILM)
        assert frame.shutter.rectangle == (2, 1, 7, 11)


def test_that_slices_of_one_kind_have_the_shutter_of_their_kind(tmp_path):
    paths = []
    for number in range(3):
        uid = f"1.2.3.{number}"
        made = dataset(FILM + number, SOPInstanceUID=uid, **RECTANGLE)
        made.file_meta.MediaStorageSOPInstanceUID = uid
        paths.append(saved(made, tmp_path / str(number)))
    found = read_stored([(path, 0) for path in paths])
    assert [one.shutter.rectangle for one in found] == [(2, 1, 7, 11)] * 3
