"""The interface for notebooks."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image as Raster

import engine
from engine.errors import BundleError, DeviceError, ImageError, InferenceError

VALUES = np.random.default_rng(0).integers(0, 255, (40, 30)).astype(np.uint8)


@pytest.fixture(scope="module")
def model(tiny_bundle):
    return engine.load(tiny_bundle)


@pytest.fixture
def film(tmp_path):
    """A PNG of `VALUES`."""
    path = tmp_path / "film.png"
    Raster.fromarray(VALUES).save(path)
    return path


def answer(analysis):
    return analysis.prediction.probabilities.tolist()


def test_that_importing_the_engine_and_naming_load_loads_no_torch():
    code = "import sys, engine; assert dir(engine); assert 'torch' not in sys.modules"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_that_a_path_a_text_a_frame_and_an_array_have_one_answer(model, film):
    frame = engine.imaging.read_frame(engine.imaging.read_image(film))
    expected = answer(
        engine.analyse_rows(model.info.path, engine.preparation.prepare(frame, model.info))
    )
    for source in (film, str(film), frame, VALUES, VALUES.tolist()):
        given = np.array(source, np.uint8) if isinstance(source, list) else source
        assert answer(model.analyse(given)) == expected


def test_that_a_model_is_loaded_by_name(tiny_bundle, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_MODELS", str(tiny_bundle.parent))
    assert engine.load("tiny").info.path == tiny_bundle


def test_that_a_device_can_be_chosen_and_is_told(tiny_bundle):
    assert engine.load(tiny_bundle, "cpu").device == "CPU"
    with pytest.raises(DeviceError, match="“tpu” is no device"):
        engine.load(tiny_bundle, "tpu")


def test_that_an_unknown_model_is_refused():
    with pytest.raises(BundleError, match="no model “nothing”"):
        engine.load("nothing")


def test_that_a_frame_number_is_of_the_file(model, film):
    with pytest.raises(ImageError, match="no frame 4"):
        model.analyse(film, 3)


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros((3, 4, 5)), "is no film; give numbers in rows × columns"),
        (np.zeros(4), "is no film"),
        (np.zeros((0, 4)), "is no film"),
        (np.zeros((40, 30), complex), "is no film"),
        (np.full((40, 30), "a"), "is no film"),
        (np.full((40, 30), object()), "is no film"),
        (np.full((40, 30), np.nan), "not finite"),
        (np.full((40, 30), 1e300), "not finite"),
    ],
)
def test_that_an_array_that_is_no_film_is_refused(model, array, sentence):
    with pytest.raises(ImageError, match=sentence):
        model.analyse(array)


@pytest.mark.parametrize("limits", [(np.nan, 1.0), (0.0, np.inf), (1.0, 0.0)])
def test_that_a_range_that_is_none_is_refused(model, limits):
    with pytest.raises(ImageError, match="is no range of values"):
        model.analyse(VALUES, value_range=limits)


def test_that_the_range_of_bytes_is_that_of_the_type(model):
    assert model.analyse(VALUES).header.value_range == (0.0, 255.0)


def test_that_the_range_of_fractions_below_zero_is_their_own_or_as_given(model):
    array = VALUES / 7.0 - 3
    assert model.analyse(array).header.value_range == (float(array.min()), float(array.max()))
    assert model.analyse(array, value_range=(0, 4095)).header.value_range == (0.0, 4095.0)


def test_that_an_array_is_left_as_it_was(model):
    array = VALUES.copy()
    model.analyse(array)
    np.testing.assert_array_equal(array, VALUES)


def test_that_many_films_come_one_after_the_other_and_each_once(model, film):
    Raster.fromarray(VALUES.T).save(film.with_name("other.png"))
    answers = model.analyse_many([film.parent, str(film)])
    assert [found.image.path.name for found in answers] == ["film.png", "other.png"]


def test_that_a_broken_film_among_many_raises_its_error(model, film):
    (film.parent / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(ImageError, match=r"a\.png"):
        list(model.analyse_many([film.parent]))


def test_that_a_broken_film_among_many_can_be_told_and_left(model, film):
    (film.parent / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    told = []
    found = list(
        model.analyse_many(
            [film.parent], on_refusal=lambda path, error: told.append((path.name, error.reason))
        )
    )
    assert [one.image.path.name for one in found] == ["film.png"]
    assert [name for name, _ in told] == ["a.png"]


def test_that_a_trace_is_of_the_same_reading(model, film):
    trace, found = model.trace(film), model.analyse(film)
    np.testing.assert_array_equal(trace.h, found.states.h)
    assert int(trace.logits.argmax()) == int(found.prediction.probabilities.argmax())


def test_that_influence_is_that_of_the_analysis_by_default(model, film):
    found, expected = model.influence(film), model.analyse(film).influence
    np.testing.assert_array_equal(found.values, expected.values)
    assert found.target == expected.target


def test_that_the_two_classes_have_opposite_influence(model, film):
    one, other = (model.influence(film, name) for name in ("pneumonia", "normal"))
    np.testing.assert_allclose(one.values, -other.values, atol=1e-6)
    assert model.influence(film, 0).target == other.target == 0


def test_that_the_most_probable_of_many_classes_is_explained(make_bundle, film):
    model = engine.load(make_bundle(classes=5))
    assert model.influence(film).target == model.analyse(film).prediction.target


@pytest.mark.parametrize("method", ["integrated-gradients", "shapley"])
def test_that_columns_divide_the_influence_of_their_band(model, film, method):
    found = model.columns(film, (2, 5), "pneumonia", method=method)
    assert float(found.values.sum()) == pytest.approx(found.total, abs=1e-4)
    assert (found.first, found.last, found.method) == (2, 5, method)
    assert len(found.edges) == model.info.input.columns + 1
    if method == "integrated-gradients":
        rows = model.influence(film, "pneumonia", method=method)
        assert found.total == pytest.approx(float(rows.values[2:5].sum()), abs=1e-3)


@pytest.mark.parametrize("steps", [(3, 3), (-1, 2), (0, 99)])
def test_that_a_band_outside_the_film_is_refused(model, film, steps):
    with pytest.raises(InferenceError, match="no band of the film"):
        model.columns(film, steps)


@pytest.mark.parametrize("target", ["PNEUMONIA", "", 2, -1, "x" * 1000, "\x1b[2J"])
def test_that_an_unknown_class_is_refused_with_the_known_ones(model, film, target):
    with pytest.raises(InferenceError, match="its classes are normal, pneumonia") as caught:
        model.influence(film, target)
    assert str(caught.value).isprintable()


def test_that_an_unknown_method_is_refused_with_the_known_ones(model, film):
    with pytest.raises(InferenceError, match="“magic” is no method; use integrated-gradients"):
        model.influence(film, method="magic")


def test_that_a_model_that_abstains_opens_nothing(model, make_frame):
    slice_ = make_frame(np.arange(1200.0).reshape(40, 30), modality="CT")
    assert model.analyse(slice_).abstained
    for opened in (model.trace, model.influence):
        with pytest.raises(InferenceError, match=r"the model abstains\. This is a CT") as caught:
            opened(slice_)
        assert caught.value.reason == "abstained"


def test_that_a_trace_of_nonsense_is_no_trace(own_bundle, film):
    model = engine.load(own_bundle)
    model.network.head.bias[0] = torch.nan
    for opened in (model.trace, model.influence, model.analyse):
        with pytest.raises(InferenceError, match=r"no usable answer for film\.png"):
            opened(film)


def test_that_changed_rows_can_be_read_again(model, film):
    frame = engine.imaging.read_frame(engine.imaging.read_image(film))
    changed = frame.values.copy()
    changed[10:20] = 0
    assert answer(model.analyse(replace(frame, values=changed))) != answer(model.analyse(frame))


def test_that_a_model_says_what_it_is_in_one_line(model):
    assert repr(model).startswith("<Model tiny 1.2.3: Tiny model; ")
    assert repr(model).endswith("; on CPU>")


def test_that_gates_memory_and_answer_by_row_are_those_of_the_trace(model, film):
    trace = model.trace(film)
    assert list(model.gates(film)) == list(trace.gates)
    np.testing.assert_array_equal(model.gates(film)["z"], trace.gates["z"])
    np.testing.assert_array_equal(model.memory(film), trace.memory)
    shown = model.analyse(film).prediction.by_row
    np.testing.assert_allclose(model.by_row(film), shown, atol=1e-6)


def test_that_the_horizon_is_measured_on_films(model, film):
    found = model.horizon([film, VALUES])
    assert (found.of, found.films, found.name) == ("answer", 2, "tiny")
    assert model.horizon([film], state=True).of == "state"
    with pytest.raises(InferenceError, match="at least one film"):
        model.horizon([])


def test_that_the_network_is_the_module_that_answers(model, film):
    frame = engine.imaging.read_frame(engine.imaging.read_image(film))
    rows = torch.from_numpy(engine.sequence.to_sequence(frame, model.info.input).rows)
    assert isinstance(model.network, torch.nn.Module)
    with torch.no_grad():
        logits = model.network(rows[None])[0]
    np.testing.assert_allclose(logits.softmax(0), answer(model.analyse(film)), atol=1e-5)


def test_that_the_card_comes_with_the_model(model, tiny_bundle):
    assert model.card == (tiny_bundle / "README.md").read_text("utf-8")


def test_that_trust_is_that_of_the_analysis(model, film):
    assert model.trust(film).checks == model.analyse(film).trust.checks
    assert model.trust(np.zeros((40, 30))).abstains


def test_that_every_name_of_the_root_is_there():
    assert {"load", "train", "tune", "evaluate", "list_models"} <= set(dir(engine))
    with pytest.raises(AttributeError, match="No engine attribute nothing"):
        engine.nothing  # noqa: B018
