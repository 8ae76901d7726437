"""Masks of films: beside them, in a table, in DICOM Segmentations; and what is refused."""

import csv

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.pixels import pack_bits
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, RLELossless, generate_uid

from engine.errors import DataError, ImageError
from engine.films import layout_of, read_films, with_outlines, with_truth
from engine.imaging import read_frame, read_image
from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from engine.recipe import read_recipe
from tests.engine.imaging_files import rle_frame, write as write_dicom
from tests.engine.segmentation_parts import RECIPE, write, write_films


def recipe(**data):
    return read_recipe({**RECIPE, "data": {**RECIPE["data"], **data}})


def read(source, plan):
    return with_truth(read_films(source, layout_of(plan)), source, plan)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_films(tmp_path_factory.mktemp("films"), 8)


def test_that_masks_are_found_under_the_paths_of_their_films(source):
    films = read(source, recipe())
    assert len(films) == 8
    assert films.labels.tolist() == [int(name[-5]) % 2 for name in films.names]
    film = int(np.flatnonzero(films.labels)[0])
    assert films.truth.mask(film).shape == (32, 24)
    assert films.truth.mask(film).sum() == 144
    share = films.truth.on_grid()[film]
    assert share[1].mean() == pytest.approx(144 / (32 * 24), abs=0.002)
    assert np.allclose(share.sum(axis=0), 1)


def test_that_films_are_taken_with_their_masks(source):
    films = read(source, recipe())
    few = films.take(np.array([5, 2]))
    assert (few.truth.mask(0) == films.truth.mask(5)).all()
    assert (few.truth.on_grid()[1] == films.truth.on_grid()[2]).all()


def test_that_a_film_without_a_mask_is_left_out_and_named(tmp_path):
    write_films(tmp_path, 8)
    (tmp_path / "masks" / "train" / "002.png").unlink()
    films = read(tmp_path, recipe())
    assert len(films) == 7
    assert [one.name for one in films.skipped] == ["train/002.png"]


RAMP = np.arange(32 * 24, dtype=np.uint32).reshape(32, 24).astype(np.uint8)


def outlined(source):
    """Films of a classifier that learns outlines beside its answer."""
    plan = read_recipe(
        {
            **{key: RECIPE[key] for key in RECIPE if key not in {"objective", "network"}},
            "network": {"cell": "gru", "hidden_size": 4},
            "training": {**RECIPE["training"], "outlines": 0.5},
            "data": {**RECIPE["data"], "folders": ["dark", "bright"]},
        }
    )
    return with_outlines(read_films(source, layout_of(plan)), source, plan)


def test_that_films_without_an_outline_stay_where_outlines_are_learnt_beside(tmp_path):
    for split, number in (("train", 0), ("train", 1), ("val", 2), ("val", 3)):
        name = f"{split}/{('dark', 'bright')[number % 2]}/{number}.png"
        mask = np.zeros((32, 24), np.uint8)
        mask[:, : 6 * number] = 255
        write(tmp_path / name, RAMP + np.uint8(number))
        if number:
            write(tmp_path / "masks" / name, mask)
    films = outlined(tmp_path)
    assert films.unused == ()
    places = {name: place for place, name in enumerate(films.names.tolist())}
    shares = films.truth.on_grid()
    assert shares.shape == (4, 16, 16)
    assert np.isnan(shares[places["train/dark/0.png"]]).all()
    drawn = ("train/bright/1.png", "val/dark/2.png", "val/bright/3.png")
    for number, name in enumerate(drawn, 1):
        share = shares[places[name]].mean()
        assert share == pytest.approx(number / 4, abs=0.01)
        assert films.take(np.array([places[name]])).truth.on_grid().mean() == share


def test_that_outlines_that_no_film_has_are_refused(tmp_path):
    for kind in ("dark", "bright"):
        write(tmp_path / "train" / kind / "1.png", RAMP)
    (tmp_path / "masks").mkdir()
    with pytest.raises(DataError, match=r"No film of .* has a mask in masks"):
        outlined(tmp_path)


