"""From a bundle and films to a report: every measurement once, in the order of the page."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from engine.bundle import Bundle, load_bundle
from engine.evaluation.answers import Answers, Truths, answers_of
from engine.evaluation.choices import Choice, choice, confusion
from engine.evaluation.doubt import Doubt, doubt, refusals, set_names, trials_of
from engine.evaluation.finding import Finding, finding
from engine.evaluation.fingerprints import fingerprints
from engine.evaluation.glance import glance
from engine.evaluation.learning import learning_of
from engine.evaluation.mistakes import Shown, worst_mistakes
from engine.evaluation.reliability import Reliability, reliability
from engine.evaluation.report import (
    FORMAT,
    KIND,
    About,
    Evaluation,
    Measured,
    Methods,
    Pointing,
    Report,
)
from engine.evaluation.standing import Standing, standing_of
from engine.evaluation.subgroups import subgroups
from engine.evaluation.words import doubt_words, result_words
from engine.metadata import read_audit, read_description, verdicts
from engine.safeguards import Safeguards
from engine.training.bootstrap import Resampling
from engine.training.data import Progress
from engine.training.evaluate import Chosen, choose_films
from engine.training.film_test import film_test
from engine.training.fingerprints import film_digests, split_prints
from engine.training.recipe import Recipe
from engine.training.results import pointing_hits
from engine.types import FilmTest, Results
from engine.words import Sentence

_VARIES = frozenset({
    "result.seeds", "result.over-seeds", "result.over-folds", "result.each-fold",
    "result.loss-over-folds",
})  # fmt: skip
SEED = 0  # of every random number, so that a report can be made again


@dataclass(frozen=True, slots=True, eq=False)
class _Material:
    bundle: Bundle
    training: Mapping[str, Any]
    chosen: Chosen
    answers: Answers
    standing: Standing
    data: Measured


@dataclass(frozen=True, slots=True, eq=False)
class _Trusted:
    refused: dict[str, Truths]  # (N,) of each check
    doubt: Doubt | None
    reliability: Reliability
    words: Results


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    finding: Finding | None
    choice: Choice | None
    trusted: _Trusted
    shown: tuple[Shown, ...]
    pointing: Pointing | None
    drawn: Resampling


def evaluate(
    model: str | Path,
    source: Path,
    *,
    split: str,
    now: datetime,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> Evaluation:
    """Measure a model on films.

    Args:
        model: Name or folder.
        source: Folder, tar or npz; see `read_films`.
        split: See `choose_films`.
        now: The time that the report shall bear, with its zone.
        cache: See `read_films`.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or none of the split.
    """
    bundle = load_bundle(model)
    training = read_description(bundle.info.path)[0].training
    chosen = choose_films(bundle.info, source, split=split, cache=cache, report=report)
    report(f"reading {len(chosen.films):,} films with the model")
    answers = answers_of(bundle, chosen.films)
    report("comparing the films with those of the training")
    digests = film_digests(chosen.divided)
    prints = split_prints(chosen.divided, digests, classes=len(answers.classes))
    standing = standing_of(
        chosen,
        answers,
        bundle.safeguards,
        split=split,
        source=source.name,
        training=training,
        prints=prints,
        digests=film_digests(chosen.films),
    )
    data = Measured(
        name=source.name,
        films=len(answers),
        patients=len(np.unique(answers.patients)),
        per_class=tuple(np.bincount(answers.labels, minlength=len(answers.classes)).tolist()),
        skipped=chosen.divided.skipped,
        splits=prints,
    )
    return _measure(
        _Material(bundle, training, chosen, answers, standing, data), now=now, report=report
    )


def _measure(given: _Material, *, now: datetime, report: Progress) -> Evaluation:
    answers, info, bundle = given.answers, given.bundle.info, given.bundle
    report("drawing patients for intervals")
    drawn = answers.resampling(SEED)
    found = finding(answers, drawn, info.threshold)
    plain = len(answers.classes) > 2 or found is None
    chosen = choice(answers, drawn) if plain else None
    trusted = _trusted(given, report)
    report("looking for the worst errors, and what moved the answer")
    shown = _mistakes(given, trusted.refused)
    report("asking where the maps peak")
    hits = pointing_hits(
        bundle.network,
        given.chosen.films,
        bundle.statistics,
        positive=info.positive,
        method=info.influence,
    )
    pointing = None if hits is None else Pointing(hits)
    figures = _Figures(found, chosen, trusted, shown, pointing, drawn)
    return Evaluation(_report(given, figures, now=now), shown)


def _report(given: _Material, figures: _Figures, *, now: datetime) -> Report:
    answers, trusted, recipe = given.answers, figures.trusted, given.chosen.recipe
    found, chosen = figures.finding, figures.choice
    words = result_words(answers, found, chosen, figures.pointing)
    measured = read_audit(given.bundle.info.path)
    unit = "patients" if given.standing.known_patients else "films"
    return Report(
        kind=KIND,
        format=FORMAT,
        date=now.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z"),
        model=_about(given),
        data=given.data,
        standing=given.standing,
        results=(*words, *trusted.words, *_skipped(given.data.skipped)),
        test=_test(given, now),
        glance=glance(answers, found, chosen, figures.drawn),
        finding=found,
        choice=chosen,
        confusion=confusion(answers),
        reliability=trusted.reliability,
        doubt=trusted.doubt,
        subgroups=subgroups(answers, given.chosen.films.groups),
        mistakes=tuple(one.kind for one in figures.shown),
        pointing=figures.pointing,
        audit=verdicts(measured) if measured else (),
        audit_source=measured.source if measured else "",
        learning=learning_of(given.training),
        variation=tuple(pair for pair in given.bundle.info.results if pair[0].code in _VARIES),
        fingerprints=fingerprints(given.training, weights=given.bundle.info.sha256),
        methods=Methods(figures.drawn.draws, SEED, unit),
        train=_text(given.training.get("command")),
        evaluate=_command(given),
        limits=recipe.limits if recipe else (),
    )


def _test(given: _Material, now: datetime) -> FilmTest:
    """What the bundle keeps of this evaluation if it is a test, see `write_results`."""
    answers, standing, info = given.answers, given.standing, given.bundle.info
    split = "all" if standing.whole else standing.split
    return film_test(
        answers.logits,
        answers.labels,
        answers.patients,
        name=given.data.name,
        source=f"{given.data.name}, split “{split}”",
        date=now.astimezone(UTC).date().isoformat(),
        known_patients=standing.known_patients,
        positive=info.positive,
        threshold=info.threshold.value if info.threshold else None,
        balanced=meant_even(given.bundle.safeguards, given.chosen.recipe),
        seed=SEED,
    )


def meant_even(safeguards: Safeguards | None, recipe: Recipe | None) -> bool:
    """Whether probabilities are meant for films of which half show the finding."""
    if safeguards is not None:
        return safeguards.config.balanced
    return recipe is not None and recipe.measure.calibrate


def _trusted(given: _Material, report: Progress) -> _Trusted:
    """Which checks refuse which film, what sets and checks are worth, and calibration."""
    answers, safeguards, own = (
        given.answers,
        given.bundle.safeguards,
        given.standing.on_calibration,
    )
    trials = trials_of(answers, safeguards, own=own, seed=SEED)
    refused: dict[str, Truths] = {}
    believed = None
    if safeguards is not None:
        report("asking what may be believed")
        refused = refusals(safeguards, given.chosen.films, given.bundle.info.input.rows)
        believed = doubt(answers, trials, refused, level=safeguards.config.level, own=own)
    said = given.training.get("calibration")
    recipe = given.chosen.recipe
    calibrated = recipe is not None and recipe.measure.calibrate
    reliable = reliability(
        answers,
        calibration=said if isinstance(said, Mapping) else {},
        calibrated=calibrated,
        even=meant_even(safeguards, recipe),
        trials=trials,
        seed=SEED,
    )
    words = doubt_words(believed, safeguards, trials=trials, answers=answers)
    return _Trusted(refused, believed, reliable, words)


def _skipped(reasons: tuple[str, ...]) -> Results:
    count = Sentence("count", count=len(reasons))
    return ((Sentence("result.skipped"), count),) if reasons else ()


def _mistakes(given: _Material, refused: dict[str, Truths]) -> tuple[Shown, ...]:
    safeguards = given.bundle.safeguards

    def said(film: int) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        names = tuple(name for name, hits in refused.items() if name != "any" and hits[film])
        if safeguards is None:
            return None, names
        return set_names(safeguards, given.answers, film), names

    return worst_mistakes(given.bundle, given.chosen.films, given.answers, said=said)


def _about(given: _Material) -> About:
    info, plan = given.bundle.info, given.chosen.plan
    return About(
        name=info.name,
        title=info.title,
        version=info.version,
        sha256=info.sha256,
        task=info.task,
        intended_use=info.intended_use,
        data_source=info.data_source,
        classes=info.classes,
        positive=info.positive,
        architecture=info.architecture,
        influence=info.influence,
        source=plan.source,
        licence=plan.licence,
    )


def _command(given: _Material) -> str:
    """The command that makes this report again, with names instead of this machine's folders."""
    words = ["rowscope-engine", "evaluate", given.bundle.info.name, given.data.name]
    return shlex.join([*words, "--split", given.standing.split])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
