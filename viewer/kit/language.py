"""Words in the reader's language, made when they are shown: no translated text is ever kept.

`tr` translates a literal where it stands; `mark` only marks one that a table holds, which `tr` is
handed when it is shown. `make words` collects both for Qt Linguist.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine import resource_path
from viewer.kit.live import changes

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH: Final = "en"
_CONTEXT: Final = ""  # of the window's words; those of the engine name their own


def tr(text: str, comment: str = "", *, n: int = -1, **arguments: object) -> str:
    """A text of the window in the language of this moment.

    Args:
        text: English, with {names} for the arguments, and %n for a number that words depend on.
        comment: Tells the translator, and two equal texts of different meaning, apart.
        n: The number of %n.
        arguments: By name, so that a translation may order them as it needs.
    """
    if not text:
        return ""
    return _filled(QCoreApplication.translate(_CONTEXT, text, comment or None, n), arguments)


def told(context: str, template: str, **arguments: object) -> str:
    """A sentence of the engine; see `tr`."""
    return _filled(QCoreApplication.translate(context, template), arguments)


def mark(text: str) -> str:
    """The text itself, which is translated later: for tables that are made at import."""
    return text


def _filled(words: str, arguments: dict[str, object]) -> str:
    return words.format(**arguments) if arguments else words


class _Speaking:
    """The translators that are installed now."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.translators: list[QTranslator] = []

    def speak(self, language: str, translators: list[QTranslator]) -> None:
        for old in self.translators:
            QCoreApplication.removeTranslator(old)
        self.language, self.translators = language, translators
        for new in translators:
            QCoreApplication.installTranslator(new)
        changes.words.emit()


_speaking = _Speaking()


def current() -> str:
    """The language that is spoken now, for example "en"."""
    return _speaking.language


def locale() -> QLocale:
    """How numbers and dates are written in it."""
    return QLocale(_speaking.language)


def languages() -> tuple[str, ...]:
    """The languages that there are words for."""
    files = sorted(resource_path("translations").glob("rowscope_*.qm"))
    return tuple(path.stem.removeprefix("rowscope_") for path in files)


def speak(language: str = ENGLISH) -> None:
    """Speak a language from now on; one that there are no words for is English.

    English has a file as well: how its words depend on numbers. Qt's own words come with Qt.
    """
    language = language if language in languages() else ENGLISH
    folders = {
        "rowscope": resource_path("translations"),
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    loaded = (_loaded(f"{name}_{language}", folder) for name, folder in folders.items())
    _speaking.speak(language, [one for one in loaded if one is not None])


def speak_with(language: str, translator: QTranslator) -> None:
    """The same with a translator of one's own, as tests have one."""
    _speaking.speak(language, [translator])


def _loaded(name: str, folder: "Path | str") -> QTranslator | None:
    translator = QTranslator()
    return translator if translator.load(f"{name}.qm", str(folder)) else None
