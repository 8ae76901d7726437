"""How models are named in lists: two that look alike by title can always be told apart."""

from dataclasses import dataclass
from pathlib import Path

from engine import ModelInfo

LONGEST = 90  # letters of an entry; the tip has all of it
LONGEST_FOLDER = 28
UNSEEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of a list.

    Attributes:
        path: Its folder, which says which model is meant.
        text: For the list.
        tip: Lines with everything, for who rests on it.
    """

    path: Path
    text: str
    tip: tuple[str, ...]


def model_entries(ours: tuple[ModelInfo, ...], own: tuple[ModelInfo, ...]) -> list[ModelEntry]:
    """The program's models by title, version and architecture; the reader's by folder first."""
    tails = folder_tails(tuple(model.path for model in own))
    entries = [ModelEntry(one.path, _cut(_words(one)), (one.intended_use,)) for one in ours]
    for model, tail in zip(own, tails, strict=True):
        text = _cut(f"{_middle(tail)} · {_words(model)}")
        tip = (_words(model), visible(str(model.path)), model.intended_use)
        entries.append(ModelEntry(model.path, text, tip))
    return entries


def folder_tails(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """The shortest ends of the paths that tell them apart: "my-model", or "second/my-model"."""

    def tail(path: Path) -> str:
        for length in range(1, len(path.parts)):
            parts = path.parts[-length:]
            if all(other.parts[-length:] != parts for other in paths if other != path):
                return visible("/".join(parts))
        return visible(str(path))

    return tuple(tail(path) for path in paths)


def visible(text: str) -> str:
    """Text of a path, in which nothing turns the direction of writing or hides."""
    return "".join(letter if letter.isprintable() else UNSEEN for letter in text)


def _words(model: ModelInfo) -> str:
    return f"{model.title} {model.version} · {model.architecture}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _middle(text: str) -> str:
    """Both ends of a long text: names of folders often differ at their end."""
    if len(text) <= LONGEST_FOLDER:
        return text
    half = (LONGEST_FOLDER - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
