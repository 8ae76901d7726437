"""`audit`: measure whether a model's maps mean what they say, and store it in its bundle."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.console import fail, printable, sentences
from engine.cli.training_options import Cache, NoCache, SplitName, cache_of
from engine.errors import BundleError, DataError
from engine.metadata import (
    AUDIT,
    by_row_passes,
    influence_passes,
    prefixes_hash,
    read_audit,
    verdicts,
    write_audit,
)
from engine.progress import tell
from engine.types import Audit, InfluenceMethod, ModelInfo, RowCalibration

if TYPE_CHECKING:
    from engine.audit import Sample, Subject
    from engine.bundle import Bundle
    from engine.training.data import Films
    from engine.training.evaluate import Chosen

_STYLES = {"passes": "green", "fails": "red", "not measured": "dim"}
_BY_ROW_FILMS = 5000  # a network that reads both ways reads each prefix of each of them
_BY_ROW = {
    True: "The answer by row passes what it needs: what it says is true enough at every step.",
    False: "The answer by row does not pass; it is not shown.",
    None: "The answer by row is not measured well enough to be shown.",
}
_SPLITS = ("train", "val", "test", "all")
_FILMS = 200


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
    split: SplitName = "test",
    films: Annotated[int, typer.Option(min=1, help="Films drawn from the split.")] = _FILMS,
    method: Annotated[
        InfluenceMethod | None,
        typer.Option(help="How Influence is measured; else the model's own."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of films, orders and random weights.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    only_by_row: Annotated[
        bool,
        typer.Option(help="Measure the answer by row alone; what the bundle has of maps stays."),
    ] = False,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Leave the bundle's audit.json alone.")
    ] = False,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Measure whether a model's maps and its answer by row mean what they say; some minutes.

    Deletion and insertion, random weights, other seeds, position, pointing game on some films,
    calibration by row on all films of the split: each with its interval over films and the rule
    that it passes or fails.
    """
    with sentences():
        if split not in _SPLITS:
            raise fail("--split must be train, val, test or all.")
        measured, info = _measure(
            model,
            data,
            siblings=sibling or [],
            split=split,
            films=0 if only_by_row else films,
            method=method,
            seed=seed,
            cache=cache_of(cache, no_cache=no_cache),
        )
        if as_json:
            typer.echo(json.dumps(_plain(measured, info), indent=2))
        else:
            _print(measured, info)
        if not no_save:
            write_audit(info.path, measured, sha256=info.sha256)
            typer.echo(f"Wrote {printable(info.name)}/{AUDIT}", err=True)


def audit_finished(folder: Path, films: "Films", data: str, *, split: str) -> tuple[str, ...]:
    """Audit a model that was just trained, and store it in its bundle.

    Args:
        folder: Of the bundle.
        films: Of one split, as the training divided them.
        data: What the source is called.
        split: Which one it is.

    Returns:
        What came out, as sentences.
    """
    import numpy as np  # noqa: PLC0415 - only this command needs it

    from engine.audit import audit as measure  # noqa: PLC0415 - imports torch
    from engine.bundle import load_bundle  # noqa: PLC0415 - the same

    bundle = load_bundle(folder)
    info = bundle.info
    if len(np.unique(films.heights)) > 1 or films.heights[0] != info.input.rows:
        return ("Maps of films that keep their shape are not audited.",)
    source = Path(data)
    measured = measure(
        _subject(bundle),
        _sample(films, source, split=split, films=_FILMS, seed=0),
        siblings=[],
        method=info.influence,
        seed=0,
        report=lambda _: None,
    )
    by_row = _by_row(bundle, films, source, split=split, fitted=split == "val", seed=0)
    measured = replace(measured, by_row=by_row)
    write_audit(info.path, measured, sha256=info.sha256)
    word = "passes" if influence_passes(measured) else "does not pass"
    return (
        f"Influence {word} what it needs, on {measured.source}: deletion, random weights.",
        _BY_ROW[by_row_passes(measured)],
    )


