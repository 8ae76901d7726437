"""The program `rowscope`: command line, application, exception hook, window."""

import argparse
import contextlib
import gc
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

from platformdirs import user_cache_dir, user_log_dir
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine import __version__, list_models
from engine.imaging import prepare_reading
from engine.output import safe_output
from engine.processes import serve_if_asked
from engine.records import Store, records_path
from engine.types import ModelInfo
from viewer.commanding import screen_menu
from viewer.kit import language, theme
from viewer.kit.garbage import Collector
from viewer.kit.language import told, tr
from viewer.screenshot import Photographer
from viewer.session.choices import BASELINES, MapChoice, Message
from viewer.session.session import Session
from viewer.session.settings import SCALES, Memory, Settings
from viewer.window import MainWindow

if TYPE_CHECKING:
    from viewer.scripting.director import Director
    from viewer.scripting.verbs import ScriptStep
    from viewer.tour import Stand

DEFAULT_MODEL = "chest-pneumonia"
DEMO_MODEL = "phantom-opacity"
MOST_IDLE = 86_400


def main(arguments: list[str] | None = None) -> int:
    """Run the viewer; returns the exit status."""
    serve_if_asked()
    safe_output()
    language.speak(Settings(Memory()).language)  # what the environment says, for the help
    options = _parser().parse_args(arguments)
    steps: tuple[ScriptStep, ...] = ()
    if options.commands or options.do:
        from viewer.scripting import director, verbs  # noqa: PLC0415 - most starts have none

        if options.commands:
            print(director.listed(as_json=options.json))  # noqa: T201 - it was asked for
            return 0
        try:
            steps = director.parse(options.do)
        except verbs.ScriptError as error:
            print(error, file=sys.stderr)  # noqa: T201 - the command line is the user interface
            return 2
    options.demo = options.demo or options.tour
    if options.demo and not _has_display() and not _unseen(options):
        options.screenshot = Path("build", "demo.png")
    if _unseen(options):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _run(options, steps)


def _run(options: argparse.Namespace, steps: "tuple[ScriptStep, ...]") -> int:
    settings = _settings(options)
    screen_menu.scale(options.scale or settings.scale, asked=bool(options.scale))
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    if application.findChild(Collector) is None:
        Collector(application)
    application.setApplicationName("Rowscope")
    application.setDesktopFileName("rowscope")
    language.speak(settings.language)
    theme.apply(application, theme.THEMES.get(settings.theme, theme.DARK))
    stand = _stand(options, settings) if options.tour else None
    window = stand.window if stand is not None else _window(options, settings)
    if stand is None:
        _survive(window)
        _offer_tour(options, window)
    director = _director(window, steps)
    if _unseen(options):
        photographer = Photographer(
            window,
            options.screenshot,
            state=options.state,
            director=director or stand,
            row=options.row,
        )
        photographer.setObjectName("photographer")
    else:
        _start_log()
        if director is not None:
            tell = window.session.message.emit
            director.failed.connect(lambda text: tell(Message(text, "error")))
    _begin(options, window, stand)
    window.session.models.recall(settings.own_models)
    if director is not None:
        director.start()
    elif not options.paths and not options.demo and _unseen(options):
        window.session.settled.emit()
    status = application.exec()
    window = stand.window if stand is not None else window
    window.session.close()
    window.session.records.close()
    if window.session.hangs:
        # A read that hangs in a share can neither be ended nor waited for: leave it behind.
        settings.keep()
        _leave(status)
    return status


def _begin(options: argparse.Namespace, window: MainWindow, stand: "Stand | None") -> None:
    """Show the window and what is to be opened in it."""
    window.show()
    prepare_reading()  # unless `viewer.start` did, for a film
    if stand is not None:
        stand.start()
    else:
        window.session.models.warm_up()
        if options.demo:
            window.session.open_demo(Path(user_cache_dir("rowscope"), "demo"))
    if options.paths:
        window.session.open(tuple(options.paths))


def _leave(status: int) -> NoReturn:
    gc.collect()  # the locks of the process that has ended
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


def _stand(options: argparse.Namespace, settings: Settings) -> "Stand":
    """Windows that remember nothing, one after the other; without a display the tour ends."""
    from viewer.tour import Stand  # noqa: PLC0415 - most starts have none

    unseen = _unseen(options)

    def open_window() -> MainWindow:
        own = Settings(Memory())
        own.language, own.theme = settings.language, settings.theme
        window = _window(options, own, Store(None))
        _survive(window)
        return window

    idle = None if unseen else options.idle
    return Stand(open_window, idle=idle, loops=not unseen, pace=0.0 if unseen else 1.0)


def _offer_tour(options: argparse.Namespace, window: MainWindow) -> None:
    """Give the tour in a window of its own when it is asked for, and leave this one as it is."""

    def give() -> None:
        from viewer.tour import Stand  # noqa: PLC0415 - seldom wanted

        own = Settings(Memory())
        own.language, own.theme = window.settings.language, window.settings.theme
        toured = argparse.Namespace(**{**vars(options), "demo": True, "model": "", "size": None})
        stand = Stand(lambda: _window(toured, own, Store(None)), idle=None)
        stand.setParent(stand.window)
        stand.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stand.start()

    window.tour_requested.connect(give)


