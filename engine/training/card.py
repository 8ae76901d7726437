"""The model card, README.md of a bundle (after Mitchell 2019, Model Cards)."""

from dataclasses import replace
from pathlib import Path

from engine.bundle import (
    CARD,
    ArchitectureConfig,
    find_bundle,
    population_words,
    read_description,
    replace_metadata,
)
from engine.recipe import Recipe, card_lacks, recipe_of
from engine.types import LEVEL, Interval, ModelInfo, Population, Results, Threshold
from engine.weights import load_bundle
from engine.words import Sentence, same

_ALWAYS = (
    "A band on the Influence map says which rows moved the answer. It outlines no lesion.",
    "The hidden states (State map) describe the network, not what the film shows.",
)
_RESULTS = "## Results"
_LEAKAGE = "**Leakage**,"
_MEANINGS = (
    (
        "result.deletion",
        "deletion",
        (
            "steps are replaced by the mean film's, the most influential first; the mean share of"
            " the answer (log-odds above the mean film's) that remains. Lower is better, and far"
            " lower than in random order"
        ),
    ),
    (
        "result.weights",
        "random weights",
        (
            "mean size of Spearman's correlation of the Influence map with those of three networks"
            " with new weights; near 0 is good (Adebayo 2018)"
        ),
    ),
    (
        "result.mean-film",
        "mean film",
        "the answer from which Influence is counted, see `neutral` in the recipe",
    ),
    (
        "result.pointing",
        "peak inside",
        "how often the peak of the Influence map lies in the finding's rows",
    ),
)


def write_card(
    recipe: Recipe,
    config: ArchitectureConfig,
    *,
    threshold: Threshold | None,
    results: Results,
    command: str,
    chosen: str = "",
) -> str:
    """The card in Markdown: use, data, results with intervals, limits, how to make it again.

    Where the recipe does not say what a card needs, it is that of a first trial, and says so.
    """
    if lacks := card_lacks(recipe):
        return _trial(recipe, lacks, command)
    sections = (
        f"# {recipe.title}",
        *filter(None, (leakage_line(results, recipe.data.tested_before),)),
        f"{recipe.task}. Model `{recipe.name}`, version {recipe.version}.",
        f"## Intended use\n{recipe.intended_use}",
        _network(recipe, config),
        _data(recipe),
        results_section(threshold, results),
        "## Limits\n" + "\n".join(f"- {limit}" for limit in (*recipe.limits, *_ALWAYS)),
        f"## How it was made\n```\n{command}\n```\nThe whole recipe is in `metadata.json`."
        + (f"\n\n{chosen}" if chosen else ""),
    )
    return "\n\n".join(sections) + "\n"


def _trial(recipe: Recipe, lacks: tuple[str, ...], command: str) -> str:
    keys = ", ".join(f"`{key}`" for key in lacks)
    return (
        f"# {recipe.title}: a first trial\n\n"
        f"{recipe.task}. Nobody has said yet whose films this model learnt from, under which"
        " licence, and whom it is for: it has no card, and its figures are not to be passed on.\n"
        f"\nMissing in the recipe: {keys}. Once they are there:"
        f" `rowscope-engine model card {recipe.name} --recipe RECIPE.toml`\n"
        f"\n## How it was made\n```\n{command}\n```\n"
    )


def _network(recipe: Recipe, config: ArchitectureConfig) -> str:
    given = recipe.input
    modalities = " and ".join(given.modalities) or "any"
    grid = f"{config.steps} steps over a grid of {given.rows} × {given.columns}"
    if given.aspect == "keep":
        grid += " for a film of the typical height; films keep their aspect, so others have more"
        grid += " or fewer"
    return (
        "## Network\n"
        f"{config.summary}; {grid};"
        f" intensity “{given.intensity}”; DICOM modalities: {modalities}."
        f" Classes: {', '.join(recipe.classes)}."
    )


def _data(recipe: Recipe) -> str:
    return (
        "## Data\n"
        f"- Films: {recipe.data.source}\n"
        f"- Licence of the films: {recipe.data.licence}\n"
        f"- Population: {recipe.data_source}\n"
        f"{population_line(recipe.population)}"
    )


def population_line(population: Population | None) -> str:
    """The line of a card that says what of a header is held against a film."""
    return f"- Held against a film's header: {population_words(population)}"


