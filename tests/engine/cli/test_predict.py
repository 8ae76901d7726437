import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image as Raster
from typer.testing import CliRunner

from engine import __version__
from engine.cli import app


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def film(tmp_path):
    values = np.random.default_rng(0).integers(0, 256, (40, 30)).astype(np.uint8)
    Raster.fromarray(values).save(tmp_path / "film.png")
    return tmp_path / "film.png"


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "[red]bad\x1b.png"
    path.write_bytes(b"not an image")
    return path


def predict(run, *arguments):
    result = run("predict", *arguments, "--json")
    return result.exit_code, json.loads(result.stdout)["results"]


def test_that_a_film_is_answered_in_json(run, tiny_bundle, film):
    code, (result,) = predict(run, film, "--model", tiny_bundle)
    assert (code, result["status"], result["reason"]) == (0, "ok", None)
    assert (result["path"], result["frame"]) == (str(film), 0)
    assert result["classes"] == ["normal", "pneumonia"]
    assert sum(result["probabilities"]) == pytest.approx(1)
    assert (result["model"]["name"], result["model"]["version"]) == ("tiny", "1.2.3")
    assert len(result["model"]["sha256"]) == 64
    assert result["seconds"] > 0
    assert result["device"]


def test_that_a_bad_file_does_not_keep_the_others_from_being_read(run, tiny_bundle, film, bad):
    code, results = predict(run, bad, film, bad.parent / "no", "--model", tiny_bundle)
    assert code == 1
    assert [result["status"] for result in results] == ["refused", "ok", "refused"]
    assert all(result["reason"].endswith(".") for result in results[::2])
    assert results[0]["probabilities"] is None


def test_that_a_mistake_of_ours_costs_one_file_only(run, tiny_bundle, film, monkeypatch):
    monkeypatch.setattr("engine.preparation.read_image", lambda path: 1 / 0)
    code, (result,) = predict(run, film, "--model", tiny_bundle)
    assert (code, result["status"]) == (1, "refused")
    assert "unexpected ZeroDivisionError" in result["reason"]


def test_that_an_image_for_another_model_is_abstained_from(run, tiny_bundle, tmp_path):
    Raster.fromarray(np.full((40, 30), 7, np.uint8)).save(tmp_path / "flat.png")
    code, (result,) = predict(run, tmp_path / "flat.png", "--model", tiny_bundle)
    assert (code, result["status"], result["probabilities"]) == (0, "abstained", None)
    assert "no contrast" in result["reason"]


def test_that_folders_are_walked_in_order(run, tiny_bundle, film, tmp_path):
    for name in ("sub/b.png", "sub/a.png", ".hidden.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(film.read_bytes())
    (tmp_path / "labels.csv").write_text("film,label\n")
    _, results = predict(run, tmp_path, "--model", tiny_bundle)
    names = [result["path"].removeprefix(f"{tmp_path}/") for result in results]
    assert names == ["film.png", "sub/a.png", "sub/b.png"]


def test_that_a_path_that_no_system_can_hold_is_refused(run, tiny_bundle, film):
    code, results = predict(run, "x" * 5000, film, "--model", tiny_bundle)
    assert (code, [result["status"] for result in results]) == (1, ["refused", "ok"])


def test_that_the_table_names_film_and_answer(run, tiny_bundle, film):
    result = run("predict", film, "--model", tiny_bundle)
    assert "film.png" in result.stdout
    assert "pneumonia" in result.stdout
    assert "Research use only" in result.stdout


def test_that_a_files_name_cannot_steer_the_terminal(run, tiny_bundle, bad):
    result = run("predict", bad, "--model", tiny_bundle)
    assert "\x1b" not in result.stdout
    assert "[red]bad" in result.stdout


def test_that_an_unknown_model_is_one_sentence_on_stderr(run, film):
    result = run("predict", film, "--model", "nothing")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no model “nothing”")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("cell", "gates"), [("gru", "rzn"), ("lstm", "ifgo"), ("rnn", "")])
def test_that_a_trace_holds_every_array_in_its_shape(
    run, make_bundle, film, tmp_path, cell, gates
):
    model = make_bundle(cell=cell, bidirectional=True)
    result = run("trace", film, "-o", tmp_path / "out.npz", "--model", model)
    assert result.exit_code == 0, result.stderr
    with np.load(tmp_path / "out.npz", allow_pickle=False) as arrays:
        shapes = {name: arrays[name].shape for name in arrays.files}
        assert "".join(arrays["gate_names"]) == gates
    states = (2, 2, 8, 6)
    expected = {
        "h": states,
        "gates": (len(gates), *states),
        "gate_names": (len(gates),),
        "by_row": (8, 2),
        "by_row_logits": (8, 2),
        "logits": (2,),
        "influence": (8,),
        "influence_grid": (8, 6),
        "grid_row_edges": (9,),
        "grid_column_edges": (7,),
        "edges": (9,),
        "probabilities": (2,),
        "classes": (2,),
    }
    expected |= {f"gates_{name}": states for name in gates}
    expected |= {"memory": states[1:]} if gates else {}
    expected |= {"c": states} if cell == "lstm" else {}
    assert {name: shape for name, shape in shapes.items() if shape} == expected
    assert {"model", "model_version", "sha256", "program_version"} <= set(shapes)


@pytest.mark.parametrize("arguments", [("-o", "/no/such/folder/o.npz"), ("--frame", "7")])
def test_that_a_trace_that_cannot_be_made_is_one_sentence(
    run, tiny_bundle, film, tmp_path, arguments
):
    given = arguments if "-o" in arguments else (*arguments, "-o", tmp_path / "out.npz")
    result = run("trace", film, "--model", tiny_bundle, *given)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "out.npz").exists()


