"""Commands that read films: predict, trace, horizon and what follows a film."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import engine
from engine.cli import task_answers
from engine.cli.options import AsJson, fail, printable, sentences
from engine.errors import EngineError
from engine.types import Analysis, Check, Horizon, ModelInfo, Surprise, TaskAnswer, task_values

if TYPE_CHECKING:
    from engine.explain import Baseline
    from engine.model import Model


# ------------------------------------------------------------- predict, trace, model list
# `predict`, `trace` and `model list`: what can be asked of a trained model.

DEFAULT_MODEL = "chest-pneumonia"

_MOST_DIGITS = 6  # of a probability beside its threshold
_MOST_WARNINGS = 3  # a film that is blurred is another baseline each time

Result = dict[str, Any]
ModelOption = Annotated[str, typer.Option("--model", "-m", help="Name or folder of a model.")]
Start = Annotated[
    str,
    typer.Option(
        "--baseline",
        help="Film that Influence starts from: mean, midway, blank, blurred, class-mean:CLASS, or"
        " a path.",
    ),
]


def predict(
    paths: Annotated[list[Path], typer.Argument(help="Images, or folders of images.")],
    *,
    model: ModelOption = DEFAULT_MODEL,
    baseline: Start = "mean",
    masks: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the outlines of a segmentation: a PNG of class numbers per film,"
            " of its stored size."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read images and say what the model answers; exit status 1 if a file could not be read."""
    engine.imaging.prepare_reading()  # while the model is loaded
    with sentences():
        reader = engine.load(model)
        reader.warm_up()
        start = reader.baseline(baseline)
        task_answers.check_masks(masks, reader.info)
    info, listing = reader.info, engine.imaging.list_images(paths)
    found = [_predict_one(path, reader, start) for path in listing.files]
    results = [result for result, _ in found]
    if masks is not None:
        names = told_apart([Path(result["path"]) for result in results])
        with sentences():
            task_answers.write_masks(masks, names, [answer for _, answer in found])
    if as_json:
        whole = {"results": results, "passed_over": listing.passed_over}
        typer.echo(json.dumps(whole, indent=2, allow_nan=False))
    else:
        _print_results(found, info)
        if listing.words:
            typer.echo(listing.words, err=True)
    if any(result["status"] == "refused" for result in results):
        raise typer.Exit(1)


def trace(
    path: Annotated[Path, typer.Argument(help="One image.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, .npz.")],
    model: ModelOption = DEFAULT_MODEL,
    frame: Annotated[int, typer.Option(min=0, help="Frame, counted from 0.")] = 0,
    baseline: Start = "mean",
) -> None:
    """Write every hidden state, gate, answer by row and influence of one image as numpy arrays.

    Arrays: h (S,D,L,H); gates (G,S,D,L,H) with gate_names, and each as gates_<name>; c of an
    LSTM; memory (D,L,H); by_row (L,K); influence (L,), and the baseline that it starts from with
    baseline_probability; edges (L+1,): step t covers stored rows edges[t] to edges[t+1];
    influence_grid (R,C) over rows and columns, with grid_row_edges and grid_column_edges; columns:
    of a grid network the cells side by side in a step, with column_edges;
    probabilities and classes (K,); model, model_version, sha256,
    sop_instance_uid, program_version and more say what they belong to.
    """
    engine.imaging.prepare_reading()  # while the model is loaded
    with sentences():
        reader = engine.load(model)
        pixels = engine.imaging.read_frame(engine.imaging.read_image(path), frame)
        analysis = reader.analyse(pixels, baseline=baseline)
        if analysis.abstained is not None:
            raise fail(f"{path.name}: the model abstains. {analysis.abstained}")
        influence = analysis.influence
        grid = None
        if influence is not None:
            grid = engine.inspection.grid_influence(
                reader, pixels, influence.target, baseline=baseline
            )
        analysis.to_npz(output, reader.trace(pixels), grid)
    if influence is not None and influence.baseline.warning is not None:
        typer.echo(printable(influence.baseline.warning.words), err=True)
    with np.load(output, allow_pickle=False) as arrays:
        typer.echo(f"{printable(str(output))}: {', '.join(arrays.files)}")


