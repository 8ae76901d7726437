"""Names of parts and their options: as strict as the rest of a bundle's metadata."""

import json
from dataclasses import dataclass
from typing import Literal

import pytest
import torch

from engine.bundle import NetworkConfig, part_names, read_architecture, read_options, register
from engine.errors import BundleError
from engine.network import Cell, RowClassifier
from engine.resources import resource_path


@dataclass(frozen=True, slots=True)
class Inner:
    size: int


@dataclass(frozen=True, slots=True)
class Choices:
    count: int
    share: float = 0.5
    on: bool = False
    word: str = "a"
    way: Literal["up", "down"] = "up"
    sizes: tuple[int, ...] = ()
    inner: tuple[Inner, ...] = ()

    def __post_init__(self):
        if self.count < 0:
            raise ValueError("“count” must not be negative")


def test_that_options_become_their_dataclass():
    given = {"count": 3, "share": 1, "way": "down", "sizes": [1, 2], "inner": [{"size": 4}]}
    found = read_options(Choices, given, "Here")
    assert found == Choices(3, 1.0, way="down", sizes=(1, 2), inner=(Inner(4),))
    assert type(found.share) is float


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cuont": 3}, "Here: unknown key “cuont”"),
        ({"count": None}, "“count” must be a whole number"),
        ({"count": True}, "“count” must be a whole number"),
        ({"count": 3.0}, "“count” must be a whole number"),
        ({"count": -1}, "Here: “count” must not be negative"),
        ({"share": "1"}, "“share” must be a number"),
        ({"share": float("nan")}, "“share” must be a number"),
        ({"on": 1}, "“on” must be true or false"),
        ({"word": 1}, "“word” must be a text"),
        ({"way": "left"}, "“way” must be one of up, down"),
        ({"way": ["up"]}, "“way” must be one of up, down"),
        ({"sizes": 3}, "“sizes” must be a list"),
        ({"sizes": [1, "2"]}, "“sizes” must be a whole number"),
        ({"inner": [3]}, "“inner” must be a table"),
        ({"inner": [{}]}, "“inner”: “size” is missing"),
    ],
)
def test_that_a_wrong_option_is_refused_by_its_name(change, sentence):
    with pytest.raises(BundleError, match=sentence):
        read_options(Choices, {"count": 1} | change, "Here")


def test_that_a_missing_option_is_named():
    with pytest.raises(BundleError, match="“count” is missing"):
        read_options(Choices, {}, "Here")


@pytest.fixture
def registered(monkeypatch):
    """Forgets after the test what the test registers."""
    monkeypatch.setattr("engine.bundle.parts._registered", {})


def test_that_a_class_can_be_registered_for_one_process(registered):
    @register("cell", "latch")
    class Latch(Cell):
        """h_t = max(h_{t−1}, x_t)."""

        def __init__(self, input_size, hidden_size, *, bidirectional, options):
            super().__init__()
            self.hidden_size, self.bidirectional = hidden_size, bidirectional

        def step(self, x, h, c, *, direction):
            return torch.maximum(x, h), c

    network = RowClassifier(NetworkConfig(4, 3, 2, cell="latch", hidden_size=3))
    rows = torch.rand(2, 4, 3)
    assert torch.equal(network.trace(rows).h[0, 0], rows.cummax(dim=1).values)
    assert "latch" in part_names("cell")


def test_that_what_comes_with_the_program_cannot_be_registered(registered):
    with pytest.raises(BundleError, match="“gru” comes with the program"):
        register("cell", "gru")(Cell)


def test_that_options_where_there_is_nothing_to_choose_are_refused():
    config = NetworkConfig(4, 3, 2, cell_options={"speed": 3})
    with pytest.raises(BundleError, match="options of “gru”: unknown key “speed”"):
        RowClassifier(config)


@pytest.mark.parametrize("folder", sorted(resource_path("models").iterdir()), ids=lambda p: p.name)
def test_that_the_architecture_of_a_shipped_bundle_is_read_and_written_unchanged(folder):
    stored = json.loads((folder / "metadata.json").read_text("utf-8"))["architecture"]
    assert read_architecture(stored).to_dict() == stored
