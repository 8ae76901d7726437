"""Which models may read: those that come with the program, and those that the reader opens.

The way of one model: `open` → a thread reads its metadata → `listed` → the inference process
loads and tests it → `ready`. What fails on this way is told by `refused`, and listed no more. A
model is its folder: nothing hinders two from having one name.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import ModelInfo, read_metadata, warm_up
from viewer.worker import Job, Lane, Lanes


class Models(QObject):
    """The list of models.

    Args:
        ours: The program's own, in their order; the first one is the usual one.
        reading: Lanes of threads, for metadata.
        inference: Lane of the process that will read with the model.
    """

    listed = Signal()  # the list is another one
    ready = Signal(object)  # ModelInfo: it passed its tests and may become the current one
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
        self._own: dict[Path, ModelInfo] = {}
        self._passed: dict[Path, ModelInfo] = {}
        self._reading, self._inference = reading, inference
        self._wanted: Path | None = None  # the one opened last, until it is ready or refused

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

    def leave(self) -> None:
        """Another model was chosen: the one that is being tested stays in the list only."""
        self._wanted = None

    def _on_read(self, model: ModelInfo, *, asked: bool) -> None:
        self._wanted = model.path
        self._list(model)
        done, failed = (
            partial(self._on_passed, model),
            partial(self._on_failed, model, asked=asked),
        )
        self._inference.submit(Job(warm_up, (model.path,), done, failed, ahead=True))

    def _on_unread(self, error: BaseException, *, asked: bool) -> None:
        self.refused.emit(error, asked)

    def _on_passed(self, model: ModelInfo, _nothing: None) -> None:
        self._passed[model.path] = model
        if model.path == self._wanted:
            self._wanted = None
            self.ready.emit(self.of(model.path) or model)

    def _on_failed(self, model: ModelInfo, error: BaseException, *, asked: bool) -> None:
        self._own.pop(model.path, None)
        if model.path in self._passed:  # what it was before is perhaps what reads now
            self._list(self._passed[model.path])
        self._wanted = None if model.path == self._wanted else self._wanted
        self.listed.emit()
        self.refused.emit(error, asked)

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
