"""The value `Sentence`: a code with its arguments, which is its English text."""

from collections.abc import Mapping
from math import isfinite
from string import Formatter
from types import MappingProxyType
from typing import Self, TypeAlias

from engine.words.formats import Translate, filled
from engine.words.table import TABLE

Argument: TypeAlias = "str | int | float | bool | tuple[Argument, ...] | None"
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
_PARSE = Formatter().parse


class Sentence(str):
    """What is said to people, as its English text; frozen, hashed and compared as that text.

    Attributes:
        code: A key of `engine.words.table`, or the English template itself.
        arguments: By the names of the template's places; numbers, text, sentences, tuples of them.
    """

    __slots__ = ("arguments", "code")
    code: str
    arguments: Mapping[str, Argument]

    def __new__(cls, code: str, /, **arguments: object) -> Self:
        """Keep what it is made of; numpy's numbers become plain ones, other values their text.

        Without arguments a template is taken as it stands, braces and all.
        """
        known = MappingProxyType({name: _argument(value) for name, value in arguments.items()})
        made = super().__new__(cls, _filled(TABLE.get(code, code), known))
        made.code, made.arguments = code, known
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by code: sentences cross process borders."""
        return _again, (self.code, dict(self.arguments))


def say(sentence: str, translate: Translate | None = None, named: Translate | None = None) -> str:
    """A sentence in the language of a reader.

    Args:
        sentence: Plain text comes back as it is.
        translate: From an English template to that of another language; None for English.
        named: The same for names of models, of their classes and data, which sentences of the
            table and plain texts hold; they stay as they are without it.
    """
    if translate is None or not isinstance(sentence, Sentence):
        return str(sentence)
    template = translate(TABLE.get(sentence.code, sentence.code))
    known: Mapping[str, object] = sentence.arguments
    if named is not None and (sentence.code in TABLE or sentence.code == "{text}"):
        known = {name: _renamed(value, named) for name, value in known.items()}
    return _filled(template, known, translate, named)


def plain(text: object) -> Sentence:
    """Text that nobody translates: what a file, a recipe or another program says."""
    return text if isinstance(text, Sentence) else Sentence("{text}", text=str(text))


def as_json(sentence: str) -> Json:
    """A sentence as JSON: its code and arguments where the table knows it, else its text."""
    if not isinstance(sentence, Sentence) or sentence.code not in TABLE:
        return str(sentence)
    if any(isinstance(one, float) and not isfinite(one) for one in sentence.arguments.values()):
        return str(sentence)  # JSON has no such number
    stored = {name: _stored(value) for name, value in sentence.arguments.items()}
    return {"say": sentence.code, **stored}


def from_json(stored: object) -> Sentence:
    """What `as_json` made.

    Raises:
        ValueError: It is no such thing, or its code and arguments do not fit.
    """
    if isinstance(stored, str):
        return plain(stored)
    if not isinstance(stored, dict) or stored.get("say") not in TABLE:
        raise ValueError("no sentence")  # the caller says where
    arguments = {name: _read(value) for name, value in stored.items() if name != "say"}
    try:
        return Sentence(str(stored["say"]), **arguments)
    except (KeyError, TypeError) as error:
        raise ValueError("no sentence: its arguments do not fit") from error


def same(sentence: str) -> tuple[object, ...]:
    """What makes two sentences the same, whatever they are in English; to be compared only."""
    if not isinstance(sentence, Sentence) or sentence.code == "{text}":
        return "{text}", str(sentence)
    arguments = sorted(sentence.arguments.items())
    return sentence.code, *(
        (name, same(one) if isinstance(one, str) else one) for name, one in arguments
    )


def _again(code: str, arguments: dict[str, Argument]) -> Sentence:
    return Sentence(code, **arguments)


def _filled(
    template: str,
    known: Mapping[str, object],
    translate: Translate | None = None,
    named: Translate | None = None,
) -> str:
    if not known:
        return template
    parts = []
    for text, name, spec, _ in _PARSE(template):
        parts.append(text)
        if name is not None:
            parts.append(filled(_said(known[name], translate, named), spec or "", translate))
    return "".join(parts)


def _said(value: object, translate: Translate | None, named: Translate | None) -> object:
    if isinstance(value, tuple):
        return tuple(_said(one, translate, named) for one in value)
    return say(value, translate, named) if isinstance(value, str) else value


def _renamed(value: object, named: Translate) -> object:
    """Names in another language; what has been said as a sentence is none."""
    if isinstance(value, tuple):
        return tuple(_renamed(one, named) for one in value)
    if isinstance(value, str) and not isinstance(value, Sentence):
        return named(value)
    return value


def _argument(value: object) -> Argument:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, tuple):
        return tuple(_argument(one) for one in value)
    if hasattr(value, "sentence"):  # an error that is told inside another
        return _argument(value.sentence)
    plain_number = getattr(value, "item", None)
    return _argument(plain_number()) if callable(plain_number) else str(value)


def _stored(value: Argument) -> Json:
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    return as_json(value) if isinstance(value, str) else value


def _read(value: object) -> object:
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    return from_json(value) if isinstance(value, dict) else value
