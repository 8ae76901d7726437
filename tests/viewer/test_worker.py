"""Background work: two endings, the newest wins, answers on the GUI thread."""

import os
import threading
import time
from concurrent.futures import Future

import pytest

from viewer import worker
from viewer.worker import Job, Lane


@pytest.fixture
def lane(qtbot):
    lane = Lane("thread")
    yield lane
    lane.close()


class Endings:
    def __init__(self):
        self.results, self.errors, self.threads = [], [], []

    def done(self, result):
        self.results.append(result)
        self.threads.append(threading.current_thread())

    def failed(self, error):
        self.errors.append(error)

    def job(self, function, *arguments, urgent=False):
        return Job(function, arguments, self.done, self.failed, urgent=urgent)


def refuse():
    raise ValueError("no")


def die():
    os._exit(3)


def test_that_an_answer_arrives_on_the_gui_thread(qtbot, lane):
    ends = Endings()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(threading.get_ident))
    assert ends.threads == [threading.main_thread()]
    assert ends.results != [threading.get_ident()]


def test_that_no_answer_arrives_while_the_job_is_handed_over(qtbot, lane, monkeypatch):
    class AtOnce:
        def submit(self, function, *arguments):
            future = Future()
            future.set_result(function(*arguments))
            return future

        def shutdown(self, **_how):
            pass

    monkeypatch.setattr(worker, "_new_executor", lambda _kind: AtOnce())
    ends = Endings()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(abs, -4))
        assert ends.results == []
    assert ends.results == [4]


def test_that_a_failure_is_the_other_ending(qtbot, lane):
    ends = Endings()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(refuse))
    assert [type(error) for error in ends.errors] == [ValueError]


def test_that_a_late_answer_is_dropped(qtbot, lane):
    ends, gate = Endings(), threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(lambda: gate.wait() and "old", urgent=True))
        lane.submit(ends.job(lambda: "skipped", urgent=True))
        lane.submit(ends.job(lambda: "newest", urgent=True))
        gate.set()
    assert ends.results == ["newest"]


def test_that_an_urgent_job_overtakes_the_queue(qtbot, lane):
    ends, gate = Endings(), threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(lambda: gate.wait() and 1))
        lane.submit(ends.job(lambda: 2))
        lane.submit(ends.job(lambda: 3, urgent=True))
        gate.set()
    assert ends.results == [1, 3, 2]


def test_that_forgotten_jobs_are_not_answered(qtbot, lane):
    ends, gate = Endings(), threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(lambda: gate.wait() and 1))
        lane.submit(ends.job(lambda: 2))
        lane.forget()
        gate.set()
    assert ends.results == []


@pytest.fixture
def process(qtbot):
    lane = Lane("process")
    yield lane
    lane.close()


def test_that_a_process_lane_runs_in_another_process(qtbot, process):
    ends = Endings()
    with qtbot.waitSignal(process.idle, timeout=60_000):
        process.submit(ends.job(os.getpid))
    assert ends.results
    assert ends.results != [os.getpid()]


def test_that_a_process_that_dies_is_replaced(qtbot, process):
    ends = Endings()
    with qtbot.waitSignal(process.idle, timeout=60_000):
        process.submit(ends.job(die))
    with qtbot.waitSignal(process.idle, timeout=60_000):
        process.submit(ends.job(abs, -4))
    assert (len(ends.errors), ends.results) == (1, [4])


def test_that_closing_ends_the_process(qtbot):
    lane, ends = Lane("process"), Endings()
    with qtbot.waitSignal(lane.idle, timeout=60_000):
        lane.submit(ends.job(os.getpid))
    lane.close()
    deadline = time.monotonic() + 30
    while alive(ends.results[0]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(ends.results[0])


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_that_a_job_ahead_goes_before_the_queue_and_is_not_replaced(qtbot, lane):
    ends, order, gate = Endings(), [], threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(gate.wait))
        lane.submit(ends.job(order.append, "queued"))
        lane.submit(Job(order.append, ("ahead",), ends.done, ends.failed, ahead=True))
        lane.submit(ends.job(order.append, "urgent", urgent=True))
        gate.set()
    assert order == ["urgent", "ahead", "queued"]
