"""The window in scripts: commands in words, and its state."""

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, get_args

from PySide6.QtCore import QObject, QTimer, Signal

from engine.types import Analysis, Window
from viewer.film.tools import TOOLS
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.session.choices import BASELINES, MapChoice, Question
from viewer.session.session import Session
from viewer.window import MainWindow

# ------------------------------------------------------------------- commands of a script
# The window in scripts: commands in words, run one after the other as a reader would give them.
#
# `VERBS` is the one register of these commands; whoever adds one to the window adds it here.

QUIET_MS: Final = 50  # after the last answer, so that what follows from it has begun


class ScriptError(Exception):
    """A command that cannot be given: one sentence."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One command.

    Attributes:
        name: As it is written.
        arguments: What follows the name, in words for people; empty where nothing does.
        help: What it does.
        run: Does it; raises `ScriptError` where that cannot be done; a pause in milliseconds
            comes back.
        numbers: Whether its arguments are numbers.
        waits: Whether it is given, and the next one after it, only when nothing is being read
            any more. Those that do not wait are given at once.
    """

    name: str
    arguments: str
    help: str
    run: Callable[[MainWindow, tuple[str, ...]], object]
    numbers: bool = False
    waits: bool = True


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """A command with its arguments."""

    verb: Verb
    arguments: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it was written, for messages."""
        return " ".join((self.verb.name, *self.arguments))


def parse(text: str) -> tuple[ScriptStep, ...]:
    """The commands of a text, divided by ";".

    The argument of a command that takes a single one may hold blanks, as file names do.

    Raises:
        ScriptError: An unknown command, or one with too few or too many arguments.
    """
    return tuple(_step(part) for part in map(str.strip, text.split(";")) if part)


def listed(*, as_json: bool) -> str:
    """All commands, for people or for programs."""
    if as_json:
        values = [
            {"name": verb.name, "arguments": verb.arguments, "help": tr(verb.help)}
            for verb in VERBS
        ]
        return json.dumps(values, indent=2)
    heads = [f"{verb.name} {tr(verb.arguments)}".strip() for verb in VERBS]
    width = max(map(len, heads))
    pairs = zip(heads, VERBS, strict=True)
    return "\n".join(f"{head:{width}}  {tr(verb.help)}" for head, verb in pairs)


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
    verb = next((verb for verb in VERBS if verb.name == name), None)
    if verb is None:
        words = tr("There is no command “{name}”; rowscope --commands lists them.", name=name)
        raise ScriptError(words)
    wanted = len(verb.arguments.split())
    arguments = (rest.strip(),) if wanted == 1 and rest.strip() else tuple(rest.split())
    if len(arguments) != wanted:
        words = tr("The command “{text}” cannot be read: {name} takes {arguments}.")
        if not wanted:
            words = tr("The command “{text}” cannot be read: {name} takes nothing.")
        raise ScriptError(words.format(text=text, name=name, arguments=tr(verb.arguments)))
    if verb.numbers:
        for argument in arguments:
            _number(argument)
    return ScriptStep(verb, arguments)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ScriptError(tr("“{text}” is not a number.", text=text))
    return number


def _wait(_window: MainWindow, arguments: tuple[str, ...]) -> int:
    return round(1000 * max(_number(arguments[0]), 0.0))


def _open(window: MainWindow, arguments: tuple[str, ...]) -> None:
    window.session.open((Path(arguments[0]),))


def _frame(window: MainWindow, arguments: tuple[str, ...]) -> None:
    film = window.session.film
    if film is None:
        raise ScriptError(tr("no film is open."))
    image, number = film.frame.image, int(_number(arguments[0]))
    if not 1 <= number <= image.frame_count:
        name = image.path.name
        raise ScriptError(tr("{name} has %n frames.", "", n=image.frame_count, name=name))
    window.session.select(image.path, number - 1)


def _model(window: MainWindow, arguments: tuple[str, ...]) -> None:
    models = window.session.models
    known = [model for model in models.all if model.name == arguments[0]]
    if known:
        window.session.models.choose(known[0].path)
    else:
        models.open(arguments[0])


def _map(window: MainWindow, arguments: tuple[str, ...]) -> None:
    session = window.session
    questions: dict[str, Question] = {name: name for name in get_args(Question)}
    if arguments[0] not in questions:
        raise ScriptError(tr("a map is influence, state or none."))
    strength, baseline = session.choice.strength, session.choice.baseline
    session.choose_map(MapChoice(questions[arguments[0]], strength=strength, baseline=baseline))


def _baseline(window: MainWindow, arguments: tuple[str, ...]) -> None:
    session = window.session
    kind = next((one for one in BASELINES if one == arguments[0]), None)
    if kind is None:
        raise ScriptError(tr("a baseline is mean, blank or blurred."))
    session.choose_map(replace(session.choice, baseline=kind))


def _theme(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in theme.THEMES:
        raise ScriptError(tr("a theme is dark or light."))
    window.wear(arguments[0])


def _voi(window: MainWindow, arguments: tuple[str, ...]) -> None:
    center, width = map(_number, arguments)
    if width <= 0:
        raise ScriptError(tr("a window is wider than 0."))
    window.film.window_requested.emit(Window(center, width, "by hand", kind="by hand"))


def _tool(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in {tool.code for tool in TOOLS}:
        raise ScriptError(tr("a tool is {names}.", names=_either(tool.code for tool in TOOLS)))
    window.choose_tool(arguments[0])


def _either(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}"


def _plain(run: Callable[[MainWindow], object]) -> Callable[[MainWindow, tuple[str, ...]], None]:
    def give(window: MainWindow, _arguments: tuple[str, ...]) -> None:
        run(window)

    return give


VERBS: Final = (
    Verb("wait", marked("SECONDS"), marked("let time pass"), _wait, numbers=True, waits=False),
    Verb(
        "open",
        marked("PATH"),
        marked("open a file, a folder or a model; read it anew if it is open"),
        _open,
    ),
    Verb("frame", marked("NUMBER"), marked("show a frame, counted from 1"), _frame, numbers=True),
    Verb(
        "next",
        "",
        marked("show the next film of the list"),
        _plain(lambda w: w.session.step_film(1)),
    ),
    Verb(
        "previous", "", marked("show the film before"), _plain(lambda w: w.session.step_film(-1))
    ),
    Verb(
        "cancel",
        "",
        marked("stay with the film that is shown"),
        _plain(lambda w: w.session.cancel()),
        waits=False,
    ),
    Verb("model", marked("NAME"), marked("read with a model, by name or folder"), _model),
    Verb(
        "suggested",
        "",
        marked("read with the model that fits the film"),
        _plain(lambda w: w.session.analyses.choose_suggested()),
    ),
    Verb("map", "influence|state|none", marked("lay a map over the film, or none"), _map),
    Verb(
        "baseline",
        "mean|blank|blurred",
        marked("let Influence start from another film"),
        _baseline,
    ),
    Verb(
        "row",
        marked("NUMBER"),
        marked("put the row cursor on a stored row"),
        lambda w, a: w.session.move_to_row(_number(a[0])),
        numbers=True,
    ),
    Verb(
        "window",
        marked("CENTER WIDTH"),
        marked("show the film with a window of modality values"),
        _voi,
        numbers=True,
    ),
    Verb(
        "tool",
        "|".join(tool.code for tool in TOOLS),
        marked("take another tool into the hand"),
        _tool,
    ),
    Verb(
        "undo", "", marked("take the last gesture back"), _plain(lambda w: w.session.panes.undo())
    ),
    Verb("redo", "", marked("do it again"), _plain(lambda w: w.session.panes.redo())),
    Verb("invert", "", marked("swap black and white"), _plain(lambda w: w.toggle_invert())),
    Verb("fit", "", marked("show the whole film"), _plain(lambda w: w.film.fit())),
    Verb(
        "reset",
        "",
        marked("show the film as when it was opened"),
        _plain(lambda w: w.reset_view()),
    ),
    Verb(
        "zoom",
        marked("SCALE"),
        marked("screen pixels for each stored pixel"),
        lambda w, a: w.film.zoom_to(_number(a[0])),
        numbers=True,
    ),
    Verb(
        "text",
        "",
        marked("all text on the film, the least, none"),
        _plain(lambda w: w.next_text_level()),
    ),
    Verb("theme", "dark|light", marked("show the window in other colours"), _theme),
    Verb(
        "studies", "", marked("show or hide the study list"), _plain(lambda w: w.toggle_studies())
    ),
)


# -------------------------------------------------------------------- state of the window
# What the window shows, as plain values for a program that looks from outside.

State = dict[str, Any]


def state_of(window: MainWindow) -> State:
    """Panes, list and messages of a window."""
    session = window.session
    return {
        "panes": [_pane(window)],
        "films": [
            {"path": str(path), "result": _of_list(session, path)} for path in session.films.paths
        ],
        "messages": [message.text for message in window.messages.messages],
    }


def _pane(window: MainWindow) -> State:
    session, film = window.session, window.session.film
    loading = session.loading is not None
    result = _result(session.analysis)
    if film is None:
        nothing = dict.fromkeys(("path", "frame", "frames", "rows", "columns", "window"))
        rest = {"loading": loading, "content": None, "result": result}
        return nothing | rest | _pointed(window)
    frame = film.frame
    return {
        "path": str(frame.image.path),
        "frame": frame.index + 1,
        "frames": frame.image.frame_count,
        "rows": frame.image.rows,
        "columns": frame.image.columns,
        "window": _window(window),
        "loading": loading,
        "content": frame.content or film.key,
        "result": result,
        **_pointed(window),
    }


def _pointed(window: MainWindow) -> State:
    cursor = window.session.cursor
    row = cursor.row if cursor is not None else None
    choice = window.session.choice
    return {"map": choice.question, "baseline": choice.baseline, "row": row}


def _of_list(session: Session, path: Path) -> State:
    reason = session.films.reason(path)
    if reason is not None:
        return {"status": "refused", "reason": reason}
    return _result(session.analyses.said(path))


def _window(window: MainWindow) -> State | None:
    voi = window.film.item.voi
    if not isinstance(voi, Window):
        return None
    return {"center": voi.center, "width": voi.width, "explanation": voi.explanation}


def _result(analysis: Analysis | None) -> State:
    """As `rowscope-engine predict --json` says it; "none" while nothing is known."""
    if analysis is None:
        return {"status": "none", "reason": None}
    model, prediction = analysis.model, analysis.prediction
    trust = analysis.trust
    interval = trust.interval if trust is not None and prediction is not None else None
    return {
        "status": "ok" if prediction is not None else "abstained",
        "reason": None if prediction is not None else analysis.abstained,
        "classes": list(model.classes),
        "probabilities": prediction.probabilities.tolist() if prediction is not None else None,
        "interval": [interval.low, interval.high] if interval is not None else None,
        "influence": _started(analysis),
        "model": {"name": model.name, "version": model.version, "sha256": model.sha256},
    }


def _started(analysis: Analysis) -> State | None:
    """From which film Influence starts; None without one, and where only the answer is kept."""
    influence = analysis.influence
    if influence is None:
        return None
    baseline, warning = influence.baseline, influence.baseline.warning
    return {
        "target": analysis.model.classes[influence.target],
        "baseline": baseline.kind,
        "baseline_film": baseline.words,
        "baseline_probability": influence.baseline_probability,
        "warning": asdict(warning) if warning is not None else None,
    }
