"""A small bundle with everything that a report can show, and films for it."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import numpy as np
import torch

from engine.calibration import CalibrationFilms, softmax
from engine.evaluation import measure as evaluate
from engine.films import predict
from engine.measure import Answers
from engine.network import build_network
from engine.weights import save_bundle
from tests.engine.conftest import TINY, describe, measure
from tests.engine.trust_parts import CONFIG, make_safeguards, tiny_recipe

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HISTORY = [
    {"number": n, "loss": 1 / n, "validation_loss": 1.1 / n, "accuracy": 1 - 0.3 / n}
    for n in (1, 2, 3)
]


def answers_of_scores(present, scores, patients=None, threshold=0.5):
    """Answers of a two-class model whose probabilities of the finding are given."""
    scores = np.asarray(scores, float)
    probabilities = np.stack((1 - scores, scores), axis=1)
    names = np.arange(len(scores)).astype(str)
    return Answers(
        logits=np.log(np.clip(probabilities, 1e-12, 1)),
        probabilities=probabilities,
        labels=np.asarray(present).astype(np.int64),
        patients=names if patients is None else np.asarray(patients).astype(str),
        names=names,
        classes=("normal", "ill"),
        positive=1,
        threshold=threshold,
    )


def answers_of_logits(logits, labels):
    """Answers of a model that chooses among classes."""
    names = np.arange(len(labels)).astype(str)
    classes = tuple(f"c{k}" for k in range(logits.shape[1]))
    return Answers(logits, softmax(logits), labels, names, names, classes, None)


def scored(count=300, seed=0):
    """Whether the finding is there, and scores that tell a little."""
    rng = np.random.default_rng(seed)
    present = rng.random(count) < 0.6
    return present, np.clip(rng.normal(0.35 + 0.3 * present, 0.15), 0.001, 0.999)


def write_films(path, count=90, seed=0):
    """An npz file of films that the tiny bundle reads."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    images = rng.integers(0, 256, (count, 16, 12), dtype=np.uint8)
    np.savez(path, images=images, labels=labels)
    return path


def write_bundle(folder, films=None, **changes):
    """A bundle that knows its recipe and history; its calibration films are of `films`."""
    torch.manual_seed(7)
    network = build_network(TINY).eval()
    plan = replace(tiny_recipe(), limits=("Films of nobody",), **changes.pop("recipe", {}))
    training = {
        "command": "rowscope-engine train tiny.toml films.npz -o tiny --test exam.npz",
        "recipe": json.loads(json.dumps(asdict(plan))),
        "history": HISTORY,
        "calibration": {"scale": 2.0, "offset": 0.5},
    } | changes.pop("training", {})
    safeguards = make_safeguards(replace(CONFIG, admission=None))
    if films is not None:
        scores = predict(network, films.rows).astype(np.float32)
        known = CalibrationFilms(scores, films.labels)
        config = replace(safeguards.config, films=len(scores))
        safeguards = replace(safeguards, config=config, calibration=known)
    save_bundle(
        folder,
        network,
        description=replace(describe(TINY), training=training, **changes),
        statistics=measure(TINY),
        card="# Tiny\n\n## Results\n\nnone\n\n## Limits\n- none\n",
        safeguards=safeguards,
    )
    return folder


def evaluated(folder, films, split="test"):
    """An evaluation at a fixed time."""
    return evaluate(folder, films, split=split, now=NOW)
