"""`train`: make a model from a recipe and films."""

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.console import fail, printable, sentences
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
from engine.errors import EngineError
from engine.progress import Progress, silent, telling

if TYPE_CHECKING:
    from engine.training.build import Material
    from engine.training.loop import Run
    from engine.training.recipe import Recipe
    from engine.types import ModelInfo

_STOPPED = 130  # as shells call an interrupted command
_HEADS = {
    "auc": "AUC",
    "accuracy": "accuracy",
    "sensitivity": "sens.",
    "specificity": "spec.",
    "calibration_error": "cal. error",
}


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
    look: Annotated[
        bool, typer.Option("--look", help="Show what would be learnt from, and stop.")
    ] = False,
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
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Most processes that read films.")] = 2,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Train a model; stop it whenever you like, the same command goes on where it was.

    Before it, what it learns from is shown, with a picture beside the model's folder. Several
    processes train one model together: torchrun --nproc-per-node 4 -m engine train …
    """
    changes = [
        *(changes or []),
        *_set("training.epochs", epochs),
        *_set("training.seed", seed),
    ]
    tests = [] if without_test else test or []
    with sentences() as teller, ExitStack() as stack:
        from engine.training.preflight import state_of  # noqa: PLC0415 - only those who train

        plan = _read_plan(recipe, changes)
        run, say = _begin(
            stack, plan, output, teller, look=look, force=force, device=device, threads=threads
        )
        kept = cache_of(cache, no_cache=no_cache)
        with run.leader_first():
            material = _read_material(plan, [data, *tests], kept, workers=workers, say=say)
        if without_test:
            material = replace(material, tests={})
        if run.leads:
            _show(plan, material, output, say)
        if look:
            return
        command = _command(recipe, data, output, plan, tests, changes, without_test=without_test)
        command += f" --seeds {seeds}" if seeds > 1 else ""

        def make(one: "Recipe", folder: Path) -> "ModelInfo | None":
            state = checkpoint or state_of(folder)
            if anew and run.leads:
                state.unlink(missing_ok=True)
            with _told_how_to_go_on(state, say):
                info = _build(one, material, folder, command, run, state, tensorboard, say)
            if checkpoint is None and run.leads:
                state.unlink(missing_ok=True)
            return info

        if seeds > 1 and checkpoint is not None:
            raise fail("Each seed keeps a checkpoint of its own; leave --checkpoint out.")
        info = _train_seeds(plan, seeds, output, make, run) if seeds > 1 else make(plan, output)
        if info is None:
            return
        audited = () if no_audit else _audited(material, output, data.name, say)
    print_results(f"{info.title} — {output}", info.results)
    for words in audited:
        typer.echo(words)
    _what_next(data, output, recipe, plan)


def _audited(material: "Material", output: Path, data: str, say: Progress) -> tuple[str, ...]:
    """What the maps of the new model are worth, on films that it has not learnt."""
    from engine.cli.audit_commands import audit_finished  # noqa: PLC0415 - imports metadata

    say("auditing the maps and the answer by row")
    if len(material.films.where("val")):
        return audit_finished(output, material.films.only("val"), data, split="val")
    if not material.tests:
        return ("The maps are not audited: no films were held out.",)
    name, films = next(iter(material.tests.items()))
    return audit_finished(output, films, name, split="test")


def _begin(
    stack: ExitStack,
    plan: "Recipe",
    output: Path,
    teller: Progress,
    *,
    look: bool,
    force: bool,
    device: str,
    threads: int,
) -> "tuple[Run, Progress]":
    """Ask for the place before torch is loaded; then take it for as long as the stack lasts."""
    from engine.training.preflight import (  # noqa: PLC0415 - only those who train need it
        check_place,
        only_training,
    )

    if not look:
        check_place(output, force=force)
    if int(os.environ.get("RANK", "0")) == 0:  # loading what learns takes seconds
        typer.echo(printable(f"{plan.title}: {' or '.join(plan.classes)}"), err=True)
    import torch  # noqa: PLC0415 - half a second that help and errors need not wait for

    from engine.training.loop import start_run  # noqa: PLC0415 - imports torch

    torch.set_num_threads(threads)
    run = start_run(plan.training.precision, device=device_of(device), together=True)
    say = teller if run.leads else silent
    stack.enter_context(telling(say))
    if run.leads and not look:
        stack.enter_context(only_training(output))
    if output.name != plan.name:
        say(f"The folder's name becomes the model's name: {output.name}.")
    return run, say


def _train_seeds(
    plan: "Recipe",
    count: int,
    output: Path,
    make: Callable[["Recipe", Path], "ModelInfo | None"],
    run: "Run",
) -> "ModelInfo":
    """Train under several seeds, print their table, and keep one by the rule."""
    if run.processes > 1:
        raise fail("Several seeds are trained one after the other; start without torchrun.")
    from engine.metadata import read_metadata  # noqa: PLC0415 - only this branch
    from engine.training.seeds import RULE, train_seeds  # noqa: PLC0415 - imports torch

    typer.echo(f"{count} seeds; kept will be {RULE}.")
    first = plan.training.seed
    found = train_seeds(plan, range(first, first + count), output=output, build=make)
    table = Table(title=Text(f"{count} seeds"), title_justify="left")
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
    return read_metadata(output)


def _show(plan: "Recipe", material: "Material", output: Path, say: Progress) -> None:
    """What the training learns from, and a picture of it."""
    from engine.training.summary import draw_films, summary  # noqa: PLC0415 - numpy

    table = Table("what", "films", title=Text("What is learnt from"), title_justify="left")
    for what, words in summary(material.films, plan, material.tests):
        table.add_row(Text(what), Text(printable(words)))
    Console().print(table)
    picture = output.parent / f"{output.name}-films.png"
    draw_films(material.films, plan, picture)
    say(f"Ten of the training films as the network reads them: {picture}")


@contextmanager
def _told_how_to_go_on(state: Path, say: Progress) -> Iterator[None]:
    """Whatever ends a training, say that it is not lost."""
    before = _written(state)
    try:
        yield
    except KeyboardInterrupt:
        if state.exists():
            say(f"Stopped. The same command goes on from here; {state} keeps what was learnt.")
        else:
            say("Stopped before the first epoch was over; the same command begins anew.")
        raise typer.Exit(_STOPPED) from None
    except EngineError:
        if _written(state) not in {None, before}:
            say(
                f"What was learnt is kept in {state}: once it is mended, the same command goes on"
                " from there; --anew forgets it."
            )
        raise


def _written(state: Path) -> int | None:
    """When a file was last written; None where there is none."""
    return state.stat().st_mtime_ns if state.exists() else None


def _what_next(data: Path, output: Path, recipe: Path, plan: "Recipe") -> None:
    """Where the model lies, and the commands that come next."""
    from engine.training.recipe import card_lacks  # noqa: PLC0415 - the training is over

    where = shlex.quote(str(output))
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
            f" {printable(recipe.name)}, then: rowscope-engine card {where} --recipe"
            f" {shlex.quote(str(recipe))}"
        )


def _set(key: str, value: int | None) -> list[str]:
    return [] if value is None else [f"{key}={value}"]


def _build(
    plan: "Recipe",
    material: "Material",
    output: Path,
    command: str,
    run: "Run",
    state: Path,
    tensorboard: Path | None,
    say: Progress,
) -> "ModelInfo | None":
    """Train and write the bundle, with progress."""
    from engine.training.build import build  # noqa: PLC0415 - imports torch
    from engine.training.curves import Curves  # noqa: PLC0415 - the same

    with ExitStack() as stack:
        listeners = []
        if run.leads and tensorboard is not None:
            listeners.append(stack.enter_context(Curves(tensorboard)))
        progress = stack.enter_context(TrainingProgress(listeners)) if run.leads else None
        report = progress.saying(say) if progress is not None else say
        stack.enter_context(telling(report))
        return build(
            plan,
            material,
            output=output,
            command=command,
            checkpoint=state,
            listener=progress,
            run=run,
            report=report,
        )


def _read_plan(path: Path, changes: list[str]) -> "Recipe":
    # Only this command needs it.
    from engine.training.recipe import read_recipe  # noqa: PLC0415

    return read_recipe(path, changes)


def _read_material(
    plan: "Recipe",
    sources: list[Path],
    cache: Path | None,
    *,
    workers: int,
    say: Progress,
) -> "Material":
    """Read the films and further test sets, and see that no film is on two sides."""
    from engine.training import data  # noqa: PLC0415 - imports torch
    from engine.training.build import Material  # noqa: PLC0415 - the same
    from engine.training.preflight import check_classes  # noqa: PLC0415 - the same
    from engine.training.summary import check_values  # noqa: PLC0415 - the same

    read = partial(
        data.read_films,
        layout=data.layout_of(plan),
        report=say,
        cache=cache,
        workers=workers,
    )
    films = data.divide(read(sources[0]), plan.data, seed=plan.division_seed)
    check_classes(films, plan)
    check_values(films)
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
