import io
import tracemalloc

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from engine import read_frame, read_image
from engine.types import VoiLut, Window
from tests.engine.imaging_files import (
    BIG_ENDIAN,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    JPEG,
    dataset,
    ramp,
    without_meta,
    write,
)


def values_of(path, index=0):
    return read_frame(read_image(path), index).values


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED])
def test_that_native_pixels_are_read_in_every_byte_order(tmp_path, syntax):
    film = ramp()
    made = dataset(film, syntax)
    if syntax == BIG_ENDIAN:
        made.PixelData = film.astype(">u2").tobytes()
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert np.array_equal(values_of(tmp_path / "film"), film)


@pytest.mark.parametrize(("implicit", "little"), [(True, True), (False, True), (False, False)])
def test_that_files_without_preamble_and_meta_are_read(tmp_path, implicit, little):
    film = ramp()
    made = dataset(film)
    if not little:
        made.PixelData = film.astype(">u2").tobytes()
    path = without_meta(tmp_path / "film", made, implicit=implicit, little=little)
    assert np.array_equal(values_of(path), film)


def test_that_bytes_of_big_endian_words_are_put_in_order(tmp_path):
    film = ramp(3, 3, 200, np.uint8)
    made = dataset(film, BIG_ENDIAN)
    padded = np.frombuffer(film.tobytes() + b"\0", "<u2").byteswap()
    made.PixelData = padded.tobytes()
    made["PixelData"].VR = "OW"
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert np.array_equal(values_of(tmp_path / "film"), film)


LOSSLESS = {
    "57": lambda film: imagecodecs.jpeg8_encode(film, lossless=True, bitspersample=16),
    "70": lambda film: imagecodecs.jpeg8_encode(film, lossless=True, bitspersample=16),
    "80": imagecodecs.jpegls_encode,
    "90": lambda film: imagecodecs.jpeg2k_encode(film, reversible=True, codecformat="J2K"),
    "201": imagecodecs.htj2k_encode,
    "202": imagecodecs.htj2k_encode,
    "203": imagecodecs.htj2k_encode,
}


@pytest.mark.parametrize("syntax", sorted(LOSSLESS))
def test_that_lossless_codestreams_give_every_pixel_back(tmp_path, syntax):
    film = ramp(40, 32, 60000)
    path = write(tmp_path / "film", film, JPEG + syntax, [LOSSLESS[syntax](film)])
    assert np.array_equal(values_of(path), film)


@pytest.mark.parametrize("syntax", ["51", "53", "55"])
def test_that_twelve_bit_jpeg_is_close(tmp_path, syntax):
    film = ramp(64, 64)
    data = imagecodecs.jpeg8_encode(film, level=98, bitspersample=12)
    path = write(tmp_path / "film", film, JPEG + syntax, [data], BitsStored=12, HighBit=11)
    assert np.abs(values_of(path) - film).max() < 40


def test_that_signed_lossless_jpeg_keeps_its_sign(tmp_path):
    film = (ramp(40, 32).astype(np.int32) - 2000).astype(np.int16)
    data = imagecodecs.jpegls_encode(film.view(np.uint16))
    path = write(tmp_path / "film", film, JPEG + "80", [data])
    assert np.array_equal(values_of(path), film)


def test_that_rle_frames_are_read(tmp_path):
    made = dataset(ramp(20, 20))
    made.compress("1.2.840.10008.1.2.5")
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert np.array_equal(values_of(tmp_path / "film"), ramp(20, 20))


def test_that_every_frame_is_found(tmp_path):
    frames = [ramp(16, 16, top) for top in (1000, 2000, 3000)]
    coded = [imagecodecs.jpegls_encode(frame) for frame in frames]
    path = write(tmp_path / "film", frames[0], JPEG + "80", coded, NumberOfFrames=3)
    image = read_image(path)
    assert image.frame_count == 3
    assert all(np.array_equal(read_frame(image, i).values, frames[i]) for i in range(3))


def test_that_only_the_asked_frame_of_a_native_file_is_read(tmp_path):
    frames = np.stack([ramp(16, 16, top) for top in (1000, 2000)])
    path = write(tmp_path / "film", frames[0], NumberOfFrames=2, PixelData=frames.tobytes())
    assert np.array_equal(values_of(path, 1), frames[1])


