"""What the safeguards of a model achieve, as pairs of words for the bundle and the card."""

from engine.network import RowNetwork
from engine.safeguards import Safeguards
from engine.training.coverage import Trial, crossed, interval_calibration, set_coverage
from engine.training.data import Films
from engine.training.loop import predict
from engine.training.recipe import Recipe
from engine.training.refusals import refusal_rates, wrong_film_rates
from engine.training.results import Results
from engine.training.trust import on_typical_grid


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
    words += tuple((f"refused if {kind}", by["any"].percent()) for kind, by in rates.items())
    return tuple((f"validation {what}", value) for what, value in words)


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
        *((f"refused by {check}", rate.percent()) for check, rate in rates.items()),
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
        (f"{100 * config.level:.0f} % sets hold “{name}”", figure.percent())
        for name, figure in zip(classes, sets.per_class, strict=True)
    ]
    words.append(("classes in a set", f"{sets.mean_size:.2f}, one in {sets.single.percent()}"))
    if positive is not None:
        found = interval_calibration(trials, target=positive, balanced=config.balanced)
        inside = sum(one.inside for one in found.bins)
        compatible = sum(one.compatible for one in found.bins)
        words += [
            ("calibration error", f"{found.error_before:.3f}"),
            ("calibration error of intervals", f"{found.error_after:.3f}"),
            ("mean width of intervals", f"{found.mean_width:.3f}"),
            (
                "positives inside the mean interval",
                f"in {inside} of {len(found.bins)} bins, within chance in {compatible}",
            ),
        ]
    return tuple(words)
