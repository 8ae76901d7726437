"""Softcopy Presentation States: what they say of which image, as values."""

from dataclasses import replace

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID

from engine import ImageError
from engine.imaging import (
    apply_voi,
    is_presentation,
    read_image,
    read_presentation,
)
from engine.types import Uids, Window, presentations_for
from tests.engine.imaging_files import EXPLICIT, IMPLICIT, ramp, write

GREY = "1.2.840.10008.5.1.4.1.1.11.1"


def item(**elements):
    made = Dataset()
    for keyword, value in elements.items():
        setattr(made, keyword, value)
    return made


def image(uid="1.2.3.4", *frames):
    one = item(ReferencedSOPInstanceUID=uid, ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.1")
    if frames:
        one.ReferencedFrameNumber = list(frames)
    return one


def write_state(path, images=None, syntax=EXPLICIT, **elements):
    images = images or [image()]
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = UID(syntax)
    made.SOPClassUID = elements.pop("SOPClassUID", GREY)
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.SOPInstanceUID = "1.2.9"
    made.Modality = "PR"
    made.ContentLabel = "MARKED"
    made.ReferencedSeriesSequence = [item(ReferencedImageSequence=images)]
    for keyword, value in elements.items():
        setattr(made, keyword, value)
    made.save_as(path, enforce_file_format=True, implicit_vr=syntax == IMPLICIT)
    return path


def shown(path, uid="1.2.3.4", frame=0):
    return read_presentation(path).of(uid, frame)


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT])
def test_that_a_state_says_which_images_it_shows_and_how(tmp_path, syntax):
    window = item(WindowCenter=40, WindowWidth=400, WindowCenterWidthExplanation="SOFT")
    path = write_state(
        tmp_path / "state",
        syntax=syntax,
        SoftcopyVOILUTSequence=[window],
        PresentationLUTShape="INVERSE",
        ContentDescription="nodule",
        PresentationCreationDate="20260102",
        ContentCreatorName="Doe^Jane",
    )
    found = shown(path)
    assert found.voi == Window(40, 400, "SOFT")
    assert (found.name, found.description, found.inverted) == ("MARKED", "nodule", True)
    assert (found.creator, found.shutter, found.area) == ("Doe, Jane", None, None)
    assert shown(path, uid="1.2.3.5") is None


def test_that_only_frames_that_are_named_are_shown_so(tmp_path):
    path = write_state(tmp_path / "state", [image("1.2.3.4", 2, 3)])
    assert [shown(path, frame=frame) is None for frame in range(4)] == [True, False, False, True]


def test_that_an_item_speaks_of_the_images_that_it_names_or_of_all(tmp_path):
    own = item(WindowCenter=1, WindowWidth=10, ReferencedImageSequence=[image("1.2.3.5")])
    rest = item(WindowCenter=2, WindowWidth=20, ReferencedImageSequence=[image("1.2.3.4")])
    path = write_state(
        tmp_path / "state",
        [image("1.2.3.4"), image("1.2.3.5"), image("1.2.3.6")],
        SoftcopyVOILUTSequence=[own, rest],
    )
    centers = [shown(path, uid).voi for uid in ("1.2.3.4", "1.2.3.5", "1.2.3.6")]
    assert [voi and voi.center for voi in centers] == [2, 1, None]


