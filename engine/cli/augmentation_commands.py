"""`augmentations`: a picture of what training does to its films."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import sentences
from engine.cli.training_options import Cache, Changes, FilmSource, NoCache, cache_of


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(augmentations)


def augmentations(
    recipe: Annotated[Path, typer.Argument(help="Recipe, a TOML file.")],
    data: FilmSource,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .png, .svg or .pdf file.")],
    changes: Changes = None,
    count: Annotated[int, typer.Option(min=1, max=24, help="Films in a line.")] = 8,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Draw some training films under each random change of a recipe, and under all of them."""
    with sentences():
        from engine.training.augmentation_picture import (  # noqa: PLC0415 - imports torch
            draw_augmentations,
        )
        from engine.training.data import divide, layout_of, read_films  # noqa: PLC0415 - the same
        from engine.training.recipe import read_recipe  # noqa: PLC0415 - the same

        plan = read_recipe(recipe, changes or [])
        kept = cache_of(cache, no_cache=no_cache)
        films = read_films(data, layout_of(plan), report=typer.echo, cache=kept)
        films = divide(films, plan.data, seed=plan.division_seed)
        draw_augmentations(films, plan, output, count=count)
    typer.echo(f"The picture is in {output}.")
