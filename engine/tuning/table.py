"""The results of a tuning: ranking, files, progress."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, Self

import numpy as np
import tomli_w
from optuna.trial import FrozenTrial, TrialState
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from engine.bundle import find_bundle, read_description
from engine.errors import DataError
from engine.measure import share_interval
from engine.output import write_whole
from engine.recipe import Recipe, recipe_of
from engine.training import add_results
from engine.tuning.claims import CHANGES, FAILURE, PARAMETERS, Claims, folds_of
from engine.tuning.cross_validation import Fold
from engine.tuning.plan import Plan
from engine.tuning.space import (
    Chance,
    Changes,
    Summary,
    above_chance,
    identity,
    plain_values,
    summarise,
    with_changes,
    words_of,
)
from engine.types import ModelInfo, Results
from engine.words import Sentence

# -------------------------------------------------------------------------------- ranking
# What was found, ranked; and which combination is taken.

State = Literal["finished", "pruned", "failed", "unfinished"]
_STATES: tuple[State, ...] = ("finished", "pruned", "failed", "unfinished")


@dataclass(frozen=True, slots=True)
class Row:
    """One combination.

    Attributes:
        summary: Of its folds; None unless it is finished.
        folds: What was measured, in the order of the folds.
        parameters: Numbers that its network learns; 0 if it never came so far.
        reason: Why it failed, if it did.
    """

    changes: Changes
    state: State
    summary: Summary | None
    folds: tuple[Fold, ...]
    parameters: int = 0
    reason: str = ""

    @property
    def log_loss(self) -> float:
        """Mean of the folds; NaN without any."""
        return float(np.mean([one.log_loss for one in self.folds])) if self.folds else float("nan")

    @property
    def seconds(self) -> float:
        """Of all folds together."""
        return sum(one.seconds for one in self.folds)


@dataclass(frozen=True, slots=True)
class Table:
    """All combinations, the best first.

    Attributes:
        chosen: The row that is taken; None while none is finished.
        why: How it was chosen, as a sentence.
    """

    plan: Plan
    rows: tuple[Row, ...]
    chosen: Row | None
    why: str


def make_table(
    plan: Plan, trials: Sequence[FrozenTrial], *, chance: Chance | None = None
) -> Table:
    """Rank what was measured and choose.

    A choice among scores that are not told from `chance` says so; None does not ask.

    The smallest network whose mean lies within one standard error of the best one's is taken
    (Breiman, Friedman, Olshen and Stone 1984, section 3.4.3), or the best if the plan says so.
    """
    rows = sorted((_row(trial, chance) for trial in trials), key=_rank)
    finished = [row for row in rows if row.summary is not None]
    chosen = _chosen(finished, smallest=plan.wishes.smallest) if finished else None
    why = _why(finished, chosen, plan)
    if chance is not None and finished:
        why += _doubt(finished, chance, plan)
    return Table(plan, tuple(rows), chosen, why)


def _doubt(finished: Sequence[Row], chance: Chance, plan: Plan) -> str:
    """A sentence more where the best score may be chance; else nothing."""
    best, count = finished[0], len(finished)
    if best.summary is None or above_chance(
        [one.score for one in best.folds], chance, tried=count
    ):
        return ""
    tried = f"the best of {count:,} combinations" if count > 1 else "the only combination"
    return (
        f" Not told from chance: {plan.scored_by} {best.summary.mean:.3f} of {tried}, measured"
        f" on {chance.patients:,} patients{'' if plan.kind == 'accuracy' else ' of a class'},"
        f" may be the {chance.level:.3f} of chance, so the choice means little."
    )


def _row(trial: FrozenTrial, chance: Chance | None) -> Row:
    folds = tuple(Fold.from_dict(measured) for _, measured in folds_of(trial))
    states: dict[TrialState, State] = {
        TrialState.COMPLETE: "finished",
        TrialState.PRUNED: "pruned",
        TrialState.FAIL: "failed",
    }
    state = states.get(trial.state, "unfinished")
    return Row(
        trial.user_attrs[CHANGES],
        state,
        _summary([one.score for one in folds], chance) if state == "finished" else None,
        folds,
        trial.user_attrs.get(PARAMETERS, 0),
        trial.user_attrs.get(FAILURE, ""),
    )


def _summary(scores: Sequence[float], chance: Chance | None) -> Summary:
    """Of folds; where all of them agree, the interval is that of as many patients."""
    found = summarise(scores)
    if found.spread > 0 or chance is None:
        return found
    low, high = share_interval(found.mean, chance.patients)
    return replace(found, low=low, high=high)


def _rank(row: Row) -> tuple[int, float, int, str]:
    mean = row.summary.mean if row.summary else 0.0
    return _STATES.index(row.state), -mean, row.parameters, identity(row.changes)


def _chosen(finished: Sequence[Row], *, smallest: bool) -> Row:
    best = finished[0]
    if not smallest:
        return best
    return min(_as_good(finished), key=lambda row: (row.parameters, _rank(row)))


def _as_good(finished: Sequence[Row]) -> list[Row]:
    """All within one standard error of the best."""
    best = finished[0].summary
    assert best is not None  # noqa: S101 - for the type checker
    least = best.mean - best.error
    return [row for row in finished if row.summary is not None and row.summary.mean >= least]


def _why(finished: Sequence[Row], chosen: Row | None, plan: Plan) -> str:
    if chosen is None:
        return "Nothing is finished yet."
    words = f"of {len(finished):,} cross-validated combinations"
    if not plan.wishes.smallest:
        return f"The best {words}."
    count = len(_as_good(finished))
    if count == 1:
        return f"The best {words}; no other lies within one standard error of it."
    return (
        f"The smallest network ({chosen.parameters:,} parameters) among the {count:,} {words} that"
        " lie within one standard error of the best."
    )


# ------------------------------------------------------------------- results of the folds
# One recipe, fold by fold: its figures in words, and in the results of its model.


def fold_words(table: Table) -> Results:
    """The mean with its interval, the folds, the spread and the log loss of the only row."""
    row, wishes = table.chosen, table.plan.wishes
    assert row is not None  # noqa: S101 - `select` made sure
    found = row.summary
    assert found is not None  # noqa: S101 - the same
    name = table.plan.scored_by
    mean = Sentence("figure.number", value=found.mean, low=found.low, high=found.high)
    how = "folds.blocks" if wishes.blocks else "folds.drawn"
    each = tuple(Sentence("figure.plain", value=fold.score) for fold in row.folds)
    return (
        (
            Sentence("result.over-folds", score=name, folds=wishes.folds),
            Sentence(how, figure=mean),
        ),
        (
            Sentence("result.each-fold", score=name),
            Sentence("folds.each", scores=each, spread=found.spread),
        ),
        (Sentence("result.loss-over-folds"), Sentence("figure.plain", value=row.log_loss)),
    )


def write_folds(model: str, recipe: Recipe, found: Results) -> ModelInfo:
    """Write what a cross-validation of its recipe found into a model's results.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Another recipe made it.
    """
    description, _ = read_description(find_bundle(model))
    made = description.training.get("recipe")
    own = recipe_of(made, model) if made is not None else None
    if own is None or _learning(own) != _learning(recipe):
        raise DataError(
            "{model} was made by another recipe than {recipe}: network, grid, training or"
            " augmentation differ. Cross-validate the recipe that made it.",
            model=model,
            recipe=recipe.name,
        )
    return add_results(model, found)


def _learning(recipe: Recipe) -> tuple[object, ...]:
    """What changes the weights that a recipe learns."""
    return (
        recipe.classes,
        recipe.input,
        recipe.network,
        recipe.augmentation,
        recipe.training,
        recipe.data.folders,
    )


# ----------------------------------------------------------------- CSV, JSON and Markdown
# The table as files: CSV for programs, JSON with everything, Markdown for people.

RECIPE = "recipe.toml"
CSV = "tuning.csv"
_SHOWN = 50  # rows of the Markdown table


def write_files(table: Table, folder: Path) -> None:
    """Write tuning.csv, tuning.json and tuning.md, and the chosen recipe if there is one."""
    write_whole(folder / CSV, csv_text(table))
    write_whole(folder / "tuning.json", json_text(table))
    write_whole(folder / "tuning.md", markdown(table))
    if table.chosen is not None:
        recipe = with_changes(table.plan.recipe, table.chosen.changes)
        write_whole(folder / RECIPE, recipe_toml(recipe, chosen_words(table)))


def recipe_toml(recipe: Recipe, comment: str) -> str:
    """A recipe's file with every key, below lines of comment; `read_recipe` reads it back."""
    top = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    return f"{top}\n{tomli_w.dumps(plain_values(recipe))}"


