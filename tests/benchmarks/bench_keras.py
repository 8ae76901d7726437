"""The article's network, 3 × LSTM(128) over 28 × 28: our reading against Keras 3 on TensorFlow.

Keras answers only; ours leaves every state, gate and answer by row. Same weights, one thread.
"""

import os
import statistics
import time
from importlib.util import find_spec

import numpy as np
import torch

from engine.bundle import NetworkConfig
from engine.network import RowClassifier
from engine.runtime import CpuReader, weights_of

CONFIG = NetworkConfig(28, 28, 10, cell="lstm", hidden_size=128, layers=3)
TURNS, FEW = 101, 5


def run() -> list[tuple[str, float, float]]:
    """One line, or none and a sentence where Keras is not installed."""
    if not (find_spec("keras") and find_spec("tensorflow")):
        print("  Keras or TensorFlow is not installed; pip install '.[bench]' brings them")
        return []
    torch.manual_seed(0)
    weights = weights_of(RowClassifier(CONFIG).eval())
    ours, film = CpuReader(CONFIG, weights), np.random.default_rng(0).random((28, 28), np.float32)
    edges = np.arange(29.0)
    work = {"ours": lambda: ours.trace(film, edges).logits} | keras_ways(weights, film)
    answers = {name: np.asarray(do()).ravel() for name, do in work.items()}
    for name, answer in answers.items():
        np.testing.assert_allclose(answer, answers["ours"], atol=1e-4, err_msg=name)
    peers = {name: do for name, do in work.items() if name != "ours"}
    fastest = min(peers, key=lambda name: statistics.median(seconds(peers[name], FEW)))
    pairs = [(*seconds(work["ours"], 1), *seconds(work[fastest], 1)) for _ in range(TURNS)]
    mine, theirs = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"  ours {mine:.2f} ms, {fastest} {theirs:.2f} ms")
    ratio = statistics.median(a / b for a, b in pairs)
    return [(f"LSTM S: everything / {fastest}, answer only", ratio, 1.0)]


def seconds(do, turns: int) -> list[float]:
    """How long each time takes."""
    found = []
    for _ in range(turns):
        started = time.perf_counter()
        do()
        found.append(time.perf_counter() - started)
    return found


def keras_ways(weights, film):
    """Ways to let Keras read one film, each compiled before it is measured."""
    os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    model = keras_model(weights)
    given = tf.constant(film[None])
    graph = tf.function(lambda x: model(x, training=False), autograph=False)
    compiled = tf.function(lambda x: model(x, training=False), autograph=False, jit_compile=True)
    ways = {
        "Keras predict": lambda: model.predict(film[None], verbose=0),
        "Keras call": lambda: model(given, training=False).numpy(),
        "Keras tf.function": lambda: graph(given).numpy(),
        "Keras XLA": lambda: compiled(given).numpy(),
    }
    for name, do in list(ways.items()):
        try:
            do()
        except tf.errors.OpError as error:
            print(f"  {name} does not run here: {type(error).__name__}")
            del ways[name]
    return ways


def keras_model(weights):
    """The same network with the same weights: the gates have torch's order, one bias each."""
    import keras

    layers = [
        keras.layers.LSTM(CONFIG.hidden_size, return_sequences=number + 1 < CONFIG.layers)
        for number in range(CONFIG.layers)
    ]
    head = keras.layers.Dense(CONFIG.classes)
    model = keras.Sequential([keras.Input((CONFIG.rows, CONFIG.columns)), *layers, head])
    for number, layer in enumerate(layers):
        of_x, of_h, bias_x, bias_h = (
            weights[f"recurrent.{number}.{kind}_l0"]
            for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        layer.set_weights([of_x.T, of_h.T, bias_x + bias_h])
    head.set_weights([weights["head.weight"].T, weights["head.bias"]])
    return model
