"""Influence over rows and columns is asked for where it is shown, once, and not for films gone."""

from dataclasses import replace

import numpy as np
import pytest

from engine import InferenceError
from engine.types import GridInfluence
from tests.viewer import film_values as made
from viewer.session.choices import MapChoice

CROSSED = MapChoice(question="influence", grid=True)


def grid(target=1):
    values = np.full((8, 6), 0.1, np.float32)
    edges = np.linspace(0, 80, 9), np.linspace(0, 60, 7)
    return GridInfluence(values, *edges, target, 4.8, 0.0, 0.0)


class Network:
    """Keeps what it was asked until a test lets it answer."""

    def __init__(self):
        self.asked, self.dropped = [], []

    def prepare(self, film, model, done):
        done(film)

    def ask(self, topic, _function, _model, prepared, target, *rest, done, failed):
        self.asked.append((prepared.key, target, rest[-1], done, failed))


@pytest.fixture
def network(session, monkeypatch):
    network = Network()
    monkeypatch.setattr(session.inspection, "prepare", network.prepare)
    monkeypatch.setattr(session.inspection, "ask_model", network.ask)
    monkeypatch.setattr(session.inspection, "drop", network.dropped.append)
    return network


def show(session, name="film.dcm"):
    session.pointer.show_film(made.film(made.image(name)))
    session.pointer.analysis = made.analysis()
    session.pointer.show_answer()


def test_that_nothing_is_asked_before_the_map_is_wanted(session, network):
    show(session)
    session.pointer.choose_map(MapChoice(question="influence"))
    assert network.asked == []
    session.pointer.choose_map(CROSSED)
    assert [one[1:3] for one in network.asked] == [(1, "mean")]


def test_that_the_map_is_shown_when_it_was_measured(session, network):
    show(session)
    session.pointer.choose_map(CROSSED)
    shown = made.heard(session.pointer.map_changed)
    assert session.grids.waits
    network.asked[0][3](grid())
    assert shown[-1][0].values.shape == (8, 6)
    assert not session.grids.waits


def test_that_a_map_that_is_known_is_not_measured_again(session, network):
    show(session)
    session.pointer.choose_map(CROSSED)
    network.asked[0][3](grid())
    session.pointer.choose_map(MapChoice())
    session.pointer.choose_map(CROSSED)
    assert len(network.asked) == 1
    assert session.pointer.grid is not None


def test_that_what_was_asked_of_a_film_that_went_is_dropped(session, network):
    session.pointer.choose_map(CROSSED)
    show(session)
    session.pointer.show_film(made.film(made.image("other.dcm")))
    assert network.dropped == ["grid"]
    network.asked[0][3](grid())
    assert session.pointer.grid is None


def test_that_another_finding_has_a_map_of_its_own(session, network):
    show(session)
    session.pointer.choose_map(CROSSED)
    network.asked[0][3](grid())
    said = session.analysis
    session.pointer.analysis = replace(said, prediction=replace(said.prediction, target=0))
    session.pointer.show_answer()
    assert [one[1] for one in network.asked] == [1, 0]
    assert session.pointer.grid is None


def test_that_a_network_that_gives_none_shows_the_rows_and_says_why(session, network):
    show(session)
    failures = made.heard(session.inspection.failed)
    session.pointer.choose_map(CROSSED)
    network.asked[0][4](InferenceError("It gives no numbers.", "nonsense"))
    assert session.choice.question == "influence"
    assert not session.choice.grid
    assert len(failures) == 1


def test_that_an_answer_that_waits_for_the_readers_call_asks_for_nothing(session, network):
    session.pointer.show_film(made.film())
    session.pointer.choose_map(CROSSED)
    assert network.asked == []