def _measure(
    model: str,
    data: Path,
    *,
    siblings: list[str],
    split: str,
    films: int,
    method: InfluenceMethod | None,
    seed: int,
    cache: Path | None,
) -> tuple[Audit, ModelInfo]:
    from engine.audit import audit as measure  # noqa: PLC0415 - imports torch
    from engine.bundle import load_bundle  # noqa: PLC0415 - the same
    from engine.device import choose_device  # noqa: PLC0415 - the same

    device, _ = choose_device()
    bundle = load_bundle(model, device)
    info = bundle.info
    others = [_sibling(load_bundle(name, device), info) for name in siblings]
    chosen = _chosen(info, data, split=split, cache=cache)
    measured = read_audit(info.path) if not films else None
    if films:
        measured = measure(
            _subject(bundle),
            _sample(chosen.films, data, split=split, films=films, seed=seed),
            siblings=others,
            method=method or info.influence,
            seed=seed,
            report=tell,
        )
    elif measured is None:
        measured = Audit(method or info.influence, _source(chosen.films, data, split), seed)
    fitted = split == "val" and not chosen.whole
    by_row = _by_row(bundle, chosen.films, data, split=split, fitted=fitted, seed=seed)
    return replace(measured, by_row=by_row), info


def _by_row(
    bundle: "Bundle", films: "Films", data: Path, *, split: str, fitted: bool, seed: int
) -> RowCalibration:
    """The answer by row, on all films of the split, or on 5,000 of them."""
    import numpy as np  # noqa: PLC0415 - only this command needs it

    from engine.audit import Prefixes, prefix_answers, row_calibration  # noqa: PLC0415 - torch

    source = _source(films, data, split)
    if len(films) > _BY_ROW_FILMS:
        films = films.take(np.random.default_rng(seed).permutation(len(films))[:_BY_ROW_FILMS])
        source = f"{len(films):,} of {source}"
    tell(f"{len(films):,} films: answer by row")
    given = Prefixes(
        prefix_answers(bundle.network, films.rows[: len(films)]),
        films.labels,
        films.patients,
        source,
        fitted=fitted,
    )
    return row_calibration(
        given,
        bundle.by_row,
        key=prefixes_hash(bundle.by_row),
        balanced=len(bundle.info.classes) == 2,
        positive=bundle.info.positive,
        seed=seed,
    )


def _subject(bundle: "Bundle") -> "Subject":
    from engine.audit import Subject  # noqa: PLC0415 - imports torch

    return Subject(bundle.network, bundle.statistics, bundle.info.positive)


def _sibling(bundle: "Bundle", info: ModelInfo) -> "Subject":
    other = bundle.info
    if (other.input, other.steps, other.classes) != (info.input, info.steps, info.classes):
        raise BundleError(
            "{other} is no sibling of {info}: it reads or answers something else.",
            "bundle",
            other=other.name,
            info=info.name,
        )
    if other.sha256 == info.sha256:
        raise BundleError(
            "{other} has the weights of {info}; name one of another seed.",
            "bundle",
            other=other.name,
            info=info.name,
        )
    return _subject(bundle)


def _chosen(info: ModelInfo, data: Path, *, split: str, cache: Path | None) -> "Chosen":
    import numpy as np  # noqa: PLC0415 - only this command needs it

    from engine.training.evaluate import choose_films  # noqa: PLC0415 - imports torch

    chosen = choose_films(info, data, split=split, cache=cache, report=tell)
    found = chosen.films
    if len(np.unique(found.heights)) > 1 or found.heights[0] != info.input.rows:
        raise DataError(
            "{data}: the audit needs films of {rows} model rows each; the maps of"
            " other heights are not audited.",
            "data",
            data=data.name,
            rows=info.input.rows,
        )
    return chosen


def _sample(found: "Films", data: Path, *, split: str, films: int, seed: int) -> "Sample":
    import numpy as np  # noqa: PLC0415 - only this command needs it

    from engine.audit import Sample  # noqa: PLC0415 - imports torch

    chosen = np.random.default_rng(seed).permutation(len(found))[:films]
    source = _source(found, data, split)
    if len(chosen) < len(found):
        source = f"{len(chosen):,} of {source}"
    return Sample(found.rows[chosen], found.findings[chosen], source)


def _source(found: "Films", data: Path, split: str) -> str:
    """The films in words, for example "784 val films of chest.tar"."""
    kind = f"{split} " if set(found.splits) == {split} else ""  # some data have no splits
    return f"{len(found):,} {kind}films of {data.name}"


def _plain(measured: Audit, info: ModelInfo) -> dict[str, Any]:
    judged = [asdict(line) for line in verdicts(measured)]
    about = {"model": info.name, "sha256": info.sha256, "passes": influence_passes(measured)}
    about |= {"by_row_passes": by_row_passes(measured)}
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
    console.print(_BY_ROW[by_row_passes(measured)])
