"""Words in the reader's language, made when they are shown: no translated text is ever kept.

`tr` translates a literal where it stands; `marked` only marks one that a table holds, for `tr`
when it is shown; `told` says what the engine says, `named` what a model calls itself and its
classes. `make words` collects all of them for Linguist.
"""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine import EngineError
from engine.resources import resource_path
from engine.words import CONTEXT, NAMES, say
from viewer.kit.live import changes

ENGLISH: Final = "en"
_FULL_STOPS: Final = ("。", "！", "？", "；", "：")
_CONTEXT: Final = ""  # of the window's words; those of the engine name their own


def tr(text: str, comment: str = "", /, *, n: int = -1, **arguments: object) -> str:
    """A text of the window in the language of this moment.

    Args:
        text: English, with {names} for the arguments, and %n for a number that words depend on.
        comment: Tells the translator, and two equal texts of different meaning, apart.
        n: The number of %n.
        arguments: By name, so that a translation may order them as it needs.
    """
    if not text:
        return ""
    words = _translated(_CONTEXT, text, comment=comment, n=n)
    return words.format(**arguments) if arguments else words


def told(sentence: str | BaseException) -> str:
    """What the engine says, a `Sentence` or an error, in the language of this moment."""
    text = sentence_of(sentence) if isinstance(sentence, BaseException) else sentence
    return say(text, _engine_words, named)


def named(text: str) -> str:
    """A name of a model, of its classes or data: translated if it comes with the program."""
    return _translated(NAMES, text) if text else ""


def listed(names: Sequence[str]) -> str:
    """Names in a row, with what divides them in the language of this moment."""
    return tr(", ", "between names in a row").join(names)


def clauses(parts: Sequence[str]) -> str:
    """Parts of a sentence in a row, as the language of this moment divides them."""
    return tr(", ", "between parts of a sentence").join(parts)


def joined(*sentences: str) -> str:
    """Sentences one after the other; a full-width stop brings its own space."""
    text = ""
    for sentence in filter(None, sentences):
        space = "" if not text or text.endswith(_FULL_STOPS) else " "
        text = f"{text}{space}{sentence}"
    return text


def sentence_of(error: BaseException) -> str:
    """What an error says, to be told later: a `Sentence` of those that the engine expects."""
    return error.sentence if isinstance(error, EngineError) else str(error)


def _engine_words(template: str) -> str:
    return _translated(CONTEXT, template)


def _translated(context: str, text: str, *, comment: str = "", n: int = -1) -> str:
    """Ours first: before there is an application, Qt knows of no translator."""
    for translator in _speaking.translators:
        found = translator.translate(context, text, comment or None, n)
        if found:
            return found.replace("%n", str(n)) if n >= 0 else found
    return QCoreApplication.translate(context, text, comment or None, n)


def marked(text: str) -> str:
    """The text itself, which is translated later: for tables that are made at import."""
    return text


class _Speaking:
    """The translators that are installed now."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.translators: list[QTranslator] = []

    def speak(self, language: str, translators: list[QTranslator]) -> None:
        application = QCoreApplication.instance()
        for old in self.translators if application else ():
            QCoreApplication.removeTranslator(old)
        self.language, self.translators = language, translators
        for new in translators if application else ():  # for the words of Qt itself
            QCoreApplication.installTranslator(new)
        QLocale.setDefault(_plain_locale(language))
        changes.words.emit()


_speaking = _Speaking()


def _plain_locale(language: str) -> QLocale:
    """How Qt's own widgets write numbers: as the language does, thousands not divided."""
    locale = QLocale(language)
    locale.setNumberOptions(
        QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator
    )
    return locale


def current() -> str:
    """The language that is spoken now, for example "en"."""
    return _speaking.language


def languages() -> tuple[str, ...]:
    """The languages that there are words for."""
    files = sorted(resource_path("translations").glob("rowscope_*.qm"))
    return tuple(path.stem.removeprefix("rowscope_") for path in files)


def spoken_name(language: str) -> str:
    """What a language calls itself, for a menu: "English", "简体中文"."""
    return QLocale(language).nativeLanguageName()


def speak(language: str = ENGLISH) -> None:
    """Speak a language from now on; one that there are no words for is English.

    English has a file as well: how its words depend on numbers. Qt's own words come with Qt.

    Args:
        language: For example "zh"; what an environment says is understood, too: "zh_CN.UTF-8".
    """
    known = languages()
    parts = (language, re.split(r"[-_.@]", language)[0].lower())
    language = next((part for part in parts if part in known), ENGLISH)
    ours, qt = QTranslator(), QTranslator()
    places = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded = (
        (ours, ours.load(str(resource_path("translations") / f"rowscope_{language}.qm"))),
        (qt, qt.load(QLocale(language), "qtbase", "_", places)),
    )
    _speaking.speak(language, [one for one, there in loaded if there])


def speak_with(language: str, translator: QTranslator) -> None:
    """The same with a translator of one's own, as tests have one."""
    _speaking.speak(language, [translator])
