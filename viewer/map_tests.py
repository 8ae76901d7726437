"""Can map and curve be trusted? What was measured of a model's Influence and answer by row."""

from dataclasses import dataclass
from typing import Final, Literal

from engine import (
    LEAST_FACTOR,
    Audit,
    Judgement,
    by_row_passes,
    influence_passes,
    verdicts,
)
from viewer.kit.language import marked, told, tr

MapState = Literal["passed", "failed", "not tested"]

_DELETION, _WEIGHTS = "influence.deletion.random", "influence.weights"  # codes of verdicts
_VERDICTS = {
    "passes": marked("passes"),
    "fails": marked("fails"),
    "not measured": marked("not measured"),
}


@dataclass(frozen=True, slots=True)
class CurveTests:
    """Whether the answer by row may be shown.

    Attributes:
        words: For people, one sentence; where it is not shown, why. `tr` says it when it is shown.
    """

    state: MapState
    words: str


NO_CURVE: Final = CurveTests(
    "not tested", marked("Not shown: nobody measured what it is worth row by row.")
)


@dataclass(frozen=True, slots=True)
class MapTests:
    """Whether Influence may be called influence.

    Attributes:
        words: For the reading panel, which says them with `tr`.
        lines: Every test with what was measured, for whoever asks.
        by_row: Whether the answer by row may be shown.
    """

    state: MapState
    words: str
    lines: tuple[str, ...] = ()
    by_row: CurveTests = NO_CURVE


NOT_TESTED: Final = MapTests(
    "not tested",
    marked("Nobody has tested it. It shows what the network holds, not what the answer rests on."),
)


def map_tests(audit: Audit | None) -> MapTests:
    """The tests of a model's bundle; without any the map is not tested."""
    if audit is None:
        return NOT_TESTED
    influence = (one for one in verdicts(audit) if one.what.code.startswith("influence."))
    lines = (tr("Measured on {source}", source=audit.source), *(_told(one) for one in influence))
    curve = curve_tests(audit)
    if influence_passes(audit):
        return MapTests("passed", _passed(audit), lines, curve)
    return MapTests("failed", _failed(audit), lines, curve)


def _passed(audit: Audit) -> str:
    """What a clinician can take from it: an experiment, and what it does not show."""
    faster = audit.deletion.over_random.value if audit.deletion else 0.0
    return tr(
        "Yes, for this network: without the rows that it marks strongest the answer goes"
        " {faster:.1f} times as fast as without rows at random. It does not show where a lesion"
        " is.",
        faster=faster,
    )


def _failed(audit: Audit) -> str:
    judged = {one.what.code: one.verdict for one in verdicts(audit)}
    if judged[_WEIGHTS] == "fails":
        why = tr("a network of random weights makes nearly the same map")
    elif audit.deletion is None:
        why = tr("nobody tried whether the answer rests on the rows that it marks")
    elif judged[_DELETION] == "fails":
        factor = audit.deletion.over_random.value
        why = tr(
            "without the rows that it marks strongest the answer goes only {factor:.1f} times as"
            " fast as without rows at random, and {least:g} times is asked",
            factor=factor,
            least=LEAST_FACTOR,
        )
    else:
        why = tr("nobody tried whether a network of random weights makes another map")
    return tr("No: {why}. It shows what the network holds, not what the answer rests on.", why=why)


def curve_tests(audit: Audit) -> CurveTests:
    """Whether the answer by row is true enough to be shown, in one sentence."""
    passes, found = by_row_passes(audit), audit.by_row
    if found is None:
        return NO_CURVE
    if passes is None:
        words = tr(
            "Not shown: {films:,} films are too few to say what it is worth.",
            films=found.worst.films,
        )
        return CurveTests("not tested", words)
    off = found.worst.value
    if passes:
        words = tr(
            "After each row off by up to {off:.2f} ({source}).", off=off, source=found.source
        )
        return CurveTests("passed", words)
    words = tr("Not shown: what it says after some rows is off by up to {off:.2f}.", off=off)
    return CurveTests("failed", words)


def _told(one: Judgement) -> str:
    what, verdict = told(one.what), tr(_VERDICTS[one.verdict])
    if not one.measured:
        return f"{what}: {verdict}"
    return f"{what}: {told(one.measured)}; {verdict}"
