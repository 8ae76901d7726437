"""The whole of a tuning: read films, share the work, rank, choose, refit."""

import hashlib
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from engine.errors import DataError
from engine.films import check_leakage, folds
from engine.progress import Progress, silent
from engine.recipe import Recipe, read_recipe
from engine.training import DeviceChoice, Listener, Material, build as build_bundle, start_run
from engine.tuning.claims import Claims, Heartbeat, beating, exclusive
from engine.tuning.cross_validation import (
    Source,
    check_copies,
    check_folds,
    read_learning,
    read_pool,
)
from engine.tuning.plan import Plan, Wishes, make_plan
from engine.tuning.space import chance_of, default_grid, identity, read_space, with_changes
from engine.tuning.table import (
    CSV,
    Table,
    Watch,
    chosen_words,
    fold_words,
    make_table,
    write_files,
    write_folds,
)
from engine.tuning.team import TrialJob, free_threads, work_together
from engine.types import ModelInfo, Results

_READERS = 2  # processes that read films, at least
_REFIT = "refit"  # attribute of the study: who refits which combination, or has done so


@dataclass(frozen=True, slots=True)
class Tuned:
    """What a tuning came to.

    Attributes:
        table: All combinations, the best first, and the one that was chosen.
        info: Of the model that the chosen recipe made of all training films; None where none was
            wanted, or another process makes or has made it.
    """

    table: Table
    info: ModelInfo | None


@dataclass(frozen=True, slots=True)
class Means:
    """What a tuning is done with.

    Attributes:
        workers: Processes of this machine.
        threads: Of each.
        console: Where the lines go.
    """

    workers: int
    threads: int
    console: Console


def tune(
    recipe: str | Path | Mapping[str, Any] | Recipe,
    data: str | Path,
    *,
    output: str | Path,
    grid: Sequence[str] = (),
    search: Sequence[str] = (),
    space: str | Path | None = None,
    wishes: Wishes | None = None,
    changes: Sequence[str] = (),
    refit: bool = True,
    workers: int = 1,
    threads: int | None = None,
    device: DeviceChoice = "auto",
    cache: str | Path | None = None,
    report: Progress = silent,
    listener: Listener | None = None,
    console: Console | None = None,
) -> Tuned:
    """Choose a recipe's values by cross-validation by patient; test films are not read.

    The same call goes on where it was stopped, and shares the work with others that name the same
    folder. Without `grid`, `search` and `space` the usual values are tried.

    Args:
        recipe: A TOML file, its values as a table, or a `engine.recipe.Recipe`.
        data: Folder, table (CSV, Parquet), tar file or npz file of films.
        output: Folder of the tuning: tables, the chosen recipe and its model.
        grid: Values to try, such as "network.cell=gru,lstm".
        search: Ranges to search in, such as "training.learning_rate=1e-4..1e-2:log".
        space: TOML file with tables `grid` and `search`.
        wishes: `engine.tuning.plan.Wishes`: folds, score, how many combinations, which is taken.
        changes: Values instead of the recipe's, such as "training.seed=1".
        refit: Whether the chosen recipe is trained on all training films.
        workers: Processes on this machine.
        threads: CPU threads of each; None divides the processors among them.
        device: "auto", "cpu" or "cuda".
        cache: Folder in which films are kept once read; None keeps none.
        report: Told in words what is being done.
        listener: Told of every step and epoch of the refit.
        console: Where lines of combinations go; None is nowhere.

    Raises:
        DataError: A recipe, values or films that cannot be used, or a folder of another tuning.
        DeviceError: The device is not there.

    Example:
        >>> grid = ["network.layers=1,2"]
        >>> found = engine.tune("recipe.toml", "films", output="tuning", grid=grid)
        >>> found.table.chosen.changes
    """
    base = read_recipe(recipe, changes)
    asked = grid or (() if search or space else default_grid(base))
    given = read_space(asked, search, file=None if space is None else Path(space))
    plan = make_plan(base, given, wishes or Wishes())
    for words in plan_words(plan):
        report(words)
    source, means = _with(data, cache, workers, threads, console)
    job = prepare(source, plan, output=Path(output), device=device, report=report)
    table = select(job, means)
    report(f"{table.why}\nThe table is in {output}: tuning.md, tuning.csv, tuning.json.")
    if not refit:
        return Tuned(table, None)
    file = f"{base.name}.toml" if isinstance(recipe, Mapping | Recipe) else Path(recipe).name
    own = [one for one in changes if not one.startswith("training.seed=")]  # it is said anyway
    tried = {"--grid": grid, "--search": search, "--set": own}
    command = _command(file, job, tried, space=space)
    return Tuned(
        table, refit_chosen(job, table, command=command, listener=listener, report=report)
    )


