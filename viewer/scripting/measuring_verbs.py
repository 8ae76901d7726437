"""Commands that measure on the film that is shown, and what they have made, as plain values."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from engine.annotations import KINDS, Annotation, AnnotationKind, Places
from viewer.commanding.measuring_menu import clear
from viewer.kit.language import marked, tr
from viewer.kit.measures import name_of
from viewer.scripting.verbs import ScriptError, Verb, film_of, place_of, plain
from viewer.session.loading import Film
from viewer.session.pointer import Pointer
from viewer.session.session import Session
from viewer.session.sheets import NO_MARKS
from viewer.window import MainWindow

Arguments = tuple[str, ...]


def marks_of(session: Session, pointer: Pointer) -> list[dict[str, Any]]:
    """What lies on the film of a viewport, as it stands in `--state`."""
    film = pointer.film
    if film is None:
        return []
    annotations, viewport = session.annotations, pointer.viewport
    marks = []
    for one in annotations.measured(film):
        values = dict(one.values)
        if "displayed" in values:
            values["displayed"] = annotations.displayed(
                one.annotation, film.frame, viewport.window.voi, inverted=viewport.inverted
            )
        marks.append(
            {
                "id": one.annotation.id,
                "kind": one.annotation.kind,
                "name": name_of(one.annotation),
                "number": one.annotation.number,
                "text": one.annotation.text,
                "made": one.annotation.made,
                "points": [list(point) for point in one.annotation.points],
                "values": values,
            }
        )
    return marks


def _draw(kind: AnnotationKind, window: MainWindow, arguments: Arguments, text: str = "") -> None:
    film = film_of(window)
    wrong = (tr("“{text}” is not a place such as 120,45.5.", text=one) for one in arguments)
    points: Places = tuple(map(place_of, arguments, wrong))
    wanted = KINDS[kind]
    if wanted is None and len(points) < 3:
        raise ScriptError(tr("an outline has three places or more."))
    try:
        Annotation("", kind, points)
    except ValueError:
        raise ScriptError(tr("there is no such place on a film.")) from None
    window.session.annotations.add(window.session.pointer.pane, film, kind, points, text)


def _arrow(window: MainWindow, arguments: Arguments) -> None:
    *places, text = arguments
    _draw("arrow", window, tuple(places), text)


def _found(window: MainWindow, which: str) -> tuple[Film, Annotation]:
    """One that lies on the film: by its id, by its place in the list from 1, or by its name."""
    film = film_of(window)
    there = window.session.annotations.of(window.session.annotations.subject_of(film))
    for place, one in enumerate(there, start=1):
        if which in {one.id, str(place), name_of(one)}:
            return film, one
    raise ScriptError(tr("there is no mark “{which}” on this film.", which=which))


def _rename(window: MainWindow, arguments: Arguments) -> None:
    film, one = _found(window, arguments[0])
    named = replace(one, name=arguments[1])
    window.session.annotations.change(window.session.pointer.pane, film, named)


def _delete(window: MainWindow, arguments: Arguments) -> None:
    film, one = _found(window, arguments[0])
    window.session.annotations.remove(window.session.pointer.pane, film, [one.id])


def _choose(window: MainWindow, arguments: Arguments) -> None:
    window.session.annotations.choose(_found(window, arguments[0])[1].id)


def _clear(window: MainWindow) -> None:
    film_of(window)
    clear(window)


def _export(window: MainWindow, arguments: Arguments) -> None:
    if window.sheets.is_empty:
        raise ScriptError(tr(NO_MARKS))
    try:
        window.sheets.write(Path(arguments[0]))
    except OSError as error:
        words = tr("{path} cannot be written: {why}", path=arguments[0], why=error.strerror)
        raise ScriptError(words) from error


def _verb(kind: AnnotationKind, arguments: str, words: str) -> Verb:
    return Verb(f"measure.{kind}", arguments, words, partial(_draw, kind))


VERBS: Final = (
    _verb("length", "X1,Y1 X2,Y2", marked("measure from one place to another, in stored pixels")),
    _verb("angle", "X1,Y1 X2,Y2 X3,Y3", marked("measure an angle at the second place")),
    _verb("cobb", "X1,Y1 X2,Y2 X3,Y3 X4,Y4", marked("measure the angle between two lines")),
    _verb("rectangle", "X1,Y1 X2,Y2", marked("measure in a rectangle, by two corners")),
    _verb("ellipse", "X1,Y1 X2,Y2", marked("measure in an ellipse, by two corners around it")),
    _verb("freehand", "X1,Y1 X2,Y2 X3,Y3 …", marked("measure within an outline")),
    _verb("probe", "X,Y", marked("say the value of a pixel")),
    Verb(
        "measure.arrow",
        marked("X1,Y1 X2,Y2 TEXT"),
        marked("point at a place, from another one, with words"),
        _arrow,
        rest=True,
    ),
    _verb("point", "X,Y", marked("set a reference point, by which films are linked")),
    Verb("mark.rename", marked("MARK NAME"), marked("give a mark a name"), _rename, rest=True),
    Verb("mark.choose", marked("MARK"), marked("choose a mark, by place, name or id"), _choose),
    Verb("mark.delete", marked("MARK"), marked("take a mark away"), _delete),
    Verb("marks.clear", "", marked("take all marks of the film away"), plain(_clear)),
    Verb("marks.export", marked("PATH"), marked("write all marks to a CSV file"), _export),
)
