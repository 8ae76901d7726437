"""Does a model meet its own training films again, under whatever name?"""

import json
import shutil
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.bundle import FILMS, read_description, replace_metadata
from engine.cli import app
from engine.errors import BundleError
from engine.evaluation import measure
from engine.films import (
    FINE,
    NEAR,
    Marks,
    check_leakage,
    divide,
    layout_of,
    leakage,
    read_films,
    sketched_alike,
    sketches,
    thumbnails,
)
from engine.recipe import Data, Measures, Schedule
from engine.training import Material, build, overlaps, read_seen, seen_of, write_seen
from engine.weights import load_bundle
from tests.engine.evaluation_parts import NOW
from tests.engine.training_parts import RECIPE
from tests.engine.written_films import films_of

GRID = 32


def smooth(rng, shape=(96, 80)):
    """A drawn film that differs from every other one, as radiographs do."""
    y, x = np.mgrid[0 : 1 : complex(shape[0]), 0 : 1 : complex(shape[1])]
    total = np.zeros(shape)
    for _ in range(12):
        fy, fx, phase = rng.uniform(0.5, 9, 2), rng.uniform(0.5, 9), rng.uniform(0, 6)
        total += np.sin(fy[0] * y * 6 + fx * x * 6 + phase) / 12
    return total


def picture(values):
    low, high = values.min(), values.max()
    return Image.fromarray((255 * (values - low) / (high - low)).astype(np.uint8))


