"""`model fit-trust` and its neighbours: what is added while the network stays."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import fail, print_results, printable, sentences
from engine.cli.training_options import (
    Cache,
    ChangedModel,
    Model,
    NoCache,
    OwnFilms,
    Threads,
    cache_of,
)


def fit_trust(
    model: Model,
    data: OwnFilms,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")],
    recipe: Annotated[
        Path | None,
        typer.Option(help="Recipe whose table [trust] is used, instead of the model's own."),
    ] = None,
    threads: Threads = 1,
) -> None:
    """Fit interval, prediction set, forecaster and guard to a model that was trained before.

    The network stays as it is. The films are divided as at its training; limits are set on the
    validation films, and the test films are left alone.
    """
    with sentences():
        import torch  # noqa: PLC0415 - half a second that help and errors need not wait for

        from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command
        from engine.training.trust_bundle import add_trust  # noqa: PLC0415 - imports torch

        torch.set_num_threads(threads)
        plan = read_recipe(recipe).trust if recipe else None
        info = add_trust(model, data, output=output, plan=plan, report=typer.echo)
    print_results(f"{info.title} — {output}", info.results)


def fit_by_row(
    model: ChangedModel,
    data: OwnFilms,
    *,
    cache: Cache = None,
    no_cache: NoCache = False,
    threads: Threads = 1,
) -> None:
    """Calibrate a model's answer by row on its validation films, and write it into its metadata.

    Weights and final answers stay as they are, to the byte. `audit` then measures the curve.
    """
    with sentences():
        import torch  # noqa: PLC0415 - half a second that help and errors need not wait for

        from engine.training.prefixes import add_by_row  # noqa: PLC0415 - imports torch

        torch.set_num_threads(threads)
        kept = cache_of(cache, no_cache=no_cache)
        info = add_by_row(model, data, cache=kept, report=typer.echo)
    typer.echo(f"Wrote the calibration by row of {printable(info.name)}; audit it now.")


def admission(
    model: ChangedModel,
    recipe: Annotated[Path, typer.Argument(help="Recipe whose table [trust] names the gate.")],
) -> None:
    """Change which other model says first what a film shows, and what it must say.

    Only `gate`, `accepts` and `least` are taken; everything else, the weights too, stays.
    """
    with sentences():
        from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command
        from engine.training.trust_bundle import set_gate as change  # noqa: PLC0415 - torch

        plan = read_recipe(recipe).trust
        if plan is None:
            raise fail(f"{printable(recipe.name)} has no table [trust].")
        info = change(model, plan)
    if not plan.gate:
        typer.echo(f"{printable(info.name)} asks no gate now.")
        return
    names = " or ".join(f"“{printable(name)}”" for name in plan.accepts)
    typer.echo(
        f"{printable(info.name)} now asks {printable(plan.gate)}: {names}"
        f" at {plan.least:g} or more."
    )


def note_films(
    model: ChangedModel,
    data: OwnFilms,
    *,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Let a model of an earlier version keep which films it was trained on, as digests.

    `evaluate` then tells when it meets them again. The films are held against the model's
    fingerprints first. Weights stay as they are, to the byte.
    """
    with sentences():
        from engine.training.note_films import note_films as note  # noqa: PLC0415 - imports torch

        kept = cache_of(cache, no_cache=no_cache)
        info = note(model, data, cache=kept, report=typer.echo)
    typer.echo(f"{printable(info.name)} keeps its films now.")
