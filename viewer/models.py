"""Which models may read: those that come with the program, and those that the reader opens.

The way of one model: `open` → a thread reads its metadata → `listed` → the inference process
loads and tests it → `ready`, and it is the current one → `taken`. What fails on this way is told
by `refused`, and listed no more. A model is its folder: nothing hinders two from having one name.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import ModelInfo, read_metadata, warm_up
from viewer.worker import Job, Lane, Lanes


class Models(QObject):
    """The list of models, and the one of them that reads.

    Args:
        ours: The program's own, in their order; the first one is the usual one.
        reading: Lanes of threads, for metadata.
        inference: Lane of the process that will read with the model.
    """

    listed = Signal()  # the list is another one
    ready = Signal(object)  # ModelInfo: it passed its tests and becomes the current one
    taken = Signal(object)  # ModelInfo: it reads from now on
    chosen = Signal(object)  # ModelInfo: by the reader, who will want it the next time
    refused = Signal(object, bool)  # BaseException, whether the reader asked for the model

    def __init__(
        self,
        ours: tuple[ModelInfo, ...],
        reading: Lanes,
        *,
        inference: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.ours = ours
        self.current = ours[0] if ours else None
        self._own: dict[Path, ModelInfo] = {}
        self._passed: dict[Path, ModelInfo] = {}
        self._reading, self._inference = reading, inference
        self._wanted: Path | None = None  # the one opened last, until it is ready or refused
        self._starting = False  # the model of the command line is on its way
        self._renewed: ModelInfo | None = None  # read again because its folder has changed

    @property
    def own(self) -> tuple[ModelInfo, ...]:
        """Those that the reader opened, in the order of opening."""
        return tuple(self._own.values())

    @property
    def all(self) -> tuple[ModelInfo, ...]:
        """The program's own, then the reader's."""
        return (*self.ours, *self._own.values())

    def of(self, path: Path) -> ModelInfo | None:
        """The model of a folder, if it is in the list."""
        return next((model for model in self.all if model.path == path), None)

    def after(self, model: ModelInfo) -> ModelInfo:
        """The next one of the list, after the last one the first."""
        paths = [one.path for one in self.all]
        place = paths.index(model.path) + 1 if model.path in paths else 0
        return self.all[place % len(paths)]

    def open(self, model: str | Path, *, asked: bool = True) -> None:
        """Read, list and test a bundle, given by name or folder; `ready` or `refused` follows.

        Args:
            model: Text that is a mere name means the program's own models first.
            asked: Whether the reader waits for it, and wants to know why it cannot be opened.
        """
        failed = partial(self._on_unread, asked=asked)
        job = Job(read_metadata, (model,), partial(self._on_read, asked=asked), failed)
        self._reading.submit(Path(model), job)

    def recall(self, folders: tuple[Path, ...]) -> None:
        """List models of an earlier start again; those that are gone or damaged stay away."""
        for folder in folders:
            job = Job(read_metadata, (folder,), self._on_recalled, self._on_not_recalled)
            self._reading.submit(folder, job)

    def start_with(self, model: str | Path, *, asked: bool) -> None:
        """Let no other model read before this one is there; see `open`."""
        self.current, self._starting = None, True
        self.open(model, asked=asked)

    def choose(self, path: Path) -> None:
        """Read everything that is open with another model of the list, as the reader wants it.

        Args:
            path: The model's folder.
        """
        self._starting = False
        if self._take(path) and self.current is not None:
            self.chosen.emit(self.current)

    def choose_named(self, name: str) -> None:
        """The same with one of the program's own by its name, as a suggestion gives it."""
        found = next((model for model in self.all if model.name == name), None)
        if found is not None:
            self.choose(found.path)

    def choose_next(self) -> None:
        """Read with the next model of the list."""
        if self.current is not None:
            self.choose(self.after(self.current).path)

    def renew(self, now: ModelInfo) -> bool:
        """Read the current model again, whose folder holds another one; whether that is new."""
        new = now != self._renewed
        if new:
            self._renewed = now
            self.open(now.path)
        return new

    def warm_up(self) -> None:
        """Let the inference process load torch and the models before the first film needs them."""
        if self.current is not None:
            self._inference.submit(
                Job(warm_up, (self.current.path,), lambda _nothing: None, lambda _error: None)
            )

    def _take(self, path: Path) -> bool:
        self._wanted = None  # the one that is being tested stays in the list only
        found = self.of(path)
        if found is None or found == self.current:
            return False
        self.current = found
        self.taken.emit(found)
        return True

    def _on_read(self, model: ModelInfo, *, asked: bool) -> None:
        self._wanted = model.path
        self._list(model)
        done, failed = (
            partial(self._on_passed, model),
            partial(self._on_failed, model, asked=asked),
        )
        self._inference.submit(Job(warm_up, (model.path,), done, failed, ahead=True))

    def _on_unread(self, error: BaseException, *, asked: bool) -> None:
        self._starting = False
        self.refused.emit(error, asked)
        if self.current is None and self.all:
            self._take(self.all[0].path)
            self.warm_up()

    def _on_passed(self, model: ModelInfo, _nothing: None) -> None:
        self._passed[model.path] = model
        if model.path == self._wanted:
            model = self.of(model.path) or model
            starting, self._starting = self._starting, False
            self.ready.emit(model)
            if self._take(model.path) and not starting and model != self._renewed:
                self.chosen.emit(model)

    def _on_failed(self, model: ModelInfo, error: BaseException, *, asked: bool) -> None:
        self._own.pop(model.path, None)
        if model.path in self._passed:  # what it was before is perhaps what reads now
            self._list(self._passed[model.path])
        self._wanted = None if model.path == self._wanted else self._wanted
        self.listed.emit()
        self._on_unread(error, asked=asked)

    def _on_recalled(self, model: ModelInfo) -> None:
        if self.of(model.path) is None:
            self._list(model)

    def _on_not_recalled(self, _error: BaseException) -> None:
        """A folder that was moved or damaged since is no news that anybody asked for."""

    def _list(self, model: ModelInfo) -> None:
        if any(one.path == model.path for one in self.ours):  # perhaps installed anew meanwhile
            self.ours = tuple(model if one.path == model.path else one for one in self.ours)
        else:
            self._own[model.path] = model
        self.listed.emit()
