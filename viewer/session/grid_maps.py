"""Influence over rows and columns: asked of the network where its map is shown, and not before."""

from collections import OrderedDict
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from engine.inspection import grid_influence
from viewer.session.choices import start_of

if TYPE_CHECKING:
    from engine.types import Analysis, GridInfluence, ModelInfo, PreparedFilm
    from viewer.session.loading import Content, Film
    from viewer.session.session import Session

KEPT: Final = 32  # maps that are not measured again; one of 96 × 96 cells takes 37 kB
TOPIC: Final = "grid"

Asked = tuple["Content", Path, str, str, int]  # film, folder and weights, baseline, class


class GridMaps(QObject):
    """Measures the map of the active viewport; what was asked of a film that went is dropped.

    Args:
        session: Its viewports show the maps, its inspection asks the network.
    """

    waiting = Signal(bool)  # whether a map of the active viewport is on its way
    failed = Signal(object)  # BaseException: there is none

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._panes, self._inspection = session.panes, session.inspection
        self._known: OrderedDict[Asked, GridInfluence] = OrderedDict()
        self._waits: Asked | None = None
        self._panes.map_changed.connect(lambda _map, _choice: self._follow())
        self._panes.arranged.connect(lambda _layout: self._follow())
        self._inspection.opened_changed.connect(lambda _opened: self._ask_again())
        self.failed.connect(self._inspection.failed)

    @property
    def waits(self) -> bool:
        """Whether a map is on its way."""
        return self._waits is not None

    def _wanted(self) -> "tuple[Asked, Film, Analysis] | None":
        """What the active viewport wants to show; None where it wants no such map."""
        pointer = self._panes.active
        analysis, film = pointer.analysis, pointer.film
        if analysis is None or film is None or not pointer.choice.crossed:
            return None
        if analysis.prediction is None or analysis.abstained is not None:
            return None
        model, baseline = analysis.model, start_of(pointer.choice, analysis.model)
        asked = (film.key, model.path, model.sha256, baseline, analysis.prediction.target)
        return asked, film, analysis

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is None:
            self._forget()
            return
        asked, film, analysis = wanted
        known = self._known.get(asked)
        if known is not None:
            self._forget()
            self._panes.active.take_grid(known)
        elif asked != self._waits:
            self._forget()
            self._waits = asked
            self._panes.active.take_grid(None)
            self.waiting.emit(True)  # noqa: FBT003 - a signal
            self._prepare(asked, film, analysis.model)

    def _prepare(self, asked: Asked, film: "Film", model: "ModelInfo") -> None:
        self._inspection.prepare(film, model, partial(self._ask, asked, model))

    def _ask(self, asked: Asked, model: "ModelInfo", prepared: "PreparedFilm") -> None:
        if asked == self._waits:
            *_, baseline, target = asked
            self._inspection.ask_model(
                TOPIC,
                grid_influence,
                model,
                prepared,
                target,
                None,
                None,
                baseline,
                done=partial(self._take, asked),
                failed=partial(self._lose, asked),
            )

    def _ask_again(self) -> None:
        """The network was opened on the film: what it was asked before is not answered."""
        wanted = self._wanted()
        if wanted is not None and wanted[0] == self._waits:
            self._prepare(wanted[0], wanted[1], wanted[2].model)

    def _take(self, asked: Asked, grid: "GridInfluence") -> None:
        self._known[asked] = grid
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        if asked == self._waits:
            self._waits = None
            self.waiting.emit(False)  # noqa: FBT003 - a signal
            self._follow()

    def _lose(self, asked: Asked, error: BaseException) -> None:
        """Said once; the map of rows is shown instead."""
        if asked == self._waits:
            self._waits = None
            self.waiting.emit(False)  # noqa: FBT003 - a signal
            pointer = self._panes.active
            pointer.choose_map(replace(pointer.choice, grid=False))
        self.failed.emit(error)

    def _forget(self) -> None:
        if self._waits is not None:
            self._waits = None
            self._inspection.drop(TOPIC)
            self.waiting.emit(False)  # noqa: FBT003 - a signal
