"""A training step of the article's network, 3 × LSTM(128) with dropout 0.2, Adam, batches of 128.

Ours is the whole loop, as `rowscope-engine train` runs it with `training.precision = "auto"`: in
bfloat16 where the processor has units for it, with float32 beside it; elsewhere in float32. The
peer is Keras 3 on TensorFlow, `fit`, compiled by XLA or not, whichever is faster. CPU time on one
thread, epochs in turn. That bf16 keeps the accuracy is measured with real digits, see
CONTRIBUTING.md.
"""

import os
import statistics
import time
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import torch

from engine.films import Films
from engine.recipe import Data, Network, Recipe, Schedule
from engine.training import choose_precision, run_epochs
from engine.types import InputFormat

STEPS, BATCH, TURNS = 12, 128, 7
RECIPE = Recipe(
    name="article",
    title="Article",
    version="1",
    task="Which digit",
    intended_use="Benchmark",
    data_source="Noise",
    classes=tuple("0123456789"),
    input=InputFormat(28, 28, "full-range"),
    network=Network("lstm", 128, layers=3, readout="last", dropout=0.2),
    data=Data("noise", "none"),
    training=Schedule(TURNS + 1, BATCH, 1e-3, "adam"),
)


def run() -> list[tuple[str, float, float]]:
    """What "auto" takes and float32, against the fastest way of Keras; none without Keras."""
    if not (find_spec("keras") and find_spec("tensorflow")):
        print("  Keras or TensorFlow is not installed; pip install '.[bench]' brings them")
        return []
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    rows = rng.random((STEPS * BATCH, 28, 28), np.float32)
    labels = rng.integers(0, 10, len(rows))
    peers = keras_ways(rows, labels)
    fastest = min(peers, key=lambda name: min(epoch_seconds(peers[name]) for _ in range(2)))
    auto, _ = choose_precision("auto", "cpu")
    theirs, least, ours = [], [], {precision: [] for precision in dict.fromkeys((auto, "32"))}
    for _ in range(TURNS):
        theirs.append(epoch_seconds(peers[fastest]))
        least.append(epoch_seconds(matrix_products))
        for precision, found in ours.items():
            found.append(our_epoch(rows, labels, precision))
    lines = []
    for precision, found in ours.items():
        ratio = statistics.median(a / b for a, b in zip(found, theirs, strict=True))
        step, other = (1000 * statistics.median(times) / STEPS for times in (found, theirs))
        print(f"  ours, {precision}: {step:.0f} ms a step; {fastest}: {other:.0f} ms")
        goal = 0.65 if precision == auto else 1.0
        lines.append((f"training step, article's network, {precision} / Keras", ratio, goal))
    ratio = statistics.median(a / b for a, b in zip(least, theirs, strict=True))
    step = 1000 * statistics.median(least) / STEPS
    print(f"  the matrix products of a step alone, float32: {step:.0f} ms, {ratio:.2f} of Keras")
    return lines


def matrix_products():
    """Nothing but the products of the LSTM layers of an epoch, by torch: no step takes less.

    No gates, no dropout, no optimiser. Backwards there are two products for each one forwards,
    but for the first layer, which needs no gradient of its films.
    """
    size = RECIPE.network.hidden_size
    length, gates = RECIPE.input.rows, 4 * size
    recurrent, states = torch.ones(size, gates), torch.ones(BATCH, size)
    gradients, errors = torch.ones(length * BATCH, gates), torch.ones(BATCH, gates)
    for _ in range(STEPS):
        for layer in range(RECIPE.network.layers):
            width = size if layer else RECIPE.input.columns
            given, weights = torch.ones(length * BATCH, width), torch.ones(width, gates)
            given @ weights
            for _ in range(length):
                states @ recurrent
                errors @ recurrent.T
            if layer:
                gradients @ weights.T
            given.T @ gradients
            torch.ones(length * BATCH, size).T @ gradients


def our_epoch(rows, labels, precision):
    """CPU seconds of the second of two epochs of our loop."""

    class Clock:
        ends: list[float] = []  # noqa: RUF012 - one clock, one training

        def on_step(self, moment):
            pass

        def on_epoch(self, epoch):
            self.ends.append(time.process_time())

    count = len(rows)
    films = Films(
        rows=rows.astype(np.float16),
        labels=labels,
        splits=np.full(count, "train"),
        patients=np.arange(count).astype(str),
        names=np.arange(count).astype(str),
        findings=np.full((count, 2), np.nan),
    )
    clock = Clock()
    clock.ends = []
    plan = replace(RECIPE.training, epochs=2, precision=precision)
    run_epochs(films, replace(RECIPE, training=plan), listener=clock)
    return clock.ends[1] - clock.ends[0]


def epoch_seconds(do):
    """CPU seconds of all threads."""
    started = time.process_time()
    do()
    return time.process_time() - started


def keras_ways(rows, labels):
    """Keras's own loop over one epoch, by its two ways to compile; each is warm."""
    os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    ways = {}
    for name, compiled in (("Keras fit", False), ("Keras fit with XLA", True)):
        model = keras_model(keras)
        model.compile(
            keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", jit_compile=compiled
        )
        ways[name] = lambda model=model: model.fit(rows, labels, batch_size=BATCH, verbose=0)
        try:
            ways[name]()
        except tf.errors.OpError as error:
            print(f"  {name} does not run here: {type(error).__name__}")
            del ways[name]
    return ways


def keras_model(keras):
    """As the article writes it."""
    layers = [keras.Input((28, 28))]
    for number in range(3):
        layers += [
            keras.layers.LSTM(128, return_sequences=number < 2),
            keras.layers.Dropout(0.2),
        ]
    return keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
