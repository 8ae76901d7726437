"""The results in words, as the terminal prints them and a card keeps them."""

from engine.evaluation.answers import Answers
from engine.evaluation.choices import Choice
from engine.evaluation.doubt import Doubt
from engine.evaluation.finding import Finding, brier
from engine.evaluation.report import Pointing
from engine.safeguards import Safeguards
from engine.training.coverage import Trial
from engine.training.measure import Performance
from engine.training.results import performance_words, pointing_words
from engine.training.trust_results import coverage_words
from engine.types import Results
from engine.words import Sentence


def result_words(
    answers: Answers, found: Finding | None, chosen: Choice | None, pointing: Pointing | None
) -> Results:
    """Pairs (what was measured, value in words), as a training writes them into its bundle."""
    words: Results = ()
    if found is not None and (chosen is None or found.discrimination is not None):
        point, told = found.points[0], found.discrimination
        words += performance_words(
            Performance(
                auc=told.area if told else None,
                accuracy=point.accuracy,
                sensitivity=point.sensitivity if point.sensitivity.count else None,
                specificity=point.specificity if point.specificity.count else None,
                brier=float(brier(answers.present, answers.scores).mean()),
            )
        )
    elif chosen is not None:
        there = [one.name for one in chosen.classes if one.films]
        what = Sentence("result.accuracy")
        if len(there) == 1:
            what = Sentence("result.accuracy-of", name=there[0])
        words += ((what, chosen.accuracy.sentence),)
    if pointing is not None:
        words += pointing_words(pointing.hits)
    return words


def doubt_words(
    doubt: Doubt | None,
    safeguards: Safeguards | None,
    *,
    trials: tuple[Trial, ...],
    answers: Answers,
) -> Results:
    """The same of sets, intervals and refused films; nothing in bundles without safeguards."""
    if doubt is None or safeguards is None:
        return ()
    covered = coverage_words(
        trials, safeguards, classes=answers.classes, positive=answers.positive
    )
    refused = (
        (Sentence(f"result.refused.{one.name}"), one.refused.percent()) for one in doubt.checks
    )
    return (*covered, *refused)
