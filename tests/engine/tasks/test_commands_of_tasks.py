"""Every command with a model of every task: it does its work, or refuses in one sentence."""

import json
import re
from dataclasses import asdict, replace
from shutil import copytree

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import engine
from engine.bundle import read_metadata
from engine.cli import app
from engine.films import listed
from engine.index.indexing import _layout, _named
from engine.network import describe_network
from engine.recipe import read_recipe
from engine.tasks import task_of
from engine.types import Objective
from engine.weights import save_bundle
from tests.engine import segmentation_parts
from tests.engine.conftest import TINY, build_network, describe, measure
from tests.engine.findings_parts import RECIPE, write_films

GRID = {"hidden_size": 3, "patch_rows": 2, "patch_columns": 2}
TASKS = ("classification", "multi-label", "segmentation", "localisation")
PARTS = {
    "multi-label": "labels",
    "segmentation": "regions",
    "localisation": "regions",
}


def build(folder, name):
    """An untrained model of a task; what draws nothing needs a network with maps."""
    objective, description = Objective(name), describe(TINY)
    task = task_of(objective, description.classes, None)
    config = replace(TINY, link=task.link)
    if task.maps:
        config = describe_network(
            "grid", TINY.rows, columns=TINY.columns, classes=2, options=GRID, task=task
        )
    if name != "classification":
        description = replace(
            description, objective=objective, positive=None, threshold=None, results=()
        )
    network = build_network(config)
    save_bundle(
        folder, network, description=description, statistics=measure(config), card="# Tiny\n"
    )
    return folder


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return {name: build(tmp_path_factory.mktemp("models") / name, name) for name in TASKS}


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "1.png"
    values = np.random.default_rng(0).integers(0, 255, (32, 24), np.uint8)
    Image.fromarray(values).save(path)
    return path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


COMMANDS = {
    "predict": ("predict", "--model", "MODEL", "FILM"),
    "trace": ("trace", "--model", "MODEL", "FILM", "-o", "OUT.npz"),
    "whatif": ("whatif", "MODEL", "FILM", "--rows", "2", "3", "mean"),
    "compare": ("compare", "MODEL", "MODEL", "FILM"),
    "horizon": ("model", "horizon", "MODEL", "FILM"),
    "info": ("info", "FILM"),
    "memory": ("model", "memory", "FILM", "--model", "MODEL"),
    "abstentions": ("model", "abstentions", "MODEL", "FILM"),
}


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("command", COMMANDS)
def test_that_a_command_reads_a_film_with_a_model_of_any_task(
    command, name, models, film, tmp_path
):
    places = {"MODEL": models[name], "FILM": film, "OUT.npz": tmp_path / "out.npz"}
    found = run(*(places.get(word, word) for word in COMMANDS[command]))
    assert found.exit_code == 0, found.stderr
    assert found.stdout


@pytest.mark.parametrize("name", PARTS)
def test_that_predict_names_what_a_task_answers(name, models, film):
    found = run("predict", "--model", models[name], film, "--json")
    (result,) = json.loads(found.stdout)["results"]
    assert result["status"] == "ok"
    assert PARTS[name] in result


CHANGED = ("--rows", "2", "3", "noise", "--fillings", "--directions")


@pytest.mark.parametrize("name", TASKS)
def test_that_a_probability_of_the_whole_film_is_said_of_tasks_that_answer_with_it(
    name, models, film
):
    model, of_film = models[name], name in {"classification", "multi-label"}
    changed = run("whatif", model, film, *CHANGED)
    beside = run("compare", model, "untrained", film)
    for said in (changed.stdout, beside.stdout):
        assert ("P(" in said) is of_film, said
        assert ("log-odds of " in said) is not of_film, said
    signs = re.findall(
        r"^ *(?:as read|read \S+|filled: \S+) +([+−]?)\d", changed.stdout, re.MULTILINE
    )
    assert len(signs) > 5
    assert {bool(sign) for sign in signs} == {not of_film}


@pytest.mark.parametrize("name", TASKS)
def test_that_nobody_measured_how_a_film_is_answered_stands_in_the_json(name, models, film):
    tried = json.loads(run("whatif", models[name], film, "--invert", "--json").stdout)
    found = json.loads(run("compare", models[name], "untrained", film, "--json").stdout)
    measured = [one["calibrated"] for one in (tried, found["first"], found["second"])]
    assert measured == [None, None, None]


@pytest.mark.parametrize("name", ["segmentation", "localisation"])
def test_that_the_mean_film_of_what_draws_is_not_said_to_be_answered(name, models):
    model = engine.load(models[name])
    start = model.rows.start_of(model.prepared(np.zeros((32, 24), np.uint8), 0, None).own.sequence)
    assert start.warning is None
    assert start.probabilities.shape == (2,)


def test_that_films_with_masks_or_boxes_and_no_classes_are_sent_to_their_recipe(film, tmp_path):
    (tmp_path / "films" / "masks").mkdir(parents=True)
    (tmp_path / "films" / "1.png").write_bytes(film.read_bytes())
    found = run("recipe", tmp_path / "films", "-o", tmp_path / "recipe.toml")
    assert found.exit_code == 1
    assert "has no classes, but “masks”" in found.stderr
    assert "phantom-opacity-mask.toml" in found.stderr


REFUSED = {
    "against": ("evaluate", "MODEL", "FILMS", "--against", "MODEL", "-o", "OUT.html"),
    "by-row": ("model", "fit-by-row", "MODEL", "FILMS"),
}


@pytest.mark.parametrize("name", TASKS[1:])
@pytest.mark.parametrize("command", REFUSED)
def test_that_what_needs_one_class_of_several_is_refused_by_model_and_task(
    command, name, models, film, tmp_path
):
    places = {"MODEL": models[name], "FILMS": film.parent, "OUT.html": tmp_path / "out.html"}
    found = run(*(places.get(word, word) for word in REFUSED[command]))
    assert found.exit_code == 1
    (said,) = found.stderr.strip().splitlines()
    assert said.startswith(f"“{name}” has the task “{name}”")
    assert said.endswith("needs a model that says one of several classes.")


def test_that_the_recipe_of_findings_is_read_again_from_its_own_values():
    recipe = read_recipe(RECIPE)
    assert read_recipe(recipe, ["training.epochs=2"]).objective == recipe.objective


def test_that_films_of_findings_are_written_with_cells_that_say_nothing(tmp_path):
    words = (write_films(tmp_path / "films", 16) / "films.csv").read_text().split("\n")
    assert any(line.endswith((",", ",u", ",-1")) for line in words[1:-1])


@pytest.mark.parametrize(
    ("recipe", "write", "labels"),
    [
        (RECIPE, write_films, {"upper", "lower", "upper, lower", ""}),
        (segmentation_parts.RECIPE, segmentation_parts.write_films, {""}),
    ],
    ids=["findings", "masks"],
)
def test_that_films_of_a_task_are_listed_for_an_index_as_its_recipe_reads_them(
    recipe, write, labels, tmp_path, models
):
    name = recipe["objective"]["task"]
    folder = tmp_path / "model"
    copytree(models[name], folder)
    stored = folder / "metadata.json"
    values = json.loads(stored.read_text("utf-8"))
    values["training"] = {"recipe": asdict(read_recipe(recipe))}
    stored.write_text(json.dumps(values), "utf-8")
    info = replace(read_metadata(folder), classes=tuple(recipe["classes"]))
    films = write(tmp_path / "films", 16)
    with listed(films, _layout(info)) as listing:
        known = [_named(one, info, None) for one in listing.entries]
    assert len(known) == 16
    assert {one.label for one in known} == labels
