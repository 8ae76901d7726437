"""audit.json beside the weights: what was measured of a model's maps. JSON only, no torch."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar, cast

from engine.errors import BundleError
from engine.metadata.by_row import stored_hash
from engine.metadata.fields import Fields
from engine.metadata.files import WEIGHTS, hash_file, load_json
from engine.types import (
    LEVEL,
    Audit,
    Curve,
    Figure,
    InfluenceMethod,
    Pointing,
    RowCalibration,
    Shares,
    Stage,
)

AUDIT = "audit.json"
_FORMAT = 1
_LARGEST = 1e6  # of a figure, either way
_MOST_FILMS = 10**9
_MOST_STEPS = 2**14
_METHODS = ("integrated-gradients", "occlusion", "shapley")

Value = TypeVar("Value")


def read_audit(folder: Path) -> Audit | None:
    """The audit of a bundle; None where it has none, or one of other weights.

    Its part `by_row` is None where the bundle's calibration by row is another one now.

    Raises:
        BundleError: A file that cannot be trusted; names file and key.
    """
    path = folder / AUDIT
    if not path.exists():
        return None
    sha256, audit = _parse(load_json(path), f"{folder.name}/{AUDIT}")
    if sha256 != hash_file(folder / WEIGHTS):
        return None
    if audit.by_row is not None and audit.by_row.calibration != stored_hash(folder):
        return replace(audit, by_row=None)  # its numbers were fitted again since
    return audit


def write_audit(folder: Path, audit: Audit, *, sha256: str) -> None:
    """Write audit.json into a bundle's folder, if it can be read back.

    Args:
        folder: Of the bundle.
        audit: What was measured.
        sha256: Hash of the weights that it was measured with (`ModelInfo.sha256`).

    Raises:
        BundleError: The audit holds what cannot be read back, or the folder other weights.
    """
    place = f"{folder.name}/{AUDIT}"
    if hash_file(folder / WEIGHTS) != sha256:
        raise BundleError(
            "{place} was measured with other weights; audit the model again.",
            "bundle",
            place=place,
        )
    values = {"format": _FORMAT, "sha256": sha256} | asdict(audit)
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    _parse(json.loads(text), place)
    (folder / AUDIT).write_text(text, encoding="utf-8")


def _parse(values: object, place: str) -> tuple[str, Audit]:
    """The hash of the weights that were measured, and the audit."""
    fields = Fields(values, place)
    fields.integer("format", _FORMAT, _FORMAT)
    sha256 = fields.text("sha256")
    audit = Audit(
        method=cast("InfluenceMethod", fields.choice("method", _METHODS)),
        source=fields.text("source"),
        seed=fields.integer("seed", 0, 2**63 - 1),
        deletion=_maybe(fields, "deletion", _read_curve),
        insertion=_maybe(fields, "insertion", _read_curve),
        randomised=_maybe(fields, "randomised", _read_figure),
        randomised_sizes=_maybe(fields, "randomised_sizes", _read_figure),
        cascade=_read_cascade(fields, place),
        seeds=_maybe(fields, "seeds", _read_figure),
        agreement=_maybe(fields, "agreement", _read_figure),
        residual=_maybe(fields, "residual", _read_figure),
        shares=_maybe(fields, "shares", _read_shares),
        pointing=_maybe(fields, "pointing", _read_pointing),
        state_deletion=_maybe(fields, "state_deletion", _read_curve),
        state_shares=_maybe(fields, "state_shares", _read_shares),
        state_raw_shares=_maybe(fields, "state_raw_shares", _read_shares),
        by_row=_read_by_row(fields),
    )
    fields.finish()
    return sha256, audit


def _maybe(fields: Fields, key: str, read: Callable[[Fields], Value]) -> Value | None:
    """What a key holds; None where it holds null."""
    if not fields.has(key):
        fields.take(key)
        return None
    return read(fields.table(key))


def _read_figure(fields: Fields) -> Figure:
    figure = Figure(
        value=fields.number("value", -_LARGEST, _LARGEST),
        low=fields.number("low", -_LARGEST, _LARGEST),
        high=fields.number("high", -_LARGEST, _LARGEST),
        films=fields.integer("films", 1, _MOST_FILMS),
        level=fields.number("level", 0.5, 1, default=LEVEL),
    )
    if figure.low > figure.high:
        fields.wrong("low", "at most “high”")
    fields.finish()
    return figure


def _read_curve(fields: Fields) -> Curve:
    curve = Curve(**{name: _read_figure(fields.table(name)) for name in Curve.__slots__})
    fields.finish()
    return curve


def _read_shares(fields: Fields) -> Shares:
    shares = Shares(**{name: _read_figure(fields.table(name)) for name in Shares.__slots__})
    fields.finish()
    return shares


def _read_pointing(fields: Fields) -> Pointing:
    pointing = Pointing(_read_figure(fields.table("hits")), _read_figure(fields.table("chance")))
    fields.finish()
    return pointing


def _read_cascade(fields: Fields, place: str) -> tuple[Stage, ...]:
    stages = []
    for number, item in enumerate(fields.items("cascade"), 1):
        stage = Fields(item, f"{place}: “cascade” {number}")
        stages.append(Stage(stage.text("name"), _read_figure(stage.table("correlation"))))
        stage.finish()
    return tuple(stages)


def _read_by_row(fields: Fields) -> RowCalibration | None:
    """Audits from before there was such a part have none."""
    table = fields.optional("by_row")
    if table is None:
        return None
    lines = table.items("answers")
    first = lines[0] if lines else ()
    steps = len(first) if isinstance(first, list | tuple) else 0
    found = RowCalibration(
        source=table.text("source"),
        calibration=table.text("calibration", most=64),
        worst=_read_figure(table.table("worst")),
        mean=_read_figure(table.table("mean")),
        step=table.integer("step", 0, _MOST_STEPS),
        chance_worst=table.number("chance_worst", 0, 1),
        chance_mean=table.number("chance_mean", 0, 1),
        answers=tuple(
            Fields({"answers": line}, "“by_row”").numbers("answers", 0, 1, count=steps)
            for line in lines
        ),
    )
    table.finish()
    return found
