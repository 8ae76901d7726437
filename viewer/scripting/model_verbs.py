"""Commands of a script for the window of the model, and what it shows."""

from typing import Any, Final

from viewer.commanding.model_menu import PAGES, opened
from viewer.kit.language import listed, marked, tr
from viewer.scripting.verbs import ScriptError, Verb, either, plain
from viewer.window import MainWindow


def _show(window: MainWindow, arguments: tuple[str, ...]) -> None:
    page = arguments[0] if arguments else ""
    if page and page not in PAGES:
        raise ScriptError(tr("a page is {names}.", names=either(PAGES)))
    if opened(window, page) is None:
        raise ScriptError(tr("no model reads yet."))


def _weights(window: MainWindow, arguments: tuple[str, ...]) -> None:
    name, *gates = arguments
    shown = _window(window)
    if shown is None:
        raise ScriptError(tr("the window of the model is not open."))
    if not shown.show_weights(name, *gates[:1]):
        names = dict.fromkeys(one.name for one in shown.weights.names)
        raise ScriptError(tr("the matrices are {names}.", names=listed(tuple(names))))


def _block(window: MainWindow, arguments: tuple[str, ...]) -> None:
    shown = _window(window)
    anatomy = shown.architecture.anatomy if shown is not None else None
    if shown is None or anatomy is None:
        raise ScriptError(tr("the window of the model is not open."))
    codes = [one.code for one in anatomy.blocks]
    if arguments[0] not in codes:
        raise ScriptError(tr("the blocks are {names}.", names=listed(codes)))
    shown.pages.turn_to("architecture")
    shown.architecture.choose(arguments[0])


def _close(window: MainWindow) -> None:
    if (shown := _window(window)) is not None:
        shown.close()


def _window(window: MainWindow) -> Any:  # noqa: ANN401 - its module is imported when it is wanted
    from viewer.commanding.model_dialog import model_window  # noqa: PLC0415 - weights are read there

    return model_window(window)


def state_of_model(window: MainWindow) -> dict[str, Any]:
    """What the window of the model shows; empty where it is not open."""
    shown = _window(window)
    return shown.state() if shown is not None else {}


VERBS: Final = (
    Verb(
        "model.show",
        "…",
        marked("show the model: architecture, weights, training, audit or card"),
        _show,
    ),
    Verb(
        "model.block",
        marked("BLOCK"),
        marked("say everything about one block of the model, such as recurrent.0"),
        _block,
    ),
    Verb(
        "model.weights",
        marked("MATRIX …"),
        marked("show one matrix of the model, or its part for one gate"),
        _weights,
    ),
    Verb("model.close", "", marked("close the window of the model"), plain(_close)),
)
