"""What a source of films says about each of them before any is read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.training.data.films import Split, Unused
from engine.training.data.parallel import Outcome
from engine.training.truth import Truth


@dataclass(frozen=True, slots=True)
class Entry:
    """One film that is to be read.

    Attributes:
        path: Its file; that of all films where they are arrays.
        label: Class index.
        split: Where the source puts it.
        name: Path inside the data set.
        patient: Whose film it is; its name where nobody said.
        groups: Its words in the columns of `Listing.groups`.
        frame: Which frame of its file it is.
    """

    path: Path
    label: int
    split: Split
    name: str
    patient: str
    groups: tuple[str, ...] = ()
    frame: int = 0

    def behind(self, frames: int) -> "Iterator[Entry]":
        """The films behind the first frame of a file: of one patient, whoever that is."""
        for frame in range(1, frames):
            yield replace(self, frame=frame, name=f"{self.name}#{frame + 1}")


@dataclass(frozen=True, slots=True)
class Listing:
    """All films of a source.

    Attributes:
        title: What sentences call the source.
        entries: In an order that is the same on every machine.
        read: Reads some of `entries`, or further frames of their files, one after the other; a
            sentence in the place of one that cannot be read. Told how many processes may help.
        truth: Where findings lie, by name.
        groups: Columns whose words are kept.
        skipped: Films that are not read at all, with the reason.
        notes: What else a user should know, as sentences.
        unread: Splits of the source that were left alone.
        wanted: What the source calls each class.
        unused: Files that are no film of a class.
    """

    title: str
    entries: Sequence[Entry]
    read: Callable[[Sequence[Entry], int], Iterator[Outcome]]
    truth: Truth = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[Split, ...] = ()
    wanted: tuple[str, ...] = ()
    unused: tuple[Unused, ...] = ()


def asked_for(
    entries: Iterable[Entry], splits: Sequence[Split]
) -> tuple[list[Entry], tuple[Split, ...]]:
    """The films of some splits, and the other splits that there are."""
    kept, others = [], set()
    for entry in entries:
        if entry.split in splits:
            kept.append(entry)
        else:
            others.add(entry.split)
    return kept, tuple(sorted(others))


def counted(unused: Sequence[tuple[str, str]]) -> tuple[Unused, ...]:
    """Reasons and names of files, by reason, those of most files first."""
    first = dict(reversed(unused))
    counts = Counter(reason for reason, _ in unused)
    return tuple(Unused(reason, count, first[reason]) for reason, count in counts.most_common())
