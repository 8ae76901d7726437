"""All that is known of the stacks of the worklist, by stack, by file and by what a film holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from engine.types import Image
from viewer.read.entries import UNKNOWN, Listed, WorklistEntry, told_apart
from viewer.session.choices import Outcome
from viewer.session.loading import Content


class EntryStore:
    """The entries of a worklist, each stack once.

    Pictures and answers belong to what a film holds: two files that hold one film share them.

    Args:
        changed: Is told of every entry that is another one now.
    """

    def __init__(self, changed: Callable[[WorklistEntry], object]) -> None:
        self._changed = changed
        self._entries: dict[str, WorklistEntry] = {}
        self._of_path: dict[Path, str] = {}
        self._holders: dict[Content, set[str]] = {}
        self._known: dict[Content, dict[str, object]] = {}  # fields of the entries of a film
        self._arrivals = 0

    def __len__(self) -> int:
        """How many stacks there are."""
        return len(self._entries)

    # ------------------------------------------------------------------ what is listed
    @property
    def entries(self) -> tuple[WorklistEntry, ...]:
        """All of them, in the order in which they were opened."""
        return tuple(self._entries.values())

    def list_stacks(self, stacks: Sequence[Listed]) -> None:
        """List these stacks, and files that are in none of them yet.

        What is known of a stack stays while the same film stands for it.
        """
        covered = {path for one in stacks for path, _ in one.frames}
        before, faces = self._entries, {one.path: one for one in self._entries.values()}
        loose = [one for one in before.values() if one.is_loose and one.path not in covered]
        self._entries = {one.listed.key: one for one in loose}
        for one in stacks:
            known = before.get(one.key) or faces.get(one.path)
            self._arrivals += known is None
            entry = WorklistEntry(one, known.arrived if known else self._arrivals)
            if known is not None and known.path == one.path:
                entry = replace(known, listed=one)
                if known.listed.frames != one.frames:  # who knows of them says so again
                    entry = replace(entry, images=(), outcome=_of_one(entry))
            self._entries[one.key] = entry
        self._index_again()

    def add(self, paths: Sequence[Path]) -> None:
        """Append files, each a stack of one until it is known to belong to another."""
        new = [path for path in dict.fromkeys(paths) if path not in self._of_path]
        for path in new:
            self._arrivals += 1
            key = str(path)
            self._entries[key] = WorklistEntry(Listed(key, ((path, 0),)), self._arrivals)
            self._of_path[path] = key
        if new:
            self._settle_names()

    def remove(self, keys: Iterable[str]) -> tuple[Path, ...]:
        """Forget stacks; the files that belonged to them."""
        entries = [self._entries.pop(key) for key in keys if key in self._entries]
        self._index_again()
        return tuple(dict.fromkeys(path for one in entries for path, _ in one.listed.frames))

    def clear(self) -> None:
        """Forget all stacks."""
        self._entries.clear()
        self._of_path.clear()
        self._holders.clear()
        self._known.clear()

    def key_of(self, path: Path | None) -> str | None:
        """The stack that a file belongs to, or None."""
        return self._of_path.get(path) if path is not None else None

    # ------------------------------------------------------------------ what is known
    def change(self, key: str | None, **changes: object) -> None:
        """Replace fields of an entry; a stack that was never listed is ignored."""
        if key is not None and (entry := self._entries.get(key)) is not None:
            self._put(replace(entry, **changes))  # type: ignore[arg-type]

    def describe(self, path: Path, image: Image) -> None:
        """Say what the header of a file says; of a stack that of the frame that stands for it."""
        key = self._of_path.get(path)
        if key is not None and self._entries[key].path == path:
            self.change(key, image=image)

    def note_seen(self, key: str | None) -> None:
        """A stack was on screen; who looks only for those that were not keeps it until then."""
        if key in self._entries and not self._entries[key].seen:
            self._entries[key] = replace(self._entries[key], seen=True)

    def hold(self, path: Path, content: Content) -> None:
        """Say what a file holds; it shows what is known of that, and nothing of anything else."""
        key = self._of_path.get(path)
        if key is None or self._entries[key].path != path:  # another frame of a stack
            return
        entry = self._entries[key]
        if content and entry.content == content:
            return
        self._let_go(entry)
        if content:
            self._holders.setdefault(content, set()).add(key)
        plain = WorklistEntry(
            entry.listed,
            entry.arrived,
            content,
            marks=entry.marks,
            pane=entry.pane,
            tail=entry.tail,
            seen=entry.seen and not entry.content,
            images=entry.images,
            asked=entry.asked,
        )
        self._put(_told(plain, self._known.get(content, {})))

    def know(self, content: Content, **changes: object) -> None:
        """Replace fields of the entries that hold a film."""
        if self._holders.get(content):
            self._known.setdefault(content, {}).update(changes)
            for key in self._holders[content]:
                self._put(_told(self._entries[key], changes))

    def forget_results(self) -> None:
        """No entry has an answer any more."""
        for known in self._known.values():
            known.pop("outcome", None)
        for key, entry in self._entries.items():
            self._entries[key] = replace(entry, outcome=UNKNOWN, images=())

    def _index_again(self) -> None:
        """Know anew which stacks files and films belong to."""
        self._of_path, self._holders = {}, {}
        for key, entry in self._entries.items():
            for path, _index in entry.listed.frames:
                self._of_path.setdefault(path, key)
            if entry.content:
                self._holders.setdefault(entry.content, set()).add(key)
        self._known = {one: said for one, said in self._known.items() if one in self._holders}
        self._settle_names()

    def _let_go(self, entry: WorklistEntry) -> None:
        held = self._holders.get(entry.content)
        if held is not None:
            held.discard(entry.listed.key)
            if not held:
                self._known.pop(entry.content, None)
                del self._holders[entry.content]

    def _settle_names(self) -> None:
        tails = told_apart(self.entries)
        for key, entry in self._entries.items():
            if entry.tail != tails.get(key, ""):
                self._entries[key] = replace(entry, tail=tails.get(key, ""))

    def _put(self, entry: WorklistEntry) -> None:
        self._entries[entry.listed.key] = entry
        self._changed(entry)


def _told(entry: WorklistEntry, known: dict[str, object]) -> WorklistEntry:
    """An entry with what is known of its film; one answer is not that of several frames."""
    several = len(entry.listed.frames) > 1
    given = {name: said for name, said in known.items() if not (several and name == "outcome")}
    return replace(entry, **given)  # type: ignore[arg-type]


def _of_one(entry: WorklistEntry) -> Outcome:
    return entry.outcome if len(entry.listed.frames) == 1 else UNKNOWN
