"""A small tuning: films whose brighter half is their class, drawn, in memory or as files."""

from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from PIL import Image

from engine.films import Films, folds
from engine.recipe import Data, Network, Recipe, Schedule
from engine.tuning import Source, TrialJob, Wishes, beating, make_plan, read_space
from engine.types import InputFormat

RECIPE = Recipe(
    name="tiny",
    title="Tiny",
    version="1",
    task="Bright above or below",
    intended_use="Tests",
    data_source="Nobody",
    classes=("above", "below"),
    positive=1,
    input=InputFormat(8, 8, "rank"),
    network=Network("gru", 6),
    data=Data("a test", "none", validation=0.25, patient=r"(p\d+)_"),
    training=Schedule(1, 8, 1e-2),
)
TOML = """
name = "tiny"
title = "Tiny"
version = "1"
task = "Bright above or below"
intended_use = "Tests"
data_source = "Nobody"
classes = ["above", "below"]
positive = 1
[input]
rows = 8
columns = 8
intensity = "rank"
[network]
cell = "gru"
hidden_size = 6
[data]
source = "a test"
licence = "none"
validation = 0.25
patient = '(p\\d+)_'
[population]
[training]
epochs = 1
batch_size = 8
learning_rate = 1e-2
[measure]
influence_films = 8
deletion_films = 4
"""
GRID = ("network.hidden_size=3,5", "network.cell=gru,rnn")


def plan_of(*grids, search=(), recipe=RECIPE, **wishes):
    given = {"folds": 3} | wishes
    return make_plan(
        recipe, read_space(grids or ([] if search else GRID), search), Wishes(**given)
    )


def draw_films(count=36, *, seed=0):
    """Two films for each patient, one of each class, all in "train"."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    rows = rng.random((count, 8, 8)) * 0.5
    rows[labels == 0, :4] += 0.3
    rows[labels == 1, 4:] += 0.3
    names = np.array([f"p{number // 2}_{number}" for number in range(count)])
    return Films(
        rows=rows.astype(np.float16),
        labels=labels.astype(np.int64),
        splits=np.full(count, "train", dtype="<U5"),
        patients=np.array([name.partition("_")[0] for name in names]),
        names=names,
        findings=np.full((count, 2), np.nan),
    )


def job_of(output, plan, films=None):
    films = films or draw_films()
    held = folds(films, plan.wishes.folds, seed=plan.seed, blocks=plan.wishes.blocks)
    fmt = replace(plan.recipe.input, rows_multiple=1)
    return TrialJob(output, plan, {fmt: films}, held, Source(output / "films"))


@contextmanager
def at_work(job):
    """The claims of a tuning, as a process that works has them."""
    with beating(job.output) as heartbeat:
        yield job.claims(heartbeat)


def write_films(folder, *, tests="right", seed=0):
    """24 training films and 8 test films as files; the test films perhaps inverted or broken."""
    rng = np.random.default_rng(seed)
    for split, count in (("train", 12), ("test", 4)):
        for place, bright in (("above", slice(0, 8)), ("below", slice(8, 16))):
            (folder / split / place).mkdir(parents=True)
            for number in range(count):
                values = rng.integers(0, 100, (16, 16), dtype=np.uint8)
                values[bright] += 60
                if split == "test" and tests == "inverted":
                    values = 255 - values
                patient = number // 2 + 50 * (split == "test")
                path = folder / split / place / f"p{patient}_{split}{number}.png"
                if split == "test" and tests == "broken":
                    path.write_bytes(b"no film")
                else:
                    Image.fromarray(values).save(path)
    return folder
