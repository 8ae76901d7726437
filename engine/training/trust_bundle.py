"""A bundle as it is, with safeguards added: for models that were trained before there were any."""

from dataclasses import replace
from pathlib import Path

from engine.bundle import CARD, Bundle, load_bundle, save_bundle
from engine.errors import DataError
from engine.metadata import (
    Gate,
    read_audit,
    read_description,
    replace_metadata,
    write_audit,
)
from engine.training.card import merged
from engine.training.data import Progress, divide, layout_of, read_films
from engine.training.recipe import Recipe, recipe_of
from engine.training.trust import fit_trust
from engine.training.trust_plan import TrustPlan
from engine.training.trust_results import validation_results
from engine.types import ModelInfo, Results

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
    films = divide(
        read_films(source, layout_of(recipe), report=report), recipe.data,
        seed=recipe.training.seed,
    )  # fmt: skip
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


def set_gate(model: str | Path, plan: TrustPlan) -> ModelInfo:
    """Let a bundle ask another gate, or ask it for more; weights, audit and card stay as they are.

    Args:
        model: Name or folder; its metadata are written anew.
        plan: Its gate, classes and least probability are taken, nothing else.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, one that cannot be trusted, or a gate that is none.
        DataError: The bundle has no safeguards that a gate could join.
    """
    info = load_bundle(model).info
    description, config = read_description(info.path)
    if description.trust is None:
        raise DataError(
            "{info} has no safeguards yet; use `model fit-trust` first.", "data", info=info.name
        )
    gate = Gate(plan.gate, plan.accepts, plan.least) if plan.gate else None
    training = dict(description.training)
    told = training.get("recipe")
    if isinstance(told, dict) and isinstance(told.get("trust"), dict):
        said = {"gate": plan.gate, "accepts": plan.accepts, "least": plan.least}
        training["recipe"] = told | {"trust": told["trust"] | said}
    trust = replace(description.trust, gate=gate)
    changed = replace(description, trust=trust, training=training)
    replace_metadata(info.path, changed, config)
    return load_bundle(info.path).info


def _recipe(bundle: Bundle, plan: TrustPlan | None) -> Recipe:
    description, _ = read_description(bundle.info.path)
    values = description.training.get("recipe")
    if values is None:
        raise DataError(
            "{bundle} does not hold the recipe that made it.", "data", bundle=bundle.info.name
        )
    recipe = recipe_of(values, f"The recipe in {bundle.info.name}")
    return recipe if plan is None else replace(recipe, trust=plan)


def _with_section(bundle: Bundle, found: Results) -> str:
    path = bundle.info.path / CARD
    card = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = ["| what | value |", "|---|---|", *(f"| {what} | {value} |" for what, value in found)]
    return card.split(_SECTION, maxsplit=1)[0].rstrip() + "\n" + _SECTION + "\n".join(lines) + "\n"
