"""Several processes, as torchrun starts them, train the model that one process trains."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import DeviceError
from engine.films import predict
from engine.network import build_network
from engine.training import run_epochs, start_run
from engine.weights import load_bundle
from tests.engine.free_heights import RECIPE as FREE, draw_films
from tests.engine.training_parts import FILMS, RECIPE

ROOT = Path(__file__).parents[3]
# Two processes with the environment that torchrun gives, without its waiting for torch thrice.
WORKER = """
import json, os, sys
from dataclasses import asdict
from pathlib import Path
import torch
import torch._dynamo  # every optimiser loads it, here once for both processes
from engine.network import build_network
from engine.films import predict
from engine.training import run_epochs, start_run
from tests.engine.training.test_processes import CASES

place = Path(sys.argv[1])
rank = "1" if (child := os.fork()) else "0"
os.environ |= {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2"}
os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": sys.argv[2]}
run = start_run(together=True)
with run.leader_first():
    (place / f"read-{run.rank}").write_text(str(len(list(place.glob("read-*")))))
for name, (films, recipe) in CASES.items():
    trained = run_epochs(films, recipe, run=run, checkpoint=place / f"{name}.checkpoint")
    if run.leads:
        torch.save(trained.network.state_dict(), place / f"{name}.weights")
        history = [asdict(one) for one in trained.history]
        (place / f"{name}.history").write_text(json.dumps(history))
run.finish()
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def _without_dropout(recipe, **schedule):
    """Dropout is what each process draws for itself."""
    network = replace(recipe.network, dropout=0.0)
    return replace(recipe, network=network, training=replace(recipe.training, **schedule))


TINY = """
name = "tiny"
title = "Tiny"
version = "1"
task = "Is the lower half bright"
intended_use = "Tests"
data_source = "Nobody"
classes = ["upper", "lower"]
[input]
rows = 8
columns = 8
intensity = "full-range"
[network]
cell = "gru"
hidden_size = 6
[data]
source = "a test"
licence = "none"
[population]
[training]
epochs = 2
batch_size = 8
"""
# Batches of 7 of 32 films: shares of unequal size, and in the end a batch of 4.
CASES = {
    "equal heights": (FILMS, _without_dropout(RECIPE, batch_size=7)),
    "less than a batch": (FILMS, _without_dropout(RECIPE, batch_size=31)),
    "free heights": (draw_films(), _without_dropout(FREE, batch_size=7)),
    "weights and focal loss": (
        FILMS,
        _without_dropout(RECIPE, batch_size=8, class_weights=True, focal=1.5, decay="plateau"),
    ),
}


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """What two processes made of every case."""
    place = tmp_path_factory.mktemp("run")
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    started([sys.executable, "-c", WORKER, place, port])
    return place


def started(words):
    return subprocess.run(
        [*map(str, words)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )


def torchrun(*words):
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    return started([*command, "--nproc-per-node", "2", *words])


def flat(weights):
    return torch.cat([value.flatten() for value in weights.values()])


@pytest.mark.parametrize("case", CASES)
def test_that_two_processes_train_the_model_of_one(together, case):
    films, recipe = CASES[case]
    ours = run_epochs(films, recipe).network
    theirs = build_network(recipe.config)
    theirs.load_state_dict(torch.load(together / f"{case}.weights", weights_only=True))
    answers = (predict(network, films.rows, heights=films.heights) for network in (ours, theirs))
    np.testing.assert_allclose(*answers, atol=2e-4)


def test_that_the_weights_are_those_of_one_process(together):
    films, recipe = CASES["equal heights"]
    ours = flat(run_epochs(films, recipe).network.state_dict())
    theirs = flat(torch.load(together / "equal heights.weights", weights_only=True))
    torch.testing.assert_close(theirs, ours, atol=2e-5, rtol=1e-4)


@pytest.mark.parametrize("case", CASES)
def test_that_the_figures_of_two_processes_are_those_of_one(together, case):
    films, recipe = CASES[case]
    history = json.loads((together / f"{case}.history").read_text())
    for ours, theirs in zip(run_epochs(films, recipe).history, history, strict=True):
        assert theirs["loss"] == pytest.approx(ours.loss, rel=1e-4)
        assert theirs["validation_loss"] == pytest.approx(ours.validation_loss, rel=1e-4)
        assert theirs["accuracy"] == ours.accuracy


def test_that_the_leader_reads_first(together):
    assert (together / "read-0").read_text() == "0"
    assert (together / "read-1").read_text() == "1"


def test_that_one_process_goes_on_where_two_stopped(together):
    films, recipe = CASES["equal heights"]
    resumed = run_epochs(films, recipe, checkpoint=together / "equal heights.checkpoint")
    stored = torch.load(together / "equal heights.weights", weights_only=True)
    assert torch.equal(flat(resumed.network.state_dict()), flat(stored))


def test_that_a_run_alone_ignores_the_processes_beside_it(monkeypatch):
    for name, value in {"RANK": "1", "WORLD_SIZE": "2", "LOCAL_RANK": "1"}.items():
        monkeypatch.setenv(name, value)
    run = start_run()
    assert (run.rank, run.processes, run.leads) == (0, 1, True)


def test_that_a_device_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(DeviceError, match="--device cpu"):
        start_run(device="cuda")


def test_that_the_command_trains_one_model_with_two_processes(tmp_path):
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(TINY)
    with (tmp_path / "films.npz").open("wb") as file:
        images = (FILMS.rows * 255).astype(np.uint8)
        np.savez(file, images=images, labels=FILMS.labels)
    output = tmp_path / "tiny"
    said = torchrun(
        *("-m", "engine", "train", recipe, tmp_path / "films.npz", "-o", output),
        *("--device", "cpu"),
    )
    assert said.stdout.count("epoch 1 of 2") == 1
    assert load_bundle(output).network.config.hidden_size == 6
    assert not output.with_suffix(".unfinished").exists()
