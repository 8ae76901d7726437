"""`evaluate --against`: two models on the same films, with paired tests."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.console import printable
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.evaluation import Comparison

_COLUMNS = ("figure", "A", "B", "B − A (95 %)", "p")


def compare(
    first: str,
    second: str,
    data: Path,
    path: Path,
    *,
    split: str,
    cache: Path | None,
    say: Progress,
) -> list[str]:
    """Write a report of two models, and print it; returns what is to be said against it."""
    from engine.evaluation import (  # noqa: PLC0415 - imports torch
        COMPARISON,
        check_place,
        write_comparison,
    )
    from engine.evaluation import compare as measure  # noqa: PLC0415 - the same

    check_place(path, COMPARISON)
    now = datetime.now(UTC)
    found = measure(first, second, data, split=split, now=now, cache=cache, report=say)
    write_comparison(found, path)
    _print(found)
    return [*(warned.sentence for warned in found.warnings), *found.notes]


def _print(found: "Comparison") -> None:
    """The models, every difference, and who was right; texts of strangers steer nothing."""
    from engine.evaluation import p_words, table_words  # noqa: PLC0415 - imports torch

    for rival in found.models:
        typer.echo(printable(f"{rival.side}: {rival.name} {rival.version}"))
    patients = f" of {found.patients:,} patients" if found.patients < found.films else ""
    title = f"{found.data}, {found.split}: {found.films:,} films{patients}"
    table = Table(*_COLUMNS, title=Text(printable(title)), title_justify="left")
    table.columns[0].min_width = len("Calibration")  # so that no word is cut in 80 columns
    for column in table.columns[1:4]:
        column.no_wrap = True
    for line in table_words(found):
        table.add_row(*(Text(printable(word)) for word in line))
    rights = Table("films", "both right", "only A", "only B", "both wrong", "mid-p")
    for one in found.differences:
        if (films := one.agreement) is not None:
            counts = (films.both, films.only_a, films.only_b, films.neither)
            rights.add_row(one.title, *(f"{count:,}" for count in counts), p_words(films.mid_p))
    console = Console()
    console.print(table)
    console.print(rights)
    for words in found.summary:
        typer.echo(printable(words))
