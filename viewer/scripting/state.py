"""What the window shows, as plain values for a program that looks from outside."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.types import Analysis, Orientation, Window
from viewer.film.view import FilmPane
from viewer.kit import language, theme
from viewer.scripting.measuring_verbs import marks_of
from viewer.scripting.model_verbs import state_of_model
from viewer.scripting.regions_verbs import found_on
from viewer.session.loading import Content
from viewer.session.pointer import Pointer
from viewer.session.session import Session
from viewer.window import MainWindow

State = dict[str, Any]
_OF_A_FILM = (
    "path", "frame", "frames", "rows", "columns", "window", "window_name",
    "turn", "flip", "inverted", "letters",
)  # fmt: skip
HIDDEN_RESULT: State = {"status": "hidden", "reason": None}  # until the reader's own call


def state_of(window: MainWindow) -> State:
    """Panes, list and messages of a window."""
    session, layout = window.session, window.session.panes.layout
    painted = window.panes.painted
    return {
        "workspace": window.stage.workspace.name,
        "language": language.current(),
        "theme": theme.current().name,
        "layout": [layout.rows, layout.columns],
        "active": layout.active + 1,
        "alone": window.panes.grid.alone,
        "links": sorted(window.board.links.kinds),
        "panes": [
            _pane(session, pointer, pane)
            for pointer, pane in zip(session.panes.all, window.panes.all, strict=True)
        ],
        "films": [
            {"path": str(path), "result": _of_list(session, path)} | _frames(session, path)
            for path in session.films.paths
        ],
        "painted": {"frames": painted.frames, "seconds": painted.seconds},
        "inspect": window.inspect.state() | {"model": state_of_model(window)},
        "messages": [message.text for message in window.messages.messages],
    }


def _pane(session: Session, pointer: Pointer, pane: FilmPane) -> State:
    film = pointer.film
    loading = session.loading is not None and pointer is session.pointer
    hidden = film is not None and session.analyses.calls.hides(film.key)
    result = _result(pointer.analysis) if not hidden else HIDDEN_RESULT
    if film is None:
        nothing = dict.fromkeys(_OF_A_FILM)
        rest: State = {"loading": loading, "content": None, "result": result, "marks": []}
        return nothing | rest | found_on(session, pointer) | _pointed(pointer)
    frame, stack = film.frame, pointer.viewport.stack
    return {
        "path": str(frame.image.path),
        "series": stack.series.description if stack is not None and stack.series else "",
        "frame": pointer.viewport.at + 1,
        "frames": len(stack) if stack is not None else frame.image.frame_count,
        "rows": frame.image.rows,
        "columns": frame.image.columns,
        "window": _window(pane),
        "window_name": pane.item.voi.explanation if pane.item.voi is not None else "",
        **_lying(pointer, frame.header.orientation),
        "loading": loading,
        "content": frame.content or film.key,
        "result": result,
        "marks": marks_of(session, pointer),
        **found_on(session, pointer),
        "layers": _layers(pane),
        "patient": frame.image.identity.patient_id,
        "zoom": pane.placement.scale,
        "lines": [[list(end) for end in line] for line in pane.drawings.lines],
        **_pointed(pointer),
    }


def _lying(pointer: Pointer, known: Orientation | None) -> State:
    """How a film lies on the screen: first mirrored, then turned clockwise; and its letters.

    A film that only has top and bottom exchanged is said to be so, and not to be turned by 180°
    as well. A letter that the file does not say is null.
    """
    turn, inverted = pointer.viewport.turn, pointer.viewport.inverted
    upended = turn.flipped and turn.quarters == 2
    seen = turn.letters(known) if known is not None else None
    edges = ("left", "right", "top", "bottom")
    return {
        "turn": 0 if upended else 90 * turn.quarters,
        "flip": [turn.flipped and not upended, upended],
        "inverted": inverted,
        "letters": {edge: getattr(seen, edge, None) or None for edge in edges},
    }


def _layers(pane: FilmPane) -> State:
    """What the file lays over the film, as it is drawn."""
    layers = pane.layers
    return {
        "overlays": [f"{overlay.group:04X}" for overlay in layers.overlays],
        "shutter": layers.shutter is not None,
        "presentation": layers.choice.shown.name if layers.choice.shown is not None else None,
    }


def _pointed(pointer: Pointer) -> State:
    cursor = pointer.cursor
    row = cursor.row if cursor is not None else None
    choice = pointer.choice
    return {"map": choice.question, "baseline": choice.baseline, "row": row} | {
        "shown": choice.shown,
        "deviation": choice.deviates,
        "layer": choice.layer,
        "direction": choice.direction,
        "units": list(choice.units),
        "order": choice.order,
    }


def _of_list(session: Session, path: Path) -> State:
    reason = session.films.reason(path)
    if reason is not None:
        return {"status": "refused", "reason": reason}
    if session.analyses.hides(path):
        return HIDDEN_RESULT
    return _result(session.analyses.said(path))


def _frames(session: Session, path: Path) -> State:
    """Of a file of several frames, what is known of each, by its place in the series from 1."""
    stack, series = session.stacks.of(path), session.series
    if stack is None or len(stack) == len(stack.paths):
        return {}
    return {
        "frames": [
            {"frame": place, "result": _of_content(session, series.content(path, one.index))}
            for place, one in enumerate(stack.frames, 1)
            if one.path == path
        ]
    }


def _of_content(session: Session, content: Content) -> State:
    if session.analyses.calls.hides(content):
        return HIDDEN_RESULT
    return _result(session.analyses.said_of(content))


def _window(pane: FilmPane) -> list[float] | None:
    """Centre and width in modality values; None where a VOI LUT shows the film."""
    voi = pane.item.voi
    if not isinstance(voi, Window):
        return None
    return [voi.center, voi.width]


def _result(analysis: Analysis | None) -> State:
    """As `rowscope-engine predict --json` says it; "none" while nothing is known."""
    if analysis is None:
        return {"status": "none", "reason": None}
    model, prediction = analysis.model, analysis.prediction
    trust = analysis.trust
    interval = trust.interval if trust is not None and prediction is not None else None
    return {
        "status": "ok" if prediction is not None else "abstained",
        "reason": None if prediction is not None else analysis.abstained,
        "classes": list(model.classes),
        "probabilities": prediction.probabilities.tolist() if prediction is not None else None,
        "interval": [interval.low, interval.high] if interval is not None else None,
        "influence": _started(analysis),
        "model": {"name": model.name, "version": model.version, "sha256": model.sha256},
    }


def _started(analysis: Analysis) -> State | None:
    """From which film Influence starts; None without one, and where only the answer is kept."""
    influence = analysis.influence
    if influence is None:
        return None
    baseline, warning = influence.baseline, influence.baseline.warning
    return {
        "target": analysis.model.classes[influence.target],
        "baseline": baseline.kind,
        "baseline_film": baseline.words,
        "baseline_probability": influence.baseline_probability,
        "warning": asdict(warning) if warning is not None else None,
    }
