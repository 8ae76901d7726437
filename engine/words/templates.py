"""Every template of the engine, for those who translate them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.words.table import TABLE

CONTEXT = "engine"
NAMES = "names"  # the context of what models call themselves, their classes and data
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
    """What a module says: first in `Sentence` and errors, second in `note` and `wrong`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in SPEAKERS:
            yield from _literals(node.args[:1])
        elif isinstance(node.func, ast.Attribute) and node.func.attr in {"note", "wrong"}:
            yield from _literals(node.args[1:2])


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _literals([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
