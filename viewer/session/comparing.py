"""Whose films they are, and which of a patient's studies come before which: pure functions.

Two films are of one patient only where their files say so: the same Patient ID and, where both
have one, the same birth date. Where a file has no ID it cannot be told, and that is what is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise
from typing import Final, Literal

from engine.types import Identity

Whose = Literal["same", "other", "unknown"]
_FAMILIES: Final = (frozenset({"CR", "DX", "RG", "DR"}),)  # modalities that show the same


@dataclass(frozen=True, slots=True)
class Exam:
    """One stack of the list, as far as studies are compared by it.

    Attributes:
        key: Of the stack.
        identity: Who and what the file says it shows.
        study: Study Instance UID; empty where there is none.
        modality: DICOM's; empty for other files.
        description: Of the series.
        frames: How many it has.
    """

    key: str
    identity: Identity = field(default_factory=Identity)
    study: str = ""
    modality: str = ""
    description: str = ""
    frames: int = 1

    @property
    def day(self) -> date | None:
        """When it was made; None where the file does not say it as a date of the calendar."""
        try:
            return date.fromisoformat(self.identity.study_date)
        except ValueError:
            return None


def same_patient(one: Identity, other: Identity) -> Whose:
    """Whether two films are of one patient."""
    if not one.patient_id or not other.patient_id:
        return "unknown"
    if one.patient_id != other.patient_id:
        return "other"
    born = one.birth_date, other.birth_date
    return "other" if all(born) and born[0] != born[1] else "same"


def whose(identities: Sequence[Identity]) -> Whose:
    """Whether films that are side by side are all of one patient."""
    found = {same_patient(one, other) for one, other in combinations(identities, 2)}
    return next((one for one in ("other", "unknown") if one in found), "same")


def alike(one: Exam, other: Exam) -> bool:
    """Whether two exams show the same: modality, and part of the body where both name it."""
    kinds = {one.modality, other.modality}
    if len(kinds) > 1 and not any(kinds <= family for family in _FAMILIES):
        return False
    parts = {_part(one), _part(other)} - {""}
    return len(parts) < 2


def _part(exam: Exam) -> str:
    return exam.identity.body_part.strip().upper()


def prior_of(now: Exam, exams: Iterable[Exam]) -> Exam | None:
    """The most recent earlier exam of the same patient that shows the same.

    Of several that are as recent, one that names the part of the body goes first, then one with
    the same view, then one of as many frames, then the first of the list.
    """
    day = now.day
    if day is None:
        return None
    before = [
        one
        for one in exams
        if one.day is not None
        and one.day < day
        and same_patient(now.identity, one.identity) == "same"
        and alike(now, one)
    ]

    def rank(exam: Exam) -> tuple[object, ...]:
        views = now.identity.view_position, exam.identity.view_position
        return (
            exam.day,
            _part(exam) == _part(now),
            views[0] == views[1],
            exam.description == now.description,
            (exam.frames > 1) == (now.frames > 1),
        )

    return max(before, key=rank, default=None)


def days_before(earlier: Exam, later: Exam) -> int | None:
    """Days between two exams; None where one has no date."""
    if earlier.day is None or later.day is None:
        return None
    return (later.day - earlier.day).days


# -------------------------------------------------------------------------------- timeline
@dataclass(frozen=True, slots=True)
class Visit:
    """One study on a patient's timeline.

    Attributes:
        day: Of the study.
        modalities: Of its series, each once.
        keys: Of its stacks, the one that shows the same as the film on screen first.
        days: Since the visit before; None for the first one.
    """

    day: date
    modalities: tuple[str, ...]
    keys: tuple[str, ...]
    days: int | None = None


def visits_of(now: Exam | None, exams: Iterable[Exam]) -> tuple[Visit, ...]:
    """The studies of the patient who is on screen, by date; only those that are surely his."""
    if now is None:
        return ()
    found: dict[tuple[date, str], list[Exam]] = {}
    for exam in exams:
        if exam.day is not None and same_patient(now.identity, exam.identity) == "same":
            found.setdefault((exam.day, exam.study), []).append(exam)
    groups = [found[place] for place in sorted(found)]
    since = (days_before(one[0], other[0]) for one, other in pairwise(groups))
    days = [None, *since][: len(groups)]  # nothing is before the first
    return tuple(
        Visit(
            group[0].day or date.min,
            tuple(dict.fromkeys(one.modality for one in group if one.modality)),
            tuple(one.key for one in sorted(group, key=lambda one: not alike(now, one))),
            days_since,
        )
        for group, days_since in zip(groups, days, strict=True)
    )


# -------------------------------------------------------------------------------- headings
Role = Literal["", "current", "prior"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What is to be said over one of several panes.

    Attributes:
        exam: What it shows; None while it is empty.
        role: Among films of one patient: the newest is the current one, older ones are priors.
        days: How many days before the current one.
        whose: Whether all films side by side are of one patient.
    """

    exam: Exam | None = None
    role: Role = ""
    days: int | None = None
    whose: Whose = "same"


def headings_of(shown: Sequence[Exam | None]) -> tuple[Heading, ...]:
    """What is to be said over panes side by side."""
    there = [exam for exam in shown if exam is not None]
    which = whose([exam.identity for exam in there])
    days = [exam.day for exam in there if exam.day is not None]
    if which != "same" or len(set(days)) < 2:
        return tuple(Heading(exam, whose=which) for exam in shown)
    newest = max(
        (exam for exam in there if exam.day is not None), key=lambda one: one.day or date.min
    )
    return tuple(_heading(exam, newest) for exam in shown)


def _heading(exam: Exam | None, newest: Exam) -> Heading:
    if exam is None or exam.day is None:
        return Heading(exam)
    days = days_before(exam, newest)
    return Heading(exam, "prior" if days else "current", days or None)
