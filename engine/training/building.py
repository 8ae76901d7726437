"""From recipe and films to a bundle: train, calibrate, describe, audit, test once, write."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import __version__
from engine.bundle import Description
from engine.calibration import softmax
from engine.films import Films, Marks, predict, read_outputs, split_hashes
from engine.measure import (
    EVEN,
    FilmAnswerer,
    area_under_curve,
    choose_threshold,
    nuisance_of,
    shape_told,
    task_figures,
    task_words,
)
from engine.network import RowNetwork
from engine.progress import Progress
from engine.recipe import Recipe
from engine.safeguards import Safeguards
from engine.training.card import write_card
from engine.training.film_tests import film_test, fit_by_row
from engine.training.guarding import fit_trust
from engine.training.loop import Trained, run_epochs
from engine.training.overlap import seen_of, write_seen
from engine.training.results import (
    explained_classes,
    film_influences,
    map_results,
    measured_words,
    nuisance_words,
    pointing_results,
    results_of,
)
from engine.training.run import Run, start_run
from engine.training.schedule import Listener
from engine.training.statistics import (
    calibrate,
    even_mean_film,
    influence_scale,
    refuse_untold,
    row_statistics,
)
from engine.training.trust_bundle import test_results, validation_results
from engine.types import Figure, FilmTest, ModelInfo, Results, RowStatistics, Threshold
from engine.weights import save_bundle
from engine.words import Sentence

NOT_SAID = "Not said yet: this is a first trial without a card"


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The films of one building.

    Attributes:
        films: Training and validation, perhaps also test films.
        tests: Test sets by the name that the results give them. They are measured once, after
            everything else is decided; empty leaves the model untested, and says so.
        leakage: What the splits share, as pairs of words; see `check_leakage`.
    """

    films: Films
    tests: Mapping[str, Films]
    leakage: Results = ()


def build(
    recipe: Recipe,
    material: Material,
    *,
    output: Path,
    command: str,
    checkpoint: Path | None = None,
    listener: Listener | None = None,
    run: Run | None = None,
    report: Progress = lambda _: None,
    chosen: str = "",
) -> ModelInfo | None:
    """Train a model and write its bundle.

    Args:
        recipe: Everything that is decided beforehand.
        material: The films.
        output: The bundle's folder.
        command: What was typed, for the card.
        checkpoint: See `train`.
        listener: See `train`.
        run: See `train`; only the leading process goes on after the training.
        report: Told in words what is being done.
        chosen: How the recipe was chosen among others, for the card; sentences.

    Returns:
        What the bundle says; None in the processes that only helped to train.

    Raises:
        DataError: Films that cannot be used.
        BundleError: The output cannot be written as a bundle.
    """
    films = material.films
    run = run or start_run(recipe.training.precision)
    if run.leads:
        report(f"training in {run.choice}")
    trained = run_epochs(films, recipe, checkpoint=checkpoint, listener=listener, run=run)
    run.finish()
    if not run.leads:
        return None
    network = trained.network
    val, plain = films.only("val"), recipe.objective.plain
    untold = refuse_untold(_logits(network, val), val, recipe) if len(val) and plain else ()
    fitted = _fit_task(network, films, recipe)
    calibration = _calibrate(network, films, recipe) if plain else {}
    threshold, validated = _decide(network, films, recipe) if plain else (None, ())
    recipe = replace(recipe, objective=replace(recipe.objective, fitted=fitted))
    validated += _task_results(network, val, recipe, Sentence("split.validation"))
    safeguards = fit_trust(network, films, recipe, report=report) if recipe.trust else None
    if safeguards is not None:
        validated += validation_results(network, safeguards, films, recipe)
    by_row = fit_by_row(network, films, seed=recipe.training.seed) if plain else None
    report("measuring hidden states and Influence")
    statistics = _statistics(network, films, recipe)
    report("auditing the Influence map, then testing")
    where, audited = _audited(material)
    results = map_results(network, audited, recipe, statistics=statistics, where=where)
    tests = _film_tests(network, material, recipe, threshold)
    results = (
        *untold,
        *_test(network, material, recipe, threshold=threshold, statistics=statistics),
        *_trust_tests(network, material, recipe, safeguards),
        *results,
        *(_nuisance_results(network, audited, recipe, threshold, where=where) if plain else ()),
        *validated,
        *_data_results(films),
        *material.leakage,
    )
    card = write_card(
        recipe,
        network.config,
        threshold=threshold,
        results=results,
        command=command,
        chosen=chosen,
    )
    marks, near = Marks(films), "near" not in recipe.data.allow_leakage
    facts = {
        "calibration": calibration,
        "fingerprints": split_hashes(marks),
        "seen": write_seen(output, seen_of(marks, near=near)),
    }
    description = _describe(
        recipe, threshold, results, trained=trained, command=command, facts=facts
    )
    return save_bundle(
        output,
        network,
        description=replace(description, by_row=by_row, tests=tests),
        statistics=statistics,
        card=card,
        safeguards=safeguards,
    )


