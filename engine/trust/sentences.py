"""What a guard's classes mean to people; a bundle names the classes, we the sentences."""

from engine.words import Sentence

NO_SUCH_FILM = "no such film"

_CODES = {
    "upside down": "upside-down",
    "mirrored": "mirrored",
    "inverted": "inverted",
    "left side down": "left-side-down",
    "right side down": "right-side-down",
    NO_SUCH_FILM: "no-such-film",
    "drawn": "drawn",
}


def wrong_film(kind: str) -> Sentence:
    """The sentence of a kind of wrong film; a general one for a kind that we do not know."""
    if kind in _CODES:
        return Sentence(f"guard.{_CODES[kind]}")
    return Sentence("guard.wrong", kind=kind)


def wrong_kind(kind: str) -> str:
    """The name of a kind of wrong film; that of the bundle for a kind that we do not know."""
    return Sentence(f"wrong.{_CODES[kind]}") if kind in _CODES else kind