def csv_text(table: Table) -> str:
    """One line for each combination; what was not measured is empty."""
    keys, count = table.plan.space.keys, table.plan.wishes.folds
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    measured = ("mean", "spread", "low", "high", "log_loss", "parameters", "seconds")
    folds = [f"fold_{number}" for number in range(1, count + 1)]
    writer.writerow(["rank", *keys, *measured, *folds, "state", "chosen", "reason"])
    for rank, row in enumerate(table.rows, 1):
        scores = [f"{one.score:.6f}" for one in row.folds]
        writer.writerow(
            [
                rank,
                *(row.changes.get(key, "") for key in keys),
                *_measured(row),
                *scores,
                *[""] * (count - len(scores)),
                row.state,
                int(row is table.chosen),
                row.reason,
            ]
        )
    return stream.getvalue()


def json_text(table: Table) -> str:
    """Everything that was measured, and what it was measured with."""
    plan = table.plan
    values = {
        "recipe": plan.recipe.name,
        "score": plan.kind,
        "folds": asdict(plan.wishes),
        "seed": plan.seed,
        "grid": {key: list(one) for key, one in plan.space.grid.items()},
        "search": {key: asdict(one) for key, one in plan.space.search.items()},
        "combinations": len(plan.usable) or None,
        "left_out": [{"reason": reason, "count": count} for reason, count in plan.left_out],
        "chosen": table.chosen.changes if table.chosen else None,
        "why": table.why,
        "rows": [
            {
                "changes": row.changes,
                "state": row.state,
                "summary": asdict(row.summary) if row.summary else None,
                "folds": [one.to_dict() for one in row.folds],
                "parameters": row.parameters,
                "reason": row.reason,
            }
            for row in table.rows
        ],
    }
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def markdown(table: Table) -> str:
    """The best combinations with intervals."""
    plan = table.plan
    score = plan.scored_by
    head = [key.rpartition(".")[2] for key in plan.space.keys]
    head += [f"{score} (95 %)", "spread", "log loss", "parameters", "seconds", ""]
    how = "blocks of neighbouring patients" if plan.wishes.blocks else "patients drawn by class"
    lines = [
        f"# Tuning of `{plan.recipe.name}`",
        "",
        f"{plan.wishes.folds}-fold cross-validation by patient ({how}), seed {plan.seed}.",
        f"Chosen: {table.why} Test films were not read.",
        "",
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(_line(row, table) for row in table.rows[:_SHOWN]),
    ]
    if len(table.rows) > _SHOWN:
        lines += ["", f"The {len(table.rows) - _SHOWN:,} others are in `{CSV}`."]
    lines += [f"\nLeft out, {count:,} combinations: {reason}" for reason, count in plan.left_out]
    lines += [
        "",
        "*Spread* is the standard deviation of the folds. The interval is Student's with Nadeau",
        "and Bengio's variance (2003), since folds share training films. The best of many looks",
        "better than it is: only test films, read once at the end, say what the model is worth.",
    ]
    return "\n".join(lines) + "\n"


