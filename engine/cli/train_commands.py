"""`train`: make a model from a recipe and films."""

import shlex
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.console import printable, sentences
from engine.cli.evaluate_commands import print_results
from engine.cli.training_options import (
    Cache,
    Changes,
    Device,
    FilmSource,
    NoCache,
    cache_of,
    device_of,
)
from engine.cli.training_progress import TrainingProgress

if TYPE_CHECKING:
    from engine.training.build import Material
    from engine.training.loop import Run
    from engine.training.recipe import Recipe
    from engine.types import ModelInfo


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(train)


def train(
    recipe: Annotated[Path, typer.Argument(help="Recipe, a TOML file.")],
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
    changes: Changes = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="Where to keep the state of the training, also when it is finished."),
    ] = None,
    tensorboard: Annotated[
        Path | None, typer.Option(help="Folder for learning curves, as TensorBoard reads them.")
    ] = None,
    device: Device = "auto",
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Most processes that read films.")] = 2,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Train a model; stop it whenever you like, the same command goes on where it was.

    Several processes train one model together: torchrun --nproc-per-node 4 -m engine train …
    """
    with sentences():
        changes = [
            *(changes or []),
            *_set("training.epochs", epochs),
            *_set("training.seed", seed),
        ]
        plan = _read_plan(recipe, changes)
        import torch  # noqa: PLC0415 - half a second that help and errors need not wait for

        from engine.training.loop import start_run  # noqa: PLC0415 - imports torch

        torch.set_num_threads(threads)
        run = start_run(plan.training.precision, device=device_of(device), together=True)
        say = typer.echo if run.leads else _silent
        if output.name != plan.name:
            say(f"The folder's name becomes the model's name: {output.name}.")
        tests = [] if without_test else test or []
        kept = cache_of(cache, no_cache=no_cache)
        with run.leader_first():
            material = _read_material(plan, [data, *tests], kept, workers=workers, say=say)
        if without_test:
            material = replace(material, tests={})
        command = _command(recipe, data, output, plan, tests, changes, without_test=without_test)
        info = _build(plan, material, output, command, run, checkpoint, tensorboard)
    if info is not None:
        print_results(f"{info.title} — {output}", info.results)


def _silent(_: str) -> None:
    """What the helping processes say."""


def _set(key: str, value: int | None) -> list[str]:
    return [] if value is None else [f"{key}={value}"]


def _build(
    plan: "Recipe",
    material: "Material",
    output: Path,
    command: str,
    run: "Run",
    checkpoint: Path | None,
    tensorboard: Path | None,
) -> "ModelInfo | None":
    """Train and write the bundle, with progress; then the checkpoint has done its duty."""
    from engine.training.build import build  # noqa: PLC0415 - imports torch
    from engine.training.curves import Curves  # noqa: PLC0415 - the same

    state = checkpoint or output.with_suffix(".unfinished")
    with ExitStack() as stack:
        listeners = []
        if run.leads and tensorboard is not None:
            listeners.append(stack.enter_context(Curves(tensorboard)))
        info = build(
            plan,
            material,
            output=output,
            command=command,
            checkpoint=state,
            listener=stack.enter_context(TrainingProgress(listeners)) if run.leads else None,
            run=run,
            report=typer.echo,
        )
    if checkpoint is None and run.leads:
        state.unlink(missing_ok=True)
    return info


def _read_plan(path: Path, changes: list[str]) -> "Recipe":
    # Only this command needs it.
    from engine.training.recipe import ask_population, read_recipe  # noqa: PLC0415

    plan = read_recipe(path, changes)
    ask_population(plan, path.name)
    return plan


def _read_material(
    plan: "Recipe",
    sources: list[Path],
    cache: Path | None,
    *,
    workers: int,
    say: Callable[[str], None],
) -> "Material":
    """Read the films and further test sets, and see that no film is on two sides."""
    from engine.training import data  # noqa: PLC0415 - imports torch
    from engine.training.build import Material  # noqa: PLC0415 - the same

    read = partial(
        data.read_films,
        layout=data.layout_of(plan),
        report=say,
        cache=cache,
        workers=workers,
    )
    films = data.divide(read(sources[0]), plan.data, seed=plan.training.seed)
    for reason in films.skipped:
        say(f"skipped {printable(reason)}")
    own = {"test": films.only("test")} if len(films.where("test")) else {}
    others: dict[str, data.Films] = {}
    for number, path in enumerate(sources[1:]):
        name = "test" if not own and not number else path.name.split(".", maxsplit=1)[0]
        name += f" {number + 2}" if name in own | others else ""  # a second one of this name
        others[name] = read(path)
    shared = data.check_leakage(films, allowed=plan.data.allow_leakage, tests=others, report=say)
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
    return shlex.join(words)
