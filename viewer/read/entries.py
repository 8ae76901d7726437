"""The worklist as values: what is known of each stack, and in which order it is listed.

A stack is the frames that are leafed through together; a file of one frame is a stack of one. What
is shown as one row of the list is a patient: his studies and series lie beneath where there are
several. Nothing here knows Qt's widgets, so that all of it can be tested by values.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, get_args

from PySide6.QtGui import QPixmap

from engine.types import Identity, Image
from viewer.kit.language import listed, marked, named, told, tr
from viewer.kit.words import age_text, date_text, sex_text, shown_text
from viewer.session.choices import Outcome
from viewer.session.loading import NOT_KNOWN, Content

# ------------------------------------------------------------------------- what is listed

SortBy = Literal["score", "name", "date", "opened"]
Filter = Literal["all", "abstained", "above", "unread"]
SORTS: Final[tuple[SortBy, ...]] = get_args(SortBy)
FILTERS: Final[tuple[Filter, ...]] = get_args(Filter)
GroupCode = Literal["person", "call", "unread", "answered"]
GROUPS: Final[tuple[GroupCode, ...]] = ("person", "call", "unread", "answered")
_FLAT: Final[tuple[GroupCode, ...]] = ("person", "call", "answered", "unread")  # no headings

WAITING: Final = "…"
NONE: Final = "–"
UNKNOWN: Final = Outcome()  # nothing is known of a film yet
WORDS: Final = {"warning": marked("Abstained"), "error": marked("Not read")}


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a stack stands: the files of its frames, its patient, study and series.

    Attributes:
        key: Of the stack.
        frames: File and number of each frame, in order.
        face: Which of them stands for the stack: its picture, and what is answered of it.
        identity: Who and what the file says it shows; empty until it was read.
        study, series: Unique identifiers, or what else tells them apart; empty for none.
        number: Series Number; None where the file has none.
        description: Of the series.
        modality: DICOM's; empty for other files.
    """

    key: str
    frames: tuple[tuple[Path, int], ...]
    identity: Identity = field(default_factory=Identity)
    study: str = ""
    series: str = ""
    number: int | None = None
    description: str = ""
    modality: str = ""
    face: int = 0

    @property
    def path(self) -> Path:
        """The file of the frame that stands for it."""
        return self.frames[self.face][0]


