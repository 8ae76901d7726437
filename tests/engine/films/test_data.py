import tarfile

import numpy as np
import pytest
from PIL import Image

from engine.errors import DataError
from engine.films import Films, FolderLayout, divide, patient_of, read_films
from engine.imaging import read_frame, read_image
from engine.recipe import Data
from engine.sequence import to_sequence
from engine.types import InputFormat

FORMAT = InputFormat(8, 8, "rank")
LAYOUT = FolderLayout(FORMAT, ("normal", "opacity"), r"person(\d+)")
KERMANY = r"(person\d+)|(IM-\d+)"


def write_films(root, count=6, seed=0):
    rng = np.random.default_rng(seed)
    for folder in ("normal", "opacity"):
        (root / folder).mkdir(parents=True)
        for number in range(count):
            values = rng.integers(0, 256, (20, 16), dtype=np.uint8)
            Image.fromarray(values).save(root / folder / f"person{number // 2}_{number}.png")
    return root


def films_of(patients, labels, splits=None):
    count = len(labels)
    return Films(
        rows=np.zeros((count, 2, 2), np.float16),
        labels=np.array(labels),
        splits=np.array(splits or ["train"] * count, dtype="<U5"),
        patients=np.array(patients),
        names=np.array([str(number) for number in range(count)]),
        findings=np.full((count, 2), np.nan),
    )


@pytest.fixture
def many():
    rng = np.random.default_rng(3)
    patients = [f"p{number}" for number in rng.integers(0, 120, 400)]
    labels = [int(patient[1:]) % 3 == 0 for patient in patients]
    return films_of(patients, np.array(labels, dtype=np.int64))


def test_that_no_patient_is_in_two_splits(many):
    divided = divide(many, Data("", "", validation=0.2, test=0.2), seed=1)
    groups = [set(divided.patients[divided.where(s)]) for s in ("train", "val", "test")]
    assert not groups[0] & groups[1]
    assert not groups[0] & groups[2]
    assert not groups[1] & groups[2]


@pytest.mark.parametrize("split", ["val", "test"])
def test_that_every_class_gives_its_share_to_a_split(many, split):
    divided = divide(many, Data("", "", validation=0.2, test=0.2), seed=1)
    for label in (0, 1):
        chosen = np.mean(divided.splits[divided.labels == label] == split)
        assert chosen == pytest.approx(0.2, abs=0.05)


def test_that_the_same_seed_divides_alike(many):
    plan = Data("", "", validation=0.2)
    first, again = divide(many, plan, seed=4), divide(many, plan, seed=4)
    np.testing.assert_array_equal(first.splits, again.splits)


def test_that_a_test_folder_stays_the_test():
    films = films_of(list("abcdef"), [0, 1] * 3, ["train"] * 4 + ["test"] * 2)
    divided = divide(films, Data("", "", test=0.5), seed=0)
    assert list(divided.where("test")) == [4, 5]


def test_that_the_val_folder_joins_training_where_validation_is_held_out():
    films = films_of(list("abcdefgh"), [0, 1] * 4, ["train"] * 6 + ["val"] * 2)
    divided = divide(films, Data("", "", validation=0.25), seed=0)
    assert len(divided.where("val")) == 2
    assert len(divided.where("train")) == 6


@pytest.mark.parametrize(
    ("name", "patient"),
    [
        ("train/PNEUMONIA/person123_bacteria_4.jpeg", "person123"),
        ("train/NORMAL/IM-0115-0001.jpeg", "IM-0115"),
        ("train/NORMAL/NORMAL2-IM-0115-0001-0002.jpeg", "IM-0115"),
        ("train/NORMAL/other.jpeg", "train/NORMAL/other.jpeg"),
    ],
)
def test_that_the_patient_is_read_from_the_file_name(name, patient):
    assert patient_of(name, KERMANY) == patient


def test_that_a_bad_pattern_is_named():
    with pytest.raises(DataError, match=r"data\.patient"):
        patient_of("a", "(")


