"""Ways to open films and models: dialogs, drops, the command line; and what is remembered."""

from pathlib import Path
from typing import Final

from platformdirs import user_cache_dir
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.types import ModelInfo
from viewer.kit.language import tr
from viewer.session.choices import Message
from viewer.session.session import Session
from viewer.session.settings import Settings

DEMO_MODEL: Final = "phantom-opacity"


class Opening:
    """Asks for paths, and hands them to the session.

    Args:
        session: Opens them.
        settings: Know the folders that were opened last.
        window: Parent of the dialogs.
    """

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        self._session, self._settings, self._window = session, settings, window
        settings.answering = session.answering

    def open(self, paths: tuple[Path, ...]) -> None:
        """Open files and folders; a folder that is a bundle as a model."""
        if paths:
            self._settings.folder = paths[0].parent
            for path in reversed(paths):
                self._settings.remember(path)
            self._session.open(paths)

    def drop(self, mime: QMimeData) -> None:
        """Open what was dropped; of addresses of the web one sentence says that they are not."""
        self.open(tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()))
        if any(not url.isLocalFile() for url in mime.urls()):
            words = tr("Rowscope opens nothing from the web: save the files here, then drop them.")
            self._session.message.emit(Message(words, "warning"))

    def ask_for_films(self) -> None:
        """Let the user pick files, whatever their names end in."""
        folder = str(self._settings.folder)
        chosen, _ = QFileDialog.getOpenFileNames(self._window, tr("Open films"), folder)
        self.open(tuple(Path(name) for name in chosen))

    def ask_for_folder(self) -> None:
        """Let the user pick a folder; every image in it is listed."""
        folder = str(self._settings.folder)
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Open a folder"), folder)
        self.open((Path(chosen),) if chosen else ())

    def ask_for_model(self) -> None:
        """Let the user pick the folder of a model, and read with it."""
        folder = str(self._settings.model_folder)
        title = tr("Open a model: the folder that a training wrote")
        chosen = QFileDialog.getExistingDirectory(self._window, title, folder)
        if chosen:
            self._settings.model_folder = Path(chosen).parent
            self._session.models.open(Path(chosen))

    def open_demo(self) -> None:
        """Draw the demo study once, open it, and read it with the model that it is for."""
        models = self._session.models
        if any(model.name == DEMO_MODEL for model in models.all):
            models.choose_named(DEMO_MODEL)
        self._session.open_demo(Path(user_cache_dir("rowscope"), "demo"))

    def remember(self, model: ModelInfo) -> None:
        """Start with this model the next time, as the reader chose it in the window.

        One that a command line names for once is not remembered.
        """
        own = model in self._session.models.own
        self._settings.model = str(model.path) if own else model.name
        if own:
            self._settings.remember_model(model.path)
