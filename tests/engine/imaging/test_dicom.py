import io

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from engine.imaging import describe_frame, read_frame, read_image
from engine.types import VoiLut, Window
from tests.engine.imaging_files import (
    JPEG,
    dataset,
    ramp,
    write,
)


def test_that_a_rescale_gives_modality_values_and_their_range(tmp_path):
    bits = {"BitsStored": 12, "HighBit": 11}
    path = write(tmp_path / "film", ramp(), RescaleSlope=2, RescaleIntercept=-1000, **bits)
    image = read_image(path)
    assert describe_frame(image).value_range == (-1000, 4095 * 2 - 1000)
    assert np.array_equal(read_frame(image).values, ramp() * 2.0 - 1000)


@pytest.mark.parametrize("slope", ["nan", "inf", "0"])
def test_that_an_impossible_slope_is_ignored_and_noted(tmp_path, slope):
    path = write(tmp_path / "film", ramp())
    made = dataset(ramp(), RescaleIntercept=0, RescaleSlope="1")
    made["RescaleSlope"]._value = slope
    made.save_as(path, enforce_file_format=True)
    image = read_image(path)
    assert any("Rescale Slope" in note.words for note in image.notes)
    assert np.array_equal(read_frame(image).values, ramp())


def lut(first, entries, explanation=""):
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [len(entries), first, 16])
    item.add_new("LUTData", "OW", np.asarray(entries, "<u2").tobytes())
    item.LUTExplanation = explanation
    return item


def test_that_a_modality_lut_wins_over_a_rescale_and_says_so(tmp_path):
    film = ramp(2, 2, 3)
    sequence = Sequence([lut(0, [10, 20, 30, 40])])
    path = write(
        tmp_path / "film", film, ModalityLUTSequence=sequence, RescaleSlope=5, RescaleIntercept=0
    )
    image = read_image(path)
    assert np.array_equal(read_frame(image).values, [[10, 20], [30, 40]])
    assert any("Modality LUT" in note.words for note in image.notes)


def test_that_windows_come_before_voi_luts_with_their_explanations(tmp_path):
    path = write(
        tmp_path / "film",
        ramp(),
        WindowCenter=[100, 200],
        WindowWidth=[50, 60],
        WindowCenterWidthExplanation=["BONE", "LUNG"],
        VOILUTFunction="SIGMOID",
        VOILUTSequence=Sequence([lut(5, [0, 65535], "NORMAL")]),
    )
    first, second, table = describe_frame(read_image(path)).voi
    assert first == Window(100, 50, "BONE", "SIGMOID")
    assert second.explanation == "LUNG"
    assert isinstance(table, VoiLut)
    assert (table.first, table.explanation, table.table.tolist()) == (5, "NORMAL", [0, 1])


def test_that_an_impossible_window_is_left_out_and_noted(tmp_path):
    path = write(tmp_path / "film", ramp(), WindowCenter=[5, 6], WindowWidth=[0, 10])
    image = read_image(path)
    assert describe_frame(image).voi == (Window(6, 10),)
    assert any("Window Width 0" in note.words for note in image.notes)


def test_that_values_of_the_functional_groups_are_used(tmp_path):
    transformation, measures, shared = Dataset(), Dataset(), Dataset()
    transformation.RescaleSlope, transformation.RescaleIntercept = 1, -1024
    measures.PixelSpacing = [0.4, 0.5]
    shared.PixelValueTransformationSequence = Sequence([transformation])
    shared.PixelMeasuresSequence = Sequence([measures])
    groups = Sequence([shared])
    path = write(tmp_path / "f", ramp(), Modality="CT", SharedFunctionalGroupsSequence=groups)
    image = read_image(path)
    assert (describe_frame(image).unit, describe_frame(image).spacing.row_mm) == ("HU", 0.4)
    assert np.array_equal(read_frame(image).values, ramp() - 1024.0)


COLOURS = np.random.default_rng(0).integers(0, 256, (8, 10, 3), np.uint8)


def test_that_planar_colour_equals_interleaved_colour(tmp_path):
    planes = COLOURS.transpose(2, 0, 1).tobytes()
    path = write(tmp_path / "film", COLOURS, PlanarConfiguration=1, PixelData=planes)
    assert np.array_equal(read_frame(read_image(path)).colour, COLOURS)


