"""Every template of the engine, for those who translate them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.words.table import TABLE

CONTEXT = "engine"
SPEAKERS = frozenset({
    "Sentence", "RefusedError", "EngineError", "ImageError", "BundleError", "DeviceError",
    "DataError", "InferenceError",
})  # fmt: skip


def templates() -> Iterator[tuple[str, str, str]]:
    """Context, code and English template of all that the engine can say, each once, in order.

    Those without a code of their own are found in the source, where they are said.
    """
    yield from ((CONTEXT, code, template) for code, template in TABLE.items())
    seen = set(TABLE)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        for code in spoken(path.read_text(encoding="utf-8")):
            if code not in seen:
                seen.add(code)
                yield CONTEXT, code, code


def spoken(source: str) -> Iterator[str]:
    """What a module says: the codes and templates that `Sentence` and errors are given first."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _speaks(node.func):
            yield from _literals(node.args[0])


def _speaks(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in SPEAKERS


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
