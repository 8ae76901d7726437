"""Analyses and traces as named arrays in one .npz file, without pickle.

| name | shape | what |
|---|---|---|
| h | (S,D,L,H) | hidden states; direction 1 is stored at the step that it reads |
| by_row | (L,K) | probabilities if reading had stopped after each step, calibrated for it |
| influence | (L,) | change of the target's log-odds by each step |
| edges | (L+1,) | stored rows: step t covers edges[t] to edges[t+1] |
| probabilities, classes | (K,) | the answer |
| target | () | index of the class that `influence` explains |
| log_odds, baseline_log_odds, residual | () | of this film, of the baseline, what is left over |
| baseline, baseline_probability | () | which film Influence starts from; the target's, of it |
| gates, gate_names | (G,S,D,L,H), (G,) | and each gate as gates_<name>; from a trace |
| c | (S,D,L,H) | cell states; from a trace of an LSTM |
| memory | (D,L,H) | what is left of each step at the end; from a trace |
| by_row_logits, logits | (L,K), (K,) | from a trace |
| columns | () | Q columns of cells in a step, H = Q times the units of one; from a trace |
| column_edges | (Q+1,) | stored columns at which they begin; from a trace of a grid |
| influence_grid | (R,C) | change of the target's log-odds by each cell |
| grid_row_edges, grid_column_edges | (R+1,), (C+1,) | stored rows and columns of its cells |
| grid_residual, grid_method | () | what its cells leave over, and how it was measured |
| model, model_version, sha256 | () | which weights answered |
| sop_instance_uid, frame, abstained | () | of which film; empty where there is none |
| program_version | () | of Rowscope |
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.output import whole

if TYPE_CHECKING:
    from engine.types import Analysis, GridInfluence, RowTrace

Arrays = dict[str, NDArray[Any]]


def analysis_arrays(analysis: "Analysis") -> Arrays:
    """What an analysis holds; of one that abstained, only what it is about and why."""
    arrays: Arrays = {}
    if analysis.states is not None:
        arrays |= {"h": analysis.states.h, "edges": analysis.states.edges}
    if analysis.prediction is not None:
        arrays |= {
            "by_row": analysis.prediction.by_row,
            "probabilities": analysis.prediction.probabilities,
            "classes": np.array(analysis.prediction.classes, dtype=np.str_),
            "target": np.array(analysis.prediction.target),
        }
    if analysis.influence is not None:
        names = ("log_odds", "baseline_log_odds", "residual")
        arrays["influence"] = analysis.influence.values
        arrays |= {name: np.array(getattr(analysis.influence, name)) for name in names}
        arrays["baseline"] = np.array(analysis.influence.baseline.words, dtype=np.str_)
        arrays["baseline_probability"] = np.array(analysis.influence.baseline_probability)
    return arrays | {
        "model": np.array(analysis.model.name, dtype=np.str_),
        "model_version": np.array(analysis.model.version, dtype=np.str_),
        "sha256": np.array(analysis.model.sha256, dtype=np.str_),
        "sop_instance_uid": np.array(analysis.image.uids.instance, dtype=np.str_),
        "frame": np.array(analysis.frame),
        "abstained": np.array(analysis.abstained or "", dtype=np.str_),
    }


def trace_arrays(trace: "RowTrace") -> Arrays:
    """What a trace holds; what its cell has not is left out."""
    gates = list(trace.gates.values())
    arrays: Arrays = {
        "h": trace.h,
        "gates": np.stack(gates) if gates else np.empty((0, *trace.h.shape), np.float32),
        "gate_names": np.array(list(trace.gates), dtype=np.str_),
        "by_row_logits": trace.by_row,
        "logits": trace.logits,
        "edges": trace.edges,
        "columns": np.array(trace.columns),
    }
    arrays |= {f"gates_{name}": gate for name, gate in trace.gates.items()}
    if trace.columns > 1 and trace.column_edges is not None:
        arrays["column_edges"] = trace.column_edges
    optional = {"c": trace.c, "memory": trace.memory}
    return arrays | {name: array for name, array in optional.items() if array is not None}


def grid_arrays(found: "GridInfluence") -> Arrays:
    """What an Influence over rows and columns holds."""
    return {
        "influence_grid": found.values,
        "grid_row_edges": found.row_edges,
        "grid_column_edges": found.column_edges,
        "grid_residual": np.array(found.residual),
        "grid_method": np.array(found.method, dtype=np.str_),
    }


def write_npz(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays as one compressed file that numpy reads with allow_pickle=False.

    The file is there whole or not at all: it is written beside its place and then moved.

    Raises:
        OSError: The file cannot be written.
    """
    named = dict(arrays) | {"program_version": np.array(_program_version(), dtype=np.str_)}
    with whole(path) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **named)


def _program_version() -> str:
    return str(import_module("engine").__version__)  # the root of the package this lies in
