"""What the program remembers between two starts: typed, and nothing about any patient."""

import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from platformdirs import user_config_dir
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

OWN_MODELS = 5  # that are listed again at the next start
RECENT: Final = 10  # paths that are listed again, if the reader wants that
WHEELS: Final = ("scroll", "zoom")
SCALES: Final = (0, 100, 125, 150, 175, 200)  # percent that may be chosen; 0: as the system
MEMORY: Final = (256, 512, 1024, 2048, 4096, 8192)  # MB of decoded pixels that may be chosen


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


class Switch:
    """A setting that is on or off; it is told when it changes.

    Args:
        on: At the first start.
    """

    def __init__(self, *, on: bool = False) -> None:
        self._on, self._key = on, ""

    def __set_name__(self, _owner: type, name: str) -> None:
        """Keep it under its own name."""
        self._key = name

    def __get__(self, settings: Any, _owner: type) -> bool:  # noqa: ANN401 - of the class below
        """Whether it is on; what is no such word counts as the first start."""
        stored = str(settings.stored(self._key, self._on)).lower()
        return {"true": True, "false": False}.get(stored, self._on)

    def __set__(self, settings: Any, on: bool) -> None:  # noqa: ANN401, FBT001 - as an attribute
        """Turn it on or off."""
        if bool(on) != self.__get__(settings, type(settings)):
            settings.put(self._key, bool(on))


class Choice:
    """A setting that is one of a few values, the first at the first start."""

    def __init__(self, first: Any, among: tuple[Any, ...]) -> None:  # noqa: ANN401 - texts, numbers
        self._first, self._among, self._key = first, among, ""

    def __set_name__(self, _owner: type, name: str) -> None:
        """Keep it under its own name."""
        self._key = name

    def __get__(self, settings: Any, _owner: type) -> Any:  # noqa: ANN401
        """The one that was chosen; what is none of them counts as the first start."""
        stored = str(settings.stored(self._key, self._first))
        return next((one for one in self._among if str(one) == stored), self._first)

    def __set__(self, settings: Any, value: Any) -> None:  # noqa: ANN401
        """Choose another one.

        Raises:
            ValueError: It is none of them.
        """
        if value not in self._among:
            raise ValueError(value)
        if value != self.__get__(settings, type(settings)):
            settings.put(self._key, value)


class Settings(QObject):
    """A typed face for QSettings.

    Attributes:
        wheel: What the wheel does over a series: "scroll" or "zoom".
        smooth: Whether enlarged pixels are smoothed.
        scale: Percent at which everything is drawn from the next start; 0 is as the system has it.
        memory: Megabytes of decoded pixels that are kept.
        keep_recent: Whether paths that were opened are listed again; their names may be those of
            patients, so that only the reader can turn it on.
        call_first: Whether results stay hidden until the reader has recorded a call.
        hangs: Whether films are laid out by the hanging rules.

    Args:
        store: Where to keep them; the user's own place by default, a file in tests.
    """

    changed = Signal(str)  # name of a setting that is another one now

    wheel = Choice("scroll", WHEELS)
    smooth = Switch(on=True)
    scale = Choice(0, SCALES)
    memory = Choice(1024, MEMORY)
    keep_recent = Switch()
    call_first = Switch()
    hangs = Switch(on=True)

    def __init__(self, store: QSettings | Memory | None = None) -> None:
        super().__init__()
        self._store = store or QSettings("Rowscope", "Rowscope")
        # A share that hangs would hold the window: whoever knows shares may say which to ask.
        self.answering: Callable[[Path], bool] = lambda _folder: True

    def keep(self) -> None:
        """Write what was stored now, and not when the program ends."""
        self._store.sync()

    def stored(self, key: str, first: object) -> object:
        """What was stored under a key; at the first start another value."""
        return self._store.value(key, first)

    def put(self, key: str, value: object) -> None:
        """Store a value and tell it."""
        self._store.setValue(key, value)
        if key == "keep_recent" and not value:
            self._store.setValue("recent", [])
        self.changed.emit(key)

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys that the reader has given to commands, by their codes; all others are ours."""
        try:
            found = json.loads(str(self._store.value("keys", "{}")))
        except ValueError:
            return {}
        lists = found.items() if isinstance(found, dict) else ()
        return {code: tuple(keys) for code, keys in lists if _are_texts(keys)}

    @keys.setter
    def keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.put("keys", json.dumps({code: list(own) for code, own in keys.items()}))

    @property
    def recent(self) -> tuple[Path, ...]:
        """What was opened last, if the reader wants it to be remembered; the latest first."""
        stored = self._store.value("recent", []) if self.keep_recent else []
        texts = stored if isinstance(stored, list) else [stored]
        paths = (Path(text) for text in texts if isinstance(text, str))
        return tuple(path for path in paths if path.is_absolute())[:RECENT]

    def remember(self, path: Path) -> None:
        """Put a path before the others, if the reader wants it to be remembered."""
        if self.keep_recent:
            others = [one for one in self.recent if one != path]
            self.put("recent", [str(one) for one in (path.absolute(), *others)][:RECENT])

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
        self.put("language", code)

    @property
    def theme(self) -> str:
        """Name of the colours: "dark" or "light"."""
        return str(self._store.value("theme", "dark"))

    @theme.setter
    def theme(self, name: str) -> None:
        self.put("theme", name)

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
    def export_folder(self) -> Path:
        """Where the dialog for exports opens: the folder of the last one, never its name."""
        return self._folder("export_folder")

    @export_folder.setter
    def export_folder(self, path: Path) -> None:
        self._store.setValue("export_folder", str(path))

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
    def own_folder(self) -> Path:
        """Where files of the reader's own lie, such as his hanging rules; may not be there.

        The same as that of his windows (`engine.imaging`).
        """
        folder = os.environ.get("ROWSCOPE_CONFIG") or user_config_dir("rowscope", appauthor=False)
        return Path(folder)

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


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)
