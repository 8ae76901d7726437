"""Which files of a folder are listed, and in which order."""

import os

import numpy as np
import pytest

import engine
from engine.imaging import first_image, folders, list_images
from tests.engine.imaging_files import dataset, png, ramp, write

GREY = png(np.arange(16, dtype=np.uint8).reshape(4, 4))


def names(listing):
    return [path.name for path in listing.files]


def film(path, number, series="1.2.3", **attributes):
    return write(path, ramp(), InstanceNumber=number, SeriesInstanceUID=series, **attributes)


def test_that_ten_comes_after_two(tmp_path):
    for name in ("IM10", "IM2", "im1", "IM03"):
        (tmp_path / name).write_bytes(GREY)
    assert names(list_images([tmp_path])) == ["im1", "IM2", "IM03", "IM10"]


def test_that_folders_are_in_natural_order_too(tmp_path):
    for folder in ("s10", "s9"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(GREY)
    assert [path.parent.name for path in list_images([tmp_path]).files] == ["s9", "s10"]


def test_that_a_series_is_in_the_order_of_its_instance_numbers(tmp_path):
    for name, number in (("a", 3), ("b", 1), ("c", 2)):
        film(tmp_path / name, number)
    assert names(list_images([tmp_path])) == ["b", "c", "a"]


def test_that_two_series_are_not_mixed_by_their_numbers(tmp_path):
    for name, number, series in (("a", 2, "1"), ("b", 9, "2"), ("c", 1, "1"), ("d", 8, "2")):
        film(tmp_path / name, number, series)
    assert names(list_images([tmp_path])) == ["c", "d", "a", "b"]


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2", "1.2.840.10008.1.2.2"])
def test_that_the_number_is_found_in_every_encoding(tmp_path, syntax):
    for name, number in (("a", 2), ("b", 1)):
        write(tmp_path / name, ramp(), syntax, InstanceNumber=number, SeriesInstanceUID="1.2")
    assert names(list_images([tmp_path])) == ["b", "a"]


def test_that_what_is_no_image_is_passed_over_and_counted(tmp_path):
    film(tmp_path / "IM1", 1)
    for name, data in (
        ("AUTORUN.INF", b"[autorun]\r\n"), ("VIEW.EXE", b"MZ" + bytes(99)), ("R.PDF", b"%PDF-1.4"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0" + bytes(99)), (".DS_Store", b"\0\0\0\1Bud1"),
        ("._IM1", b"\0\5\x16\7" + bytes(99)), ("a.csv", b"a,b\n"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
    for folder in ("@eaDir", ".ipynb_checkpoints", "__MACOSX"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "preview.png").write_bytes(GREY)
    listing = list_images([tmp_path])
    assert names(listing) == ["IM1"]
    assert listing.words == "10 files hold no image and were passed over."


@pytest.mark.parametrize(
    "sop_class",
    ["1.2.840.10008.1.3.10", "1.2.840.10008.5.1.4.1.1.88.11", "1.2.840.10008.5.1.4.1.1.104.1"],
)
def test_that_dicom_without_an_image_is_passed_over(tmp_path, sop_class):
    report = dataset(ramp(), SOPClassUID=sop_class)
    del report.PixelData
    report.file_meta.MediaStorageSOPClassUID = sop_class
    report.save_as(tmp_path / "SR1", enforce_file_format=True)
    assert (names(list_images([tmp_path])), list_images([tmp_path]).passed_over) == ([], 1)


@pytest.mark.parametrize("name", ["film.dcm", "film.png", "FILM.JPG"])
def test_that_a_damaged_image_is_not_lost_in_silence(tmp_path, name):
    (tmp_path / name).write_bytes(b"Dear doctor")
    assert names(list_images([tmp_path])) == [name]


def test_that_an_empty_file_is_named(tmp_path):
    (tmp_path / "IM13").write_bytes(b"")
    assert names(list_images([tmp_path])) == ["IM13"]


def test_that_a_path_that_is_named_is_always_taken(tmp_path):
    hidden = tmp_path / ".note.txt"
    hidden.write_text("no image")
    assert names(list_images([hidden, tmp_path / "missing"])) == [".note.txt", "missing"]


def test_that_a_file_is_listed_once(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(GREY)
    assert names(list_images([path, tmp_path])) == ["a.png"]


def test_that_nothing_is_cut_off(tmp_path):
    for number in range(5_200):
        (tmp_path / f"slice-{number}.png").write_bytes(GREY[:40])
    files = list_images([tmp_path]).files
    assert (len(files), files[5_199].name) == (5_200, "slice-5199.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_that_a_pipe_in_a_folder_hangs_nothing(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert names(list_images([tmp_path])) == []


def test_that_one_file_is_told_in_the_singular(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert (
        engine.imaging.list_images([tmp_path]).words
        == "One file holds no image and was passed over."
    )


def numbered(folder, count):
    """Films in one folder, the third of them with the first number."""
    for number in range(count):
        film(folder / f"IM{number}", 1 if number == 2 else number + 10)


def test_that_of_a_large_folder_the_first_film_is_found_without_the_others(tmp_path, monkeypatch):
    numbered(tmp_path, 70)
    (tmp_path / "A").write_text("no image")
    looked, place = [], folders._place
    monkeypatch.setattr(folders, "_place", lambda path: (looked.append(path), place(path))[1])
    assert first_image(tmp_path).name == "IM2"
    assert len(looked) < 16
    assert first_image(tmp_path) == list_images([tmp_path]).files[0]


def test_that_a_small_folder_is_listed_as_a_whole(tmp_path):
    numbered(tmp_path, 12)
    assert first_image(tmp_path) is None


def test_that_the_first_film_lies_in_the_first_folder(tmp_path):
    for name in ("s10", "s9", ".hidden"):
        (tmp_path / name).mkdir()
        numbered(tmp_path / name, 40)
    assert first_image(tmp_path) == tmp_path / "s9" / "IM2" == list_images([tmp_path]).files[0]


def test_that_a_folder_without_images_has_no_first_one(tmp_path):
    for number in range(70):
        (tmp_path / f"{number}.txt").write_text("x")
    assert first_image(tmp_path) is None
    assert first_image(tmp_path / "not there") is None
