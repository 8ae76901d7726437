"""The guard: a small row classifier that tells the model's own films from wrong ones made of them.

It learns from the training films only, each once as it is and once made wrong
(`engine.training.wrong_films`), in the same loop as any other network.
"""

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from engine.calibration import softmax
from engine.metadata import StemLayer
from engine.network import RowClassifier, RowNetwork
from engine.phantoms import PhantomSpec, draw_phantom
from engine.training.augment import Augmentation
from engine.training.data import Films, ModelRows, model_rows_of, on_disk
from engine.training.loop import predict, train
from engine.training.recipe import Data, Network, Recipe, Schedule
from engine.training.trust_plan import TrustPlan
from engine.training.wrong_films import KINDS, UPRIGHT, each_wrong
from engine.types import InputFormat

DRAWN = "drawn"
_DRAWN_SIZE = 128  # pixels of a drawn film, before it is brought to the grid
_FIRST_SEED = 500_000  # of drawn films: none that a recipe, a demo or a test draws
_SPARE_BITS = 4  # of 16, where a drawn film has 12
_SHARES = (0.1, 0.4, 0.1, 0.1, 0.1, 0.2)  # of the wrong films; a mirrored one is hardest to tell
_AUGMENTATION = Augmentation(shift=0.04, rotate=5.0, scale=0.06, stretch=0.06, noise=0.02)


def guard_classes(plan: TrustPlan) -> tuple[str, ...]:
    """Names of the guard's classes; the first is the film as it should be."""
    return (UPRIGHT, *KINDS, *((DRAWN,) if plan.drawn else ()))


def train_guard(rows: ModelRows, recipe: Recipe, plan: TrustPlan) -> RowClassifier:
    """Train the guard on films (N, M, W) and return it in evaluation mode.

    Args:
        rows: Training films as the model reads them, on its typical grid.
        recipe: Of the model that is guarded; grid, intensity and seed count.
        plan: Its epochs each read every film twice, as it is and made wrong.
    """
    lessons = _lessons(rows, recipe, drawn=plan.drawn)
    guarding = replace(
        recipe,
        classes=guard_classes(plan),
        input=_typical(recipe.input),
        positive=None,
        network=_network(recipe.input.rows),
        data=Data(source="", licence=""),
        augmentation=_AUGMENTATION,
        training=Schedule(
            plan.guard_epochs, 64, learning_rate=2e-3, optimiser="adamw", weight_decay=0.01,
            decay="cosine", clip=1.0, averaging=0.995, seed=recipe.training.seed,
        ),
    )  # fmt: skip
    return cast(
        "RowClassifier", train(lessons, guarding).network
    )  # a recipe with a `Network` makes one


def wrongness(guard: RowNetwork, rows: ModelRows) -> NDArray[np.float64]:
    """Probability (N,) that films (N, M, W) are wrong in any way: one minus that of upright."""
    wrong: NDArray[np.float64] = softmax(predict(guard, rows))[:, 1:].sum(axis=1)
    return wrong


def drawn_films(count: int, recipe: Recipe) -> NDArray[np.float16]:
    """Phantoms (count, M, W) as the model reads them, every second with an opacity."""
    values = np.empty((count, _DRAWN_SIZE, _DRAWN_SIZE), np.uint16)
    for number in range(count):
        seed, opacity = _FIRST_SEED + number, number % 2 == 1
        spec = PhantomSpec(seed, _DRAWN_SIZE, _DRAWN_SIZE, opacity=opacity)
        values[number] = draw_phantom(spec).values << _SPARE_BITS
    return model_rows_of(values, _typical(recipe.input), source=Path(DRAWN))


def _typical(fmt: InputFormat) -> InputFormat:
    """The same grid for every film: guards read films of any height laid on the typical one."""
    return replace(fmt, aspect="stretch", rows_multiple=1)


def _network(rows: int) -> Network:
    """A small network whose row strides divide the grid."""
    first = 2 if rows % 2 == 0 else 1
    last = 2 if rows % 4 == 0 else 1
    stem = (StemLayer(12, first, 2), StemLayer(24, 1, 2), StemLayer(32, last, 2))
    return Network("gru", 64, readout="mean", dropout=0.1, stem=stem)


def _lessons(rows: ModelRows, recipe: Recipe, *, drawn: int) -> Films:
    seed, ranks = recipe.training.seed, recipe.input.intensity == "rank"
    kinds = np.random.default_rng(seed).choice(len(KINDS), len(rows), p=_SHARES)
    count = 2 * len(rows) + drawn
    names = np.array([f"{number:06}" for number in range(count)])
    wrong = each_wrong(rows, kinds, ranks=ranks, seed=seed)
    right = np.zeros(len(rows), np.int64)
    return Films(
        rows=on_disk(chain(rows, wrong, drawn_films(drawn, recipe)), rows.shape[2]),
        labels=np.concatenate([right, kinds + 1, np.full(drawn, 1 + len(KINDS))]),
        splits=np.full(count, "train"),
        patients=names,
        names=names,
        findings=np.full((count, 2), np.nan),
    )
