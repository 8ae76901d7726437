"""Analyses and traces as files of numpy arrays."""

from dataclasses import replace

import numpy as np
import pytest

import engine
from engine.types import Uids

VALUES = np.random.default_rng(0).integers(0, 255, (40, 30)).astype(np.uint8)


@pytest.fixture(params=["gru", "lstm", "rnn"])
def model(request, make_bundle):
    return engine.load(make_bundle(cell=request.param, bidirectional=True))


@pytest.fixture
def analysis(tiny_bundle):
    return engine.load(tiny_bundle).analyse(VALUES)


def stored(path):
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def test_that_an_analysis_is_stored_with_everything_it_holds(analysis, tmp_path):
    analysis.to_npz(tmp_path / "film.npz")
    found = stored(tmp_path / "film.npz")
    np.testing.assert_array_equal(found["h"], analysis.states.h)
    np.testing.assert_array_equal(found["edges"], analysis.states.edges)
    np.testing.assert_array_equal(found["by_row"], analysis.prediction.by_row)
    np.testing.assert_array_equal(found["probabilities"], analysis.prediction.probabilities)
    np.testing.assert_array_equal(found["influence"], analysis.influence.values)
    assert found["classes"].tolist() == ["normal", "pneumonia"]
    assert (found["target"], found["log_odds"]) == (1, analysis.influence.log_odds)


def test_that_a_file_says_which_weights_and_which_program_answered(analysis, tmp_path):
    analysis.to_npz(tmp_path / "film.npz")
    found = stored(tmp_path / "film.npz")
    names = ("model", "model_version", "sha256", "program_version")
    expected = ["tiny", "1.2.3", analysis.model.sha256, engine.__version__]
    assert [str(found[name]) for name in names] == expected


def test_that_a_file_is_bound_to_its_film(analysis, tmp_path):
    image = replace(analysis.image, uids=Uids(instance="2.25.1"))
    replace(analysis, image=image, frame=2).to_npz(tmp_path / "film.npz")
    found = stored(tmp_path / "film.npz")
    assert (str(found["sop_instance_uid"]), int(found["frame"])) == ("2.25.1", 2)


def test_that_nothing_of_the_patient_but_the_uid_is_stored(analysis, tmp_path):
    image = replace(analysis.image, path=tmp_path / "Doe Jane 1970.dcm")
    replace(analysis, image=image).to_npz(tmp_path / "film.npz")
    assert not any("Doe" in str(array) for array in stored(tmp_path / "film.npz").values())


def test_that_an_abstention_is_stored_as_one(tiny_bundle, tmp_path):
    engine.load(tiny_bundle).analyse(np.zeros((40, 30))).to_npz(tmp_path / "film.npz")
    found = stored(tmp_path / "film.npz")
    assert "no contrast" in str(found["abstained"])
    assert not {"h", "probabilities", "influence"} & set(found)


def test_that_a_trace_is_stored_with_everything_it_holds(model, tmp_path):
    trace = model.trace(VALUES)
    trace.to_npz(str(tmp_path / "film.npz"))
    found = stored(tmp_path / "film.npz")
    np.testing.assert_array_equal(found["h"], trace.h)
    np.testing.assert_array_equal(found["by_row_logits"], trace.by_row)
    assert found["gate_names"].tolist() == list(trace.gates)
    for place, (name, gate) in enumerate(trace.gates.items()):
        np.testing.assert_array_equal(found["gates"][place], gate)
        np.testing.assert_array_equal(found[f"gates_{name}"], gate)
    for name, array in (("c", trace.c), ("memory", trace.memory)):
        assert (name in found) == (array is not None)


def test_that_an_analysis_can_be_stored_with_its_trace(model, tmp_path):
    analysis, trace = model.analyse(VALUES), model.trace(VALUES)
    analysis.to_npz(tmp_path / "film.npz", trace)
    found = stored(tmp_path / "film.npz")
    np.testing.assert_array_equal(found["by_row"], analysis.prediction.by_row)
    np.testing.assert_array_equal(found["logits"], trace.logits)


def test_that_the_file_has_the_name_that_was_given(analysis, tmp_path):
    analysis.to_npz(tmp_path / "film.result")
    assert [path.name for path in tmp_path.iterdir()] == ["film.result"]


def test_that_the_same_analysis_makes_the_same_file(analysis, tmp_path):
    for name in ("one", "other"):
        analysis.to_npz(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_that_a_file_that_cannot_be_written_leaves_the_old_one(analysis, tmp_path, monkeypatch):
    (tmp_path / "film.npz").write_bytes(b"old")

    def half(file, **_):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.npz.np.savez_compressed", half)
    with pytest.raises(OSError, match="No space left"):
        analysis.to_npz(tmp_path / "film.npz")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_that_a_folder_that_is_not_there_is_said(analysis, tmp_path):
    with pytest.raises(FileNotFoundError):
        analysis.to_npz(tmp_path / "nothing" / "film.npz")
