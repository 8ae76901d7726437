"""Small networks and bundles for the tests of the engine; written, never stored."""

import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.bundle import Description, NetworkConfig, StemLayer, write_metadata
from engine.imaging import be_the_guarded_process, guarded
from engine.network import build_network, describe_network
from engine.types import (
    Frame,
    FrameHeader,
    Image,
    InputFormat,
    PrefixCalibration,
    RowStatistics,
    Threshold,
)
from engine.weights import save_bundle

TINY = NetworkConfig(
    rows=16,
    columns=12,
    classes=2,
    cell="gru",
    hidden_size=6,
    layers=2,
    stem=(StemLayer(4, 2, 2),),
    readout="mean",
    dropout=0.2,
)


def describe(config: NetworkConfig) -> Description:
    two = config.classes == 2
    return Description(
        title="Tiny model",
        version="1.2.3",
        task="Pneumonia or normal",
        intended_use="Tests",
        data_source="Random numbers",
        classes=("normal", "pneumonia") if two else tuple(f"c{k}" for k in range(config.classes)),
        positive=1 if two else None,
        input=InputFormat(config.rows, config.columns, "rank", ("CR", "DX")),
        threshold=Threshold(0.4, 0.95, 0.8, "validation films"),
        results=(("AUC", "0.97 (0.95–0.98)"),),
        training={"seed": 1},
    )


def measure(config: NetworkConfig, seed: int = 0) -> RowStatistics:
    random = np.random.default_rng(seed)
    norms = (config.layers, config.directions, config.steps)
    states = (*norms, config.hidden_size)
    return RowStatistics(
        mean_image=random.random((config.rows, config.columns), np.float32),
        state_mean=random.random(states, np.float32) / 5,
        state_std=random.random(states, np.float32) / 5 + 0.05,
        norm_mean=random.random(norms, np.float32),
        norm_std=random.random(norms, np.float32) / 5 + 0.05,
        influence_limit=1.3,
        count=100,
    )


def build_bundle(folder: Path, config: NetworkConfig) -> Path:
    torch.manual_seed(7)
    network = build_network(config)
    save_bundle(
        folder,
        network,
        description=describe(config),
        statistics=measure(config),
        card="# Tiny model\n",
    )
    return folder


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory):
    """The folder of a two-class GRU bundle with a stem; do not change it."""
    return build_bundle(tmp_path_factory.mktemp("models") / "tiny", TINY)


@pytest.fixture(scope="session")
def grid_bundle(tmp_path_factory):
    """The folder of a two-class bundle that reads rows, then columns; do not change it."""
    options = {"hidden_size": 3, "patch_rows": 2, "patch_columns": 2}
    config = describe_network(
        "grid", TINY.rows, columns=TINY.columns, classes=TINY.classes, options=options
    )
    return build_bundle(tmp_path_factory.mktemp("models") / "grid", config)


@pytest.fixture
def own_bundle(tiny_bundle, tmp_path):
    """A copy of `tiny_bundle` that a test may damage."""
    return Path(shutil.copytree(tiny_bundle, tmp_path / "tiny"))


@pytest.fixture
def calibrated(own_bundle):
    """A copy of `tiny_bundle` with a calibration by row, of drawn numbers."""
    rng = np.random.default_rng(7)
    scale = np.append(rng.uniform(0.0, 2.0, TINY.steps - 1), 1.0)
    offset = np.append(rng.normal(size=(TINY.steps - 1, TINY.classes)), [[0.0, 0.0]], axis=0)
    found = PrefixCalibration(
        tuple(scale.tolist()), tuple(map(tuple, offset.tolist())), "drawn numbers"
    )
    write_metadata(own_bundle, replace(describe(TINY), by_row=found), TINY)
    return own_bundle


@pytest.fixture
def make_bundle(tmp_path):
    """Builds a bundle of another architecture and returns its folder."""
    return lambda name="other", **changes: build_bundle(tmp_path / name, replace(TINY, **changes))


@pytest.fixture
def parts():
    """What `save_bundle` needs: an untrained network, and the rest as keywords."""
    torch.manual_seed(7)
    rest = {"description": describe(TINY), "statistics": measure(TINY), "card": "# Tiny\n"}
    return build_network(TINY), rest


@pytest.fixture
def make_frame():
    """Builds a frame of given values (R, C); keywords change the headers."""

    def build(values, colour=None, **given):
        values = np.asarray(values, np.float32)
        known = {
            "path": Path("film.dcm"),
            "format": "DICOM",
            "encoding": "uncompressed",
            "frame_count": 1,
            "rows": values.shape[0],
            "columns": values.shape[1],
            "bits_stored": 12,
            "photometric": "MONOCHROME2",
        }
        own = {field.name for field in fields(FrameHeader)}
        header = {name: given.pop(name) for name in own & given.keys()}
        header = FrameHeader(**({"value_range": (0.0, 4095.0)} | header))
        return Frame(Image(**(known | given)), 0, values, colour, header=header)

    return build


@pytest.fixture
def read_here():
    """Files are read in this process, where a test can stand in for parts of a decoder."""
    be_the_guarded_process()
    yield
    guarded._inside.clear()
