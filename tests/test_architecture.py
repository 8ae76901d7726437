"""The rules of the house, each as a test that fails."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import grimp
import pytest

from tests.numeric import CORE, NUMERIC

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for folder in ("engine", "viewer") for path in (ROOT / folder).rglob("*.py"))
FACES = [
    path for path in SOURCES if path.match("engine/*/__init__.py") and "cli" not in path.parts
]
ALONE = {  # small, read by one module of their room, and apart for a reason
    "engine.words.formats": "what translators may write after a colon",
    "viewer.inspect.stretch_brush": "hears the pointer of any strip before the strip does",
    "viewer.session.presentations": "the only one that knows which states show which film",
}


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


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(kind: type) -> list[ast.AST]:
    return [node for path in SOURCES for node in ast.walk(parsed(path)) if isinstance(node, kind)]


def height(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def test_that_modules_classes_and_functions_have_a_good_size():
    modules = [len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES]
    functions = sorted(map(height, nodes(ast.FunctionDef | ast.AsyncFunctionDef)))
    assert max(modules) <= 600
    assert max(map(height, nodes(ast.ClassDef))) <= 300
    assert functions[len(functions) * 9 // 10] <= 25


def test_that_one_name_is_one_thing():
    files = Counter(path.name for path in SOURCES if path.name != "__init__.py")
    classes = Counter(node.name for node in nodes(ast.ClassDef) if node.name[0] != "_")
    assert sum(count > 1 for count in files.values()) <= 10
    assert [name for name, count in classes.items() if count > 1] == []


def mentioned() -> set[str]:
    """Dotted names of ours in prose, docstrings, comments and the Makefile's programs."""
    words = [*ROOT.glob("*.md"), ROOT / "Makefile"]
    words += (ROOT / "resources").rglob("*.md")
    found = "\n".join(path.read_text(encoding="utf-8") for path in [*words, *SOURCES])
    return {
        name
        for quoted in re.findall(r"`([^`\n]+)`|(import .+)'", found)
        for name in re.findall(r"\b(?:engine|viewer)(?:\.[A-Za-z_]\w*)+", " ".join(quoted))
    }


def is_there(name: str) -> bool:
    """Whether it is a room, a module, or at the top of one; of a class's own names nothing."""
    place, *parts = name.split(".")
    path = ROOT / place
    while parts and (path / parts[0]).is_dir():
        path /= parts.pop(0)
    if parts and (path / f"{parts[0]}.py").is_file():
        path /= f"{parts.pop(0)}.py"
    return not parts or parts[0] in named(path)


def named(path: Path) -> set[str]:
    """What a module defines, or a room's face and first module."""
    files = [path] if path.suffix else [path / "__init__.py", path / "__init__.pyi"]
    found = set()
    for node in (one for file in files if file.is_file() for one in parsed(file).body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name for one in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for one in targets if isinstance(one, ast.Name)}
    return found


def test_that_every_name_of_ours_that_is_written_of_is_there():
    names = mentioned()
    assert {"engine.imaging.film_key", "viewer.kit.rendering"} <= names
    assert [name for name in sorted(names) if not is_there(name)] == []


@pytest.mark.parametrize(("top", "column"), [("engine", slice(49)), ("viewer", slice(49, None))])
def test_that_the_map_of_the_house_shows_every_room_where_it_stands(top, column):
    plan = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```")[1]
    drawn = [name for line in plan.splitlines() for name in re.findall(r"^  (\w+)", line[column])]
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers = next(
        rule["layers"]
        for rule in rules["importlinter"]["contracts"]
        if rule.get("containers") == [top]
    )
    height = {name: -at for at, names in enumerate(layers) for name in re.findall(r"\w+", names)}
    assert {path.parent.name for path in (ROOT / top).glob("*/__init__.py")} <= set(drawn)
    assert [height[name] for name in drawn] == sorted(height[name] for name in drawn)


def test_that_no_list_of_tests_names_a_file_that_moved():
    lists = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    missing = [
        word
        for room in ("engine", "viewer")
        for word in re.search(rf"^{room.upper()} := (.+)$", lists, re.MULTILINE)[1].split()
        if not (ROOT / "tests" / room / f"{word}.py").is_file()
    ]
    tests = [path.as_posix() for path in (ROOT / "tests" / "engine").rglob("test_*.py")]
    missing += [word for word in (*NUMERIC, *CORE) if not any(word in path for path in tests)]
    assert missing == []


@pytest.mark.parametrize("room", sorted(path.parent.name for path in FACES))
def test_that_a_room_has_what_its_face_names(room):
    face = importlib.import_module(f"engine.{room}")
    assert [name for name in face.__all__ if not hasattr(face, name)] == []


def test_that_a_small_module_with_one_reader_has_a_reason():
    graph = grimp.build_graph("engine", "viewer", cache_dir=None)
    small = {
        name
        for path in SOURCES
        if path.parent.name not in {"commanding", "scripting"}  # what one part of the window says
        and len(path.read_text(encoding="utf-8").splitlines()) < 80
        and (name := ".".join(path.relative_to(ROOT).with_suffix("").parts)) in graph.modules
        and [one.rpartition(".")[0] for one in graph.find_modules_that_directly_import(name)]
        == [name.rpartition(".")[0]]
    }
    assert small == set(ALONE)


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


def test_that_the_program_imports_before_its_first_picture_only_what_that_needs():
    later = {
        "llvmlite",  # with the weights of a model
        "safetensors",
        "statistics",
        "uuid",
        "engine.calibration",
        "engine.weights",
        "viewer.commanding.export_dialog",
        "viewer.commanding.keys_dialog",
        "viewer.commanding.tags_dialog",
        "viewer.export.exports",
        "viewer.scripting.register",
        "PySide6.QtPrintSupport",
    }
    run = python(
        "import sys, viewer.__main__ as program;"
        "from viewer.session.settings import Memory, Settings;"
        "from PySide6.QtWidgets import QApplication;"
        "application = QApplication([]);"
        "options = program._parser().parse_args([]);"
        "window = program._window(options, Settings(Memory()));"
        "window.show(); application.processEvents();"
        f"early = {later} & set(sys.modules); window.close(); assert not early, early"
    )
    assert run.returncode == 0, run.stderr


def test_that_the_engine_predicts_where_qt_is_not_installed():
    run = python(
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph'): sys.modules[name] = None\n"
        "import engine, engine.model, engine.__main__\n"
        "[getattr(engine, name) for name in dir(engine)]"
    )
    assert run.returncode == 0, run.stderr


def test_that_only_the_theme_names_a_colour():
    hexadecimal = [
        path.name
        for path in (ROOT / "viewer").rglob("*.py")
        if path.name != "theme.py"
        and any(
            re.search(r"[\"']#(?![# ])", line) and "noqa" not in line  # "# " begins a comment
            for line in path.read_text(encoding="utf-8").splitlines()
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
