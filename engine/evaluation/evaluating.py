"""`evaluate` from Python: measure a model on films, and write its page."""

from datetime import UTC, datetime
from pathlib import Path

from engine.evaluation.gathering import measure
from engine.evaluation.report import Report
from engine.evaluation.saving import check_place, write_report
from engine.model import Model
from engine.progress import Progress, silent


def evaluate(
    model: str | Path | Model,
    data: str | Path,
    *,
    split: str = "test",
    output: str | Path | None = None,
    cache: str | Path | None = None,
    shapes: str | Path | None = None,
    lungs: str | Path | None = None,
    report: Progress = silent,
) -> Report:
    """Measure a model on films, and write a page of it.

    Args:
        model: Its name, the folder of its bundle, or the model; its bundle is read anew.
        data: Folder, table (CSV, Parquet), tar file or npz file of films.
        split: "train", "val", "test" or "all", as at the model's training; films that no rule
            divides are taken whole.
        output: Page to write, .html; its numbers go beside it as .json. None writes nothing.
        cache: Folder in which films are kept once read; None keeps none.
        shapes: CSV with the columns `path` and `aspect`, width over height that each film had
            before its file was drawn out to another shape. None takes that of the model's recipe
            where it lies beside the films.
        lungs: A model of lung fields, or a folder of masks with the films' names: how much of the
            maps lies within the lungs is measured, too.
        report: Told in words what is being done.

    Returns:
        Every number of the page, with intervals; `results` has them in words.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, none of the split, or a place where no page can go.

    Example:
        >>> found = engine.evaluate("my-model", "films", output="report.html")
        >>> dict(found.results)["AUC"]
    """
    if output is not None:
        check_place(Path(output))
    found = measure(
        model.info.path if isinstance(model, Model) else model,
        Path(data),
        split=split,
        now=datetime.now(UTC),
        cache=None if cache is None else Path(cache),
        shapes=None if shapes is None else Path(shapes),
        lungs=lungs,
        report=report,
    )
    if output is not None:
        write_report(found, Path(output))
    return found.report