def test_that_a_film_is_prepared_as_in_the_viewer(tmp_path):
    films = read_films(write_films(tmp_path / "films"), LAYOUT)
    path = tmp_path / "films" / films.names[3]
    rows = to_sequence(read_frame(read_image(path)), FORMAT).rows
    np.testing.assert_array_equal(films.rows[3], rows.astype(np.float16))


def test_that_labels_follow_the_folders(tmp_path):
    films = read_films(write_films(tmp_path / "films", count=3), LAYOUT)
    assert list(films.labels) == [0, 0, 0, 1, 1, 1]


def test_that_capitals_of_a_folder_do_not_matter(tmp_path):
    films = read_films(
        write_films(tmp_path / "films"), FolderLayout(FORMAT, ("Normal", "OPACITY"))
    )
    assert len(films) == 12


def test_that_split_folders_are_kept(tmp_path):
    for seed, split in enumerate(("train", "val", "test")):
        write_films(tmp_path / split, count=2, seed=seed)
    films = read_films(tmp_path, LAYOUT)
    assert [len(films.where(split)) for split in ("train", "val", "test")] == [4, 4, 4]


def test_that_a_tar_file_gives_the_same_films_as_its_folder(tmp_path):
    folder = write_films(tmp_path / "films")
    with tarfile.open(tmp_path / "films.tar", "w") as archive:
        archive.add(folder, "films")
    packed, open_ = read_films(tmp_path / "films.tar", LAYOUT), read_films(folder, LAYOUT)
    np.testing.assert_array_equal(packed.rows, open_.rows)
    np.testing.assert_array_equal(packed.names, open_.names)


@pytest.mark.parametrize("old", [False, True], ids=["filter", "python before 3.11.4"])
@pytest.mark.parametrize("name", ["../outside.png", "link.png"])
def test_that_a_tar_file_cannot_write_outside(tmp_path, monkeypatch, name, old):
    if old:
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
    with tarfile.open(tmp_path / "films.tar", "w") as archive:
        archive.add(write_films(tmp_path / "films"), "films")
        member = tarfile.TarInfo(name)
        if name == "link.png":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(DataError, match=r"films\.tar is not a whole tar file"):
        read_films(tmp_path / "films.tar", LAYOUT)


def test_that_an_array_file_is_read(tmp_path):
    images = np.arange(2 * 8 * 8, dtype=np.uint8).reshape(2, 8, 8)
    np.savez(tmp_path / "a.npz", images=images, labels=np.array([0, 1]))
    films = read_films(
        tmp_path / "a.npz", FolderLayout(InputFormat(8, 8, "full-range"), ("a", "b"))
    )
    np.testing.assert_allclose(films.rows, images / 255, atol=1e-3)


def test_that_a_file_that_cannot_be_read_is_skipped_with_its_reason(tmp_path):
    folder = write_films(tmp_path / "films")
    (folder / "normal" / "broken.png").write_bytes(b"not an image")
    films = read_films(folder, LAYOUT)
    assert len(films) == 12
    assert [one.name for one in films.skipped] == ["normal/broken.png"]


def test_that_a_missing_source_is_an_error(tmp_path):
    with pytest.raises(DataError, match="not there"):
        read_films(tmp_path / "nothing", LAYOUT)


def test_that_the_rows_of_a_finding_come_from_the_truth_table(tmp_path):
    folder = write_films(tmp_path / "films", count=1)
    (folder / "truth.csv").write_text(
        "file,opacity_first_row,opacity_last_row\n"
        "normal/person0_0.png,,\nopacity/person0_0.png,5,9\n"
    )
    films = read_films(folder, LAYOUT)
    np.testing.assert_allclose(films.findings, [[np.nan, np.nan], [5 / 20, 10 / 20]])


def test_that_a_truth_table_without_rows_is_an_error(tmp_path):
    folder = write_films(tmp_path / "films", count=1)
    (folder / "truth.csv").write_text("file\n")
    with pytest.raises(DataError, match="opacity_first_row"):
        read_films(folder, LAYOUT)
