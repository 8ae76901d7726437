"""Text from files that ends up on screens: what may stand there, and what is shown of the rest."""

import unicodedata


def is_visible(text: str, *, breaks: bool = False) -> bool:
    """Whether a text holds nothing that steers a screen or cannot be seen.

    Control, format (bidi overrides and joiners of no width among them), surrogate, private and
    unassigned characters can: two classes could look the same, or a title paint over its line.

    Args:
        text: Any.
        breaks: Whether line breaks and tabs may be in it.
    """
    return text.isprintable() or all(
        character.isprintable()
        or unicodedata.category(character) == "Zs"
        or (breaks and character in "\n\t")
        for character in text
    )


def shown(text: str, most: int = 80) -> str:
    """A text for one line: what cannot be seen as �, and not longer than `most`."""
    visible = "".join(character if is_visible(character) else "�" for character in text)
    return visible if len(visible) <= most else visible[: most - 1] + "…"
