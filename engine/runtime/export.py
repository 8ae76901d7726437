"""A network as an ONNX file that says what it is, held against its original."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from engine.bundle import NetworkConfig, RegisteredConfig, calibration_holds, read_options
from engine.calibration import linked
from engine.errors import BundleError
from engine.runtime.asking import config_of, is_built_in
from engine.runtime.grid_graph import exportable, grid_graph
from engine.runtime.onnx_graph import session, whole_graph
from engine.runtime.reading import Reader
from engine.types import Doubles, Floats, Link, ModelInfo, PrefixCalibration

if TYPE_CHECKING:
    from engine.network import RowNetwork

# ------------------------------------------------------------------- writing an ONNX file
# A network as a file for other programs: an ONNX model that says what it is.

NOTICE = "Research use only. Not a medical device."
UNITS = {
    "logits": "natural logarithm of odds, up to a number that all classes share",
    "probabilities": "probability, 0 to 1",
    "by_row": "probability, 0 to 1, if reading had stopped after each step",
    "h": "hidden state, −1 to 1",
}
_OF_GRIDS = {"maps": "what the task reads of each place, before its link"}

_OF_FINDINGS = {"logits": "natural logarithm of the odds of each finding"}


Exportable = NetworkConfig | RegisteredConfig


def exportable_config(network: "RowNetwork") -> Exportable | None:
    """The configuration of a network that ONNX has operations for; None of every other."""
    from engine.network import GridNetwork  # noqa: PLC0415 - torch, which a network has loaded

    if type(network) is GridNetwork:
        return network.config if exportable(network.options) else None
    return config_of(network)


def export_model(
    info: ModelInfo,
    config: Exportable,
    weights: Mapping[str, Floats],
    *,
    data_licence: str = "",
    int8: bool = False,
    prefixes: PrefixCalibration | None = None,
    calibration: Mapping[str, float] | None = None,
) -> onnx.ModelProto:
    """The network with everything that a reader of the file must know, in `metadata_props`.

    The properties are texts: name, title, version, task, intended_use, data_source, notice,
    data_licence, classes, positive and input (JSON), rows_per_step, architecture (JSON),
    weights_sha256 (of the bundle's weights), precision, "float32" or "int8", units of the outputs
    (JSON), link, "softmax" or "sigmoid" of the logits, objective (JSON: the task, its options,
    and what training found for it, such as the threshold of each finding), threshold (JSON: the
    least probability that is called the finding, what it reached and on which films; null where
    there is none), calibration (JSON: scale and offset of the log-odds that are part of the
    weights already, and whether a test confirms it; null where a model is not calibrated), and
    by_row_calibration, the films that the answer by row was calibrated on, or empty where it was
    not.

    Args:
        info: Of the bundle.
        config: Its architecture.
        weights: By the names of the network's `state_dict()`.
        data_licence: Of the films it was trained on, if it is known.
        int8: Whether to write recurrent weights in eight bits.
        prefixes: Calibration of the answer by row, which becomes a part of the graph; a network
            of rows and columns has no such output.
        calibration: What the bundle says of its training's calibration.

    Raises:
        BundleError: The network has a part that ONNX has no operation for.
    """
    model = _graph(config, weights, int8=int8, prefixes=prefixes)
    if model is None:
        raise BundleError(
            "“{info}” cannot be exported: it has a part that is not built in.",
            "bundle",
            info=info.name,
        )
    told = _properties(info, config, data_licence, int8=int8)
    by_row = isinstance(config, NetworkConfig)
    told["by_row_calibration"] = prefixes.source if prefixes and by_row else ""
    told["threshold"] = _json(asdict(info.threshold) if info.threshold else None)
    known = {**calibration, "confirmed": calibration_holds(info)} if calibration else None
    told["calibration"] = _json(known)
    helper.set_model_props(model, told)
    model.doc_string = f"{info.title} {info.version}. {NOTICE}"
    return model


def _graph(
    config: Exportable,
    weights: Mapping[str, Floats],
    *,
    int8: bool,
    prefixes: PrefixCalibration | None,
) -> onnx.ModelProto | None:
    """The network's graph; None of one with other parts."""
    if isinstance(config, NetworkConfig):
        if not is_built_in(config, weights):
            return None
        return whole_graph(config, weights, int8=int8, prefixes=prefixes)
    from engine.network import GridOptions  # noqa: PLC0415 - its room is torch's

    if config.name != "grid":
        return None
    options = read_options(GridOptions, config.options, "The options of “grid”")
    return grid_graph(config, options, weights, int8=int8) if exportable(options) else None


def arithmetic(config: Exportable) -> str:
    """What "int8" means for a network, as one sentence for people."""
    cell = config.cell if isinstance(config, NetworkConfig) else str(config.options["cell"])
    if cell == "lstm":
        return "int8: the LSTM's weights and products; stem, read-out and head stay float32."
    return (
        f"int8: the weights of the {cell.upper()} as they are stored; ONNX Runtime has no"
        " integer arithmetic for it, so all of it is computed in float32."
    )


def _properties(
    info: ModelInfo, config: Exportable, data_licence: str, *, int8: bool
) -> dict[str, str]:
    return {
        "name": info.name,
        "title": info.title,
        "version": info.version,
        "task": info.task,
        "intended_use": info.intended_use,
        "data_source": info.data_source,
        "notice": NOTICE,
        "data_licence": data_licence,
        "classes": _json(info.classes),
        "positive": _json(info.positive),
        "input": _json(asdict(info.input)),
        "rows_per_step": str(config.row_stride * config.band),
        "architecture": _json(config.to_dict()),
        "weights_sha256": info.sha256,
        "precision": "int8" if int8 else "float32",
        "units": _json(_units(config)),
        "link": config.link,
        "objective": _json(asdict(info.objective)),
    }


def _units(config: Exportable) -> dict[str, str]:
    units = UNITS if config.link == "softmax" else UNITS | _OF_FINDINGS
    if isinstance(config, NetworkConfig):
        return units
    return {name: unit for name, unit in units.items() if name != "by_row"} | _OF_GRIDS


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# --------------------------------------------------------- comparing it with the original
# How an exported model compares with the network that it was made of, film by film.

Decide = Callable[[Doubles], NDArray[np.int64]]
_Answer = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class ExportComparison:
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
    link: Link = "softmax",
) -> list[ExportComparison]:
    """Read every film in every way, in turn, so that a busy machine is fair to all.

    Args:
        reader: Of the network itself; the first way.
        models: Exported models by name, at least one.
        films: (M, W) each.
        decide: Answers (N,) of probabilities (N, K).
        labels: (N,) the right answers.
        link: How the logits become probabilities.
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
    said = {name: linked(np.stack(values), link) for name, values in logits.items()}
    return list(_compared(seconds, said, sizes, decide=decide, labels=labels))


def _compared(
    seconds: Mapping[str, list[float]],
    probabilities: Mapping[str, Doubles],
    sizes: Mapping[str, int],
    *,
    decide: Decide,
    labels: NDArray[np.int64] | None,
) -> Iterator[ExportComparison]:
    first, second, *_ = seconds
    answers = {name: decide(values) for name, values in probabilities.items()}
    for name, spent in seconds.items():
        yield ExportComparison(
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


def _ratio(spent: list[float], others: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(spent, others, strict=True))
