"""The numbers that make the answer by row true, in metadata.json; read strictly.

They are plain numbers and no tensors of the weights file: what is fitted again for a network that
stays as it is must not change the hash that says which network answers.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.metadata.fields import Fields
from engine.metadata.files import METADATA, exists, load_json
from engine.metadata.registered import ArchitectureConfig
from engine.types import PrefixCalibration

_LARGEST = 1e4  # of a scale or an offset, either way


def prefixes_to_dict(prefixes: PrefixCalibration) -> dict[str, Any]:
    """Plain values for JSON; `read_prefixes` reads them back."""
    return asdict(prefixes)


def read_prefixes(fields: Fields, config: ArchitectureConfig) -> PrefixCalibration | None:
    """The table “by_row”; None where it is absent or null, as in older bundles.

    Raises:
        BundleError: A key that is unknown, missing or of the wrong type or range, or numbers that
            would not leave the last answer as it is.
    """
    table = fields.optional("by_row")
    if table is None:
        return None
    steps, classes = config.steps, config.classes
    prefixes = PrefixCalibration(
        scale=table.numbers("scale", 0, _LARGEST, count=steps),
        offset=tuple(
            Fields({"offset": line}, f"“by_row”: “offset” {step}").numbers(
                "offset", -_LARGEST, _LARGEST, count=classes
            )
            for step, line in enumerate(table.items("offset"))
        ),
        source=table.text("source"),
    )
    if len(prefixes.offset) != steps:
        table.wrong("offset", "{steps} lists of numbers, one for each step", steps=steps)
    if prefixes.scale[-1] != 1 or any(prefixes.offset[-1]):
        table.wrong("scale", "1, and “offset” 0, after the last step")
    table.finish()
    return prefixes


def prefixes_hash(prefixes: PrefixCalibration | None) -> str:
    """Which numbers these are, in hexadecimal; empty where there are none."""
    if prefixes is None:
        return ""
    numbers = json.dumps([prefixes.scale, prefixes.offset])
    return hashlib.sha256(numbers.encode()).hexdigest()


def stored_hash(folder: Path) -> str:
    """The hash of a bundle's numbers as they stand in its metadata; empty where it has none.

    Raises:
        BundleError: metadata.json is no JSON.
    """
    values: Any = load_json(folder / METADATA) if exists(folder, METADATA) else None
    try:
        table = values["by_row"]
        scale = tuple(map(float, table["scale"]))
        offset = tuple(tuple(map(float, line)) for line in table["offset"])
    except (KeyError, TypeError, ValueError):  # none, or what `read_prefixes` refuses
        return ""
    return prefixes_hash(PrefixCalibration(scale, offset, ""))
