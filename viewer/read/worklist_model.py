"""The worklist as a tree for Qt: groups, patients, studies, series, images."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final, Literal

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from engine.types import Image
from viewer.kit.language import listed, marked, tr
from viewer.read.entries import (
    GroupCode,
    ListedPatient,
    Wish,
    WorklistEntry,
    arranged,
    image_places,
    plain,
)
from viewer.read.entry_store import EntryStore
from viewer.read.layouts import STACK_MIME

Index = QModelIndex | QPersistentModelIndex
NODE_ROLE: Final = Qt.ItemDataRole.UserRole

SMALL_LIST = 200  # entries that are put in order at once, whatever changes
PATIENCE_MS = 250  # for the order of a longer list, while answers come in
IMAGES_MS = 1500  # the same while the frames of a series are answered
_SHARE = 8  # of the time at most goes into the order of a list while answers come in
_HEADING: Final = Qt.ItemFlag.ItemIsEnabled
_ROW: Final = _HEADING | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
NodeKind = Literal["root", "group", "patient", "study", "series", "image"]
HEADINGS: Final[dict[GroupCode, str]] = {
    "person": marked("Needs a person"),
    "call": marked("Waits for my call"),
    "unread": marked("Not read yet"),
    "answered": marked("Answered"),
}


@dataclass(slots=True, eq=False)
class WorklistNode:
    """One row of the tree.

    Attributes:
        id: What an index holds; never used twice.
        key: The same after the list was put in order anew.
        entry: Of a series, and of what stands for one; None for groups, patients, studies.
        entries: All of them that lie beneath, the entry itself among them.
        place: Number of the image in its series.
        opened: Whether the images of a series are listed beneath it.
    """

    id: int
    kind: NodeKind
    key: str
    parent: "WorklistNode | None" = None
    row: int = 0
    entry: WorklistEntry | None = None
    entries: tuple[WorklistEntry, ...] = ()
    group: GroupCode = "unread"
    place: int = 0
    opened: bool = False
    children: list["WorklistNode"] = field(default_factory=list)

    @property
    def opens(self) -> bool:
        """Whether something lies beneath it."""
        return bool(self.children) or self.images > 0

    @property
    def images(self) -> int:
        """How many images a series has; they are listed only when it is opened."""
        if self.kind not in {"series", "patient"} or self.entry is None:
            return 0
        count = len(self.entry.listed.frames)
        return count if count > 1 else 0

    @property
    def stack(self) -> WorklistEntry:
        """The stack that is shown, dragged or named for this row: its own, or the first."""
        return self.entry or self.entries[0]

    @property
    def film(self) -> WorklistEntry:
        """What is said of this row: of an image its own answer."""
        return self.stack.image_entry(self.place) if self.kind == "image" else self.stack


class WorklistModel(QAbstractItemModel):
    """The stacks of the list, each once, in the order that was wished.

    An answer is painted at once; its place in the order follows when the events of the moment are
    done, in a long list after a quarter of a second.
    """

    rearranged = Signal()  # rows stand elsewhere; indexes of before are void

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wish = Wish()
        self.people = 0  # who are listed
        self.work = 0  # nodes that were made, for tests of what an answer costs
        self.store = EntryStore(self._on_changed)  # whoever adds to it asks to `arrange`
        self._nodes: dict[int, WorklistNode] = {}
        self._of_key: dict[str, WorklistNode] = {}
        self._next, self._cost_ms = 1, 0.0
        self._root = WorklistNode(0, "root", "")
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self.arrange)

    @property
    def shown(self) -> tuple[WorklistEntry, ...]:
        """The entries that are listed now, from the top."""
        return tuple(one for top in self._root.children for one in top.entries)

    def choose(self, **wishes: object) -> None:
        """Find, sort, filter, or hold against another threshold."""
        self.wish = replace(self.wish, **wishes)  # type: ignore[arg-type]
        self.arrange()

    def _on_changed(self, entry: WorklistEntry) -> None:
        node = self._of_key.get(entry.listed.key)
        patience = max(PATIENCE_MS, round(_SHARE * self._cost_ms))
        patience = 0 if len(self.store) <= SMALL_LIST else patience
        if node is not None and node.entry is not None:
            if node.entry.images is not entry.images:  # hundreds, one after the other
                patience = max(IMAGES_MS, patience)
            self._renew(node, entry)
        if not self._due.isActive() or self._due.remainingTime() > patience:
            self._due.start(patience)

    def _renew(self, node: WorklistNode, entry: WorklistEntry) -> None:
        """Let a row say what is known now, and those of its images that say something else."""
        before, now = node.stack.images, entry.images
        node.entry, node.entries = entry, (entry,)
        index = self.createIndex(node.row, 0, node.id)
        self.dataChanged.emit(index, index)
        for child in node.children:
            child.entry = entry
            if before[child.place : child.place + 1] != now[child.place : child.place + 1]:
                place = self.createIndex(child.row, 0, child.id)
                self.dataChanged.emit(place, place)

    # ------------------------------------------------------------------ order
    def arrange(self) -> None:
        """Put the rows in order now."""
        self._due.stop()
        begin = time.perf_counter()
        self.beginResetModel()
        self._nodes.clear()
        self._of_key.clear()
        self._root = WorklistNode(0, "root", "")
        self.people = 0
        for code, patients in arranged(self.store.entries, self.wish):
            above = self._heading(code, patients) if self.wish.grouped else self._root
            self.people += len(patients)
            for patient in patients:
                self._list(patient, above, code)
        self.endResetModel()
        self.rearranged.emit()
        self._cost_ms = 1000 * (time.perf_counter() - begin)

    def _heading(self, code: GroupCode, patients: tuple[ListedPatient, ...]) -> WorklistNode:
        entries = tuple(one for patient in patients for one in patient.entries)
        return self._make("group", f"group {code}", self._root, entries=entries, group=code)

    def _list(self, patient: ListedPatient, above: WorklistNode, code: GroupCode) -> None:
        """One row for a person of one series, a tree for one of several."""
        first = patient.entries[0]
        if len(patient.entries) == 1:
            self._make("patient", first.listed.key, above, entry=first, group=code)
            return
        who = f"patient {first.listed.key}"
        top = self._make("patient", who, above, entries=patient.entries, group=code)
        for series in patient.studies:
            key = f"study {series[0].listed.study or series[0].listed.key}"
            study = self._make("study", f"{who} {key}", top, entries=series, group=code)
            for one in series:
                self._make("series", one.listed.key, study, entry=one, group=code)

    def _make(
        self,
        kind: NodeKind,
        key: str,
        parent: WorklistNode,
        *,
        entry: WorklistEntry | None = None,
        entries: tuple[WorklistEntry, ...] = (),
        group: GroupCode = "unread",
        place: int = 0,
    ) -> WorklistNode:
        own = (entry,) if entry is not None else entries
        row = len(parent.children)
        node = WorklistNode(self._next, kind, key, parent, row, entry, own, group, place)
        self._next += 1
        self.work += 1
        parent.children.append(node)
        self._nodes[node.id] = self._of_key[key] = node
        return node

    # ------------------------------------------------------------------ Qt
    def node(self, index: Index) -> WorklistNode:
        """The row at an index; the root for one that is void."""
        return self._nodes.get(index.internalId(), self._root)  # a void index has the ID 0

    def index_of(self, key: str | None) -> QModelIndex:
        """Where a row stands; void where it is not listed."""
        node = self._of_key.get(key) if key is not None else None
        return self.createIndex(node.row, 0, node.id) if node is not None else QModelIndex()

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a row beneath another."""
        children = self._nodes.get(parent.internalId(), self._root).children
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].id)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The row above in the tree."""
        above = self.node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above.id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Rows beneath one; images of a series only once it was opened."""
        return len(self.node(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One: everything is painted in it."""
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Whether a row opens."""
        node = self.node(parent)
        return node is self._root or node.opens

    def canFetchMore(self, parent: Index) -> bool:
        """Whether a series has images that are not listed yet."""
        node = self.node(parent)
        return node.images > 0 and not node.opened

    def fetchMore(self, parent: Index) -> None:
        """List the images of a series."""
        node = self.node(parent)
        if not self.canFetchMore(parent) or node.entry is None:
            return
        node.opened = True
        places = image_places(node.entry, self.wish)
        if not places:
            return
        self.beginInsertRows(parent, 0, len(places) - 1)
        for place in places:
            self._make("image", f"{node.key} {place}", node, entry=node.entry, place=place)
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups are headings; all other rows can be chosen and dragged."""
        node = self._nodes.get(index.internalId())
        return _HEADING if node is None or node.kind == "group" else _ROW  # asked of every row

    def mimeTypes(self) -> list[str]:
        """What a row is while it is dragged to a pane."""
        return [STACK_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The key of the stack that is dragged."""
        data = QMimeData()
        for index in indexes:
            data.setData(STACK_MIME, self.node(index).stack.listed.key.encode())
        return data

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, tip and words for screen readers; the node itself for the delegate."""
        node = self.node(index)
        if node is self._root:  # a void index, or one of before the last order
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(node, self.wish.own)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return spoken(node, self.wish.own)
        return node if role == NODE_ROLE else None


# ------------------------------------------------------------------------ words of the rows


def title(node: WorklistNode) -> str:
    """What stands first in a row."""
    if node.kind == "group":
        return tr(HEADINGS[node.group])
    one = node.stack
    if node.kind == "study":
        parts = (one.date, one.identity.study_description or one.kind)
        return " · ".join(part for part in parts if part) or tr("Study")
    if node.kind == "image":
        return tr("Image {number}", number=node.place + 1)
    if node.kind == "series":
        number = one.listed.number
        words = one.listed.description or one.identity.series_description or one.kind
        first = tr("Series {number}", number=number) if number is not None else tr("Series")
        return f"{first} · {words}" if words else first
    return one.name


def tip(node: WorklistNode, own: float | None) -> str:
    """File and kind, escaped: Qt would read a name like "<b>.png" as HTML."""
    if node.kind in {"group", "study"}:
        return ""
    one = node.film
    path = one.listed.frames[node.place][0] if node.kind == "image" else one.path
    lines = [plain(path.name), _size_words(one.image) if one.image else "", one.why]
    if one.images:
        lines.append(one.summary(own))
    return "<p>" + "<br>".join(escape(line) for line in lines if line) + "</p>"


def spoken(node: WorklistNode, own: float | None) -> str:
    """A row in a sentence, for screen readers."""
    if node.entry is None:
        return listed((title(node), tr("%n films", "", n=len(node.entries))))
    one = node.film
    line = "" if node.kind == "image" else one.line
    if one.group == "call":
        hidden = tr("the answer is hidden until your own call")
        return listed([part for part in (title(node), line, hidden) if part])
    if one.images:
        return listed([part for part in (title(node), line, one.summary(own)) if part])
    said = f"{one.word} {one.number}".strip() if one.group != "unread" else tr("not read yet")
    side = ""
    if one.threshold(own) is not None and one.outcome.score is not None:
        side = tr("above the threshold") if one.above(own) else tr("below the threshold")
    return listed([part for part in (title(node), line, said, side, one.why) if part])


def _size_words(image: Image) -> str:
    frames = tr("%n frames", "", n=image.frame_count) if image.frame_count > 1 else ""
    size = f"{image.columns} × {image.rows}"
    return " · ".join(part for part in (image.format, image.modality, size, frames) if part)
