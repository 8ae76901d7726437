"""A finished bundle learns which films it was trained on."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.bundle import load_bundle
from engine.errors import DataError
from engine.metadata import read_description, replace_metadata
from engine.training.data import Progress, divide
from engine.training.evaluate import choose_films
from engine.training.fingerprints import film_digests, split_hashes
from engine.training.overlap import seen_of, write_seen
from engine.types import ModelInfo


def note_films(
    model: str | Path,
    source: Path,
    *,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> ModelInfo:
    """Let a finished bundle keep the digests of the films that it was trained on.

    Args:
        model: Name or folder; made before digests were kept.
        source: Its films; they are divided as they were at the training.
        cache: See `read_films`.
        report: Told in words what is being done.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or others than those of the training.
    """
    info = load_bundle(model).info
    folder = info.path
    description, config = read_description(folder)
    chosen = choose_films(info, source, split="all", cache=cache, report=report)
    divided = chosen.divided
    if chosen.whole and chosen.recipe is not None:
        divided = divide(divided, chosen.plan, seed=chosen.recipe.division_seed)
    stored = description.training.get("fingerprints")
    digests = film_digests(divided)
    found = split_hashes(divided, digests)
    if not isinstance(stored, Mapping) or not stored:
        raise DataError(
            "{info} keeps no fingerprints to know its films by.", "data", info=info.name
        )
    if other := [split for split in stored if stored[split] != found.get(split)]:
        raise DataError(
            "{source} does not hold the films of {info}: the fingerprint of its split"
            " “{other}” is another one.",
            "data",
            source=source.name,
            info=info.name,
            other=other[0],
        )
    near = chosen.recipe is None or "near" not in chosen.recipe.data.allow_leakage
    kept = np.flatnonzero(np.isin(divided.splits, list(stored)))
    own = [digests[place] for place in kept]
    said = write_seen(folder, seen_of(divided.take(kept), own, near=near))
    changed = replace(description, training={**description.training, "seen": said})
    replace_metadata(folder, changed, config)
    return load_bundle(folder).info
