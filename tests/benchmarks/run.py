"""Prints every benchmark as a ratio against its peer, measured in turn in one run.

`make bench` runs this. A module `bench_*.py` has `run() -> list[tuple[name, ratio, goal]]`.
"""

import importlib.util
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(HERE.parents[1]))


def main() -> int:
    """Run the benchmarks whose name contains one of the arguments, or all of them."""
    wanted = sys.argv[1:]
    print(f"{'work, against its peer':68} {'ratio':>7} {'goal':>7}")
    for path in sorted(HERE.glob("bench_*.py")):
        if wanted and not any(word in path.stem for word in wanted):
            continue
        for name, ratio, goal in _loaded(path).run():
            print(f"{name:68} {ratio:7.2f} {goal:7.2f}  {'met' if ratio <= goal else 'missed'}")
    return 0


def _loaded(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
