"""Which files of a folder are trained on, and what is said of the others."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.errors import DataError
from engine.films import FolderLayout, divide, read_films, with_shapes
from engine.recipe import Data
from engine.training import check_classes, summary
from engine.types import InputFormat
from tests.engine.imaging_files import write as write_dicom
from tests.engine.training_parts import RECIPE

FORMAT = InputFormat(8, 8, "rank")
LAYOUT = FolderLayout(FORMAT, ("high", "low"))
RANDOM = np.random.default_rng(3)


def png(path, count=1):
    path.parent.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = path if count == 1 else path.with_stem(f"{path.stem}{number}")
        Image.fromarray(RANDOM.integers(0, 255, (24, 20), dtype=np.uint8)).save(name)


def both(root, *parts):
    for label in ("high", "low"):
        png(root.joinpath(*parts, label, "a.png"), 2)
    return root


def reasons(films):
    return {one.reason: one.count for one in films.unused}


def test_that_films_are_found_by_content_whatever_they_are_called(tmp_path):
    both(tmp_path)
    (tmp_path / "high" / "a0.png").rename(tmp_path / "high" / "IM000001")
    write_dicom(tmp_path / "low" / "IM000002", RANDOM.integers(0, 4000, (24, 20), dtype=np.uint16))
    films = read_films(tmp_path, LAYOUT)
    assert set(films.names) == {
        "high/IM000001", "high/a1.png", "low/IM000002", "low/a0.png", "low/a1.png",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "split"),
    [
        ("valid", "val"), ("validation", "val"), ("Val", "val"), ("dev", "val"),
        ("training", "train"), ("Train", "train"), ("TEST", "test"), ("testing", "test"),
    ],
)  # fmt: skip
def test_that_a_split_is_known_by_its_usual_names(tmp_path, folder, split):
    both(both(tmp_path, folder), "val" if split == "train" else "train")
    films = read_films(tmp_path, LAYOUT)
    found = films.splits[[name.startswith(folder) for name in films.names]]
    assert set(found) == {split}


def test_that_every_file_that_is_not_used_is_counted_with_its_reason(tmp_path):
    both(tmp_path)
    png(tmp_path / "middle" / "c.png", 3)
    png(tmp_path / "loose.png")
    png(tmp_path / "high" / ".ipynb_checkpoints" / "a.png")
    (tmp_path / "low" / "._a0.png").write_bytes(b"\0\5\x16\7")
    Image.new("L", (20, 24), 3).save(tmp_path / "low" / "x.bmp")
    (tmp_path / "low" / "notes.txt").write_text("nothing")
    films = read_films(tmp_path, LAYOUT)
    assert len(films) == 4
    assert reasons(films) == {
        "in “middle”, which is none of the recipe's classes": 3,
        "hidden, or made by a system for itself": 2,
        "neither DICOM nor PNG, JPEG or TIFF": 2,
        "in no folder of a class": 1,
    }
    said = dict(summary(films, RECIPE, {}))
    assert "none of the recipe's classes" in json.dumps(
        summary(films, RECIPE, {}), ensure_ascii=False
    )
    assert said["not used"]


def test_that_a_folder_beside_the_splits_is_not_used_and_named(tmp_path):
    both(both(tmp_path, "train"), "old")
    assert reasons(read_films(tmp_path, LAYOUT)) == {
        "in “old”, which is none of the folders train, val and test": 4
    }


def test_that_a_link_to_nothing_is_skipped_with_its_reason(tmp_path):
    both(tmp_path)
    (tmp_path / "low" / "gone.png").symlink_to("/nowhere/film.png")
    films = read_films(tmp_path, LAYOUT)
    assert [one.name for one in films.skipped] == ["low/gone.png"]
    ((_, words),) = [line for line in summary(films, RECIPE, {}) if line[0] == "not read"]
    assert words.startswith("1 film, low/gone.png: cannot be read: there is no such file")


def test_that_a_name_with_a_colon_is_told_from_its_reason(tmp_path):
    both(tmp_path)
    (tmp_path / "low" / "a: b.png").symlink_to("/nowhere/film.png")
    films = read_films(tmp_path, LAYOUT)
    assert [one.name for one in films.skipped] == ["low/a: b.png"]
    ((_, words),) = [line for line in summary(films, RECIPE, {}) if line[0] == "not read"]
    assert words.startswith("1 film, low/a: b.png: cannot be read")


def test_that_frames_behind_the_first_are_films_of_the_same_patient(tmp_path):
    both(tmp_path)
    stack = RANDOM.integers(0, 4000, (3, 24, 20), dtype=np.uint16)
    write_dicom(tmp_path / "high" / "s.dcm", stack[0], NumberOfFrames=3, PixelData=stack.tobytes())
    films = read_films(tmp_path, LAYOUT)
    place = [name.startswith("high/s.dcm") for name in films.names]
    assert films.names[place].tolist() == ["high/s.dcm", "high/s.dcm#2", "high/s.dcm#3"]
    assert set(films.patients[place]) == {"high/s.dcm"}
    rows = np.asarray(films.rows[np.flatnonzero(place)])
    assert not np.array_equal(rows[0], rows[1])


def test_that_pages_of_a_tiff_file_are_films_too(tmp_path):
    both(tmp_path)
    pages = [Image.fromarray(RANDOM.integers(0, 255, (24, 20), dtype=np.uint8)) for _ in range(2)]
    pages[0].save(tmp_path / "low" / "p.tif", save_all=True, append_images=pages[1:])
    assert "low/p.tif#2" in read_films(tmp_path, LAYOUT).names


def write_headers(root, whose):
    for label in ("high", "low"):
        (root / label).mkdir(parents=True)
        for number in range(6):
            pixels = RANDOM.integers(0, 4000, (24, 20), dtype=np.uint16)
            given = whose(label, number)
            write_dicom(root / label / f"{number}", pixels, PatientID=given)


def test_that_headers_tell_patients_apart_and_their_ids_stay_out(tmp_path):
    write_headers(tmp_path / "films", lambda label, number: f"QZ{label}{number // 2}")
    films = read_films(tmp_path / "films", LAYOUT, cache=tmp_path / "cache")
    assert len(set(films.patients)) == 6
    assert films.notes == ("films: patients are told apart by the headers' Patient ID",)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").rglob("*.*"))
    assert b"QZ" not in kept
    assert "QZ".encode("utf-32-le") not in kept
    parts = divide(films, Data(validation=0.3), seed=0)
    for patient in set(parts.patients):
        assert len(set(parts.splits[parts.patients == patient])) == 1


def test_that_one_id_in_every_header_tells_nobody_apart(tmp_path):
    write_headers(tmp_path / "films", lambda *_: "ANONYMOUS")
    films = read_films(tmp_path / "films", LAYOUT)
    assert len(set(films.patients)) == 12
    assert "all headers bear the same Patient ID" in films.notes[0]


def test_that_a_pattern_or_a_table_goes_before_the_headers(tmp_path):
    write_headers(tmp_path / "films", lambda label, number: f"{label}{number}")
    layout = FolderLayout(FORMAT, ("high", "low"), patient=r"^(\d)")
    assert set(read_films(tmp_path / "films", layout).patients) == set("012345")


def test_that_a_folder_of_one_class_is_no_wrapper(tmp_path):
    png(tmp_path / "films" / "high" / "a.png", 3)
    films = read_films(tmp_path / "films", LAYOUT)
    assert (len(films), set(films.labels.tolist())) == (3, {0})


def test_that_films_with_labels_of_both_classes_are_counted(tmp_path):
    both(tmp_path)
    lines = ["path,label", "high/a0.png,high", "high/a0.png,low", "low/a0.png,low"]
    (tmp_path / "films.csv").write_text("\n".join(lines))
    films = read_films(tmp_path, FolderLayout(FORMAT, ("high", "low"), positive=1))
    assert films.labels.tolist() == [1, 1]
    assert films.notes[0].endswith("1 film has labels of both classes and count as “low”")


def test_that_the_cache_remembers_what_was_not_used(tmp_path):
    both(tmp_path / "films")
    png(tmp_path / "films" / "middle" / "c.png")
    first = read_films(tmp_path / "films", LAYOUT, cache=tmp_path / "cache")
    again = read_films(tmp_path / "films", LAYOUT, cache=tmp_path / "cache")
    assert first.unused == again.unused != ()


def test_that_files_beside_a_table_are_counted(tmp_path):
    both(tmp_path)
    (tmp_path / "films.csv").write_text("path,label\nhigh/a0.png,high\nlow/a0.png,low\n")
    films = read_films(tmp_path, LAYOUT)
    assert reasons(films) == {"in no line of the table": 2}


# --------------------------------------------------------------- before the first epoch
def test_that_a_class_without_validation_films_is_refused_with_its_name(tmp_path):
    both(tmp_path, "train")
    png(tmp_path / "val" / "high" / "a.png", 2)
    films = divide(read_films(tmp_path, LAYOUT), Data(), seed=0)
    recipe = named(RECIPE)
    with pytest.raises(DataError, match=r"validation films of “low” \(2 of “high”\): move"):
        check_classes(films, recipe)


def test_that_a_class_without_training_films_is_refused_with_what_lay_there(tmp_path):
    png(tmp_path / "high" / "a.png", 2)
    png(tmp_path / "lo" / "a.png", 2)
    with pytest.raises(DataError, match=r"no training films of “low” .* 2 files are not used"):
        check_classes(read_films(tmp_path, LAYOUT), named(RECIPE))


def test_that_a_class_without_test_films_costs_no_training(tmp_path):
    both(tmp_path, "train")
    png(tmp_path / "test" / "high" / "a.png", 2)
    check_classes(read_films(tmp_path, LAYOUT), named(RECIPE))


def named(recipe):
    return replace(recipe, data=Data("a test", "none", folders=("high", "low")))


def shapes(path, *lines):
    path.write_text("\n".join(("path,aspect", *lines)), encoding="utf-8")


def test_that_films_get_the_shapes_that_a_table_beside_them_says(tmp_path):
    films = read_films(both(tmp_path / "films"), LAYOUT)
    shapes(tmp_path / "shapes.csv", "low/a1.png,1.5", "high/a0.png,0.8", "others/b.png,2")
    shaped = with_shapes(films, tmp_path / "films", "shapes.csv")
    told = dict(zip(shaped.names, shaped.aspects, strict=True))
    assert told["low/a1.png"] == 1.5
    assert told["high/a0.png"] == 0.8
    assert np.isnan(told["low/a0.png"])
    assert with_shapes(films, tmp_path / "films", "") is films
    assert np.array_equal(shaped.take(np.array([3])).aspects, shaped.aspects[[3]])


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (None, "not beside films"),
        (["path,aspect", "b.png,1.5"], "none of the films"),
        (["path,aspect", "low/a1.png,wide"], "“wide” is no width"),
        (["path,aspect", "low/a1.png,-1"], "“-1” is no width"),
        (["path,shape", "low/a1.png,1.5"], "no column “aspect”"),
    ],
)
def test_that_a_table_of_shapes_that_tells_nothing_is_refused(tmp_path, lines, words):
    films = read_films(both(tmp_path / "films"), LAYOUT)
    if lines:
        (tmp_path / "shapes.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=words):
        with_shapes(films, tmp_path / "films", "shapes.csv")
