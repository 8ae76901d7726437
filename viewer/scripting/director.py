"""Commands in words, run one after the other as a reader would give them."""

import json
import unicodedata
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.kit.language import tr
from viewer.scripting.register import SAME, ScriptEntry, entries, verb_of
from viewer.scripting.verbs import ScriptError, ScriptStep, Verb, number
from viewer.window import MainWindow

WIDEST: Final = 44  # letters of a command beside what it does
QUIET_MS: Final = 50  # after the last answer, so that what follows from it has begun


def parse(text: str) -> tuple[ScriptStep, ...]:
    """The commands of a text, divided by ";".

    The argument of a command that takes a single one may hold blanks, as file names do.

    Raises:
        ScriptError: An unknown command, or one with too few or too many arguments.
    """
    return tuple(_step(part) for part in map(str.strip, text.split(";")) if part)


def listed(*, as_json: bool) -> str:
    """All commands, for people or for programs."""
    found = entries()
    if as_json:
        values = [
            {
                "name": one.verb.name,
                "words": one.words,
                "keys": list(one.keys),
                "arguments": one.verb.arguments,
                "help": tr(one.verb.help),
            }
            for one in found
        ]
        return json.dumps(values, indent=2)
    heads = [f"{one.verb.name} {tr(one.verb.arguments)}".strip() for one in found]
    width = max(columns for columns in map(terminal_columns, heads) if columns <= WIDEST)
    pairs = zip(heads, found, strict=True)
    return "\n".join(_line(head, _help_of(one), width) for head, one in pairs)


def _line(head: str, text: str, width: int) -> str:
    """A command and what it does, beneath each other where it takes too much room."""
    room = width - terminal_columns(head)
    return f"{head}{' ' * room}  {text}" if room >= 0 else f"{head}\n{' ' * width}  {text}"


def _help_of(entry: ScriptEntry) -> str:
    """What a command does; of an entry of a menu its words."""
    return tr(entry.verb.help) if entry.verb.help != SAME else entry.words


def terminal_columns(text: str) -> int:
    """How many columns of a terminal a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class Director(QObject):
    """Gives commands to a window, each when the one before has had its effect."""

    finished = Signal()
    failed = Signal(str)  # a sentence; the commands after it are given all the same

    def __init__(self, window: MainWindow, steps: tuple[ScriptStep, ...]) -> None:
        super().__init__(window)
        self._window, self._steps = window, list(steps)
        self._waits = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._go_on)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._on_quiet)
        window.session.settled.connect(self._on_settled)

    def start(self) -> None:
        """Begin as soon as nothing is being read; call it once the first films are asked for."""
        self._wait_unless_urgent(waits=True)

    def stop(self) -> None:
        """Give no more commands; it is not finished then."""
        self._steps.clear()
        self._waits = False
        self._pause.stop()
        self._quiet.stop()

    def _on_settled(self) -> None:
        if self._waits:
            self._quiet.start()

    def _on_quiet(self) -> None:
        if self._waits and not self._window.session.busy:
            self._waits = False
            self._go_on()

    def _go_on(self) -> None:
        if not self._steps:
            self.finished.emit()
            return
        step = self._steps.pop(0)
        pause = None
        try:
            pause = step.verb.run(self._window, step.arguments)
        except ScriptError as error:
            self.failed.emit(tr("“{step}” cannot be done: {why}", step=step.text, why=error))
        if isinstance(pause, int):
            self._pause.start(pause)
        else:
            self._wait_unless_urgent(waits=step.verb.waits)

    def _wait_unless_urgent(self, *, waits: bool) -> None:
        at_once = bool(self._steps) and not self._steps[0].verb.waits
        if waits and not at_once:
            self._waits = True
            self._quiet.start()
        else:
            self._pause.start(0)


def _step(text: str) -> ScriptStep:
    name, _, rest = text.partition(" ")
    verb = verb_of(name)
    if verb is None:
        words = tr("There is no command “{name}”; rowscope --commands lists them.", name=name)
        raise ScriptError(words)
    arguments = _arguments(verb, rest.strip())
    if arguments is None:
        words = tr("The command “{text}” cannot be read: {name} takes {arguments}.")
        if not verb.arguments:
            words = tr("The command “{text}” cannot be read: {name} takes nothing.")
        raise ScriptError(words.format(text=text, name=name, arguments=tr(verb.arguments)))
    if verb.numbers:
        for argument in arguments:
            number(argument)
    return ScriptStep(verb, arguments)


def _arguments(verb: Verb, text: str) -> tuple[str, ...] | None:
    """What follows a name, taken apart; None where these are not as many as the command takes."""
    wanted = verb.arguments.split()
    if len(wanted) == 1 or verb.rest:
        parts = tuple(text.split(maxsplit=max(len(wanted) - 1, 0)))
    else:
        parts = tuple(text.split())
    if wanted and wanted[-1] == "…":
        return parts if len(parts) >= len(wanted) - 1 else None
    least = sum(not one.startswith("[") for one in wanted)
    return parts if least <= len(parts) <= len(wanted) else None