@dataclass(frozen=True, slots=True, eq=False)
class WorklistEntry:
    """One stack of the list and all that is known of it; its words are made when they are shown.

    Attributes:
        arrived: Counts the stacks in the order in which they were opened.
        content: What the film holds that stands for the stack: the first one.
        image: Its header.
        images: Of a stack of several frames what is said of each; empty while nothing is known.
        asked: Whether all of them are to be read.
        seen: Whether it was on screen.
        marks: How many marks the reader has drawn on its films.
        pane: Where it is on screen now, in a word; empty where it is not, or in the only pane.
        tail: Folder that tells it from a film of the same name; empty where nothing has to.
    """

    listed: Listed
    arrived: int = 0
    content: Content = NOT_KNOWN
    image: Image | None = None
    picture: QPixmap | None = None
    outcome: Outcome = UNKNOWN
    images: tuple[Outcome, ...] = ()
    asked: bool = False
    seen: bool = False
    marks: int = 0
    pane: str = ""
    tail: str = ""

    @property
    def path(self) -> Path:
        """Where the frame that stands for it was found."""
        return self.listed.path

    @property
    def is_loose(self) -> bool:
        """Whether it is a file whose stack is not known yet."""
        return self.listed.key == str(self.path)

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is to come: of several frames only where all are to be read."""
        one_film = len(self.listed.frames) == 1
        return self.group == "unread" and (one_film or self.asked)

    @property
    def awaited(self) -> int:
        """How many answers are to come."""
        if len(self.listed.frames) == 1:
            return int(self.is_awaited)
        if not self.asked:
            return 0
        return self.images.count(UNKNOWN) if self.images else len(self.listed.frames)

    def image_entry(self, place: int) -> "WorklistEntry":
        """One frame of the stack, as if it were listed by itself."""
        said = self.images[place] if place < len(self.images) else UNKNOWN
        return replace(self, outcome=said, images=())

    @property
    def identity(self) -> Identity:
        """Who is shown, as far as the file says."""
        return self.image.identity if self.image is not None else self.listed.identity

    @property
    def name(self) -> str:
        """The patient as the file names him, or the file without its suffix; safe to show."""
        person = self.identity
        named = plain(person.patient_id or person.patient_name)
        return named or plain(self.path.stem) + (f" · {plain(self.tail)}" if self.tail else "")

    @property
    def kind(self) -> str:
        """What it shows: modality, part of the body, view; else the kind of file."""
        person, image = self.identity, self.image
        modality = self.listed.modality or (image.modality if image else "")
        words = (modality, shown_text(person))
        found = " ".join(plain(word) for word in words if word)
        return found or (image.format if image else "")

    @property
    def person(self) -> str:
        """Age and sex of the patient."""
        age, sex = age_text(self.identity.age), sex_text(self.identity.sex)
        return listed([plain(part) for part in (age, sex) if part])

    @property
    def line(self) -> str:
        """What stands beneath the name."""
        frames = len(self.listed.frames)
        many = tr("%n images", "", n=frames) if frames > 1 else ""
        return " · ".join(part for part in (self.kind, self.person, many) if part)

    @property
    def date(self) -> str:
        """Of the study, as 2026-11-23."""
        return date_text(self.identity.study_date)

    @property
    def group(self) -> GroupCode:
        """Where it stands: a person has to look, a call is awaited, not read yet, answered."""
        if self.images:
            return _group_of(self.images)
        return _group(self.outcome)

    @property
    def word(self) -> str:
        """The class before a number, or why there is no number."""
        if self.images:  # a word or a number for all of them would pretend to be theirs
            failed = all(said.severity == "error" for said in self.images)
            return tr(WORDS["error" if failed else "warning"]) if self.group == "person" else ""
        said = self.outcome
        return plain(named(said.name)) if said.severity == "info" else tr(WORDS[said.severity])

    @property
    def number(self) -> str:
        """The number alone; a dash where there is none, dots where one is awaited."""
        if self.images:
            return ""
        if self.outcome.severity != "info" or self.outcome.hidden:
            return NONE if not self.outcome.hidden else ""
        return self.outcome.number or (WAITING if self.is_awaited else "")

    @property
    def short(self) -> str:
        """The same in a few words, where there are such."""
        if self.images:
            return abstained_words(self.images)
        return tr(self.outcome.name) if self.group == "person" and self.outcome.name else self.why

    @property
    def why(self) -> str:
        """What hinders a number, in a sentence."""
        return plain(told(self.outcome.why)) if self.outcome.why else ""

    @property
    def searched(self) -> str:
        """All words that it is found by, in small letters."""
        who = self.identity
        words = (
            who.patient_name, who.patient_id, self.date, who.study_date, who.study_description,
            self.listed.description or who.series_description, self.kind, self.path.name,
        )  # fmt: skip
        return " ".join(words).casefold()

    def threshold(self, own: float | None) -> float | None:
        """What its score is held against: the reader's own threshold before the model's."""
        return _limit(self.outcome, own)

    def above(self, own: float | None) -> bool:
        """Whether the score reaches the threshold, of a stack that of any frame."""
        return any(_is_above(said, own) for said in self.images or (self.outcome,))

    def summary(self, own: float | None) -> str:
        """What is known of the frames of a stack, in a line; empty while nothing is.

        Numbers that are hidden until the reader's call are not counted.
        """
        parts = (self.read_words(own), abstained_words(self.images))
        return " · ".join(part for part in parts if part)

    def read_words(self, own: float | None) -> str:
        """The first half of that: how many frames have an answer, and on which side."""
        above, read = self._counted(own)
        if above is not None:
            return tr("%n above the threshold of {read} read", "", n=above, read=read)
        return tr("%n read", "", n=read) if read else ""

    def short_summary(self, own: float | None) -> str:
        """The same where there is little room."""
        above, read = self._counted(own)
        if above is not None:
            return tr("{above} of {read} above", above=above, read=read)
        return self.read_words(own) or abstained_words(self.images)

    def _counted(self, own: float | None) -> tuple[int | None, int]:
        """How many frames are above a threshold, if there is one, of how many that were read.

        Where none has an answer, none counts as read: there is only why.
        """
        groups = Counter(map(_group, self.images))
        if not groups["answered"]:
            return None, 0
        limited = any(said.threshold is not None for said in self.images)
        above = sum(_is_above(said, own) for said in self.images) if limited else None
        return above, groups["answered"] + groups["person"]


def abstained_words(said: Sequence[Outcome]) -> str:
    """How many of some films have no answer, the most frequent reason first."""
    why = [one for one in said if _group(one) == "person"]
    if not why:
        return ""
    found = Counter((one.name, one.why) for one in why)
    failed = sum(one.severity == "error" for one in why)
    count = len(why) - failed
    parts = [tr("%n abstained", "", n=count)] if count else []
    parts += [tr("%n not read", "", n=failed)] if failed else []
    reasons = [tr(name) if name else plain(told(why)) for (name, why), _ in found.most_common()]
    return tr("{what}: {why}", what=listed(parts), why=listed(reasons))


def _group(said: Outcome) -> GroupCode:
    if said.severity != "info":
        return "person"
    if said.hidden:
        return "call"
    return "answered" if said.number else "unread"


def _group_of(images: tuple[Outcome, ...]) -> GroupCode:
    """A stack waits for a call if a film of it does; a person looks where none has a number."""
    groups = {_group(said) for said in images}
    order: tuple[GroupCode, ...] = ("call", "answered", "unread", "person")
    return next(code for code in order if code in groups)


def _limit(said: Outcome, own: float | None) -> float | None:
    if said.threshold is None:
        return None
    return own if own is not None else said.threshold


def _is_above(said: Outcome, own: float | None) -> bool:
    limit, score = _limit(said, own), said.score
    return limit is not None and score is not None and not said.hidden and score >= limit


def plain(text: str) -> str:
    """Text without control, bidirectional and undecodable characters."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