def test_that_a_table_says_which_mask_is_a_films(tmp_path):
    write_films(tmp_path, 4)
    lines = [["path", "mask", "split"], ["train/001.png", "train/003.png", "train"]]
    lines += [["train/000.png", "", "train"], ["train/003.png", "train/001.png", "val"]]
    with (tmp_path / "films.csv").open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    films = read(tmp_path, recipe(masks="masks", columns={"mask": "mask"}))
    assert films.names.tolist() == ["train/001.png", "train/003.png"]
    assert films.splits.tolist() == ["train", "val"]
    assert [(one.count, one.example) for one in films.unused] == [(1, "train/002.png")]
    plain = read(tmp_path / "films.csv", recipe(columns={"mask": "mask"}))
    assert (plain.truth.mask(0) == films.truth.mask(0)).all()


def test_that_masks_that_a_table_names_beside_films_are_not_called_unused(tmp_path):
    for name in ("a.png", "other.png"):
        write(tmp_path / name, RAMP)
    write(tmp_path / "outline.png", np.full(RAMP.shape, 255, np.uint8))
    (tmp_path / "films.csv").write_text("path,mask\na.png,outline.png\n")
    films = read(tmp_path, recipe(masks="", columns={"mask": "mask"}))
    assert films.names.tolist() == ["a.png"]
    assert [one.example for one in films.unused] == ["other.png"]


def test_that_names_of_masks_may_have_an_ending(tmp_path):
    write(tmp_path / "a.png", np.arange(64, dtype=np.uint8).reshape(8, 8))
    write(tmp_path / "masks" / "a_first.png", np.full((8, 8), 255, np.uint8))
    films = read(tmp_path, recipe(mask_ending="_first"))
    assert films.truth.mask(0).all()


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        (np.zeros((8, 9), np.uint8), "8 × 9 pixels, its film 8 × 8"),
        (np.full((8, 8), 37, np.uint8), "holds the number 37"),
        (np.eye(8, dtype=np.uint8)[..., None] * np.array([1, 2, 3], np.uint8), "in colour"),
    ],
)
def test_that_a_mask_that_cannot_be_one_is_refused_in_a_sentence(tmp_path, mask, words):
    write(tmp_path / "a.png", np.arange(64, dtype=np.uint8).reshape(8, 8))
    write(tmp_path / "masks" / "a.png", mask)
    with pytest.raises(DataError, match=words):
        read(tmp_path, recipe())


def test_that_masks_that_are_nowhere_are_refused_in_a_sentence(tmp_path):
    write(tmp_path / "a.png", np.arange(64, dtype=np.uint8).reshape(8, 8))
    with pytest.raises(DataError, match="neither in"):
        read(tmp_path, recipe())
    write(tmp_path / "masks" / "b.png", np.zeros((8, 8), np.uint8))
    with pytest.raises(DataError, match="No film"):
        read(tmp_path, recipe())


