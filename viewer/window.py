"""The main window: places panes, connects them with the session, nothing else."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from engine import EngineError
from engine.bundle import read_card
from engine.types import Analysis, ModelInfo
from viewer.commanding.dialogs import show_card, show_unexpected
from viewer.commanding.menus import install
from viewer.commanding.register import commands_of
from viewer.export.exports import Exports
from viewer.film.tools import TOOLS
from viewer.film.veil import Veil
from viewer.film.view import FilmPane
from viewer.inspect.strips import Strips
from viewer.kit import theme
from viewer.kit.language import marked, named, sentence_of, told, tr
from viewer.kit.live import changes, live
from viewer.kit.widgets import label
from viewer.kit.words import model_entries, visible
from viewer.messages import MessageStrip
from viewer.panes import FilmPanes
from viewer.read.desk import ReadingDesk
from viewer.read.layouts import title_of
from viewer.read.panel import ReadingPane
from viewer.read.timeline import Timeline
from viewer.read.worklist import Worklist
from viewer.read.workspace import INSPECT, READ, WORKSPACES, Centre, Stage, Workspace
from viewer.session import readings
from viewer.session.board import Board
from viewer.session.check_lines import check_lines
from viewer.session.choices import Loading, MapChoice, Message, Question, TextLevel
from viewer.session.cine import Cine
from viewer.session.comparing import Heading, Visit
from viewer.session.loading import Film, Survey
from viewer.session.opening import Opening
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.session.sheets import Sheets
from viewer.session.viewport import Viewport, WindowChoice
from viewer.toolbar import FilmToolBar, MenuCorner

EMPTY = marked("Drop a film here, or press Ctrl+O")
HIDDEN_UNTIL = marked("The answer is hidden until your own call.")
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
    """Study list, film, strips and reading panel around one session."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Rowscope")
        self.setAcceptDrops(True)
        self.session, self.settings = session, settings
        self.opening = Opening(session, settings, self)
        self.cine = Cine(session, self)
        self.sheets = Sheets(session, self)
        self._menu: tuple[object, int] = ((), -1)  # of windows, as it is listed
        self._text_level = 0
        self._questions: dict[str, Question] = {INSPECT.name: "state"}  # by workspace
        self._said: str | None = None  # in the status bar, of the film that is still shown
        self._build()
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
            Strips(self.session.panes, self),
        )
        self.board = Board(self.session, self.settings.own_folder, self)  # hears after the panes
        self.board.hangs = self.settings.hangs
        self.toolbar, self.menu_corner = FilmToolBar(), MenuCorner()
        self.exports = Exports(self.session, self.panes)
        grid = self.panes.grid
        self.centre = Centre(grid, tuple(self.strips))
        self.veil = Veil(self.centre, self._waiting_area)
        self.veils = (self.veil, Veil(self.strips.line), Veil(self.reading))
        self.stage = Stage(self.studies, self.messages, self.centre, self.reading)
        self.timeline = Timeline()
        self.stage.add_beneath(self.strips.line, INSPECT.name)
        self.stage.add_beneath(self.timeline, READ.name)
        self.setCentralWidget(self.stage)
        self.addToolBar(self.toolbar)
        self.menuBar().setCornerWidget(self.menu_corner)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._status, self._hints = label("", "quiet"), label("", "quiet")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        self.statusBar().addWidget(self._status, 1)
        self.statusBar().addPermanentWidget(self._hints)

    @property
    def film(self) -> FilmPane:
        """The active pane."""
        return self.panes.active

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
        self._hints.setText(tr(HINTS[self.stage.workspace.name]))
        self._show_headings(self.board.headings())
        if (film := self.session.film) is None:
            return
        self.reading.show_file(film.frame.image, film.frame.header)
        if self.session.analysis is not None:
            self._on_analysed(self.session.analysis)
        self._menu = ((), -1)
        self.session.tell_again()

    def wear(self, name: str) -> None:
        """Show everything in the colours of a theme, now and at the next start."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.settings.theme = name
            theme.wear(application, theme.THEMES[name])

    def _start(self) -> None:
        self.film.show_notice(EMPTY)
        self.reading.show_nothing()
        self._on_models_listed()
        self.menu_corner.show_device("", "")
        self.toolbar.check("studies", on=True)
        self.choose_tool(TOOLS[0].code)
        self.film.setFocus()
        self.show_workspace(READ)
        self.session.choose_map(MapChoice(strength=self.settings.strength))
        if self.session.model is not None:
            self._on_model_changed(self.session.model)

    # ------------------------------------------------------------------ wiring
    def _wire(self) -> None:
        self._wire_session()
        session, panes = self.session, self.panes
        self.studies.film_requested.connect(lambda _path: self.messages.clear())
        self.studies.film_requested.connect(session.visit)
        self.studies.films_dropped.connect(self.opening.open)
        panes.activated.connect(self._on_activated)
        panes.zoomed.connect(self.toolbar.show_zoom)
        panes.map_requested.connect(self._on_map_requested)
        panes.frame_requested.connect(session.step_frame)
        panes.probe_moved.connect(self._status.setText)
        for strip in self.strips:
            panes.rows_moved.connect(strip.show_rows)
        self.strips.row_requested.connect(session.move_to_row)
        self.strips.units_requested.connect(self.choose_units)
        session.panes.window_changed.connect(self._show_windows)
        session.panes.map_changed.connect(
            lambda _map, choice: self.centre.show_map(asked=choice.question == "influence")
        )
        session.panes.look_changed.connect(self._show_look)
        session.panes.units_described.connect(self.reading.show_units)
        self.menu_corner.model_requested.connect(session.models.choose)
        self.menu_corner.workspace_requested.connect(self.choose_workspace)
        self.reading.model_requested.connect(session.models.choose_named)
        self.reading.card_requested.connect(self._on_card_requested)
        self.toolbar.voi_requested.connect(self.choose_voi)
        self.toolbar.zoom_requested.connect(self._on_zoom_requested)
        self._wire_board()

    def _wire_board(self) -> None:
        board, grid = self.board, self.panes.grid
        self.toolbar.layout_requested.connect(board.arrange)
        grid.link_requested.connect(lambda on: board.links.switch(on=on))
        grid.stack_dropped.connect(lambda pane, key: board.show(key, pane))
        grid.moved.connect(lambda: self.toolbar.show_layout(*grid.shape))
        board.headings_changed.connect(self._show_headings)
        board.visits_changed.connect(self._show_visits)
        board.lines_changed.connect(self.panes.show_lines)
        self.timeline.open_requested.connect(board.drop)

    def _wire_session(self) -> None:
        session, films, analyses = self.session, self.session.films, self.session.analyses
        self._clock.timeout.connect(session.check_next)
        self._clock.start()
        films.added.connect(self.studies.add_all)
        session.film_selected.connect(self.studies.select)
        films.surveyed.connect(self._on_image_surveyed)
        films.known.connect(self.studies.hold)
        films.refused.connect(self.studies.refuse)
        analyses.result_known.connect(self.studies.show_result)
        films.changed.connect(self.studies.renew)
        session.loading_changed.connect(self._on_loading_changed)
        self.veil.cancelled.connect(session.cancel)
        analyses.reading_started.connect(self._on_reading_started)
        analyses.call_awaited.connect(lambda _film: self._on_call_awaited())
        session.frame_read.connect(self._on_frame_read)
        analyses.analysed.connect(self._on_analysed)
        analyses.analysis_failed.connect(
            lambda error: self.reading.show_failure(sentence_of(error))
        )
        for show_tests in (self.reading.show_map_tests, self.strips.answer.show_tests):
            analyses.audits.known.connect(show_tests)
        session.models.listed.connect(self._on_models_listed)
        changes.words.connect(self._on_models_listed)  # titles of models are translated
        session.model_changed.connect(self._on_model_changed)
        session.models.chosen.connect(self.opening.remember)
        session.message.connect(self.messages.show_message)
        session.unexpected.connect(lambda error: show_unexpected(self, error))

    def _on_image_surveyed(self, path: Path, found: Survey) -> None:
        self.studies.show_image(path, found.image)
        self.studies.show_thumbnail(found.key, found.thumbnail)

    def _on_loading_changed(self, loading: Loading | None) -> None:
        film = self.session.film
        still = film.frame.image.path.name if film is not None else ""
        for veil in self.veils:
            veil.show_loading(loading, still)
        self.messages.take_escape(loading is not None)
        if loading is not None:
            if self._said is None:
                self._said = self._status.text()
            self._status.setText(tr("Loading {film} …", film=visible(loading.path.name)))
        elif self._said is not None:  # what came instead will say so itself
            self._status.setText(self._said)
            self._said = None

    def _on_reading_started(self, name: str) -> None:
        self.reading.show_reading(name)
        self.strips.show_reading()
        self._status.setText(tr("Reading {name} …", name=name))

    def _on_call_awaited(self) -> None:
        self.strips.show_reading()
        for strip in self.strips:
            strip.set_empty(HIDDEN_UNTIL)
        self._status.setText(tr(HIDDEN_UNTIL))

    def _on_frame_read(self, film: Film) -> None:
        if all(message.severity == "info" for message in self.messages.messages):
            self.messages.clear()  # what failed stays until it is closed or another film is asked
        self._show_file(film)

    def _show_file(self, film: Film) -> None:
        image, header = film.frame.image, film.frame.header
        self.centre.set_aspect(image.columns * header.pixel_aspect / image.rows)
        if film.key:  # not of each frame that is leafed through
            self.reading.show_file(image, header)
        self.setWindowTitle(f"{image.path.name} — Rowscope")

    def _show_visits(self, visits: tuple[Visit, ...]) -> None:
        badges = self.board.badges()
        self.timeline.show_visits(visits, badges)
        self.studies.show_places(badges if len(self.panes.all) > 1 else {})

    def _show_headings(self, headings: tuple[Heading, ...]) -> None:
        links = self.board.links
        true = links.in_millimetres()
        titles = [title_of(one, links.kinds, in_millimetres=true) for one in headings]
        self.panes.grid.show_titles(titles)
        self.toolbar.check("compare", on=len(headings) > 1)

    def _on_activated(self) -> None:
        """Panels, strips and menus follow the active pane."""
        session = self.session
        self.centre.share()
        if session.film is None:
            self.reading.show_nothing()
            self.strips.show_reading()
            self.setWindowTitle("Rowscope")
            return
        self._show_file(session.film)
        if session.analysis is not None:
            self._on_analysed(session.analysis)
        else:
            session.analyses.ask(session.pointer)

    def _on_analysed(self, analysis: Analysis) -> None:
        self.reading.show_analysis(analysis)
        self.reading.show_checks(check_lines(analysis))
        self.strips.show_analysis(analysis)
        if analysis.abstained is not None or analysis.prediction is None:
            self._status.setText(readings.refusal_text(analysis))
            return
        self.menu_corner.show_device(analysis.device, "")
        words = tr("Read in {seconds:.2f} s on {device}")
        self._status.setText(words.format(seconds=analysis.seconds, device=analysis.device))

    def _on_models_listed(self) -> None:
        models, current = self.session.models, self.session.model
        self.menu_corner.show_models(model_entries(models.ours, models.own))
        self.menu_corner.show_model(current.path if current else None)

    def _on_model_changed(self, model: ModelInfo) -> None:
        self.menu_corner.show_model(model.path)
        self.panes.show_model(model)
        self.studies.forget_results()

    def _on_card_requested(self, model: ModelInfo) -> None:
        try:
            text = read_card(model.path)
        except EngineError as error:
            self.messages.show_message(Message(told(error), "warning"))
            return
        show_card(self, f"{named(model.title)} {model.version}", text)

    def _on_map_requested(self, choice: MapChoice) -> None:
        self.settings.strength = choice.strength
        self.session.choose_map(choice)

    def _show_windows(self, windows: WindowChoice) -> None:
        menu = (windows.vois, windows.place)
        if menu != self._menu:  # not at every step of a drag
            self._menu = menu
            self.toolbar.show_vois(readings.voi_names(windows.vois), windows.place)

    def _on_zoom_requested(self, scale: float | None) -> None:
        if scale is None:
            self.film.fit()
        else:
            self.film.zoom_to(scale)

    def _show_look(self, viewport: Viewport) -> None:
        self.toolbar.check("invert", on=viewport.inverted)

    # ------------------------------------------------------------------ commands
    def choose_tool(self, tool: str) -> None:
        """What a drag over the film does."""
        self.toolbar.check(f"tool.{tool}", on=True)
        self.panes.set_tool(tool)

    def choose_workspace(self, name: str) -> None:
        """Show another workspace around the same films, with the map that was shown in it."""
        last = self.stage.workspace.name
        if name == last:
            return
        choice = self.session.choice
        self._questions[last] = choice.question
        self.show_workspace(WORKSPACES[name])
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
        self.menu_corner.show_workspace(workspace.name)
        self._hints.setText(tr(HINTS[workspace.name]))

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
        self._show_look(pointer.viewport)  # a button that was pressed in vain comes back

    def toggle_studies(self) -> None:
        """Show or hide the study list."""
        hidden = self.studies.isHidden()
        self.studies.setVisible(hidden)
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

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the background work before the window goes."""
        self.settings.geometry = self.saveGeometry()
        self._clock.stop()
        self.session.close()
        super().closeEvent(event)
