"""What was acknowledged is there again, whatever ended the program and whoever else writes."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.records import Parts, RecordsError, Store, moment, records_path

NOTES = Parts("notes", (("CREATE TABLE notes (number INTEGER PRIMARY KEY, words TEXT)",),))
ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from engine.records import Parts, Store
from tests.engine.records.test_store import NOTES
store = Store(Path(sys.argv[1]))
store.prepare(NOTES)
number = int(sys.argv[2])
print("ready", flush=True)
while True:
    with store.transaction() as sql:
        sql.execute("INSERT INTO notes VALUES (?, ?)", (number, "x" * (number * 37 % 5000)))
    print(number, flush=True)  # on screen
    number += 1
"""


OPEN: list[Store] = []


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "records.sqlite"


@pytest.fixture(autouse=True)
def _close_what_is_open():
    yield
    while OPEN:
        OPEN.pop().close()


def opened(path, parts=NOTES):
    OPEN.append(Store(path))
    OPEN[-1].prepare(parts)
    return OPEN[-1]


def note(store, number, words="seen"):
    with store.transaction() as sql:
        sql.execute("INSERT INTO notes VALUES (?, ?)", (number, words))


def numbers(store):
    with store.transaction() as sql:
        return [row[0] for row in sql.execute("SELECT number FROM notes ORDER BY number")]


def test_that_what_was_kept_is_there_when_the_file_is_opened_again(path):
    store = opened(path)
    note(store, 1)
    store.close()
    again = opened(path)
    assert (numbers(again), again.warning) == ([1], None)


def test_that_only_its_owner_reads_the_file(path):
    note(opened(path), 1)
    modes = {each.name: each.stat().st_mode & 0o077 for each in path.parent.iterdir()}
    assert len(modes) == 3  # with what SQLite keeps beside it
    assert set(modes.values()) == {0}


def test_that_kill_9_at_any_moment_loses_nothing_that_was_on_screen(path):
    first, shown, chance = 0, [], random.Random(16)
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(first)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout.readline() == "ready\n"
        shown += [int(writer.stdout.readline()) for _ in range(chance.randrange(25))]
        for _ in range(chance.randrange(100_000)):
            pass  # so that it dies now between two of them, and now while it writes
        writer.send_signal(signal.SIGKILL)
        shown += [int(line) for line in writer.communicate()[0].splitlines()]
        assert writer.returncode == -signal.SIGKILL
        store = opened(path)
        assert store.warning is None
        kept = numbers(store)
        assert set(shown) <= set(kept)
        assert kept == list(range(len(kept)))  # each of them whole, none twice
        with store.transaction() as sql:
            assert sql.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        store.close()
        first = len(kept)
    assert len(shown) > 50


def test_that_a_transaction_that_fails_leaves_nothing_behind(path):
    store = opened(path)
    note(store, 1)
    with pytest.raises(sqlite3.IntegrityError):
        _two(store, 2, 1)
    assert numbers(store) == [1]


def test_that_a_step_within_a_step_is_kept_or_lost_with_it(path):
    store = opened(path)
    with pytest.raises(sqlite3.IntegrityError), store.transaction():
        _two(store, 1, 1)
    assert numbers(store) == []


def _two(store, first, second):
    """Two notes as one step, each of them a step of its own within it."""
    with store.transaction():
        note(store, first)
        note(store, second)


