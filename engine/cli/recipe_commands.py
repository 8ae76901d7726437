"""`recipe`: look at films and write a recipe that trains them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.console import fail, printable, sentences
from engine.cli.training_options import FilmSource

if TYPE_CHECKING:
    from engine.training.drafting import Look


def recipe(
    data: FilmSource,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The recipe, a TOML file.")
    ] = Path("recipe.toml"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file.")] = False,
) -> None:
    """Look at films and write a commented recipe that trains as it is.

    Classes, patients, held-out shares, grid and network are guessed; each guess stands in the
    recipe with its reason.
    """
    with sentences():
        from engine.training.drafting import draft  # noqa: PLC0415 - only this command

        if output.exists() and not force:
            raise fail(f"{output} is there already; name another file, or say --force.")
        drafted = draft(data, output=output)
        look = drafted.look
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(drafted.text, encoding="utf-8")
    for name in look.classes:
        parts = [
            f"{len(group.names):,} in {group.split}"
            for group in look.groups
            if group.label == name and len(look.splits) > 1
        ]
        typer.echo(
            printable(f"{look.of_class(name):6,} films of “{name}”")
            + (f" ({', '.join(parts)})" if parts else "")
        )
    for reason, count in look.unused.items():
        typer.echo(printable(f"{count:6,} files not used: {reason}"))
    if drafted.absent:
        files = "file is" if drafted.absent == 1 else "files are"
        typer.echo(f"{drafted.absent:6,} {files} not there; a table may need `search` or `prefix`")
    if drafted.films != look.films:
        typer.echo(f"{drafted.films:6,} films would be read; the others have no label, or two")
    for words in _whose(look):
        typer.echo(f"       {printable(words)}")
    if len(look.classes) == 2:
        sure = "guessed; see `positive`" if look.guessed_positive else "by its name"
        typer.echo(printable(f"The finding is “{look.classes[look.positive]}” ({sure})."))
    for words in drafted.cautions:
        typer.echo(words)
    typer.echo(f"Wrote {printable(str(output))}. Read it, then:\n")
    model = output.stem if output.stem != "recipe" else "my-model"
    typer.echo(f"  rowscope-engine train {output} {data} -o {model}")


def _whose(look: "Look") -> list[str]:
    """How patients are told apart, or that they are not."""
    if look.patient:
        return [f"{look.people:,} patients, guessed by {look.patient!r}"]
    if look.headers:
        return ["patients by the headers' Patient ID"]
    if look.people:
        return [f"{look.people:,} patients by the table"]
    lines = ["no patients in the names: each film counts as one of its own"]
    if look.others:
        lines.append(
            f"columns not used: {', '.join(look.others[:8])}; `data.columns.patient` names one"
        )
    return lines
