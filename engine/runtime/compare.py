"""How an exported model compares with the network that it was made of, film by film."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray

from engine.runtime.reading import Reader
from engine.runtime.session import session
from engine.types import Doubles, Floats

Decide = Callable[[Doubles], NDArray[np.int64]]
_Answer = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way to read the films, against the network itself.

    Attributes:
        name: Which way.
        size: Bytes of the file; None where there is none.
        to_first: Seconds per film, as a share of the first way's; median over the films.
        to_second: The same of the second way's.
        difference: Largest difference of a probability from the first way's.
        changed: Share of the films with another answer than the first way's.
        accuracy: Share of the right answers; None without labels.
    """

    name: str
    size: int | None
    to_first: float
    to_second: float
    difference: float
    changed: float
    accuracy: float | None


def compare(
    reader: Reader,
    models: Mapping[str, onnx.ModelProto],
    films: Sequence[Floats],
    *,
    decide: Decide,
    labels: NDArray[np.int64] | None = None,
) -> list[Comparison]:
    """Read every film in every way, in turn, so that a busy machine is fair to all.

    Args:
        reader: Of the network itself; the first way.
        models: Exported models by name, at least one.
        films: (M, W) each.
        decide: Answers (N,) of probabilities (N, K).
        labels: (N,) the right answers.
    """
    ways: dict[str, _Answer] = {reader.name: lambda rows: reader.read(rows).logits}
    ways |= {name: _answer(model) for name, model in models.items()}
    for answer in ways.values():
        answer(films[0])  # the first film fills caches
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    logits: dict[str, list[Floats]] = {name: [] for name in ways}
    for rows in films:
        for name, answer in ways.items():
            started = time.perf_counter()
            logits[name].append(answer(rows))
            seconds[name].append(time.perf_counter() - started)
    sizes = {name: model.ByteSize() for name, model in models.items()}
    return list(_compared(seconds, logits, sizes, decide=decide, labels=labels))


def _compared(
    seconds: Mapping[str, list[float]],
    logits: Mapping[str, list[Floats]],
    sizes: Mapping[str, int],
    *,
    decide: Decide,
    labels: NDArray[np.int64] | None,
) -> Iterator[Comparison]:
    first, second, *_ = seconds
    probabilities = {name: _softmax(np.stack(values)) for name, values in logits.items()}
    answers = {name: decide(values) for name, values in probabilities.items()}
    for name, spent in seconds.items():
        yield Comparison(
            name=name,
            size=sizes.get(name),
            to_first=_ratio(spent, seconds[first]),
            to_second=_ratio(spent, seconds[second]),
            difference=float(np.abs(probabilities[name] - probabilities[first]).max()),
            changed=float(np.mean(answers[name] != answers[first])),
            accuracy=None if labels is None else float(np.mean(answers[name] == labels)),
        )


def _answer(model: onnx.ModelProto) -> _Answer:
    ready = session(model)

    def answer(rows: Floats) -> Floats:
        given = {"rows": rows[None], "lengths": np.array([len(rows)])}
        logits: Floats = ready.run(None, given)[0][0]
        return logits

    return answer


def _softmax(logits: Floats) -> Doubles:
    exponents = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    probabilities: Doubles = exponents / exponents.sum(axis=1, keepdims=True)
    return probabilities


def _ratio(spent: list[float], others: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(spent, others, strict=True))