def _test(
    network: RowNetwork,
    material: Material,
    recipe: Recipe,
    *,
    threshold: Threshold | None,
    statistics: RowStatistics,
) -> Results:
    """Every test set once, with its name before each figure."""
    words: Results = ()
    for name, films in material.tests.items():
        if not recipe.objective.plain:
            words += _task_results(network, films, recipe, name)
            continue
        measured = measured_words(
            network,
            films,
            threshold=threshold,
            positive=recipe.positive,
            classes=recipe.classes,
        )
        measured += pointing_results(
            network,
            films,
            statistics,
            positive=recipe.positive,
            method=recipe.measure.influence,
        )
        words += results_of(name, measured)
    return words or ((Sentence("result.test"), Sentence("result.none-yet")),)


def _nuisance_results(
    network: RowNetwork,
    films: Films,
    recipe: Recipe,
    threshold: Threshold | None,
    *,
    where: str | Sentence,
) -> Results:
    """How far answers to some rows move when these change in ways that mean nothing."""
    shape, value = None, threshold.value if threshold else EVEN
    if recipe.positive is not None and np.isfinite(films.aspects).any():
        scores = softmax(_logits(network, films))[:, recipe.positive]
        shape = shape_told(scores, films, recipe.positive, threshold=value)
    found = nuisance_of(
        FilmAnswerer(network, recipe.input, recipe.positive, value),
        films,
        where=Sentence("source.films-of", films=len(films), split=where, data=recipe.data.source),
        shape=shape,
        seed=recipe.training.seed,
    )
    return results_of(where, nuisance_words(found))


def _fit_task(network: RowNetwork, films: Films, recipe: Recipe) -> Mapping[str, Any]:
    """What a task other than classification finds on the training and validation films."""
    if recipe.objective.plain:
        return {}
    learnt, val = recipe.asked.learnt(films.only("train").truth), films.only("val")
    if not len(val):
        return learnt
    found = read_outputs(network, val.rows, heights=val.heights)
    return {**learnt, **recipe.asked.calibrate(network, found, val.truth)}


def _task_results(
    network: RowNetwork, films: Films, recipe: Recipe, where: str | Sentence
) -> Results:
    """What a task other than classification achieves on films, in words."""
    figures = _figures(network, films, recipe)
    words = task_words(recipe.asked, figures)
    return results_of(where, words) if words else ()


def _figures(network: RowNetwork, films: Films, recipe: Recipe) -> dict[str, Figure]:
    if recipe.objective.plain or not len(films):
        return {}
    found = read_outputs(network, films.rows, heights=films.heights)
    return task_figures(
        recipe.asked, found, films.labels, truth=films.truth, patients=films.patients
    )


def _film_tests(
    network: RowNetwork, material: Material, recipe: Recipe, threshold: Threshold | None
) -> tuple[FilmTest, ...]:
    """Every test set once more, as numbers."""
    return tuple(
        _one_film_test(network, films, recipe, name=name, threshold=threshold)
        for name, films in material.tests.items()
    )


def _one_film_test(
    network: RowNetwork,
    films: Films,
    recipe: Recipe,
    *,
    name: str,
    threshold: Threshold | None,
) -> FilmTest:
    source = Sentence("source.held-out", films=len(films))
    if recipe.data.source:
        source = Sentence("source.films", films=len(films), data=recipe.data.source)
    known, date = bool((films.patients != films.names).any()), datetime.now(UTC).date()
    if not recipe.objective.plain:
        return FilmTest(
            name=name,
            source=source,
            films=len(films),
            patients=len(np.unique(films.patients)) if known else None,
            positive=None,
            date=date.isoformat(),
            figures=_figures(network, films, recipe),
        )
    return film_test(
        _logits(network, films),
        films.labels,
        films.patients,
        name=name,
        source=source,
        date=date.isoformat(),
        known_patients=known,
        positive=recipe.positive,
        threshold=threshold.value if threshold else None,
        balanced=recipe.measure.calibrate or recipe.trust is not None,
    )


