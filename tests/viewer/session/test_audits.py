"""Whether maps were tested is read anew for each model, off the GUI thread."""

import threading

import pytest

from engine import BundleError
from engine.types import Audit
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session import jobs, models as module
from viewer.session.jobs import Lanes
from viewer.session.models import NOT_TESTED, Audits

ONE, TWO = made.model("one"), made.model("two")


class Bundles:
    """Stand-in for what lies on the disk."""

    def __init__(self):
        self.read, self.threads, self.error = [], [], None

    def read_audit(self, folder):
        self.read.append(folder.name)
        self.threads.append(threading.current_thread())
        if self.error is not None:
            raise self.error
        return Audit("integrated-gradients", folder.name, 0)


@pytest.fixture
def bundles(monkeypatch):
    found = Bundles()
    monkeypatch.setattr(module, "read_audit", found.read_audit)
    return found


@pytest.fixture
def audits(qtbot, bundles):
    lanes = Lanes(jobs.SURVEYING)
    yield Audits(lanes)
    lanes.close()


@pytest.fixture
def ask(qtbot, audits):
    def ask_and_wait(model):
        with qtbot.waitSignal(audits._lanes.idle, timeout=60_000):
            audits.ask(model)

    return ask_and_wait


def states(known):
    return [(tests.state, tests.lines[:1]) for (tests,) in known]


def test_that_nothing_counts_as_tested_until_it_is_known(audits, ask):
    known = heard(audits.known)
    ask(ONE)
    assert states(known) == [("not tested", ()), ("failed", ("Measured on one",))]


def test_that_the_disk_is_never_asked_on_the_gui_thread(ask, bundles):
    ask(ONE)
    assert threading.main_thread() not in bundles.threads


def test_that_a_model_is_asked_once_for_all_its_films(audits, ask, bundles):
    ask(ONE)
    known = heard(audits.known)
    audits.ask(ONE)
    assert (known, bundles.read) == ([], ["one"])


def test_that_what_was_told_of_a_model_is_not_told_again_without_the_disk(audits, ask, bundles):
    ask(ONE)
    ask(TWO)
    known = heard(audits.known)
    ask(ONE)
    assert states(known) == [("not tested", ()), ("failed", ("Measured on one",))]
    assert bundles.read == ["one", "two", "one"]


def test_that_a_late_answer_of_another_model_is_not_told(audits, ask, bundles):
    known = heard(audits.known)
    audits.ask(ONE)
    ask(TWO)
    assert states(known)[-1] == ("failed", ("Measured on two",))
    assert ("failed", ("Measured on one",)) not in states(known)


def test_that_tests_that_cannot_be_read_are_none_and_are_told(audits, ask, bundles):
    bundles.error = BundleError("one/audit.json is damaged.", "bundle")
    known, failed = heard(audits.known), heard(audits.failed)
    ask(ONE)
    assert known[-1] == (NOT_TESTED,)
    assert [str(error) for (error,) in failed] == ["one/audit.json is damaged."]


def test_that_a_model_that_was_opened_anew_is_asked_again(audits, ask, bundles):
    ask(ONE)
    audits.forget(ONE)
    ask(ONE)
    assert bundles.read == ["one", "one"]
