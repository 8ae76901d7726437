"""The main window: places panes, connects them with the session, nothing else."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from engine import EngineError
from engine.bundle import read_card
from engine.maps import influence_limit
from engine.types import Analysis, ModelInfo
from viewer.commanding.dialogs import show_card, show_unexpected
from viewer.commanding.menus import install
from viewer.commanding.register import commands_of
from viewer.film.scroll import FilmScroll
from viewer.film.tools import TOOLS
from viewer.film.veil import Veil
from viewer.film.view import FilmPane
from viewer.inspect.answer import AnswerPane
from viewer.inspect.influence import InfluencePane
from viewer.inspect.rowline import RowLinePane
from viewer.inspect.states import StatesPane
from viewer.kit import theme
from viewer.kit.language import marked, named, sentence_of, told, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, row_in, said
from viewer.kit.words import model_entries, visible
from viewer.messages import MessageStrip
from viewer.read.panel import ReadingPane
from viewer.read.studies import StudiesPane
from viewer.session import readings
from viewer.session.choices import Loading, MapChoice, Message, TextLevel
from viewer.session.cine import Cine
from viewer.session.loading import Film, Survey
from viewer.session.opening import Opening
from viewer.session.pointer import Pointer
from viewer.session.readings import check_lines
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.session.viewport import Viewport, WindowChoice
from viewer.toolbar import FilmToolBar, MenuCorner

# ------------------------------------------------------------------------ film and strips
# Film and strips side by side: the film's shape decides its width, the strips get the rest.

FILM_LEAST = 380
INFLUENCE = (132, 220)  # least and most pixels of a strip
ANSWER = (104, 180)
STATES = (120, 560)
STRIPS_LEAST = 0.33  # of the width, where a wide film would leave them less
SEAM = 0  # the panes bring their own insets, and grid lines run through


class Centre(QWidget):
    """Lays out four pane frames of equal height; no pane knows another."""

    def __init__(self, film: QWidget, strips: tuple[QWidget, QWidget, QWidget]) -> None:
        super().__init__()
        self.setObjectName("central")
        self._film = film
        self._strips = strips
        self._aspect = 1.0
        for pane in (film, *strips):
            pane.setParent(self)

    def set_aspect(self, aspect: float) -> None:
        """Width over height of the film as it is displayed."""
        if aspect != self._aspect:
            self._aspect = aspect
            self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a window of 1024 × 700."""
        return QSize(FILM_LEAST + INFLUENCE[0] + ANSWER[0] + STATES[0], 360)

    def _share(self) -> None:
        width = self.width() - 2 * theme.GAP - 3 * SEAM
        height = self.height() - theme.HEAD - theme.FOOT
        narrowest = INFLUENCE[0] + ANSWER[0] + STATES[0]
        most = INFLUENCE[1] + ANSWER[1] + STATES[1]
        least = min(max(narrowest, round(width * STRIPS_LEAST)), most)
        wanted = round(height * self._aspect) + 10  # the ribbon stands beside the film
        film = min(max(wanted, width - most, FILM_LEAST), width - least)
        rest = max(width - film, least)
        share = (rest - narrowest) / (most - narrowest)
        influence = round(INFLUENCE[0] + share * (INFLUENCE[1] - INFLUENCE[0]))
        answer = round(ANSWER[0] + share * (ANSWER[1] - ANSWER[0]))
        sizes = (film, influence, answer, max(rest - influence - answer, STATES[0]))
        left = theme.GAP
        for pane, size in zip((self._film, *self._strips), sizes, strict=True):
            pane.setGeometry(left, 0, size, self.height())
            left += size + SEAM


# ---------------------------------------------------------------------------- main window
# The main window: places the panes, names the commands, wires session and panes; nothing else.

EMPTY = marked("Drop a film here, or press Ctrl+O")
HINTS = marked("← → film    ↑ ↓ row    I influence    S state    B bare film    F1 all keys")
NO_STEPS = marked("No answer, no steps to show")
CHECK_MS = 2000  # between two questions whether the files are still those that were read
TEXT_LEVELS: tuple[TextLevel, ...] = ("all", "minimal", "none")


def _beside(left: QWidget, middle: tuple[QWidget, QWidget, QWidget], right: QWidget) -> QWidget:
    """Three columns; of the middle one the second widget takes the room that is left."""
    column = QVBoxLayout()
    column.setSpacing(0)
    for widget, stretch in zip(middle, (0, 1, 0), strict=True):
        column.addWidget(widget, stretch)
    whole = QWidget()
    whole.setObjectName("central")
    row = row_in(whole, 0)
    row.addWidget(left)
    row.addLayout(column, 1)
    row.addWidget(right)
    return whole


