"""The two files of a report: written beside their places, then put there, never in halves."""

import json
import re
from pathlib import Path
from typing import Any

from engine.errors import DataError, EngineError
from engine.evaluation.comparison_report import FORMAT as COMPARISON_FORMAT
from engine.evaluation.comparison_report import KIND as COMPARISON
from engine.evaluation.numbers import plain
from engine.evaluation.page import page_of
from engine.evaluation.report import FORMAT, KIND, Evaluation
from engine.metadata.strict_json import parse_json
from engine.output import write_whole
from engine.types.text import shown
from engine.words import as_json

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
        raise DataError("{path}: the name of a report must end in .html.", "data", path=path.name)
    if not path.parent.is_dir():
        raise DataError(
            "{path}: its folder {parent} is not there.",
            "data",
            path=path.name,
            parent=path.parent.name,
        )
    beside = path.with_suffix(".json")
    if beside.exists():
        try:
            read_report(beside, kind)
        except (EngineError, OSError) as error:
            raise DataError(
                "{beside} is there and is no report; choose another name with -o.",
                "data",
                beside=beside.name,
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
    results = [[as_json(one) for one in pair] for pair in evaluation.report.results]
    values = plain(evaluation.report) | {"results": results}
    return write_page(path, values, page_of(evaluation), kind=KIND)


def write_page(path: Path, report: object, page: str, *, kind: str) -> Path:
    """Write a page and the frozen values it shows, see `write_report`."""
    check_place(path, kind)
    beside = path.with_suffix(".json")
    text = json.dumps(plain(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(beside, text)
    write_whole(path, page)
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
        raise DataError("{path} is too large for a report.", "data", path=path.name)
    values = parse_json(path.read_bytes(), shown(path.name))
    if not isinstance(values, dict) or values.get("kind") != kind:
        raise DataError(
            "{path} is no report of `rowscope-engine {makers}`.",
            "data",
            path=path.name,
            makers=_MAKERS[kind],
        )
    if values.get("format") != _FORMATS[kind]:
        raise DataError(
            "{path} was written by another version of this program.", "data", path=path.name
        )
    return values
