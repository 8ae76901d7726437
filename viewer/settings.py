"""What the program remembers between two starts: typed, and nothing about any patient."""

import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class Settings:
    """A typed face for QSettings.

    Args:
        store: Where to keep them; the user's own place by default, a file in tests.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("Rowscope", "Rowscope")

    @property
    def model(self) -> str:
        """Name of the model chosen last; empty at the first start."""
        return str(self._store.value("model", ""))

    @model.setter
    def model(self, name: str) -> None:
        self._store.setValue("model", name)

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
        stored = Path(str(self._store.value("folder", "")))
        try:
            known = str(stored) != "." and stored.is_dir()
        except OSError:  # a name too long, a folder that may not be looked into
            known = False
        return stored if known else Path.home()

    @folder.setter
    def folder(self, path: Path) -> None:
        self._store.setValue("folder", str(path))

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt packs it; empty at the first start."""
        value = self._store.value("geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, packed: QByteArray) -> None:
        self._store.setValue("geometry", packed)
