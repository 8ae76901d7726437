"""The commands of a script that show what the model saw, let something leave, and set things."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QKeySequence

from viewer.commanding.export_dialog import ask_export
from viewer.commanding.export_menu import show_seen
from viewer.commanding.keys_dialog import KeyBook
from viewer.commanding.menus import plain_words
from viewer.commanding.register import change_keys, commands_of, shipped
from viewer.commanding.settings_dialog import change_setting, show_settings, speak
from viewer.export.picture import ExportError, PictureChoice
from viewer.kit import language
from viewer.kit.language import marked, tr
from viewer.kit.live import changes
from viewer.scripting.verbs import ScriptError, Verb, either, film_of, number, switched
from viewer.session.settings import MEMORY, SCALES, WHEELS
from viewer.window import MainWindow

Arguments = tuple[str, ...]
STORED: Final = PictureChoice(stored=True)


def _model_view(window: MainWindow, arguments: Arguments) -> None:
    film_of(window)
    show_seen(window, on=switched(arguments[0]))


def _leaving(
    run: Callable[[MainWindow, Path], object],
) -> Callable[[MainWindow, Arguments], None]:
    """Write to a path; why that cannot be done is said as a script's commands say it."""

    def give(window: MainWindow, arguments: Arguments) -> None:
        path = Path(arguments[0]) if arguments else Path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            run(window, path)
        except ExportError as error:
            raise ScriptError(str(error)) from None
        except OSError:
            words = tr("{path} could not be written. Choose another place.", path=path)
            raise ScriptError(words) from None

    return give


def _key(window: MainWindow, arguments: Arguments) -> None:
    """Other keys, divided by blanks; none takes them away, first gives the first back."""
    code, *keys = arguments[0], *arguments[1].split()
    book = KeyBook(shipped(window), window.settings.keys)
    command = next((one for one in book.shipped if one.code == code), None)
    if command is None or not code:
        raise ScriptError(tr("there is no command with the code “{code}”.", code=code))
    given = {"none": (), "first": command.keys}.get(arguments[1], tuple(keys))
    for key in given:
        if not QKeySequence(key).toString():
            raise ScriptError(tr("“{text}” is no key.", text=key))
        holder = book.holder(key, but=code)
        if holder is not None:
            name = plain_words(holder.text)
            raise ScriptError(tr("{key} belongs to “{command}”.", key=key, command=name))
    window.settings.keys = book.given(code, given)
    changes.words.emit()


def _language(window: MainWindow, arguments: Arguments) -> None:
    if arguments[0] not in language.languages():
        names = "|".join(language.languages())
        raise ScriptError(tr("a language is {names}.", names=names))
    speak(window, arguments[0])


def _choose(name: str, values: tuple[str, ...]) -> Callable[[MainWindow, Arguments], None]:
    def give(window: MainWindow, arguments: Arguments) -> None:
        if arguments[0] not in values:
            raise ScriptError(tr("it is {names}.", names=either(values)))
        change_setting(window, name, arguments[0])

    return give


def _switch(name: str) -> Callable[[MainWindow, Arguments], None]:
    return lambda window, arguments: change_setting(window, name, switched(arguments[0]))


def _one_of(name: str, sizes: tuple[int, ...]) -> Callable[[MainWindow, Arguments], None]:
    def give(window: MainWindow, arguments: Arguments) -> None:
        size = int(number(arguments[0]))
        if size not in sizes:
            raise ScriptError(tr("it is {names}.", names=either(map(str, sizes))))
        change_setting(window, name, size)

    return give


def _run(code: str) -> Callable[[MainWindow, Arguments], None]:
    def give(window: MainWindow, _arguments: Arguments) -> None:
        next(one for one in commands_of(window) if one.code == code).run()

    return give


_PATH: Final = marked("PATH")
_EXPORTS: Final = (
    Verb(
        "export.picture",
        _PATH,
        marked("write the active film as it is shown, as PNG or JPEG"),
        _leaving(lambda w, path: w.exports.picture(path)),
    ),
    Verb(
        "export.large",
        _PATH,
        marked("the same with a pixel for each stored one"),
        _leaving(lambda w, path: w.exports.picture(path, STORED)),
    ),
    Verb(
        "export.layout",
        _PATH,
        marked("write all films as they are shown, as PNG or JPEG"),
        _leaving(lambda w, path: w.exports.picture(path, every=True)),
    ),
    Verb(
        "export.stored",
        _PATH,
        marked("write the values of the pixels as a PNG of 16 bits, and what they mean"),
        _leaving(lambda w, path: w.exports.values(path)),
    ),
    Verb(
        "export.reading",
        _PATH,
        marked("write the reading as PDF, PNG or JSON"),
        _leaving(lambda w, path: w.exports.reading(path)),
    ),
    Verb(
        "print",
        marked("PATH.pdf"),
        marked("print into a file"),
        _leaving(lambda w, path: w.exports.print_to(path)),
    ),
    Verb(
        "copy",
        "",
        marked("put the picture of the film on the clipboard"),
        _leaving(lambda w, _path: w.exports.copy()),
    ),
    Verb(
        "export",
        "",
        marked("open the dialog for exports"),
        lambda w, _a: ask_export(w, w.exports, w.settings),
    ),
)
_SETTINGS: Final = (
    Verb("settings", "", marked("open the dialog for settings"), lambda w, _a: show_settings(w)),
    Verb("guide", "", marked("show the guide"), _run("guide")),
    Verb("keys", "", marked("show all keys"), _run("keys")),
    Verb("keys.change", "", marked("open the dialog for keys"), lambda w, _a: change_keys(w)),
    Verb(
        "key",
        marked("CODE KEYS"),
        marked("give a command other keys; none takes them away, first gives the first back"),
        _key,
        rest=True,
    ),
    Verb("language", "en|zh", marked("show every word in another language"), _language),
    Verb("wheel", "scroll|zoom", marked("what the wheel does"), _choose("wheel", WHEELS)),
    Verb("smoothing", "on|off", marked("smooth enlarged pixels"), _switch("smooth")),
    Verb(
        "memory",
        marked("MB"),
        marked("decoded pixels that are kept"),
        _one_of("memory", MEMORY),
        numbers=True,
    ),
    Verb(
        "scale",
        marked("PERCENT"),
        marked("draw everything at a scale from the next start; 0 is as the system"),
        _one_of("scale", SCALES),
        numbers=True,
    ),
    Verb("hanging", "on|off", marked("lay films out by the hanging rules"), _switch("hangs")),
    Verb("recent", "on|off", marked("list what was opened last"), _switch("keep_recent")),
)

VERBS: Final = (
    Verb("demo", "", marked("open the demo study"), lambda w, _a: w.opening.open_demo()),
    Verb("tour", "", marked("show the tour in a window"), lambda w, _a: w.tour_requested.emit()),
    Verb("model-view", "on|off", marked("lay what the model saw over the film"), _model_view),
    *_EXPORTS,
    *_SETTINGS,
)