def turned(marks, rotation, flip):
    """PS3.3 C.10.6 written out: turned clockwise first, then mirrored left to right."""
    turned = np.rot90(marks, -rotation // 90)
    return turned[:, ::-1] if flip else turned


@pytest.mark.parametrize("flip", ["N", "Y"])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_that_a_turn_before_a_flip_is_the_same_as_ours_after_it(tmp_path, rotation, flip):
    path = write_state(tmp_path / "state", ImageRotation=rotation, ImageHorizontalFlip=flip)
    found, marks = shown(path), np.arange(6).reshape(2, 3)
    ours = np.rot90(marks[:, ::-1] if found.flipped else marks, -found.quarters)
    assert np.array_equal(ours, turned(marks, rotation, flip == "Y"))


@pytest.mark.parametrize(
    "corners", [([1, 1], [100, 50]), ([100, 1], [1, 50]), ([100, 50], [1, 1])]
)
def test_that_the_displayed_area_ends_at_the_outer_edges_of_its_pixels(tmp_path, corners):
    first, second = corners
    area = item(
        DisplayedAreaTopLeftHandCorner=first,
        DisplayedAreaBottomRightHandCorner=second,
        PresentationSizeMode="MAGNIFY",
        PresentationPixelMagnificationRatio=2.0,
    )
    found = shown(write_state(tmp_path / "state", DisplayedAreaSelectionSequence=[area])).area
    assert (found.left, found.top, found.right, found.bottom) == (0, 0, 100, 50)
    assert (found.mode, found.magnification) == ("MAGNIFY", 2.0)


def shape(kind, data, units="PIXEL", filled="N"):
    return item(
        GraphicAnnotationUnits=units, GraphicDimensions=2, NumberOfGraphicPoints=len(data) // 2,
        GraphicData=data, GraphicType=kind, GraphicFilled=filled,
    )  # fmt: skip


def test_that_shapes_of_every_kind_come_in_the_order_of_their_layers(tmp_path):
    above = item(GraphicLayer="B", GraphicObjectSequence=[shape("POINT", [1.5, 2.5])])
    below = item(
        GraphicLayer="A",
        GraphicObjectSequence=[
            shape("POLYLINE", [0, 0, 5, 5, 9, 0]),
            shape("CIRCLE", [5, 5, 8, 5], filled="Y"),
            shape("ELLIPSE", [0, 5, 10, 5, 5, 3, 5, 7]),
            shape("INTERPOLATED", [0, 0, 1, 1, 2, 0], units="DISPLAY"),
        ],
    )
    layers = [item(GraphicLayer=name, GraphicLayerOrder=n) for n, name in enumerate("AB")]
    found = shown(
        write_state(
            tmp_path / "state",
            GraphicAnnotationSequence=[above, below],
            GraphicLayerSequence=layers,
        )
    ).graphics
    kinds = ["polyline", "circle", "ellipse", "interpolated", "point"]
    assert [one.kind for one in found] == kinds
    assert [one.display for one in found] == [False, False, False, True, False]
    assert [one.filled for one in found] == [False, True, False, False, False]
    assert found[-1].points == ((1.5, 2.5),)


def test_that_texts_keep_box_anchor_and_lines(tmp_path):
    text = item(
        BoundingBoxAnnotationUnits="DISPLAY", AnchorPointAnnotationUnits="PIXEL",
        UnformattedTextValue="nodule\r\n12 mm", BoundingBoxTopLeftHandCorner=[0.1, 0.2],
        BoundingBoxBottomRightHandCorner=[0.5, 0.3], AnchorPoint=[30.0, 40.0],
        BoundingBoxTextHorizontalJustification="CENTER", AnchorPointVisibility="Y",
    )  # fmt: skip
    annotation = item(GraphicLayer="A", TextObjectSequence=[text])
    (found,) = shown(write_state(tmp_path / "state", GraphicAnnotationSequence=[annotation])).texts
    assert found.text == "nodule\n12 mm"
    assert found.box == (pytest.approx((0.1, 0.2)), pytest.approx((0.5, 0.3)))
    assert (found.box_display, found.anchor_display, found.pointed) == (True, False, True)
    assert (found.anchor, found.align) == ((30, 40), "center")


@pytest.mark.parametrize(
    "broken",
    [shape("CIRCLE", [5, 5]), shape("BANANA", [1, 2]), shape("POLYLINE", [1, 2, 3])],
)
def test_that_an_impossible_shape_is_left_out_and_the_others_are_drawn(tmp_path, broken):
    usual = shape("POINT", [1, 2])
    annotation = item(GraphicLayer="A", GraphicObjectSequence=[broken, usual])
    path = write_state(tmp_path / "state", GraphicAnnotationSequence=[annotation])
    assert [one.kind for one in shown(path).graphics] == ["point"]


def test_that_a_presentation_lut_is_applied_behind_the_window(tmp_path):
    lut = item()
    lut.add_new(0x00283002, "US", [256, 0, 8])
    lut.add_new(0x00283006, "OW", np.arange(256)[::-1].astype("<u2").tobytes())
    window = item(WindowCenter=100, WindowWidth=201)
    path = write_state(
        tmp_path / "state", SoftcopyVOILUTSequence=[window], PresentationLUTSequence=[lut]
    )
    values = np.arange(-50, 300, dtype=np.float32)
    expected = 255 - apply_voi(values, Window(100, 201)).astype(int)
    assert np.abs(apply_voi(values, shown(path).voi) - expected).max() <= 1


def test_that_a_bitmap_shutter_is_a_plane_of_the_state_itself(tmp_path):
    path = tmp_path / "state"
    write_state(path)
    from pydicom import dcmread

    made = dcmread(path)
    made.ShutterShape, made.ShutterOverlayGroup = "BITMAP", 0x6000
    for element, kind, value in (
        (0x10, "US", 4), (0x11, "US", 4), (0x40, "CS", "G"), (0x50, "SS", [1, 1]),
        (0x100, "US", 1), (0x102, "US", 0), (0x3000, "OW", b"\xff\x00"), (0x1001, "CS", ""),
    ):  # fmt: skip
        made.add_new(0x60000000 | element, kind, value)
    made.save_as(path)
    bitmap = shown(path).shutter.bitmap
    assert bitmap.plane.sum() == 8
    assert shown(path).overlays == ()


# ----------------------------------------------------------------------- which files they are
def test_that_a_state_is_known_by_its_first_bytes(tmp_path):
    assert is_presentation(write_state(tmp_path / "state"))
    assert not is_presentation(write_state(tmp_path / "other", SOPClassUID=GREY + "0"))
    assert not is_presentation(write(tmp_path / "film", ramp()))
    assert not is_presentation(tmp_path / "nowhere")
    (tmp_path / "text").write_text("text")
    assert not is_presentation(tmp_path / "text")


@pytest.mark.parametrize("damage", ["film", "cut", "empty", "text"])
def test_that_what_is_no_state_is_refused_in_one_sentence(tmp_path, damage):
    path = tmp_path / "state"
    write_state(path)
    if damage == "film":
        write(path, ramp())
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-30])
    else:
        path.write_bytes(b"" if damage == "empty" else b"text" * 100)
    with pytest.raises(ImageError) as error:
        read_presentation(path)
    assert str(error.value).startswith("state cannot be read: ")


def test_that_the_newest_state_of_an_image_comes_first_and_each_once(tmp_path):
    film = read_image(write(tmp_path / "film", ramp()))
    old, new = (
        read_presentation(
            write_state(
                tmp_path / day,
                SOPInstanceUID=f"1.2.{day}",
                ContentLabel=day,
                PresentationCreationDate=day,
            )
        )
        for day in ("20250101", "20260101")
    )
    other = read_presentation(write_state(tmp_path / "other", [image("1.2.3.9")]))
    found = presentations_for([old, new, other, old], film, 0)
    assert [one.name for one in found] == ["20260101", "20250101"]


def test_that_a_film_without_a_uid_has_no_presentation(tmp_path):
    film = replace(read_image(write(tmp_path / "film", ramp())), uids=Uids())
    state = read_presentation(write_state(tmp_path / "state"))
    assert presentations_for([state], film, 0) == ()
