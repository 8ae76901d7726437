"""`train` and `evaluate`: make a model from a recipe and films, and measure one."""

import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.cli.console import fail, printable, sentences

if TYPE_CHECKING:
    from engine.training.build import Material
    from engine.training.loop import Epoch
    from engine.training.recipe import Recipe

SourceOption = Annotated[
    Path, typer.Argument(help="Folder, table (CSV, Parquet), tar file or npz file of films.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (train, evaluate):
        app.command()(command)


def train(
    recipe: Annotated[Path, typer.Argument(help="Recipe, a TOML file.")],
    data: SourceOption,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")],
    test: Annotated[
        list[Path] | None,
        typer.Option("--test", help="More films to test on, apart from DATA; repeatable."),
    ] = None,
    without_test: Annotated[
        bool, typer.Option("--without-test", help="Leave the test films alone.")
    ] = False,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="KEY=VALUE instead of the recipe's; repeatable."),
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="Where to keep the state of the training, also when it is finished."),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Most processes that read films.")] = 2,
    cache: Annotated[
        Path | None,
        typer.Option(envvar="ROWSCOPE_CACHE", help="Folder in which films are kept once read."),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no films.")] = False,
) -> None:
    """Train a model; stop it whenever you like, the same command goes on where it was."""
    with sentences():
        plan = _read_plan(recipe, changes or [], epochs, seed)
        if output.name != plan.name:
            typer.echo(f"The folder's name becomes the model's name: {output.name}.")
        import torch  # noqa: PLC0415 - half a second that help and errors need not wait for

        from engine.training.build import build  # noqa: PLC0415 - imports torch

        torch.set_num_threads(threads)
        sources = [data, *([] if without_test else test or [])]
        material = _read_material(plan, sources, cache, workers=workers, keep=not no_cache)
        if without_test:
            material = replace(material, tests={})
        state = checkpoint or output.with_suffix(".unfinished")
        info = build(
            plan,
            material,
            output=output,
            command=_command(
                recipe, data, output, plan, test or [], changes or [], without_test=without_test
            ),
            checkpoint=state,
            on_epoch=_report_epoch,
            report=typer.echo,
        )
        if checkpoint is None:
            state.unlink(missing_ok=True)
    _print_table(f"{info.title} — {output}", info.results)


def evaluate(
    bundle: Annotated[str, typer.Argument(help="Name or folder of a model.")],
    data: SourceOption,
    *,
    split: Annotated[str, typer.Option(help="train, val, test, or all.")] = "test",
) -> None:
    """Measure a model on films; prints a table with 95 % intervals."""
    with sentences():
        from engine.training.evaluate import evaluate_bundle  # noqa: PLC0415 - imports torch

        if split not in {"train", "val", "test", "all"}:
            raise fail("--split must be train, val, test or all.")
        results = evaluate_bundle(bundle, data, split=split, report=typer.echo)
    _print_table(f"{bundle} — {data.name}, {split}", results)


def _read_plan(path: Path, changes: list[str], epochs: int | None, seed: int | None) -> "Recipe":
    from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command needs it

    own = (("epochs", epochs), ("seed", seed))
    changes = [*changes, *(f"training.{key}={value}" for key, value in own if value is not None)]
    return read_recipe(path, changes)


def _read_material(
    plan: "Recipe", sources: list[Path], cache: Path | None, *, workers: int, keep: bool
) -> "Material":
    """Read the films and further test sets, and see that no film is on two sides."""
    from engine.training import data  # noqa: PLC0415 - imports torch
    from engine.training.build import Material  # noqa: PLC0415 - the same

    read = partial(
        data.read_films,
        layout=data.layout_of(plan),
        report=typer.echo,
        cache=(cache or data.default_cache()) if keep else None,
        workers=workers,
    )
    films = data.divide(read(sources[0]), plan.data, seed=plan.training.seed)
    for reason in films.skipped:
        typer.echo(f"skipped {printable(reason)}", err=True)
    own = {"test": films.only("test")} if len(films.where("test")) else {}
    others: dict[str, data.Films] = {}
    for number, path in enumerate(sources[1:]):
        name = "test" if not own and not number else path.name.split(".", maxsplit=1)[0]
        name += f" {number + 2}" if name in own | others else ""  # a second one of this name
        others[name] = read(path)
    shared = data.check_leakage(
        films, allowed=plan.data.allow_leakage, tests=others, report=typer.echo
    )
    return Material(films, own | others, shared)


def _command(
    recipe: Path,
    data: Path,
    output: Path,
    plan: "Recipe",
    tests: list[Path],
    changes: list[str],
    *,
    without_test: bool,
) -> str:
    """The command that makes this model again, with names instead of this machine's folders."""
    words = ["rowscope-engine", "train", f"{plan.name}.toml", data.name, "-o", output.name]
    if recipe.stem != plan.name:
        words[2] = recipe.name
    for path in tests:
        words += ["--test", path.name]
    words += ["--without-test"] if without_test else []
    for change in changes:
        words += ["--set", change]
    words += ["--epochs", str(plan.training.epochs), "--seed", str(plan.training.seed)]
    return shlex.join(words)


def _report_epoch(epoch: "Epoch") -> None:
    words = f"epoch {epoch.number} of {epoch.epochs}: loss {epoch.loss:.4f}"
    if epoch.accuracy is not None:
        words += f", validation accuracy {epoch.accuracy:.4f}"
    typer.echo(words)


def _print_table(title: str, results: tuple[tuple[str, str], ...]) -> None:
    table = Table("what", "value", title=printable(title), title_justify="left")
    for what, value in results:
        table.add_row(what, value)
    Console().print(table)
