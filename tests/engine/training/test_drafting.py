"""A recipe from a look at the films; keys that are wrong, all at once; a newcomer's four lines."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import DataError
from engine.films import layout_of, read_films
from engine.recipe import Recipe, read_recipe, recipe_of
from engine.training import draft

ROOT = Path(__file__).parents[3]
RANDOM = np.random.default_rng(11)


def film(bright, shape=(40, 32)):
    """A film whose upper or lower half is brighter."""
    values = RANDOM.integers(0, 120, shape, dtype=np.uint8)
    half = slice(0, shape[0] // 2) if bright else slice(shape[0] // 2, None)
    values[half] += 100
    return values


def write(path, bright=1, shape=(40, 32)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(film(bright, shape)).save(path)


def folder(root, names=("normal", "ill"), count=12, pattern="f{:03}.png"):
    for label in names:
        for number in range(count):
            write(root / label / pattern.format(number), label == names[0])
    return root


def drafted(source, tmp_path):
    """The recipe that was drafted, read back from its file, and what was found."""
    found = draft(source, output=tmp_path / "drafted.toml")
    (tmp_path / "drafted.toml").write_text(found.text, encoding="utf-8")
    return read_recipe(tmp_path / "drafted.toml"), found.look


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_that_a_draft_reads_the_films_that_it_was_drafted_from(tmp_path):
    recipe, look = drafted(folder(tmp_path / "films"), tmp_path)
    films = read_films(tmp_path / "films", layout_of(recipe))
    assert (len(films), look.films) == (24, 24)
    assert (recipe.data.validation, recipe.data.test) == (0.2, 0.2)
    assert recipe.measure.calibrate


@pytest.mark.parametrize(
    ("names", "classes", "positive", "guessed"),
    [
        (("pneumonia", "NORMAL"), ("NORMAL", "pneumonia"), 1, False),
        (("benign", "cancer"), ("benign", "cancer"), 1, False),
        (("high", "low"), ("high", "low"), 1, True),
        (("COVID", "Non-COVID"), ("Non-COVID", "COVID"), 1, False),
        (("fractured", "not_fractured"), ("not_fractured", "fractured"), 1, False),
        (("notumor", "tumor"), ("notumor", "tumor"), 1, False),
        (("Parasitized", "Uninfected"), ("Uninfected", "Parasitized"), 1, False),
        (("sick", "well"), ("well", "sick"), 1, False),
        (("10", "9", "2"), ("2", "9", "10"), None, True),
    ],
)
def test_that_the_finding_is_the_class_that_is_not_normal(
    tmp_path, names, classes, positive, guessed
):
    recipe, look = drafted(folder(tmp_path / "films", names), tmp_path)
    assert (recipe.classes, recipe.positive) == (classes, positive)
    assert look.guessed_positive is guessed
    if guessed and positive is not None:
        assert "guessed: the finding is" in (tmp_path / "drafted.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("pattern", "whose"),
    [
        ("person{0}_bacteria_{1}.png", "person1"),
        ("patient00{0}_view{1}.png", "patient001"),
        ("0000{0}_{1:03}.png", "00001"),
        ("P{0}-left-{1}.png", "P1"),
        ("scan{0}-slice{1}.png", "scan1"),
    ],
)
def test_that_patients_are_guessed_from_the_names(tmp_path, pattern, whose):
    for label in ("normal", "ill"):
        for number in range(12):
            who = number // 3 + (10 if label == "ill" else 0)
            write(tmp_path / "films" / label / pattern.format(who, number))
    recipe, look = drafted(tmp_path / "films", tmp_path)
    films = read_films(tmp_path / "films", layout_of(recipe))
    assert look.people == len(set(films.patients)) == 8
    assert whose in films.patients


def test_that_names_without_patients_are_not_forced_into_any(tmp_path):
    recipe, look = drafted(folder(tmp_path / "films"), tmp_path)
    assert (recipe.data.patient, look.people) == ("", 0)


def test_that_splits_of_the_source_are_kept_and_few_validation_films_drawn_anew(tmp_path):
    for split, count in (("train", 30), ("valid", 24), ("Test", 6)):
        folder(tmp_path / "films" / split, count=count)
    recipe, _ = drafted(tmp_path / "films", tmp_path)
    assert (recipe.data.validation, recipe.data.test) == (0.0, 0.0)
    for path in (tmp_path / "films" / "valid").rglob("f01*.png"):
        path.unlink()
    recipe, _ = drafted(tmp_path / "films", tmp_path)
    assert (recipe.data.validation, recipe.data.test) == (0.2, 0.0)


def test_that_small_films_are_read_as_they_are(tmp_path):
    images = RANDOM.integers(0, 255, (40, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "d.npz", images=images, labels=np.arange(40) % 4)
    recipe, look = drafted(tmp_path / "d.npz", tmp_path)
    assert (recipe.input.rows, recipe.input.columns) == (28, 28)
    assert recipe.input.intensity == "full-range"
    assert recipe.classes == ("0", "1", "2", "3")
    assert len(read_films(tmp_path / "d.npz", layout_of(recipe))) == look.films == 40


def test_that_a_table_of_many_findings_becomes_none_and_any(tmp_path):
    lines = ["Image Index,Finding Labels,Patient ID"]
    labels = ("No Finding", "Mass", "Mass|Nodule", "Hernia")
    for number in range(12):
        write(tmp_path / "t" / f"images_00{number % 2}" / "images" / f"{number:04}_000.png")
        lines.append(f"{number:04}_000.png,{labels[number % 4]},{number}")
    (tmp_path / "t" / "Data_Entry.csv").write_text("\n".join(lines))
    recipe, look = drafted(tmp_path / "t" / "Data_Entry.csv", tmp_path)
    assert recipe.data.folders == ("No Finding", "*")
    assert recipe.data.columns.search
    films = read_films(tmp_path / "t" / "Data_Entry.csv", layout_of(recipe))
    assert (len(films), len(set(films.patients))) == (12, 12)
    assert look.people == 12


def test_that_one_class_is_no_data_set(tmp_path):
    folder(tmp_path / "films", ("only",))
    with pytest.raises(DataError, match="films has no films of two classes"):
        draft(tmp_path / "films", output=tmp_path / "r.toml")


def test_that_a_recipe_is_not_written_over(run, tmp_path):
    folder(tmp_path / "films")
    assert run("recipe", "films", "-o", "r.toml").exit_code == 0
    again = run("recipe", "films", "-o", "r.toml")
    assert again.exit_code == 1
    assert "say --force" in again.output
    assert run("recipe", "films", "-o", "r.toml", "--force").exit_code == 0


@pytest.mark.parametrize("text", ["", "title = 'x'\n[training]\nepochs = 1\n"])
def test_that_all_missing_keys_are_named_at_once_without_torch(tmp_path, text):
    (tmp_path / "r.toml").write_text(text)
    code = (
        "import sys; from pathlib import Path; from engine.recipe import read_recipe\n"
        "try: read_recipe(Path(sys.argv[1]))\n"
        "except Exception as error: print(error)\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "r.toml"],
        capture_output=True,
        text=True,
        check=True,
    )
    sentence, loaded = done.stdout.splitlines()
    assert loaded == "False"
    for key in ("name", "classes", "input.rows", "network.cell", "training.batch_size"):
        assert f"`{key}`" in sentence
    assert "rowscope-engine recipe" in sentence


def test_that_the_drafted_keys_are_all_that_is_required(tmp_path):
    drafted(folder(tmp_path / "films"), tmp_path)
    values = tomllib.loads((tmp_path / "drafted.toml").read_text("utf-8"))
    assert isinstance(recipe_of(values, "drafted"), Recipe)


@pytest.mark.parametrize(
    ("labels", "folders"),
    [
        (np.arange(60) % 2 + 1, ("1", "2")),
        (np.where(np.arange(60) % 2, 1, -1), ("1",)),
        (np.eye(2, dtype=int)[np.arange(60) % 2], ("0", "1")),
        (np.array(["ill", "normal"])[np.arange(60) % 2], ("normal", "ill")),
    ],
)
def test_that_labels_of_arrays_are_classes_whatever_they_are_called(tmp_path, labels, folders):
    images = RANDOM.integers(0, 255, (60, 1, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "d.npz", x_train=images, y_train=labels)
    if len(folders) == 1:  # −1 says that nothing is known
        with pytest.raises(DataError, match="no films of two classes"):
            draft(tmp_path / "d.npz", output=tmp_path / "r.toml")
        return
    recipe, _ = drafted(tmp_path / "d.npz", tmp_path)
    assert recipe.data.folders == folders
    assert recipe.input.rows == 28
    assert len(read_films(tmp_path / "d.npz", layout_of(recipe))) == 60


def test_that_values_of_no_known_scale_are_read_as_ranks(tmp_path):
    images = RANDOM.integers(-1000, 1000, (40, 28, 28)).astype(np.int16)
    np.savez(tmp_path / "ct.npz", images=images, labels=np.arange(40) % 2)
    recipe, _ = drafted(tmp_path / "ct.npz", tmp_path)
    assert recipe.input.intensity == "rank"


def test_that_a_source_that_cannot_be_trained_on_is_refused_at_the_draft(tmp_path):
    images = RANDOM.integers(0, 255, (40, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "short.npz", images=images, labels=np.arange(39) % 2)
    with pytest.raises(DataError, match="holds 40 films, but “labels” 39 labels"):
        draft(tmp_path / "short.npz", output=tmp_path / "r.toml")


def test_that_no_share_is_held_out_of_too_few_patients(tmp_path):
    folder(tmp_path / "films", count=2)
    recipe, _ = drafted(tmp_path / "films", tmp_path)
    assert (recipe.data.validation, recipe.data.test) == (0.2, 0.0)
    folder(tmp_path / "few", count=1)
    recipe, _ = drafted(tmp_path / "few", tmp_path)
    assert (recipe.data.validation, recipe.data.test) == (0.0, 0.0)
    assert "Too few patients" in (tmp_path / "drafted.toml").read_text("utf-8")


def test_that_a_table_with_a_column_for_each_class_is_drafted(tmp_path):
    lines = ["path,high,low,pid"]
    for number in range(24):
        write(tmp_path / "t" / f"{number}.png", number % 2)
        lines.append(f"{number}.png,{number % 2},{1 - number % 2},{number // 2}")
    (tmp_path / "t" / "films.csv").write_text("\n".join(lines))
    recipe, look = drafted(tmp_path / "t" / "films.csv", tmp_path)
    assert recipe.data.folders == ("high", "low")
    assert look.people == len(set(read_films(tmp_path / "t", layout_of(recipe)).patients)) == 12


def test_that_several_wrong_values_are_named_at_once(run, tmp_path):
    folder(tmp_path / "films")
    run("recipe", "films", "-o", "r.toml")
    words = ["train", "r.toml", "films", "-o", "m", "--look"]
    words += ["--set", "positive=5", "--set", "training.batch_size=0", "--set", "network.cell=x"]
    said = run(*words).output
    assert all(f"`{key}`" in said for key in ("positive", "training.batch_size", "network.cell"))
    said = run("train", "r.toml", "films", "-o", "m", "--set", "epochs=3").output
    assert "meant: `training.epochs`?" in said


# ---------------------------------------------------------------------- the four lines
def test_that_the_four_lines_of_the_readme_run_on_a_plain_folder(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder(tmp_path / "films", count=40)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("## Your own model\n```\n")[2].partition("```")[0]
    lines = [line.partition("#")[0].split() for line in block.splitlines()]
    engine = [line[1:] for line in lines if line[0] == "rowscope-engine"]
    assert [line[0] for line in engine] == ["recipe", "train", "evaluate"]
    said = {}
    for line in engine:
        result = run(*line)
        assert result.exit_code == 0, result.output
        said[line[0]] = " ".join(result.output.split())
    assert re.search(
        r"test AUC . [01]\.\d{3} \([01]\.\d{3}–[01]\.\d{3}\), 16 films", said["train"]
    )
    assert "The model lies in my-model" in said["train"]
    assert "Influence passes" in said["train"] or "Influence does not pass" in said["train"]
    assert "trained on 48 already" in said["evaluate"]
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "my-model-films.png").is_file()
    assert lines[-1] == ["rowscope", "--model", "my-model", "films"]
