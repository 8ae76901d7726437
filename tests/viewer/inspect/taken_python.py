"""Runs the Python that a pane gives away, and compares what it makes with the pane's numbers."""

from pathlib import Path

import numpy as np

import engine
from viewer.kit.taken import Taken


def reproduces(
    taken: Taken, model: "engine.Model", film: Path, frame: int = 0, *, within: float = 1e-5
) -> None:
    """Fail unless the lines make every array of the pane; each must be named in them."""
    names = {"engine": engine, "np": np, "model": model, "film": film, "frame": frame}
    exec(taken.python, names)  # noqa: S102 - it is what is tested
    assert taken.arrays
    for name, numbers in taken.arrays.items():
        made = np.asarray(names[name])
        assert made.shape == numbers.shape, name
        if numbers.dtype.kind in "fc":
            np.testing.assert_allclose(made, numbers, rtol=within, atol=within, err_msg=name)
        else:
            np.testing.assert_array_equal(made, numbers, err_msg=name)
