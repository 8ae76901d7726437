"""Commands that write files: ONNX, phantoms, parts of a bundle."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from engine.cli.options import (
    Cache,
    ChangedModel,
    Model,
    NoCache,
    OwnFilms,
    Threads,
    cache_of,
    fail,
    print_results,
    printable,
    sentences,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.runtime import ExportComparison


# --------------------------------------------------------------------------- model export
# `model export`: a model as an ONNX file for other programs, and how much it lost on the way.


def export(
    model: Model,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, .onnx.")],
    int8: Annotated[
        bool, typer.Option("--int8", help="Store recurrent weights in eight bits.")
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(help="Folder, tar or npz file of films to compare on; else phantoms."),
    ] = None,
) -> None:
    """Write a model as an ONNX file, and compare it with the network that it was made of.

    The file reads rows (N,M,W) and lengths (N,), and gives logits, probabilities, by_row and h
    for every film. Its metadata_props say what it is. Research use only.
    """
    with sentences():
        from engine.evaluation import export as write  # noqa: PLC0415 - imports torch and onnx

        found = write(model, output, int8=int8, data=data)
    on = f"films of {data.name}" if data else "phantoms: only the differences count"
    _print(found.compared, printable(f"{output.name} on {found.films} {on}"))
    if found.arithmetic:
        typer.echo(found.arithmetic)


def _print(compared: "Sequence[ExportComparison]", title: str) -> None:
    head: tuple[str, ...] = (
        "read by",
        "file",
        "time / torch",
        "time / float32",
        "largest Δp",
        "changed",
    )
    labelled = compared[0].accuracy is not None
    head += ("accuracy",) if labelled else ()
    table = Table(*head, title=title, title_justify="left", box=None)
    for one in compared:
        size = "" if one.size is None else f"{one.size / 1000:,.0f} kB"
        cells = [one.name, size, f"{one.to_first:.2f}", f"{one.to_second:.2f}"]
        cells += [f"{one.difference:.1e}", f"{one.changed:.2%}"]
        table.add_row(*cells, *([f"{one.accuracy:.4f}"] if one.accuracy is not None else []))
    Console().print(table)


# ------------------------------------------------------------------------------- phantoms
# `phantoms`: draw chest films with known truth, to train with, to test with, to show.


def phantoms(
    output: Annotated[Path, typer.Argument(help="Folder to write into.")],
    *,
    count: Annotated[int, typer.Option(min=1, help="Number of films.")] = 10,
    rows: Annotated[int, typer.Option(min=16, max=4096, help="Rows and columns.")] = 1024,
    opacity_share: Annotated[
        float, typer.Option(min=0, max=1, help="Share of films with an opacity.")
    ] = 0.5,
    opacities: Annotated[
        str,
        typer.Option(
            help="Least and most opacities of a film, such as 0-4, each of known size and"
            " contrast; their boxes are in boxes.csv."
        ),
    ] = "",
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first film.")] = 0,
    file_format: Annotated[
        Literal["png", "dicom"], typer.Option("--format", help="16-bit PNG, or DICOM.")
    ] = "png",
    by_class: Annotated[
        bool, typer.Option("--by-class", help="Sort into folders normal and opacity.")
    ] = False,
    split: Annotated[
        str, typer.Option(help="Shares of train, val and test, such as 0.8,0.1,0.1.")
    ] = "",
    masks: Annotated[
        bool, typer.Option("--masks", help="Also write where opacities lie, in a folder masks.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that draw.")] = 1,
    demo: Annotated[bool, typer.Option("--demo", help="Write the demo study instead.")] = False,
) -> None:
    """Draw chest films from attenuation, with their truth in truth.csv. They show nobody."""
    from engine.phantoms import (  # noqa: PLC0415 - pydicom, which help need not wait for
        DatasetPlan,
        demo_study,
        write_dataset,
    )

    with sentences():
        if demo:
            written = len(demo_study(output))
        else:
            plan = DatasetPlan(
                count,
                rows,
                opacity_share=opacity_share,
                seed=seed,
                file_format=file_format,
                by_class=by_class,
                split=_shares(split),
                opacities=_ends(opacities) if opacities else None,
                masks=masks,
            )
            written = sum(1 for _ in write_dataset(output, plan, processes=jobs))
    typer.echo(f"Wrote {written} films to {output}")


def _ends(text: str) -> tuple[int, int]:
    least, _, most = text.partition("-")
    try:
        return int(least), int(most or least)
    except ValueError:
        raise fail(f"--opacities {text} is not a range such as 0-4.") from None


def _shares(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise fail(f"--split {text} is not a list of shares such as 0.8,0.1,0.1.") from None


# -------------------------------------------------------------- what is added to a bundle
# `model fit-trust` and its neighbours: what is added while the network stays.


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

        from engine.recipe import read_recipe  # noqa: PLC0415 - only this command
        from engine.training import add_trust  # noqa: PLC0415 - imports torch

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

        from engine.training import add_by_row  # noqa: PLC0415 - imports torch

        torch.set_num_threads(threads)
        kept = cache_of(cache, no_cache=no_cache)
        info = add_by_row(model, data, cache=kept, report=typer.echo)
    typer.echo(f"Wrote the calibration by row of {printable(info.name)}; audit it now.")


def admission(
    model: ChangedModel,
    recipe: Annotated[Path, typer.Argument(help="Recipe; its table [trust] names another model.")],
) -> None:
    """Change which other model says first what a film shows, and what it must say.

    Only `admission`, `accepts` and `least` are taken; everything else, the weights too, stays.
    """
    with sentences():
        from engine.recipe import read_recipe  # noqa: PLC0415 - only this command
        from engine.training import set_admission as change  # noqa: PLC0415 - torch

        plan = read_recipe(recipe).trust
        if plan is None:
            raise fail(f"{printable(recipe.name)} has no table [trust].")
        info = change(model, plan)
    if not plan.admission:
        typer.echo(f"{printable(info.name)} asks no admission check now.")
        return
    names = " or ".join(f"“{printable(name)}”" for name in plan.accepts)
    typer.echo(
        f"{printable(info.name)} now asks {printable(plan.admission)}: {names}"
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
        from engine.training import note_films as note  # noqa: PLC0415 - imports torch

        kept = cache_of(cache, no_cache=no_cache)
        info = note(model, data, cache=kept, report=typer.echo)
    typer.echo(f"{printable(info.name)} keeps its films now.")
