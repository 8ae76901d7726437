"""A bundle's weights: safetensors read and checked, a network built, a bundle written."""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from engine.bundle import (
    CARD,
    METADATA,
    WEIGHTS,
    ArchitectureConfig,
    Description,
    TrustConfig,
    find_bundle,
    info_of,
    parse_json,
    read_description,
    read_file,
    write_metadata,
)
from engine.calibration import CalibrationFilms
from engine.errors import BundleError
from engine.runtime import Asked, asked, asked_of, expected_weights, weights_of
from engine.safeguards import (
    Arrays,
    Safeguards,
    SafeguardShapes,
    answers,
    build_safeguards,
    check_safeguards,
    expected_tensors,
    safeguard_tensors,
)
from engine.text import place_of, shown
from engine.types import Floats, ModelInfo, PrefixCalibration, RowStatistics

if TYPE_CHECKING:
    from engine.network import RowNetwork


# -------------------------------------------------------------------- reading safetensors
# The safetensors format, read strictly: numpy in the end, nothing believed before it is checked.
#
# Eight bytes n (little-endian), n bytes of JSON, then the tensors (github.com/huggingface/
# safetensors, "Format"). Here they must also follow one another without gap or overlap to the
# very end, and be exactly those that are expected. What we write carries the hash of its tensors
# in the header, because a flipped bit may well hide from a self-test with one film.

DIGEST = "sha256"  # in the header's "__metadata__"; of everything behind the header
HEADER_BYTES = 2**20
_DTYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}

Shapes = Mapping[str, tuple[str, tuple[int, ...]]]  # name → ("F32" or "I64", shape)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    shape: tuple[int, ...]
    begin: int
    end: int


def most_bytes(expected: Shapes) -> int:
    """Size in bytes that a file of these tensors can have."""
    values = sum(_DTYPES[kind].itemsize * prod(shape) for kind, shape in expected.values())
    return 8 + HEADER_BYTES + values


def read_tensors(data: bytes, expected: Shapes, *, place: str) -> dict[str, NDArray[Any]]:
    """Every tensor of a safetensors file by name, as an array of its own.

    Args:
        data: The whole file.
        expected: Names, types and shapes that must be there; nothing else may be.
        place: What sentences call the file.

    Raises:
        BundleError: The file is not exactly that, or holds a number that is not finite.
    """
    entries, start, digest = _read_header(data, place)
    if set(entries) != set(expected):
        odd = ", ".join(shown(name) for name in sorted(set(entries) ^ set(expected))[:3])
        raise BundleError(
            "{place} does not hold what the architecture implies: {odd}.", place=place, odd=odd
        )
    for name, entry in entries.items():
        if (entry.kind, entry.shape) != expected[name]:
            raise BundleError(
                "{place}: “{name}” has the wrong shape or type.", place=place, name=name
            )
    _check_layout(entries, len(data) - start, place)
    if digest and digest != body_hash(data):
        raise BundleError("{place} is damaged: its tensors are not what was saved.", place=place)
    arrays = {name: _array(data, entry, start) for name, entry in entries.items()}
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise BundleError("{place}: “{name}” is not finite.", place=place, name=name)
    return arrays


def body_hash(data: bytes) -> str:
    """SHA-256 of a safetensors file without its header."""
    (size,) = struct.unpack_from("<Q", data)
    return hashlib.sha256(memoryview(data)[8 + size :]).hexdigest()


def _read_header(data: bytes, place: str) -> tuple[dict[str, _Entry], int, str]:
    """What the header says of each tensor, where the tensors begin, and their hash if given."""
    wrong = BundleError("{place} is not a valid safetensors file.", place=place)
    if len(data) < 8:
        raise wrong
    (size,) = struct.unpack_from("<Q", data)
    if size > HEADER_BYTES:
        raise BundleError("{place} has a header of more than 1 MiB.", place=place)
    if data[8:9] != b"{" or 8 + size > len(data):
        raise wrong
    try:
        table = parse_json(data[8 : 8 + size], place)
    except BundleError as error:
        raise wrong from error
    notes = table.pop("__metadata__", {})
    if not isinstance(notes, dict) or not set(notes) <= {DIGEST, "format"}:
        raise wrong
    entries = {name: _entry(values) for name, values in table.items()}
    if None in entries.values():
        raise wrong
    known = {name: entry for name, entry in entries.items() if entry is not None}
    return known, 8 + size, str(notes.get(DIGEST, ""))


