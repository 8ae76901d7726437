"""The command line `rowscope-engine`: everything the engine does, without a window.

A command group is a module with `register(app)`. Heavy modules load inside the commands, so that
help and lists answer at once.
"""

from typing import Annotated

import typer

from engine import __version__
from engine.cli import (
    abstention_commands,
    audit_commands,
    augmentation_commands,
    compare_commands,
    evaluate_commands,
    export_commands,
    forecast_commands,
    info_commands,
    network_commands,
    phantom_commands,
    read_commands,
    recipe_commands,
    train_commands,
    trust_commands,
    tune_commands,
)

app = typer.Typer(
    name="rowscope-engine",
    help="Read medical images row by row with a recurrent network. Research use only.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the signature that typer calls
    if wanted:
        typer.echo(f"rowscope {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and end."
        ),
    ] = False,
) -> None:
    """Read medical images row by row with a recurrent network. Research use only."""


for commands in (
    read_commands,
    info_commands,
    forecast_commands,
    recipe_commands,
    train_commands,
    evaluate_commands,
    compare_commands,
    tune_commands,
    augmentation_commands,
    trust_commands,
    abstention_commands,
    audit_commands,
    phantom_commands,
    network_commands,
    export_commands,
):
    commands.register(app)
