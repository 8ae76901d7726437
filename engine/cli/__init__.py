"""The command line `rowscope-engine`: everything the engine does, without a window.

Commands parse, ask the engine, and print. Heavy modules load inside them, so that help and lists
answer at once.
"""

from collections.abc import Callable
from typing import Annotated

import typer

from engine import __version__
from engine.cli.audits import audit, pointing
from engine.cli.changing import whatif
from engine.cli.compare import compare
from engine.cli.evaluation import abstentions, card, evaluate
from engine.cli.index import index
from engine.cli.info import info
from engine.cli.make import admission, export, fit_by_row, fit_trust, note_films, phantoms
from engine.cli.memory import memory
from engine.cli.read import continue_film, horizon, models, predict, trace
from engine.cli.train import recipe, train
from engine.cli.tune import tune

_ABOUT = "Read medical images row by row with a recurrent network. Research use only."
_GROUPS: dict[str, tuple[Callable[..., None], ...]] = {
    "Read films": (predict, trace, whatif, compare, info, audit),
    "Find films": (index,),
    "Make models": (recipe, train, tune, evaluate, phantoms),
}
_MODEL_GROUPS: dict[str, dict[str, Callable[..., None]]] = {
    "Look into a model": {
        "list": models,
        "horizon": horizon,
        "memory": memory,
        "continue": continue_film,
        "abstentions": abstentions,
        "pointing": pointing,
        "export": export,
    },
    "Add to a model": {
        "card": card,
        "fit-trust": fit_trust,
        "fit-by-row": fit_by_row,
        "admission": admission,
        "note-films": note_films,
    },
}


def _group(name: str, about: str) -> typer.Typer:
    return typer.Typer(
        name=name,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
    )


app = _group("rowscope-engine", _ABOUT)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the signature that typer calls
    if wanted:
        typer.echo(f"rowscope {__version__}")
        raise typer.Exit


@app.callback(help=_ABOUT)
def _common(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and end."
        ),
    ] = False,
) -> None: ...


for _panel, _commands in _GROUPS.items():
    for _one in _commands:
        app.command(rich_help_panel=_panel)(_one)
model = _group("model", "Look into a model, and add to one that was trained.")
for _panel, _named in _MODEL_GROUPS.items():
    for _name, _command in _named.items():
        model.command(_name, rich_help_panel=_panel)(_command)
app.add_typer(model, rich_help_panel="Make models")