def chosen_words(table: Table) -> str:
    """How the recipe was chosen, for its card and its file."""
    assert table.chosen is not None  # noqa: S101 - for the type checker
    found = table.chosen.summary
    assert found is not None  # noqa: S101 - for the type checker
    plan = table.plan
    return (
        f"Chosen by {plan.wishes.folds}-fold cross-validation by patient:"
        f" {words_of(table.chosen.changes)};"
        f" {plan.scored_by} {found.mean:.3f} ({found.low:.3f}–{found.high:.3f}).\n"
        f"{table.why}\nTest films were not read."
    )


def _line(row: Row, table: Table) -> str:
    cells = [str(row.changes.get(key, "")).replace("|", "\\|") for key in table.plan.space.keys]
    if row.summary is None:
        cells += [row.state, "", "", "", "", row.reason.replace("|", "\\|")]
    else:
        one = row.summary
        cells += [
            f"{one.mean:.3f} ({one.low:.3f}–{one.high:.3f})",
            f"{one.spread:.3f}",
            f"{row.log_loss:.3f}",
            f"{row.parameters:,}",
            f"{row.seconds:.0f}",
            "**chosen**" if row is table.chosen else "",
        ]
    return f"| {' | '.join(cells)} |"


def _measured(row: Row) -> list[str]:
    found = row.summary
    numbers = [found.mean, found.spread, found.low, found.high] if found else []
    loss = [f"{row.log_loss:.6f}"] if row.folds else [""]
    return [
        *(f"{one:.6f}" for one in numbers),
        *[""] * (4 - len(numbers)),
        *loss,
        str(row.parameters or ""),
        f"{row.seconds:.1f}" if row.folds else "",
    ]