class MainWindow(QMainWindow):
    """Study list, film, strips and reading panel around one session."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Rowscope")
        self.setAcceptDrops(True)
        self.session, self.settings = session, settings
        self.opening = Opening(session, settings, self)
        self.cine = Cine(session, self)
        self._shown: Film | None = None
        self._menu: tuple[object, int] = ((), -1)  # of windows, as it is listed
        self._text_level = 0
        self._said: str | None = None  # in the status bar, of the film that is still shown
        self._build()
        self._clock = QTimer(self, interval=CHECK_MS)
        self._wire()
        live(self, MainWindow._dress)
        self._start()

    # ------------------------------------------------------------------ layout
    def _build(self) -> None:
        self.studies, self.film, self.reading = StudiesPane(), FilmPane(), ReadingPane()
        self.influence, self.answer, self.states = InfluencePane(), AnswerPane(), StatesPane()
        self.rowline, self.messages = RowLinePane(), MessageStrip()
        self.toolbar, self.menu_corner = FilmToolBar(), MenuCorner()
        self.strips = (self.influence, self.answer, self.states)
        self.centre = Centre(self.film, self.strips)
        self.veil = Veil(self.centre, self.film.geometry)
        self.veils = (self.veil, Veil(self.rowline), Veil(self.reading))
        middle = (self.messages, self.centre, self.rowline)
        self.setCentralWidget(_beside(self.studies, middle, self.reading))
        self.addToolBar(self.toolbar)
        self.menuBar().setCornerWidget(self.menu_corner)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._status = label("", "quiet")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        self.statusBar().addWidget(self._status, 1)
        self.statusBar().addPermanentWidget(said(HINTS, "quiet"))

    def _dress(self) -> None:
        """Say and draw everything in the words and colours of this moment."""
        self.setWindowIcon(theme.icon("rowscope", size=64))
        commands = commands_of(self)
        install(self, commands)
        self.toolbar.show_commands(commands)
        if (film := self.session.film) is None:
            return
        self.reading.show_file(film.frame.image, film.frame.header)
        if self.session.analysis is not None:
            self._on_analysed(self.session.analysis)
        self._menu = ((), -1)
        self._show_windows(self.session.pointer.viewport.window)
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
        self.session.choose_map(MapChoice(strength=self.settings.strength))
        if self.session.model is not None:
            self._on_model_changed(self.session.model)

    # ------------------------------------------------------------------ wiring
    def _wire(self) -> None:
        self._wire_session()
        session, film = self.session, self.film
        self.studies.film_requested.connect(lambda _path: self.messages.clear())
        self.studies.film_requested.connect(session.visit)
        self.studies.films_dropped.connect(self.opening.open)
        film.zoomed.connect(self.toolbar.show_zoom)
        film.map_requested.connect(self._on_map_requested)
        film.frame_requested.connect(session.step_frame)
        film.probe_moved.connect(self._status.setText)
        self._wire_viewport()
        for strip in self.strips:
            film.rows_moved.connect(strip.show_rows)
            strip.row_requested.connect(session.move_to_row)
        self.states.units_requested.connect(self.choose_units)
        self.menu_corner.model_requested.connect(session.models.choose)
        self.reading.model_requested.connect(session.models.choose_named)
        self.reading.card_requested.connect(self._on_card_requested)
        self.toolbar.voi_requested.connect(self.choose_voi)
        self.toolbar.zoom_requested.connect(self._on_zoom_requested)

    def _wire_viewport(self) -> None:
        pointer = self.session.pointer
        join(self.film, pointer)
        self.film.add_beside(FilmScroll(self.session, pointer, self.cine))
        self.settings.changed.connect(self._on_setting)
        for name in ("wheel", "memory"):
            self._on_setting(name)
        pointer.window_changed.connect(self._show_windows)
        pointer.look_changed.connect(self._show_look)
        pointer.map_changed.connect(lambda _map, choice: self.states.show_units(choice.units))
        pointer.matrix_changed.connect(self._on_matrix_changed)
        for strip in self.strips:
            pointer.cursor_moved.connect(strip.show_cursor)
        pointer.row_described.connect(self.rowline.show_row)
        pointer.units_described.connect(self.reading.show_units)

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
        session.frame_read.connect(self._on_frame_read)
        analyses.analysed.connect(self._on_analysed)
        analyses.analysis_failed.connect(
            lambda error: self.reading.show_failure(sentence_of(error))
        )
        for show_tests in (self.reading.show_map_tests, self.film.legend.show_tests):
            analyses.audits.known.connect(show_tests)
        analyses.audits.known.connect(self.answer.show_tests)
        session.models.listed.connect(self._on_models_listed)
        session.model_changed.connect(self._on_model_changed)
        session.models.chosen.connect(self.opening.remember)
        session.message.connect(self.messages.show_message)
        session.unexpected.connect(lambda error: show_unexpected(self, error))

    def _on_setting(self, name: str) -> None:
        if name == "wheel":
            self.film.set_wheel(self.settings.wheel)
        elif name == "memory":
            self.session.leafing.fetching.set_limit(self.settings.memory << 20)
        elif name in {"recent", "keep_recent"}:
            install(self, commands_of(self))

    def _on_image_surveyed(self, path: Path, found: Survey) -> None:
        self.studies.show_image(path, found.image)
        self.studies.show_thumbnail(found.key, found.thumbnail)

    def _on_loading_changed(self, loading: Loading | None) -> None:
        still = self._shown.frame.image.path.name if self._shown is not None else ""
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
        self.influence.show_influence(None, 1.0, "")
        self.answer.show_answer(None, None, None)
        self._status.setText(tr("Reading {name} …", name=name))

    def _on_frame_read(self, film: Film) -> None:
        image = film.frame.image
        if all(message.severity == "info" for message in self.messages.messages):
            self.messages.clear()  # what failed stays until it is closed or another film is asked
        self.centre.set_aspect(image.columns * film.frame.header.pixel_aspect / image.rows)
        self._shown = film
        pointer = self.session.pointer
        now = pointer.viewport
        self.film.show_frame(
            film.frame,
            film.pyramid,
            fresh=not pointer.same,
            content=film.key,
            voi=now.window.voi,
        )
        if not pointer.same and now.place is not None:  # as the reader has left its stack
            self.film.show_place(now.place)
        self._show_windows(now.window)
        if film.key:  # not of each frame that is leafed through
            self.reading.show_file(image, film.frame.header)
        self.setWindowTitle(f"{image.path.name} — Rowscope")

    def _on_analysed(self, analysis: Analysis) -> None:
        self.reading.show_analysis(analysis)
        self.reading.show_checks(check_lines(analysis))
        self.film.show_step_rows(readings.step_rows(analysis))
        if analysis.abstained is not None or analysis.prediction is None:
            self._status.setText(readings.refusal_text(analysis))
            for strip in self.strips:
                strip.set_empty(NO_STEPS)
            return
        prediction, influence = analysis.prediction, analysis.influence
        threshold = analysis.model.threshold.value if analysis.model.threshold else None
        edges = analysis.states.edges if analysis.states else None
        limit = analysis.statistics.influence_limit if analysis.statistics else 1.0
        target = named(prediction.classes[prediction.target])
        own = False
        if influence is not None:
            limit, own = influence_limit(influence, limit)
        self.influence.show_influence(influence, limit, target, own=own)
        self.answer.show_answer(prediction, edges, threshold)
        self.menu_corner.show_device(analysis.device, "")
        words = tr("Read in {seconds:.2f} s on {device}")
        self._status.setText(words.format(seconds=analysis.seconds, device=analysis.device))

    def _on_matrix_changed(self, matrix: readings.Matrix | None) -> None:
        if matrix is None:
            self.states.show_states(None, None, limits=(-3.0, 3.0), unit="σ")
            return
        values, edges = matrix.values, matrix.edges
        self.states.show_states(values, edges, limits=matrix.limits, unit=matrix.unit)

    def _on_models_listed(self) -> None:
        models, current = self.session.models, self.session.model
        self.menu_corner.show_models(model_entries(models.ours, models.own))
        self.menu_corner.show_model(current.path if current else None)

    def _on_model_changed(self, model: ModelInfo) -> None:
        self.menu_corner.show_model(model.path)
        self.film.show_model(model)
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
        if windows.voi is not None and windows.voi is not self.film.item.voi:
            self.film.show_voi(windows.voi)
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
        self.film.set_tool(tool)

    def choose_voi(self, place: int) -> None:
        """Show the film with one of its windows."""
        self.session.pointer.choose_voi(place)

    def next_text_level(self) -> None:
        """All text over the film, the least, none."""
        self._text_level = (self._text_level + 1) % len(TEXT_LEVELS)
        self.film.set_text_level(TEXT_LEVELS[self._text_level])

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
        room = "wide" if self.width() >= theme.WIDE else "narrow"
        self.studies.setFixedWidth(theme.STUDIES_WIDTH[room])
        self.reading.setFixedWidth(theme.READING_WIDTH[room])

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the background work before the window goes."""
        self.settings.geometry = self.saveGeometry()
        self._clock.stop()
        self.session.close()
        super().closeEvent(event)


def join(film: FilmPane, pointer: Pointer) -> None:
    """Let a pane show a viewport, and ask it for what the reader does with the mouse."""
    film.window_requested.connect(pointer.show_window)
    film.placed.connect(lambda place, flows: pointer.move(place, flows=flows))
    film.row_requested.connect(pointer.move_to_row)
    film.gesture_began.connect(pointer.begin)
    film.gesture_ended.connect(pointer.end)
    pointer.place_changed.connect(film.show_place)
    pointer.stack_changed.connect(lambda stack, _at: film.show_stack(len(stack)))
    pointer.look_changed.connect(film.show_look)
    pointer.map_changed.connect(film.show_map)
    pointer.cursor_moved.connect(film.show_cursor)
