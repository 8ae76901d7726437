"""Can map and curve be trusted? What was measured of a model's Influence and answer by row."""

from dataclasses import dataclass
from typing import Final, Literal

from engine import Audit, Judgement, by_row_passes, influence_passes, verdicts

MapState = Literal["passed", "failed", "not tested"]

_DELETION = "Influence: deletion, random order"
_WEIGHTS = "Influence: random weights"
_WEIGHT_WORDS = {
    "passes": "changes under random weights",
    "fails": "hardly changes under random weights",
    "not measured": "not tried with random weights",
}


@dataclass(frozen=True, slots=True)
class CurveTests:
    """Whether the answer by row may be shown.

    Attributes:
        words: For people, one sentence; where it is not shown, why.
    """

    state: MapState
    words: str


NO_CURVE: Final = CurveTests(
    "not tested", "Not shown: nobody measured what it is worth row by row."
)


@dataclass(frozen=True, slots=True)
class MapTests:
    """Whether Influence may be called influence.

    Attributes:
        words: For the reading panel.
        lines: Every test with what was measured, for whoever asks.
        by_row: Whether the answer by row may be shown.
    """

    state: MapState
    words: str
    lines: tuple[str, ...] = ()
    by_row: CurveTests = NO_CURVE


NOT_TESTED: Final = MapTests("not tested", "Not tested. Take it for a state, not for importance.")


def map_tests(audit: Audit | None) -> MapTests:
    """The tests of a model's bundle; without any the map is not tested."""
    if audit is None:
        return NOT_TESTED
    judged = {one.what: one for one in verdicts(audit)}
    weights = _WEIGHT_WORDS[judged[_WEIGHTS].verdict]
    words = f"{_deletion(audit)}, {weights}"
    influence = (one for what, one in judged.items() if what.startswith("Influence"))
    lines = (f"Measured on {audit.source}", *(_told(one) for one in influence))
    curve = curve_tests(audit)
    if influence_passes(audit):
        return MapTests("passed", f"Yes, by its tests: {words}", lines, curve)
    return MapTests("failed", f"No: {words}. A state, not importance.", lines, curve)


def curve_tests(audit: Audit) -> CurveTests:
    """Whether the answer by row is true enough to be shown, in one sentence."""
    passes, found = by_row_passes(audit), audit.by_row
    if found is None:
        return NO_CURVE
    if passes is None:
        words = f"Not shown: {found.worst.films:,} films are too few to say what it is worth."
        return CurveTests("not tested", words)
    off = f"off by up to {found.worst.value:.2f}"
    if passes:
        return CurveTests("passed", f"After each row {off} ({found.source}).")
    return CurveTests("failed", f"Not shown: what it says after some rows is {off}.")


def _told(one: Judgement) -> str:
    if not one.measured:
        return f"{one.what}: {one.verdict}"
    return f"{one.what}: {one.measured}; {one.verdict}"


def _deletion(audit: Audit) -> str:
    curve = audit.deletion
    if curve is None:
        return "deletion not measured"
    return f"deletion {curve.map.value:.2f} (random {curve.random.value:.2f})"