# ---------------------------------------------------------------- progress on the console
# How far a tuning is: a line for each combination, and the time that is left.


class Watch:
    """Tells what is new in the journal, whoever wrote it. Use it in a `with` statement."""

    def __init__(self, claims: Claims, plan: Plan, *, console: Console) -> None:
        self._claims = claims
        self._plan = plan
        self._console = console
        self._told: set[int] = set()
        self._bar = Progress(
            TextColumn("{task.completed:.0f} of {task.total:.0f} folds"),
            BarColumn(),
            TextColumn("{task.description}"),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=plan.wanted * plan.wishes.folds)

    def __enter__(self) -> Self:
        done = [one.number for one in self._claims.trials() if one.state.is_finished()]
        if done:
            self._told.update(done)
            self._console.print(f"{len(done)} of {self._plan.wanted} were done before.")
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def look(self) -> None:
        """Tell what was finished since the last look."""
        trials = self._claims.trials()
        new = [one for one in trials if one.state.is_finished() and one.number not in self._told]
        wanted = max(self._plan.wanted, len(trials))  # another machine may have asked for more
        total = wanted * self._plan.wishes.folds
        done = sum(self._folds_done(trial) for trial in trials)
        left = self._time_left(trials, total - done)
        for trial in new:
            self._told.add(trial.number)
            words = f"{len(self._told)} of {wanted}: {self._line(trial)}{left and '; '}{left}"
            self._console.print(words, highlight=False, markup=False, soft_wrap=True)
        self._bar.update(self._task, completed=done, total=total, description=left)

    def _line(self, trial: FrozenTrial) -> str:
        words = words_of(trial.user_attrs[CHANGES])
        if trial.state == TrialState.FAIL:
            return f"{words}: failed. {trial.user_attrs[FAILURE]}"
        folds = [Fold.from_dict(measured) for _, measured in folds_of(trial)]
        seconds = sum(one.seconds for one in folds)
        size = f"{trial.user_attrs[PARAMETERS]:,} parameters, {seconds:.0f} s"
        if trial.state == TrialState.PRUNED:
            return f"{words}: given up after fold {len(folds)} ({size})"
        found = summarise([one.score for one in folds])
        score = f"{self._plan.scored_by} {found.mean:.3f} ± {found.spread:.3f}"
        return f"{words}: {score} ({size})"

    def _folds_done(self, trial: FrozenTrial) -> int:
        """A trial that is over needs no more folds, however many it had."""
        count = self._plan.wishes.folds
        return count if trial.state.is_finished() else len(list(folds_of(trial)))

    def _time_left(self, trials: list[FrozenTrial], folds: int) -> str:
        """From the mean time of a fold so far and the processes that work, here and elsewhere."""
        seconds = [one["seconds"] for trial in trials for _, one in folds_of(trial)]
        if not seconds or not folds:
            return ""
        working = max(self._claims.working(), 1)
        return f"{_duration(folds * sum(seconds) / len(seconds) / working)} left"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(round(seconds), 1)} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    return f"about {seconds / 3600:.1f} h"
