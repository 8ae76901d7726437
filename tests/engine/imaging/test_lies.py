"""DICOM files that say what is not so: refused, shown with a note, or legal though rare."""

import struct
import zlib

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from engine.imaging import describe_frame, read_frame, read_image
from tests.engine.imaging_files import CODED, IMPLICIT, JPEG, dataset, ramp, refusal, write
from viewer.kit.words import probe_text

DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1"
RLE = "1.2.840.10008.1.2.5"
CT = {"Modality": "CT", "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2"}


def coded(path, film, syntax, frames, **attributes):
    """A file of a syntax that pydicom does not know: written as JPEG 2000, then named anew."""
    write(path, film, JPEG + "90", frames, **attributes)
    data, element = path.read_bytes(), b"\x02\x00\x10\x00UI"
    at = data.index(element) + len(element)
    value = syntax.encode().ljust(len(syntax) + len(syntax) % 2, b"\0")
    old = int.from_bytes(data[at : at + 2], "little")
    group = data.index(b"\x02\x00\x00\x00UL") + 8
    total = int.from_bytes(data[group : group + 4], "little") + len(value) - old
    body = data[:at] + len(value).to_bytes(2, "little") + value + data[at + 2 + old :]
    path.write_bytes(body[:group] + total.to_bytes(4, "little") + body[group + 4 :])
    return path


def patched(path, element, change):
    """Change the bytes from an element on: `change(element and all that follows)`."""
    data = path.read_bytes()
    at = data.index(element)
    path.write_bytes(data[:at] + change(data[at:]))
    return path


def codes(path):
    """The codes of a file's notes, those of its first frame included."""
    return {note.code for note in read_frame(read_image(path)).image.notes}


def packed(pixels: bytes) -> bytes:
    """One RLE segment of literal runs (PS3.5 G.3)."""
    runs = (pixels[at : at + 128] for at in range(0, len(pixels), 128))
    coded = b"".join(bytes([len(run) - 1]) + run for run in runs)
    return coded + b"\0" * (len(coded) % 2)


def rle(*segments: bytes) -> bytes:
    offsets, at = [], 64
    for segment in segments:
        offsets.append(at)
        at += len(segment)
    header = struct.pack("<16L", len(segments), *offsets, *[0] * (15 - len(segments)))
    return header + b"".join(segments)


def voi(*descriptor, entries=4096, bits=12) -> Dataset:
    item = Dataset()
    item.add_new(0x00283002, "US", list(descriptor))
    values = np.linspace(0, (1 << bits) - 1, entries).astype("<u2")
    item.add_new(0x00283006, "OW", values.tobytes())
    return item


# ------------------------------------------------------------------ refused, each in one sentence
def test_that_rows_as_text_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp(64, 64))
    patched(path, b"\x28\x00\x10\x00US", lambda rest: rest[:4] + b"LO\x02\x0064" + rest[10:])
    assert refusal(path) == "damaged"


def test_that_two_values_of_rows_are_refused(tmp_path):
    path = write(tmp_path / "film", ramp(64, 64))
    two = b"\x04\x00" + struct.pack("<HH", 64, 65)
    patched(path, b"\x28\x00\x10\x00US", lambda rest: rest[:6] + two + rest[10:])
    assert refusal(path) == "damaged"


@pytest.mark.parametrize("length", [0xFFFFFFFE, 100_000])
def test_that_pixels_longer_than_the_file_are_refused(tmp_path, length):
    path = write(tmp_path / "film", ramp())
    element = b"\xe0\x7f\x10\x00OW"
    patched(path, element, lambda rest: rest[:8] + struct.pack("<L", length) + rest[12:])
    assert refusal(path) == "truncated"


def test_that_sixteen_bits_called_eight_are_refused(tmp_path):
    film = ramp(64, 64)
    path = write(tmp_path / "film", film, BitsAllocated=8, BitsStored=8, HighBit=7)
    assert refusal(path) == "damaged"


