"""Bundles of earlier versions of this program, rewritten as this one keeps them.

    python -m engine.training.rewriting MODEL …

Results that are sentences become codes and numbers: the same words, late; what is no sentence of
this program stays the text that it is. Numbers of a test that the bundle keeps in full
(`FilmTest`) are taken from there, all others have the digits that were printed. The key “gate” of
its trust and of its recipe becomes “admission”, and where its task calls a model so, it and the
card call it by the words of today. What says on which films a threshold was chosen, a test or
an audit made, becomes a sentence as well. Weights stay as they are, to the byte, and so do all
figures.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar, cast

from engine.bundle import (
    CARD,
    METADATA,
    find_bundle,
    parse_json,
    read_audit,
    read_card,
    read_description,
    read_file,
    read_metadata,
    replace_metadata,
    write_audit,
)
from engine.training.card import measured_code
from engine.types import FilmTest, Results
from engine.words import TABLE, Sentence

_NUMBERS = {
    ",": r"\d[\d,]*",
    "percent": r"\d+",
    "share": r"\d+\.\d",
    "correlation": r"−?\d\.\d\d",
    "g": r"\d+(?:\.\d+)?",
    ".2f": r"\d+\.\d\d",
    ".3f": r"\d+\.\d{3}",
}
_COUNTS = {"inside", "bins", "compatible", "folds", "seed", "count"}
_PARTS = {"kinds": "; ", "leaks": ", ", "scores": ", "}
# Places that hold sentences, and which; in some of them a text of somebody else may stand.
_WHAT = tuple(code for code in TABLE if code.startswith("result.") and code != "result.of")
_INSIDE = {
    "figure": ("figure.number", "figure.share", "figure.whole-share", "seeds."),
    "single": ("figure.share",),
    "films": ("count",),
    "found": ("leaks.kinds",),
    "kinds": ("leaks.counted",),
    "leaks": ("leaks.patient", "leaks.exact", "leaks.near"),
    "scores": ("figure.plain",),
    "rule": ("seeds.rule",),
    "score": ("score.",),
    "of": ("split.",),
    "where": ("split.",),
    "whole": ("source.",),
    "kind": ("wrong.",),
}
_FREE = {"score", "of", "where", "kind"}
_VALUES = (
    "figure.plain", "figure.none", "figure.of-films", "figure.number", "figure.share", "count",
    "leaks.none", "leaks.allowed", "seeds.kept", "seeds.spread", "folds.", "result.",
)  # fmt: skip
_MOST_BYTES = 2**20
_KEYS = {"gate": "admission"}
_CALLED = "the gate of models", "the admission check of models"
_EXACT = {
    "result.auc": "auc",
    "result.accuracy": "accuracy",
    "result.sensitivity": "sensitivity",
    "result.specificity": "specificity",
    "result.calibration": "calibration_error",
}


_Value = TypeVar("_Value")


def rewrite(model: str) -> None:
    """Write what a bundle says in the keys, codes and numbers of today.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    folder = find_bundle(model)
    _rename(folder)
    description, config = read_description(folder)
    tests = {test.name: test for test in description.tests}
    results = tuple(coded(description.results, tests))
    description = replace(
        description,
        results=results,
        threshold=_said(description.threshold, "chosen_on", "chosen."),
        tests=tuple(_said(test, "source", "source.") for test in description.tests),
    )
    replace_metadata(folder, description, config)
    audit = read_audit(folder)
    if audit is not None:
        by_row = _said(audit.by_row, "source", "source.")
        audit = replace(_said(audit, "source", "source."), by_row=by_row)
        write_audit(folder, audit, sha256=read_metadata(folder).sha256)


