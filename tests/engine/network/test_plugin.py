"""A package of other people brings a cell, a stem layer, a read-out and a whole architecture."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as Raster

from engine.bundle import NetworkConfig, RegisteredConfig, StemLayer, list_models, read_metadata
from engine.errors import BundleError
from engine.explain import integrated_gradients
from engine.films import Films
from engine.network import build_network, describe_network, row_trace
from engine.recipe import read_recipe
from engine.tasks import task_of
from engine.training import run_epochs
from engine.types import Objective
from engine.weights import load_bundle
from tests.engine.conftest import build_bundle
from tests.engine.plugin_site import install, write
from tests.engine.tolerances import distance, of_trace

ROOT = Path(__file__).parents[3]
PARTS = NetworkConfig(
    rows=16,
    columns=12,
    classes=2,
    cell="mgu",
    hidden_size=6,
    layers=2,
    bidirectional=True,
    stem=(StemLayer(3, 2, 2, kind="pool"),),
    readout="max",
    cell_options={"forget_bias": 0.5},
)
RECIPE = """
name = "tiny"
title = "Tiny"
version = "1"
task = "A task"
intended_use = "Tests"
data_source = "Nobody"
classes = ["normal", "opacity"]
positive = 1
input = { rows = 16, columns = 12, intensity = "rank" }
data = { source = "a test", licence = "none" }
training = { epochs = 1, batch_size = 8, learning_rate = 0.01 }
"""
NETWORKS = {
    "parts": """[network]
cell = "mgu"
hidden_size = 6
cell_options = { forget_bias = 0.5 }
readout = "max"
stem = [{ kind = "pool", channels = 3, row_stride = 2 }]
""",
    "architecture": """[network]
architecture = "leaky-average"
options = { hidden_size = 5, rows_per_step = 2 }
""",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    return install(tmp_path_factory.mktemp("site"))


@pytest.fixture
def installed(site, monkeypatch):
    monkeypatch.syspath_prepend(site)


@pytest.fixture(params=["parts", "architecture"])
def config(request, installed):
    """A configuration that is made of the package's parts, and its whole architecture."""
    if request.param == "parts":
        return PARTS
    options = {"hidden_size": 5, "rows_per_step": 2}
    return describe_network("leaky-average", 16, columns=12, classes=2, options=options)


