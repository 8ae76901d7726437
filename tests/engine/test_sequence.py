import numpy as np
import pydicom
import pytest
from PIL import Image as Raster
from pydicom.dataset import FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from engine.imaging import read_frame, read_image
from engine.sequence import overlap_weights, refusal, to_sequence
from engine.types import InputFormat


def pixels(rows=40, columns=30, high=4096, seed=0):
    return np.random.default_rng(seed).integers(0, high, (rows, columns)).astype(np.float32)


def read(frame, intensity, rows=16, columns=12):
    return to_sequence(frame, InputFormat(rows, columns, intensity)).rows


@pytest.mark.parametrize(("stored", "grid"), [(40, 16), (40, 10), (7, 16), (5, 5), (2500, 224)])
def test_that_every_grid_cell_averages_and_every_pixel_counts_the_same(stored, grid):
    weights = overlap_weights(stored, grid)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    np.testing.assert_allclose(weights.sum(axis=0), grid / stored)


def test_that_a_grid_cell_is_the_mean_of_its_block(make_frame):
    values = pixels(32, 24)
    blocks = values.reshape(16, 2, 12, 2).mean(axis=(1, 3)) / 4095
    np.testing.assert_allclose(read(make_frame(values), "full-range"), blocks, atol=1e-6)


def test_that_a_film_on_its_own_grid_is_not_changed(make_frame):
    values = pixels(16, 12)
    np.testing.assert_allclose(read(make_frame(values), "full-range"), values / 4095, atol=1e-6)


def test_that_a_larger_grid_repeats_pixels(make_frame):
    values = pixels(8, 6)
    repeated = values.repeat(2, axis=0).repeat(2, axis=1) / 4095
    np.testing.assert_allclose(read(make_frame(values), "full-range"), repeated, atol=1e-6)


def test_that_the_edges_span_the_stored_rows(make_frame):
    edges = to_sequence(make_frame(pixels(41)), InputFormat(16, 12, "rank")).edges
    np.testing.assert_allclose(edges, np.arange(17) * 41 / 16)


def test_that_min_max_stretches_the_films_own_range(make_frame):
    rows = read(make_frame(pixels(16, 12) * 0.1 + 500), "min-max")
    assert (rows.min(), rows.max()) == (0.0, 1.0)


def test_that_ranks_are_spread_evenly_and_ties_share_theirs(make_frame):
    values = np.array([[5, 1], [1, 9]])
    ranks = read(make_frame(values), "rank", rows=2, columns=2)
    np.testing.assert_allclose(ranks, np.array([[2, 0.5], [0.5, 3]]) / 3, atol=1e-7)


@pytest.mark.parametrize("change", [lambda v: v * 2 - 1024, lambda v: v / 4, lambda v: v + 7])
def test_that_rescaling_does_not_change_ranks(make_frame, change):
    values = pixels()
    values[:12] = 100.0  # a background of ties that noise would tear apart
    plain, changed = make_frame(values), make_frame(change(values))
    np.testing.assert_allclose(read(plain, "rank"), read(changed, "rank"), atol=1e-6)


def test_that_an_uneven_slope_does_not_tear_a_background_apart(make_frame):
    values = pixels(1000, 750)
    values[:500] = 100.0
    ranks = read(make_frame(values * np.float32(0.2442) + np.float32(3.1)), "rank")
    assert np.ptp(ranks[:8]) == 0


def test_that_a_gamma_curve_does_not_change_ranks_on_the_films_own_grid(make_frame):
    values = pixels(16, 12)
    curved = make_frame(4095 * (values / 4095) ** 0.6)
    np.testing.assert_allclose(read(curved, "rank"), read(make_frame(values), "rank"), atol=1e-6)


@pytest.mark.parametrize("intensity", ["min-max", "rank"])
def test_that_a_constant_film_is_one_half(make_frame, intensity):
    assert set(read(make_frame(np.full((40, 30), 7)), intensity).flat) == {0.5}


@pytest.mark.parametrize("intensity", ["full-range", "min-max", "rank"])
def test_that_monochrome1_is_turned(make_frame, intensity):
    values = pixels()
    turned = make_frame(4095 - values, photometric="MONOCHROME1")
    np.testing.assert_allclose(
        read(turned, intensity), read(make_frame(values), intensity), atol=1e-6
    )


def write_dicom(path, values):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    film = pydicom.Dataset()
    film.file_meta = meta
    film.SOPClassUID, film.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    film.Rows, film.Columns = values.shape
    film.SamplesPerPixel, film.PhotometricInterpretation = 1, "MONOCHROME2"
    film.BitsAllocated = film.BitsStored = 8
    film.HighBit, film.PixelRepresentation = 7, 0
    film.RescaleSlope, film.RescaleIntercept = "1", "0"
    film.PixelData = values.tobytes()
    film.save_as(path, enforce_file_format=True)


@pytest.mark.parametrize("intensity", ["full-range", "min-max", "rank"])
def test_that_dicom_and_png_of_the_same_pixels_are_read_the_same(tmp_path, intensity):
    values = pixels(64, 50, 256).astype(np.uint8)
    Raster.fromarray(values).save(tmp_path / "film.png")
    write_dicom(tmp_path / "film.dcm", values)
    frames = [read_frame(read_image(tmp_path / name), 0) for name in ("film.png", "film.dcm")]
    png, dicom = (read(frame, intensity) for frame in frames)
    np.testing.assert_allclose(png, dicom, atol=1e-6)


CHEST = InputFormat(32, 32, "rank", ("CR", "DX"))


def test_that_another_modality_is_refused_in_words(make_frame):
    image = make_frame(pixels(), modality="CT").image
    assert refusal(image, CHEST) == "This is a CT image; the model reads CR and DX films."


@pytest.mark.parametrize("modality", ["", "DX"])
def test_that_a_film_of_accepted_or_unknown_modality_is_read(make_frame, modality):
    frame = make_frame(pixels(), modality=modality)
    assert refusal(frame.image, CHEST, frame) is None


def test_that_a_film_without_contrast_is_refused(make_frame):
    frame = make_frame(np.full((40, 30), 7))
    assert "no contrast" in refusal(frame.image, CHEST, frame)


def test_that_a_far_too_small_film_is_refused(make_frame):
    frame = make_frame(pixels(15, 40))
    assert "only 15 × 40 pixels" in refusal(frame.image, CHEST, frame)


def test_that_a_colour_image_is_refused(make_frame):
    colour = np.random.default_rng(0).integers(0, 255, (40, 30, 3)).astype(np.uint8)
    frame = make_frame(pixels(), colour)
    assert "colour" in refusal(frame.image, CHEST, frame)


def test_that_a_grey_film_stored_in_colour_is_read(make_frame):
    grey = np.repeat(pixels(high=256).astype(np.uint8)[..., None], 3, axis=2)
    frame = make_frame(pixels(), grey)
    assert refusal(frame.image, CHEST, frame) is None