def crossvalidate(
    recipe: str | Path | Mapping[str, Any] | Recipe,
    data: str | Path,
    *,
    output: str | Path,
    model: str | Path | None = None,
    wishes: Wishes | None = None,
    changes: Sequence[str] = (),
    workers: int = 1,
    threads: int | None = None,
    device: DeviceChoice = "auto",
    cache: str | Path | None = None,
    report: Progress = silent,
    console: Console | None = None,
) -> Results:
    """What a recipe achieves on films that it was not trained on, fold by fold; by patient.

    It is trained once for each fold. Test films are not read. The same call goes on where it was
    stopped.

    Args:
        recipe: As for `tune`, like all that follow.
        data: Films.
        output: Folder of the folds.
        model: Model of this recipe, into whose results the figures are written, too.
        wishes: Folds and score.
        changes: Values instead of the recipe's.
        workers: Processes on this machine.
        threads: CPU threads of each.
        device: "auto", "cpu" or "cuda".
        cache: Folder in which films are kept once read.
        report: Told in words what is being done.
        console: Where lines of folds go.

    Raises:
        DataError: A recipe or films that cannot be used, or a model of another recipe.
        BundleError: No such model, or one that cannot be trusted.
    """
    base = read_recipe(recipe, changes)
    as_it_is = read_space([f"training.epochs={base.training.epochs}"])
    plan = make_plan(base, as_it_is, wishes or Wishes())
    source, means = _with(data, cache, workers, threads, console)
    job = prepare(source, plan, output=Path(output), device=device, report=report)
    found = fold_words(select(job, means))
    if model is not None:
        info = write_folds(str(model), base, found)
        report(f"Wrote it into the results of {info.name}")
    return found


def plan_words(plan: Plan) -> Iterator[str]:
    """What will be tried, before it takes any time, in sentences."""
    for reason, count in plan.left_out:
        many = "combination is" if count == 1 else "combinations are"
        yield f"{count:,} {many} left out: {reason}"
    if plan.usable:
        words = f"{plan.wanted:,} of {len(plan.usable):,} combinations"
        if plan.wanted < len(plan.usable):
            words += f", drawn with seed {plan.seed}"
    else:
        words = f"a search of {plan.wanted:,} combinations"
    folds = plan.wishes.folds
    yield f"Trying {words}; {folds} folds each, {plan.wanted * folds:,} trainings."


def prepare(
    source: Source, plan: Plan, *, output: Path, device: DeviceChoice = "cpu", report: Progress
) -> TrialJob:
    """Read the films and divide them.

    Raises:
        DataError: Films that cannot be used, folds without a class, or copies in several folds.
        DeviceError: The device is not there.
    """
    run = start_run(plan.recipe.training.precision, device=device)  # before hours, not after
    report(f"training in {run.choice}")
    films = read_pool(source, plan, report=report)
    first = next(iter(films.values()))
    held = folds(first, plan.wishes.folds, seed=plan.seed, blocks=plan.wishes.blocks)
    check_folds(first, held, plan.recipe)
    check_copies(first, held, plan.recipe, report=report)
    return TrialJob(output, plan, films, held, source, device)


