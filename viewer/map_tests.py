"""Can the map be trusted? What was measured of a model's Influence map, in words."""

from dataclasses import dataclass
from typing import Final, Literal

from engine import Audit, Judgement, influence_passes, verdicts

MapState = Literal["passed", "failed", "not tested"]

_DELETION = "Influence: deletion, random order"
_WEIGHTS = "Influence: random weights"
_WEIGHT_WORDS = {
    "passes": "changes under random weights",
    "fails": "hardly changes under random weights",
    "not measured": "not tried with random weights",
}


@dataclass(frozen=True, slots=True)
class MapTests:
    """Whether Influence may be called influence.

    Attributes:
        words: For the reading panel.
        lines: Every test with what was measured, for whoever asks.
    """

    state: MapState
    words: str
    lines: tuple[str, ...] = ()


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
    if influence_passes(audit):
        return MapTests("passed", f"Yes, by its tests: {words}", lines)
    return MapTests("failed", f"No: {words}. A state, not importance.", lines)


def _told(one: Judgement) -> str:
    if not one.measured:
        return f"{one.what}: {one.verdict}"
    return f"{one.what}: {one.measured}; {one.verdict}"


def _deletion(audit: Audit) -> str:
    curve = audit.deletion
    if curve is None:
        return "deletion not measured"
    return f"deletion {curve.map.value:.2f} (random {curve.random.value:.2f})"
