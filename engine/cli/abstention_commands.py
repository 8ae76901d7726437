"""`abstentions`: how often a model refuses to answer, and why, over folders of films."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, TypeVar

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

import engine
from engine.cli.console import fail, printable, sentences
from engine.types import Bytes, Floats, Frame

_Pixels = TypeVar("_Pixels", Floats, Bytes)

_CHANGES = ("upside down", "mirrored", "inverted", "on its left side", "on its right side")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of some films.

    Attributes:
        films: In words.
        read: How many could be read as an image.
        refused: Files that could not.
        abstained: How many of those read got no answer.
        reasons: How often each check spoke against a film; a film may have several.
    """

    films: str
    read: int
    refused: int
    abstained: int
    reasons: dict[str, int]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(abstentions)


def abstentions(
    model: Annotated[str, typer.Argument(help="Name or folder of a model.")],
    paths: Annotated[list[Path], typer.Argument(help="Images or folders; a line for each.")],
    *,
    most: Annotated[int, typer.Option(min=1, help="Files of each folder, evenly spread.")] = 1000,
    changed: Annotated[
        bool, typer.Option(help="Also the films of the first path turned, mirrored, inverted.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Count how often a model abstains from films, and which check spoke against them.

    Header, pixels, body part, guard and surprise are asked, as when a film is opened.
    """
    with sentences():
        for path in paths:
            if not path.exists():
                raise fail(f"{path} is not there.")
        judge = _Judge(model)
        tallies = [judge.tally(_label(path), _frames(path, most)) for path in paths]
        if changed:
            for change in _CHANGES:
                frames = (_changed(frame, change) for frame in _frames(paths[0], most))
                tallies.append(judge.tally(f"{_label(paths[0])}, {change}", frames))
    if as_json:
        typer.echo(json.dumps({"model": model, "films": [asdict(one) for one in tallies]}))
    else:
        _print(model, tallies)


class _Judge:
    def __init__(self, model: str) -> None:
        self._model = engine.load(model)

    def tally(self, words: str, frames: Iterator[Frame | None]) -> Tally:
        """Judge every frame; None stands for a file that could not be read."""
        read = refused = abstained = 0
        reasons: Counter[str] = Counter()
        for frame in frames:
            if frame is None:
                refused += 1
                continue
            read += 1
            codes = self._reasons(frame)
            abstained += bool(codes)
            reasons.update(codes)
        return Tally(words, read, refused, abstained, dict(reasons.most_common()))

    def _reasons(self, frame: Frame) -> list[str]:
        return [reason.code for reason in self._model.trust(frame).reasons]


def _frames(path: Path, most: int) -> Iterator[Frame | None]:
    files = list(engine.image_files((path,)))
    chosen = np.unique(np.linspace(0, len(files) - 1, min(most, len(files))).astype(int))
    for number in chosen:
        try:
            yield engine.read_frame(engine.read_image(files[number]), 0)
        except Exception:  # noqa: BLE001 - one file must not cost the others their count
            yield None


def _changed(frame: Frame | None, change: str) -> Frame | None:
    """The film as it would lie in a file that shows it wrongly; its header says nothing of it."""
    if frame is None:
        return None
    image, values = replace(frame.image, orientation=None), frame.values
    if change == "inverted":
        photometric = "MONOCHROME2" if image.inverted else "MONOCHROME1"
        return Frame(replace(image, photometric=photometric), frame.index, values, frame.colour)
    turned, colour = _turned(values, change), frame.colour
    spacing = image.spacing
    if spacing is not None and turned.shape != values.shape:
        spacing = replace(spacing, row_mm=spacing.column_mm, column_mm=spacing.row_mm)
    rows, columns = turned.shape
    image = replace(image, rows=rows, columns=columns, spacing=spacing)
    return Frame(image, frame.index, turned, None if colour is None else _turned(colour, change))


def _turned(values: _Pixels, change: str) -> _Pixels:
    """Pixels (R, C, …) turned, as an array of its own."""
    if change == "upside down":
        return np.ascontiguousarray(values[::-1])
    if change == "mirrored":
        return np.ascontiguousarray(values[:, ::-1])
    return np.ascontiguousarray(np.rot90(values, 1 if change == "on its left side" else -1))


def _label(path: Path) -> str:
    return "/".join(path.resolve().parts[-2:])


def _print(model: str, tallies: list[Tally]) -> None:
    table = Table("films", "read", "abstained", "because of", "unreadable", box=None)
    for one in tallies:
        share = f"{100 * one.abstained / one.read:.1f} %" if one.read else "–"
        why = ", ".join(f"{code} {count:,}" for code, count in one.reasons.items())
        table.add_row(printable(one.films), f"{one.read:,}", share, why, f"{one.refused:,}")
    Console().print(f"When {printable(model)} abstains")
    Console().print(table)
