"""`tune`: many recipes, or one as it is, on films that each was not trained on."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from engine.cli.options import (
    Cache,
    Changes,
    Device,
    FilmSource,
    NoCache,
    RecipeFile,
    TrainingProgress,
    cache_of,
    device_of,
    fail,
    print_results,
    sentences,
    stoppable,
)


def tune(
    recipe: RecipeFile,
    data: FilmSource,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the tuning.")],
    grid: Annotated[
        list[str] | None,
        typer.Option(help="KEY=V1,V2,… to try, such as network.cell=gru,lstm; repeatable."),
    ] = None,
    search: Annotated[
        list[str] | None,
        typer.Option(help="KEY=low..high[:log] to search in with Optuna's TPE; repeatable."),
    ] = None,
    space: Annotated[
        Path | None, typer.Option(help="TOML file with tables `grid` and `search`.")
    ] = None,
    trials: Annotated[
        int | None, typer.Option(min=1, help="Most combinations; a whole grid, or 30 of a search.")
    ] = None,
    crossvalidate: Annotated[
        bool, typer.Option("--crossvalidate", help="Choose nothing: the recipe as it is, by fold.")
    ] = False,
    model: Annotated[
        str | None, typer.Option(help="Model of this recipe whose results shall tell its folds.")
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Folds of the cross-validation.")] = 5,
    blocks: Annotated[
        bool, typer.Option("--blocks", help="Folds of neighbouring patients: harder, more honest.")
    ] = False,
    score: Annotated[
        str | None, typer.Option(help="auc, macro-auc or accuracy, instead of the recipe's own.")
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Give up what lies below the median after a fold.")
    ] = False,
    best: Annotated[
        bool, typer.Option("--best", help="Take the best, not the smallest that is as good.")
    ] = False,
    no_refit: Annotated[
        bool, typer.Option("--no-refit", help="Choose only; train nothing on all films.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes on this machine.")] = 1,
    threads: Annotated[
        int | None, typer.Option(min=1, help="CPU threads of each; together all processors.")
    ] = None,
    device: Device = "auto",
    cache: Cache = None,
    no_cache: NoCache = False,
    changes: Changes = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")] = None,
) -> None:
    """Choose a recipe's values by cross-validation by patient; test films are not read.

    The same command goes on where it was stopped. Given on several machines for one shared
    folder, it shares the work. Without --grid, --search and --space: hidden sizes of two to three
    times what a step reads, one and two layers, GRU and LSTM, read-outs mean and last, bands of
    one and two rows, three learning rates. With --crossvalidate it says what the recipe achieves
    as it is, fold by fold.
    """
    goes_on = stoppable("Stopped. The same command goes on from here.")
    with sentences(), TrainingProgress() as progress, goes_on:
        if find_spec("optuna") is None:
            raise fail("Tuning needs Optuna: pip install 'rowscope[train]'.")
        from engine.tuning import (  # noqa: PLC0415 - imports torch
            Wishes,
            crossvalidate as measure,
            tune as choose,
        )

        wishes = Wishes(folds, blocks, trials, score, prune, smallest=not best)
        changes = [*(changes or []), *([] if seed is None else [f"training.seed={seed}"])]
        means: dict[str, Any] = {
            "output": output,
            "wishes": wishes,
            "changes": changes,
            "workers": workers,
            "threads": threads,
            "device": device_of(device),
            "cache": cache_of(cache, no_cache=no_cache),
            "report": progress.saying(typer.echo),
            "console": Console(),
        }
        if crossvalidate:
            found = measure(recipe, data, model=model, **means)
            print_results(f"{recipe.stem}: {folds} folds of {data.name}", found)
            return
        tuned = choose(
            recipe,
            data,
            grid=grid or (),
            search=search or (),
            space=space,
            refit=not no_refit,
            listener=progress,
            **means,
        )
    if no_refit:
        return
    if tuned.info is None:
        typer.echo("The chosen recipe was trained by another process, or is being trained.")
    else:
        info = tuned.info
        typer.echo(f"{info.title} — {output / info.name}. No test film was read; test it once.")