def select(job: TrialJob, means: Means) -> Table:
    """Try every combination, or help those who do; write the table and the chosen recipe.

    Whatever happens, the table of what is known so far is written.

    Raises:
        DataError: The folder holds another tuning, or every process ended before the work did.
        KeyboardInterrupt: Somebody pressed Ctrl-C; the same call goes on from there.
    """
    with beating(job.output, works=means.workers == 1) as heartbeat:
        claims = job.claims(heartbeat)
        watch = Watch(claims, job.plan, console=means.console)
        try:
            with watch:
                work_together(
                    job,
                    claims,
                    workers=means.workers,
                    threads=means.threads,
                    after_fold=watch.look,
                )
        finally:
            first = next(iter(job.films.values()), None)
            chance = None if first is None else chance_of(job.plan.kind, first)
            table = make_table(job.plan, claims.trials(), chance=chance)
            write_files(table, job.output)
        if not claims.is_finished():
            raise DataError(
                "The processes ended before the work was done; the same command goes on."
            )
    if table.chosen is None:
        raise DataError("No combination could be trained; tuning.csv says why.")
    return table


def refit_chosen(
    job: TrialJob,
    table: Table,
    *,
    command: str,
    listener: Listener | None = None,
    report: Progress = silent,
) -> ModelInfo | None:
    """Train the chosen recipe on all training films and write its bundle, without test films.

    Args:
        job: The tuning.
        table: With a chosen row.
        command: What was typed, for the card.
        listener: See `build`.
        report: See `build`.

    Returns:
        None if another process does it or has done it.

    Raises:
        DataError, BundleError: See `build`.
    """
    assert table.chosen is not None  # noqa: S101 - `select` made sure
    winner = identity(table.chosen.changes)
    recipe = with_changes(job.plan.recipe, table.chosen.changes)
    folder = job.output / recipe.name
    with beating(job.output) as heartbeat:
        claims = job.claims(heartbeat)
        if not _take(claims, heartbeat, winner=winner, folder=folder, output=job.output):
            return None
        # Another winner, after more trials, must not go on where this one was stopped.
        state = job.output / f"{hashlib.sha256(winner.encode()).hexdigest()[:12]}.unfinished"
        films = read_learning(job.source, recipe, report=report)
        shared = check_leakage(films, allowed=recipe.data.allow_leakage, report=report)
        info = build_bundle(
            recipe,
            Material(films, {}, shared),
            output=folder,
            command=command,
            checkpoint=state,
            listener=listener,
            run=start_run(recipe.training.precision, device=job.device),
            report=report,
            chosen=f"{chosen_words(table)} The whole table is in `{CSV}`.",
        )
        state.unlink(missing_ok=True)
        shutil.copyfile(job.output / CSV, folder / CSV)
        claims.study.set_user_attr(_REFIT, {"winner": winner, "done": True})
    return info


def _take(
    claims: Claims, heartbeat: Heartbeat, *, winner: str, folder: Path, output: Path
) -> bool:
    """Whether this process is the one that refits."""
    with exclusive(output):
        stored = claims.study.user_attrs.get(_REFIT, {})
        if stored.get("winner") == winner:
            if stored.get("done") and folder.is_dir():
                return False
            if heartbeat.is_alive(stored.get("worker", "")):
                return False
        mine = {"winner": winner, "worker": heartbeat.name}
        claims.study.set_user_attr(_REFIT, mine)
        return True


def _with(
    data: str | Path,
    cache: str | Path | None,
    workers: int,
    threads: int | None,
    console: Console | None,
) -> tuple[Source, Means]:
    """Where the films are, and what the work is done with."""
    kept = None if cache is None else Path(cache)
    console = console or Console(quiet=True)
    means = Means(workers, threads or free_threads(workers), console)
    return Source(Path(data), kept, max(workers, _READERS)), means


def _command(
    file: str, job: TrialJob, options: Mapping[str, Sequence[str]], *, space: str | Path | None
) -> str:
    """The command that chooses the same again, with names instead of this machine's folders."""
    plan = job.plan
    words = ["rowscope-engine", "tune", file, job.source.path.name, "-o", job.output.name]
    for option, values in options.items():
        for value in values:
            words += [option, value]
    words += ["--space", Path(space).name] if space else []
    wishes = plan.wishes
    words += ["--trials", str(plan.wanted)] if plan.wanted != len(plan.usable) else []
    words += ["--folds", str(wishes.folds), "--score", plan.kind, "--seed", str(plan.seed)]
    flags = {"--blocks": wishes.blocks, "--prune": wishes.prune, "--best": not wishes.smallest}
    return shlex.join([*words, *(flag for flag, given in flags.items() if given)])
