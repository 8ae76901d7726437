"""Background work: two endings, the newest wins, answers on the GUI thread."""

import gc
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from engine.processes import Worker
from viewer.session import jobs
from viewer.session.jobs import Job, Lane, Lanes, NotAnsweringError


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


def test_that_a_thread_is_never_the_last_to_hold_what_waited_for_it(qtbot):
    """Whoever holds a window last deletes it: a lane and its endings are kept from threads."""
    gone, started, latch = [], threading.Event(), threading.Event()

    class Window:
        def answer(self, _result):
            gone.append("answered")

        def __del__(self):
            gone.append(threading.current_thread())

    def work():
        started.set()
        latch.wait(60)

    window, lane = Window(), Lane("thread")
    lane.submit(Job(work, (), window.answer, window.answer))
    assert started.wait(60)
    (worker,) = (one for one in threading.enumerate() if one.name == "rowscope")
    del window, lane
    gc.collect()
    assert gone == [threading.main_thread()]
    latch.set()
    worker.join(60)
    qtbot.wait(10)
    assert gone == [threading.main_thread()]


def test_that_what_another_job_has_found_meanwhile_is_not_worked_out_again(qtbot, lane):
    ends, latch, found, worked = Endings(), threading.Event(), [], []
    again = Job(worked.append, (1,), ends.done, ends.failed, known=lambda: found[0])
    with qtbot.waitSignal(lane.idle):
        lane.submit(Job(latch.wait, (60,), lambda _: found.append("known"), ends.failed))
        lane.submit(again)
        latch.set()
    assert (ends.results, worked) == (["known"], [])
    assert ends.threads == [threading.main_thread()]


def test_that_no_answer_arrives_while_the_job_is_handed_over(qtbot, lane, monkeypatch):
    class AtOnce:
        def submit(self, function, *arguments):
            future = Future()
            future.set_result(function(*arguments))
            return future

        def close(self):
            pass

    monkeypatch.setattr(jobs, "_new_executor", lambda _kind: AtOnce())
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
    ends, latch = Endings(), threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(lambda: latch.wait() and "old", urgent=True))
        lane.submit(ends.job(lambda: "skipped", urgent=True))
        lane.submit(ends.job(lambda: "newest", urgent=True))
        latch.set()
    assert ends.results == ["newest"]


def test_that_an_urgent_job_overtakes_the_queue(qtbot, lane):
    ends, latch = Endings(), threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(lambda: latch.wait() and 1))
        lane.submit(ends.job(lambda: 2))
        lane.submit(ends.job(lambda: 3, urgent=True))
        latch.set()
    assert ends.results == [1, 3, 2]


def test_that_forgotten_jobs_are_not_answered(qtbot, lane):
    ends, latch = Endings(), threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(lambda: latch.wait() and 1))
        lane.submit(ends.job(lambda: 2))
        lane.forget()
        latch.set()
    assert ends.results == []


@pytest.fixture(autouse=True)
def _quick_processes(monkeypatch):
    """Processes end with their lane, and load no networks for what is asked here."""
    monkeypatch.setattr(jobs, "inference_worker", Worker)


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
    ends, order, latch = Endings(), [], threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.submit(ends.job(latch.wait))
        lane.submit(ends.job(order.append, "queued"))
        lane.submit(Job(order.append, ("ahead",), ends.done, ends.failed, ahead=True))
        lane.submit(ends.job(order.append, "urgent", urgent=True))
        latch.set()
    assert order == ["urgent", "ahead", "queued"]


@pytest.fixture
def hurried(qtbot):
    """A lane that waits for nothing that hangs."""
    lane = Lane("thread", patience=0.0)
    yield lane
    lane.close()


@pytest.fixture
def latch():
    latch = threading.Event()
    yield latch
    latch.set()


def test_that_a_job_that_hangs_lets_the_next_one_go_on(qtbot, hurried, latch):
    ends = Endings()
    hurried.submit(ends.job(latch.wait, urgent=True))
    hurried.submit(ends.job(abs, -4, urgent=True))
    qtbot.waitUntil(lambda: ends.results == [4])
    assert hurried.hangs


def test_that_a_queued_job_that_was_set_aside_is_still_answered(qtbot, hurried, latch):
    ends = Endings()
    hurried.submit(ends.job(lambda: latch.wait() and "old"))
    hurried.submit(ends.job(lambda: "new"))
    qtbot.waitUntil(lambda: ends.results == ["new"])
    with qtbot.waitSignal(hurried.idle):
        latch.set()
    assert ends.results == ["new", "old"]


def test_that_an_urgent_job_that_was_set_aside_comes_too_late(qtbot, hurried, latch):
    ends = Endings()
    hurried.submit(ends.job(lambda: latch.wait() and "old", urgent=True))
    with qtbot.waitSignal(hurried.idle):
        hurried.submit(ends.job(lambda: "new", urgent=True))
    latch.set()
    qtbot.waitUntil(lambda: not hurried.hangs)
    assert ends.results == ["new"]