# --------------------------------------------------------------------- in which order, and which


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see of the list.

    Attributes:
        find: Words that must all occur; empty for all entries.
        own: The reader's own threshold; None takes the model's.
        grouped: Whether groups have headings: who waits for a call must not stand by score.
    """

    find: str = ""
    sort: SortBy = "score"
    filter: Filter = "all"
    own: float | None = None
    grouped: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ListedPatient:
    """The entries of one person, in the order in which they were opened."""

    entries: tuple[WorklistEntry, ...]

    @property
    def group(self) -> GroupCode:
        """A call is awaited before all; a person has to look where no film was answered."""
        groups = {one.group for one in self.entries}
        order: tuple[GroupCode, ...] = ("call", "answered", "person", "unread")
        return next(code for code in order if code in groups)

    @property
    def score(self) -> float:
        """The highest of the films; −1 where none has one."""
        return max(_score(one) for one in self.entries)

    @property
    def studies(self) -> tuple[tuple[WorklistEntry, ...], ...]:
        """Entries study by study, the newest study first, series by their number."""
        found: dict[str, list[WorklistEntry]] = {}
        for one in self.entries:
            found.setdefault(one.listed.study or one.date, []).append(one)
        studies = [tuple(sorted(study, key=_place_in_study)) for study in found.values()]
        return tuple(sorted(studies, key=lambda study: study[0].date, reverse=True))


Groups = tuple[tuple[GroupCode, tuple[ListedPatient, ...]], ...]


def arranged(entries: Iterable[WorklistEntry], wish: Wish) -> Groups:
    """The patients group by group, in the order and choice that the reader wishes.

    Takes time as sorting does: n log n of the number of entries.
    """
    patients = patients_of(one for one in entries if _is_wanted(one, wish))
    if not wish.grouped and wish.sort != "score":
        return (("answered", tuple(sorted(patients, key=_ORDERS[wish.sort]))),)
    groups: dict[GroupCode, list[ListedPatient]] = {code: [] for code in GROUPS}
    for patient in patients:
        groups[patient.group].append(patient)
    for code, those in groups.items():
        # Who waits stands as he came: a place by score would tell the answer.
        by = "opened" if wish.sort == "score" and code in {"call", "unread"} else wish.sort
        those.sort(key=_ORDERS[by])
    order = GROUPS if wish.grouped else _FLAT
    return tuple((code, tuple(groups[code])) for code in order if groups[code])


def patients_of(entries: Iterable[WorklistEntry]) -> tuple[ListedPatient, ...]:
    """Entries of one person together; where a file names nobody, each stands for itself."""
    found: dict[object, list[WorklistEntry]] = {}
    for one in entries:
        who = one.identity
        named = (who.patient_id, who.patient_name, who.birth_date)
        found.setdefault(named if any(named[:2]) else one.listed.key, []).append(one)
    return tuple(ListedPatient(tuple(group)) for group in found.values())


def told_apart(entries: Sequence[WorklistEntry]) -> dict[str, str]:
    """By key the folder of each film whose name another film of another folder has, too."""
    folders: dict[str, set[Path]] = {}
    for one in entries:
        folders.setdefault(one.path.stem, set()).add(one.path.parent)
    twice = {stem for stem, found in folders.items() if len(found) > 1}
    return {one.listed.key: one.path.parent.name for one in entries if one.path.stem in twice}


def image_places(one: WorklistEntry, wish: Wish) -> tuple[int, ...]:
    """The frames of a stack that are listed beneath it, in the order that was wished."""
    count = len(one.listed.frames)
    if not one.images:
        return tuple(range(count))
    places = [place for place, said in enumerate(one.images) if _is_chosen(said, wish)]
    if wish.sort == "score":
        order: dict[GroupCode, int] = {code: at for at, code in enumerate(_FLAT)}
        places.sort(key=lambda place: (order[_group(one.images[place])], -_of(one.images[place])))
    return tuple(places)


def _of(said: Outcome) -> float:
    """The score of an answer that is shown."""
    return -1.0 if said.score is None or said.hidden else said.score


def _is_chosen(said: Outcome, wish: Wish) -> bool:
    if wish.filter == "abstained":
        return _group(said) == "person"
    return wish.filter != "above" or _is_above(said, wish.own)


def _is_wanted(one: WorklistEntry, wish: Wish) -> bool:
    if not any(_is_chosen(said, wish) for said in one.images or (one.outcome,)):
        return False
    if wish.filter == "unread" and one.seen:
        return False
    words = wish.find.casefold().split()
    return not words or all(word in one.searched for word in words)


def _score(one: WorklistEntry) -> float:
    return max(map(_of, one.images or (one.outcome,)))


def _place_in_study(one: WorklistEntry) -> tuple[int, int]:
    number = one.listed.number
    return (number if number is not None else 1 << 30, one.arrived)


def _named(patient: ListedPatient) -> tuple[object, ...]:
    return (_natural(patient.entries[0].name), patient.entries[0].arrived)


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers in a text by their value: film 2 comes before film 10."""
    parts: list[tuple[int, int, str]] = []
    digits = ""
    for letter in f"{text.casefold()}\0":
        if letter.isdecimal():
            digits += letter
            continue
        if digits:
            parts.append((0, int(digits), ""))
            digits = ""
        parts.append((1, 0, letter))
    return tuple(parts)


_ORDERS: Final[dict[SortBy, Callable[[ListedPatient], tuple[object, ...]]]] = {
    "score": lambda one: (-one.score, one.entries[0].arrived),
    "name": _named,
    "date": lambda one: (_backwards(max(e.date for e in one.entries)), one.entries[0].arrived),
    "opened": lambda one: (one.entries[0].arrived,),
}


def _backwards(date: str) -> tuple[int, ...]:
    """Sorts the newest date first, and none at the end."""
    return tuple(-ord(letter) for letter in date) or (1,)
