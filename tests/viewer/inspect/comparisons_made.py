"""Comparisons of made networks, for tests of what is shown of them."""

from functools import cache

import numpy as np

from engine.inspection import Compared, NetworkComparison, aligned, same_units
from engine.types import Horizon
from engine.words import Sentence
from tests.viewer import film_values as made

STEPS, UNITS = made.STEPS, made.UNITS


def side(name="One", *, answer=0.9, share=None, classes=("normal", "finding"), **others):
    by_row = np.linspace(0.5, answer, STEPS, dtype=np.float32)
    values = {
        "name": name,
        "architecture": "GRU",
        "sha256": "0" * 64,
        "classes": classes,
        "probabilities": np.array([1 - answer, answer]),
        "by_row": np.stack((1 - by_row, by_row), axis=1),
        "influence": np.linspace(-0.2, 1.0, STEPS, dtype=np.float32),
        "influence_sum": 3.2,
        "horizon": None if share is None else Horizon(name, "state", np.array(share), 1, 1),
        "height": 80.0,
        "steps": STEPS,
    }
    return Compared(**(values | others))


@cache
def states():
    return np.random.default_rng(3).normal(size=(2, STEPS, UNITS)).astype(np.float32)


def comparison(kind="models", **others) -> NetworkComparison:
    """Two models on a film of 80 rows: answers 0.9 and 0.7, log-odds 1 apart at the end."""
    one, other = states()
    values = {
        "kind": kind,
        "first": side("One", answer=0.9),
        "second": side("Two", answer=0.7),
        "edges": made.edges(),
        "target": 1,
        "answer": np.linspace(0.0, 1.0, STEPS, dtype=np.float32),
        "influence": np.linspace(-0.5, 0.5, STEPS, dtype=np.float32),
        "agreement": 0.92,
        "alignment": same_units(one, other) if kind == "films" else aligned(one, other),
        "layers": (1, 1),
        "states": one - other,
        "cka": np.array([[0.4, 0.3], [0.2, 0.81]]),
        "cka_by_chance": 0.12,
        "notes": (),
    }
    return NetworkComparison(**(values | others))


def without_answers(**others) -> NetworkComparison:
    """Of models that tell other classes apart."""
    note = Sentence("“One” and “Two” tell other classes apart.")
    values = {"answer": None, "influence": None, "agreement": None, "notes": (note,)}
    return comparison(**(values | others))
