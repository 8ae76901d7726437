"""Two real processes that share a folder; one of them is killed in the middle of its work."""

import csv
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.tuning import exclusive
from tests.engine.tuning_parts import TOML, write_films

_REPORT, _ATTRIBUTE = 7, 8  # operations of Optuna's journal
ROOT = Path(__file__).parents[3]
WORDS = ("--grid", "network.hidden_size=2,3,4,5", "--folds", "2", "--no-refit", "--threads", "1")


@contextmanager
def tuning(folder):
    """The command in a process of its own; ended in any case."""
    words = ["tune", folder / "tiny.toml", folder / "films", "-o", folder / "tuning", *WORDS]
    with (folder / "output.txt").open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "engine", *map(str, words)],
            cwd=ROOT,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def entries(folder, operation):
    """Lines of the journal of one kind, in their order."""
    lines = (folder / "tuning" / "journal.log").read_text().splitlines(keepends=True)
    whole = (json.loads(line) for line in lines if line.endswith("\n"))
    return [one for one in whole if one["op_code"] == operation]


def attributes(folder):
    """(trial, name, value) of every attribute of a trial."""
    given = [(one["trial_id"], one["user_attr"]) for one in entries(folder, _ATTRIBUTE)]
    return [(trial, name, value) for trial, pair in given for name, value in pair.items()]


def owners(folder):
    """Process number by trial."""
    found = [one for one in attributes(folder) if one[1] == "worker"]
    return {trial: int(value.partition("-")[0]) for trial, _, value in found}


def measured(folder):
    """Process number of each fold that was measured."""
    whose = owners(folder)
    return [whose[trial] for trial, name, _ in attributes(folder) if name.startswith("fold ")]


def reported(folder):
    """Process number of each fold after which nothing more is written until the next."""
    whose = owners(folder)
    return [whose[one["trial_id"]] for one in entries(folder, _REPORT)]


def wait_for(condition, *processes):
    while not condition():
        assert all(one.poll() is None for one in processes), "a process ended too early"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """The folder of a tuning, the process that was killed and the one that went on."""
    folder = tmp_path_factory.mktemp("shared")
    write_films(folder / "films")
    (folder / "tiny.toml").write_text(TOML.replace("epochs = 1", "epochs = 30"))
    (folder / "tuning").mkdir()
    workers = folder / "tuning" / "workers"
    with tuning(folder) as first, tuning(folder) as second:
        with exclusive(folder / "tuning"):  # so that both begin at once
            wait_for(lambda: len(list(workers.glob("*"))) == 2, first, second)
        wait_for((folder / "tuning" / "journal.log").exists, first, second)
        wait_for(lambda: first.pid in reported(folder), first, second)
        first.kill()
        assert second.wait() == 0, (folder / "output.txt").read_text()
        return folder, first.pid, second.pid


def test_that_the_survivor_finishes_everything(history):
    with (history[0] / "tuning" / "tuning.csv").open(newline="") as stream:
        assert [row["state"] for row in csv.DictReader(stream)] == ["finished"] * 4


def test_that_both_processes_worked(history):
    assert set(measured(history[0])) == {history[1], history[2]}


def test_that_no_fold_was_measured_twice_though_a_process_was_killed(history):
    assert len(measured(history[0])) == 4 * 2


def test_that_the_killed_process_was_in_the_middle_of_a_combination(history):
    claims = [v for _, name, v in attributes(history[0]) if name == "worker"]
    assert len(claims) == 4 + 1  # one was taken over
