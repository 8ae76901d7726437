"""Places of models and of unfinished trainings; what happens where a training ends early."""

import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import DataError
from engine.training import building, check_place, only_training, state_of
from tests.engine.cli.test_commands import RECIPE
from tests.engine.training.test_drafting import folder


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.toml").write_text(
        RECIPE.replace("[measure]", "[measure]\nallow_untold = true")
    )
    words = ("--no-cache", "--no-audit")
    return lambda *given: CliRunner().invoke(app, [*map(str, given), *words])


@pytest.fixture
def films(tmp_path):
    for split in ("train", "test"):
        folder(tmp_path / "films" / split, ("above", "below"), 12, split + "{:02}.png")
    return tmp_path / "films"


@pytest.mark.parametrize(
    ("one", "other"),
    [("m-lr0.01", "m-lr0.001"), ("m", "m.1"), ("m.1", "m.2"), ("a.tar", "a.zip")],
)
def test_that_the_names_of_unfinished_trainings_never_collide(tmp_path, one, other):
    assert state_of(tmp_path / one) != state_of(tmp_path / other)
    assert state_of(tmp_path / one).name == f"{one}.unfinished"


def test_that_a_model_is_replaced_by_force_only(run, films, tmp_path):
    assert run("train", "tiny.toml", films, "-o", "tiny").exit_code == 0
    before = (tmp_path / "tiny" / "model.safetensors").read_bytes()
    refused = run("train", "tiny.toml", films, "-o", "tiny", "--seed", 4)
    assert refused.exit_code == 1
    assert "say --force to replace it" in refused.output
    assert (tmp_path / "tiny" / "model.safetensors").read_bytes() == before
    assert run("train", "tiny.toml", films, "-o", "tiny", "--seed", 4, "--force").exit_code == 0
    assert (tmp_path / "tiny" / "model.safetensors").read_bytes() != before


def test_that_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "own").mkdir()
    check_place(tmp_path / "own", force=False)
    (tmp_path / "own" / "notes.txt").write_text("mine")
    with pytest.raises(DataError, match="holds no model; name another folder"):
        check_place(tmp_path / "own", force=False)


def test_that_two_trainings_do_not_share_a_folder(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from engine.training.preflight import only_training\n"
        "for _ in sys.stdin:\n"
        "    try:\n        with only_training(Path(sys.argv[1])): print('in', flush=True)\n"
        "    except Exception as error: print(error, flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "m"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:

        def asked():
            other.stdin.write("in?\n")
            other.stdin.flush()
            return other.stdout.readline()

        with only_training(tmp_path / "m"), only_training(tmp_path / "n"):
            assert "Another process is training into" in asked()
        assert asked() == "in\n"
        other.stdin.close()
    assert list(tmp_path.iterdir()) == []


def test_that_a_training_whose_last_step_fails_ends_from_its_checkpoint(
    run, films, tmp_path, monkeypatch
):
    def fail(*_, **__):
        raise DataError("The disk is full.", "data")

    saved = building.save_bundle
    monkeypatch.setattr(building, "save_bundle", fail)
    failed = run("train", "tiny.toml", films, "-o", "tiny")
    assert failed.exit_code == 1
    assert "What was learnt is kept in" in failed.output
    assert (tmp_path / "tiny.unfinished").is_file()
    monkeypatch.setattr(building, "save_bundle", saved)
    again = run("train", "tiny.toml", films, "-o", "tiny")
    assert again.exit_code == 0, again.output
    assert "epoch 1 of" not in again.output
    assert not (tmp_path / "tiny.unfinished").exists()


def test_that_a_finished_training_may_end_with_other_validation_films(
    run, films, tmp_path, monkeypatch
):
    recipe = (tmp_path / "tiny.toml").read_text().replace("validation = 0.25\n", "")
    (tmp_path / "tiny.toml").write_text(recipe)
    folder(films / "val", ("above", "below"), 6, "val{:02}.png")
    saved = building.save_bundle

    def fail(*_, **__):
        raise DataError("The disk is full.", "data")

    monkeypatch.setattr(building, "save_bundle", fail)
    assert run("train", "tiny.toml", films, "-o", "tiny").exit_code == 1
    monkeypatch.setattr(building, "save_bundle", saved)
    for path in films.glob("val/*/val00.png"):
        path.unlink()
    again = run("train", "tiny.toml", films, "-o", "tiny")
    assert again.exit_code == 0, again.output
    assert "The validation films are others than before" in again.output


@pytest.fixture
def interruptible():
    """Let children be interrupted, also where the tests were started to ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible", "run")
def test_that_ctrl_c_says_how_to_go_on(films, tmp_path):
    recipe = (tmp_path / "tiny.toml").read_text().replace("epochs = 1", "epochs = 100000")
    (tmp_path / "long.toml").write_text(recipe)
    words = [sys.executable, "-m", "engine", "train", "long.toml", films, "-o", "long"]
    process = subprocess.Popen(
        [*words, "--no-cache"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        deadline = time.monotonic() + 120
        while not (tmp_path / "long.unfinished").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[0]
    finally:
        process.kill()
    assert process.returncode == 130
    assert "The same command goes on from here" in said
    assert "Traceback" not in said


def test_that_the_summary_can_be_had_without_a_training(run, films, tmp_path):
    result = CliRunner().invoke(
        app, ["train", "tiny.toml", str(films), "-o", "tiny", "--look", "--no-cache"]
    )
    assert result.exit_code == 0, result.output
    assert "training films" in result.output
    assert (tmp_path / "tiny-films.png").is_file()
    assert not (tmp_path / "tiny").exists()
