"""What has the right type and still makes no sense, or could not be built."""

import math
from dataclasses import fields

from engine.errors import BundleError
from engine.metadata.fields import Fields
from engine.metadata.parts import Kind, part_names
from engine.metadata.population import population_to_dict, read_population
from engine.metadata.registered import read_architecture
from engine.training.recipe.values import Network, Recipe


def check(recipe: Recipe) -> None:
    """Refuse a recipe that cannot be carried out.

    Raises:
        ValueError: With the keys, and what is wrong with each.
        BundleError: Nothing is wrong but the network, which cannot be built.
    """
    wrong: list[ValueError | BundleError] = []
    for question in (
        _check_classes,
        _check_population,
        _check_numbers,
        _check_schedule,
        _check_augmentation,
        _check_network,
    ):
        try:
            question(recipe)
        except (ValueError, BundleError) as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise ValueError("; ".join(str(error).rstrip(".") for error in wrong))


def _check_classes(recipe: Recipe) -> None:
    if len(recipe.classes) < 2:
        raise ValueError("`classes` must name two classes or more")
    if recipe.positive is not None and not 0 <= recipe.positive < len(recipe.classes):
        raise ValueError("`positive` must be the index of one of `classes`")
    if recipe.data.folders and len(recipe.data.folders) != len(recipe.classes):
        raise ValueError("`data.folders` must name one folder for each of `classes`")
    ends = recipe.data.value_range
    if ends and not (len(ends) == 2 and -math.inf < ends[0] < ends[1] < math.inf):
        raise ValueError("`data.value_range` must be two numbers, the lower one first")


def _check_population(recipe: Recipe) -> None:
    """The same rules as in a bundle's metadata."""
    if recipe.population is not None:
        said = {"population": population_to_dict(recipe.population)}
        read_population(Fields(said, "recipe"))


def _check_numbers(recipe: Recipe) -> None:
    plan = recipe.training
    for key, count in (
        ("training.epochs", plan.epochs),
        ("training.batch_size", plan.batch_size),
        ("training.decay_every", plan.decay_every),
        ("training.patience", plan.patience),
        ("input.rows", recipe.input.rows),
        ("input.columns", recipe.input.columns),
    ):
        if count < 1:
            raise ValueError(f"`{key}` must be 1 or more")
    for key, share in (
        ("data.validation", recipe.data.validation),
        ("data.test", recipe.data.test),
        ("training.averaging", plan.averaging),
        ("training.label_smoothing", plan.label_smoothing),
        ("measure.sensitivity", recipe.measure.sensitivity),
        *(recipe.trust.shares if recipe.trust else ()),
    ):
        if not 0 <= share < 1:
            raise ValueError(f"`{key}` must be from 0 to below 1")
    for key, amount in (
        ("training.weight_decay", plan.weight_decay),
        ("training.clip", plan.clip),
        ("training.warm_up", plan.warm_up),
        ("training.focal", plan.focal),
        ("training.early_stopping", plan.early_stopping),
        ("training.seed", plan.seed),
    ):
        if not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"`{key}` must be 0 or more")
    if not (math.isfinite(plan.learning_rate) and plan.learning_rate > 0):
        raise ValueError("`training.learning_rate` must be above 0")


def _check_schedule(recipe: Recipe) -> None:
    plan = recipe.training
    if not 0 < plan.decay_factor < 1:
        raise ValueError("`training.decay_factor` must be between 0 and 1")
    if plan.warm_up > plan.epochs:
        raise ValueError("`training.warm_up` must not be longer than `training.epochs`")
    if plan.class_weights and plan.sampling == "balanced":
        raise ValueError(
            "`training.class_weights` and `training.sampling` would both make up for rare"
            " classes; choose one"
        )


def _check_augmentation(recipe: Recipe) -> None:
    """No change may be negative; shares of films, and of a film, end at one."""
    plan = recipe.augmentation
    most = dict.fromkeys(
        (
            "flip", "anchor", "neutral", "splice", "splice_most", "headroom", "spare",
            "style", "tone", "jpeg", "bars",
        ),
        1.0,
    )  # fmt: skip
    most |= {"crop": 0.9, "scale": 0.9, "stretch": 0.9, "shift": 1.0, "mixup": 2.0, "window": 0.4}
    for one in fields(plan):
        value = getattr(plan, one.name)
        if isinstance(value, float) and not 0 <= value <= most.get(one.name, 1000.0):
            limit = f"from 0 to {most[one.name]:g}" if one.name in most else "0 or more"
            raise ValueError(f"`augmentation.{one.name}` must be {limit}")
    if any(not 0 <= number < len(recipe.classes) for number in plan.never_spared):
        raise ValueError("`augmentation.never_spared` must hold indices of `classes`")


def _check_network(recipe: Recipe) -> None:
    """Refuse now what could not be built, or what a bundle would refuse after the training."""
    if isinstance(recipe.network, Network):
        names: list[tuple[str, Kind, str]] = [
            ("cell", "cell", recipe.network.cell),
            ("readout", "readout", recipe.network.readout),
        ]
        for key, kind, name in names:
            if name not in (known := part_names(kind)):
                raise ValueError(f"`network.{key}` must be one of {', '.join(known)}")
    read_architecture(recipe.config.to_dict(), "`network`")
    import torch  # noqa: PLC0415 - a recipe with a wrong key need not wait for it

    from engine.network import build_network  # noqa: PLC0415 - the same

    with torch.device("meta"):
        build_network(recipe.config)