def test_that_a_frame_of_a_huge_file_costs_no_more_than_itself(tmp_path):
    film = ramp(256, 256)
    frames = 8000
    path = write(tmp_path / "film", film, NumberOfFrames=frames)
    data = path.read_bytes()
    at = data.index(b"\xe0\x7f\x10\x00OW\0\0")
    size = film.nbytes * frames
    with path.open("wb") as stream:  # sparse: the frames before the last take no disk
        stream.write(data[: at + 8] + size.to_bytes(4, "little"))
        stream.seek(size - film.nbytes, 1)
        stream.write(film.tobytes())
    tracemalloc.start()
    image = read_image(path)
    frame = read_frame(image, frames - 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert np.array_equal(frame.values, film)
    assert peak < 4_000_000


def test_that_garbage_in_the_unused_bits_is_ignored(tmp_path):
    film = ramp()
    path = write(tmp_path / "film", film | 0xF000, BitsStored=12, HighBit=11)
    assert np.array_equal(values_of(path), film)


def test_that_the_sign_comes_from_the_stored_bits(tmp_path):
    film = (ramp(top=2000).astype(np.int16) - 1000) & 0x0FFF
    path = write(tmp_path / "film", film, BitsStored=12, HighBit=11)
    assert values_of(path).min() == -1000


def test_that_bits_stored_at_the_top_are_moved_down_and_noted(tmp_path):
    path = write(tmp_path / "film", ramp() << 4, BitsStored=12, HighBit=15)
    image = read_image(path)
    assert np.array_equal(read_frame(image).values, ramp())
    assert any("High Bit" in note for note in image.notes)


def test_that_single_bits_become_pixels(tmp_path):
    bits = (np.arange(60).reshape(6, 10) % 3 == 0).astype(np.uint8)
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    attributes = {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0}
    path = write(tmp_path / "film", bits, PixelData=packed, **attributes)
    assert np.array_equal(values_of(path), bits)


def test_that_a_rescale_gives_modality_values_and_their_range(tmp_path):
    bits = {"BitsStored": 12, "HighBit": 11}
    path = write(tmp_path / "film", ramp(), RescaleSlope=2, RescaleIntercept=-1000, **bits)
    image = read_image(path)
    assert image.value_range == (-1000, 4095 * 2 - 1000)
    assert np.array_equal(read_frame(image).values, ramp() * 2.0 - 1000)


@pytest.mark.parametrize("slope", ["nan", "inf", "0"])
def test_that_an_impossible_slope_is_ignored_and_noted(tmp_path, slope):
    path = write(tmp_path / "film", ramp())
    made = dataset(ramp(), RescaleIntercept=0, RescaleSlope="1")
    made["RescaleSlope"]._value = slope
    made.save_as(path, enforce_file_format=True)
    image = read_image(path)
    assert any("Rescale Slope" in note for note in image.notes)
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
    assert any("Modality LUT" in note for note in image.notes)


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
    first, second, table = read_image(path).voi
    assert first == Window(100, 50, "BONE", "SIGMOID")
    assert second.explanation == "LUNG"
    assert isinstance(table, VoiLut)
    assert (table.first, table.explanation, table.table.tolist()) == (5, "NORMAL", [0, 1])


def test_that_an_impossible_window_is_left_out_and_noted(tmp_path):
    path = write(tmp_path / "film", ramp(), WindowCenter=[5, 6], WindowWidth=[0, 10])
    image = read_image(path)
    assert image.voi == (Window(6, 10),)
    assert any("Window Width 0" in note for note in image.notes)


def test_that_values_of_the_functional_groups_are_used(tmp_path):
    transformation, measures, shared = Dataset(), Dataset(), Dataset()
    transformation.RescaleSlope, transformation.RescaleIntercept = 1, -1024
    measures.PixelSpacing = [0.4, 0.5]
    shared.PixelValueTransformationSequence = Sequence([transformation])
    shared.PixelMeasuresSequence = Sequence([measures])
    groups = Sequence([shared])
    path = write(tmp_path / "f", ramp(), Modality="CT", SharedFunctionalGroupsSequence=groups)
    image = read_image(path)
    assert (image.unit, image.spacing.row_mm) == ("HU", 0.4)
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


def test_that_an_image_names_its_decoder_and_encoding(tmp_path):
    film = ramp(16, 16)
    image = read_image(
        write(tmp_path / "film", film, JPEG + "80", [imagecodecs.jpegls_encode(film)])
    )
    assert image.encoding == "JPEG-LS lossless"
    assert image.decoder.startswith("imagecodecs ")


def test_that_loss_is_told_even_of_uncompressed_files(tmp_path):
    path = write(
        tmp_path / "film",
        ramp(),
        LossyImageCompression="01",
        LossyImageCompressionRatio=14.2,
        LossyImageCompressionMethod="ISO_10918_1",
    )
    assert read_image(path).lossy == "lossy JPEG 1:14.2"


@pytest.mark.parametrize(("reversible", "words"), [(True, ""), (False, "lossy JPEG 2000")])
def test_that_the_wavelet_tells_loss_that_the_header_hides(tmp_path, reversible, words):
    film = ramp(40, 32, 250, np.uint8)
    data = imagecodecs.jpeg2k_encode(film, reversible=reversible, codecformat="J2K", level=30)
    image = read_image(write(tmp_path / "film", film, JPEG + "91", [data]))
    assert image.lossy == words


def test_that_pydicoms_warnings_become_notes(tmp_path):
    made = dataset(ramp(), PatientName="Müller")
    made.SpecificCharacterSet = "ISO_IR 100"
    buffer = io.BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    damaged = buffer.getvalue().replace(b"ISO_IR 100", b"ISO-IR 100")
    (tmp_path / "film").write_bytes(damaged)
    image = read_image(tmp_path / "film")
    assert any(note.startswith("pydicom: ") for note in image.notes)
