"""The keys of all commands, to be changed: one at a time, and never two commands on one key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commanding.dialogs import ROW, dialog_of, scrolled, shown
from viewer.commanding.menus import Command, native_keys, plain_words
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.widgets import label, panel, rank, row_in

if TYPE_CHECKING:
    from viewer.session.settings import Settings

WIDTH: Final = 560
Keys = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class KeyBook:
    """The keys of commands: those that they come with, and those that a reader gave them.

    Attributes:
        shipped: The commands with the keys that they come with; those without a code keep them.
        own: Other keys, by code.
    """

    shipped: tuple[Command, ...]
    own: Mapping[str, tuple[str, ...]]

    def of(self, code: str) -> tuple[str, ...]:
        """The keys of a command."""
        return self.own.get(code, self._comes_with(code))

    def holder(self, key: str, but: str = "") -> Command | None:
        """Which other command a key belongs to."""
        wanted = _normal(key)
        for command in self.shipped:
            keys = self.of(command.code) if command.code else command.keys
            if command.code != but and wanted in map(_normal, keys):
                return command
        return None

    def given(self, code: str, keys: tuple[str, ...]) -> Keys:
        """Everybody's own keys after a command got others; whoever had them loses them."""
        wanted = {_normal(key) for key in keys}
        own = dict(self.own)
        for command in self.shipped:
            had = self.of(command.code)
            kept = tuple(key for key in had if _normal(key) not in wanted)
            if command.code and command.code != code and kept != had:
                own[command.code] = kept
        own[code] = keys
        return {one: new for one, new in own.items() if new != self._comes_with(one)}

    def _comes_with(self, code: str) -> tuple[str, ...]:
        found = (command.keys for command in self.shipped if command.code == code)
        return next(found, ())


def _normal(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


class KeyField(QKeySequenceEdit):
    """Takes one key; its button takes it away, and Tab leads on."""

    chosen = Signal(str)  # empty: no key

    def __init__(self, key: str) -> None:
        super().__init__(QKeySequence(key))
        self.setMaximumSequenceLength(1)
        self.setFixedWidth(180)
        self.setClearButtonEnabled(True)
        self._key = key
        self.keySequenceChanged.connect(self._tell)

    def show_key(self, key: str) -> None:
        """Show a key without telling anybody."""
        self._key = key
        self.setKeySequence(QKeySequence(key))

    def _tell(self, sequence: QKeySequence) -> None:
        key = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        if key != self._key:
            self._key = key
            self.chosen.emit(key)


class KeyList(QWidget):
    """All commands with their keys; a key that is taken has to be taken away on purpose.

    Args:
        shipped: The commands with the keys that they come with.
        settings: Keep the keys that the reader gives.
        apply: Called when they have changed.
    """

    def __init__(
        self,
        shipped: tuple[Command, ...],
        settings: "Settings",
        apply: Callable[[], object],
    ) -> None:
        super().__init__()
        self._shipped, self._settings, self._apply = shipped, settings, apply
        self.fields: dict[str, KeyField] = {}
        self._lines: list[tuple[QWidget, str]] = []
        self._wanted: tuple[str, str] | None = None  # code and key that another one has
        self.search = QLineEdit(placeholderText=tr("Find a command"), clearButtonEnabled=True)
        self.search.textChanged.connect(self._filter)
        self.said = label(tr("Choose a key and press another one. Changes hold at once."), "quiet")
        self.take = QPushButton(tr("Take it"))
        self.take.clicked.connect(self._take)
        self.take.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.search)
        column.addWidget(scrolled(self._rows()), 1)
        foot = QWidget()
        foot.setMinimumHeight(ROW)
        across = row_in(foot, theme.GAP)
        across.addWidget(self.said, 1)
        across.addWidget(self.take)
        column.addWidget(foot)

    @property
    def book(self) -> KeyBook:
        """The keys of this moment."""
        return KeyBook(self._shipped, self._settings.keys)

    def reset(self) -> None:
        """Every command gets the keys that it came with."""
        self._keep({})
        self._say(tr("All commands have the keys that they came with."))

    def _rows(self) -> QVBoxLayout:
        column, menu = QVBoxLayout(), ""
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(0)
        for command in self._shipped:
            if not command.code:
                continue
            if command.menu != menu:
                menu = command.menu
                heading = label(plain_words(tr(menu)), "heading")
                heading.setFixedHeight(32)
                column.addWidget(heading)
            line = self._line(command)
            self._lines.append((line, plain_words(command.text).casefold()))
            column.addWidget(line)
        column.addStretch(1)
        return column

    def _line(self, command: Command) -> QWidget:
        line = panel(QWidget(), "raised")
        line.setMinimumWidth(WIDTH)
        line.setFixedHeight(36)
        keys = self.book.of(command.code)
        field = KeyField(keys[0] if keys else "")
        field.setAccessibleName(plain_words(command.text))
        field.chosen.connect(partial(self._choose, command.code))
        self.fields[command.code] = field
        across = row_in(line, theme.GAP)
        across.addWidget(label(plain_words(command.text)), 1)
        across.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _filter(self, text: str) -> None:
        for line, words in self._lines:
            line.setVisible(text.casefold().strip() in words)

    def _choose(self, code: str, key: str) -> None:
        self._wanted = None
        holder = self.book.holder(key, but=code) if key else None
        if holder is None:
            self._give(code, key)
            self._say(tr("Changed."))
            return
        self.fields[code].show_key(next(iter(self.book.of(code)), ""))
        words = tr("{key} belongs to “{command}”.")
        name = plain_words(holder.text)
        self._say(words.format(key=native_keys(key), command=name), doubt=True)
        self._wanted = (code, key) if holder.code else None
        self.take.setVisible(holder.code != "")

    def _take(self) -> None:
        if self._wanted is not None:
            self._give(*self._wanted)
            self._wanted = None
            self._say(tr("Changed."))

    def _give(self, code: str, key: str) -> None:
        others = self.book.of(code)[1:]
        self._keep(self.book.given(code, (key, *others) if key else ()))

    def _keep(self, own: Keys) -> None:
        self._settings.keys = own
        book = self.book
        for code, field in self.fields.items():
            field.show_key(next(iter(book.of(code)), ""))
        self._apply()

    def _say(self, text: str, *, doubt: bool = False) -> None:
        self.said.setText(text)
        rank(self.said, "warning" if doubt else "quiet")
        self.take.setVisible(doubt)


def edit_keys(
    parent: QWidget,
    shipped: tuple[Command, ...],
    settings: "Settings",
    apply: Callable[[], object],
) -> QDialog:
    """The dialog; see `KeyList`."""
    dialog = dialog_of(parent, tr("Keys"))
    keys = KeyList(shipped, settings, apply)
    back = QPushButton(tr("Back to the first keys"))
    back.clicked.connect(keys.reset)
    return shown(dialog, keys, back)