def models(*, as_json: AsJson = False) -> None:
    """List the models that can be used."""
    found = engine.list_models()
    if as_json:
        listed = [_identify(info) | {"title": info.title, "task": info.task} for info in found]
        typer.echo(json.dumps({"models": listed}, indent=2))
        return
    table = Table("name", "version", "reads", "network", "classes", box=None)
    for info in found:
        height = "free" if info.input.aspect == "keep" else info.input.rows
        grid = f"{height} × {info.input.columns}"
        classes = ", ".join(info.classes[:4]) + (" …" if len(info.classes) > 4 else "")
        _add_row(table, info.name, info.version, grid, info.architecture, classes)
    Console().print(table)


def _predict_one(
    path: Path, reader: "Model", start: "Baseline"
) -> "tuple[Result, TaskAnswer | None]":
    """What is said of a film, and what its task makes of it."""
    info = reader.info
    try:
        analysis = reader.analyse(path, baseline=start)
    except EngineError as error:
        return _result(path, info, status="refused", reason=error.sentence), None
    except Exception as error:  # noqa: BLE001 - one file must not cost the others their answers
        reason = f"{path.name} cannot be read: unexpected {type(error).__name__}."
        return _result(path, info, status="refused", reason=reason), None
    status = "abstained" if analysis.prediction is None else "ok"
    said = _result(path, info, status=status, reason=analysis.abstained, found=analysis)
    return said, analysis.task_answer


def _result(
    path: Path, info: ModelInfo, *, status: str, reason: str | None, found: Analysis | None = None
) -> Result:
    prediction = found.prediction if found else None
    return {
        "path": str(path),
        "frame": found.frame if found else 0,
        "status": status,
        "reason": reason,
        "model": _identify(info),
        "classes": list(info.classes),
        "probabilities": prediction.probabilities.tolist() if prediction else None,
        **task_values(found.task_answer if found else None),
        **_doubts(found, info),
        "influence": _started(found, info),
        "device": found.device if found else None,
        "seconds": round(found.seconds, 4) if found else None,
    }


def _doubts(found: Analysis | None, info: ModelInfo) -> Result:
    """What speaks for and against the answer; null where nobody was asked."""
    trust = found.trust if found else None
    interval = trust.interval if trust else None
    return {
        "interval": [interval.low, interval.high] if interval else None,
        "set": [info.classes[k] for k in trust.conformal] if trust and trust.level else None,
        "interval_level": interval.level if interval else None,
        "level": (trust.level or None) if trust else None,
        "calibrated": engine.bundle.calibration_holds(info),
        "threshold": info.threshold.value if info.threshold else None,
        "reasons": [asdict(reason) for reason in trust.reasons] if trust else None,
        "checks": [_checked(check) for check in trust.checks] if trust else None,
        "suggestion": asdict(trust.suggestion) if trust and trust.suggestion else None,
    }


def _started(found: Analysis | None, info: ModelInfo) -> Result | None:
    """From which film Influence starts, and what the model says of that one."""
    influence = found.influence if found else None
    if influence is None:
        return None
    baseline, warning = influence.baseline, influence.baseline.warning
    return {
        "target": info.classes[influence.target],
        "baseline": baseline.kind,
        "baseline_film": baseline.words,
        "baseline_probability": influence.baseline_probability,
        "warning": asdict(warning) if warning else None,
    }


def _checked(check: Check) -> Result:
    return asdict(check) | {"mark": check.mark}


def _identify(info: ModelInfo) -> dict[str, str]:
    return {"name": info.name, "version": info.version, "sha256": info.sha256}


