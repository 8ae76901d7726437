"""What the film's map and the strips beside it give away, from what the session knows of them."""

from typing import TYPE_CHECKING, Any

import numpy as np

from viewer.kit.language import clauses, named, told, tr
from viewer.kit.taken import Taken
from viewer.session import readings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.session.session import Session


def influence_of(session: "Session") -> Taken | None:
    """Influence of every step, and where the steps lie."""
    analysis = session.analysis
    if analysis is None or analysis.influence is None:
        return None
    found = analysis.influence
    kind, name = found.baseline.kind, named(analysis.model.classes[found.target])
    words = tr("Influence of every step on {name}, Δ log-odds, against {baseline}.")
    return Taken(
        "influence",
        words.format(name=name, baseline=tr(str(found.baseline.words))),
        {"influence": found.values, "edges": found.edges},
        f'found = model.influence(film, {found.target}, frame=frame, baseline="{kind}")\n'
        "influence, edges = found.values, found.edges",
    )


def answer_of(session: "Session") -> Taken | None:
    """The answer after every step."""
    analysis = session.analysis
    if analysis is None or analysis.prediction is None or analysis.states is None:
        return None
    return Taken(
        "answer",
        tr("Answer by row: the probability of every class if reading stopped after that step."),
        {"by_row": analysis.prediction.by_row, "edges": analysis.states.edges},
        "analysis = model.analyse(film, frame)\n"
        "by_row, edges = analysis.prediction.by_row, analysis.states.edges",
    )


def map_of(session: "Session") -> Taken | None:
    """The map that lies over the film."""
    analysis, choice = session.analysis, session.choice
    if choice.crossed:
        return _cells_of(session)
    shown = readings.heatmap(analysis, choice)
    if analysis is None or shown is None:
        return None
    unit = tr("percentile") if shown.unit == "percentile" else shown.unit
    what = clauses([part for part in (told(shown.label), unit) if part])
    words = tr("{what}: the map over the film.", what=what)
    arrays: dict[str, NDArray[Any]] = {"values": shown.values, "edges": shown.edges}
    if shown.question == "influence" and analysis.influence is not None:
        target, baseline = analysis.influence.target, choice.baseline
        return Taken(
            "map",
            words,
            arrays,
            f'found = model.influence(film, {target}, frame=frame, baseline="{baseline}")\n'
            "values, edges = found.values, found.edges",
        )
    return Taken(
        "map",
        words,
        arrays,
        "analysis = model.analyse(film, frame)\n"
        "shown = engine.maps.state_map(\n"
        "    analysis.states,\n"
        "    analysis.statistics,\n"
        f"    layer={choice.layer},\n"
        f"    direction={choice.direction},\n"
        f"    units={choice.units!r},\n"
        f'    quantity="{choice.quantity}",\n'
        ")\n"
        "values, edges = shown.values, shown.edges",
    )


def _cells_of(session: "Session") -> Taken | None:
    """Influence over rows and columns."""
    analysis, grid = session.analysis, session.pointer.grid
    if analysis is None or grid is None:
        return None
    name = named(analysis.model.classes[grid.target])
    words = tr("Influence of every cell on {name}, Δ log-odds, rows × columns.", name=name)
    return Taken(
        "map",
        words,
        {"values": grid.values, "rows": grid.row_edges, "columns": grid.column_edges},
        "image = engine.imaging.read_image(film)\n"
        "found = engine.inspection.grid_influence(\n"
        "    model,\n"
        "    engine.imaging.read_frame(image, frame),\n"
        f"    {grid.target},\n"
        f"    cells={grid.values.shape},\n"
        f'    method="{grid.method}",\n'
        f'    baseline="{grid.baseline.kind}",\n'
        ")\n"
        "values, rows, columns = found.values, found.row_edges, found.column_edges",
    )


def states_of(session: "Session") -> Taken | None:
    """The matrix of hidden states, one column for each unit by its number."""
    analysis, choice = session.analysis, session.choice
    matrix = readings.matrix(analysis, choice)
    if analysis is None or matrix is None:
        return None
    words = tr(
        "Hidden states of layer {layer}, steps × units, {quantity}.",
        layer=choice.layer % analysis.model.layers + 1,
        quantity=tr("deviation in σ") if choice.quantity == "deviation" else tr("raw"),
    )
    return Taken(
        "states",
        words,
        {"states": matrix.values, "edges": np.asarray(matrix.edges)},
        "analysis = model.analyse(film, frame)\n"
        "states = engine.maps.unit_matrix(\n"
        "    analysis.states,\n"
        "    analysis.statistics,\n"
        f"    layer={choice.layer},\n"
        f"    direction={choice.direction},\n"
        f'    quantity="{choice.quantity}",\n'
        ")\n"
        "edges = analysis.states.edges",
    )