def _entry(values: object) -> _Entry | None:
    """One tensor of the header; None where that is not what the format says."""
    if not isinstance(values, dict) or set(values) != {"dtype", "shape", "data_offsets"}:
        return None
    shape, offsets = values["shape"], values["data_offsets"]
    if not (_counts(shape) and _counts(offsets) and len(offsets) == 2):
        return None
    return _Entry(str(values["dtype"]), tuple(shape), offsets[0], offsets[1])


def _counts(values: object) -> bool:
    return isinstance(values, list) and all(type(value) is int and value >= 0 for value in values)


def _check_layout(entries: Mapping[str, _Entry], size: int, place: str) -> None:
    """The tensors must fill the file: each begins where another ends."""
    position = 0
    for entry in sorted(entries.values(), key=lambda entry: (entry.begin, entry.end)):
        length = _DTYPES[entry.kind].itemsize * prod(entry.shape)
        if (entry.begin, entry.end) != (position, position + length):
            raise BundleError("{place} is not a valid safetensors file.", place=place)
        position = entry.end
    if position != size:
        raise BundleError("{place} is not a valid safetensors file.", place=place)


def _array(data: bytes, entry: _Entry, start: int) -> NDArray[Any]:
    dtype = _DTYPES[entry.kind]
    flat = np.frombuffer(data, dtype, count=prod(entry.shape), offset=start + entry.begin)
    copy: NDArray[Any] = flat.astype(dtype.newbyteorder("="))  # of its own, and aligned
    return copy.reshape(entry.shape)


# ----------------------------------------------------------- loading and writing a bundle
# A model on disk: metadata.json, model.safetensors, README.md. Nothing in it is executed.
#
# The weights file holds the network ("network.…"), the training statistics ("statistics.…") and a
# self-test ("selftest.rows", "selftest.logits"); perhaps safeguards (`engine.safeguards`). A file
# is believed only if it holds exactly the tensors that the metadata imply, all finite, and the
# self-test comes out as stored.
#
# The self-test finds weights that were damaged or mixed up, and a machine that computes
# otherwise. It does not vouch for the maker: a network that always gives one answer reproduces
# it, too. What a model is worth stands in its card, and which one answered in `ModelInfo.sha256`.
_TOLERANCE = 1e-4  # of logits, between machines and devices; of films beyond 0…1
_ARRAYS = ("mean_image", "state_mean", "state_std", "norm_mean", "norm_std")
_FILMS = ("statistics.mean_image", "selftest.rows")
_POSITIVE = tuple(
    f"statistics.{name}" for name in ("state_std", "norm_mean", "norm_std", "influence_limit")
)
_CLASS_MEANS = "statistics.class_means"  # only where metadata.json says that they are there


@dataclass(frozen=True, slots=True, eq=False)
class SelfTest:
    """A film and the answer that the network gave when it was saved: (1, M, W) and (K,)."""

    rows: Floats
    logits: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """A model that passed all checks, in evaluation mode on its device.

    Attributes:
        asked: Its network, see `engine.runtime.asking`.
        safeguards: What it takes to doubt an answer, on the CPU; None in bundles without.
        by_row: What makes the answer by row true; None in bundles without.
    """

    info: ModelInfo
    asked: Asked
    statistics: RowStatistics
    config: ArchitectureConfig
    selftest: SelfTest
    safeguards: Safeguards | None = None
    by_row: PrefixCalibration | None = None

    @property
    def network(self) -> "RowNetwork":
        """As torch has it; asking for it imports torch."""
        return self.asked.network