def test_that_two_programs_write_at_once(path):
    stores = [opened(path), opened(path)]

    def work(store, first):
        for number in range(first, first + 40):
            note(store, number)

    threads = [
        threading.Thread(target=work, args=(store, first))
        for store, first in zip(stores, (0, 40), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers(opened(path)) == list(range(80))


def test_that_threads_take_turns(path):
    store = opened(path)
    threads = [threading.Thread(target=note, args=(store, number)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers(store) == list(range(20))


def test_that_reading_waits_for_nobody_who_writes(path):
    store, other = opened(path), opened(path)
    note(store, 1)
    with other.transaction() as sql:
        sql.execute("INSERT INTO notes VALUES (2, '')")
        with store.reading() as found:
            assert found.execute("SELECT number FROM notes").fetchall() == [(1,)]


def test_that_what_cannot_be_read_is_an_error_of_ours(path):
    with pytest.raises(RecordsError, match="cannot be read"), opened(path).reading() as sql:
        sql.execute("SELECT * FROM nothing")


def test_that_a_file_that_another_program_holds_is_an_error_and_not_a_wait_for_ever(
    path, monkeypatch
):
    monkeypatch.setattr("engine.records.store._PATIENCE", 0.01)
    store, other = opened(path), opened(path)
    with other.transaction(), pytest.raises(RecordsError, match="locked"):
        note(store, 1)
    note(store, 2)
    assert numbers(store) == [2]


@pytest.mark.parametrize("spoil", ["text", "cut", "page"])
def test_that_a_damaged_file_is_kept_aside_and_a_new_one_begins(path, spoil):
    store = opened(path)
    for number in range(300):
        note(store, number, "words" * 40)
    store.close()
    whole = path.read_bytes()
    damaged = {
        "text": b"not a database at all" * 100,
        "cut": whole[: len(whole) // 2],
        "page": whole[:4096] + os.urandom(len(whole) - 4096),
    }[spoil]
    path.write_bytes(damaged)
    again = opened(path)
    aside = path.with_name("records-damaged-1.sqlite")
    assert aside.read_bytes() == damaged
    assert aside.name in str(again.warning)
    assert str(path) in str(again.warning)
    note(again, 7)
    again.close()
    assert (numbers(opened(path)), aside.read_bytes()) == ([7], damaged)


def test_that_a_second_damaged_file_does_not_take_the_place_of_the_first(path):
    path.parent.mkdir()
    for words in (b"first" * 99, b"second" * 99):
        path.write_bytes(words)
        opened(path).close()
    kept = sorted(each.read_bytes() for each in path.parent.glob("*damaged*.sqlite"))
    assert kept == [b"first" * 99, b"second" * 99]


def test_that_a_file_of_another_program_is_left_as_it_is(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as sql:
        sql.execute("CREATE TABLE pictures (name)")
    sql.close()
    was = path.read_bytes()
    store = opened(path)
    note(store, 1)
    assert numbers(store) == [1]
    assert "not a file of Rowscope" in str(store.warning)
    assert path.read_bytes() == was


def test_that_a_file_of_a_later_version_is_left_as_it_is(path):
    later = Parts("notes", (*NOTES.versions, ("ALTER TABLE notes ADD COLUMN more TEXT",)))
    opened(path, later).close()
    store = opened(path)
    assert "later version" in str(store.warning)
    assert store.path is None
    note(store, 1)
    store.close()
    with sqlite3.connect(path) as sql:
        assert sql.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    sql.close()


def test_that_tables_of_an_earlier_version_are_brought_up_with_what_they_hold(path):
    store = opened(path)
    note(store, 1, "old")
    store.close()
    later = Parts("notes", (*NOTES.versions, ("ALTER TABLE notes ADD COLUMN more TEXT",)))
    with opened(path, later).transaction() as sql:
        assert sql.execute("SELECT * FROM notes").fetchall() == [(1, "old", None)]


def test_that_a_place_that_cannot_be_made_is_said_once_and_memory_serves(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = opened(tmp_path / "file" / "records.sqlite")
    note(store, 1)
    assert numbers(store) == [1]
    assert "cannot be written" in str(store.warning)
    assert str(tmp_path / "file") in str(store.warning)


READER = """
import os, sys
from pathlib import Path
from tests.engine.records.test_store import NOTES, Store, note, numbers
if os.getuid() == 0:
    os.setuid(65534)
store = Store(Path(sys.argv[1]))
store.prepare(NOTES)
note(store, 2)
print(numbers(store), store.path, store.warning)
"""


def test_that_what_can_only_be_read_is_there_and_never_changed(tmp_path):
    path = tmp_path / "records.sqlite"
    store = opened(path)
    note(store, 1)
    store.close()
    was = path.read_bytes()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        for parent in tmp_path.parents:  # the tests' own folders are closed to others
            if (mode := parent.stat().st_mode) & 0o055 != 0o055:
                parent.chmod(mode | 0o055)
        done = subprocess.run(
            [sys.executable, "-c", READER, str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        tmp_path.chmod(0o755)
    assert done.stdout.startswith("[1, 2] None"), done.stderr
    assert "cannot be written" in done.stdout
    assert path.read_bytes() == was


def test_that_nothing_is_written_where_no_file_is_named():
    store = opened(None)
    note(store, 1)
    assert (numbers(store), store.warning, store.path) == ([1], None, None)


def test_that_the_environment_says_where_the_file_lies(monkeypatch, tmp_path):
    monkeypatch.setenv("ROWSCOPE_DATA", str(tmp_path))
    assert records_path() == tmp_path / "records.sqlite"
    monkeypatch.delenv("ROWSCOPE_DATA")
    assert records_path().name == "records.sqlite"
    assert "rowscope" in str(records_path()).lower()


def test_that_moments_sort_as_they_came():
    first = moment()
    assert first <= moment()
    assert len(first) == len("2026-11-29T14:02:31.250Z")
