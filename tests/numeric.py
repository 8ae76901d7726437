"""The numeric tests once more, with the instruction sets of older processors (`make numeric`).

Each library chooses its instructions when it starts, by what the processor has; each has its own
way of being told to use fewer. A level that is not below this machine would only repeat
`make test` and is left out; so are names that a library here does not know. With NUMERIC=lowest in
the environment only the level farthest below is asked, and of the tests those of the core, as
continuous integration does: the whole took three of its twenty minutes.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from numpy._core import _multiarray_umath as numpy_core  # noqa: E402 - after the path

from engine.runtime import VARIABLE, Target  # noqa: E402 - after the path

NUMERIC = (  # rooms, and single files
    "explain/", "network/", "runtime/", "forecast/", "inspection/", "bundle/test_influence",
    "test_calibration", "test_sequence", "test_maps", "evaluation/test_page", "test_model",
    "test_weights", "test_safeguards", "test_tolerances",
)  # fmt: skip
CORE = (  # of these what continuous integration asks: equations, kernel, gradients, bounds
    "network/test_equations", "network/test_trace", "runtime/test_reader", "runtime/test_parity",
    "explain/test_attribution", "inspection/test_reread", "inspection/test_alignment",
    "test_calibration.py", "test_sequence.py", "test_maps", "test_tolerances",
)  # fmt: skip
ABOVE_AVX2 = ("AVX512", "AVX10", "X86_V4")
LEVELS = {
    "x86-64-v3": {
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    },
    "x86-64-v2": {
        "ATEN_CPU_CAPABILITY": "default",
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "OPENBLAS_CORETYPE": "Nehalem",
        "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
    },
}


def lowered():
    """Environments by name, each with fewer instructions than this machine has."""
    held = list(Target.levels())
    if not held:  # not x86-64: the libraries have one level below their best
        return {"plain": {"ATEN_CPU_CAPABILITY": "default", **without(lambda _: True)}}
    named = {name: words for name, words in LEVELS.items() if name in held[:-1]}
    return {
        name: words
        | {VARIABLE: name}
        | without(lambda one, name=name: name != "x86-64-v3" or one.startswith(ABOVE_AVX2))
        for name, words in named.items()
    }


def without(beyond):
    """What numpy is told to leave aside: of what it would choose from here, all that is beyond."""
    found = [
        name
        for name in numpy_core.__cpu_dispatch__
        if numpy_core.__cpu_features__.get(name) and beyond(name)
    ]
    return {"NPY_DISABLE_CPU_FEATURES": " ".join(found)} if found else {}


def main():
    """Run the tests level by level, and end with 1 if any failed."""
    lowest = os.environ.get("NUMERIC") == "lowest"
    tests = [
        str(path)
        for path in sorted((ROOT / "tests" / "engine").rglob("test_*.py"))
        if any(word in path.as_posix() for word in (CORE if lowest else NUMERIC))
    ]
    levels, failed = lowered(), []
    if levels and lowest:
        levels = dict([levels.popitem()])
    for name, words in levels.items():
        said = " ".join(f"{key}={value!r}" for key, value in words.items())
        print(f"numeric tests with the instructions of {name}: {said}", flush=True)
        begun = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "-p",
            "no:cacheprovider",
            *sys.argv[1:],
            *tests,
        ]
        run = subprocess.run(command, cwd=ROOT, env=os.environ | words, check=False)
        print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
        failed += [name] if run.returncode else []
    if failed:
        print(f"The numeric tests fail with {', '.join(failed)}.")
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