def _rename(folder: Path) -> None:
    """Old keys and words give way to those of today, whole or not at all."""
    values = parse_json(read_file(folder, METADATA, most=_MOST_BYTES), f"{folder.name}/{METADATA}")
    old = json.dumps(values)
    recipe = _table(_table(values, "training"), "recipe")
    for table in (_table(values, "trust"), _table(recipe, "trust")):
        kept = {_KEYS.get(key, key): value for key, value in table.items()}
        table.clear()
        table.update(kept)
    for table in (values, recipe):
        if isinstance(table.get("task"), str):
            table["task"] = table["task"].replace(*_CALLED)
    if json.dumps(values) == old:
        return
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as beside:
        new = Path(beside, METADATA)
        new.write_text(json.dumps(values, ensure_ascii=False, allow_nan=False), encoding="utf-8")
        read_description(new.parent)
        new.replace(folder / METADATA)
    card = read_card(folder)
    if _CALLED[0] in card:
        (folder / CARD).write_text(card.replace(*_CALLED), encoding="utf-8")


def _table(values: dict[str, Any], key: str) -> dict[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def _said(value: _Value, name: str, kind: str) -> _Value:
    """A value whose sentence of some kind has its code; what is none stays the text it is."""
    text = getattr(value, name, None)
    found = None if text is None or text.code in TABLE else _sentence(text, (kind,))
    return value if found is None else cast("_Value", replace(cast("Any", value), **{name: found}))


def coded(results: Results, tests: Mapping[str, FilmTest]) -> Iterator[tuple[Sentence, Sentence]]:
    """The same results, word for word, by code."""
    for what, value in results:
        said = what if what.code in TABLE else _sentence(what, ("result.",)) or what
        found = value if value.code in TABLE else _sentence(value, _VALUES) or value
        yield said, _exact(said, found, tests.get(str(said.arguments.get("of"))))


def _sentence(text: str, kinds: tuple[str, ...]) -> Sentence | None:
    """The first sentence of some kinds that a text is."""
    codes = (code for kind in kinds for code in TABLE if code.startswith(kind))
    return next((one for code in codes if (one := _read(code, text)) == text), None)


def _of(text: str) -> Sentence | None:
    """What was measured on named films; the name may be of several words."""
    words = text.split(" ")
    for place in range(1, len(words)):
        films, what = " ".join(words[:place]), _sentence(" ".join(words[place:]), _WHAT)
        if what is not None:
            return Sentence("result.of", of=_argument("of", "", films), what=what)
    return None


def _read(code: str, text: str) -> Sentence | None:
    if code == "result.of":
        return _of(text)
    pattern, specs = "", dict[str, str]()
    for literal, name, spec, _ in Formatter().parse(TABLE[code]):
        pattern += re.escape(literal)
        if name in specs:
            pattern += f"(?:{spec})" if "|" in (spec or "") else f"(?P={name})"
        elif name is not None:
            specs[name] = spec or ""
            shape = r"\d+" if name in _COUNTS and not spec else _NUMBERS.get(spec or "", ".+?")
            pattern += f"(?P<{name}>{shape})"
    match = re.fullmatch(pattern, text)
    if match is None:
        return None
    read = {name: _argument(name, spec, match[name]) for name, spec in specs.items()}
    return None if None in read.values() else Sentence(code, **read)


def _argument(name: str, spec: str, text: str) -> object:
    """What stands in a place; None where it is no sentence of those that may stand there."""
    if spec in _NUMBERS or (name in _COUNTS and not spec):
        number = float(text.replace(",", "").replace("−", "-"))
        if spec in {"percent", "share"}:
            return round(number / 100, 4)
        return number if "." in text else int(number)
    kinds = _INSIDE.get(name)
    if kinds is None:
        return text
    if name in _PARTS:
        parts = [_sentence(part, kinds) for part in text.split(_PARTS[name])]
        return None if None in parts else tuple(parts)
    return _sentence(text, kinds) or (text if name in _FREE else None)


def _exact(what: Sentence, value: Sentence, test: FilmTest | None) -> Sentence:
    """With all digits, where the bundle keeps them and they print the same."""
    figure = getattr(test, _EXACT.get(measured_code(what), ""), None)
    if figure is None:
        return value
    number = Sentence("figure.number", value=figure.value, low=figure.low, high=figure.high)
    tried = (
        number,
        Sentence("figure.of-films", figure=number, films=figure.films),
        Sentence("figure.plain", value=figure.value),
    )
    return next((one for one in tried if one == value), value)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        rewrite(name)
