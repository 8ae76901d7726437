"""Work in other processes: nothing is lost without a word, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from engine import wire
from engine.errors import EngineError, ImageError
from engine.processes import Crew, Limits, LostError, Worker, alive, in_order
from tests.engine import worked

ROOT = Path(__file__).parents[2]


@pytest.fixture
def worker():
    with Worker() as worker:
        yield worker


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    try:
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z" and threads == 1
    except (FileNotFoundError, ProcessLookupError):
        return True


def named_memory():
    folder = Path("/dev/shm")  # noqa: S108 - where Linux lists it
    return set(folder.iterdir()) if folder.is_dir() else set()


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_that_a_task_is_done_in_another_process_that_stays(worker):
    first, second = (worker.call(os.getpid) for _ in range(2))
    assert first == second == worker.pid != os.getpid()


def test_that_arrays_come_back_equal_writable_and_without_a_copy(worker):
    result = worker.call(worked.film, 500)
    np.testing.assert_array_equal(result["values"], worked.film(500)["values"])
    result["values"][0, 0] = 1
    base = result["values"]
    while isinstance(base, np.ndarray):
        base = base.base
    assert type(base.obj).__name__.startswith("c_ubyte")


def test_that_large_arguments_cross_too(worker):
    assert worker.call(worked.total, np.ones((300, 400), np.float32)) == 120_000


def test_that_without_memory_of_no_name_a_name_is_taken_back_at_once(monkeypatch):
    monkeypatch.delattr(os, "memfd_create", raising=False)
    before = named_memory()
    descriptor = wire._memory(100_000)
    assert os.fstat(descriptor).st_size >= 100_000
    os.close(descriptor)
    assert named_memory() <= before


def test_that_what_a_task_raises_is_raised_here(worker):
    with pytest.raises(ImageError, match=r"film\.dcm") as caught:
        worker.call(worked.refuse)
    assert caught.value.reason == "empty"
    with pytest.raises(TypeError) as caught:
        worker.call(worked.add, 1, "a")
    assert "worked.py" in caught.value.__notes__[0]


@pytest.mark.parametrize("task", [worked.fail_oddly, worked.give_a_function])
def test_that_what_cannot_cross_comes_as_words(worker, task):
    with pytest.raises((RuntimeError, AttributeError)):
        worker.call(task)
    assert worker.call(worked.add, 1, 2) == 3


@pytest.mark.parametrize("task", [worked.die, worked.segfault])
def test_that_a_death_is_one_error_and_the_next_task_has_a_new_process(worker, task):
    before = worker.call(os.getpid)
    with pytest.raises(LostError) as caught:
        worker.call(task)
    assert isinstance(caught.value, EngineError)
    assert caught.value.reason == "crashed"
    assert worker.call(os.getpid) != before


def test_that_a_process_that_died_idle_costs_no_task(worker):
    pid = worker.call(os.getpid)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: is_gone(pid))
    assert worker.call(worked.add, 1, 2) == 3


def test_that_a_task_has_so_much_time():
    with Worker(Limits(seconds=0.5)) as worker:
        pid = worker.call(os.getpid)
        with pytest.raises(LostError) as caught:
            worker.call(worked.pid_after, 600)
        assert caught.value.reason == "timed-out"
        assert is_gone(pid)
        assert worker.call(worked.add, 1, 2) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")
def test_that_a_task_has_so_much_memory():
    with Worker(Limits(memory=200 << 20)) as worker:
        assert worker.call(worked.take, 50 << 20) == 50 << 20
        with pytest.raises(LostError) as caught:
            worker.call(worked.take, 300 << 20)
        assert caught.value.reason == "too-large"
        assert worker.call(worked.add, 1, 2) == 3


def test_that_a_process_is_warmed_up_before_its_first_task():
    with Worker(first=(import_module, ("wave",))) as worker:
        worker.start()
        assert "wave" in worker.call(worked.modules)


def test_that_a_process_that_cannot_be_warmed_up_says_why_each_time():
    with Worker(first=(worked.refuse, ())) as worker:
        for _ in range(2):
            with pytest.raises(ImageError):
                worker.call(os.getpid)
    with Worker(first=(worked.die, ())) as worker, pytest.raises(LostError) as caught:
        worker.call(os.getpid)
    assert caught.value.reason == "not-started"


def test_that_the_newest_of_a_lane_wins_and_others_keep_their_turn(worker):
    running = worker.submit(worked.pid_after, 0.3)
    old = worker.submit(worked.add, 1, 1, lane="film")
    other = worker.submit(worked.add, 2, 2)
    new = worker.submit(worked.add, 3, 3, lane="film")
    assert (running.result(), other.result(), new.result()) == (worker.pid, 4, 6)
    assert old.cancelled()


def test_that_what_runs_can_be_cancelled_and_what_waits_is_done(worker):
    worker.call(os.getpid)
    running, waiting = worker.submit(worked.pid_after, 600), worker.submit(worked.add, 1, 2)
    wait_until(running.running)
    worker.cancel()
    with pytest.raises(CancelledError):
        running.result(60)
    assert waiting.result(60) == 3


def test_that_closing_ends_the_process_and_what_it_does():
    worker = Worker()
    pid = worker.call(os.getpid)
    running = worker.submit(worked.pid_after, 600)
    wait_until(running.running)
    worker.close()
    with pytest.raises(CancelledError):
        running.result(60)
    assert is_gone(pid)
    assert pid not in alive()
    with pytest.raises(CancelledError):
        worker.call(os.getpid)


def test_that_a_process_may_leave_in_good_order(tmp_path):
    worker, path = Worker(), tmp_path / "left"
    worker.submit(worked.leave_in_order, path)
    wait_until(path.with_suffix(".begun").exists)
    pid = worker.pid
    worker.leave()
    worker.close(patience=60)
    assert path.exists()
    assert is_gone(pid)


def test_that_threads_share_a_crew_and_a_hanging_task_holds_up_no_other():
    crew = Crew(2)
    with ThreadPoolExecutor(4) as threads:
        hanging = threads.submit(crew.call, worked.pid_after, 600)
        others = [threads.submit(crew.call, worked.add, number, 1) for number in range(3)]
        assert [other.result(60) for other in others] == [1, 2, 3]
        crew.close()
        with pytest.raises(CancelledError):
            hanging.result(60)
    assert crew.call(worked.add, 1, 2) == 3
    crew.close()


def test_that_many_tasks_come_in_order_and_a_death_costs_one():
    outcomes = list(in_order(worked.maybe_die, [(n,) for n in range(9)], workers=2))
    lost = [number for number, one in enumerate(outcomes) if one.exception()]
    assert lost == [3]
    assert [one.result() for one in outcomes if not one.exception()] == [
        n * n for n in range(9) if n != 3
    ]
    assert outcomes[3].exception().reason == "crashed"


def test_that_many_tasks_run_single_threaded():
    (outcome,) = in_order(worked.threads, [()], workers=1)
    assert outcome.result() == "1"


def test_that_stopping_early_leaves_no_process():
    before = set(alive())
    outcomes = in_order(worked.add, [(n, n) for n in range(50)], workers=2)
    next(outcomes)
    assert len(set(alive()) - before) == 2
    outcomes.close()
    assert set(alive()) == before


def test_that_a_process_that_works_for_another_loads_nothing_that_it_need_not(worker):
    loaded = worker.call(eval, "set(__import__('sys').modules)")
    assert not {"torch", "numpy", "PySide6", "multiprocessing"} & loaded


def script(tmp_path, text):
    path = tmp_path / "script.py"
    path.write_text(text)
    return [sys.executable, str(path)], {**os.environ, "PYTHONPATH": str(ROOT)}


def test_that_a_script_needs_no_guard_and_ends_clean(tmp_path):
    command, environment = script(
        tmp_path,
        "import os\nprint('run')\n"
        "from engine.processes import Worker\n"
        "worker = Worker()\nprint(worker.call(os.getpid) != os.getpid())\n",
    )
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "run\nTrue\n", "")


def test_that_a_process_ends_with_the_program_that_started_it_however_that_ends(tmp_path):
    command, environment = script(
        tmp_path,
        "import os, time\n"
        "from engine.processes import Worker\n"
        "worker = Worker()\nprint(worker.call(os.getpid), flush=True)\n"
        "worker.submit(time.sleep, 600)\ntime.sleep(600)\n",
    )
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        pid = int(program.stdout.readline())
        program.kill()
    wait_until(lambda: is_gone(pid))


def test_that_a_bundled_program_is_its_own_worker(tmp_path, monkeypatch):
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport sys; sys.path[:] = {[str(ROOT), *sys.path]!r}\n"
        "from engine.processes import serve_if_asked\nserve_if_asked()\nprint('a window')\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with Worker() as worker:
        assert worker.call(eval, "__import__('sys').argv[0]") == str(program)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks there")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_fork_starts_processes_of_its_own(worker):
    pid = worker.call(os.getpid)
    child = os.fork()
    if child == 0:
        mine = worker.call(os.getpid)
        worker.close()
        os._exit(mine == pid)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert worker.call(os.getpid) == pid
