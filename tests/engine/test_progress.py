"""How far a piece of work is: said once a second, with the time left, to whoever listens."""

import io

import pytest

from engine import progress
from engine.cli.options import Teller
from engine.progress import Passing, paced, tell, telling


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by what it is told."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_that_it_is_said_once_a_second_with_the_time_left(clock):
    said = []
    with telling(said.append):
        for _ in paced(range(10), "counting", 10):
            clock[0] += 0.5
    assert said == [
        "counting: 20 %, 4 s left", "counting: 40 %, 3 s left", "counting: 60 %, 2 s left",
        "counting: 80 %, 1 s left",
    ]  # fmt: skip
    assert all(isinstance(words, Passing) for words in said)


def test_that_quick_work_says_nothing(clock):
    said = []
    with telling(said.append):
        for _ in paced(range(10), "counting", 10):
            clock[0] += 0.05
    assert said == []


def test_that_without_a_listener_nothing_is_said_and_nothing_lost(clock):
    assert list(paced(iter("abc"), "reading", 3)) == ["a", "b", "c"]
    tell("nobody hears it")


def test_that_a_listener_hears_until_its_block_ends():
    said = []
    with telling(said.append):
        tell("one")
    tell("two")
    assert said == ["one"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_that_a_terminal_overwrites_passing_words():
    stream = Terminal()
    with Teller(stream) as say:
        say(Passing("10 %"))
        say(Passing("20 %"))
        say("done")
    assert stream.getvalue() == "\r\x1b[K10 %\r\x1b[K20 %\r\x1b[Kdone\n"


def test_that_a_log_keeps_sentences_and_few_passing_words():
    stream = io.StringIO()
    with Teller(stream) as say:
        for share in range(100):
            say(Passing(f"{share} %"))
        say("done \x1b[31m")
    assert stream.getvalue() == "done �[31m\n"
