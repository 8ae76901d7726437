import tracemalloc

import imagecodecs
import numpy as np
import pytest

from engine.imaging import read_frame, read_image
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


def test_that_a_frame_of_a_huge_file_costs_no_more_than_itself(tmp_path, read_here):
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
    assert any("High Bit" in note.words for note in image.notes)


def test_that_single_bits_become_pixels(tmp_path):
    bits = (np.arange(60).reshape(6, 10) % 3 == 0).astype(np.uint8)
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    attributes = {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0}
    path = write(tmp_path / "film", bits, PixelData=packed, **attributes)
    assert np.array_equal(values_of(path), bits)


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
