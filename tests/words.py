"""Collect every word for translators: `make words`.

Qt Linguist's lupdate reads the viewer; the engine's templates are handed to it as a list. What is
written is the source language, in which only sentences with a number have two forms, and the file
that Qt loads of it. Another language starts as a copy, rowscope_zh.ts with its `language`, and is
translated in Linguist; its file is kept up to date, too, and what lacks a translation is English.
`faults` says what keeps a translation from being shown as it is meant.
"""

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the engine of this checkout, whichever is installed

from engine import list_models  # noqa: E402 - after the path
from engine.types import Population  # noqa: E402 - after the path
from engine.words import NAMES, templates  # noqa: E402 - after the path

FOLDER = ROOT / "resources" / "translations"
SOURCE = FOLDER / "rowscope_en.ts"
ORDINAL = "{place} percentile"  # a language without ordinals takes the place's {number}

Word = tuple[str, str, str]  # context, text, what tells it apart


def collect(target: Path) -> None:
    """Write the words of viewer and engine into a .ts file; what it has translated it keeps.

    Args:
        target: rowscope_LANGUAGE.ts.
    """
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "engine.py")
        listed.write_text("".join(_lines()), encoding="utf-8")
        sources = sorted((ROOT / "viewer").rglob("*.py"))
        language = target.stem.removeprefix("rowscope_")
        _run(
            "pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-sort-messages",
            "-source-language", "en",
            *(() if target.exists() else ("-target-language", language)),
            "-tr-function-alias", "QT_TR_NOOP+=marked",
            *(str(path) for path in sources), str(listed), "-ts", str(target),
        )  # fmt: skip


def words(path: Path) -> set[Word]:
    """What a .ts file holds."""
    contexts = ET.parse(path).getroot().iter("context")  # noqa: S314 - our own file
    return {
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("comment", ""),
        )
        for context in contexts
        for message in context.iter("message")
    }


def unfinished(path: Path) -> set[str]:
    """Sentences with a number that lack one of their forms."""
    messages = ET.parse(path).getroot().iter("message")  # noqa: S314 - our own file
    return {
        message.findtext("source", "")
        for message in messages
        if message.get("numerus") and not all(form.text for form in message.iter("numerusform"))
    }


def faults(path: Path) -> list[tuple[str, str]]:
    """What is wrong with a translated file: (what, source), none where it is complete."""
    messages = ET.parse(path).getroot().iter("message")  # noqa: S314 - our own file
    return [
        (what, source)
        for message in messages
        for source in [message.findtext("source", "")]
        for translated in _translations(message)
        for what in _faults_of(source, translated, message)
    ]


def _translations(message: ET.Element) -> list[str]:
    """Every form of a message, at least one."""
    forms = [form.text or "" for form in message.iter("numerusform")]
    return forms or [message.findtext("translation", "")]


def _faults_of(source: str, translated: str, message: ET.Element) -> Iterator[str]:
    translation = message.find("translation")
    if translation is None or translation.get("type") is not None or not translated:
        yield "missing"
        return
    if _places(source) != _places(translated) and source != ORDINAL:
        yield "places"
    if ("%n" in source) != ("%n" in translated):
        yield "%n"
    if _keys(source) != _keys(translated):
        yield "mnemonic"
    if source.count("\n") != translated.count("\n") or source.count("`") != translated.count("`"):
        yield "lines or code"
    if source.endswith("…") != translated.endswith("…"):
        yield "…"


def _places(text: str) -> set[tuple[str, str]]:
    """Named places with their formats; words for one and for many are each language's own."""
    places = {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name}
    return {(name, spec) for name, spec in places if "|" not in spec}


def _keys(text: str) -> list[str]:
    return [key.upper() for key in re.findall(r"&(\w)", text)]


def release(source: Path, target: Path) -> None:
    """Make what Qt loads of a .ts file."""
    _run("pyside6-lrelease", "-silent", "-nounfinished", str(source), "-qm", str(target))


def _lines() -> Iterator[str]:
    for context, code, template in templates():
        if code != template:
            yield f"#: {code}\n"
        yield f"QT_TRANSLATE_NOOP({_quoted(context)}, {_quoted(template)})\n"
    for text, many in _inside_f_strings():
        many_words = ', "", 1' if many else ""
        yield f'QCoreApplication.translate("", {_quoted(text)}{many_words})\n'
    for name in sorted(set(_names())):
        if any(letter.isalpha() for letter in name):
            yield f"QT_TRANSLATE_NOOP({_quoted(NAMES)}, {_quoted(name)})\n"


def _inside_f_strings() -> Iterator[tuple[str, bool]]:
    """Texts that lupdate does not see, and whether they depend on a number."""
    for path in sorted((ROOT / "viewer").rglob("*.py")):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for node in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr":
                    text = node.args[0]
                    if isinstance(text, ast.Constant):
                        yield str(text.value), any(word.arg == "n" for word in node.keywords)


def _names() -> Iterator[str]:
    """What the models of the program call themselves, their classes, data and figures."""
    yield from ("train", "val", "test", "all")
    for model in list_models():
        yield from (model.title, model.intended_use, model.data_source, model.architecture)
        yield from model.classes
        people = model.population or Population()
        asked = (people.body_parts, people.views, people.sexes, people.lateralities)
        yield from (letter for row in asked for letter in row)
        for name, value in model.results:
            if getattr(name, "code", "") == "{text}":
                yield str(name)
            of = getattr(value, "arguments", {}).get("of")
            if isinstance(of, str):
                yield of


def _quoted(text: str) -> str:
    """A Python literal as lupdate reads it: with double quotes."""
    body = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{body}"'


def _run(tool: str, *arguments: str) -> None:
    beside = Path(sys.executable).with_name(tool)
    found = str(beside) if beside.exists() else shutil.which(tool)
    subprocess.run([found or tool, *arguments], check=True)


if __name__ == "__main__":
    for language in sorted(FOLDER.glob("rowscope_*.ts")):
        collect(language)
        release(language, language.with_suffix(".qm"))
    missing = unfinished(SOURCE)
    print(f"{len(words(SOURCE)):,} texts in {SOURCE.relative_to(ROOT)}")
    if missing:
        print("Without their forms for one and for many:", *sorted(missing), sep="\n  ")
    raise SystemExit(bool(missing))