def write_folder(root, count=30, seed=0):
    rng = np.random.default_rng(seed)
    for label, name in enumerate(("above", "below")):
        (root / name).mkdir(parents=True)
        for number in range(count):
            values = smooth(rng)
            half = slice(0, 48) if label == 0 else slice(48, 96)
            values[half] += 0.4
            picture(values).save(root / name / f"{number}.png")
    return root


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A bundle of 60 films in one folder, a part of them held out; and the folder."""
    root = tmp_path_factory.mktemp("overlap")
    source = write_folder(root / "films")
    recipe = replace(
        RECIPE,
        name="own",
        classes=("above", "below"),
        input=replace(RECIPE.input, rows=GRID, columns=GRID),
        data=Data("a test", "none", validation=0.2, test=0.2),
        training=Schedule(3, 8, 1e-2),
        measure=Measures(
            allow_untold=True, statistics_films=20, influence_films=4, deletion_films=2
        ),
    )
    films = divide(read_films(source, layout_of(recipe)), recipe.data, seed=0)
    shared = check_leakage(films)
    build(recipe, Material(films, {"test": films.only("test")}, shared), output=root / "own",
          command="rowscope-engine train own.toml films -o own")  # fmt: skip
    return root / "own", source


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def evaluated(model, source, split="test"):
    return measure(model, source, split=split, now=NOW).report


def keys(report):
    return {one.key for one in report.provenance.warnings}


def split_of(trained, split):
    """Names of the films that were in a split at the training."""
    recipe_films = divide(
        read_films(trained[1], layout_of(replace(RECIPE, classes=("above", "below")))),
        Data("a test", "none", validation=0.2, test=0.2),
        seed=0,
    )
    return [str(name) for name in recipe_films.names[recipe_films.splits == split]]


def copied(trained, names, folder, change=lambda picture: picture):
    """Films under new names in another folder."""
    for number, name in enumerate(names):
        place = folder / name.partition("/")[0]
        place.mkdir(parents=True, exist_ok=True)
        change(Image.open(trained[1] / name)).save(place / f"other-{number}.png")
    return folder


def test_that_a_bundle_keeps_32_bytes_of_each_film_and_no_name(trained):
    training = read_description(trained[0])[0].training
    counts = training["seen"]["splits"]
    assert counts == {"train": 36, "val": 12, "test": 12}
    assert (trained[0] / FILMS).stat().st_size == 60 * (32 + 128)
    assert "/" not in json.dumps(training["seen"])


def test_that_the_films_held_out_are_measured_and_no_others(trained):
    report = evaluated(*trained)
    assert report.data.films == 12
    assert report.provenance.is_test
    assert [one.split for one in report.provenance.seen] == ["test"]


def test_that_renamed_training_films_are_counted_named_and_no_test(trained, tmp_path):
    folder = copied(trained, split_of(trained, "train"), tmp_path / "hospital")
    report = evaluated(trained[0], folder)
    assert "seen" in keys(report)
    seen = next(one for one in report.provenance.seen if one.split == "train")
    assert (seen.exact, seen.near) == (36, 0)
    sentence = next(one.sentence for one in report.provenance.warnings if one.key == "seen")
    assert "36 (above/other-" in sentence
    assert report.provenance.title == "all films, no test of the model"


def test_that_of_a_mixture_only_what_was_not_seen_is_measured(trained, tmp_path):
    folder = copied(trained, split_of(trained, "train")[:20], tmp_path / "mixed")
    copied(trained, split_of(trained, "val"), tmp_path / "mixed" / "..", lambda one: one)
    new = write_folder(tmp_path / "new", 8, seed=9)
    for path in new.rglob("*.png"):
        shutil.copy(path, folder / path.parent.name / f"new-{path.name}")
    report = evaluated(trained[0], folder)
    assert report.data.films == 16
    assert report.provenance.is_test


def test_that_changed_copies_are_recognised(trained, tmp_path):
    def change(film):
        return film.resize((160, 200)).point(lambda value: value * 0.8 + 10)

    folder = copied(trained, split_of(trained, "train"), tmp_path / "changed", change)
    report = evaluated(trained[0], folder)
    seen = next(one for one in report.provenance.seen if one.split == "train")
    assert seen.exact == 0
    assert seen.near >= 33
    assert "seen" in keys(report)


def test_that_changed_copies_among_new_films_are_not_measured(trained, tmp_path):
    def change(film):
        return film.resize((160, 200)).point(lambda value: value * 0.8 + 10)

    folder = copied(trained, split_of(trained, "train"), tmp_path / "mixed", change)
    for path in write_folder(tmp_path / "new", 8, seed=9).rglob("*.png"):
        shutil.copy(path, folder / path.parent.name / f"new-{path.name}")
    report = evaluated(trained[0], folder)
    assert 16 <= report.data.films <= 19
    assert report.provenance.title == "films that it was not trained or set on"


def test_that_films_of_elsewhere_are_a_test_as_a_whole(trained, tmp_path):
    report = evaluated(trained[0], write_folder(tmp_path / "elsewhere", 15, seed=5))
    assert (report.data.films, report.provenance.seen, report.provenance.whole) == (30, (), True)
    assert report.provenance.is_test


def test_that_an_evaluation_hashes_and_sketches_every_film_once(trained, tmp_path, monkeypatch):
    counted = Counter()
    for name in ("film_digests", "sketches"):
        real = getattr(leakage, name)

        def count(films, name=name, real=real):
            counted[name] += len(films)
            return real(films)

        monkeypatch.setattr(leakage, name, count)
    evaluated(trained[0], write_folder(tmp_path / "elsewhere", 15, seed=5))
    assert counted == {"film_digests": 30, "sketches": 30}


def test_that_a_report_with_training_films_goes_into_no_card(run, trained, tmp_path):
    own = shutil.copytree(trained[0], tmp_path / "own")
    copied(trained, split_of(trained, "train"), tmp_path / "hospital")
    result = run("evaluate", own, tmp_path / "hospital", "-o", tmp_path / "r.html")
    assert "no test of the model" in " ".join(result.output.split())
    refused = run("model", "card", own, tmp_path / "r.json")
    assert refused.exit_code == 1
    assert "is no test" in refused.output


def test_that_a_model_of_an_earlier_version_learns_its_films_once_they_are_its_own(
    run, trained, tmp_path
):
    old = shutil.copytree(trained[0], tmp_path / "old")
    description, config = read_description(old)
    known = dict(description.training)
    del known["seen"]
    replace_metadata(old, replace(description, training=known), config)
    (old / FILMS).unlink()
    assert read_seen(old, known) is None
    other = write_folder(tmp_path / "other", 30, seed=3)
    refused = run("model", "note-films", old, other, "--no-cache")
    assert refused.exit_code == 1
    assert "does not hold the films of old" in refused.output
    assert run("model", "note-films", old, trained[1], "--no-cache").exit_code == 0
    assert (old / FILMS).read_bytes() == (trained[0] / FILMS).read_bytes()
    assert load_bundle(old).info.sha256 == load_bundle(trained[0]).info.sha256


def test_that_a_damaged_file_is_not_believed(trained, tmp_path):
    own = shutil.copytree(trained[0], tmp_path / "own")
    training = read_description(own)[0].training
    data = bytearray((own / FILMS).read_bytes())
    data[5] ^= 1
    (own / FILMS).write_bytes(data)
    with pytest.raises(BundleError, match="is not the file that"):
        read_seen(own, training)
    (own / FILMS).write_bytes(data[:-1])
    with pytest.raises(BundleError, match="is not the file that"):
        read_seen(own, training)


def test_that_what_is_written_is_what_is_read(tmp_path):
    rng = np.random.default_rng(1)
    rows = rng.random((6, 8, 8)).astype(np.float16)
    films = films_of(list("abcdef"), [0, 1] * 3, ["train"] * 4 + ["val"] * 2, rows)
    said = write_seen(tmp_path, seen_of(Marks(films), near=False))
    seen = read_seen(tmp_path, {"seen": said})
    assert {split: len(one) for split, one in seen.digests.items()} == {"train": 4, "val": 2}
    found = overlaps(seen, Marks(films))
    assert [(one.split, one.exact, one.near) for one in found] == [("train", 4, 0), ("val", 2, 0)]


def test_that_sketches_estimate_similarity(tmp_path):
    rng = np.random.default_rng(2)
    rows = np.stack([smooth(rng, (64, 64)) for _ in range(40)])
    mixed = 0.75 * rows + 0.25 * np.roll(rows, 1, axis=0)
    given = np.concatenate((rows, mixed)).astype(np.float16)
    films = films_of([str(n) for n in range(80)], [0, 1] * 40, ["train"] * 80, given)
    fine, bits = thumbnails(films, FINE), sketches(films)
    true = (fine[:40] * fine[40:]).sum(axis=1)
    pairs = [sketched_alike(bits[n : n + 1], bits[40 + n : 41 + n], least=-1) for n in range(40)]
    found = np.array([one[0][2] for one in pairs])
    assert np.abs(found - true).max() < 0.12  # three standard deviations at 0
    assert sketched_alike(bits[:1], bits[:1]) == [(0, 0, 1.0)]
    assert NEAR < 1
