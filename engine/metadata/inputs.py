"""What a network reads, as plain values in metadata.json and back."""

from typing import Any, cast

from engine.errors import BundleError
from engine.metadata.fields import Fields
from engine.metadata.registered import ArchitectureConfig
from engine.types import Aspect, InputFormat, Intensity

_INTENSITIES = ("full-range", "min-max", "rank")
_ASPECTS = ("stretch", "keep")
_DERIVED = "rows_multiple"  # follows from the architecture, so it is not stored


def read_input(fields: Fields, config: ArchitectureConfig) -> InputFormat:
    """The input of a network; without an aspect, as in older bundles, films are stretched.

    Raises:
        BundleError: A key is unknown, missing or wrong, or the grid is not the network's.
    """
    given = InputFormat(
        rows=fields.integer("rows", config.rows, config.rows),
        columns=fields.integer("columns", config.columns, config.columns),
        intensity=cast("Intensity", fields.choice("intensity", _INTENSITIES)),
        modalities=fields.texts("modalities", most=16),
        colour=fields.truth("colour"),
        aspect=cast("Aspect", fields.choice("aspect", _ASPECTS, "stretch")),
        rows_multiple=config.rows_per_step,
    )
    fields.finish()
    return given


def write_input(given: InputFormat, config: ArchitectureConfig) -> dict[str, Any]:
    """Plain values for JSON; `read_input` reads them back.

    Raises:
        BundleError: Free heights in other steps than the network's.
    """
    if given.aspect == "keep" and given.rows_multiple != config.rows_per_step:
        raise BundleError(
            "The films have multiples of {rows_multiple} rows, but the network reads"
            " {rows_per_step} rows at a time.",
            "bundle",
            rows_multiple=given.rows_multiple,
            rows_per_step=config.rows_per_step,
        )
    return {name: getattr(given, name) for name in InputFormat.__slots__ if name != _DERIVED}
