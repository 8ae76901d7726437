"""Commands of a script for what a model finds on a film, and the numbers that are shown of it."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from engine.types import measured_value, region_values
from viewer.commanding.regions_menu import show_grid
from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb, film_of, number, switched
from viewer.window import MainWindow

if TYPE_CHECKING:
    from viewer.session.located import Located
    from viewer.session.pointer import Pointer
    from viewer.session.session import Session
    from viewer.session.several import FindingPlace


def _located(window: MainWindow) -> "Located":
    film_of(window)
    return window.session.analyses.located


def _all(window: MainWindow, arguments: tuple[str, ...]) -> None:
    located, on = window.session.analyses.located, switched(arguments[0])
    located.show(replace(located.look, boxes=on, outlines=on))


def _boxes(window: MainWindow, arguments: tuple[str, ...]) -> None:
    located = window.session.analyses.located
    located.show(replace(located.look, boxes=switched(arguments[0])))


def _outlines(window: MainWindow, arguments: tuple[str, ...]) -> None:
    located = window.session.analyses.located
    located.show(replace(located.look, outlines=switched(arguments[0])))


def _fill(window: MainWindow, arguments: tuple[str, ...]) -> None:
    located, share = window.session.analyses.located, number(arguments[0])
    if not 0 <= share <= 1:
        raise ScriptError(tr("a fill lies between 0 and 1."))
    located.show(replace(located.look, fill=share))


def _region(window: MainWindow, arguments: tuple[str, ...]) -> None:
    located, place = _located(window), int(number(arguments[0]))
    count = len(located.shown)
    if not 0 <= place <= count:
        raise ScriptError(tr("this film has %n regions.", "", n=count))
    located.choose(place, centre=True)


def _cut(window: MainWindow, arguments: tuple[str, ...]) -> None:
    located = _located(window)
    if located.cut is None:
        raise ScriptError(tr("this model has no cut that can be moved."))
    if arguments[0] == "model":
        located.move_cut(None)
        return
    value = number(arguments[0])
    if not 0 < value < 1:
        raise ScriptError(tr("a cut lies between 0 and 1."))
    located.move_cut(value)


def _finding_of(window: MainWindow, text: str) -> int:
    """The number of a finding, by its number or its name."""
    film_of(window)
    places = window.session.several.shown
    named = {one.answer.label: one.number for one in places}
    place = named[text] if text in named else int(number(text))
    if not 1 <= place <= len(places):
        raise ScriptError(tr("this film has %n findings.", "", n=len(places)))
    return place


def _choose(window: MainWindow, arguments: tuple[str, ...]) -> None:
    window.session.several.choose(_finding_of(window, arguments[0]))


def _threshold(window: MainWindow, arguments: tuple[str, ...]) -> None:
    place = _finding_of(window, arguments[0])
    if arguments[1] == "model":
        window.session.several.move(place, None)
        return
    value = number(arguments[1])
    if not 0 < value < 1:
        raise ScriptError(tr("a threshold lies between 0 and 1."))
    window.session.several.move(place, value)


def _grid(window: MainWindow, arguments: tuple[str, ...]) -> None:
    film_of(window)
    show_grid(window, on=switched(arguments[0]))


# ------------------------------------------------------------------------ what is shown


def found_on(session: "Session", pointer: "Pointer") -> dict[str, Any]:
    """Regions, findings and values on the film of a viewport, as `predict --json` says them."""
    analyses, analysis = session.analyses, pointer.analysis
    located = analyses.located
    answer = analysis.task_answer if analysis is not None else None
    cut = located.cut_of(pointer)
    return {
        "regions": [region_values(one.region) for one in located.of(pointer)],
        "region": located.chosen_in(pointer) or None,
        "grid": _told_grid(pointer),
        "cut": cut.value if cut is not None else None,
        "labels": [_told_finding(one) for one in session.several.of(pointer)],
        "values": [measured_value(one) for one in answer.values] if answer is not None else [],
    }


def _told_finding(found: "FindingPlace") -> dict[str, Any]:
    one = found.answer
    interval = one.interval
    return {
        "class": one.label,
        "probability": _known(one.probability),
        "threshold": found.threshold,
        "interval": [interval.low, interval.high] if interval is not None else None,
        "abstained": one.abstained or None,
    }


def _told_grid(pointer: "Pointer") -> dict[str, Any] | None:
    """The map over rows and columns that lies over the film; None without one."""
    grid, analysis = pointer.grid, pointer.analysis
    if grid is None or analysis is None or not pointer.choice.crossed:
        return None
    peak = np.unravel_index(int(np.argmax(grid.values)), grid.values.shape)
    return {
        "class": analysis.model.classes[grid.target],
        "shape": list(grid.values.shape),
        "sum": float(grid.values.sum()),
        "residual": grid.residual,
        "peak": [int(place) for place in peak],
        "by_row": grid.values.sum(axis=1).tolist(),
        "by_column": grid.values.sum(axis=0).tolist(),
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


VERBS: Final = (
    Verb("regions.show", "on|off", marked("draw boxes and outlines of the model"), _all),
    Verb("regions.boxes", "on|off", marked("draw boxes of the model"), _boxes, waits=False),
    Verb(
        "regions.outlines", "on|off", marked("draw outlines of the model"), _outlines, waits=False
    ),
    Verb(
        "regions.fill",
        marked("SHARE"),
        marked("fill outlines, 0 to 1"),
        _fill,
        waits=False,
    ),
    Verb(
        "region",
        marked("NUMBER"),
        marked("choose a region by its number and bring it into sight; 0 chooses none"),
        _region,
        numbers=True,
    ),
    Verb(
        "regions.cut",
        marked("VALUE|model"),
        marked("draw outlines at another probability of a pixel, or as the model came"),
        _cut,
    ),
    Verb(
        "map.grid",
        "on|off",
        marked("lay Influence by row and column over the film, or by row alone"),
        _grid,
    ),
    Verb(
        "finding",
        marked("FINDING"),
        marked("explain one of several findings, by its number or name, in strips and maps"),
        _choose,
    ),
    Verb(
        "finding.threshold",
        marked("FINDING VALUE|model"),
        marked("put the threshold of a finding elsewhere, or as the model came"),
        _threshold,
    ),
)
