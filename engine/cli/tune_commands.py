"""`tune` and `crossvalidate`: many recipes, or one, on films that each was not trained on."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

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

if TYPE_CHECKING:
    from engine.training.loop.run import DeviceChoice
    from engine.tuning.films import Source
    from engine.tuning.plan import Plan
    from engine.tuning.table import Table as RankedTable
    from engine.tuning.worker import Job

Folds = Annotated[int, typer.Option(min=2, help="Folds of the cross-validation.")]
Blocks = Annotated[
    bool, typer.Option("--blocks", help="Folds of neighbouring patients: harder, more honest.")
]
ScoreName = Annotated[
    str | None, typer.Option(help="auc, macro-auc or accuracy, instead of the recipe's own.")
]
Workers = Annotated[int, typer.Option(min=1, help="Processes on this machine.")]
Threads = Annotated[
    int | None, typer.Option(min=1, help="CPU threads of each; together all processors.")
]

_READERS = 2  # processes that read films, at least
_STOPPED = 130  # what a shell expects after Ctrl-C


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(tune)
    app.command()(crossvalidate)


def tune(
    recipe: Annotated[Path, typer.Argument(help="Recipe, a TOML file.")],
    data: FilmSource,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the tuning.")],
    grid: Annotated[
        list[str] | None,
        typer.Option(help="KEY=V1,V2,… to try, such as network.cell=gru,lstm; repeatable."),
    ] = None,
    search: Annotated[
        list[str] | None,
        typer.Option(help="KEY=low..high[:log] to search in with Optuna's TPE; repeatable."),
    ] = None,
    space: Annotated[
        Path | None, typer.Option(help="TOML file with tables `grid` and `search`.")
    ] = None,
    trials: Annotated[
        int | None, typer.Option(min=1, help="Most combinations; a whole grid, or 30 of a search.")
    ] = None,
    folds: Folds = 5,
    blocks: Blocks = False,
    score: ScoreName = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Give up what lies below the median after a fold.")
    ] = False,
    best: Annotated[
        bool, typer.Option("--best", help="Take the best, not the smallest that is as good.")
    ] = False,
    no_refit: Annotated[
        bool, typer.Option("--no-refit", help="Choose only; train nothing on all films.")
    ] = False,
    workers: Workers = 1,
    threads: Threads = None,
    device: Device = "auto",
    cache: Cache = None,
    no_cache: NoCache = False,
    changes: Changes = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")] = None,
) -> None:
    """Choose a recipe's values by cross-validation by patient; test films are not read.

    The same command goes on where it was stopped. Given on several machines for one shared
    folder, it shares the work. Without --grid, --search and --space: hidden sizes of two to three
    times what a step reads, one and two layers, GRU and LSTM, read-outs mean and last, bands of
    one and two rows, three learning rates.
    """
    with sentences():
        _require_optuna()
        from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command
        from engine.tuning.combinations import default_grid  # noqa: PLC0415 - the same
        from engine.tuning.plan import Wishes, make_plan  # noqa: PLC0415 - the same
        from engine.tuning.space import read_space  # noqa: PLC0415 - the same

        own = [] if seed is None else [f"training.seed={seed}"]
        base = read_recipe(recipe, [*(changes or []), *own])
        grids = list(grid or ()) or ([] if search or space else list(default_grid(base)))
        wishes = Wishes(folds, blocks, trials, score, prune, smallest=not best)
        plan = make_plan(base, read_space(grids, search or (), file=space), wishes)
        _tell(plan)
        _run(
            plan,
            _source(data, cache, workers, kept=not no_cache),
            output,
            workers=workers,
            threads=threads,
            device=device_of(device),
            refit=not no_refit,
            command=_command(
                recipe,
                data,
                output,
                {"--grid": grid or [], "--search": search or [], "--set": changes or []},
                plan=plan,
                space=space,
            ),
        )


def crossvalidate(
    recipe: Annotated[Path, typer.Argument(help="Recipe, a TOML file.")],
    data: FilmSource,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the folds.")],
    model: Annotated[
        str,
        typer.Option("--model", help="Model of this recipe whose results shall say it, too."),
    ] = "",
    folds: Folds = 5,
    blocks: Blocks = False,
    score: ScoreName = None,
    workers: Workers = 1,
    threads: Threads = None,
    device: Device = "auto",
    cache: Cache = None,
    no_cache: NoCache = False,
    changes: Changes = None,
) -> None:
    """What a recipe achieves on films that it was not trained on, fold by fold; by patient.

    It is trained once for each fold. Test films are not read. The same command goes on where it
    was stopped.
    """
    with sentences():
        _require_optuna()
        from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command
        from engine.tuning.folds import fold_words, write_folds  # noqa: PLC0415 - imports torch
        from engine.tuning.plan import Wishes, make_plan  # noqa: PLC0415 - the same
        from engine.tuning.space import read_space  # noqa: PLC0415 - the same

        base = read_recipe(recipe, changes or [])
        as_it_is = read_space([f"training.epochs={base.training.epochs}"])
        plan = make_plan(base, as_it_is, Wishes(folds, blocks, score=score))
        table = _select(
            plan,
            _source(data, cache, workers, kept=not no_cache),
            output,
            workers=workers,
            threads=threads,
            device=device_of(device),
        )
        found = fold_words(table)
        print_results(f"{base.title}: {folds} folds of {data.name}", found)
        if model:
            info = write_folds(model, base, found)
            typer.echo(f"Wrote it into the results of {printable(info.name)}")


def _require_optuna() -> None:
    if find_spec("optuna") is None:
        raise fail("Tuning needs Optuna: pip install 'rowscope[train]'.")


def _source(path: Path, cache: Path | None, workers: int, *, kept: bool) -> "Source":
    from engine.tuning.films import Source  # noqa: PLC0415 - imports torch

    readers = max(workers, _READERS)
    return Source(path, cache_of(cache, no_cache=not kept), readers)


def _tell(plan: "Plan") -> None:
    """What will be tried, before it takes any time."""
    for reason, count in plan.left_out:
        many = "combination is" if count == 1 else "combinations are"
        typer.echo(f"{count:,} {many} left out: {printable(reason)}")
    if plan.usable:
        words = f"{plan.wanted:,} of {len(plan.usable):,} combinations"
        if plan.wanted < len(plan.usable):
            words += f", drawn with seed {plan.seed}"
    else:
        words = f"a search of {plan.wanted:,} combinations"
    folds = plan.wishes.folds
    typer.echo(f"Trying {words}; {folds} folds each, {plan.wanted * folds:,} trainings.")


def _run(
    plan: "Plan",
    source: "Source",
    output: Path,
    *,
    workers: int,
    threads: int | None,
    device: "DeviceChoice",
    refit: bool,
    command: str,
) -> None:
    from engine.tuning.tune import refit as refit_chosen  # noqa: PLC0415 - imports torch

    with _stoppable():
        job, table = _selected(
            plan, source, output, workers=workers, threads=threads, device=device
        )
        typer.echo(f"{table.why}\nThe table is in {output}: tuning.md, tuning.csv, tuning.json.")
        if not refit:
            return
        with TrainingProgress() as progress:
            said = progress.saying(typer.echo)
            info = refit_chosen(job, table, command=command, listener=progress, report=said)
    if info is None:
        typer.echo("The chosen recipe was trained by another process, or is being trained.")
    else:
        typer.echo(f"{info.title} — {output / info.name}. No test film was read; test it once.")


def _select(
    plan: "Plan",
    source: "Source",
    output: Path,
    *,
    workers: int,
    threads: int | None,
    device: "DeviceChoice",
) -> "RankedTable":
    with _stoppable():
        return _selected(plan, source, output, workers=workers, threads=threads, device=device)[1]


def _selected(
    plan: "Plan",
    source: "Source",
    output: Path,
    *,
    workers: int,
    threads: int | None,
    device: "DeviceChoice",
) -> "tuple[Job, RankedTable]":
    """Read the films and try every combination."""
    from engine.tuning.team import free_threads  # noqa: PLC0415 - imports torch
    from engine.tuning.tune import Means, prepare, select  # noqa: PLC0415 - the same

    means = Means(workers, threads or free_threads(workers), Console())
    job = prepare(source, plan, output=output, device=device, report=typer.echo)
    return job, select(job, means)


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Stopped. The same command goes on from here.", err=True)
        raise typer.Exit(_STOPPED) from None


def _command(
    recipe: Path,
    data: Path,
    output: Path,
    options: "dict[str, list[str]]",
    *,
    plan: "Plan",
    space: Path | None,
) -> str:
    """The command that chooses the same again, with names instead of this machine's folders."""
    words = ["rowscope-engine", "tune", recipe.name, data.name, "-o", output.name]
    for option, values in options.items():
        for value in values:
            words += [option, value]
    words += ["--space", space.name] if space else []
    wishes = plan.wishes
    words += ["--trials", str(plan.wanted)] if plan.wanted != len(plan.usable) else []
    words += ["--folds", str(wishes.folds), "--score", plan.kind, "--seed", str(plan.seed)]
    flags = {"--blocks": wishes.blocks, "--prune": wishes.prune, "--best": not wishes.smallest}
    return shlex.join([*words, *(flag for flag, given in flags.items() if given)])