def _print_results(results: "list[tuple[Result, TaskAnswer | None]]", info: ModelInfo) -> None:
    finding = None if info.positive is None else info.classes[info.positive]
    cut = info.threshold.value if finding is not None and info.threshold else None
    heads = ["film", "answer", f"P({finding})" if finding is not None else "probability"]
    heads = heads if info.objective.plain else ["film", "found", "how sure"]
    cut = cut if info.objective.plain else None
    heads += [f"threshold {cut:.3g}"] if cut is not None else []
    table = Table(box=None)
    for head in (*heads, "note"):
        table.add_column(Text(printable(head)), overflow="fold")  # no word is lost
    names = told_apart([Path(result["path"]) for result, _ in results])
    for name, (result, answer) in zip(names, results, strict=True):
        cells = task_answers.cells(answer) if answer else _answer_cells(result, info, cut)
        _add_row(table, name, *cells, _note(result))
    console = Console()
    console.print(table)
    told = (_warning(result) for result, _ in results)
    warnings = tuple(dict.fromkeys(filter(None, told)))
    for words in warnings[:_MOST_WARNINGS]:
        console.print(Text(printable(words)))
    if len(warnings) > _MOST_WARNINGS:
        more = len(warnings) - _MOST_WARNINGS
        console.print(Text(f"Baselines like these: {more} more; --json names them all."))
    console.print(Text(f"{info.title} {info.version}. Research use only.", style="dim"))


def _answer_cells(result: Result, info: ModelInfo, cut: float | None) -> list[str]:
    """What is answered, the probability of the finding or of the answer, and the side it is on."""
    given = result["probabilities"]
    if given is None:
        return [result["status"], "", *([""] if cut is not None else [])]
    if info.positive is None or cut is None:
        best = int(np.argmax(given))
        shown = best if info.positive is None else info.positive
        return [info.classes[best], f"{given[shown]:.2f}"]
    value = given[info.positive]
    over = value >= cut
    others = [name for place, name in enumerate(info.classes) if place != info.positive]
    answer = info.classes[info.positive] if over else others[0] if len(others) == 1 else "none"
    digits = 2
    while digits < _MOST_DIGITS and (float(f"{value:.{digits}f}") >= cut) != over:
        digits += 1  # 0.4996 below a threshold of 0.5 is not shown as 0.50
    return [answer, f"{value:.{digits}f}", "above" if over else "below"]


def told_apart(paths: list[Path]) -> list[str]:
    """The ends of paths, of as many folders as it takes to tell all of them apart."""
    longest = max((len(path.parts) for path in paths), default=1)
    names: list[str] = []
    for end in range(1, longest + 1):
        names = ["/".join(path.parts[-end:]) for path in paths]
        if len(set(names)) == len(set(paths)):
            break
    return names


def _warning(result: Result) -> str:
    """What the map of a film does not show, and which option changes that."""
    warning = (result["influence"] or {}).get("warning")
    if warning is None:
        return ""
    told = warning["words"].arguments["what"]  # which other one, JSON says
    others = "midway, blank, blurred, class-mean:CLASS, PATH"
    return f"Influence: {told}. Another start: --baseline {others}."


def _note(result: Result) -> str:
    """The best reason, and which installed model would fit."""
    advice = (result["suggestion"] or {}).get("sentence")
    return " ".join(printable(words) for words in (result["reason"], advice) if words)


def _add_row(table: Table, *cells: str) -> None:
    """Plain text only: brackets in a file's name are no markup."""
    table.add_row(*(Text(printable(cell)) for cell in cells))


# ------------------------------------------------------------------------- model continue
# `model continue`: the rows that a model's forecaster expects below a row of a film.

_BANDS = 8  # of the film, in the table


