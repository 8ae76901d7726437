"""Films in CSV and Parquet tables."""

import sys
import tarfile
import tomllib
from dataclasses import fields, replace

import numpy as np
import pytest

from engine.errors import DataError
from engine.films import FolderLayout, label_of, patient_of, read_films
from engine.imaging import read_frame, read_image
from engine.recipe import Columns, Data
from engine.resources import resource_path
from engine.sequence import to_sequence
from tests.engine.written_films import FORMAT, LAYOUT, write_film

DETECTOR = FolderLayout(FORMAT, ("*", "Effusion"), positive=1)


@pytest.fixture
def folder(tmp_path):
    """Four films in a folder; tables are written beside them."""
    for number in range(4):
        write_film(tmp_path / "films" / f"{number}.png", seed=number)
    return tmp_path


def write_table(folder, text, name="table.csv", encoding="utf-8"):
    (folder / name).write_text(text, encoding=encoding)
    return folder / name


PLAIN = """path,label,patient,split,sex
films/0.png,normal,ann,train,F
films/1.png,opacity,ann,train,F
films/2.png,normal,bob,test,M
films/3.png,OPACITY,cid,Validation,
"""


def test_that_a_table_tells_label_patient_and_split(folder):
    films = read_films(write_table(folder, PLAIN), LAYOUT)
    assert list(films.labels) == [0, 1, 0, 1]
    assert list(films.patients) == ["ann", "ann", "bob", "cid"]
    assert list(films.splits) == ["train", "train", "test", "val"]


def test_that_a_film_of_a_table_is_prepared_as_in_the_viewer(folder):
    films = read_films(write_table(folder, PLAIN), LAYOUT)
    rows = to_sequence(read_frame(read_image(folder / films.names[2])), FORMAT).rows
    np.testing.assert_array_equal(films.rows[2], rows.astype(np.float16))


def test_that_words_of_subgroups_are_kept(folder):
    layout = replace(LAYOUT, columns=Columns(subgroups=("sex",)))
    films = read_films(write_table(folder, PLAIN), layout)
    assert list(films.groups["sex"]) == ["F", "F", "M", ""]


def test_that_a_parquet_table_gives_the_films_of_its_csv(folder):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.csv import read_csv
    from pyarrow.parquet import write_table as write_parquet

    text = write_table(folder, PLAIN)
    write_parquet(read_csv(text), folder / "table.parquet")
    assert pyarrow
    one, other = (read_films(folder / f"table.{kind}", LAYOUT) for kind in ("csv", "parquet"))
    np.testing.assert_array_equal(one.rows, other.rows)
    np.testing.assert_array_equal(one.labels, other.labels)
    np.testing.assert_array_equal(one.patients, other.patients)
    np.testing.assert_array_equal(one.splits, other.splits)


def test_that_numbers_of_a_parquet_table_are_labels(folder):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table as write_parquet

    paths = [f"films/{number}.png" for number in range(4)]
    table = pyarrow.table({"path": paths, "effusion": [0.0, 1.0, None, 1.0]})
    write_parquet(table, folder / "table.parquet")
    layout = FolderLayout(FORMAT, ("0", "1"), columns=Columns(label="effusion"))
    assert list(read_films(folder / "table.parquet", layout).labels) == [0, 1, 1]


