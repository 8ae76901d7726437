"""Options that more than one command has, and what they come to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from engine.cli.console import fail

if TYPE_CHECKING:
    from engine.training.loop.run import DeviceChoice

_SPLITS = ("train", "val", "test", "all")


def _split(name: str) -> str:
    if name not in _SPLITS:
        raise fail("--split must be train, val, test or all.")
    return name


Model = Annotated[str, typer.Argument(help="Name or folder of a model.")]
ChangedModel = Annotated[str, typer.Argument(help="Name or folder of a model; it is changed.")]
RecipeFile = Annotated[Path, typer.Argument(help="Recipe, a TOML file.")]
FilmSource = Annotated[
    Path, typer.Argument(help="Folder, table (CSV, Parquet), tar file or npz file of films.")
]
OwnFilms = Annotated[Path, typer.Argument(help="The films that it was trained on.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Cache = Annotated[
    Path | None,
    typer.Option(envvar="ROWSCOPE_CACHE", help="Folder in which films are kept once read."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep no films.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", help="KEY=VALUE instead of the recipe's; repeatable."),
]
SplitName = Annotated[str, typer.Option(help="train, val, test, or all.", callback=_split)]
Device = Annotated[str, typer.Option(help="auto, cpu or cuda.")]
Threads = Annotated[int, typer.Option(min=1, help="CPU threads.")]


def cache_of(cache: Path | None, *, no_cache: bool) -> Path | None:
    """Where films are kept: the folder that was named, or the user's own; None keeps none."""
    from engine.training.data import default_cache  # noqa: PLC0415 - imports torch

    return None if no_cache else cache or default_cache()


def device_of(name: str) -> "DeviceChoice":
    """The device of an option, or a sentence that names the three."""
    if name in {"auto", "cpu", "cuda"}:
        return cast("DeviceChoice", name)
    raise fail("--device must be auto, cpu or cuda.")