def continue_film(
    film: Annotated[Path, typer.Argument(help="One image.")],
    *,
    start: Annotated[int, typer.Option("--from", min=0, help="Stored row, counted from 0.")],
    model: ModelOption = DEFAULT_MODEL,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="PNG; by default FILM-from-ROW.png, here."),
    ] = None,
    frame: Annotated[int, typer.Option(min=0, help="Frame, counted from 0.")] = 0,
    samples: Annotated[
        int, typer.Option(min=0, max=16, help="Films to draw; 0 shows the mean that is expected.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 0,
) -> None:
    """Draw what a model's forecaster expects below a row, beside the film, and how it erred.

    The picture shows the film as the model reads it, then one film for each draw. Surprise is the
    negative log-likelihood in nats per pixel of each row given the true rows above, and its
    percentile among the validation films of the model.
    """
    with sentences():
        from engine.phantoms import write_grey  # noqa: PLC0415 - Pillow, only when it is needed
        from engine.trust import continued  # noqa: PLC0415 - imports torch

        found = continued(model, film, start, frame=frame, samples=samples, seed=seed)
        path = output or Path(f"{film.stem}-from-{start}.png")
        write_grey(found.picture(), path)
    title = f"{film.name}, drawn from stored row {found.edges[found.first]:.0f} on"
    _print_bands(found.surprise, title)
    typer.echo(f"Wrote {printable(str(path))}")


def _print_bands(found: Surprise, title: str) -> None:
    typer.echo(printable(title))
    table = Table("stored rows", "nats per pixel", "percentile", box=None)
    for band in np.array_split(np.arange(len(found.per_row)), _BANDS):
        if len(band):
            rows = f"{found.edges[band[0]]:.0f}–{found.edges[band[-1] + 1]:.0f}"
            value, place = found.per_row[band].mean(), found.percentiles[band].mean()
            table.add_row(rows, f"{value:.2f}".replace("-", "−"), f"{place:.0f}")
    value = f"{found.value:.2f}".replace("-", "−")
    table.add_row("whole film", value, f"{found.percentile:.0f}")
    Console().print(table)


# -------------------------------------------------------------------------- model horizon
# `model horizon`: how far back a network remembers.

_BACK = (1, 2, 5, 10, 20, 50, 100, 200)


def horizon(
    model: Annotated[str | None, typer.Argument(help="Name or folder of a model.")] = None,
    films: Annotated[list[Path] | None, typer.Argument(help="Images, or folders.")] = None,
    *,
    rows: Annotated[int, typer.Option(min=2, help="Rows of the compared networks.")] = 224,
    hidden: Annotated[int, typer.Option(min=1, help="Hidden units of each of them.")] = 64,
    seed: Annotated[int, typer.Option(help="For their weights and films.")] = 0,
    state: Annotated[
        bool, typer.Option("--state", help="Of the model's last state instead of its answer.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say how much a row can still move the answer when it stands further and further back.

    Without a model, RNN, LSTM and GRU of the same size are compared before any training, with our
    first weights and with torch's, on films of random rows. With a model and films, that model is
    measured on them. A share is the gradient of the answer at a row, relative to the last row's;
    the horizon is where it falls below 1 % for good. A model that reads out the mean of its
    states, or reads in both directions, has a short way from every row to the answer: ask it for
    its last state.
    """
    with sentences():
        if model is None:
            found = _fresh(rows, hidden, seed=seed)
        else:
            found = (
                engine.load(model).horizon(engine.imaging.image_files(films or []), state=state),
            )
    if as_json:
        typer.echo(json.dumps({"horizons": [_plain(one) for one in found]}, allow_nan=False))
    else:
        Console().print(horizon_table(found))


def _fresh(rows: int, hidden: int, *, seed: int) -> tuple[Horizon, ...]:
    import torch  # noqa: PLC0415 - only when it is needed

    from engine.network import fresh_horizons  # noqa: PLC0415

    random = torch.Generator().manual_seed(seed)
    films = torch.rand(8, rows, 28, generator=random, dtype=torch.float64)
    return fresh_horizons(films, hidden_size=hidden, seed=seed)


def _plain(one: Horizon) -> dict[str, object]:
    return {
        "name": one.name,
        "of": one.of,
        "rows": one.rows,
        "rows_per_step": one.rows_per_step,
        "films": one.films,
        "share": one.share.tolist(),
    }


def horizon_table(found: tuple[Horizon, ...]) -> Table:
    """Shares of gradients by rows back, a line a network."""
    length = max(map(_height, found))
    back = [rows for rows in _BACK if rows < length]
    table = Table("rows back", *map(str, back), "horizon", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for one in found:
        shares = [_share(one, rows) for rows in back]
        end = f"{one.rows} rows" if one.rows else f"over {_height(one)} rows"
        table.add_row(*(Text(printable(cell)) for cell in (one.name, *shares, end)))
    return table


def _height(one: Horizon) -> int:
    return len(one.share) * one.rows_per_step


def _share(one: Horizon, rows: int) -> str:
    """The share of the step that holds the row so far back, in words of about the same width."""
    step = -(-rows // one.rows_per_step)
    if step >= len(one.share):
        return ""
    share = one.share[step]
    return f"{share:.1%}" if share >= 1e-3 else f"{share:.0e}"