def test_that_a_missing_pyarrow_is_told_with_what_to_install(folder, monkeypatch):
    (folder / "table.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(DataError, match=r"pip install 'rowscope\[train\]'"):
        read_films(folder / "table.parquet", LAYOUT)


def test_that_columns_may_have_other_names(folder):
    text = PLAIN.replace("path,label,patient,split", "Image Index,Finding,ID,Fold")
    columns = Columns("Image Index", "Finding", "ID", "Fold")
    films = read_films(write_table(folder, text), replace(LAYOUT, columns=columns))
    assert list(films.patients) == ["ann", "ann", "bob", "cid"]


def test_that_a_table_without_patients_takes_them_from_names(folder):
    text = "path,label\nfilms/0.png,normal\nfilms/1.png,opacity\n"
    films = read_films(write_table(folder, text), replace(LAYOUT, patient=r"(\d)\.png"))
    assert list(films.patients) == ["0", "1"]
    assert set(films.splits) == {"train"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("path,label", "file,label"), r"no column “path” but “file”.*`data\.columns\.path`"),
        (("path,label,patient", "path,path,patient"), r"two columns “path”"),
        (("test", "tset"), r"the split of films/2\.png is “tset”"),
        (("films/2.png,normal,bob,test,M", "films/2.png,normal"), r"line 4: 2 cells"),
        (
            ("films/3.png,OPACITY,cid", "films/0.png,normal,dan"),
            r"lines of films/0\.png contradict each other: “patient” is “ann” in one and “dan” in",
        ),
        (("films/2.png", ""), r"a line has an empty “path”"),
    ],
)
def test_that_a_faulty_table_is_refused_in_a_sentence(folder, change, sentence):
    table = write_table(folder, PLAIN.replace(*change))
    with pytest.raises(DataError, match=sentence):
        read_films(table, LAYOUT)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_that_a_table_may_have_other_delimiters(folder, delimiter):
    films = read_films(write_table(folder, PLAIN.replace(",", delimiter)), LAYOUT)
    assert len(films) == 4


def test_that_a_table_of_a_spreadsheet_is_read(folder):
    films = read_films(write_table(folder, PLAIN + "\n,,,,\n", encoding="utf-8-sig"), LAYOUT)
    assert len(films) == 4


def test_that_a_table_in_another_encoding_is_named(folder):
    table = write_table(folder, PLAIN.replace("ann", "Jörg"), encoding="latin-1")
    with pytest.raises(DataError, match=r"table\.csv is not UTF-8"):
        read_films(table, LAYOUT)


def test_that_a_file_that_is_no_parquet_table_is_named(folder):
    pytest.importorskip("pyarrow")
    (folder / "table.parquet").write_bytes(b"no table")
    with pytest.raises(DataError, match=r"table\.parquet is not a Parquet table"):
        read_films(folder / "table.parquet", LAYOUT)


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["Effusion"], 1),
        (["effusion "], 1),
        (["Nodule"], 0),
        (["Nodule", "Effusion"], 1),
        (["No Finding"], 0),
        ([""], None),
        (["nan"], None),
        (["NaN"], None),
        (["NA"], None),
        (["None"], None),
        (["unknown"], None),
        (["?"], None),
        (["-1"], None),
        (["−1.0"], None),
        (["?", "Nodule"], 0),
    ],
)
def test_that_a_finding_is_detected_among_any_others(labels, found):
    assert label_of(labels, DETECTOR) == found


def test_that_labels_of_two_classes_are_refused():
    layout = FolderLayout(FORMAT, ("Effusion", "Nodule", "Mass"), positive=1)
    assert "“Effusion” and “Mass”" in label_of(["Effusion", "Mass"], layout)


@pytest.mark.parametrize("cell", ["1", "1.0", "1.00"])
def test_that_a_one_may_be_written_with_a_point(cell):
    assert label_of([cell], FolderLayout(FORMAT, ("0", "1"))) == 1


def test_that_version_like_labels_stay_apart():
    assert label_of(["1.5"], FolderLayout(FORMAT, ("1", "1.5"))) == 1


def test_that_labels_in_one_cell_are_separated(folder):
    text = "path,label\nfilms/0.png,Nodule|Effusion\nfilms/1.png,Nodule|Mass\n"
    assert list(read_films(write_table(folder, text), DETECTOR).labels) == [1, 0]


def test_that_labels_on_several_lines_are_taken_together(folder):
    text = "path,label\nfilms/0.png,Nodule\nfilms/1.png,Mass\nfilms/0.png,Effusion\n"
    assert list(read_films(write_table(folder, text), DETECTOR).labels) == [1, 0]


