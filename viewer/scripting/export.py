"""The commands of a script that show what the model saw, and let something leave the program."""

from typing import Final

from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb
from viewer.window import MainWindow

_SWITCH: Final = {"on": True, "off": False}


def _model_view(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if window.session.film is None:
        raise ScriptError(tr("no film is open."))
    window.film.seen.turn(on=_on(arguments[0]))


def _on(text: str) -> bool:
    if text not in _SWITCH:
        raise ScriptError(tr("“{text}” is neither on nor off.", text=text))
    return _SWITCH[text]


VERBS: Final = (
    Verb("model-view", "on|off", marked("lay what the model saw over the film"), _model_view),
)
