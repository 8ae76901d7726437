"""The main window: places panes, connects them with the session, nothing else."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from viewer.commanding.export_menu import join_exports
from viewer.commanding.menus import install
from viewer.commanding.model_menu import opened as show_model
from viewer.commanding.regions_menu import join_findings
from viewer.commanding.register import commands_of
from viewer.commanding.screen_menu import leave_full_screen
from viewer.commanding.settings_dialog import keep_settings
from viewer.commanding.taking_menu import panes_of
from viewer.film.tools import TOOLS
from viewer.film.veil import Veil
from viewer.film.view import FilmPane
from viewer.following import Following
from viewer.inspect.stage import InspectStage
from viewer.inspect.strips import Strips
from viewer.kit import theme
from viewer.kit.focus import FocusKeys
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import keyed, label
from viewer.messages import MessageStrip
from viewer.panes import FilmPanes
from viewer.read.annotation_list import AnnotationList, MarksBeneath
from viewer.read.desk import ReadingDesk
from viewer.read.first_page import FirstPage
from viewer.read.found_table import FoundBeneath, FoundTable
from viewer.read.panel import ReadingPane
from viewer.read.timeline import Timeline
from viewer.read.worklist import Worklist
from viewer.read.workspace import INSPECT, READ, WORKSPACES, Centre, Workspace, WorkspaceStage
from viewer.session.board import Board
from viewer.session.choices import MapChoice, Question, TextLevel
from viewer.session.cine import Cine
from viewer.session.opening import Opening
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.session.sheets import Sheets
from viewer.toolbar import FilmToolBar, MenuCorner

if TYPE_CHECKING:
    from viewer.export.exports import Exports
    from viewer.export.taking import Taking

EMPTY = marked("Drop a film here, or press Ctrl+O")
HINTS = {
    READ.name: marked(
        "← → film    I influence map    B model’s view    Space text"
        "    Tab Read or Inspect    F1 all keys"
    ),
    INSPECT.name: marked(
        "← → film    ↑ ↓ row    I influence    S state    B model’s view"
        "    Tab Read or Inspect    F1 all keys"
    ),
}
CHECK_MS = 2000  # between two questions whether the files are still those that were read
TEXT_LEVELS: tuple[TextLevel, ...] = ("all", "minimal", "none")


class MainWindow(QMainWindow):
    """Worklist, film, strips and reading panel around one session."""

    tour_requested = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Rowscope")
        self.setAcceptDrops(True)
        FocusKeys(self)
        self.session, self.settings = session, settings
        self.opening = Opening(session, settings, self)
        self.cine = Cine(session, self)
        self.sheets = Sheets(session, self)
        self._text_level, self._tool = 0, ""
        self._questions: dict[str, Question] = {INSPECT.name: "state"}  # by workspace
        self._build()
        self.following = Following(self)
        self._clock = QTimer(self, interval=CHECK_MS)
        self._wire()
        self.desk = ReadingDesk(session, self.studies, self.reading, settings)
        live(self, MainWindow._dress)
        self._start()

    # ------------------------------------------------------------------ layout
    def _build(self) -> None:
        self.studies, self.reading, self.messages = Worklist(), ReadingPane(), MessageStrip()
        self.panes, self.strips = (
            FilmPanes(self.session, self.cine, self),
            Strips(self.session, self),
        )
        self.board = Board(self.session, self.settings.own_folder, self)  # hears after the panes
        self.board.hangs = self.settings.hangs
        self.toolbar, self.menu_corner = FilmToolBar(), MenuCorner()
        grid = self.panes.grid
        self.centre = Centre(grid, tuple(self.strips))
        self.veil = Veil(self.centre, self._waiting_area)
        self.veils = (self.veil, Veil(self.strips.line), Veil(self.reading))
        self.first_page = FirstPage(self.centre)
        self.inspect = InspectStage(
            self.session,
            self._make_panes,
            line=self.strips.line,
            reading=self.reading,
            listed=self.studies,
            parent=self,
        )
        self.stage = WorkspaceStage(
            self.inspect.left, self.messages, self.centre, self.inspect.side
        )
        self.timeline = Timeline()
        self.stage.add_beneath(self.inspect.dock, INSPECT.name)
        self.marks = AnnotationList()
        self._beneath = MarksBeneath(self.marks, self.session)
        self.found = FoundTable()
        FoundBeneath(self.found, self.marks, self.session)
        self.stage.add_beneath(self.found, READ.name)
        self.stage.add_beneath(self.marks, READ.name, INSPECT.name)
        self.stage.add_beneath(self.timeline, READ.name)
        self.setCentralWidget(self.stage)
        self.addToolBar(self.toolbar)
        self.menuBar().setCornerWidget(self.menu_corner)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.status, self._hints = label("", "quiet"), label("", "quiet")
        self._hints.setTextFormat(Qt.TextFormat.RichText)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(theme.MARGIN - 2, 0, theme.MARGIN, 0)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().addPermanentWidget(self._hints)

    def _make_panes(self) -> None:
        from viewer.commanding.inspect_panes import make_panes  # noqa: PLC0415 - for Inspect only

        make_panes(self)

    @property
    def film(self) -> FilmPane:
        """The active pane."""
        return self.panes.active

    @cached_property
    def exports(self) -> "Exports":
        """Writes what the window shows."""
        from viewer.export.exports import Exports  # noqa: PLC0415 - not before it is asked for

        thresholds = self.session.analyses.thresholds
        return Exports(self.session, self.panes, threshold=lambda: thresholds.own)

    @cached_property
    def taking(self) -> "Taking":
        """Takes away what the panes of Inspect show."""
        from viewer.export.taking import Taking  # noqa: PLC0415 - not before it is asked for

        return Taking(self.session, lambda: panes_of(self))

    def _waiting_area(self) -> QRect:
        """Where the words of the veil stand, in the centre."""
        grid = self.panes.grid
        return grid.active_area().translated(grid.pos())

    def _dress(self) -> None:
        """Say and draw everything in the words and colours of this moment."""
        self.setWindowIcon(theme.icon("rowscope", size=64))
        commands = commands_of(self)
        install(self, commands, self.panes.grid)
        self.toolbar.show_commands(commands)
        self._hints.setText(keyed(tr(HINTS[self.stage.workspace.name])))
        self.following.tell_again()

    def wear(self, name: str) -> None:
        """Show everything in the colours of a theme, now and at the next start."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.settings.theme = name
            theme.wear(application, theme.THEMES[name])

    def _start(self) -> None:
        self.film.show_notice(EMPTY)
        self.reading.show_nothing()
        self.following.show_models()
        self.menu_corner.show_device("", "")
        self.toolbar.check("studies", on=True)
        self.choose_tool(TOOLS[0].code)
        self._focus_centre()
        self.show_workspace(READ)
        self.session.choose_map(MapChoice(strength=self.settings.strength))
        if self.session.model is not None:
            self.following.show_model(self.session.model)

    # ------------------------------------------------------------------ wiring
    def _wire(self) -> None:
        session = self.session
        self._clock.timeout.connect(session.check_next)
        self._clock.start()
        self.studies.film_requested.connect(lambda _path: self.messages.clear())
        self.studies.film_requested.connect(session.showing.visit)
        self.studies.films_dropped.connect(self.opening.open)
        self.strips.row_requested.connect(session.move_to_row)
        self.strips.units_requested.connect(self.choose_units)
        self.menu_corner.model_requested.connect(session.models.choose)
        self.menu_corner.workspace_requested.connect(self.choose_workspace)
        self.reading.model_requested.connect(session.models.choose_named)
        self.reading.card_requested.connect(lambda model: show_model(self, "card", model))
        self.toolbar.voi_requested.connect(self.choose_voi)
        self.toolbar.zoom_requested.connect(self._on_zoom_requested)
        keep_settings(self)
        self.first_page.follow(session, self.opening)
        self.first_page.needed.connect(self._focus_centre)
        for part in (self.reading.seen, self.reading.findings, self.reading.found):
            part.follow(session)
        join_exports(self)
        join_findings(self)

    def _focus_centre(self) -> None:
        """Keys go to the film, and to the ways to one before there is any."""
        (self.film if self.first_page.isHidden() else self.first_page.films).setFocus()

    def _on_zoom_requested(self, scale: float | None) -> None:
        if scale is None:
            self.film.fit()
        else:
            self.film.zoom_to(scale)

    # ------------------------------------------------------------------ commands
    def choose_tool(self, tool: str) -> None:
        """What a drag over the film does."""
        self._tool = tool
        self.toolbar.check(f"tool.{tool}", on=True)
        self.panes.set_tool(tool)
        self._quieten()

    def choose_workspace(self, name: str) -> None:
        """Show another workspace around the same films, with the map that was shown in it."""
        last = self.stage.workspace.name
        if name == last:
            return
        choice = self.session.choice
        self._questions[last] = choice.question
        self.show_workspace(next(one for one in WORKSPACES.values() if one.name == name))
        self.session.choose_map(replace(choice, question=self._questions.get(name, "none")))

    def toggle_links(self) -> None:
        """Link the panes in what they were linked in last, or in nothing."""
        links = self.board.links
        links.switch(on=not links.kinds)

    def next_workspace(self) -> None:
        """Read instead of Inspect, Inspect instead of Read."""
        self.choose_workspace(next(one for one in WORKSPACES if one != self.stage.workspace.name))

    def show_workspace(self, workspace: Workspace) -> None:
        """Show strips, panels and controls of a workspace."""
        self.stage.show_workspace(workspace)
        self.panes.show_questions(workspace.questions)
        self.panes.grid.show_controls(shown=workspace is INSPECT)
        self.inspect.show(shown=workspace is INSPECT)
        self.menu_corner.show_workspace(workspace.name)
        self._hints.setText(keyed(tr(HINTS[workspace.name])))
        self._quieten()

    def show_hints(self, hints: str) -> None:
        """Say which keys matter now; nothing says again those of the workspace."""
        self._hints.setText(keyed(hints or tr(HINTS[self.stage.workspace.name])))

    def _quieten(self) -> None:
        """In Read the film is bare: no row lies over it before the reader asks for one."""
        quiet = self.stage.workspace is READ and self._tool != "row"
        self.session.panes.keep_quiet(quiet=quiet)

    def choose_voi(self, place: int) -> None:
        """Show the film with one of its windows."""
        self.session.pointer.choose_voi(place)

    def next_text_level(self) -> None:
        """All text over the film, the least, none."""
        self._text_level = (self._text_level + 1) % len(TEXT_LEVELS)
        self.panes.set_text_level(TEXT_LEVELS[self._text_level])

    def fit_film(self) -> None:
        """Show the whole film of the active pane."""
        self.film.fit()

    def toggle_invert(self) -> None:
        """Swap black and white on screen; the model's reading does not change."""
        pointer = self.session.pointer
        pointer.invert(inverted=not pointer.viewport.inverted)
        self.following.show_look(pointer.viewport)  # a button that was pressed in vain comes back

    def toggle_studies(self) -> None:
        """Show or hide the worklist."""
        hidden = self.inspect.left.isHidden()
        self.inspect.left.setVisible(hidden)
        self.toolbar.check("studies", on=hidden)

    def reset_view(self) -> None:
        """The film as it was when it was opened."""
        self.session.pointer.reset()

    def choose_units(self, units: tuple[int, ...]) -> None:
        """Show chosen hidden units; none means all of them together."""
        self.session.choose_map(replace(self.session.choice, units=units))

    # ------------------------------------------------------------------ Qt
    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back from another program may have exported a film there."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.films.check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files from anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.opening.drop(event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the side panels the width that the window affords."""
        super().resizeEvent(event)
        self.stage.fit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else wants gives the film its keys back, or leaves the full screen."""
        escape = event.key() == Qt.Key.Key_Escape
        first = not self.first_page.isHidden()  # it hides the film
        if escape and self.session.tries.on:
            self.session.tries.turn(on=False)
        elif escape and self.session.ablating.off:
            self.session.ablating.switch(off=False)
        elif escape and not self.film.hasFocus() and not first:
            self.film.setFocus()
        elif not escape or not leave_full_screen(self):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the background work before the window goes."""
        self.settings.geometry = self.saveGeometry()
        self._clock.stop()
        self.session.close()
        super().closeEvent(event)
