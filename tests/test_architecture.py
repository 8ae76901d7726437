"""The rules of the house, each as a test that fails."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for folder in ("engine", "viewer", "tests") for path in (ROOT / folder).rglob("*.py")
)


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def contracts() -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    return python(code)


def test_that_every_import_contract_is_kept(contracts):
    assert contracts.returncode == 0, contracts.stdout


def test_that_the_contracts_were_really_checked(contracts):
    kept = contracts.stdout.count(" KEPT")
    assert kept == (ROOT / "pyproject.toml").read_text().count("[[tool.importlinter.contracts]]")


def test_that_a_module_has_at_most_600_lines():
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert [str(path) for path, count in lines.items() if count > 600] == []


def test_that_importing_the_engine_loads_neither_torch_nor_qt_nor_pydicom():
    run = python(
        "import sys, engine; heavy = {'torch', 'PySide6', 'pydicom', 'PIL'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    assert run.returncode == 0, run.stderr


def test_that_importing_the_window_loads_no_torch_and_no_decoder():
    run = python(
        "import sys, viewer.window;"
        "heavy = {'torch', 'pydicom', 'PIL', 'imagecodecs'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    assert run.returncode == 0, run.stderr


def test_that_the_engine_predicts_where_qt_is_not_installed():
    run = python(
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph'): sys.modules[name] = None\n"
        "import engine, engine.predictor, engine.__main__\n"
        "[getattr(engine, name) for name in engine.__all__]"
    )
    assert run.returncode == 0, run.stderr


# What starts processes, or would: git is asked for a commit, Lightning Fabric starts those of
# several devices by itself, and `wire` has the memory of systems without one that has no name.
STARTS = re.compile(
    r"\b(multiprocessing|subprocess|ProcessPoolExecutor|os\.(fork|spawn|posix_spawn))"
)
MAY_START = {
    "engine/processes.py",
    "engine/wire.py",
    "engine/evaluation/fingerprints.py",
    "engine/tuning/team.py",
}


def test_that_only_the_supervisor_starts_processes():
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("engine", "viewer")
        for path in (ROOT / folder).rglob("*.py")
        if any(
            STARTS.search(line) and "import" in line
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    }
    assert found <= MAY_START


def test_that_only_the_theme_names_a_colour():
    hexadecimal = [
        path.name
        for path in (ROOT / "viewer").rglob("*.py")
        if path.name != "theme.py"
        and any(
            f"{quote}#" in line and "noqa" not in line
            for line in path.read_text(encoding="utf-8").splitlines()
            for quote in "\"'"
        )
    ]
    assert hexadecimal == []


def test_that_nothing_in_the_repository_is_a_pickle_or_over_12_megabytes():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if files.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in files.stdout.splitlines() if (ROOT / name).is_file()]
    too_large = [path.name for path in paths if path.stat().st_size > 12 * 2**20]
    pickles = [path.name for path in paths if path.suffix in {".pt", ".pth", ".pkl", ".ckpt"}]
    assert (too_large, pickles) == ([], [])


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_that_qt_calls_do_not_use_up_references_to_none(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("row")
    assert sys.getrefcount(None) > before - 100
