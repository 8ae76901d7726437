"""Annotations of one film beside those of an earlier one: which belong together, what changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.annotations.measuring import Values
from engine.annotations.shapes import Annotation

_MAIN = {  # what is compared, its unit, and what else must be the same
    "length": ("length", ("unit", "spacing")),
    "angle": ("angle", ("unit",)),
    "cobb": ("angle", ("unit",)),
    "rectangle": ("mean", ("unit", "of")),
    "ellipse": ("mean", ("unit", "of")),
    "freehand": ("mean", ("unit", "of")),
    "probe": ("value", ("unit", "of")),
}


@dataclass(frozen=True, slots=True)
class Measurement:
    """An annotation with its values on its film."""

    annotation: Annotation
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """Now less before, in the unit of both."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of a comparison.

    Attributes:
        now, before: One of them is None where the other film has none like it.
        change: Of the length, the angle, the mean or the value; None where one is missing, and
            where the two cannot be compared: mm and px, at the detector and in the patient.
    """

    now: Measurement | None
    before: Measurement | None
    change: Change | None = None


def paired(now: Iterable[Measurement], before: Iterable[Measurement]) -> tuple[Pair, ...]:
    """Rows for the annotations of two films, in the order of the film of now.

    Those of the same kind and the same name belong together. One without a name of its own goes
    by its number; capitals and blanks do not tell names apart. Where several have one name, the
    first goes with the first. What only the earlier film has stands at the end.
    """
    waiting: defaultdict[tuple[str, str], list[Measurement]] = defaultdict(list)
    for one in before:
        waiting[_key(one.annotation)].append(one)
    rows = []
    for one in now:
        same = waiting[_key(one.annotation)]
        earlier = same.pop(0) if same else None
        rows.append(Pair(one, earlier, _change(one, earlier)))
    rows += [Pair(None, one) for left in waiting.values() for one in left]
    return tuple(rows)


def _key(annotation: Annotation) -> tuple[str, str]:
    name = " ".join(annotation.name.casefold().split())
    return annotation.kind, name or f"\0{annotation.number}"


def _change(now: Measurement, before: Measurement | None) -> Change | None:
    if before is None or now.annotation.kind not in _MAIN:
        return None
    main, same = _MAIN[now.annotation.kind]
    then, here = before.values[main], now.values[main]
    if then is None or here is None or any(now.values[key] != before.values[key] for key in same):
        return None
    return Change(here - then, now.values["unit"])
