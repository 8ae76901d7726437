"""The two files of a report: written beside their places, then put there, never in halves."""

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from engine.errors import DataError, EngineError
from engine.evaluation.comparison_report import FORMAT as COMPARISON_FORMAT
from engine.evaluation.comparison_report import KIND as COMPARISON
from engine.evaluation.numbers import plain
from engine.evaluation.page import page_of
from engine.evaluation.report import FORMAT, KIND, Evaluation
from engine.metadata.strict_json import parse_json
from engine.types.text import shown

_LARGEST = 2**26  # bytes of a JSON file
_MAKERS = {KIND: "evaluate", COMPARISON: "evaluate --against"}
_FORMATS = {KIND: FORMAT, COMPARISON: COMPARISON_FORMAT}
_ARCHIVES = (".tar.gz", ".tgz", ".tar", ".npz")


def report_path(model: str, data: Path, *, split: str) -> Path:
    """Where a report goes if nobody says: MODEL-DATA-SPLIT.html in the current folder."""
    name = data.name
    for suffix in _ARCHIVES:
        name = name.removesuffix(suffix)
    words = (Path(model).name, name or "data", split)
    return Path("-".join(re.sub(r"[^\w.-]+", "_", word) for word in words) + ".html")


def check_place(path: Path, kind: str = KIND) -> None:
    """Refuse, before anything is measured, a place where a report of a kind cannot go.

    Raises:
        DataError: Another kind of name, no such folder, or a JSON file that is no report.
    """
    if path.suffix.lower() != ".html":
        raise DataError(f"{path.name}: the name of a report must end in .html.", "data")
    if not path.parent.is_dir():
        raise DataError(f"{path.name}: its folder {path.parent.name} is not there.", "data")
    beside = path.with_suffix(".json")
    if beside.exists():
        try:
            read_report(beside, kind)
        except (EngineError, OSError) as error:
            raise DataError(
                f"{beside.name} is there and is no report; choose another name with -o.", "data"
            ) from error


def write_report(evaluation: Evaluation, path: Path) -> Path:
    """Write the page, and its numbers as JSON beside it.

    Args:
        evaluation: What was measured.
        path: Of the page; ends in .html.

    Returns:
        The path of the JSON file.

    Raises:
        DataError: See `check_place`.
        OSError: The folder cannot be written to.
    """
    return write_page(path, evaluation.report, page_of(evaluation), kind=KIND)


def write_page(path: Path, report: object, page: str, *, kind: str) -> Path:
    """Write a page and the frozen values it shows, see `write_report`."""
    check_place(path, kind)
    beside = path.with_suffix(".json")
    text = json.dumps(plain(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    replace_text(beside, text)
    replace_text(path, page)
    return beside


def read_report(path: Path, kind: str = KIND) -> dict[str, Any]:
    """The JSON file of a report, as plain values.

    Args:
        path: Of the file.
        kind: "rowscope-evaluation", or "rowscope-comparison" of two models.

    Raises:
        DataError: It is no report of this program, or of a later one.
        BundleError: It is not JSON with one meaning.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise DataError(f"{path.name} is too large for a report.", "data")
    values = parse_json(path.read_bytes(), shown(path.name))
    if not isinstance(values, dict) or values.get("kind") != kind:
        raise DataError(f"{path.name} is no report of `rowscope-engine {_MAKERS[kind]}`.", "data")
    if values.get("format") != _FORMATS[kind]:
        raise DataError(f"{path.name} was written by another version of this program.", "data")
    return values


def replace_text(path: Path, text: str) -> None:
    """Write a text file beside its place and put it there in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.chmod(_mode())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode() -> int:
    """What a new file would be allowed to whom."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
