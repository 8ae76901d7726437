"""A model on disk: metadata.json, model.safetensors, README.md. Nothing in it is executed.

The weights file holds the network ("network.…"), the training statistics ("statistics.…") and a
self-test ("selftest.rows", "selftest.logits"); perhaps safeguards (`engine.safeguards`). A file
is believed only if it holds exactly the tensors that the metadata imply, all finite, and the
self-test comes out as stored.

The self-test finds weights that were damaged or mixed up, and a machine that computes otherwise.
It does not vouch for the maker: a network that always gives one answer reproduces it, too. What a
model is worth stands in its card, and which one answered in `ModelInfo.sha256`.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor

from engine.errors import BundleError
from engine.metadata import (
    METADATA,
    WEIGHTS,
    ArchitectureConfig,
    Description,
    TrustConfig,
    find_bundle,
    info_of,
    read_description,
    write_metadata,
)
from engine.metadata.files import read_file
from engine.metadata.tensors import DIGEST, body_hash, most_bytes, read_tensors
from engine.metadata.text import place_of
from engine.network import RowNetwork, build_network
from engine.safeguards import (
    Safeguards,
    answers,
    build_safeguards,
    check_safeguards,
    expected_tensors,
    safeguard_tensors,
)
from engine.types import ModelInfo, PrefixCalibration, RowStatistics

CARD = "README.md"
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

    rows: Tensor
    logits: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """A model that passed all checks, in evaluation mode on its device.

    Attributes:
        safeguards: What it takes to doubt an answer, on the CPU; None in bundles without.
        by_row: What makes the answer by row true; None in bundles without.
    """

    info: ModelInfo
    network: RowNetwork
    statistics: RowStatistics
    config: ArchitectureConfig
    selftest: SelfTest
    safeguards: Safeguards | None = None
    by_row: PrefixCalibration | None = None


def load_bundle(model: str | Path, device: torch.device | str = "cpu") -> Bundle:
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
    network = _build(config, tensors).to(device)
    selftest = SelfTest(tensors["selftest.rows"], tensors["selftest.logits"])
    _check(network, selftest, place)
    safeguards = build_safeguards(description.trust, tensors)
    check_safeguards(safeguards, tensors, place=place)
    statistics, by_row = _statistics(tensors), description.by_row
    return Bundle(info, network, statistics, config, selftest, safeguards, by_row)


def save_bundle(
    folder: Path,
    network: RowNetwork,
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
    network: RowNetwork, statistics: RowStatistics, safeguards: Safeguards | None
) -> dict[str, Tensor]:
    tensors = {f"network.{name}": value.cpu() for name, value in network.state_dict().items()}
    for name in _ARRAYS:
        array = np.ascontiguousarray(getattr(statistics, name), np.float32)
        tensors[f"statistics.{name}"] = torch.from_numpy(array)
    if statistics.class_means is not None:
        means = np.ascontiguousarray(statistics.class_means, np.float32)
        tensors[_CLASS_MEANS] = torch.from_numpy(means)
    tensors["statistics.influence_limit"] = torch.tensor(float(statistics.influence_limit))
    tensors["statistics.count"] = torch.tensor(int(statistics.count))
    tensors |= safeguard_tensors(safeguards)
    trust = safeguards.config if safeguards else None
    expected = _expected(network.config, trust, class_means=statistics.class_means is not None)
    for name, value in tensors.items():
        if name not in expected or value.shape != expected[name].shape:
            raise BundleError(
                "The {name} do not fit the network's configuration.", "bundle", name=name
            )
    # The mean film upside down: unlike any film, so that nothing is special about it.
    rows = tensors["statistics.mean_image"].flip(0).unsqueeze(0)  # (1, M, W)
    with torch.no_grad():
        logits = _build(network.config, tensors)(rows)[0]  # (K,)
    tensors |= {"selftest.rows": rows, "selftest.logits": logits}
    tensors |= answers(safeguards, rows, logits)
    return {name: value.contiguous() for name, value in tensors.items()}


def _build(config: ArchitectureConfig, tensors: dict[str, Tensor]) -> RowNetwork:
    prefix = "network."
    weights = {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
    with torch.device("meta"):  # draws no random numbers and fills no memory
        network = build_network(config)
    network.load_state_dict(weights, assign=True)
    return network.eval().requires_grad_(requires_grad=False)


def _read_tensors(
    folder: Path, config: ArchitectureConfig, description: Description
) -> tuple[dict[str, Tensor], str]:
    """The tensors, and the hash of the very bytes that they are made of."""
    try:
        likes = _expected(config, description.trust, class_means=description.class_means)
    except BundleError as error:  # options of a part, which only the part itself can read
        raise BundleError(
            "{folder}: {error}", "bundle", folder=place_of(folder, METADATA), error=error
        ) from error
    expected = {
        name: ("I64" if like.dtype == torch.int64 else "F32", tuple(like.shape))
        for name, like in likes.items()
    }
    data = read_file(folder, WEIGHTS, most=most_bytes(expected))
    arrays = read_tensors(data, expected, place=place_of(folder, WEIGHTS))
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    return tensors, hashlib.sha256(data).hexdigest()


def _check_ranges(tensors: dict[str, Tensor], place: str) -> None:
    """Films lie in 0…1, spreads are not negative, and there was a film to measure."""
    least, most = -_TOLERANCE, 1 + _TOLERANCE
    films = (*_FILMS, _CLASS_MEANS) if _CLASS_MEANS in tensors else _FILMS
    wrong = [n for n in films if tensors[n].min() < least or tensors[n].max() > most]
    wrong += [n for n in _POSITIVE if tensors[n].min() < 0]
    if tensors["statistics.count"] < 1:
        wrong.append("statistics.count")
    if wrong:
        raise BundleError(
            "{place}: “{wrong}” holds values that cannot be.",
            "bundle",
            place=place,
            wrong=wrong[0],
        )


def _expected(
    config: ArchitectureConfig, trust: TrustConfig | None, *, class_means: bool
) -> dict[str, Tensor]:
    """Names, shapes and types that belong in the weights file; takes no memory."""
    with torch.device("meta"):
        network = build_network(config)
        grid = (config.rows, config.columns)
        norms = (config.layers, config.directions, config.steps)
        states = (*norms, config.hidden_size)
        shapes = dict(zip(_ARRAYS, (grid, states, states, norms, norms), strict=True))
        if class_means:
            shapes["class_means"] = (config.classes, *grid)
        return (
            {f"network.{name}": value for name, value in network.state_dict().items()}
            | {f"statistics.{name}": torch.empty(shape) for name, shape in shapes.items()}
            | {
                "statistics.influence_limit": torch.empty(()),
                "statistics.count": torch.empty((), dtype=torch.int64),
                "selftest.rows": torch.empty(1, *grid),
                "selftest.logits": torch.empty(config.classes),
            }
            | expected_tensors(config, trust)
        )


def _statistics(tensors: dict[str, Tensor]) -> RowStatistics:
    arrays = {name: tensors[f"statistics.{name}"].numpy() for name in _ARRAYS}
    means = tensors.get(_CLASS_MEANS)
    return RowStatistics(
        **arrays,
        influence_limit=float(tensors["statistics.influence_limit"]),
        count=int(tensors["statistics.count"]),
        class_means=None if means is None else means.numpy(),
    )


def _check(network: RowNetwork, selftest: SelfTest, place: str) -> None:
    device = next(network.parameters()).device
    with torch.no_grad(), torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
        logits = network(selftest.rows.to(device))[0].cpu()  # (K,)
    if not torch.allclose(logits, selftest.logits, rtol=_TOLERANCE, atol=_TOLERANCE):
        raise BundleError(
            "{place} fails its self-test: the network does not answer as it did when it was"
            " saved. Install the bundle again.",
            "bundle",
            place=place,
        )