def load_bundle(model: str | Path, device: str = "cpu") -> Bundle:
    """Load a model by name or folder, and check it.

    Each file is read once: the hash in `info` is that of the weights that answer, whatever
    happens to the file meanwhile.

    Raises:
        BundleError: Anything that is not exactly as the metadata implies; names the file.
    """
    folder = find_bundle(model)
    place = place_of(folder, WEIGHTS)
    description, config = read_description(folder)
    tensors, sha256 = _read_tensors(folder, config, description)
    _check_ranges(tensors, place)
    info = info_of(folder, description, config, sha256=sha256)
    network = asked(config, _weights(tensors), device)
    selftest = SelfTest(tensors["selftest.rows"], tensors["selftest.logits"])
    _check(network, selftest, place)
    safeguards = build_safeguards(description.trust, tensors)
    check_safeguards(safeguards, tensors, place=place)
    statistics, by_row = _statistics(tensors), description.by_row
    return Bundle(info, network, statistics, config, selftest, safeguards, by_row)


def read_calibration(model: str | Path) -> CalibrationFilms | None:
    """The calibration films that a bundle keeps; None where it keeps none. Builds no network.

    Raises:
        BundleError: Anything that is not exactly as the metadata implies; names the file.
    """
    folder = find_bundle(model)
    description, config = read_description(folder)
    if description.trust is None:
        return None
    tensors, _ = _read_tensors(folder, config, description)
    return CalibrationFilms(tensors["calibration.scores"], tensors["calibration.labels"])


def read_weights(model: str | Path) -> tuple[ModelInfo, ArchitectureConfig, Arrays]:
    """A bundle's weights by their names, as they are stored; builds no network.

    Returns:
        What is known of the model, its configuration, and its network's weights.

    Raises:
        BundleError: Anything that is not exactly as the metadata implies; names the file.
    """
    folder = find_bundle(model)
    description, config = read_description(folder)
    tensors, sha256 = _read_tensors(folder, config, description)
    return info_of(folder, description, config, sha256=sha256), config, _weights(tensors)


def save_bundle(
    folder: Path,
    network: "RowNetwork",
    *,
    description: Description,
    statistics: RowStatistics,
    card: str,
    safeguards: Safeguards | None = None,
) -> ModelInfo:
    """Write a bundle that `load_bundle` accepts; the folder's name becomes the model's name.

    Args:
        folder: Made if it is not there; files of an earlier bundle are replaced.
        network: Any mode, any device; left as it is.
        description: What metadata.json says; what it says of trust is that of `safeguards`.
        statistics: Of the training films, made with this network.
        card: README.md in Markdown.
        safeguards: Made with this network; None writes a bundle without.

    Raises:
        BundleError: The parts do not fit together, for example statistics of another shape.
    """
    tensors = _tensors_of(network, statistics, safeguards)
    description = replace(
        description,
        trust=safeguards.config if safeguards else None,
        class_means=statistics.class_means is not None,
    )
    folder.mkdir(parents=True, exist_ok=True)
    digest = body_hash(save(tensors))
    weights = save(tensors, metadata={DIGEST: digest})
    (folder / WEIGHTS).write_bytes(weights)  # readable for others, unlike save_file's
    write_metadata(folder, description, network.config)
    (folder / CARD).write_text(card, encoding="utf-8")
    return load_bundle(folder).info


def _tensors_of(
    network: "RowNetwork", statistics: RowStatistics, safeguards: Safeguards | None
) -> dict[str, NDArray[Any]]:
    tensors: dict[str, NDArray[Any]] = {
        f"network.{name}": values for name, values in weights_of(network).items()
    }
    for name in _ARRAYS:
        tensors[f"statistics.{name}"] = np.asarray(getattr(statistics, name), np.float32)
    if statistics.class_means is not None:
        tensors[_CLASS_MEANS] = np.asarray(statistics.class_means, np.float32)
    tensors["statistics.influence_limit"] = np.array(statistics.influence_limit, np.float32)
    tensors["statistics.count"] = np.array(statistics.count, np.int64)
    tensors |= safeguard_tensors(safeguards)
    trust = safeguards.config if safeguards else None
    expected = _expected(network.config, trust, class_means=statistics.class_means is not None)
    for name, value in tensors.items():
        if name not in expected or value.shape != expected[name][1]:
            raise BundleError("The {name} do not fit the network's configuration.", name=name)
    # The mean film upside down: unlike any film, so that nothing is special about it.
    rows = np.ascontiguousarray(tensors["statistics.mean_image"][None, ::-1])  # (1, M, W)
    logits = asked_of(network).logits(rows)[0]  # (K,)
    tensors |= {"selftest.rows": rows, "selftest.logits": logits}
    tensors |= answers(safeguards, rows, logits)
    return {name: np.asarray(value, order="C") for name, value in tensors.items()}