def test_that_values_of_colour_are_luminance(tmp_path):
    frame = read_frame(read_image(write(tmp_path / "film", COLOURS)))
    assert np.allclose(frame.values, COLOURS @ [0.299, 0.587, 0.114], atol=1e-3)


def test_that_grey_stored_as_colour_is_grey(tmp_path):
    grey = ramp(8, 10, 255, np.uint8)
    frame = read_frame(read_image(write(tmp_path / "film", np.stack([grey] * 3, -1))))
    assert frame.colour is None
    assert np.array_equal(frame.values, grey)


def test_that_ybr_full_becomes_rgb(tmp_path):
    ybr = np.full((2, 2, 3), (76, 85, 255), np.uint8)  # red
    path = write(tmp_path / "film", ybr, PhotometricInterpretation="YBR_FULL")
    colour = read_frame(read_image(path)).colour
    assert np.abs(colour.astype(int) - [254, 0, 0]).max() <= 1


def test_that_halved_chroma_is_spread_over_its_pair(tmp_path):
    data = bytes([76, 76, 85, 255]) * 2
    path = write(
        tmp_path / "film",
        np.zeros((2, 2, 3), np.uint8),
        PhotometricInterpretation="YBR_FULL_422",
        PixelData=data,
    )
    colour = read_frame(read_image(path)).colour
    assert np.abs(colour.astype(int) - [254, 0, 0]).max() <= 1


@pytest.mark.parametrize("bits", [8, 16])
def test_that_a_palette_gives_colour(tmp_path, bits):
    index = np.array([[0, 1], [2, 9]], np.uint8)
    made = dataset(index, PhotometricInterpretation="PALETTE COLOR")
    red = np.array([255, 0, 10], np.uint16) * (257 if bits == 16 else 1)
    for name, entries in (("Red", red), ("Green", red[::-1]), ("Blue", red * 0)):
        made.add_new(f"{name}PaletteColorLookupTableDescriptor", "US", [3, 0, bits])
        raw = entries.astype("<u2").tobytes() if bits == 16 else bytes(entries.tolist()) + b"\0"
        made.add_new(f"{name}PaletteColorLookupTableData", "OW", raw)
    made.save_as(tmp_path / "film", enforce_file_format=True)
    colour = read_frame(read_image(tmp_path / "film")).colour
    expected = [[[255, 10, 0], [0, 0, 0]], [[10, 255, 0], [10, 255, 0]]]
    assert np.array_equal(colour, expected)


def jpeg(colorspace, **options):
    smooth = np.zeros((16, 16, 3), np.uint8) + np.array([200, 30, 60], np.uint8)
    return smooth, imagecodecs.jpeg8_encode(smooth, level=95, outcolorspace=colorspace, **options)


@pytest.mark.parametrize(
    ("space", "photometric"),
    [("YCBCR", "YBR_FULL_422"), ("RGB", "RGB"), ("YCBCR", "RGB"), ("RGB", "YBR_FULL")],
)
def test_that_jpeg_colour_follows_the_markers_of_the_codestream(tmp_path, space, photometric):
    smooth, data = jpeg(space)
    path = write(
        tmp_path / "film", smooth, JPEG + "50", [data], PhotometricInterpretation=photometric
    )
    colour = read_frame(read_image(path)).colour
    assert np.abs(colour.astype(int) - smooth).max() <= 3


def test_that_monochrome1_is_left_as_stored_and_marked(tmp_path):
    path = write(tmp_path / "film", ramp(), PhotometricInterpretation="MONOCHROME1")
    image = read_image(path)
    assert image.inverted
    assert np.array_equal(read_frame(image).values, ramp())


def test_that_pydicoms_warnings_become_notes(tmp_path):
    made = dataset(ramp(), PatientName="Müller")
    made.SpecificCharacterSet = "ISO_IR 100"
    buffer = io.BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    damaged = buffer.getvalue().replace(b"ISO_IR 100", b"ISO-IR 100")
    (tmp_path / "film").write_bytes(damaged)
    image = read_image(tmp_path / "film")
    assert any(note.words.startswith("pydicom: ") for note in image.notes)
