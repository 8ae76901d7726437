"""The threshold of metadata.json, with or without the intervals of what was measured with it."""

from dataclasses import asdict
from typing import Any

from engine.metadata.fields import Fields
from engine.types import LEVEL, Interval, Threshold


def threshold_to_dict(threshold: Threshold) -> dict[str, Any]:
    """Plain values for JSON; `read_threshold` reads them back."""
    return asdict(threshold)


def read_threshold(fields: Fields) -> Threshold | None:
    """The table “threshold”; None where it is null. Older bundles have no intervals in it.

    Raises:
        BundleError: A key that is unknown, missing or of the wrong type or range.
    """
    return fields.nullable("threshold", _read_threshold)


def _read_threshold(table: Fields) -> Threshold:
    return Threshold(
        value=table.number("value", 0, 1),
        sensitivity=table.number("sensitivity", 0, 1),
        specificity=table.number("specificity", 0, 1),
        chosen_on=table.text("chosen_on"),
        sensitivity_interval=table.optional("sensitivity_interval", _read_interval),
        specificity_interval=table.optional("specificity_interval", _read_interval),
    )


def _read_interval(table: Fields) -> Interval:
    low = table.number("low", 0, 1)
    high = table.number("high", low, 1)
    return Interval(low, high, table.number("level", 0.5, 1, default=LEVEL))