def test_that_nothing_is_written_where_the_model_abstains(run, tiny_bundle, tmp_path):
    Raster.fromarray(np.full((40, 30), 7, np.uint8)).save(tmp_path / "flat.png")
    result = run(
        "trace", tmp_path / "flat.png", "-o", tmp_path / "out.npz", "--model", tiny_bundle
    )
    assert (result.exit_code, (tmp_path / "out.npz").exists()) == (1, False)
    assert "the model abstains" in result.stderr


def test_that_models_are_listed(run, tiny_bundle, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_MODELS", str(tiny_bundle.parent))
    assert "1.2.3" in run("model", "list").stdout
    listed = json.loads(run("model", "list", "--json").stdout)["models"]
    assert "tiny" in [model["name"] for model in listed]


def test_that_a_model_of_free_heights_names_none(run, own_bundle, monkeypatch):
    path = own_bundle / "metadata.json"
    path.write_text(path.read_text("utf-8").replace('"stretch"', '"keep"'), "utf-8")
    monkeypatch.setenv("ROWSCOPE_MODELS", str(own_bundle.parent))
    assert "free × 12" in run("model", "list").stdout


def test_that_the_version_is_told(run):
    assert run("--version").stdout == f"rowscope {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["model", "list"], ["--version"]])
def test_that_help_and_lists_do_not_load_torch(arguments):
    code = (
        "import sys\n"
        "from engine.cli import app\n"
        f"app({arguments!r}, standalone_mode=False)\n"
        "assert 'torch' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.fixture
def digit(tmp_path):
    """A drawn one: a bright stroke on black, as large as a film."""
    values = np.zeros((28, 28), np.uint8)
    values[4:24, 13:15] = 255
    values[5:23, 12] = values[5:23, 15] = 120
    Raster.fromarray(values).resize((224, 224)).save(tmp_path / "one.png")
    return tmp_path / "one.png"


def test_that_the_installed_model_that_fits_is_named(run, digit):
    _, (result,) = predict(run, digit, "--model", "chest-pneumonia")
    assert result["status"] == "abstained"
    assert result["suggestion"] == {
        "sentence": "“Handwritten digits” (digits) reads images like this one.",
        "model": "digits",
    }
    shown = run("predict", digit, "--model", "chest-pneumonia").stdout
    assert "(digits) reads" in " ".join(shown.split())


def test_that_an_answered_film_has_no_suggestion(run, tiny_bundle, film):
    _, (result,) = predict(run, film, "--model", tiny_bundle)
    assert (result["status"], result["suggestion"]) == ("ok", None)


def test_that_the_reason_is_the_first_of_the_reasons(run, digit):
    _, (result,) = predict(run, digit, "--model", "chest-pneumonia")
    assert result["reason"] == result["reasons"][0]["sentence"]


def test_that_every_check_has_one_of_four_marks(run, digit):
    _, (result,) = predict(run, digit, "--model", "chest-pneumonia")
    marks = {check["mark"] for check in result["checks"]}
    assert marks <= {"passed", "doubtful", "failed", "not asked"}
    assert {"failed", "not asked"} <= marks


def test_that_the_help_is_in_groups_and_short(run):
    text = run("--help").stdout
    for words in ("Read films", "Make models", "predict", "trace", "train", "evaluate", "model"):
        assert words in text
    assert len(app.registered_commands) + len(app.registered_groups) <= 13
    words = set(run("model", "--help").stdout.split())
    assert {"list", "card", "export", "horizon", "fit-trust", "admission"} <= words


@pytest.mark.parametrize(("said", "words"), [
    ("zh_CN.UTF-8", "没有此文件"), ("", "no such file"), ("en", "no such file"),
    ("../zh", "no such file"),
])  # fmt: skip
def test_that_sentences_are_said_in_the_language_that_was_asked_for(
    run, monkeypatch, tiny_bundle, tmp_path, said, words
):
    monkeypatch.setenv("ROWSCOPE_LANGUAGE", said)
    monkeypatch.setenv("COLUMNS", "200")
    result = run("predict", tmp_path / "none.dcm", "--model", tiny_bundle)
    assert words in result.stdout
    result = run("predict", tmp_path / "none.dcm", "--model", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert ("没有" in result.stderr) == ("没有" in words)


def test_that_json_is_english_in_every_language(run, monkeypatch, tiny_bundle, tmp_path):
    monkeypatch.setenv("ROWSCOPE_LANGUAGE", "zh")
    _, (result,) = predict(run, tmp_path / "none.dcm", "--model", tiny_bundle)
    assert "there is no such file" in result["reason"]