@pytest.fixture
def rows():
    return torch.rand(3, 20, 12, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def python(site):
    """Runs another process in which the package is installed, or is not."""

    def run(*arguments, with_package=True, **variables):
        paths = os.pathsep.join([str(ROOT), *([str(site)] if with_package else [])])
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": paths, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_that_a_bundle_of_its_parts_answers_after_loading(config, tmp_path):
    bundle = load_bundle(build_bundle(tmp_path / "other", config))
    assert bundle.config == config
    assert bundle.info.architecture == config.summary
    assert bundle.asked.logits(bundle.selftest.rows).shape == (1, 2)


@pytest.mark.parametrize("network", NETWORKS)
def test_that_a_recipe_trains_it(network, installed, tmp_path):
    path = tmp_path / "tiny.toml"
    path.write_text(RECIPE + NETWORKS[network])
    rng = np.random.default_rng(0)
    films = Films(
        rows=rng.random((16, 16, 12)).astype(np.float16),
        labels=np.arange(16) % 2,
        splits=np.array(["train"] * 16, dtype="<U5"),
        patients=np.array([str(n) for n in range(16)]),
        names=np.array([str(n) for n in range(16)]),
        findings=np.full((16, 2), np.nan),
    )
    recipe = read_recipe(path)
    trained = run_epochs(films, recipe)
    torch.manual_seed(recipe.training.seed)
    begun = build_network(recipe.config)
    assert np.isfinite([epoch.loss for epoch in trained.history]).all()
    assert not torch.equal(trained.network.head.weight, begun.head.weight)


def test_that_its_trace_keeps_the_promises_of_prefixes_and_padding(config, rows):
    network, heights = build_network(config).eval(), torch.tensor([12, 20, 4])
    together = network.trace(rows, heights)
    of_logits, of_rows, of_h = of_trace(network, rows, heights)
    for n, height in enumerate(heights):
        alone = network.trace(rows[n : n + 1, :height])
        end = height // config.rows_per_step
        assert distance(together.logits[n], alone.logits[0]) <= of_logits
        assert distance(together.h[:, :, n, :end], alone.h[:, :, 0]) <= of_h
        assert distance(together.by_row[n, end - 1], alone.logits[0]) <= of_rows
        assert not together.h[:, :, n, end:].any()


def test_that_its_memory_sums_to_the_state_that_it_ends_with(config, rows):
    network = build_network(config).eval()
    found = row_trace(network, rows[0].numpy(), np.arange(21.0))
    ends = [found.h[-1, d, 0 if d else -1] for d in range(config.directions)]
    assert distance(found.memory.sum(axis=1), np.stack(ends)) <= of_trace(network, rows)[2]


def test_that_the_gates_of_its_cell_rebuild_every_state(installed, rows):
    network = build_network(PARTS).eval()
    found = network.trace(rows)
    gates, before = network.gates(found), torch.zeros_like(found.h)
    before[:, 0, :, 1:] = found.h[:, 0, :, :-1]
    before[:, 1, :, :-1] = found.h[:, 1, :, 1:]
    rebuilt = (1 - gates["f"]) * before + gates["f"] * gates["n"]
    assert distance(rebuilt, found.h) <= of_trace(network, rows)[2]


def test_that_its_influence_is_complete(config, rows):
    network = build_network(config)
    found = integrated_gradients(network, rows[0, :16], baseline=torch.zeros(16, 12), target=1)
    assert abs(found.residual) <= max(0.01 * abs(found.log_odds - found.baseline_log_odds), 1e-3)
    assert found.per_row.abs().max() > 0


def test_that_the_command_line_lists_and_asks_it(config, tmp_path, python):
    build_bundle(tmp_path / "models" / "other", config)
    Raster.fromarray(np.arange(600, dtype=np.uint8).reshape(30, 20)).save(tmp_path / "film.png")
    models = python(
        "-m", "engine", "model", "list", "--json", ROWSCOPE_MODELS=str(tmp_path / "models")
    )
    assert "other" in [model["name"] for model in json.loads(models.stdout)["models"]]
    answer = python(
        "-m", "engine", "predict", tmp_path / "film.png", "--json", "--model",
        tmp_path / "models" / "other",
    )  # fmt: skip
    assert json.loads(answer.stdout)["results"][0]["status"] == "ok", answer.stderr


def test_that_listing_it_loads_neither_torch_nor_the_package(config, tmp_path, python):
    folder = build_bundle(tmp_path / "other", config)
    code = (
        "import sys, pathlib, engine;"
        f"assert engine.list_models(pathlib.Path({str(folder.parent)!r}));"
        "assert not {'torch', 'rowscope_mgu'} & set(sys.modules)"
    )
    run = python("-c", code)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("key", ["cell", "readout", "stem"])
def test_that_a_bundle_of_a_part_that_is_missing_is_refused_by_its_name(
    key, site, monkeypatch, tmp_path
):
    kept = {"cell": {"cell": "mgu"}, "readout": {"readout": "max"}, "stem": {"stem": PARTS.stem}}
    config = replace(NetworkConfig(16, 12, 2, hidden_size=4), **kept[key])
    with monkeypatch.context() as context:
        context.syspath_prepend(site)
        folder = build_bundle(tmp_path / "other", config)
    name = {"cell": "mgu", "readout": "max", "stem": "pool"}[key]
    with pytest.raises(BundleError, match=f"no package here brings “{name}”"):
        read_metadata(folder)
    assert list_models(tmp_path) == ()


def test_that_a_bundle_of_an_architecture_that_is_missing_is_refused(site, monkeypatch, tmp_path):
    with monkeypatch.context() as context:
        context.syspath_prepend(site)
        options = {"hidden_size": 5}
        config = describe_network("leaky-average", 16, columns=12, classes=2, options=options)
        folder = build_bundle(tmp_path / "other", config)
    with pytest.raises(BundleError, match=r"other/metadata.json.*“name” must be one of.*leaky"):
        load_bundle(folder)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cell_options": {"forget": 1}}, "unknown key “forget”"),
        ({"cell_options": {"forget_bias": "x"}}, "“forget_bias” must be a number"),
        ({"readout_options": {"x": 1}}, "options of “max”: unknown key “x”"),
        ({"stem": (StemLayer(3, kind="pool", options={"x": 1}),)}, "“pool”: unknown key “x”"),
    ],
)
def test_that_wrong_options_in_a_bundle_are_refused_with_the_file(
    change, sentence, installed, tmp_path
):
    folder = build_bundle(tmp_path / "other", PARTS)
    path = folder / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    values["architecture"] = replace(PARTS, **change).to_dict()
    path.write_text(json.dumps(values), "utf-8")
    with pytest.raises(BundleError, match=rf"other/metadata\.json: .*{sentence}"):
        load_bundle(folder)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hidden_size": 6}, "“hidden_size” 5, not 6"),
        ({"summary": "the best"}, "“summary” leaky average × 5, not the best"),
        ({"options": {}}, "“hidden_size” is missing"),
        ({"options": {"hidden_size": 0}}, "must be 1 or more"),
    ],
)
def test_that_sizes_that_do_not_follow_from_the_options_are_refused(change, sentence, installed):
    options = {"hidden_size": 5}
    config = describe_network("leaky-average", 16, columns=12, classes=2, options=options)
    with pytest.raises(BundleError, match=sentence):
        build_network(replace(config, **change))


