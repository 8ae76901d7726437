"""What the safeguards of a model achieve, as results for the bundle and the card."""

from engine.network import RowNetwork
from engine.safeguards import Safeguards
from engine.training.coverage import Trial, crossed, interval_calibration, set_coverage
from engine.training.data import Films
from engine.training.loop import predict
from engine.training.recipe import Recipe
from engine.training.refusals import refusal_rates, wrong_film_rates
from engine.training.results import of
from engine.training.trust import on_typical_grid
from engine.trust.sentences import wrong_kind
from engine.types import Results
from engine.words import Sentence


def validation_results(
    network: RowNetwork, safeguards: Safeguards, films: Films, recipe: Recipe
) -> Results:
    """Measured on the validation films.

    Coverage and calibration error are measured on each half of the patients with the other half
    as calibration films. Limits were set on the same films, so the share of right films that are
    refused is what was asked for and says nothing.

    Args:
        network: The model.
        safeguards: Fitted with it.
        films: As they were divided for it.
        recipe: Of the model.
    """
    val = films.only("val")
    logits = predict(network, val.rows, heights=val.heights)
    trials = crossed(logits, val.labels, val.patients, seed=recipe.training.seed)
    words = coverage_words(trials, safeguards, classes=recipe.classes, positive=recipe.positive)
    ranks, laid = recipe.input.intensity == "rank", on_typical_grid(val, recipe.input.rows)
    rates = wrong_film_rates(safeguards, laid, ranks=ranks, seed=recipe.training.seed)
    words += tuple(
        (Sentence("result.refused-if", kind=wrong_kind(kind)), by["any"].percent())
        for kind, by in rates.items()
    )
    return of(Sentence("split.validation"), words)


def test_results(
    network: RowNetwork, safeguards: Safeguards, films: Films, recipe: Recipe
) -> Results:
    """Coverage, calibration error and refused films of a test set; see `validation_results`."""
    logits = predict(network, films.rows, heights=films.heights)
    trial = Trial(safeguards.calibration, logits, films.labels)
    words = coverage_words((trial,), safeguards, classes=recipe.classes, positive=recipe.positive)
    rates = refusal_rates(safeguards, on_typical_grid(films, recipe.input.rows))
    return (
        *words,
        *((Sentence(f"result.refused.{check}"), rate.percent()) for check, rate in rates.items()),
    )


def coverage_words(
    trials: tuple[Trial, ...],
    safeguards: Safeguards,
    *,
    classes: tuple[str, ...],
    positive: int | None,
) -> Results:
    """What sets and intervals are worth; intervals only of a finding.

    Args:
        trials: Films held against calibration films.
        safeguards: Of the model.
        classes: Names of its classes.
        positive: Index of its finding.
    """
    config = safeguards.config
    sets = set_coverage(trials, level=config.level)
    words = [
        (Sentence("result.sets", level=config.level, name=name), figure.percent())
        for name, figure in zip(classes, sets.per_class, strict=True)
    ]
    size = Sentence("result.set-sizes", size=sets.mean_size, single=sets.single.percent())
    words.append((Sentence("result.set-size"), size))
    if positive is not None:
        found = interval_calibration(trials, target=positive, balanced=config.balanced)
        inside = sum(one.inside for one in found.bins)
        compatible = sum(one.compatible for one in found.bins)
        words += [
            (Sentence("result.calibration"), _plain(found.error_before)),
            (Sentence("result.calibration-intervals"), _plain(found.error_after)),
            (Sentence("result.width"), _plain(found.mean_width)),
            (
                Sentence("result.inside"),
                Sentence(
                    "result.inside-bins",
                    inside=inside,
                    bins=len(found.bins),
                    compatible=compatible,
                ),
            ),
        ]
    return tuple(words)


def _plain(value: float) -> Sentence:
    return Sentence("figure.plain", value=value)