def test_that_films_of_no_class_are_left_out_and_counted(folder):
    said = []
    text = PLAIN.replace("bob,test", "bob,train").replace("films/2.png,normal", "films/2.png,mass")
    films = read_films(write_table(folder, text), LAYOUT, report=said.append)
    assert len(films) == 3
    left_out = "table.csv: films left out because they have none of the labels"
    assert f"{left_out}: 1 (“mass” 1)" in said


def test_that_a_path_that_is_not_there_is_skipped_with_its_name(folder):
    films = read_films(write_table(folder, PLAIN + "films/9.png,normal,dan,train,F\n"), LAYOUT)
    assert [one.name for one in films.skipped] == ["films/9.png"]


def test_that_a_folder_with_a_table_is_read_by_it(folder):
    write_table(folder, PLAIN, "films.csv")
    assert list(read_films(folder, LAYOUT).patients) == ["ann", "ann", "bob", "cid"]


def test_that_a_tar_file_with_a_table_is_read_by_it(folder):
    write_table(folder, PLAIN, "films.csv")
    with tarfile.open(folder / "all.tar", "w") as archive:
        archive.add(folder / "films.csv", "all/films.csv")
        archive.add(folder / "films", "all/films")
    packed, open_ = read_films(folder / "all.tar", LAYOUT), read_films(folder, LAYOUT)
    np.testing.assert_array_equal(packed.rows, open_.rows)
    np.testing.assert_array_equal(packed.splits, open_.splits)


def test_that_a_table_in_a_tar_file_cannot_name_files_outside(folder):
    write_table(folder, PLAIN.replace("films/0.png", str(folder / "films/0.png")), "films.csv")
    with tarfile.open(folder / "all.tar", "w") as archive:
        archive.add(folder / "films.csv", "films.csv")
        archive.add(folder / "films", "films")
    with pytest.raises(DataError, match="outside the archive"):
        read_films(folder / "all.tar", LAYOUT)


def test_that_a_damaged_tar_file_is_named(folder):
    (folder / "all.tar.gz").write_bytes(b"\x1f\x8b\x08\x00 no archive")
    with pytest.raises(DataError, match=r"all\.tar\.gz"):
        read_films(folder / "all.tar.gz", LAYOUT)


def test_that_a_class_may_be_called_as_what_says_nothing():
    assert label_of(["None"], FolderLayout(FORMAT, ("none", "Effusion"))) == 0


def test_that_films_without_a_label_are_counted_by_their_words(folder):
    said = []
    text = "path,label\nfilms/0.png,?\nfilms/1.png,Effusion\nfilms/2.png,Mass\nfilms/3.png,\n"
    read_films(write_table(folder, text), DETECTOR, report=said.append)
    assert said[-1].endswith("none of the labels: 2 (nothing 1, “?” 1)")


def test_that_a_patient_is_one_with_and_without_a_point(folder):
    text = PLAIN.replace("ann", "17", 1).replace("ann", "17.0").replace("cid", "nan")
    films = read_films(write_table(folder, text), LAYOUT)
    assert list(films.patients) == ["17", "17", "bob", "films/3.png"]


def test_that_columns_are_found_whatever_their_capitals_and_spaces(folder):
    text = PLAIN.replace("path,label,patient,split", " Path ,LABEL, Patient,Split ")
    films = read_films(write_table(folder, text), LAYOUT)
    assert list(films.patients) == ["ann", "ann", "bob", "cid"]
    assert list(films.splits) == ["train", "train", "test", "val"]


def test_that_columns_that_differ_by_capitals_are_not_guessed(folder):
    table = write_table(folder, PLAIN.replace("path,label", "Path,PATH"))
    with pytest.raises(DataError, match="no column “path” but “Path”, “PATH”; write it as there"):
        read_films(table, LAYOUT)


