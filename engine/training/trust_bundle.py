"""A bundle's safeguards fitted anew, and what they achieve."""

from dataclasses import replace
from pathlib import Path

from engine.bundle import CARD, read_audit, read_description, replace_metadata, write_audit
from engine.errors import DataError
from engine.films import Films, divide, layout_of, predict, read_films, with_truth
from engine.measure import Trial, crossed, interval_calibration, set_coverage
from engine.network import RowNetwork
from engine.progress import Progress
from engine.recipe import Recipe, TrustPlan, recipe_of
from engine.safeguards import Safeguards
from engine.training.card import merged
from engine.training.guarding import fit_trust, on_typical_grid, refusal_rates, wrong_film_rates
from engine.training.results import results_of
from engine.trust import wrong_kind
from engine.types import Admission, ModelInfo, Results
from engine.weights import Bundle, load_bundle, save_bundle
from engine.words import Sentence

# -------------------------------------------------------------- results of the safeguards
# What the safeguards of a model achieve, as results for the bundle and the card.


def validation_results(
    network: RowNetwork, safeguards: Safeguards, films: Films, recipe: Recipe
) -> Results:
    """Measured on the validation films; sets and intervals only of one class of several.

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
    words: Results = ()
    if recipe.objective.plain:
        logits = predict(network, val.rows, heights=val.heights)
        trials = crossed(logits, val.labels, val.patients, seed=recipe.training.seed)
        classes, positive = recipe.classes, recipe.positive
        words = coverage_words(trials, safeguards, classes=classes, positive=positive)
    ranks, laid = recipe.input.intensity == "rank", on_typical_grid(val, recipe.input.rows)
    rates = wrong_film_rates(safeguards, laid, ranks=ranks, seed=recipe.training.seed)
    words += tuple(
        (Sentence("result.refused-if", kind=wrong_kind(kind)), by["any"].percent())
        for kind, by in rates.items()
    )
    return results_of(Sentence("split.validation"), words)


def test_results(
    network: RowNetwork, safeguards: Safeguards, films: Films, recipe: Recipe
) -> Results:
    """Coverage, calibration error and refused films of a test set; see `validation_results`."""
    words: Results = ()
    if recipe.objective.plain:
        logits = predict(network, films.rows, heights=films.heights)
        trial = Trial(safeguards.calibration, logits, films.labels)
        classes, positive = recipe.classes, recipe.positive
        words = coverage_words((trial,), safeguards, classes=classes, positive=positive)
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


# ------------------------------------------------------------ fitting the safeguards anew
# A bundle as it is, with safeguards added: for models that were trained before there were any.

_SECTION = "\n## Trust\n"


def add_trust(
    model: str | Path,
    source: Path,
    *,
    output: Path,
    plan: TrustPlan | None = None,
    report: Progress = lambda _: None,
) -> ModelInfo:
    """Write a bundle again with safeguards; its network and statistics stay as they are.

    Args:
        model: Name or folder.
        source: The films that it was trained on; they are divided as they were then.
        output: Folder of the new bundle; it may be the old one.
        plan: Instead of the one in the bundle's recipe.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: The bundle does not hold its recipe, or films that cannot be used.
    """
    bundle = load_bundle(model)
    recipe = _recipe(bundle, plan)
    read = read_films(source, layout_of(recipe), report=report)
    films = divide(with_truth(read, source, recipe), recipe.data, seed=recipe.training.seed)
    network = bundle.network
    safeguards = fit_trust(network, films, recipe, report=report)
    report("measuring sets, intervals and refusals")
    found = validation_results(network, safeguards, films, recipe)
    description, _ = read_description(bundle.info.path)
    measured = read_audit(bundle.info.path)
    info = save_bundle(
        output,
        network,
        description=replace(description, results=merged(description.results, found)),
        statistics=bundle.statistics,
        card=_with_section(bundle, found),
        safeguards=safeguards,
    )
    if measured is not None:  # of the same network and mean film: the maps are the same
        write_audit(output, measured, sha256=info.sha256)
    return info


def set_admission(model: str | Path, plan: TrustPlan) -> ModelInfo:
    """Let a bundle ask another admission check, or for more; weights, audit and card stay.

    Args:
        model: Name or folder; its metadata are written anew.
        plan: Its admission check, classes and least probability are taken, nothing else.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, one that cannot be trusted, or an admission check that is none.
        DataError: The bundle has no safeguards that an admission check could join.
    """
    info = load_bundle(model).info
    description, config = read_description(info.path)
    if description.trust is None:
        raise DataError(
            "{info} has no safeguards yet; use `model fit-trust` first.", info=info.name
        )
    admission = Admission(plan.admission, plan.accepts, plan.least) if plan.admission else None
    training = dict(description.training)
    told = training.get("recipe")
    if isinstance(told, dict) and isinstance(told.get("trust"), dict):
        said = {"admission": plan.admission, "accepts": plan.accepts, "least": plan.least}
        training["recipe"] = told | {"trust": told["trust"] | said}
    trust = replace(description.trust, admission=admission)
    changed = replace(description, trust=trust, training=training)
    replace_metadata(info.path, changed, config)
    return load_bundle(info.path).info


def _recipe(bundle: Bundle, plan: TrustPlan | None) -> Recipe:
    description, _ = read_description(bundle.info.path)
    values = description.training.get("recipe")
    if values is None:
        raise DataError("{bundle} does not hold the recipe that made it.", bundle=bundle.info.name)
    recipe = recipe_of(values, f"The recipe in {bundle.info.name}")
    return recipe if plan is None else replace(recipe, trust=plan)


def _with_section(bundle: Bundle, found: Results) -> str:
    path = bundle.info.path / CARD
    card = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = ["| what | value |", "|---|---|", *(f"| {what} | {value} |" for what, value in found)]
    return card.split(_SECTION, maxsplit=1)[0].rstrip() + "\n" + _SECTION + "\n".join(lines) + "\n"
