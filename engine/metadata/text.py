"""Text of a bundle: what may stand there, and how sentences name its files."""

from pathlib import Path

from engine.types.text import is_visible, shown

__all__ = ["is_visible", "place_of", "shown"]


def place_of(folder: Path, name: str) -> str:
    """How sentences name a file of a bundle, for example "digits/metadata.json"."""
    return f"{shown(folder.name)}/{name}"
