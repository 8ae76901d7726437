"""Can the map be trusted? What was measured of a model's Influence map, in words."""

from dataclasses import dataclass
from typing import Final, Literal

from engine import LEAST_FACTOR, Audit, Judgement, influence_passes, verdicts

MapState = Literal["passed", "failed", "not tested"]

_DELETION = "Influence: deletion, random order"
_WEIGHTS = "Influence: random weights"


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


NOT_TESTED: Final = MapTests(
    "not tested",
    "Nobody has tested it. It shows what the network holds, not what the answer rests on.",
)


def map_tests(audit: Audit | None) -> MapTests:
    """The tests of a model's bundle; without any the map is not tested."""
    if audit is None:
        return NOT_TESTED
    influence = (one for one in verdicts(audit) if one.what.startswith("Influence"))
    lines = (f"Measured on {audit.source}", *(_told(one) for one in influence))
    if influence_passes(audit):
        return MapTests("passed", _passed(audit), lines)
    return MapTests("failed", _failed(audit), lines)


def _passed(audit: Audit) -> str:
    """What a clinician can take from it: an experiment, and what it does not show."""
    faster = audit.deletion.over_random.value if audit.deletion else 0.0
    return (
        "Yes, for this network: without the rows that it marks strongest the answer goes"
        f" {faster:.1f} times as fast as without rows at random. It does not show where a lesion"
        " is."
    )


def _failed(audit: Audit) -> str:
    judged = {one.what: one.verdict for one in verdicts(audit)}
    if judged[_WEIGHTS] == "fails":
        why = "a network of random weights makes nearly the same map"
    elif audit.deletion is None:
        why = "nobody tried whether the answer rests on the rows that it marks"
    elif judged[_DELETION] == "fails":
        factor = audit.deletion.over_random.value
        why = (
            f"without the rows that it marks strongest the answer goes only {factor:.1f} times as"
            f" fast as without rows at random, and {LEAST_FACTOR:g} times is asked"
        )
    else:
        why = "nobody tried whether a network of random weights makes another map"
    return f"No: {why}. It shows what the network holds, not what the answer rests on."


def _told(one: Judgement) -> str:
    if not one.measured:
        return f"{one.what}: {one.verdict}"
    return f"{one.what}: {one.measured}; {one.verdict}"
