"""The command that opens the window of the model."""

from functools import partial
from typing import TYPE_CHECKING, Final

from viewer.commanding.menus import MAPS, Command
from viewer.commanding.taking_menu import join_pane
from viewer.kit.language import tr

if TYPE_CHECKING:
    from engine.types import ModelInfo
    from viewer.window import MainWindow

PAGES: Final = ("architecture", "weights", "training", "audit", "card")


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """The model that reads."""
    return (Command(MAPS, tr("The model…"), ("F4",), lambda: opened(window), "model.show"),)


def opened(window: "MainWindow", page: str = "", model: "ModelInfo | None" = None) -> object:
    """Open it; see `viewer.commanding.model_dialog.show_model`."""
    from viewer.commanding.model_dialog import show_model  # noqa: PLC0415 - weights are read there

    return show_model(window, page, model, offer=partial(join_pane, window))
