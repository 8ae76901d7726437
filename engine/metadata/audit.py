"""audit.json beside the weights: what was measured of a model's maps. JSON only, no torch."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

from engine.errors import BundleError
from engine.metadata.by_row import stored_hash
from engine.metadata.fields import Fields, read_whole
from engine.metadata.files import WEIGHTS, hash_file, load_json
from engine.metadata.film_tests import read_figure
from engine.types import (
    Audit,
    Curve,
    InfluenceMethod,
    Pointing,
    RowCalibration,
    Shares,
    Stage,
)

AUDIT = "audit.json"
_FORMAT = 1
_MOST_STEPS = 2**14
_METHODS = ("integrated-gradients", "occlusion", "shapley")


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
    return read_whole(values, place, lambda fields: _read_audit(fields, place))


def _read_audit(fields: Fields, place: str) -> tuple[str, Audit]:
    fields.integer("format", _FORMAT, _FORMAT)
    return fields.text("sha256"), Audit(
        method=cast("InfluenceMethod", fields.choice("method", _METHODS)),
        source=fields.text("source"),
        seed=fields.integer("seed", 0, 2**63 - 1),
        deletion=fields.nullable("deletion", _read_curve),
        insertion=fields.nullable("insertion", _read_curve),
        randomised=fields.nullable("randomised", read_figure),
        randomised_sizes=fields.nullable("randomised_sizes", read_figure),
        cascade=tuple(
            read_whole(item, f"{place}: “cascade” {number}", _read_stage)
            for number, item in enumerate(fields.items("cascade"), 1)
        ),
        seeds=fields.nullable("seeds", read_figure),
        agreement=fields.nullable("agreement", read_figure),
        residual=fields.nullable("residual", read_figure),
        shares=fields.nullable("shares", _read_shares),
        pointing=fields.nullable("pointing", _read_pointing),
        state_deletion=fields.nullable("state_deletion", _read_curve),
        state_shares=fields.nullable("state_shares", _read_shares),
        state_raw_shares=fields.nullable("state_raw_shares", _read_shares),
        by_row=fields.optional("by_row", _read_by_row),  # of older audits there is none
    )


def _read_curve(fields: Fields) -> Curve:
    return Curve(**{name: fields.part(name, read_figure) for name in Curve.__slots__})


def _read_shares(fields: Fields) -> Shares:
    return Shares(**{name: fields.part(name, read_figure) for name in Shares.__slots__})


def _read_pointing(fields: Fields) -> Pointing:
    return Pointing(fields.part("hits", read_figure), fields.part("chance", read_figure))


def _read_stage(fields: Fields) -> Stage:
    return Stage(fields.text("name"), fields.part("correlation", read_figure))


def _read_by_row(table: Fields) -> RowCalibration:
    lines = table.items("answers")
    first = lines[0] if lines else ()
    steps = len(first) if isinstance(first, list | tuple) else 0
    return RowCalibration(
        source=table.text("source"),
        calibration=table.text("calibration", most=64),
        worst=table.part("worst", read_figure),
        mean=table.part("mean", read_figure),
        step=table.integer("step", 0, _MOST_STEPS),
        chance_worst=table.number("chance_worst", 0, 1),
        chance_mean=table.number("chance_mean", 0, 1),
        answers=tuple(
            Fields({"answers": line}, "“by_row”").numbers("answers", 0, 1, count=steps)
            for line in lines
        ),
    )
