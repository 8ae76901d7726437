"""Commands of a script for hidden units: which are chosen, and the film without them."""

from typing import TYPE_CHECKING, Final

from viewer.kit.language import marked, tr
from viewer.scripting.inspect_verbs import in_inspect
from viewer.scripting.verbs import ScriptError, Verb, either
from viewer.window import MainWindow

if TYPE_CHECKING:
    from engine.inspection import Held

NONE: Final = "none"
ABLATE: Final = ("on", "off", "zero", "mean")


def _choose(window: MainWindow, arguments: tuple[str, ...]) -> None:
    """Choose units of the layer and direction that are shown."""
    in_inspect(window)
    if arguments == (NONE,):
        window.choose_units(())
        return
    model = window.session.model
    units = tuple(_unit(one) for one in arguments)
    if model is not None and (wrong := [one for one in units if one >= model.hidden_size]):
        raise ScriptError(
            tr(
                "this model has units 0 to {last}; there is no unit {unit}.",
                last=model.hidden_size - 1,
                unit=wrong[0],
            )
        )
    window.choose_units(tuple(dict.fromkeys(units)))
    window.inspect.side.pages.turn_to("unit")


def _unit(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ScriptError(tr("“{text}” is no unit; name numbers from 0, or none.", text=text))
    return int(text)


def _ablate(window: MainWindow, arguments: tuple[str, ...]) -> None:
    """Read the film without the chosen units, or as it is."""
    what, found = arguments[0], window.session.ablating
    if what not in ABLATE:
        raise ScriptError(tr("say one of {names}.", names=either(ABLATE)))
    if what in {"zero", "mean"}:
        held: Held = "mean" if what == "mean" else "zero"
        found.hold(held)
    if what == "off":  # of the ablation
        found.switch(off=False)
        return
    if found.group is None:
        raise ScriptError(tr("no unit is chosen on a film that the model has read."))
    found.switch(off=True)


VERBS: Final = (
    Verb(
        "unit",
        marked("UNIT …"),
        marked("choose hidden units of the layer that is shown by their numbers, or “none”"),
        _choose,
    ),
    Verb(
        "ablate",
        marked("WHAT"),
        marked("read the film without the chosen units: on, off; zero or mean is read instead"),
        _ablate,
    ),
)
