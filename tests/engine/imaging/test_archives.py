"""Zip files and DICOMDIR: what is in them is looked at with care."""

import stat
import subprocess
import sys
import zipfile

import pytest
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

from engine.errors import ImageError
from engine.imaging import (
    archives,
    is_directory_file,
    is_zip,
    list_images,
    read_directory,
    read_frame,
    read_image,
    unpack,
)
from tests.engine.imaging_files import ramp, write


def zipped(path, members, compression=zipfile.ZIP_DEFLATED):
    """A zip file of names and bytes."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def files_of(unpacked):
    return sorted(path for path in unpacked.folder.rglob("*") if path.is_file())


@pytest.fixture
def film(tmp_path):
    return write(tmp_path / "film.dcm", ramp()).read_bytes()


def test_that_the_films_of_a_zip_file_are_those_that_were_put_in(tmp_path, film):
    path = zipped(tmp_path / "disc.zip", [("DICOM/IM1", film), ("DICOM/IM2", film)])
    assert is_zip(path)
    found = unpack(path, tmp_path)
    assert [one.name for one in list_images([found.folder]).files] == ["IM1", "IM2"]
    assert read_frame(read_image(files_of(found)[0])).values.shape == ramp().shape
    assert stat.S_IMODE(found.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["../../out.dcm", "/out.dcm", "a/../../out.dcm", "..\\out.dcm", "C:\\out.dcm"]
)
def test_that_nothing_is_written_outside_of_the_folder(tmp_path, film, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    before = set(tmp_path.rglob("*"))
    path = zipped(tmp_path / "bad.zip", [(name, film), ("in.dcm", film)])
    found = unpack(path, inner)
    assert found.passed_over == 1
    assert [one.name for one in files_of(found)] == ["in.dcm"]
    new = set(tmp_path.rglob("*")) - before - {path}
    assert all(one.is_relative_to(inner) for one in new)


def test_that_a_link_is_not_followed(tmp_path):
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.dcm")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    found = unpack(path, tmp_path)
    assert (files_of(found), found.passed_over) == ([], 1)


def test_that_names_that_differ_by_their_case_only_are_two_files(tmp_path):
    found = unpack(
        zipped(tmp_path / "x.zip", [("a/X", b"1"), ("A/X", b"2"), ("a/X ", b"3")]), tmp_path
    )
    assert sorted(one.read_bytes() for one in files_of(found)) == [b"1", b"2", b"3"]


def test_that_a_bomb_is_refused_before_anything_is_written(tmp_path):
    path = zipped(tmp_path / "bomb.zip", [("zeros.dcm", bytes(40 << 20))])
    with pytest.raises(ImageError, match="more than 200 times") as refused:
        unpack(path, tmp_path)
    assert refused.value.reason == "damaged"
    assert list(tmp_path.glob("rowscope*")) == []


def test_that_a_file_that_is_larger_than_it_says_is_refused(tmp_path, monkeypatch):
    path = zipped(tmp_path / "lie.zip", [("a", b"x" * 5000)], zipfile.ZIP_STORED)
    monkeypatch.setattr(archives, "MOST_BYTES", 5000)
    assert files_of(unpack(path, tmp_path))
    monkeypatch.setattr(archives, "MOST_BYTES", 4999)
    with pytest.raises(ImageError) as refused:
        unpack(path, tmp_path)
    assert refused.value.reason == "too-large"


def test_that_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    path = zipped(tmp_path / "many.zip", [(f"{number}", b"") for number in range(4)])
    with pytest.raises(ImageError, match="4 files, more than the limit of 3; unpack it yourself"):
        unpack(path, tmp_path)


def test_that_archives_within_archives_are_said_and_not_opened(tmp_path, film):
    inner = zipped(tmp_path / "inner.zip", [("in.dcm", film)]).read_bytes()
    path = zipped(tmp_path / "outer.zip", [("a/more.ZIP", inner), ("b.zip", b"no archive")])
    found = unpack(path, tmp_path)
    assert found.archives == 1
    assert "not opened (1 found): unpack it first" in str(found.words)
    assert list_images((found.folder,)).files == ()
    assert unpack(zipped(tmp_path / "x.zip", [("in.dcm", film)]), tmp_path).words is None


def test_that_a_password_is_told_in_one_sentence(tmp_path):
    path = zipped(tmp_path / "secret.zip", [("a.dcm", b"x" * 50)], zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(
        ImageError, match=r"secret\.zip cannot be read: it is protected by a password"
    ):
        unpack(path, tmp_path)


@pytest.mark.parametrize("cut", [30, 200])
def test_that_a_damaged_zip_file_leaves_nothing_behind(tmp_path, film, cut):
    path = zipped(tmp_path / "cut.zip", [("a.dcm", film), ("b.dcm", film)])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ImageError) as refused:
        unpack(path, tmp_path)
    assert refused.value.reason == "damaged"
    assert list(tmp_path.glob("rowscope*")) == []


def test_that_what_was_unpacked_goes_with_the_program_and_what_a_killed_one_left_with_the_next(
    tmp_path, film
):
    path = zipped(tmp_path / "disc.zip", [("IM1", film)])
    code = (
        "from pathlib import Path; from engine.imaging import unpack;"
        f" unpack(Path({str(path)!r}), Path({str(tmp_path)!r}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert list(tmp_path.glob("rowscope*")) == []
    subprocess.run([sys.executable, "-c", f"{code}; import os; os._exit(9)"], check=False)
    assert len(list(tmp_path.glob("rowscope*"))) == 1
    subprocess.run([sys.executable, "-c", code], check=True)
    assert list(tmp_path.glob("rowscope*")) == []


# ------------------------------------------------------------------------------ DICOMDIR
def directory(path, names):
    """A DICOMDIR that names files."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.1.3.10"
    meta.MediaStorageSOPInstanceUID, meta.TransferSyntaxUID = "1.2.3", ExplicitVRLittleEndian
    made = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    records = []
    for name in names:
        record = Dataset()
        record.DirectoryRecordType = "IMAGE"
        record.ReferencedFileID = name
        records.append(record)
    made.DirectoryRecordSequence = Sequence(records)
    made.save_as(path, enforce_file_format=True)
    return path


