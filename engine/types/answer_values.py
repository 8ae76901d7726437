"""What a task answers as plain values, as every JSON of the program says it."""

import math
from typing import Any

from engine.types.tasks import LabelAnswer, MeasuredValue, Region, TaskAnswer

_DIGITS = 1  # of stored pixels


def task_values(answer: TaskAnswer | None) -> dict[str, Any]:
    """The parts of an answer that it has; nothing of one class of several."""
    if answer is None:
        return {}
    parts: dict[str, Any] = {}
    if answer.labels:
        parts["labels"] = [_label(one) for one in answer.labels]
    if answer.values:
        parts["values"] = [measured_value(one) for one in answer.values]
    if answer.located or answer.regions:  # none found is an answer, too
        parts["regions"] = [region_values(one) for one in answer.regions]
    return parts


def region_values(one: Region) -> dict[str, Any]:
    """A part of the film; its probability is None where a map only points at it."""
    return {
        "class": one.label,
        "probability": None if math.isnan(one.probability) else one.probability,
        "box": [round(end, _DIGITS) for end in one.box],
        "area_px": one.area_px,
        "area_mm2": one.area_mm2,
        "weak": one.weak,
    }


def measured_value(one: MeasuredValue) -> dict[str, Any]:
    """A number with its unit and interval."""
    return {
        "name": one.label,
        "value": one.value,
        "unit": one.unit,
        "interval": None if one.interval is None else list(one.interval),
    }


def _label(one: LabelAnswer) -> dict[str, Any]:
    cut = one.threshold
    return {
        "class": one.label,
        "probability": None if one.abstained else one.probability,
        "threshold": cut,
        "called": None if one.abstained or cut is None else one.called,
        "sensitivity": None if one.sensitivity is None else one.sensitivity.value,
        "specificity": None if one.specificity is None else one.specificity.value,
        "interval": None if one.interval is None else [one.interval.low, one.interval.high],
        "abstained": one.abstained or None,
    }