def _read_tensors(
    folder: Path, config: ArchitectureConfig, description: Description
) -> tuple[Arrays, str]:
    """The tensors, and the hash of the very bytes that they are made of."""
    try:
        expected = _expected(config, description.trust, class_means=description.class_means)
    except BundleError as error:  # options of a part, which only the part itself can read
        raise BundleError(
            "{folder}: {error}", folder=place_of(folder, METADATA), error=error
        ) from error
    data = read_file(folder, WEIGHTS, most=most_bytes(expected))
    arrays = read_tensors(data, expected, place=place_of(folder, WEIGHTS))
    return arrays, hashlib.sha256(data).hexdigest()


def _weights(tensors: Arrays) -> Arrays:
    """Those of the network, by the names that it knows them by."""
    found = ((name.partition("network."), values) for name, values in tensors.items())
    return {name: values for (before, prefix, name), values in found if prefix and not before}


def _check_ranges(tensors: Arrays, place: str) -> None:
    """Films lie in 0…1, spreads are not negative, and there was a film to measure."""
    least, most = -_TOLERANCE, 1 + _TOLERANCE
    films = (*_FILMS, _CLASS_MEANS) if _CLASS_MEANS in tensors else _FILMS
    wrong = [n for n in films if tensors[n].min() < least or tensors[n].max() > most]
    wrong += [n for n in _POSITIVE if tensors[n].min() < 0]
    if tensors["statistics.count"] < 1:
        wrong.append("statistics.count")
    if wrong:
        raise BundleError(
            "{place}: “{wrong}” holds values that cannot be.", place=place, wrong=wrong[0]
        )


def _expected(
    config: ArchitectureConfig, trust: TrustConfig | None, *, class_means: bool
) -> SafeguardShapes:
    """Names, types and shapes that belong in the weights file."""
    grid = (config.rows, config.columns)
    norms = (config.layers, config.directions, config.steps)
    states = (*norms, config.hidden_size)
    shapes = dict(zip(_ARRAYS, (grid, states, states, norms, norms), strict=True))
    if class_means:
        shapes["class_means"] = (config.classes, *grid)
    found: SafeguardShapes = {
        f"network.{name}": ("F32", shape) for name, shape in expected_weights(config).items()
    }
    found |= {f"statistics.{name}": ("F32", shape) for name, shape in shapes.items()}
    found |= {
        "statistics.influence_limit": ("F32", ()),
        "statistics.count": ("I64", ()),
        "selftest.rows": ("F32", (1, *grid)),
        "selftest.logits": ("F32", (config.classes,)),
    }
    return found | expected_tensors(config, trust)


def _statistics(tensors: Arrays) -> RowStatistics:
    return RowStatistics(
        **{name: tensors[f"statistics.{name}"] for name in _ARRAYS},
        influence_limit=float(tensors["statistics.influence_limit"]),
        count=int(tensors["statistics.count"]),
        class_means=tensors.get(_CLASS_MEANS),
    )


def _check(network: Asked, selftest: SelfTest, place: str) -> None:
    logits = network.logits(selftest.rows)[0]  # (K,)
    if not np.allclose(logits, selftest.logits, rtol=_TOLERANCE, atol=_TOLERANCE):
        raise BundleError(
            "{place} fails its self-test: the network does not answer as it did when it was"
            " saved. Install the bundle again.",
            place=place,
        )