def test_that_unnamed_columns_do_not_disturb(folder):
    lines = [f"{number},{line}," for number, line in enumerate(PLAIN.splitlines())]
    text = "\n".join(lines).replace("0,path", ",path", 1)
    assert len(read_films(write_table(folder, text), LAYOUT)) == 4


def test_that_a_table_in_utf_16_is_read(folder):
    table = write_table(folder, PLAIN.replace("ann", "Jörg"), encoding="utf-16")
    assert list(read_films(table, LAYOUT).patients) == ["Jörg", "Jörg", "bob", "cid"]


def test_that_a_column_of_each_class_is_a_label(folder):
    lines = ["path,normal,Opacity", *(f"films/{n}.png,{1 - n % 2}.0,{n % 2}" for n in range(4))]
    films = read_films(write_table(folder, "\n".join(lines)), LAYOUT)
    assert list(films.labels) == [0, 1, 0, 1]


def test_that_a_column_of_only_one_class_is_no_label(folder):
    table = write_table(folder, PLAIN.replace("label", "opacity"))
    with pytest.raises(DataError, match=r"no column “label”.*`data\.columns\.label`"):
        read_films(table, LAYOUT)


@pytest.mark.parametrize(
    "spelling", ["./films/0.png", "films//0.png", "films\\0.png", "films/x/../0.png"]
)
def test_that_one_film_in_two_spellings_is_one_film(folder, spelling):
    films = read_films(write_table(folder, PLAIN + f"{spelling},normal,ann,train,F\n"), LAYOUT)
    assert list(films.names) == [f"films/{number}.png" for number in range(4)]


def test_that_one_film_of_two_patients_is_refused_in_any_spelling(folder):
    table = write_table(folder, PLAIN + "./films/0.png,normal,dan,train,F\n")
    with pytest.raises(DataError, match=r"lines of films/0\.png contradict each other"):
        read_films(table, LAYOUT)


def test_that_a_film_of_two_classes_is_skipped_in_any_spelling(folder):
    films = read_films(write_table(folder, PLAIN + "./films/0.png,opacity,ann,train,F\n"), LAYOUT)
    ((name, reason),) = films.skipped
    assert name == "films/0.png"
    assert reason.startswith("This film has labels of several classes")


@pytest.mark.parametrize(
    ("front", "columns"),
    [
        ("C:\\study\\", Columns(prefix="C:\\study\\")),
        ("C:\\study\\", Columns(prefix="C:/study")),
        ("/home/ann/", Columns(prefix="/home/ann")),
        ("C:\\study\\", Columns(search=True)),
        ("/home/ann/", Columns(search=True)),
    ],
)
def test_that_paths_of_another_machine_become_those_of_this_one(folder, front, columns):
    table = write_table(folder, PLAIN.replace("films/", front + "films/"))
    films = read_films(table, replace(LAYOUT, columns=columns))
    assert list(films.names) == [f"films/{number}.png" for number in range(4)]


def test_that_a_table_of_another_machine_is_refused_with_what_helps(folder):
    table = write_table(folder, PLAIN.replace("films/", "C:\\study\\"))
    with pytest.raises(DataError, match=r"none of its 4 files .*“C:/study/0.png”.*search = true"):
        read_films(table, LAYOUT)


@pytest.mark.parametrize("suffix", [".png", "png"])
def test_that_a_suffix_is_added_only_where_there_is_none(folder, suffix):
    (folder / "films/0.png").rename(folder / "films/1.2.840.png")
    text = PLAIN.replace("films/0.png", "films/1.2.840").replace("films/1.png", "films/1")
    films = read_films(write_table(folder, text), replace(LAYOUT, columns=Columns(suffix=suffix)))
    assert list(films.names) == [f"films/{name}.png" for name in ("1.2.840", "1", "2", "3")]


def test_that_a_name_in_two_folders_is_found_by_the_folders_it_says(folder):
    write_film(folder / "north/a/0.png", seed=8)
    write_film(folder / "south/a/0.png", seed=9)
    (folder / "films/0.png").unlink()
    text = PLAIN.replace("films/0.png", "/x/south/a/0.png")
    films = read_films(write_table(folder, text), replace(LAYOUT, columns=Columns(search=True)))
    assert films.names[0] == "south/a/0.png"


