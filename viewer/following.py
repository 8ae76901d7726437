"""What follows the films: panels, strips, menus and status show what the active pane holds."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.types import Analysis, ModelInfo, Series
from viewer.commanding.dialogs import show_unexpected
from viewer.commanding.menus import retitle
from viewer.commanding.windows_menu import window_words
from viewer.kit.language import marked, sentence_of, tr
from viewer.kit.live import changes
from viewer.kit.words import model_entries, visible
from viewer.read.layouts import title_of
from viewer.session import readings
from viewer.session.check_lines import check_lines
from viewer.session.choices import Loading, MapChoice
from viewer.session.comparing import Heading, Visit
from viewer.session.loading import Film, Survey
from viewer.session.pointer import Pointer
from viewer.session.session import Session
from viewer.session.viewport import Viewport, WindowChoice

if TYPE_CHECKING:
    from viewer.window import MainWindow

HIDDEN_UNTIL = marked("The answer is hidden until your own call.")


class Following(QObject):
    """Listens to the session and its viewports, and tells the parts of a window.

    Args:
        window: Its parts are there already.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._status = window.status
        self._menu: tuple[object, int] = ((), -1)  # of windows, as it is listed
        self._said: str | None = None  # in the status bar, of the film that is still shown
        self._series: Series | None = None  # of which the panel tells what is odd
        self._wire_session()
        self._wire_panes()
        self._wire_board()

    def tell_again(self) -> None:
        """Everything in the words and colours of this moment."""
        session, form = self._window.session, self._window.reading.form
        self._show_headings(self._window.board.headings())
        self._show_visits(self._window.board.visits())
        if (film := session.film) is None:
            return
        self._tell_file(film)
        if session.analysis is not None:
            self.show_analysis(session.analysis)
        elif form is not None and form.question.hides:
            self._on_call_awaited()
        self._menu = ((), -1)
        session.tell_again()

    def _wire_panes(self) -> None:
        window, panes = self._window, self._window.panes
        viewports = window.session.panes
        panes.activated.connect(self._on_activated)
        panes.zoomed.connect(window.toolbar.show_zoom)
        panes.map_requested.connect(self._on_map_requested)
        panes.frame_requested.connect(window.session.step_frame)
        panes.probe_moved.connect(self._status.setText)
        for strip in window.strips:
            panes.rows_moved.connect(strip.show_rows)
        panes.rows_moved.connect(lambda rows: window.centre.lie(level=rows.level))
        viewports.emptied.connect(self._on_emptied)
        viewports.window_changed.connect(self._show_windows)
        viewports.look_changed.connect(self.show_look)
        viewports.units_described.connect(window.reading.show_units)
        viewports.map_changed.connect(
            lambda _map, choice: window.centre.show_map(asked=choice.question == "influence")
        )

    def _wire_board(self) -> None:
        board, grid = self._window.board, self._window.panes.grid
        self._window.toolbar.layout_requested.connect(board.arrange)
        grid.link_requested.connect(lambda on: board.links.switch(on=on))
        grid.stack_dropped.connect(lambda pane, key: board.show(key, pane))
        grid.moved.connect(lambda: self._window.toolbar.show_layout(*grid.shape))
        board.headings_changed.connect(self._show_headings)
        board.visits_changed.connect(self._show_visits)
        board.lines_changed.connect(self._window.panes.show_lines)
        self._window.timeline.open_requested.connect(board.drop)

    def _wire_session(self) -> None:
        session = self._window.session
        session.films.stacks.placed.connect(self._on_placed)
        films, analyses = session.films, session.analyses
        films.added.connect(self._window.studies.add_all)
        session.film_selected.connect(self._window.studies.select)
        films.surveyed.connect(self._on_image_surveyed)
        films.known.connect(self._window.studies.hold)
        films.refused.connect(self._window.studies.refuse)
        analyses.result_known.connect(self._window.studies.show_result)
        films.changed.connect(self._window.studies.renew)
        session.loading_changed.connect(self._on_loading_changed)
        self._window.veil.cancelled.connect(session.cancel)
        analyses.reading_started.connect(self._on_reading_started)
        analyses.blanked.connect(self._on_blanked)
        analyses.call_awaited.connect(lambda _film: self._on_call_awaited())
        session.frame_read.connect(self._on_frame_read)
        analyses.analysed.connect(self.show_analysis)
        session.several.retold.connect(self.show_analysis)
        analyses.analysis_failed.connect(
            lambda error: self._window.reading.show_failure(sentence_of(error))
        )
        for show_tests in (
            self._window.reading.show_map_tests,
            self._window.strips.answer.show_tests,
        ):
            analyses.audits.known.connect(show_tests)
        session.models.listed.connect(self.show_models)
        changes.words.connect(self.show_models)  # titles of models are translated
        session.model_changed.connect(self.show_model)
        session.models.chosen.connect(self._window.opening.remember)
        session.message.connect(self._window.messages.show_message)
        session.unexpected.connect(lambda error: show_unexpected(self._window, error))

    def _on_image_surveyed(self, path: Path, found: Survey) -> None:
        self._window.studies.show_image(path, found.image)
        self._window.studies.show_thumbnail(found.key, found.thumbnail)

    def _on_loading_changed(self, loading: Loading | None) -> None:
        film = self._window.session.film
        still = film.frame.image.path.name if film is not None else ""
        for veil in self._window.veils:
            veil.show_loading(loading, still)
        self._window.messages.take_escape(loading is not None)
        if loading is not None:
            if self._said is None:
                self._said = self._status.text()
            self._status.setText(tr("Loading {film} …", film=visible(loading.path.name)))
        elif self._said is not None:  # what came instead will say so itself
            self._status.setText(self._said)
            self._said = None

    def _on_reading_started(self, name: str) -> None:
        self._window.reading.show_reading(name)
        self._window.strips.show_reading()
        self._status.setText(tr("Reading {name} …", name=name))

    def _on_blanked(self) -> None:
        self._window.reading.show_reading()
        self._window.strips.show_reading()
        self._status.setText("")

    def _on_call_awaited(self) -> None:
        self._window.strips.show_reading()
        for strip in self._window.strips:
            strip.set_empty(HIDDEN_UNTIL)
        self._status.setText(tr(HIDDEN_UNTIL))

    def _on_frame_read(self, film: Film) -> None:
        self._window.messages.clear_infos()  # what failed stays until another film is asked for
        self._show_file(film)

    def _show_file(self, film: Film) -> None:
        image, header = film.frame.image, film.frame.header
        self._window.centre.set_aspect(image.columns * header.pixel_aspect / image.rows)
        if film.key:  # not of each frame that is leafed through
            self._tell_file(film)
        self._window.setWindowTitle(f"{image.path.name} — Rowscope")

    def _tell_file(self, film: Film) -> None:
        series = _series_of(self._window.session)
        self._window.reading.show_file(film.frame.image, film.frame.header, series)
        self._series = series

    def _on_placed(self, _paths: tuple[Path, ...]) -> None:
        """More of a series was found: what is odd about it may be another thing now."""
        film, series = self._window.session.film, _series_of(self._window.session)
        before = self._series.notes if self._series is not None else ()
        if (
            film is not None
            and film.key
            and (series.notes if series is not None else ()) != before
        ):
            self._tell_file(film)

    def _on_activated(self) -> None:
        """Panels, strips and menus follow the active pane."""
        session = self._window.session
        self._window.centre.share()
        if session.film is None:
            self._show_nothing()
            return
        self._show_file(session.film)
        if session.analysis is not None:
            self.show_analysis(session.analysis)
        else:
            session.analyses.ask(session.pointer)

    def _on_emptied(self, pointer: Pointer) -> None:
        if pointer is self._window.session.pointer:
            self._show_nothing()

    def _show_nothing(self) -> None:
        """The active pane is empty: panel, strips, status and title say nothing of a film."""
        self._series = None
        self._window.reading.show_nothing()
        self._window.strips.show_reading()
        self._status.setText("")
        self._said = None if self._said is None else ""  # nor after another one was on its way
        self._window.setWindowTitle("Rowscope")

    def show_analysis(self, analysis: Analysis) -> None:
        """Show what is known of the film in the active pane."""
        self._window.reading.show_analysis(analysis)
        self._window.reading.show_checks(check_lines(analysis))
        self._window.strips.show_analysis(analysis)
        if analysis.abstained is not None or analysis.prediction is None:
            self._status.setText(readings.refusal_text(analysis))
            return
        self._window.menu_corner.show_device(analysis.device, "")
        words = tr("Read in {seconds:.2f} s on {device}")
        self._status.setText(words.format(seconds=analysis.seconds, device=analysis.device))

    def _show_visits(self, visits: tuple[Visit, ...]) -> None:
        badges = self._window.board.badges()
        self._window.timeline.show_visits(visits, badges)
        self._window.studies.show_places(badges if len(self._window.panes.all) > 1 else {})

    def _show_headings(self, headings: tuple[Heading, ...]) -> None:
        links = self._window.board.links
        true = links.in_millimetres()
        titles = [title_of(one, links.kinds, in_millimetres=true) for one in headings]
        self._window.panes.grid.show_titles(titles)
        shown = sum(one.exam is not None for one in headings)
        self._window.toolbar.check("compare", on=shown > 1)

    def show_models(self) -> None:
        """List the models that may read."""
        models, current = self._window.session.models, self._window.session.model
        self._window.menu_corner.show_models(model_entries(models.ours, models.own))
        self._window.menu_corner.show_model(current.path if current else None)

    def show_model(self, model: ModelInfo) -> None:
        """Another model reads from now on."""
        self._window.menu_corner.show_model(model.path)
        self._window.panes.show_model(model)
        self._window.studies.forget_results()

    def _on_map_requested(self, choice: MapChoice) -> None:
        self._window.settings.strength = choice.strength
        self._window.session.choose_map(choice)

    def _show_windows(self, windows: WindowChoice) -> None:
        menu = (windows.vois, windows.place)
        if menu != self._menu:  # not at every step of a drag
            self._menu = menu
            self._window.toolbar.show_vois(readings.voi_names(windows.vois), windows.place)
            retitle(self._window, window_words(windows.vois))

    def show_look(self, viewport: Viewport) -> None:
        """Mark in the toolbar how the active film lies and is drawn."""
        self._window.toolbar.check("invert", on=viewport.inverted)


def _series_of(session: Session) -> Series | None:
    stack = session.pointer.viewport.stack
    return stack.series if stack is not None else None