@pytest.mark.parametrize(
    "lie",
    [
        {"PixelRepresentation": None},
        {"PixelRepresentation": 7},
        {"NumberOfFrames": "-1"},
        {"PhotometricInterpretation": None},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_that_a_header_that_does_not_say_how_to_read_it_is_refused(tmp_path, lie):
    assert refusal(write(tmp_path / "film", ramp(), **lie)) == "damaged"


def test_that_a_number_of_frames_that_is_none_is_refused(tmp_path):
    path = write(tmp_path / "film", ramp(), NumberOfFrames="1")
    patched(path, b"\x28\x00\x08\x00IS", lambda rest: rest[:8] + b"1A" + rest[10:])
    assert refusal(path) == "damaged"


def test_that_an_unknown_planar_configuration_is_refused(tmp_path):
    film = np.zeros((8, 8, 3), np.uint8)
    assert refusal(write(tmp_path / "film", film, PlanarConfiguration=9)) == "damaged"


@pytest.mark.parametrize(("more", "reason"), [(300, "damaged"), (-10, "truncated")])
def test_that_rle_segments_of_another_length_are_refused(tmp_path, more, reason):
    film = ramp(20, 20, 255, np.uint8)
    pixels = film.tobytes() + bytes(range(1, 256)) * 2
    data = rle(packed(pixels[: film.size + more]))
    assert refusal(write(tmp_path / "film", film, RLE, [data])) == reason


def test_that_padding_behind_an_rle_segment_is_no_pixel(tmp_path):
    film = ramp(19, 21, 255, np.uint8)
    path = write(tmp_path / "film", film, RLE, [rle(packed(film.tobytes()) + b"\0\0")])
    assert np.array_equal(read_frame(read_image(path)).values, film)


@pytest.mark.parametrize("syntax", ["100", "102", "105", "107"])
def test_that_a_video_is_called_one(tmp_path, syntax):
    assert refusal(write(tmp_path / "film", ramp(), JPEG + syntax, [b"\0\0\1\xb3"])) == "video"


# ------------------------------------------------------------------ shown, with a note
@pytest.mark.parametrize(
    "start", [b"II*\0", b"MM\0*", b"MZ\x90\0", b"\x7fELF", b"PK\x03\x04", b"%PDF-1.4"]
)
def test_that_a_preamble_of_another_kind_is_told(tmp_path, start):
    path = write(tmp_path / "film", ramp())
    path.write_bytes(start + path.read_bytes()[len(start) :])
    assert "polyglot" in codes(path)


def test_that_an_empty_preamble_is_no_news(tmp_path):
    assert codes(write(tmp_path / "film", ramp(), Modality="OT")) == set()


@pytest.mark.parametrize("more", [240, 300_000])
def test_that_bytes_behind_the_pixels_are_told(tmp_path, more):
    film = ramp()
    path = write(tmp_path / "film", film, PixelData=film.tobytes() + bytes(more))
    assert "left-over" in codes(path)
    assert np.array_equal(read_frame(read_image(path)).values, film)


def test_that_an_even_length_is_no_news(tmp_path):
    film = ramp(3, 3, 200, np.uint8)
    path = write(tmp_path / "film", film, PixelData=film.tobytes() + b"\0", Modality="OT")
    assert codes(path) == set()


@pytest.mark.parametrize(("said", "there", "shown"), [(3, 2, 2), (2, 3, 3), (0, 1, 1)])
def test_that_a_number_of_frames_that_the_pixels_contradict_is_told(tmp_path, said, there, shown):
    film = ramp()
    stack = film.tobytes() * there
    path = write(tmp_path / "film", film, PixelData=stack, NumberOfFrames=str(said))
    assert "frames" in codes(path)
    assert read_image(path).frame_count == shown


@pytest.mark.parametrize(("said", "there", "shown"), [(3, 2, 2), (2, 3, 3)])
def test_that_missing_compressed_frames_are_told(tmp_path, said, there, shown):
    film = ramp()
    frames = [CODED["80"](film)] * there
    path = write(tmp_path / "film", film, JPEG + "80", frames, NumberOfFrames=str(said))
    assert "frames" in codes(path)
    assert read_image(path).frame_count == shown
    assert np.array_equal(read_frame(read_image(path), shown - 1).values, film)


def palette(film, entries, bits, data, path):
    colours = {}
    for name in ("Red", "Green", "Blue"):
        colours[f"{name}PaletteColorLookupTableDescriptor"] = [entries, 0, bits]
        colours[f"{name}PaletteColorLookupTableData"] = data
    return write(path, film, PhotometricInterpretation="PALETTE COLOR", **colours)


def test_that_an_index_beyond_its_palette_is_told(tmp_path):
    film = ramp(top=255, dtype=np.uint8)
    table = np.arange(100, dtype="<u2") * 600
    path = palette(film, 100, 16, table.tobytes(), tmp_path / "film")
    assert "palette" in codes(path)
    assert read_frame(read_image(path)).values.max() == 99 * 600


def test_that_a_palette_has_the_depth_of_its_bytes(tmp_path):
    film = ramp(top=255, dtype=np.uint8)
    path = palette(film, 256, 16, bytes(range(256)), tmp_path / "film")
    assert "palette" in codes(path)
    assert describe_frame(read_image(path)).value_range == (0.0, 255.0)
    assert np.array_equal(read_frame(read_image(path)).values, film)


@pytest.mark.parametrize(
    ("oddity", "code"),
    [
        ({"RescaleSlope": "-1", "RescaleIntercept": "0"}, "rescale"),
        ({"VOILUTSequence": Sequence([voi(4096, 0, 9, bits=9)])}, "voi-lut"),
        (
            {"VOILUTSequence": Sequence([voi(4096, 0, 12)]), "WindowCenter": 9, "WindowWidth": 9},
            "voi-lut",
        ),
        (CT, "spacing"),
    ],
    ids=["slope", "nine bits", "window and LUT", "no spacing"],
)
def test_that_what_may_mislead_is_told(tmp_path, oddity, code):
    assert code in codes(write(tmp_path / "film", ramp(), **oddity))


def test_that_a_usual_voi_lut_is_no_news(tmp_path):
    usual = {"Modality": "OT", "VOILUTSequence": Sequence([voi(4096, 0, 12)])}
    assert codes(write(tmp_path / "film", ramp(), **usual)) == set()


def overlay(rows=12, columns=10, origin=(1, 1), allocated=1, position=0):
    return [
        (0x60000010, "US", rows), (0x60000011, "US", columns), (0x60000040, "CS", "G"),
        (0x60000050, "SS", list(origin)), (0x60000100, "US", allocated),
        (0x60000102, "US", position), (0x60003000, "OW", bytes(16)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("described", "told"),
    [
        (overlay(), False),
        (overlay(allocated=16, position=12), False),
        (overlay(origin=(-500, 900)), True),
        (overlay(position=77), True),
        (overlay(rows=0), True),
    ],
    ids=["usual", "retired", "outside", "no such bit", "empty"],
)
def test_that_an_impossible_overlay_is_told(tmp_path, described, told):
    made = dataset(ramp(), BitsStored=12, HighBit=11)
    for element in described:
        made.add_new(*element)
    made.save_as(tmp_path / "film", enforce_file_format=True)
    assert ("overlay" in codes(tmp_path / "film")) == told


@pytest.mark.parametrize(("real", "said"), [("1.2.840.10008.1.2.1", IMPLICIT)])
def test_that_a_transfer_syntax_unlike_its_data_set_is_told(tmp_path, real, said):
    film = ramp()
    path = write(tmp_path / "film", film, real)
    data = path.read_bytes()
    padded = said.encode().ljust(len(real) + len(real) % 2, b"\0")
    path.write_bytes(data.replace(real.encode() + b"\0" * (len(real) % 2), padded, 1))
    assert "syntax" in codes(path)
    assert np.array_equal(read_frame(read_image(path)).values, film)


# ------------------------------------------------------------------ legal, and read as it is
@pytest.mark.parametrize("stray", [b"\x41", b"\x41\x42"])
def test_that_stray_bytes_behind_the_end_marker_cost_no_film(tmp_path, stray):
    film = ramp(top=255, dtype=np.uint8)
    plain = write(tmp_path / "plain", film, JPEG + "80", [CODED["80"](film)])
    strayed = write(tmp_path / "stray", film, JPEG + "80", [CODED["80"](film) + stray])
    frames = [read_frame(read_image(path)).values for path in (plain, strayed)]
    assert np.array_equal(*frames)


@pytest.mark.parametrize("coding", ["57", "90"])
def test_that_fewer_bits_than_stored_are_the_values_as_they_are(tmp_path, coding):
    film = ramp(16, 16)  # 12 bits
    encode = {
        "57": lambda one: imagecodecs.ljpeg_encode(one, bitspersample=12),
        "90": lambda one: imagecodecs.jpeg2k_encode(
            one, reversible=True, codecformat="J2K", bitspersample=12
        ),
    }[coding]
    path = write(tmp_path / "film", film, JPEG + coding, [encode(film)])
    assert np.array_equal(read_frame(read_image(path)).values, film)
    assert "bits" in codes(path)


@pytest.mark.parametrize("syntax", ["110", "112"])
@pytest.mark.parametrize("bare", [False, True])
def test_that_jpeg_xl_is_read(tmp_path, syntax, bare):
    film = ramp(33, 20)
    more = {"bitspersample": 12} if bare else {}
    data = imagecodecs.jpegxl_encode(film, lossless=True, **more)
    stored = {"BitsStored": 12, "HighBit": 11} if bare else {}
    path = coded(tmp_path / "film", film, JPEG + syntax, [data], **stored)
    assert np.array_equal(read_frame(read_image(path)).values, film)
    assert "JPEG XL" in read_image(path).encoding


def test_that_a_jpeg_packed_as_jpeg_xl_is_that_jpeg_and_lossy(tmp_path):
    film = ramp(32, 40, 255, np.uint8)
    data = imagecodecs.jpeg8_encode(film)
    path = coded(tmp_path / "film", film, JPEG + "111", [imagecodecs.jpegxl_encode_jpeg(data)])
    values = read_frame(read_image(path)).values
    assert np.abs(values - imagecodecs.jpeg8_decode(data)).max() <= 1  # two decoders round
    assert read_image(path).lossy


def test_that_colour_jpeg_xl_is_read(tmp_path):
    film = np.stack([ramp(top=255, dtype=np.uint8) // step for step in (1, 2, 3)], axis=-1)
    data = imagecodecs.jpegxl_encode(film, lossless=True)
    path = coded(tmp_path / "film", film, JPEG + "110", [data])
    assert np.array_equal(read_frame(read_image(path)).colour, film)


@pytest.mark.parametrize("lie", [{"Rows": 13}, {"BitsAllocated": 8, "BitsStored": 8}])
def test_that_jpeg_xl_unlike_its_header_is_refused(tmp_path, lie):
    film = ramp()
    data = imagecodecs.jpegxl_encode(film, lossless=True)
    more = {"HighBit": 7} if "BitsStored" in lie else {}
    assert (
        refusal(coded(tmp_path / "film", film, JPEG + "110", [data], **lie, **more)) == "damaged"
    )


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_that_jpeg_xl_cut_short_is_refused(tmp_path, share):
    film = np.random.default_rng(1).integers(0, 4096, (40, 40), np.uint16)
    data = imagecodecs.jpegxl_encode(film, lossless=True)
    cut = data[: round(share * len(data))]
    path = coded(tmp_path / "film", film, JPEG + "110", [cut])
    assert refusal(path) in {"damaged", "truncated"}


def deflated(film):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(film.tobytes()) + packer.flush()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
def test_that_frames_deflated_one_by_one_are_read(tmp_path, dtype):
    films = [ramp(top=top, dtype=dtype) for top in (100, 120)]
    frames = [deflated(film) for film in films]
    path = coded(tmp_path / "film", films[0], DEFLATED_FRAMES, frames, NumberOfFrames="2")
    image = read_image(path)
    for index, film in enumerate(films):
        assert np.array_equal(read_frame(image, index).values, film)


@pytest.mark.parametrize("film", [ramp(12, 5), ramp(40, 40)])
def test_that_a_deflated_frame_of_another_size_is_refused(tmp_path, film):
    path = coded(tmp_path / "film", ramp(), DEFLATED_FRAMES, [deflated(film)])
    assert refusal(path) in {"damaged", "truncated"}


def test_that_an_empty_second_window_is_no_fault(tmp_path):
    pair = {"WindowCenter": "2000", "WindowWidth": "4000"}
    path = write(tmp_path / "film", ramp(), Modality="OT", **pair)
    for element in (b"\x28\x00\x50\x10DS", b"\x28\x00\x51\x10DS"):
        empty = lambda rest: rest[:6] + b"\x06\x00" + rest[8:12] + b"\\ " + rest[12:]  # noqa: E731
        patched(path, element, empty)
    image = read_image(path)
    assert [(one.center, one.width) for one in describe_frame(image).voi] == [(2000, 4000)]
    assert image.notes == ()


@pytest.mark.parametrize(("keyword", "dtype"), [("Float", "<f4"), ("Double", "<f8")])
def test_that_floating_point_pixels_are_read(tmp_path, keyword, dtype):
    film = ramp() / 7 - 30
    made = dataset(ramp())
    del made.PixelData, made.BitsStored, made.HighBit, made.PixelRepresentation
    made.BitsAllocated = int(dtype[-1]) * 8
    name = {"Float": "FloatPixelData", "Double": "DoubleFloatPixelData"}[keyword]
    setattr(made, name, film.astype(dtype).tobytes())
    made.save_as(tmp_path / "film", enforce_file_format=True)
    values = read_frame(read_image(tmp_path / "film")).values
    assert np.array_equal(values, film.astype(dtype).astype(np.float32))


def test_that_values_beyond_two_to_the_24th_are_exact_in_the_probe(tmp_path):
    film = np.full((4, 4), 2**24 + 1, np.uint32)
    film[0, 0] = 0
    frame = read_frame(read_image(write(tmp_path / "film", film)))
    assert probe_text(frame, 1, 1).endswith(": 16777217")


@pytest.mark.parametrize(
    ("photometric", "left", "right"),
    [("YBR_FULL_422", (191, 48, 40), 150), ("YBR_PARTIAL_422", (201, 39, 30), 156)],
)
def test_that_colours_of_old_ultrasound_are_right(tmp_path, photometric, left, right):
    """PS3.3 C.7.6.3.1.2 by hand: Y 90, Cb 100, Cr 200, and grey of Y 150."""
    pair = [bytes([90, 90, 100, 200])] * 2 + [bytes([150, 150, 128, 128])] * 2
    film = np.zeros((4, 8, 3), np.uint8)
    path = write(
        tmp_path / "film",
        film,
        PhotometricInterpretation=photometric,
        PixelData=b"".join(pair) * 4,
    )
    colour = read_frame(read_image(path)).colour
    assert np.abs(colour[:, :4].astype(int) - left).max() <= 1
    assert np.abs(colour[:, 4:].astype(int) - right).max() <= 1