def leakage_line(results: Results, tested_before: str = "") -> str:
    """What splits share, and what was tested before: what flatters a model stands first.

    Args:
        results: Of the model; those of `check_leakage` are among them, or nobody looked.
        tested_before: See `engine.recipe.Data`.
    """
    found = next(
        (value for what, value in results if what.code == "result.shared"),
        "not looked for",
    )
    words = f"{_LEAKAGE} shared by training, validation and test films: {found}."
    return f"{words} {tested_before}".strip()


def add_results(model: str | Path, pairs: Results) -> ModelInfo:
    """Add results to a finished bundle and to its card; those of the same name are replaced.

    Weights and audit stay as they are, to the byte; a first trial has no card to add to.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    folder = find_bundle(model)
    description, config = read_description(folder)
    results = merged(description.results, pairs)
    replace_metadata(folder, replace(description, results=results), config)
    made = description.training.get("recipe")
    recipe = recipe_of(made, folder.name) if made is not None else None
    if recipe is not None and not card_lacks(recipe):
        card = (folder / CARD).read_text(encoding="utf-8")
        leakage = leakage_line(results, recipe.data.tested_before)
        text = with_results(card, description.threshold, results, leakage=leakage)
        (folder / CARD).write_text(text, encoding="utf-8")
    return load_bundle(folder).info


def measured_code(what: Sentence) -> str:
    """The code of what was measured, on whichever films."""
    inner = what.arguments.get("what") if what.code == "result.of" else what
    return inner.code if isinstance(inner, Sentence) else ""


def merged(old: Results, new: Results) -> Results:
    """The old results that were not measured anew, then the new ones."""
    measured = {same(what) for what, _ in new}
    return (*(pair for pair in old if same(pair[0]) not in measured), *new)


def with_results(
    card: str,
    threshold: Threshold | None,
    results: Results,
    *,
    leakage: str = "",
) -> str:
    """A card with other results, all else left as it is; it takes them before its limits.

    Args:
        card: In Markdown, as `write_card` makes it.
        threshold: Of the model.
        results: All that shall stand there.
        leakage: A line as `leakage_line` makes it, for the place under the title; else what
            stands there stays.
    """
    card = _with_leakage(card, leakage) if leakage else card
    text, mark = f"\n{card}", f"\n{_RESULTS}\n"
    start = text.find(mark) if mark in text else text.find("\n## Limits")
    before = text if start < 0 else text[:start]
    rest = "" if start < 0 else text[start:]
    end = rest.find("\n## ", len(mark)) if mark in text else 0
    after = rest[end:] if end >= 0 else ""
    parts = (before.strip("\n"), results_section(threshold, results), after.strip("\n"))
    return "\n\n".join(part for part in parts if part) + "\n"


def _with_leakage(card: str, leakage: str) -> str:
    lines = [line for line in card.split("\n\n") if not line.startswith(_LEAKAGE)]
    place = 1 if lines[0].startswith("# ") else 0
    return "\n\n".join((*lines[:place], leakage, *lines[place:]))


def results_section(threshold: Threshold | None, results: Results) -> str:
    """The section of a card that tells what was measured."""
    level = f"{100 * LEVEL:g} %"
    how = (
        f"Intervals are {level} over patients (bootstrap for the AUC, Wilson for shares; of few"
        " films exact)."
    )
    lines = [_RESULTS, how, ""]
    lines += ["| what | value |", "|---|---|"]
    lines += [f"| {what} | {value} |" for what, value in results]
    if threshold is not None:
        sensitive, specific = threshold.sensitivity_interval, threshold.specificity_interval
        lines += [
            "",
            (
                f"Threshold {threshold.value:.3f}: {threshold.chosen_on}"
                f" (validation: sensitivity {_figure(threshold.sensitivity, sensitive)},"
                f" specificity {_figure(threshold.specificity, specific)})."
            ),
        ]
    found = {measured_code(what) for what, _ in results}
    meanings = [f"- *{word}*: {text}." for code, word, text in _MEANINGS if code in found]
    return "\n".join(lines + (["", *meanings] if meanings else []))


def _figure(value: float, interval: Interval | None) -> str:
    return f"{value:.3f}" + (f" ({interval.low:.3f}–{interval.high:.3f})" if interval else "")
