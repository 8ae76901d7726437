"""`model export`: a model as an ONNX file for other programs, and how much it lost on the way."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.cli.console import printable, sentences
from engine.cli.training_options import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.runtime.compare import Comparison


def export(
    model: Model,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, .onnx.")],
    int8: Annotated[
        bool, typer.Option("--int8", help="Store recurrent weights in eight bits.")
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(help="Folder, tar or npz file of films to compare on; else phantoms."),
    ] = None,
) -> None:
    """Write a model as an ONNX file, and compare it with the network that it was made of.

    The file reads rows (N,M,W) and lengths (N,), and gives logits, probabilities, by_row and h
    for every film. Its metadata_props say what it is. Research use only.
    """
    with sentences():
        from engine.exporting import export as write  # noqa: PLC0415 - imports torch and onnx

        found = write(model, output, int8=int8, data=data)
    on = f"films of {data.name}" if data else "phantoms: only the differences count"
    _print(found.compared, printable(f"{output.name} on {found.films} {on}"))
    if found.arithmetic:
        typer.echo(found.arithmetic)


def _print(compared: "Sequence[Comparison]", title: str) -> None:
    head: tuple[str, ...] = (
        "read by",
        "file",
        "time / torch",
        "time / float32",
        "largest Δp",
        "changed",
    )
    labelled = compared[0].accuracy is not None
    head += ("accuracy",) if labelled else ()
    table = Table(*head, title=title, title_justify="left", box=None)
    for one in compared:
        size = "" if one.size is None else f"{one.size / 1000:,.0f} kB"
        cells = [one.name, size, f"{one.to_first:.2f}", f"{one.to_second:.2f}"]
        cells += [f"{one.difference:.1e}", f"{one.changed:.2%}"]
        table.add_row(*cells, *([f"{one.accuracy:.4f}"] if one.accuracy is not None else []))
    Console().print(table)
