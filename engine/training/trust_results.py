"""What the safeguards of a model achieve, as pairs of words for the bundle and the card."""

from engine.network import RowNetwork
from engine.safeguards import Safeguards
from engine.training.coverage import Trial, crossed, interval_calibration, set_coverage
from engine.training.data import Films
from engine.training.loop import predict
from engine.training.measure import Figure
from engine.training.recipe import Recipe
from engine.training.refusals import refusal_rates, wrong_film_rates
from engine.training.trust import on_typical_grid

Results = tuple[tuple[str, str], ...]


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
    words = _coverage(trials, safeguards, recipe)
    ranks, laid = recipe.input.intensity == "rank", on_typical_grid(val, recipe.input.rows)
    rates = wrong_film_rates(safeguards, laid, ranks=ranks, seed=recipe.training.seed)
    words += tuple((f"refused if {kind}", _percent(by["any"])) for kind, by in rates.items())
    return tuple((f"validation {what}", value) for what, value in words)


def test_results(
    network: RowNetwork, safeguards: Safeguards, films: Films, recipe: Recipe
) -> Results:
    """Coverage, calibration error and refused films of a test set; see `validation_results`."""
    logits = predict(network, films.rows, heights=films.heights)
    trial = Trial(safeguards.calibration, logits, films.labels)
    words = _coverage((trial,), safeguards, recipe)
    rates = refusal_rates(safeguards, on_typical_grid(films, recipe.input.rows))
    return (*words, *((f"refused by {check}", _percent(rate)) for check, rate in rates.items()))


def _coverage(trials: tuple[Trial, ...], safeguards: Safeguards, recipe: Recipe) -> Results:
    config = safeguards.config
    sets = set_coverage(trials, level=config.level)
    words = [
        (f"{100 * config.level:.0f} % sets hold “{name}”", _percent(figure))
        for name, figure in zip(recipe.classes, sets.per_class, strict=True)
    ]
    words.append(("classes in a set", f"{sets.mean_size:.2f}, one in {_percent(sets.single)}"))
    if recipe.positive is not None:
        found = interval_calibration(trials, target=recipe.positive, balanced=config.balanced)
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


def _percent(figure: Figure) -> str:
    low, high = 100 * figure.low, 100 * figure.high
    return f"{100 * figure.value:.1f} % ({low:.1f}–{high:.1f} %)"
