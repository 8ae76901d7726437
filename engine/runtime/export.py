"""A network as a file for other programs: an ONNX model that says what it is."""

import json
from collections.abc import Mapping
from dataclasses import asdict

import onnx
from onnx import helper

from engine.errors import BundleError
from engine.metadata import calibration_holds
from engine.metadata.architecture import NetworkConfig
from engine.runtime.fit import is_built_in
from engine.runtime.graph import whole_graph
from engine.types import Floats, ModelInfo, PrefixCalibration

NOTICE = "Research use only. Not a medical device."
UNITS = {
    "logits": "natural logarithm of odds, up to a number that all classes share",
    "probabilities": "probability, 0 to 1",
    "by_row": "probability, 0 to 1, if reading had stopped after each step",
    "h": "hidden state, −1 to 1",
}


def export_model(
    info: ModelInfo,
    config: NetworkConfig,
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
    (JSON), threshold (JSON: the least probability that is called the finding, what it reached and
    on which films; null where there is none), calibration (JSON: scale and offset of the log-odds
    that are part of the weights already, and whether a test confirms it; null where a model is
    not calibrated), and by_row_calibration, the films that the answer by row was calibrated on,
    or empty where it was not.

    Args:
        info: Of the bundle.
        config: Its architecture.
        weights: By the names of `RowClassifier.state_dict()`.
        data_licence: Of the films it was trained on, if it is known.
        int8: Whether to write recurrent weights in eight bits.
        prefixes: Calibration of the answer by row, which becomes a part of the graph.
        calibration: What the bundle says of its training's calibration.

    Raises:
        BundleError: The network has a part that ONNX has no operation for.
    """
    if not is_built_in(config, weights):
        raise BundleError(
            "“{info}” cannot be exported: it has a part that is not built in.",
            "bundle",
            info=info.name,
        )
    model = whole_graph(config, weights, int8=int8, prefixes=prefixes)
    told = _properties(info, config, data_licence, int8=int8)
    told["by_row_calibration"] = prefixes.source if prefixes else ""
    told["threshold"] = _json(asdict(info.threshold) if info.threshold else None)
    known = {**calibration, "confirmed": calibration_holds(info)} if calibration else None
    told["calibration"] = _json(known)
    helper.set_model_props(model, told)
    model.doc_string = f"{info.title} {info.version}. {NOTICE}"
    return model


def arithmetic(config: NetworkConfig) -> str:
    """What "int8" means for a network, as one sentence for people."""
    if config.cell == "lstm":
        return "int8: the LSTM's weights and products; stem, read-out and head stay float32."
    return (
        f"int8: the weights of the {config.cell.upper()} as they are stored; ONNX Runtime has no"
        " integer arithmetic for it, so all of it is computed in float32."
    )


def _properties(
    info: ModelInfo, config: NetworkConfig, data_licence: str, *, int8: bool
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
        "units": _json(UNITS),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
