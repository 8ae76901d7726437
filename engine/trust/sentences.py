"""What a guard's classes mean to people; a bundle names the classes, we the sentences."""

NO_SUCH_FILM = "no such film"

_SENTENCES = {
    "upside down": "This film looks upside down; the model reads upright films.",
    "mirrored": (
        "This film looks mirrored, with the heart on the wrong side; the model reads films that"
        " are not. A patient's heart may lie there, too: look before you turn the film."
    ),
    "inverted": "This film looks inverted, bright for dark; the model reads bones as bright.",
    "left side down": (
        "This film looks turned by a quarter to the left; the model reads it upright."
    ),
    "right side down": (
        "This film looks turned by a quarter to the right; the model reads it upright."
    ),
    NO_SUCH_FILM: "This does not look like a film of the kind that the model reads.",
    "drawn": "This film looks drawn by this program; the model reads films of patients.",
}


def wrong_film(kind: str) -> str:
    """The sentence of a kind of wrong film; a general one for a kind that we do not know."""
    return _SENTENCES.get(kind, f"This film looks wrong (“{kind}”); the model does not read it.")
