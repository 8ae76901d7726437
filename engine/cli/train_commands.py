"""`train`: make a model from a recipe and films."""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.console import printable, sentences
from engine.cli.evaluate_commands import print_results

if TYPE_CHECKING:
    from engine.training.build import Material
    from engine.training.loop import Epoch
    from engine.training.recipe import Recipe

SourceOption = Annotated[Path, typer.Argument(help="Folder, tar file or npz file of films.")]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(train)


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
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="Where to keep the state of the training, also when it is finished."),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 1,
) -> None:
    """Train a model; stop it whenever you like, the same command goes on where it was."""
    with sentences():
        plan = _read_plan(recipe, epochs, seed)
        if output.name != plan.name:
            typer.echo(f"The folder's name becomes the model's name: {output.name}.")
        import torch  # noqa: PLC0415 - half a second that help and errors need not wait for

        from engine.training.build import build  # noqa: PLC0415 - imports torch

        torch.set_num_threads(threads)
        material = _read_material(plan, data, [] if without_test else test or [])
        if without_test:
            material = replace(material, tests={})
        state = checkpoint or output.with_suffix(".unfinished")
        info = build(
            plan,
            material,
            output=output,
            command=_command(recipe, data, output, plan, test or [], without_test=without_test),
            checkpoint=state,
            on_epoch=_report_epoch,
            report=typer.echo,
        )
        if checkpoint is None:
            state.unlink(missing_ok=True)
    print_results(f"{info.title} — {output}", info.results)


def _read_plan(path: Path, epochs: int | None, seed: int | None) -> "Recipe":
    from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command needs it

    plan = read_recipe(path)
    training = plan.training
    if epochs is not None:
        training = replace(training, epochs=epochs)
    if seed is not None:
        training = replace(training, seed=seed)
    return replace(plan, training=training)


def _read_material(plan: "Recipe", data: Path, tests: list[Path]) -> "Material":
    from engine.training.build import Material  # noqa: PLC0415 - imports torch
    from engine.training.data import divide, layout_of, read_films  # noqa: PLC0415 - the same

    layout = layout_of(plan)
    films = divide(read_films(data, layout, report=typer.echo), plan.data, seed=plan.training.seed)
    for reason in films.skipped:
        typer.echo(f"skipped {printable(reason)}", err=True)
    sets = {}
    if len(films.where("test")):
        sets["test"] = films.only("test")
    for number, path in enumerate(tests):
        name = "test" if not sets and not number else path.name.split(".", maxsplit=1)[0]
        sets[name] = read_films(path, layout, report=typer.echo)
    return Material(films, sets)


def _command(
    recipe: Path,
    data: Path,
    output: Path,
    plan: "Recipe",
    tests: list[Path],
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
    words += ["--epochs", str(plan.training.epochs), "--seed", str(plan.training.seed)]
    return shlex.join(words)


def _report_epoch(epoch: "Epoch") -> None:
    words = f"epoch {epoch.number} of {epoch.epochs}: loss {epoch.loss:.4f}"
    if epoch.accuracy is not None:
        words += f", validation accuracy {epoch.accuracy:.4f}"
    typer.echo(words)
