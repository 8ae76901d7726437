"""`phantoms`: draw chest films with known truth, to train with, to test with, to show."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from engine.cli.console import fail, sentences


def phantoms(
    output: Annotated[Path, typer.Argument(help="Folder to write into.")],
    *,
    count: Annotated[int, typer.Option(min=1, help="Number of films.")] = 10,
    rows: Annotated[int, typer.Option(min=16, max=4096, help="Rows and columns.")] = 1024,
    opacity_share: Annotated[
        float, typer.Option(min=0, max=1, help="Share of films with an opacity.")
    ] = 0.5,
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
            )
            written = sum(1 for _ in write_dataset(output, plan, processes=jobs))
    typer.echo(f"Wrote {written} films to {output}")


def _shares(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise fail(f"--split {text} is not a list of shares such as 0.8,0.1,0.1.") from None
