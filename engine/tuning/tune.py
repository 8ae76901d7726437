"""The whole of a tuning: read films, share the work, rank, choose, refit."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from engine.errors import DataError
from engine.training.build import Material, build
from engine.training.data import Progress, check_leakage, folds
from engine.training.loop import Listener, start_run
from engine.training.loop.run import DeviceChoice
from engine.tuning.combinations import identity, with_changes
from engine.tuning.crossing import check_folds
from engine.tuning.files import CSV, chosen_words, write_files
from engine.tuning.films import Source, check_copies, read_learning, read_pool
from engine.tuning.journal import exclusive
from engine.tuning.ledger import Ledger
from engine.tuning.plan import Plan
from engine.tuning.presence import Presence, present
from engine.tuning.progress import Watch
from engine.tuning.scoring import chance_of
from engine.tuning.table import Table, make_table
from engine.tuning.team import work_together
from engine.tuning.worker import Job
from engine.types import ModelInfo

_REFIT = "refit"  # attribute of the study: who refits which combination, or has done so


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


def prepare(
    source: Source, plan: Plan, *, output: Path, device: DeviceChoice = "cpu", report: Progress
) -> Job:
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
    return Job(output, plan, films, held, source, device)


def select(job: Job, means: Means) -> Table:
    """Try every combination, or help those who do; write the table and the chosen recipe.

    Whatever happens, the table of what is known so far is written.

    Raises:
        DataError: The folder holds another tuning, or every process ended before the work did.
        KeyboardInterrupt: Somebody pressed Ctrl-C; the same call goes on from there.
    """
    with present(job.output, works=means.workers == 1) as presence:
        ledger = job.ledger(presence)
        watch = Watch(ledger, job.plan, console=means.console)
        try:
            with watch:
                work_together(
                    job,
                    ledger,
                    workers=means.workers,
                    threads=means.threads,
                    after_fold=watch.look,
                )
        finally:
            first = next(iter(job.films.values()), None)
            chance = None if first is None else chance_of(job.plan.kind, first)
            table = make_table(job.plan, ledger.trials(), chance=chance)
            write_files(table, job.output)
        if not ledger.is_finished():
            raise DataError(
                "The processes ended before the work was done; the same command goes on.", "data"
            )
    if table.chosen is None:
        raise DataError("No combination could be trained; tuning.csv says why.", "data")
    return table


def refit(
    job: Job,
    table: Table,
    *,
    command: str,
    listener: Listener | None = None,
    report: Progress = lambda _: None,
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
    with present(job.output) as presence:
        ledger = job.ledger(presence)
        if not _take(ledger, presence, winner=winner, folder=folder, output=job.output):
            return None
        # Another winner, after more trials, must not go on where this one was stopped.
        state = job.output / f"{hashlib.sha256(winner.encode()).hexdigest()[:12]}.unfinished"
        films = read_learning(job.source, recipe, report=report)
        shared = check_leakage(films, allowed=recipe.data.allow_leakage, report=report)
        info = build(
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
        ledger.study.set_user_attr(_REFIT, {"winner": winner, "done": True})
    return info


def _take(ledger: Ledger, presence: Presence, *, winner: str, folder: Path, output: Path) -> bool:
    """Whether this process is the one that refits."""
    with exclusive(output):
        stored = ledger.study.user_attrs.get(_REFIT, {})
        if stored.get("winner") == winner:
            if stored.get("done") and folder.is_dir():
                return False
            if presence.is_alive(stored.get("worker", "")):
                return False
        mine = {"winner": winner, "worker": presence.name}
        ledger.study.set_user_attr(_REFIT, mine)
        return True
