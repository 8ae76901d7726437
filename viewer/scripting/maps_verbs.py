"""Commands of a script for the state map: what is shown, and of which layer and units."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, get_args

from viewer.kit.language import listed, marked, tr
from viewer.scripting.inspect_verbs import in_inspect
from viewer.scripting.verbs import ScriptError, Verb, either, film_of, number, plain
from viewer.session.choices import MapChoice, Order, laid
from viewer.window import MainWindow

if TYPE_CHECKING:
    from engine.types import Quantity

_ORDERS: Final[tuple[Order, ...]] = get_args(Order)
_WAYS: Final = {"down": 0, "up": 1}


def _quantity(window: MainWindow, arguments: tuple[str, ...]) -> None:
    offers = window.session.pointer.offers
    if arguments[0] not in offers:
        raise ScriptError(tr("of this network is shown {names}.", names=listed(offers)))
    _choose(window, replace(_mapped(window), shown=arguments[0]))


def _gate(window: MainWindow, arguments: tuple[str, ...]) -> None:
    others = {"h", "c", "memory", "surprise"}
    gates = [one for one in window.session.pointer.offers if one not in others]
    if not gates:
        raise ScriptError(tr("this network has no gates, or is not opened yet."))
    if arguments[0] not in gates:
        raise ScriptError(tr("a gate of this network is {names}.", names=listed(gates)))
    _choose(window, replace(_mapped(window), shown=arguments[0]))


def _memory(window: MainWindow) -> None:
    film_of(window)
    in_inspect(window)
    _choose(window, laid(window.session.choice, "state", memory=True))


def _deviation(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in {"on", "off"}:
        raise ScriptError(tr("deviation is on or off."))
    quantity: Quantity = "deviation" if arguments[0] == "on" else "raw"
    _choose(window, replace(_mapped(window), quantity=quantity))


def _layer(window: MainWindow, arguments: tuple[str, ...]) -> None:
    model, place, way = window.session.model, int(number(arguments[0])), arguments[1]
    if way not in _WAYS or model is None or not 1 <= place <= model.layers:
        raise ScriptError(tr("a layer is a number from 1, and down or up."))
    if _WAYS[way] >= model.directions:
        raise ScriptError(tr("this network reads in one direction."))
    _choose(window, replace(_mapped(window), layer=place - 1, direction=_WAYS[way]))


def _units(window: MainWindow, arguments: tuple[str, ...]) -> None:
    words = arguments[0].replace(",", " ").split()
    model = window.session.model
    most = model.hidden_size if model is not None else 0
    chosen = () if words == ["all"] else tuple(int(number(word)) for word in words)
    if not all(0 <= unit < most for unit in chosen):
        raise ScriptError(tr("units are numbers from 0 to {last}, or all.", last=most - 1))
    _choose(window, replace(_mapped(window), units=tuple(dict.fromkeys(chosen))))


def _order(window: MainWindow, arguments: tuple[str, ...]) -> None:
    order = next((one for one in _ORDERS if one == arguments[0]), None)
    if order is None:
        raise ScriptError(tr("units stand by {names}.", names=either(_ORDERS)))
    _choose(window, replace(_mapped(window), order=order))


def _mapped(window: MainWindow) -> MapChoice:
    """The choice in Inspect, where there are states to show."""
    film_of(window)
    in_inspect(window)
    return window.session.choice


def _choose(window: MainWindow, choice: MapChoice) -> None:
    window.session.choose_map(choice)


VERBS: Final = (
    Verb(
        "shown",
        marked("NAME"),
        marked("show h, c, a gate by its letter, memory or surprise in map and strip"),
        _quantity,
    ),
    Verb("gate", marked("LETTER"), marked("show a gate of the network in map and strip"), _gate),
    Verb("map.memory", "", marked("lay what is left of each row over the film"), plain(_memory)),
    Verb("deviation", "on|off", marked("show the hidden state against its mean"), _deviation),
    Verb(
        "layer.show",
        marked("LAYER down|up"),
        marked("show another layer, counted from 1, and direction"),
        _layer,
    ),
    Verb(
        "units",
        marked("NUMBERS|all"),
        marked("choose units by their numbers"),
        _units,
        rest=True,
    ),
    Verb(
        "units.order",
        "|".join(_ORDERS),
        marked("let the units stand in another order"),
        _order,
    ),
)
