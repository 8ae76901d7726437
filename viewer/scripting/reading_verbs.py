"""The commands of a script for worklist, thresholds, a second model, calls, and the records."""

import csv
from pathlib import Path
from typing import Final

from viewer.kit.language import listed, marked, tr
from viewer.read.call import CallDraft
from viewer.read.entries import FILTERS, SORTS
from viewer.scripting.verbs import ScriptError, Verb, either, number, plain, switched
from viewer.window import MainWindow


def _sort(window: MainWindow, arguments: tuple[str, ...]) -> None:
    found = next((one for one in SORTS if one == arguments[0]), None)
    if found is None:
        raise ScriptError(tr("a list is sorted by {names}.", names=either(SORTS)))
    window.studies.sort(found)


def _filter(window: MainWindow, arguments: tuple[str, ...]) -> None:
    found = next((one for one in FILTERS if one == arguments[0]), None)
    if found is None:
        raise ScriptError(tr("a list is filtered by {names}.", names=either(FILTERS)))
    window.studies.filter(found)


def _threshold(window: MainWindow, arguments: tuple[str, ...]) -> None:
    thresholds = window.session.analyses.thresholds
    if not thresholds.point.movable:
        raise ScriptError(tr("the threshold of this model cannot be moved."))
    if arguments[0] == "model":
        thresholds.move(None)
        return
    value = number(arguments[0])
    if not 0 < value < 1:
        raise ScriptError(tr("a threshold lies between 0 and 1."))
    thresholds.move(value)


def _second(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] == "none":
        window.desk.read_with_second(None)
        return
    models = window.session.models.all
    found = next((one for one in models if one.name == arguments[0]), None)
    if found is None or found == window.session.model:
        others = [one.name for one in models if one != window.session.model]
        raise ScriptError(tr("a second model is {names} or none.", names=listed(others)))
    window.desk.read_with_second(found)


def _own_call(window: MainWindow, arguments: tuple[str, ...]) -> None:
    window.desk.call_first(on=switched(arguments[0]))


def _call(window: MainWindow, arguments: tuple[str, ...]) -> None:
    session = window.session
    if session.film is None or session.model is None:
        raise ScriptError(tr("no film is open."))
    answer, confidence = arguments[0], number(arguments[1])
    share = confidence if confidence <= 1 else confidence / 100
    of_finding = session.model.positive is not None
    answers = ("present", "absent") if of_finding else session.model.classes
    answers = (*answers, "unsure")
    if answer not in answers:
        raise ScriptError(tr("a call is {names}.", names=either(answers)))
    if not 0.5 <= share <= 1:
        raise ScriptError(tr("a confidence is 50 to 100."))
    if window.desk.record(CallDraft(answer, share)) is None:
        raise ScriptError(tr("the call could not be kept."))


def _note(window: MainWindow, arguments: tuple[str, ...]) -> None:
    form = window.reading.form
    if form is not None:
        form.note.setPlainText(arguments[0])
        return
    film = window.session.film
    if film is None or not window.session.analyses.calls.of(film.key):
        raise ScriptError(tr("there is no call to add to."))
    window.desk.append(arguments[0])


def _reader(window: MainWindow, arguments: tuple[str, ...]) -> None:
    window.desk.name_reader(arguments[0])


def _truth(window: MainWindow, arguments: tuple[str, ...]) -> None:
    """A table with the columns file and truth (1 or 0)."""
    path = Path(arguments[0])
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [(row["file"], row["truth"]) for row in csv.DictReader(file)]
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        words = tr("{name} is no table with the columns file and truth.", name=path.name)
        raise ScriptError(words) from error
    films = window.session.films
    named = {one.name: films.content(one) for one in films.paths}
    truth = {
        named[name]: int(value) for name, value in rows if name in named and value in {"0", "1"}
    }
    if not truth:
        raise ScriptError(tr("{name} names no film of the list.", name=path.name))
    window.desk.take_truth({content: value for content, value in truth.items() if content})


def _read_series(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    if window.session.model is None:
        raise ScriptError(tr("no model reads yet."))
    if not window.desk.read_series():
        raise ScriptError(tr("no series is on screen."))


VERBS: Final = (
    Verb("worklist.sort", "|".join(SORTS), marked("put the worklist in another order"), _sort),
    Verb(
        "worklist.find",
        marked("WORDS"),
        marked("list only what all these words are found in"),
        lambda w, a: w.studies.find_words(a[0]),
        rest=True,
    ),
    Verb("worklist.filter", "|".join(FILTERS), marked("list only some of the films"), _filter),
    Verb(
        "worklist.show-all",
        "",
        marked("list all films again"),
        plain(lambda w: w.studies.show_all()),
    ),
    Verb(
        "worklist.stop",
        "",
        marked("read no more films of the list"),
        plain(lambda w: w.session.analyses.stop_list()),
        waits=False,
    ),
    Verb(
        "worklist.export",
        marked("PATH"),
        marked("write the worklist as a table"),
        lambda w, a: w.desk.export_list(Path(a[0])),
        rest=True,
    ),
    Verb(
        "series.read",
        "",
        marked("let the model read all images of the series on screen"),
        _read_series,
    ),
    Verb(
        "series.stop",
        "",
        marked("read no more images of series"),
        plain(lambda w: w.session.series.stop()),
        waits=False,
    ),
    Verb(
        "threshold",
        marked("VALUE|model"),
        marked("put the threshold elsewhere, or back to the model's"),
        _threshold,
    ),
    Verb("second", marked("MODEL|none"), marked("let a second model read the film, too"), _second),
    Verb("own-call", "on|off", marked("hide answers until my own call"), _own_call),
    Verb(
        "call",
        marked("ANSWER CONFIDENCE"),
        marked("record my call: present, absent or unsure, 50 to 100"),
        _call,
    ),
    Verb("note", marked("WORDS"), marked("write a note to my call"), _note, rest=True),
    Verb("calls.reader", marked("CODE"), marked("say whose calls these are"), _reader),
    Verb(
        "calls.truth",
        marked("PATH"),
        marked("take the truth of the films from a table"),
        _truth,
        rest=True,
    ),
    Verb(
        "calls.export",
        marked("PATH"),
        marked("write the reader study as a table"),
        lambda w, a: w.desk.export_calls(Path(a[0])),
        rest=True,
    ),
    Verb(
        "readings.export",
        marked("PATH"),
        marked("write the log of readings as a table"),
        lambda w, a: w.desk.export_readings(Path(a[0])),
        rest=True,
    ),
)
