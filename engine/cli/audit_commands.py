"""`audit`: measure whether a model's maps mean what they say, and store it in its bundle."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.console import fail, printable, sentences
from engine.errors import BundleError, DataError
from engine.metadata import AUDIT, influence_passes, verdicts, write_audit
from engine.types import Audit, InfluenceMethod, ModelInfo

if TYPE_CHECKING:
    from engine.audit import Sample, Subject
    from engine.bundle import Bundle

_STYLES = {"passes": "green", "fails": "red", "not measured": "dim"}
_SPLITS = ("train", "val", "test", "all")


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(audit)


def audit(
    model: Annotated[str, typer.Argument(help="Name or folder of a model.")],
    data: Annotated[Path, typer.Argument(help="Folder, tar file or npz file of films.")],
    *,
    sibling: Annotated[
        list[str] | None,
        typer.Option(help="The same model trained with another seed; repeatable."),
    ] = None,
    split: Annotated[str, typer.Option(help="train, val, test, or all.")] = "test",
    films: Annotated[int, typer.Option(min=1, help="Films drawn from the split.")] = 200,
    method: Annotated[
        InfluenceMethod | None,
        typer.Option(help="How Influence is measured; else the model's own."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of films, orders and random weights.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Leave the bundle's audit.json alone.")
    ] = False,
) -> None:
    """Measure whether the maps of a model mean what they say; one or two minutes.

    Deletion and insertion, random weights, other seeds, position, pointing game, each with its
    95 % interval over films and the rule that it passes or fails.
    """
    with sentences():
        if split not in _SPLITS:
            raise fail("--split must be train, val, test or all.")
        measured, info = _measure(
            model, data, siblings=sibling or [], split=split, films=films, method=method, seed=seed
        )
        if as_json:
            typer.echo(json.dumps(_plain(measured, info), indent=2))
        else:
            _print(measured, info)
        if not no_save:
            write_audit(info.path, measured, sha256=info.sha256)
            typer.echo(f"Wrote {printable(info.name)}/{AUDIT}", err=True)


def _measure(
    model: str,
    data: Path,
    *,
    siblings: list[str],
    split: str,
    films: int,
    method: InfluenceMethod | None,
    seed: int,
) -> tuple[Audit, ModelInfo]:
    from engine.audit import audit as measure  # noqa: PLC0415 - imports torch
    from engine.bundle import load_bundle  # noqa: PLC0415 - the same
    from engine.device import choose_device  # noqa: PLC0415 - the same

    device, _ = choose_device()
    bundle = load_bundle(model, device)
    others = [_sibling(load_bundle(name, device), bundle.info) for name in siblings]
    measured = measure(
        _subject(bundle),
        _sample(bundle.info, data, split=split, films=films, seed=seed),
        siblings=others,
        method=method or bundle.info.influence,
        seed=seed,
        report=_report,
    )
    return measured, bundle.info


def _subject(bundle: "Bundle") -> "Subject":
    from engine.audit import Subject  # noqa: PLC0415 - imports torch

    return Subject(bundle.network, bundle.statistics, bundle.info.positive)


def _sibling(bundle: "Bundle", info: ModelInfo) -> "Subject":
    other = bundle.info
    if (other.input, other.steps, other.classes) != (info.input, info.steps, info.classes):
        raise BundleError(
            f"{other.name} is no sibling of {info.name}: it reads or answers something else.",
            "bundle",
        )
    if other.sha256 == info.sha256:
        raise BundleError(
            f"{other.name} has the weights of {info.name}; name one of another seed.", "bundle"
        )
    return _subject(bundle)


def _sample(info: ModelInfo, data: Path, *, split: str, films: int, seed: int) -> "Sample":
    import numpy as np  # noqa: PLC0415 - only this command needs it

    from engine.audit import Sample  # noqa: PLC0415 - imports torch
    from engine.training.evaluate import films_for  # noqa: PLC0415 - the same

    found = films_for(info, data, split=split, report=_report)
    if len(np.unique(found.heights)) > 1 or found.heights[0] != info.input.rows:
        raise DataError(
            f"{data.name}: the audit needs films of {info.input.rows} model rows each; the maps of"
            " other heights are not audited.",
            "data",
        )
    chosen = np.random.default_rng(seed).permutation(len(found))[:films]
    kind = f"{split} " if set(found.splits) == {split} else ""  # some data have no splits
    source = f"{len(chosen):,} of {len(found):,} {kind}films of {data.name}"
    return Sample(found.rows[chosen], found.findings[chosen], source)


def _report(words: str) -> None:
    """Progress goes to stderr, so that stdout is the result alone."""
    typer.echo(words, err=True)


def _plain(measured: Audit, info: ModelInfo) -> dict[str, Any]:
    judged = [asdict(line) for line in verdicts(measured)]
    about = {"model": info.name, "sha256": info.sha256, "passes": influence_passes(measured)}
    return about | {"audit": asdict(measured), "verdicts": judged}


def _print(measured: Audit, info: ModelInfo) -> None:
    title = f"{info.title} {info.version}: {measured.source}, {measured.method}"
    table = Table("what", "measured", "verdict", "rule", title=Text(printable(title)))
    table.title_justify = "left"
    for line in verdicts(measured):
        table.add_row(
            line.what, line.measured, Text(line.verdict, style=_STYLES[line.verdict]), line.rule
        )
    console = Console()
    console.print(table)
    word = "passes" if influence_passes(measured) else "does not pass"
    console.print(f"Influence {word} what it needs: deletion in random order, random weights.")