def _director(window: MainWindow, steps: "tuple[ScriptStep, ...]") -> "Director | None":
    if not steps:
        return None
    from viewer.scripting.director import Director  # noqa: PLC0415 - most starts have none

    return Director(window, steps)


def _unseen(options: argparse.Namespace) -> bool:
    """Whether the window is for a picture or a program, and not for a person."""
    return options.screenshot is not None or options.state is not None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rowscope",
        description=tr("Open films and read them row by row. Research use only."),
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=tr("films or folders"))
    parser.add_argument(
        "--model", default="", help=tr("name of the model to read with, or folder")
    )
    parser.add_argument("--demo", action="store_true", help=tr("open the demo study"))
    parser.add_argument(
        "--tour",
        action="store_true",
        help=tr("show the demo study by itself, until somebody touches it; nothing is kept"),
    )
    parser.add_argument(
        "--idle",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help=tr("without a touch, until the tour begins anew"),
    )
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="OUT.png",
        help=tr("open the window without a display, save it when all is read, and leave"),
    )
    parser.add_argument(
        "--do",
        default="",
        metavar="COMMANDS",
        help=tr("commands for the window, divided by “;”, as --commands lists them"),
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="OUT.json",
        help=tr("write what the window shows in the end, without a display, and leave"),
    )
    parser.add_argument(
        "--commands", action="store_true", help=tr("list what --do understands, and leave")
    )
    parser.add_argument("--json", action="store_true", help=tr("list it as JSON"))
    parser.add_argument(
        "--size", type=_size, default=None, metavar="WxH", help=tr("of the window")
    )
    parser.add_argument(
        "--scale",
        type=int,
        choices=SCALES[1:],
        default=0,
        metavar="PERCENT",
        help=tr("at which everything is drawn, this time"),
    )
    parser.add_argument(
        "--map",
        choices=("none", "influence", "state"),
        default="none",
        help=tr("map over the film"),
    )
    parser.add_argument(
        "--baseline", choices=BASELINES, default="mean", help=tr("film that Influence starts from")
    )
    parser.add_argument("--units", type=_units, default=(), help=tr("hidden units, as 17,41,98"))
    parser.add_argument(
        "--row", type=float, default=None, help=tr("stored row for the row cursor")
    )
    parser.add_argument("--version", action="version", version=f"rowscope {__version__}")
    return parser


def _size(text: str) -> QSize:
    width, _, height = text.partition("x")
    try:
        return QSize(int(width), int(height))
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("{text} is not a size such as 1280x800", text=text)
        ) from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= MOST_IDLE:
        raise argparse.ArgumentTypeError(
            tr("{text} is not a number of seconds from 1 to {most}", text=text, most=MOST_IDLE)
        )
    return seconds


def _units(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("{text} is not a list such as 17,41,98", text=text)
        ) from None


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"} or "QT_QPA_PLATFORM" in os.environ:
        return os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(Memory() if _unseen(options) else None)  # a picture forgets


def _window(
    options: argparse.Namespace, settings: Settings, records: Store | None = None
) -> MainWindow:
    wanted = options.model or (DEMO_MODEL if options.demo else settings.model) or DEFAULT_MODEL
    session = _session(wanted, records or Store(records_path()), asked=bool(options.model))
    window = MainWindow(session, settings)
    session.setParent(window)
    available = None if _unseen(options) else window.screen().availableSize()
    screen_menu.open_at(window, options.size, settings, available)
    if (warning := session.records.warning) is not None:
        session.message.emit(Message(told(warning), "warning"))
    if options.map != "none" or options.units or options.baseline != "mean":
        session.choose_map(
            MapChoice(
                question=options.map,
                units=options.units,
                strength=settings.strength,
                baseline=options.baseline,
            )
        )
    return window


def _session(wanted: str, records: Store, *, asked: bool) -> Session:
    """A session that starts with one of the program's models, or waits for another one."""
    models = list_models()
    if any(model.name == wanted for model in models):
        return Session(_with_first(models, wanted), records=records)
    session = Session(_with_first(models, DEFAULT_MODEL), records=records)
    if asked or Path(wanted).is_absolute():  # a name from an earlier start is no folder of here
        session.start_with(wanted, asked=asked)
    return session


def _with_first(models: tuple[ModelInfo, ...], name: str) -> tuple[ModelInfo, ...]:
    return tuple(sorted(models, key=lambda model: (model.name != name, model.title)))


def _start_log() -> None:
    """Log errors (their kind and place, nothing of a film) to a file of bounded size."""
    folder = Path(user_log_dir("rowscope"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "rowscope.log", maxBytes=1 << 20, backupCount=1)
    except OSError:
        return  # a home that cannot be written is no reason not to start
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("rowscope").addHandler(handler)


def _survive(window: MainWindow) -> None:
    """Show what no slot expected, instead of ending the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        kept = error.with_traceback(trace)
        # Not at once: it may come out of a paint event, where no window can be opened.
        QTimer.singleShot(0, window, lambda: window.session.unexpected.emit(kept))

    sys.excepthook = hook


if __name__ == "__main__":
    sys.exit(main())