def _trust_tests(
    network: RowNetwork, material: Material, recipe: Recipe, safeguards: Safeguards | None
) -> Results:
    if safeguards is None:
        return ()
    return tuple(
        result
        for name, films in material.tests.items()
        for result in results_of(name, test_results(network, safeguards, films, recipe))
    )


def _describe(
    recipe: Recipe,
    threshold: Threshold | None,
    results: Results,
    *,
    trained: Trained,
    command: str,
    facts: Mapping[str, object],
) -> Description:
    return Description(
        title=recipe.title,
        version=recipe.version,
        task=recipe.task,
        intended_use=recipe.intended_use or NOT_SAID,
        data_source=recipe.data_source or NOT_SAID,
        classes=recipe.classes,
        positive=recipe.positive,
        input=recipe.input,
        population=recipe.population,
        objective=recipe.objective,
        influence=recipe.measure.influence,
        threshold=threshold,
        results=results,
        training={
            "command": command,
            "program": f"rowscope {__version__}",
            "recipe": asdict(recipe),
            "precision": trained.precision,
            "history": [asdict(epoch) for epoch in trained.history],
        }
        | dict(facts),
    )


def _calibrate(network: RowNetwork, films: Films, recipe: Recipe) -> dict[str, float]:
    """Calibrate on the validation films; what it changed, for reports of the stage before."""
    chosen = films.only("val")
    if not recipe.measure.calibrate or not len(chosen):
        return {}
    scale, offset = calibrate(network, _logits(network, chosen), chosen.labels)
    return {"scale": scale, "offset": offset}


def _decide(network: RowNetwork, films: Films, recipe: Recipe) -> tuple[Threshold | None, Results]:
    """Choose the threshold on the validation films; and their AUC."""
    chosen, positive = films.only("val"), recipe.positive
    labels = chosen.labels
    if positive is None or not len(chosen):
        return None, ()
    scores = softmax(_logits(network, chosen))[:, positive]
    patients = len(np.unique(chosen.patients))
    rule = recipe.measure.sensitivity
    where = Sentence("chosen.youden", films=len(chosen), patients=patients)
    if rule:
        where = Sentence("chosen.sensitivity", least=rule, **where.arguments)
    present = labels == positive
    threshold = choose_threshold(present, scores, sensitivity=rule, chosen_on=where)
    area = area_under_curve(present, scores, patients=chosen.patients)
    return threshold, results_of(
        Sentence("split.validation"), ((Sentence("result.auc"), area.sentence),)
    )


def _statistics(network: RowNetwork, films: Films, recipe: Recipe) -> RowStatistics:
    rng = np.random.default_rng(recipe.training.seed)
    order = rng.permutation(films.where("train"))
    many = films.take(np.sort(order[: recipe.measure.statistics_films]))
    few = many.take(rng.permutation(len(many))[: recipe.measure.influence_films])
    targets = explained_classes(network, few, recipe.positive)
    rows = recipe.input.rows
    mean = even_mean_film(many.rows, many.labels, heights=many.heights, onto=rows)
    method = recipe.measure.influence
    maps = film_influences(network, few, baseline=mean, targets=targets, method=method)
    limit = influence_scale(np.concatenate(maps))
    return row_statistics(
        network, many.rows, influence_limit=limit, heights=many.heights, mean=mean,
        labels=many.labels,
    )  # fmt: skip


def _logits(network: RowNetwork, films: Films) -> NDArray[np.float64]:
    return predict(network, films.rows, heights=films.heights)


def _audited(material: Material) -> tuple[str, Films]:
    """Validation films; a recipe that chooses nothing has none, and takes test films."""
    films = material.films
    if len(films.where("val")):
        return Sentence("split.validation"), films.only("val")
    if material.tests:
        return "test", next(iter(material.tests.values()))
    return Sentence("split.training"), films.only("train")


def _data_results(films: Films) -> Results:
    words: Results = ()
    for split, title in (("train", "split.training"), ("val", "split.validation")):
        chosen = films.where(split)  # type: ignore[arg-type]
        if len(chosen):
            patients = len(np.unique(films.patients[chosen]))
            count = Sentence("count", count=len(chosen))
            if patients < len(chosen):
                count = Sentence("count.of-patients", count=len(chosen), patients=patients)
            words += results_of(Sentence(title), ((Sentence("result.films"), count),))
    return words
