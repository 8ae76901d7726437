"""What the program remembers between two starts: typed, and nothing about any patient."""

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from collections.abc import Callable

OWN_MODELS = 5  # that are listed again at the next start


class Memory:
    """Keeps settings for one run, where QSettings would need a file.

    The null device is none: QSettings puts a file in its place, where it is allowed to.
    """

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def value(self, key: str, default: object) -> object:
        """What was stored under a key."""
        return self._values.get(key, default)

    def setValue(self, key: str, value: object) -> None:
        """Store a value, under QSettings' name for it."""
        self._values[key] = value

    def sync(self) -> None:
        """There is nowhere to write to."""


class Settings:
    """A typed face for QSettings.

    Args:
        store: Where to keep them; the user's own place by default, a file in tests.
    """

    def __init__(self, store: QSettings | Memory | None = None) -> None:
        self._store = store or QSettings("Rowscope", "Rowscope")
        # A share that hangs would hold the window: whoever knows shares may say which to ask.
        self.answering: Callable[[Path], bool] = lambda _folder: True

    def keep(self) -> None:
        """Write what was stored now, and not when the program ends."""
        self._store.sync()

    @property
    def model(self) -> str:
        """The model chosen last: a name, or the folder of one's own; empty at the first start."""
        return str(self._store.value("model", ""))

    @model.setter
    def model(self, name: str) -> None:
        self._store.setValue("model", name)

    @property
    def language(self) -> str:
        """Of the window's words, for example "en"; the environment's ROWSCOPE_LANGUAGE first."""
        return os.environ.get("ROWSCOPE_LANGUAGE") or str(self._store.value("language", "en"))

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def theme(self) -> str:
        """Name of the colours: "dark" or "light"."""
        return str(self._store.value("theme", "dark"))

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def call_first(self) -> bool:
        """Whether the reader's own call comes before the model's answer."""
        return str(self._store.value("call_first", "no")) == "yes"

    @call_first.setter
    def call_first(self, on: bool) -> None:
        self._store.setValue("call_first", "yes" if on else "no")

    @property
    def reader(self) -> str:
        """The code by which the reader's calls are known; no name of a patient."""
        return str(self._store.value("reader", "R1"))[:32] or "R1"

    @reader.setter
    def reader(self, code: str) -> None:
        self._store.setValue("reader", code)

    @property
    def strength(self) -> float:
        """Strength of the maps, 0…1."""
        try:
            value = float(str(self._store.value("strength", 0.7)))
        except ValueError:
            return 0.7
        return min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.7

    @strength.setter
    def strength(self, value: float) -> None:
        self._store.setValue("strength", value)

    @property
    def folder(self) -> Path:
        """Where the file dialog opens: the folder, never a file's name."""
        return self._folder("folder")

    @folder.setter
    def folder(self, path: Path) -> None:
        self._store.setValue("folder", str(path))

    @property
    def model_folder(self) -> Path:
        """Where the dialog for models opens: the folder that held the one opened last."""
        return self._folder("model_folder")

    @model_folder.setter
    def model_folder(self, path: Path) -> None:
        self._store.setValue("model_folder", str(path))

    @property
    def own_models(self) -> tuple[Path, ...]:
        """Folders of the models of their own that the reader used, the latest first."""
        stored = self._store.value("own_models", [])
        texts = stored if isinstance(stored, list) else [stored]
        paths = [Path(text) for text in texts if isinstance(text, str)]
        return tuple(path for path in paths if path.is_absolute())[:OWN_MODELS]

    def remember_model(self, folder: Path) -> None:
        """Put a model's folder before the others; the oldest go."""
        others = [path for path in self.own_models if path != folder]
        self._store.setValue("own_models", [str(path) for path in (folder, *others)][:OWN_MODELS])

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt packs it; empty at the first start."""
        value = self._store.value("geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, packed: QByteArray) -> None:
        self._store.setValue("geometry", packed)

    def _folder(self, key: str) -> Path:
        stored = Path(str(self._store.value(key, "")))
        try:
            known = str(stored) != "." and self.answering(stored) and stored.is_dir()
        except OSError:  # a name too long, a folder that may not be looked into
            known = False
        return stored if known else Path.home()
