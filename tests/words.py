"""Collect every word for translators: `make words`.

Qt Linguist's lupdate reads the viewer; the engine's templates are handed to it as a list. What is
written is the source language, in which only sentences with a number have two forms, and the file
that Qt loads of it. Another language starts as a copy, rowscope_zh.ts with its `language`, and is
translated in Linguist; its file is kept up to date, too, and what lacks a translation is English.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from engine.words import templates

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
SOURCE = FOLDER / "rowscope_en.ts"

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
        _run(
            "pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-sort-messages",
            "-source-language", "en", "-target-language", target.stem.removeprefix("rowscope_"),
            "-tr-function-alias", "QT_TR_NOOP+=marked",
            *(str(path) for path in sources), str(listed), "-ts", str(target),
        )  # fmt: skip


def words(path: Path) -> set[Word]:
    """What a .ts file holds."""
    contexts = ET.parse(path).getroot().iter("context")  # noqa: S314 - our own file
    return {
        (
            context.findtext("name", ""),
            *(message.findtext(key, "") for key in ("source", "comment")),
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


def release(source: Path, target: Path) -> None:
    """Make what Qt loads of a .ts file."""
    _run("pyside6-lrelease", "-silent", "-nounfinished", str(source), "-qm", str(target))


def _lines() -> Iterator[str]:
    for context, code, template in templates():
        if code != template:
            yield f"#: {code}\n"
        yield f"QT_TRANSLATE_NOOP({_quoted(context)}, {_quoted(template)})\n"


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
