"""`rowscope --do … --state …`: the window driven and seen from outside."""

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from engine.imaging import read_frame, read_image
from tests.e2e.test_program import rowscope


@pytest.fixture
def state(tmp_path):
    def of(*arguments, status=0):
        target = tmp_path / "state.json"
        run = rowscope("--state", target, "--model", "phantom-opacity", *arguments)
        assert run.returncode == status, run.stderr
        return json.loads(target.read_text("utf-8"))

    return of


def predicted(path):
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "engine",
            "predict",
            str(path),
            "--json",
            "--model",
            "phantom-opacity",
        ],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    return json.loads(run.stdout)["results"][0]


def test_that_the_state_says_what_is_shown(state, film, second_film):
    shown = state(film, second_film)
    (pane,) = shown["panes"]
    assert pane["path"] == str(film)
    assert (pane["frame"], pane["frames"], pane["rows"], pane["columns"]) == (1, 1, 192, 192)
    assert pane["loading"] is False
    assert pane["content"] == read_frame(read_image(film)).content
    said = predicted(film)
    result = pane["result"]
    names = ("status", "reason", "classes", "probabilities", "interval", "influence", "model")
    for name in names:
        assert result[name] == said[name], name
    assert [entry["path"] for entry in shown["films"]] == [str(film), str(second_film)]
    assert shown["films"][0]["result"] == result


def test_that_commands_are_done_one_after_the_other(state, film, second_film):
    commands = f"open {second_film}; previous; next; map state; row 60; window 900 400"
    shown = state("--do", commands, film)
    (pane,) = shown["panes"]
    assert pane["path"] == str(second_film)
    assert pane["map"] == "state"
    assert (pane["window"], pane["window_name"]) == ([900.0, 400.0], "by hand")


def test_that_influence_starts_from_the_baseline_that_was_asked_for(state, film):
    for words in (("--do", "map influence; baseline blurred"), ("--baseline", "blurred")):
        (pane,) = state(*words, film)["panes"]
        assert pane["baseline"] == pane["result"]["influence"]["baseline"] == "blurred"
        assert 0 <= pane["result"]["influence"]["baseline_probability"] <= 1


def test_that_a_baseline_that_the_window_has_not_is_said(state, film):
    shown = state("--do", "baseline blured", film, status=1)
    assert shown["panes"][0]["baseline"] == "mean"


def test_that_a_picture_and_the_state_are_of_one_moment(state, film, tmp_path):
    state("--do", "model digits", "--screenshot", tmp_path / "shot.png", film)
    assert not QImage(str(tmp_path / "shot.png")).isNull()


def test_that_what_cannot_be_done_is_said_and_the_rest_is_done(state, film):
    shown = state("--do", "frame 7; map influence", film, status=1)
    assert shown["panes"][0]["map"] == "influence"


def test_that_a_file_that_cannot_be_read_is_refused_with_its_sentence(state, film, tmp_path):
    letter = tmp_path / "letter.dcm"
    letter.write_text("This is a letter and no film.\n" * 40)
    shown = state(film, letter)
    result = shown["films"][1]["result"]
    assert result["status"] == "refused"
    assert "letter.dcm" in result["reason"]


def test_that_an_empty_window_has_a_state(state):
    (pane,) = state()["panes"]
    assert (pane["path"], pane["result"]["status"]) == (None, "none")


def test_that_a_bad_command_ends_with_2_and_one_sentence(tmp_path):
    run = rowscope("--do", "fame 3", "--state", tmp_path / "state.json")
    assert run.returncode == 2
    assert run.stderr == "There is no command “fame”; rowscope --commands lists them.\n"
    assert not (tmp_path / "state.json").exists()


def test_that_the_commands_are_listed_without_a_window():
    run = rowscope("--commands", "--json", QT_QPA_PLATFORM="none")
    assert run.returncode == 0
    assert {"open", "frame", "window", "map", "row"} <= {
        command["name"] for command in json.loads(run.stdout)
    }
