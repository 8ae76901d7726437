"""ONNX Runtime sessions, on one thread: a film's steps are too small to share."""

from pathlib import Path

import onnx
import onnxruntime

_ERRORS_ONLY = 3


def session(model: onnx.ModelProto | Path, *, threads: int = 1) -> onnxruntime.InferenceSession:
    """Ready to run on the CPU.

    Args:
        model: In memory, or a file.
        threads: CPU threads.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    source = str(model) if isinstance(model, Path) else model.SerializeToString()
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
