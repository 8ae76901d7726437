"""What the measured films are to the model: said above all figures, and found out for certain."""

from dataclasses import replace

import numpy as np
import pytest

from engine.evaluation import provenance_of
from engine.films import Marks, split_prints
from engine.training import choose_films
from tests.engine.evaluation_parts import evaluated, write_bundle, write_films


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_bundle(tmp_path_factory.mktemp("provenance") / "tiny")


@pytest.fixture
def films(tmp_path):
    return write_films(tmp_path / "films.npz")


def provenance(folder, films, split):
    return evaluated(folder, films, split).report.provenance


def keys(found):
    return {one.key for one in found.warnings}


def info_of(folder):
    from engine.bundle import read_metadata

    return read_metadata(folder)


def test_that_training_films_are_named_in_red(folder, films):
    found = provenance(folder, films, "train")
    assert [(one.key, one.grave) for one in found.warnings] == [("learnt", True)]
    assert found.warnings[0].sentence.startswith(f"All {found.learnt} measured films")


def test_that_validation_films_that_the_bundle_keeps_are_named_in_red(folder, films, tmp_path):
    chosen = choose_films(info_of(folder), films, split="val").films
    own = write_bundle(tmp_path / "own", chosen)
    found = provenance(own, films, "val")
    assert found.recognised == len(chosen)
    assert [(one.key, one.grave) for one in found.warnings] == [("validated", True)]
    assert found.on_calibration


def test_that_films_divided_otherwise_than_at_the_training_are_suspected(folder, films, tmp_path):
    chosen = choose_films(info_of(folder), films, split="val").films
    first = chosen.take(np.arange(8))
    others = choose_films(info_of(folder), films, split="train").films.take(np.arange(30))
    known = replace(
        first,
        rows=np.concatenate((first.rows[:], others.rows[:])),
        labels=np.append(first.labels, others.labels),
        heights=np.append(first.heights, others.heights),
    )
    own = write_bundle(tmp_path / "own", known)
    assert keys(provenance(own, films, "val")) == {"validated", "divided"}


def test_that_other_data_divided_by_the_recipe_are_no_calibration_films(folder, films):
    found = provenance(folder, films, "val")
    assert keys(found) == {"others"}
    assert not found.on_calibration


def test_that_calibration_films_are_recognised_under_another_name(folder, films, tmp_path):
    chosen = choose_films(info_of(folder), films, split="val").films
    own = write_bundle(tmp_path / "own", chosen)
    (tmp_path / "renamed").mkdir()
    again = tmp_path / "renamed" / "elsewhere.npz"
    again.write_bytes(films.read_bytes())
    assert keys(provenance(own, again, "test")) == {"recognised"}


def test_that_data_with_the_name_of_the_training_data_are_suspected(folder, films):
    found = provenance(folder, films, "test")
    assert found.whole
    assert [(one.key, one.grave) for one in found.warnings] == [("name", True)]


def test_that_the_test_set_of_the_training_is_not_suspected(folder, tmp_path):
    exam = write_films(tmp_path / "exam.npz", seed=5)
    assert provenance(folder, exam, "test").warnings == ()


def test_that_a_command_that_cannot_be_read_suspects_nothing(tmp_path):
    folder = write_bundle(tmp_path / "tiny", training={"command": 'train "films'})
    found = provenance(folder, write_films(tmp_path / "films.npz"), "test")
    assert found.warnings == ()


def test_that_films_that_were_learnt_are_found_by_their_rows(folder, tmp_path):
    source = write_films(tmp_path / "films.npz", 60)
    with np.load(source) as arrays:
        twice = {name: np.concatenate([arrays[name]] * 2) for name in arrays.files}
    np.savez(source, **twice)
    found = provenance(folder, source, "val")
    assert found.shared_films > 10
    assert "copies" in keys(found)
    assert not found.is_test


def test_that_patients_on_both_sides_are_counted(folder, films):
    chosen = choose_films(info_of(folder), films, split="val")
    names = np.array(["one", "two"])
    divided = replace(chosen.divided, patients=names[np.arange(len(chosen.divided)) % 2])
    from engine.measure import answers_of
    from engine.weights import load_bundle

    found = provenance_of(
        replace(chosen, every=Marks(divided), own=Marks(divided.only("val"))),
        answers_of(load_bundle(folder), chosen.films),
        None,
        split="val",
        source="films.npz",
        training={},
    )
    assert found.shared_patients == 2
    assert found.known_patients


def test_that_a_stored_fingerprint_tells_the_films_of_the_training(folder, films, tmp_path):
    divided = choose_films(info_of(folder), films, split="val").divided
    prints = split_prints(Marks(divided), classes=2)
    stored = {one.split: one.sha256 for one in prints}
    own = write_bundle(tmp_path / "own", training={"fingerprints": stored})
    assert provenance(own, films, "train").fingerprint == "same"
    other = write_films(tmp_path / "films.npz", seed=9)
    found = provenance(own, other, "train")
    assert found.fingerprint == "other"
    assert "fingerprint" in keys(found)


def test_that_a_fingerprint_does_not_depend_on_the_order_of_films(folder, films):
    divided = choose_films(info_of(folder), films, split="val").divided
    order = np.random.default_rng(0).permutation(len(divided))
    turned = divided.take(order)
    both = [split_prints(Marks(one), classes=2) for one in (divided, turned)]
    assert both[0] == both[1]


def test_that_a_fingerprint_depends_on_every_pixel(folder, films):
    divided = choose_films(info_of(folder), films, split="val").divided
    rows = np.array(divided.rows)
    rows[0, 0, 0] += np.float16(0.5)
    changed = replace(divided, rows=rows)
    both = [split_prints(Marks(one), classes=2) for one in (divided, changed)]
    assert both[0] != both[1]