def test_that_the_row_classifier_takes_no_sizes_from_a_bundle():
    config = RegisteredConfig("row-classifier", 8, 8, 2, 1, 1, 4, "the best")
    with pytest.raises(BundleError, match="“row-classifier” takes no name in a bundle"):
        build_network(config)


def test_that_two_packages_with_one_name_are_refused(installed, tmp_path, monkeypatch):
    write(tmp_path, "another", {"cell.mgu": "another:Cell"})
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BundleError, match="two packages: another, rowscope-mgu"):
        build_network(PARTS)


def test_that_no_package_can_stand_in_for_what_comes_with_the_program(tmp_path, monkeypatch):
    write(tmp_path, "another", {"cell.gru": "nowhere:Cell"})
    monkeypatch.syspath_prepend(tmp_path)
    assert isinstance(build_network(NetworkConfig(8, 8, 2)).recurrent[0], torch.nn.GRU)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("nowhere:Cell", "of broken cannot be loaded"), ("json:JSONDecoder", "is no Cell")],
)
def test_that_a_broken_package_is_refused_in_words(target, sentence, tmp_path, monkeypatch):
    write(tmp_path, "broken", {"cell.broken": target})
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BundleError, match=sentence):
        build_network(NetworkConfig(8, 8, 2, cell="broken"))


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("nowhere:Task", "The task “broken” of broken cannot be loaded"),
        ("json:JSONDecoder", "The task “broken” is no Task"),
    ],
)
def test_that_a_broken_task_is_refused_in_the_same_words(target, sentence, tmp_path, monkeypatch):
    write(tmp_path, "broken", {"task.broken": target})
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BundleError, match=sentence):
        task_of(Objective("broken"), ("no", "yes"), 1)


@pytest.mark.parametrize("name", ["json:JSONDecoder", "engine.network.cells:GRU", "cell.gru", ""])
def test_that_a_path_is_no_name(name):
    with pytest.raises(BundleError, match="“cell” must be one of gru, lstm, rnn, rnn-relu"):
        NetworkConfig.from_dict({"rows": 8, "columns": 8, "classes": 2, "cell": name})
