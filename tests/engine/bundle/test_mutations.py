"""Whatever happens to the bytes of a bundle: the same answers, or one kind of error."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings, strategies as st

from engine.bundle import list_models
from engine.errors import BundleError
from engine.weights import load_bundle
from tests.engine.bundle_parts import change_metadata

ROOT = Path(__file__).parents[3]
FILES = ("metadata.json", "model.safetensors")
ROWS = torch.linspace(0, 1, 16 * 12).view(1, 16, 12)
PLACES = st.integers(0, 2**20)
CHANGES = st.one_of(
    st.tuples(st.just("set"), PLACES, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("insert"), PLACES, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("cut"), PLACES, st.just(b"")),
    st.tuples(st.just("remove"), PLACES, st.binary(min_size=1, max_size=40)),
    st.tuples(st.just("repeat"), PLACES, st.binary(min_size=1, max_size=40)),
)


def changed(data, kind, place, material):
    place %= len(data)
    # Half of all changes to weights would otherwise miss their short header.
    place = place % 2000 if place % 2 else place
    behind = place + len(material)
    return {
        "set": data[:place] + material + data[behind:],
        "insert": data[:place] + material + data[place:],
        "cut": data[:place],
        "remove": data[:place] + data[behind:],
        "repeat": data[:behind] + data[place:],
    }[kind]


@pytest.fixture(scope="module")
def copy(tiny_bundle, tmp_path_factory):
    """A folder to damage; its files are written anew for every example."""
    return Path(shutil.copytree(tiny_bundle, tmp_path_factory.mktemp("mutations") / "tiny"))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(changes=st.lists(CHANGES, min_size=1, max_size=3))
def test_that_a_changed_bundle_answers_the_same_or_not_at_all(tiny_bundle, copy, name, changes):
    shutil.copytree(tiny_bundle, copy, dirs_exist_ok=True)
    data = (tiny_bundle / name).read_bytes()
    for change in changes:
        data = changed(data, *change) or b" "
    (copy / name).write_bytes(data)
    before = load_bundle(tiny_bundle)
    try:
        after = load_bundle(copy)
    except BundleError:
        return
    assert torch.equal(after.network(ROWS), before.network(ROWS))
    for array in ("mean_image", "state_mean", "state_std", "norm_mean", "norm_std"):
        expected = getattr(before.statistics, array)
        np.testing.assert_array_equal(getattr(after.statistics, array), expected)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(change=CHANGES)
def test_that_listing_never_raises(tiny_bundle, copy, change):
    data = (tiny_bundle / "metadata.json").read_bytes()
    (copy / "metadata.json").write_bytes(changed(data, *change))
    assert len(list_models(copy.parent)) <= 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to this limit")
def test_that_a_hostile_bundle_is_refused_without_taking_memory(tiny_bundle, tmp_path):
    hungry = {
        "cells": {"hidden_size": 4096, "layers": 16, "bidirectional": True},
        "states": {"cell": "rnn", "hidden_size": 4000, "layers": 16, "stem": []},
        "maps": {"stem": [{"channels": 512}] * 16},
        "weights": {},
    }
    for name, changes in hungry.items():
        shutil.copytree(tiny_bundle, tmp_path / name)
        for key, value in changes.items():
            change_metadata(tmp_path / name, "architecture", key, to=value)
    with (tmp_path / "weights" / "model.safetensors").open("r+b") as file:
        file.truncate(2**36)
    code = (
        "import os, pathlib, resource\n"
        "from engine.weights import load_bundle\n"
        "from engine.errors import BundleError\n"
        f"load_bundle({str(tiny_bundle)!r})\n"
        "used = int(open('/proc/self/statm').read().split()[0]) * os.sysconf('SC_PAGE_SIZE')\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + 2**26, used + 2**26))\n"
        f"for name in {list(hungry)!r}:\n"
        "    try:\n"
        f"        load_bundle(pathlib.Path({str(tmp_path)!r}) / name)\n"
        "    except BundleError as error:\n"
        "        print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    sentences = run.stdout.splitlines()
    assert [line.split("/")[0] for line in sentences] == list(hungry)
    assert all("too large" in line or "is larger than" in line for line in sentences)
