"""TOML → recipe: every key accounted for, every wrong value named at once."""

import math
import tomllib
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, asdict, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from engine.bundle import (
    Fields,
    Kind,
    part_names,
    population_to_dict,
    read_architecture,
    read_population,
)
from engine.errors import BundleError, DataError
from engine.recipe.values import Network, Recipe

# ------------------------------------------------------------------ tables to dataclasses
# From plain values of a TOML file to frozen dataclasses, every key accounted for.

_SHOWN = 12  # keys that a sentence names


def check_keys(values: object, kind: Any) -> None:  # noqa: ANN401 - any dataclass
    """Name every key that is missing or unknown at once, before any value is looked at.

    Raises:
        ValueError: There are some.
    """
    wrong = list(_wrong_keys(values, kind, ""))
    places = _all_keys(kind)
    wrong = [(key, places.get(key, near) if near == "" else near) for key, near in wrong]
    unknown = [(key, near) for key, near in wrong if near is not None]
    missing = [key for key, near in wrong if near is None]
    said = []
    if unknown:
        keys = [f"`{key}`" + (f" (meant: `{near}`?)" if near else "") for key, near in unknown]
        verb = "is not a key" if len(unknown) == 1 else "are not keys"
        said.append(f"{_joined(keys)} {verb} of a recipe")
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        said.append(f"{_joined([f'`{key}`' for key in missing])} {verb} missing")
    if len(missing) > 1:
        said.append("`rowscope-engine recipe FILMS -o recipe.toml` writes a whole one")
    if said:
        raise ValueError("; ".join(said))


def _all_keys(kind: Any) -> dict[str, str]:  # noqa: ANN401 - any dataclass
    """Where a key belongs that was written without its table, such as `training.epochs`."""
    hints = get_type_hints(kind)
    tables = {name: _chosen(hint, {}) for name, hint in hints.items()}
    inner = {
        one.name: f"{name}.{one.name}"
        for name, table in tables.items()
        if is_dataclass(table)
        for one in fields(table)
    }
    return {key: place for key, place in inner.items() if key not in hints}


def _wrong_keys(values: object, kind: Any, key: str) -> Iterator[tuple[str, str | None]]:  # noqa: ANN401
    """Missing keys with None, unknown ones with a known one that is written alike, or ""."""
    kind = _chosen(kind, values)
    if not is_dataclass(kind) or not isinstance(values, Mapping):
        return
    prefix, hints = f"{key}." if key else "", get_type_hints(kind)
    for name in values:
        if name not in hints:
            near = get_close_matches(str(name), hints, 1)
            yield prefix + str(name), prefix + near[0] if near else ""
    for one in fields(kind):
        if one.name in values:
            yield from _wrong_keys(values[one.name], hints[one.name], prefix + one.name)
        elif one.default is MISSING and one.default_factory is MISSING:
            yield from _left_out(hints[one.name], prefix + one.name)


def _left_out(kind: Any, key: str) -> Iterator[tuple[str, None]]:  # noqa: ANN401 - any field type
    """What a key without a default asks for: of a table its own required keys."""
    kind = _chosen(kind, {})
    inner = [
        one.name
        for one in (fields(kind) if is_dataclass(kind) else ())
        if one.default is MISSING and one.default_factory is MISSING
    ]
    if not inner:
        yield key, None
    for name in inner:
        yield from _left_out(get_type_hints(kind)[name], f"{key}.{name}")


def _chosen(kind: Any, value: object) -> Any:  # noqa: ANN401 - any field type
    """The branch of a union that a value takes."""
    if get_origin(kind) in {Union, types.UnionType}:
        other = isinstance(value, Mapping) and "architecture" in value
        return get_args(kind)[other]
    return kind


def _joined(words: list[str]) -> str:
    if len(words) > _SHOWN:
        words = [*words[: _SHOWN - 1], f"{len(words) - _SHOWN + 1} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def value_of(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any field type
    """Return the TOML value as the type of a field; `key` is its dotted name for messages."""
    if is_dataclass(kind):
        return _table(value, kind, key)
    if get_origin(kind) is Literal:
        if type(value) is int:  # a precision of 32 bits needs no quotation marks
            value = str(value)
        if value not in get_args(kind):
            raise ValueError(f"`{key}` must be one of {', '.join(get_args(kind))}")
        return value
    if get_origin(kind) in {Union, types.UnionType}:
        return value_of(value, _chosen(kind, value), key)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"`{key}` must be a list")
        return tuple(
            value_of(one, get_args(kind)[0], f"{key}[{i}]") for i, one in enumerate(value)
        )
    return _plain(value, kind, key)