def segmentation(path, film, planes, *, fractional=False):
    """A DICOM Segmentation of one film; each plane is (number, label, (R, C) of 0…1)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.66.4"
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset = FileDataset(str(path), {}, file_meta=meta, preamble=bytes(128))
    dataset.SOPClassUID = meta.MediaStorageSOPClassUID
    dataset.SegmentationType = "FRACTIONAL" if fractional else "BINARY"
    dataset.NumberOfFrames = len(planes)
    dataset.Rows, dataset.Columns = planes[0][2].shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.PixelRepresentation = 0
    bits = 8 if fractional else 1
    dataset.BitsAllocated = dataset.BitsStored = bits
    dataset.HighBit = bits - 1
    segments, frames = [], []
    for number, label, _ in planes:
        segment, frame, part, source = Dataset(), Dataset(), Dataset(), Dataset()
        segment.SegmentNumber, segment.SegmentLabel = number, label
        segments.append(segment)
        part.ReferencedSegmentNumber = number
        frame.SegmentIdentificationSequence = Sequence([part])
        source.ReferencedSOPInstanceUID = film
        derived = Dataset()
        derived.SourceImageSequence = Sequence([source])
        frame.DerivationImageSequence = Sequence([derived])
        frames.append(frame)
    dataset.SegmentSequence = Sequence(segments)
    dataset.PerFrameFunctionalGroupsSequence = Sequence(frames)
    stack = np.stack([plane for _, _, plane in planes])
    if fractional:
        dataset.MaximumFractionalValue = 200
        dataset.PixelData = np.rint(stack * 200).astype(np.uint8).tobytes()
    else:
        dataset.PixelData = pack_bits((stack >= 0.5).astype(np.uint8))
    dataset.save_as(path, enforce_file_format=True)


@pytest.mark.parametrize("fractional", [False, True])
def test_that_a_dicom_segmentation_is_matched_by_the_films_uid(tmp_path, fractional):
    plan = read_recipe(
        {
            **RECIPE,
            "classes": ["around", "upper", "lower"],
            "data": {**RECIPE["data"], "masks": "seg"},
        }
    )
    for seed in (1, 2):
        write_phantom(draw_phantom(PhantomSpec(seed, 16, 16)), tmp_path / f"{seed}.dcm")
    from pydicom import dcmread

    film = dcmread(tmp_path / "2.dcm").SOPInstanceUID
    upper, lower = np.zeros((16, 16)), np.zeros((16, 16))
    upper[:4], lower[12:] = 0.6, 1.0
    (tmp_path / "seg").mkdir()
    planes = [(1, "Lower", lower), (2, "upper", upper)]
    segmentation(tmp_path / "seg" / "any.dcm", film, planes, fractional=fractional)
    films = read(tmp_path, plan)
    assert films.names.tolist() == ["2.dcm"]
    mask = films.truth.mask(0)
    assert (set(mask[:4].ravel()), set(mask[4:12].ravel()), set(mask[12:].ravel())) == (
        {1},
        {0},
        {2},
    )


def test_that_masks_know_millimetres_only_where_a_file_says_true_ones(tmp_path):
    from pydicom import dcmread

    for seed in (1, 2):
        path = tmp_path / f"{seed}.dcm"
        write_phantom(draw_phantom(PhantomSpec(seed, 16, 16)), path)  # at the detector
        write(tmp_path / "masks" / f"{seed}.png", np.zeros((16, 16), np.uint8))
    known = dcmread(path)
    known.PixelSpacing, known.PixelSpacingCalibrationType = [0.3, 0.2], "FIDUCIAL"
    known.save_as(path)
    masks = read(tmp_path, recipe()).truth
    assert [masks.spacing(film) for film in range(2)] == [None, (0.3, 0.2)]
    assert masks.take(np.array([1])).spacing(0) == (0.3, 0.2)


def test_that_millimetres_are_known_without_the_pixels_of_a_film(tmp_path):
    known = {"PixelSpacing": [0.3, 0.2], "ImagerPixelSpacing": [0.4, 0.3]}
    frame = rle_frame(RAMP)
    film = write_dicom(tmp_path / "1.dcm", RAMP, RLELossless, [frame], **known)
    write(tmp_path / "masks" / "1.png", np.zeros(RAMP.shape, np.uint8))
    plan = recipe()
    films = read_films(tmp_path, layout_of(plan))
    whole = film.read_bytes()
    film.write_bytes(whole.replace(frame[64:], bytes(len(frame) - 64)))  # nothing to decode
    with pytest.raises(ImageError):
        read_frame(read_image(film))
    assert with_truth(films, tmp_path, plan).truth.spacing(0) == (0.3, 0.2)
