"""Commands that make a model: a recipe, its look, a training."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.options import (
    Cache,
    Changes,
    Device,
    FilmSource,
    NoCache,
    RecipeFile,
    Threads,
    TrainingProgress,
    cache_of,
    device_of,
    fail,
    print_results,
    printable,
    sentences,
    stoppable,
)

if TYPE_CHECKING:
    from engine.recipe import Recipe
    from engine.training import Look, Pairs, SeedTable


# ---------------------------------------------------------------------------------- train
# `train`: make a model from a recipe and films.

_HEADS = {
    "auc": "AUC",
    "accuracy": "accuracy",
    "sensitivity": "sens.",
    "specificity": "spec.",
    "calibration_error": "cal. error",
}


def train(
    recipe: RecipeFile,
    data: FilmSource,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")],
    test: Annotated[
        list[Path] | None,
        typer.Option("--test", help="More films to test on, apart from DATA; repeatable."),
    ] = None,
    without_test: Annotated[
        bool, typer.Option("--without-test", help="Leave the test films alone.")
    ] = False,
    look: Annotated[
        bool, typer.Option("--look", help="Show what would be learnt from, and stop.")
    ] = False,
    augmentations: Annotated[
        Path | None,
        typer.Option(help="A .png, .svg or .pdf file: draw what the random changes do to films."),
    ] = None,
    no_audit: Annotated[
        bool, typer.Option("--no-audit", help="Leave out the full audit of the maps.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Forget an unfinished training of this model.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a model.")] = False,
    changes: Changes = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")] = None,
    seeds: Annotated[
        int,
        typer.Option(min=1, help="Trainings that differ by their seed alone; one is kept."),
    ] = 1,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="Where to keep the state of the training, also when it is finished."),
    ] = None,
    tensorboard: Annotated[
        Path | None, typer.Option(help="Folder for learning curves, as TensorBoard reads them.")
    ] = None,
    device: Device = "auto",
    threads: Threads = 1,
    workers: Annotated[int, typer.Option(min=1, help="Most processes that read films.")] = 2,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Train a model; stop it whenever you like, the same command goes on where it was.

    Before it, what it learns from is shown, with a picture beside the model's folder. Several
    processes train one model together: torchrun --nproc-per-node 4 -m engine train …
    """
    changes = [*(changes or []), *_set("training.epochs", epochs), *_set("training.seed", seed)]
    with sentences() as teller, stoppable(), TrainingProgress() as progress:
        from engine.recipe import read_recipe  # noqa: PLC0415 - only those who train
        from engine.training import Audience, Order, carry_out  # noqa: PLC0415 - the same

        order = Order(
            recipe=read_recipe(recipe, changes),
            data=data,
            output=output,
            tests=tuple(test or ()),
            without_test=without_test,
            look=look,
            augmentations=augmentations,
            audit=not no_audit,
            anew=anew,
            force=force,
            seeds=seeds,
            checkpoint=checkpoint,
            tensorboard=tensorboard,
            device=device_of(device),
            threads=threads,
            workers=workers,
            cache=cache_of(cache, no_cache=no_cache),
            together=True,
            file=recipe.name,
            changes=tuple(changes),
        )
        made = carry_out(order, Audience(progress.saying(teller), progress, _show, _show_seeds))
    if made is None:
        return
    print_results(f"{made.info.title} — {output}", made.info.results)
    for words in made.audited:
        typer.echo(words)
    _what_next(data, output, recipe, order.recipe)


def _show(films: "Pairs") -> None:
    """What the training learns from."""
    table = Table("what", "films", title=Text("What is learnt from"), title_justify="left")
    for what, words in films:
        table.add_row(Text(what), Text(printable(words)))
    Console().print(table)


def _show_seeds(found: "SeedTable") -> None:
    table = Table(title=Text(f"{len(found.rows)} seeds"), title_justify="left")
    for name in ("seed", "val. loss", *(_HEADS[name] for name in found.figures), ""):
        table.add_column(name, no_wrap=True)
    for place, row in enumerate(found.rows):
        figures = [f"{row.figures[name]:.3f}" for name in found.figures]
        kept = "kept" if place == found.kept else ""
        table.add_row(str(row.seed), f"{row.validation_loss:.4f}", *figures, kept)
    spreads = [found.spread(name) or (0.0,) * 4 for name in found.figures]
    table.add_row("mean", "", *[f"{mean:.3f}" for mean, *_ in spreads], "")
    table.add_row("SD", "", *[f"{deviation:.3f}" for _, deviation, *_ in spreads], "")
    Console().print(table)


def _what_next(data: Path, output: Path, recipe: Path, plan: "Recipe") -> None:
    """Where the model lies, and the commands that come next."""
    from engine.recipe import card_lacks  # noqa: PLC0415 - the training is over

    where = shlex.quote(_as_folder(output))
    source = shlex.quote(str(data))
    opened = source if data.is_dir() else "FILMS"  # no window opens a table or an archive
    typer.echo(f"\nThe model lies in {printable(str(output))}. Next:")
    for command, why in (
        (f"rowscope --model {where} {opened}", "its answers and maps in the window"),
        (f"rowscope-engine evaluate {where} {source}", "a report on the films held out"),
        (f"rowscope-engine predict --model {where} {opened}", "its answers as a table"),
    ):
        typer.echo(printable(f"  {command}") + f"\n      {why}")
    if lacks := card_lacks(plan):
        typer.echo(
            f"It is a first trial: no card yet. Fill {', '.join(f'`{key}`' for key in lacks)} in"
            f" {printable(recipe.name)}, then: rowscope-engine model card {where} --recipe"
            f" {shlex.quote(str(recipe))}"
        )


def _as_folder(output: Path) -> str:
    """The path, which no command takes for a shipped model of the same name."""
    from engine.bundle import find_bundle  # noqa: PLC0415 - the training is over

    mere = str(output) == output.name
    return f"./{output}" if mere and find_bundle(str(output)) != output.absolute() else str(output)


def _set(key: str, value: int | None) -> list[str]:
    return [] if value is None else [f"{key}={value}"]


# --------------------------------------------------------------------------------- recipe
# `recipe`: look at films and write a recipe that trains them.


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
        from engine.training import draft  # noqa: PLC0415 - only this command

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
    if look.several:
        typer.echo("These are findings: a film may have several of them, or none.")
    elif len(look.classes) == 2:
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