def test_that_only_so_many_jobs_are_left_hanging(qtbot, hurried, latch):
    ends, started = Endings(), []

    def hang(number):
        started.append(number)
        latch.wait()

    for number in range(jobs.MOST_ASIDE + 3):
        hurried.submit(ends.job(hang, number, urgent=True))
        qtbot.waitUntil(lambda n=number: n in started or len(ends.errors) > 0)
    qtbot.waitUntil(lambda: len(ends.errors) > 0)
    assert len(started) == jobs.MOST_ASIDE + 1
    assert {type(error) for error in ends.errors} == {NotAnsweringError}


def test_that_a_lane_is_in_use_again_once_its_jobs_have_answered(qtbot, hurried, latch):
    ends, started = Endings(), []
    for number in range(jobs.MOST_ASIDE + 2):
        hurried.submit(ends.job(lambda n=number: (started.append(n), latch.wait()), urgent=True))
        qtbot.waitUntil(lambda n=number: n in started or len(ends.errors) > 0)
    qtbot.waitUntil(lambda: len(ends.errors) == 1)
    latch.set()
    qtbot.waitUntil(lambda: not hurried.running)
    with qtbot.waitSignal(hurried.idle):
        hurried.submit(ends.job(abs, -4, urgent=True))
    assert ends.results[-1] == 4


def test_that_a_patient_lane_waits_for_what_runs(qtbot, lane, latch):
    ends = Endings()
    lane.submit(ends.job(lambda: latch.wait() and "old"))
    lane.submit(ends.job(lambda: "new"))
    qtbot.waitUntil(lambda: lane.running)
    assert not lane.hangs
    with qtbot.waitSignal(lane.idle):
        latch.set()
    assert ends.results == ["old", "new"]


def test_that_a_process_whose_answer_nobody_wants_any_more_is_ended(qtbot):
    lane, ends = Lane("process", patience=0.0), Endings()
    with qtbot.waitSignal(lane.idle, timeout=60_000):
        lane.submit(ends.job(os.getpid))
    lane.submit(ends.job(time.sleep, 600, urgent=True))
    with qtbot.waitSignal(lane.idle, timeout=60_000):
        lane.submit(ends.job(os.getpid, urgent=True))
    lane.close()
    assert len(ends.results) == 2
    assert ends.results[0] != ends.results[1]
    assert ends.errors == []


def test_that_a_dropped_job_is_not_answered_and_not_waited_for(qtbot, lane, latch):
    ends = Endings()
    job = ends.job(lambda: latch.wait() and 1)
    lane.submit(job)
    with qtbot.waitSignal(lane.idle):
        lane.drop(job)
    assert not lane.busy
    latch.set()
    qtbot.waitUntil(lambda: not lane.running)
    assert ends.results == []


@pytest.fixture
def lanes(qtbot, monkeypatch):
    lanes = Lanes(60.0)
    monkeypatch.setattr(lanes._storages, "of", lambda path: str(path.parent))
    yield lanes
    lanes.close()


def test_that_a_storage_that_hangs_holds_up_no_other(qtbot, lanes, latch):
    ends = Endings()
    lanes.submit(Path("/share/a"), ends.job(latch.wait))
    lanes.submit(Path("/local/b"), ends.job(abs, -4))
    qtbot.waitUntil(lambda: ends.results == [4])
    assert lanes.occupied(Path("/share/c"))
    assert not lanes.occupied(Path("/local/c"))


def test_that_the_newest_urgent_job_wins_over_those_of_other_storages(qtbot, lanes, latch):
    ends = Endings()
    lanes.submit(Path("/share/a"), ends.job(lambda: latch.wait() and "old", urgent=True))
    with qtbot.waitSignal(lanes.idle):
        lanes.submit(Path("/local/b"), ends.job(lambda: "new", urgent=True))
    latch.set()
    qtbot.waitUntil(lambda: not lanes.running)
    assert ends.results == ["new"]


def test_that_paths_are_grouped_by_storage_in_their_order(lanes):
    paths = [Path(text) for text in ("/b/1", "/a/2", "/b/3")]
    assert lanes.by_storage(paths) == [(paths[0], paths[2]), (paths[1],)]


def test_that_each_folder_of_many_files_is_placed_once(lanes, monkeypatch):
    asked = []
    monkeypatch.setattr(lanes._storages, "of", lambda path: asked.append(path) or "/")
    paths = tuple(Path(f"/films/{number}.dcm") for number in range(50))
    assert lanes.by_storage(paths, files=True) == [paths]
    assert asked == [Path("/films")]


def test_that_a_job_that_hangs_does_not_keep_the_program_from_ending():
    code = (
        "import sys, threading\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from viewer.session.jobs import Job, Lane\n"
        "application, started = QCoreApplication([]), threading.Event()\n"
        "lane = Lane('thread')\n"
        "hang = lambda: (started.set(), threading.Event().wait(600))\n"
        "lane.submit(Job(hang, (), print, print))\n"
        "assert started.wait(60)\n"
        "lane.close()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert run.returncode == 0
