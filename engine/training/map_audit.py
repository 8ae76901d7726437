"""Measure whether a bundle's maps mean what they say on films, and store it in the bundle."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.bundle import by_row_passes, influence_passes, prefixes_hash, read_audit, write_audit
from engine.device import choose_device
from engine.errors import BundleError, DataError
from engine.explain import (
    AuditedModel,
    Prefixes,
    Sample,
    audit as measure_maps,
    midway_deletion,
    prefix_answers,
    row_calibration,
)
from engine.films import Films, FolderLayout, finding_boxes
from engine.measure import EVEN, FilmAnswerer, nuisance_of, share_of_lungs
from engine.model import Model
from engine.progress import tell
from engine.tasks import named_finding, task_of
from engine.training.overlap import Chosen, choose_films
from engine.types import (
    Audit,
    InfluenceMethod,
    LungShare,
    ModelInfo,
    Nuisance,
    RowCalibration,
)
from engine.weights import Bundle, load_bundle
from engine.words import Sentence

FILMS = 200  # drawn from a split for an audit of the maps
BY_ROW_WORDS = {
    True: "The answer by row passes what it needs: what it says is true enough at every step.",
    False: "The answer by row does not pass; it is not shown.",
    None: "The answer by row is not measured well enough to be shown.",
}
_KINDS = {
    "train": "training films",
    "val": "validation films",
    "test": "test films",
    "all": "films, whatever their split,",
}
_WHY = {
    "val": "test films are left for the final figure",
    "test": "there are no validation films",
    "all": "there are neither validation nor test films",
}
_BY_ROW_FILMS = 5000  # a network that reads both ways reads each prefix of each of them


def audit(
    model: str | Path | Model,
    data: str | Path,
    *,
    siblings: Sequence[str | Path] = (),
    split: str | None = None,
    films: int = FILMS,
    method: InfluenceMethod | None = None,
    finding: str | None = None,
    lungs: str | Path | None = None,
    seed: int = 0,
    save: bool = True,
    cache: str | Path | None = None,
) -> Audit:
    """Measure whether a model's maps and its answer by row mean what they say; some minutes.

    Deletion and insertion, random weights, other seeds, position, pointing game on some films,
    calibration by row on all films of the split; `engine.bundle.audit` judges them.

    Args:
        model: Its name, the folder of its bundle, or the model; its bundle is read anew.
        data: Folder, tar file or npz file of films, each of the model's own height.
        siblings: The same model trained with other seeds.
        split: "train", "val", "test" or "all", as at the model's training. None takes validation
            films where there are any, else test films, else all: an audit is looked at while a
            model is chosen, and test films are for the final figure.
        films: Drawn from the split; 0 measures the answer by row alone, and what the bundle has
            of maps stays.
        method: How Influence is measured; None takes the model's own.
        finding: Class or finding whose maps are measured on all films; None takes each film's
            most probable one, and of a task that draws the model's finding.
        lungs: A model of lung fields, or a folder of masks with the films' names: how much of the
            maps lies within the lungs is measured, too. None keeps what the bundle has of it.
        seed: Of films, orders and random weights.
        save: Whether the bundle's audit.json is written.
        cache: Folder in which films are kept once read; None keeps none.

    Raises:
        BundleError: A model or sibling that cannot be trusted, or that is none of this model.
        DataError: Films that cannot be used.

    Example:
        >>> found = engine.audit("my-model", "films", films=50, save=False)
        >>> [(line.what, line.verdict) for line in engine.verdicts(found)]
    """
    data = Path(data)
    device, _ = choose_device()
    bundle = load_bundle(model.info.path if isinstance(model, Model) else model, device)
    info = bundle.info
    if not films and not info.objective.plain:
        raise DataError(
            "The answer by row of “{model}” is not audited: its task is {task}.",
            model=info.name,
            task=info.objective.task,
        )
    of = None if finding is None else info.classes.index(named_finding(info, finding))
    others = [_sibling(load_bundle(name, device), info, of) for name in siblings]
    kept = None if cache is None else Path(cache)
    chosen = _chosen(info, data, split=split, cache=kept)
    tell(_chosen_words(chosen, data, asked=split is not None))
    split = chosen.split
    measured = read_audit(info.path) if not films else None
    if films:
        measured = measure(
            _subject(bundle, of),
            _sample(chosen.films, data, split=split, films=films, seed=seed),
            siblings=others,
            method=method or info.influence,
            seed=seed,
            report=tell,
        )
    elif measured is None:
        measured = Audit(method or info.influence, _source(chosen.films, data, split), seed)
    found = measured
    if info.objective.plain:
        fitted = split == "val" and not chosen.whole
        by_row = _by_row(bundle, chosen.films, data, split=split, fitted=fitted, seed=seed)
        found = replace(measured, by_row=by_row)
    if films:
        stored = None if chosen.layout is None else (data, chosen.layout)
        found = replace(
            found,
            nuisance=_nuisance(
                bundle, chosen.films, data, split=split, most=films, seed=seed, stored=stored
            ),
        )
    if films:
        before = read_audit(info.path)
        kept_lungs = before.lungs if before and before.finding == (finding or "") else None
        found = replace(found, finding=finding or "", lungs=kept_lungs)
    if films and lungs is not None:
        found = replace(found, lungs=_lungs(info, chosen, data, lungs, finding=finding, seed=seed))
    if save:
        write_audit(info.path, found, sha256=info.sha256)
    return found


def _lungs(
    info: ModelInfo,
    chosen: Chosen,
    data: Path,
    lungs: str | Path,
    *,
    finding: str | None,
    seed: int,
) -> LungShare:
    """How much of the maps of some films of a split lies within the lungs."""
    if chosen.layout is None:
        raise DataError(
            "{data} holds no films of which the lungs could be asked; name a folder, a table or a"
            " tar file.",
            data=data.name,
        )
    return share_of_lungs(
        info.path, chosen.films, (data, chosen.layout), lungs, finding=finding, seed=seed
    )


def audit_finished(folder: Path, films: Films, data: str, *, split: str) -> tuple[str, ...]:
    """Audit a model that was just trained, and store it in its bundle.

    Args:
        folder: Of the bundle.
        films: Of one split, as the training divided them.
        data: What the source is called.
        split: Which one it is.

    Returns:
        What came out, as sentences.
    """
    bundle = load_bundle(folder)
    info = bundle.info
    if len(np.unique(films.heights)) > 1 or films.heights[0] != info.input.rows:
        return ("Maps of films that keep their shape are not audited.",)
    source = Path(data)
    measured = measure(
        _subject(bundle),
        _sample(films, source, split=split, films=FILMS, seed=0),
        siblings=[],
        method=info.influence,
        seed=0,
        report=lambda _: None,
    )
    if info.objective.plain:
        by_row = _by_row(bundle, films, source, split=split, fitted=split == "val", seed=0)
        measured = replace(measured, by_row=by_row)
        moved = _nuisance(bundle, films, source, split=split, most=FILMS, seed=0)
        measured = replace(measured, nuisance=moved)
    write_audit(info.path, measured, sha256=info.sha256)
    word = "passes" if influence_passes(measured) else "does not pass"
    told = f"Influence {word} what it needs, on {measured.source}: deletion, random weights."
    return (told, BY_ROW_WORDS[by_row_passes(measured)]) if info.objective.plain else (told,)


def _nuisance(
    bundle: Bundle,
    films: Films,
    data: Path,
    *,
    split: str,
    most: int,
    seed: int,
    stored: tuple[Path, FolderLayout] | None = None,
) -> Nuisance | None:
    """How far answers move for no reason, on files where they are at hand, else on rows."""
    info = bundle.info
    if not info.objective.plain:
        return None
    threshold = info.threshold.value if info.threshold else EVEN
    return nuisance_of(
        FilmAnswerer(bundle.network, info.input, info.positive, threshold),
        films,
        where=_source(films, data, split),
        source=stored,
        most=most,
        seed=seed,
        report=tell,
    )


def measure(
    subject: AuditedModel,
    sample: Sample,
    *,
    siblings: Sequence[AuditedModel],
    method: InfluenceMethod,
    seed: int,
    report: Callable[[str], None],
) -> Audit:
    """The maps of a model, from its mean film and, where that is decided, from midway."""
    found = measure_maps(
        subject, sample, siblings=siblings, method=method, seed=seed, report=report
    )
    if subject.explained is not None:
        return found
    midway = midway_deletion(subject, sample, method=method, seed=seed, report=report)
    return replace(found, midway=midway)


def _by_row(
    bundle: Bundle, films: Films, data: Path, *, split: str, fitted: bool, seed: int
) -> RowCalibration:
    """The answer by row, on all films of the split, or on 5,000 of them."""
    source = _source(films, data, split)
    if len(films) > _BY_ROW_FILMS:
        films = films.take(np.random.default_rng(seed).permutation(len(films))[:_BY_ROW_FILMS])
        source = Sentence("source.some", some=len(films), whole=source)
    tell(f"{len(films):,} films: answer by row")
    given = Prefixes(
        prefix_answers(bundle.network, films.rows[: len(films)]),
        films.labels,
        films.patients,
        source,
        fitted=fitted,
    )
    return row_calibration(
        given,
        bundle.by_row,
        key=prefixes_hash(bundle.by_row),
        balanced=len(bundle.info.classes) == 2,
        positive=bundle.info.positive,
        seed=seed,
    )


def _subject(bundle: Bundle, finding: int | None = None) -> AuditedModel:
    """The model as it is audited: of every film the finding that is named, if one is.

    What draws explains its finding, or else the first class that is drawn: of its film logits the
    class around is nearly always the most probable.
    """
    info = bundle.info
    if finding is not None:
        return AuditedModel(bundle.network, bundle.statistics, finding, explained=finding)
    draws = task_of(info.objective, info.classes, info.positive).maps > 0
    own = (1 if info.positive is None else info.positive) if draws else None
    return AuditedModel(bundle.network, bundle.statistics, info.positive, explained=own)


def _sibling(bundle: Bundle, info: ModelInfo, finding: int | None) -> AuditedModel:
    other = bundle.info
    if (other.input, other.steps, other.classes) != (info.input, info.steps, info.classes):
        raise BundleError(
            "{other} is no sibling of {info}: it reads or answers something else.",
            other=other.name,
            info=info.name,
        )
    if other.sha256 == info.sha256:
        raise BundleError(
            "{other} has the weights of {info}; name one of another seed.",
            other=other.name,
            info=info.name,
        )
    return _subject(bundle, finding)


def _chosen(info: ModelInfo, data: Path, *, split: str | None, cache: Path | None) -> Chosen:
    chosen = choose_films(info, data, split=split, cache=cache, report=tell)
    found = chosen.films
    if len(np.unique(found.heights)) > 1 or found.heights[0] != info.input.rows:
        raise DataError(
            "{data}: the audit needs films of {rows} model rows each; the maps of"
            " other heights are not audited.",
            data=data.name,
            rows=info.input.rows,
        )
    return chosen


def _chosen_words(chosen: Chosen, data: Path, *, asked: bool) -> str:
    """Which films are audited, and why these where nobody said."""
    if chosen.whole:
        return f"Audited on all {len(chosen.films):,} films of {data.name}; they are not divided."
    words = f"Audited on {len(chosen.films):,} {_KINDS[chosen.split]} of {data.name}"
    return f"{words}." if asked else f"{words}; {_WHY[chosen.split]}."


def _sample(found: Films, data: Path, *, split: str, films: int, seed: int) -> Sample:
    chosen = np.random.default_rng(seed).permutation(len(found))[:films]
    source = _source(found, data, split)
    if len(chosen) < len(found):
        source = Sentence("source.some", some=len(chosen), whole=source)
    boxes = finding_boxes(data, found.names[chosen])
    return Sample(found.rows[chosen], found.findings[chosen], source, boxes)


def _source(found: Films, data: Path, split: str) -> Sentence:
    """The films in words, for example "784 val films of chest.tar"."""
    if set(found.splits) != {split}:  # some data have no splits
        return Sentence("source.films", films=len(found), data=data.name)
    return Sentence("source.films-of", films=len(found), split=split, data=data.name)