def test_that_a_directory_names_its_files_in_its_order(tmp_path):
    inner = tmp_path / "images"  # as a system writes what the disc has in capitals
    inner.mkdir()
    for number in (1, 2, 3):
        write(inner / f"im{number}", ramp())
    path = directory(tmp_path / "DICOMDIR", [["IMAGES", "IM3"], ["IMAGES", "IM1"]])
    assert is_directory_file(path)
    assert not is_directory_file(inner / "im1")
    found = read_directory(path)
    assert found.files == (inner / "im3", inner / "im1")
    assert found.words is None


def test_that_files_that_a_directory_names_and_are_not_there_are_told(tmp_path):
    write(tmp_path / "IM1", ramp())
    found = read_directory(directory(tmp_path / "DICOMDIR", ["IM1", "IM2", ["A", "IM3"]]))
    assert found.missing == ("IM2", "A/IM3")
    assert str(found.words) == "The DICOMDIR names 2 files that are not there: IM2, A/IM3."


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_that_a_directory_leads_nowhere_else(tmp_path):
    secret = write(tmp_path / "secret.dcm", ramp())
    disc = tmp_path / "disc"
    disc.mkdir()
    (disc / "LINK").symlink_to(secret)
    write(disc / "IM1", ramp())
    names = [["..", "secret.dcm"], [str(secret)], "LINK", "IM1"]
    found = read_directory(directory(disc / "DICOMDIR", names))
    assert (found.files, found.outside) == ((disc / "IM1",), 3)


def test_that_a_damaged_directory_is_refused(tmp_path):
    path = directory(tmp_path / "DICOMDIR", ["IM1"])
    path.write_bytes(path.read_bytes()[:200] + b"\xff" * 400)
    with pytest.raises(ImageError, match="DICOMDIR cannot be read"):
        read_directory(path)