def _plain(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any field type
    """Return a TOML value that is nothing but itself, or a table of options."""
    if get_origin(kind) is Mapping:
        kind = dict
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"`{key}` must be of type {kind.__name__}")
    return value


def _table(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any dataclass
    """Return a TOML table as a dataclass; see `check_keys`."""
    if not isinstance(value, Mapping):
        raise ValueError(f"`{key}` must be a table")  # noqa: TRY004 - one type for all of them
    hints = get_type_hints(kind)
    prefix = f"{key}." if key else ""
    check_keys(value, kind)  # of tables within lists; those of the whole were checked before
    given, wrong = {}, []
    for name in value:
        try:
            given[name] = value_of(value[name], hints[name], prefix + name)
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise ValueError("; ".join(wrong))
    return kind(**given)


# ----------------------------------------------------------------------- checks of values
# What has the right type and still makes no sense, or could not be built.


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
        _check_task,
        _check_auxiliary,
        _check_masks,
        _check_boxes,
        _check_network,
    ):
        try:
            question(recipe)
        except (ValueError, BundleError) as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:  # what several questions stumble over is said once
        raise ValueError("; ".join(dict.fromkeys(str(error).rstrip(".") for error in wrong)))


def _check_classes(recipe: Recipe) -> None:
    if len(recipe.classes) < 2:
        raise ValueError("`classes` must name two classes or more")
    if recipe.positive is not None and not 0 <= recipe.positive < len(recipe.classes):
        raise ValueError("`positive` must be the index of one of `classes`")
    needs = recipe.asked.needs
    free = needs in {"mask", "boxes"}  # whose films need no class
    if not free and recipe.data.folders and len(recipe.data.folders) != len(recipe.classes):
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
        ("training.prefixes", plan.prefixes),
        ("training.outlines", plan.outlines),
        ("training.early_stopping", plan.early_stopping),
        ("training.seed", plan.seed),
    ):
        if not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"`{key}` must be 0 or more")
    if recipe.trust and (
        recipe.trust.forecast_rows < 1 or recipe.input.rows % recipe.trust.forecast_rows
    ):
        raise ValueError(f"`trust.forecast_rows` must divide the {recipe.input.rows} rows")
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


def _check_auxiliary(recipe: Recipe) -> None:
    """Losses beside the answer's, which not every network and task can have."""
    plan, network = recipe.training, recipe.network
    downwards = isinstance(network, Network) and not network.bidirectional
    if plan.prefixes and not (downwards and not recipe.asked.maps):
        raise ValueError(
            "`training.prefixes` must be 0: only a row classifier that reads downwards, and is"
            " asked for no maps, has an answer after each row"
        )
    if not plan.outlines:
        return
    if not (isinstance(network, Network) and recipe.objective.plain):
        raise ValueError(
            "`training.outlines` must be 0: only a row classifier that says one of several classes"
            " learns outlines beside it"
        )
    changes = recipe.augmentation
    if changes.anchor:
        raise ValueError(
            "`augmentation.anchor` must be 0 with `training.outlines`: a film that fades into the"
            " mean film has no outline"
        )
    if changes.splice and changes.splice_label == "absent":
        raise ValueError(
            '`augmentation.splice_label` must be "kept" with `training.outlines`: an outline is'
            " kept where rows are replaced"
        )
    if recipe.input.aspect == "keep":
        raise ValueError('`input.aspect` must be "stretch" with `training.outlines`')
    if not recipe.data.masks and not recipe.data.mask_ending:
        raise ValueError("`training.outlines` needs `data.masks`, a folder or tar file of masks")