def test_that_a_name_in_two_folders_is_not_guessed(folder):
    write_film(folder / "other/0.png", seed=9)
    text = PLAIN.replace("films/0.png", "0.png")
    films = read_films(write_table(folder, text), replace(LAYOUT, columns=Columns(search=True)))
    several = "Several files have this name, “films/0.png”, “other/0.png”."
    assert films.skipped == (("0.png", several),)


def test_that_the_search_leaves_hidden_folders_and_circles_alone(folder):
    write_film(folder / ".checkpoints/0.png", seed=9)
    (folder / "films/again").symlink_to(folder, target_is_directory=True)
    text = PLAIN.replace("films/", "")
    films = read_films(write_table(folder, text), replace(LAYOUT, columns=Columns(search=True)))
    assert films.names[0] == "films/0.png"


def test_that_the_search_in_a_tar_file_stays_inside(folder):
    outside = str(folder / "films/0.png")
    write_table(folder, PLAIN.replace("films/0.png", outside), "films.csv")
    with tarfile.open(folder / "all.tar", "w") as archive:
        archive.add(folder / "films.csv", "films.csv")
        archive.add(folder / "films", "pictures")
    films = read_films(folder / "all.tar", replace(LAYOUT, columns=Columns(search=True)))
    assert list(films.names) == [f"pictures/{number}.png" for number in range(4)]


def test_that_a_list_says_which_films_are_the_test(folder):
    (folder / "test_list.txt").write_text("1.png\nfilms/3.png\n")
    text = "path,label\n" + "".join(f"films/{n}.png,{LAYOUT.folders[n % 2]}\n" for n in range(4))
    layout = replace(LAYOUT, columns=Columns(test_list="test_list.txt"))
    films = read_films(write_table(folder, text), layout)
    assert list(films.splits) == ["train", "test", "train", "test"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(None, "cannot be read beside it"), ("9.png\n", "none of its films is in “test.txt”")],
)
def test_that_a_list_without_a_film_is_refused(folder, text, sentence):
    if text:
        (folder / "test.txt").write_text(text)
    layout = replace(LAYOUT, columns=Columns(test_list="test.txt"))
    with pytest.raises(DataError, match=sentence):
        read_films(write_table(folder, PLAIN.replace("test,M", "train,M")), layout)


def test_that_a_pattern_with_a_slash_is_searched_in_the_whole_path():
    name = "train/patient00005/study1/view1.jpg"
    assert patient_of(name, r"(patient\d+)/") == "patient00005"
    assert patient_of(name, r"(patient\d+)") == name


def block_of_the_manual(language):
    """The first block of a language in the section “A table”."""
    text = resource_path("help", "training.md").read_text(encoding="utf-8")
    section = text.split("### A table", maxsplit=1)[1]
    return section.split(f"```{language}\n", maxsplit=1)[1].split("```", maxsplit=1)[0]


def test_that_the_table_in_the_manual_is_read(folder):
    for number, name in enumerate(("0001.dcm", "0002.dcm", "0003.png")):
        write_film(folder / "films" / f"{name}.png", seed=number)
        (folder / "films" / f"{name}.png").rename(folder / "films" / name)
    table = write_table(folder, block_of_the_manual("csv"))
    films = read_films(table, replace(DETECTOR, columns=Columns(subgroups=("sex",))))
    assert list(films.labels) == [0, 1, 0]
    assert list(films.groups["sex"]) == ["F", "M", "F"]


def test_that_the_recipe_of_a_table_in_the_manual_has_only_known_keys():
    table = tomllib.loads(block_of_the_manual("toml"))["data"]
    assert set(table.pop("columns")) <= {one.name for one in fields(Columns)}
    assert set(table) <= {one.name for one in fields(Data)}
