"""The table as files: CSV for programs, JSON with everything, Markdown for people."""

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path

import tomli_w

from engine.output import write_whole
from engine.training.recipe import Recipe
from engine.tuning.combinations import plain_values, with_changes, words_of
from engine.tuning.scoring import NAMES
from engine.tuning.table import Row, Table

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
    score = NAMES[plan.kind]
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
        f" {NAMES[plan.kind]} {found.mean:.3f} ({found.low:.3f}–{found.high:.3f}).\n"
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