def _check_task(recipe: Recipe) -> None:
    """Films of a task without classes can be neither drawn by class nor made one of none."""
    task, name = recipe.asked, recipe.objective.task
    if task.needs not in {"labels", "value"}:
        return
    if recipe.training.sampling == "balanced":
        raise ValueError(
            f"`training.sampling` draws films by their class, and the task “{name}” has none;"
            " leave it out"
        )
    plan = recipe.augmentation
    if task.link == "sigmoid" and plan.splice and plan.splice_label == "absent":
        raise ValueError(
            f'`augmentation.splice_label` must be "kept" for the task “{name}”: no class stands'
            " for the absence of all findings"
        )
    if plan.mixup and not task.blends:
        raise ValueError(f"`augmentation.mixup` must be 0 for the task “{name}”")


def _check_augmentation(recipe: Recipe) -> None:
    """No change may be negative; shares of films, and of a film, end at one."""
    plan = recipe.augmentation
    most = dict.fromkeys(
        (
            "flip", "anchor", "neutral", "batch_mean", "splice", "splice_most", "headroom",
            "spare", "style", "tone", "jpeg", "bars",
        ),
        1.0,
    )  # fmt: skip
    most |= {"crop": 0.9, "scale": 0.9, "stretch": 0.9, "shift": 1.0, "mixup": 2.0, "window": 0.4}
    for one in fields(plan):
        value = getattr(plan, one.name)
        if isinstance(value, float) and not 0 <= value <= most.get(one.name, 1000.0):
            limit = f"from 0 to {most[one.name]:g}" if one.name in most else "0 or more"
            raise ValueError(f"`augmentation.{one.name}` must be {limit}")
    if plan.undecided not in ("learnt", "calibrated"):
        raise ValueError('`augmentation.undecided` must be "learnt" or "calibrated"')
    if plan.undecided == "calibrated" and not (
        recipe.objective.plain and len(recipe.classes) == 2 and recipe.measure.calibrate
    ):
        raise ValueError(
            '`augmentation.undecided` = "calibrated" needs a classification of two classes with'
            " `measure.calibrate`; their odds alone are moved by a calibration"
        )
    ends = plan.aspect
    if ends and not (len(ends) == 2 and 0 < ends[0] <= ends[1] < math.inf):
        raise ValueError("`augmentation.aspect` must be two shapes, the narrower one first")
    if ends and not recipe.data.shapes:
        raise ValueError("`augmentation.aspect` needs `data.shapes`, the shapes that films had")
    if any(not 0 <= number < len(recipe.classes) for number in plan.never_spared):
        raise ValueError("`augmentation.never_spared` must hold indices of `classes`")


def _check_masks(recipe: Recipe) -> None:
    """A task that draws outlines: what would not leave pixels and their classes together."""
    if recipe.asked.needs != "mask":
        return
    plan, task = recipe.augmentation, recipe.objective.task
    for name in ("anchor", "neutral", "batch_mean", "splice"):
        if getattr(plan, name):
            raise ValueError(
                f"`augmentation.{name}` must be 0: a {task} has no answer for films blended with"
                " the mean film"
            )
    if recipe.training.class_weights:
        raise ValueError(
            f"`training.class_weights` weighs films, and a {task} pixels; set"
            " `objective.options.class_weights`"
        )
    if recipe.input.aspect == "keep":
        raise ValueError(f'`input.aspect` must be "stretch" for a {task}')
    if not recipe.data.masks and not recipe.data.columns.mask and not recipe.data.mask_ending:
        raise ValueError(
            f"a {task} needs `data.masks`, a folder or tar file with a mask for every film"
        )


def _check_boxes(recipe: Recipe) -> None:
    """A task that finds boxes: a film that is blended with another has none."""
    if recipe.asked.needs != "boxes":
        return
    task = recipe.objective.task
    for name in ("mixup", "anchor", "neutral", "batch_mean", "splice"):
        if getattr(recipe.augmentation, name):
            raise ValueError(
                f"`augmentation.{name}` must be 0: boxes of films that are blended mean nothing to"
                f" a {task}"
            )
    if recipe.input.aspect == "keep":
        raise ValueError(f'`input.aspect` must be "stretch" for a {task}')


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


# ----------------------------------------------------------------------- reading a recipe
# From a TOML file, with changes from the command line, to a recipe that was checked.


def read_recipe(
    given: str | Path | Mapping[str, Any] | Recipe, changes: Sequence[str] = ()
) -> Recipe:
    """A recipe, read from a TOML file or made of plain values.

    Args:
        given: The file, its values as a table, or a recipe.
        changes: Values that replace those given, see `changed`.

    Raises:
        DataError: The file is missing or not TOML, or a key is unknown, missing or of the wrong
            type; the message names the key, such as `training.epochs`.
    """
    if isinstance(given, Recipe):
        if not changes:
            return given
        name, table = given.name, asdict(given)
        del table["input"]["rows_multiple"]  # follows from the network
    elif isinstance(given, Mapping):
        name, table = "The recipe", dict(given)
    else:
        name, table = Path(given).name, read_toml(Path(given))
    for change in changes:
        table = changed(table, change)
    return recipe_of(table, name)


def read_toml(path: Path) -> dict[str, Any]:
    """The plain values of a TOML file.

    Raises:
        DataError: It cannot be read, or is none.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(
            "{path} cannot be read: {error}.", path=path.name, error=error.strerror
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            "{path} is not a TOML file: {error}.", path=path.name, error=error
        ) from error


def changed(values: Mapping[str, Any], change: str) -> dict[str, Any]:
    """A table of plain values with one of them replaced; the table itself stays.

    Args:
        values: As in a recipe's file.
        change: Dotted key and value, such as `training.epochs=5`; the value as in TOML, and a
            word that is no TOML value is text.

    Raises:
        DataError: There is no key or no value, or the key goes through something that is no
            table.
    """
    key, equals, text = change.partition("=")
    parts = [part.strip() for part in key.split(".")]
    if not equals or not all(parts):
        raise DataError("“{change}” must be KEY=VALUE, such as training.epochs=5.", change=change)
    return put(values, parts, toml_value(text.strip()), place=change)


def put(values: object, parts: Sequence[str], value: object, *, place: str) -> dict[str, Any]:
    """The same of a key in its parts and a plain value; `place` is what sentences call it."""
    if not isinstance(values, Mapping):
        raise DataError(
            "“{place}”: there is no table before “{parts}”.", place=place, parts=parts[0]
        )
    if len(parts) > 1:
        value = put(values.get(parts[0], {}), parts[1:], value, place=place)
    return {**values, parts[0]: value}


def toml_value(text: str) -> object:
    """A TOML value, or the text itself."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def parsed(values: object, place: str) -> Recipe:
    """The recipe of a table, as far as can be told without building its network.

    Raises:
        DataError: A key is unknown, missing or of the wrong type.
    """
    try:
        given = without_nulls(values)
        check_keys(given, Recipe)
        recipe: Recipe = value_of(given, Recipe, "")
    except ValueError as error:
        raise DataError("{place}: {error}.", place=place, error=str(error).rstrip(".")) from error
    return recipe


def recipe_of(values: object, place: str) -> Recipe:
    """The recipe of a table of plain values, for example that of a bundle's metadata.

    Args:
        values: Keys of a recipe; null counts as left out.
        place: What sentences call it.

    Raises:
        DataError: A key is unknown, missing or of the wrong type.
    """
    recipe = parsed(values, place)
    try:
        check(recipe)
        return _in_steps(recipe)
    except (ValueError, BundleError) as error:
        raise DataError("{place}: {error}.", place=place, error=str(error).rstrip(".")) from error


def _in_steps(recipe: Recipe) -> Recipe:
    """The recipe with the multiple of rows that its network reads, which need not be given."""
    step = recipe.config.rows_per_step
    if recipe.input.rows_multiple not in {1, step}:
        raise ValueError(f"`input.rows_multiple` must be {step}, as the network reads them")
    return replace(recipe, input=replace(recipe.input, rows_multiple=step))


def without_nulls(values: object) -> Any:  # noqa: ANN401 - plain values
    """Tables and lists without what is null: TOML has no notation for it."""
    if isinstance(values, Mapping):
        return {key: without_nulls(one) for key, one in values.items() if one is not None}
    if isinstance(values, list | tuple):
        return [without_nulls(one) for one in values]
    return values
