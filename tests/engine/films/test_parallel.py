"""Reading in several processes, also where a file ends one of them."""

import numpy as np
import pytest

from engine.errors import DataError
from engine.films import FolderLayout, read_films, read_many, readers
from engine.processes import Limits, alive
from tests.engine.hostile_reading import end_before_the_first_task, read_hostile
from tests.engine.written_films import FORMAT, LAYOUT, write_film, write_folders


def first_frames(paths):
    return [(path, 0) for path in paths]


@pytest.fixture(autouse=True)
def _every_film_is_worth_a_process(monkeypatch):
    monkeypatch.setattr(readers, "_WORTH", 1)


@pytest.fixture
def mixed(tmp_path, monkeypatch):
    """Paths of films, of which some do harm to the process that reads them."""
    monkeypatch.setattr(readers, "read_rows", read_hostile)

    def build(*names):
        for seed, name in enumerate(names):
            write_film(tmp_path / name, seed=seed)
        return [tmp_path / name for name in names]

    return build


def test_that_two_processes_read_what_one_reads(tmp_path):
    folder = write_folders(tmp_path / "films", 8)
    (folder / "normal" / "003.png").write_bytes(b"no image")
    one, two = (read_films(folder, LAYOUT, workers=workers) for workers in (1, 2))
    np.testing.assert_array_equal(one.rows, two.rows)
    np.testing.assert_array_equal(one.names, two.names)
    assert one.skipped == two.skipped


def test_that_a_file_that_ends_its_process_is_skipped(mixed):
    paths = mixed("0.png", "ends.png", "2.png", "3.png", "4.png")
    outcomes = list(read_many(first_frames(paths), FORMAT, workers=2))
    assert outcomes[1] == "This file ended the process that read it."
    assert sum(isinstance(one, str) for one in outcomes) == 1


def test_that_a_file_that_is_never_read_is_given_up(mixed):
    paths = mixed("0.png", "sleeps.png", "2.png")
    outcomes = list(read_many(first_frames(paths), FORMAT, workers=2, limits=Limits(seconds=2.0)))
    assert "not read within 2 s" in outcomes[1]
    assert sum(isinstance(one, str) for one in outcomes) == 1


def test_that_processes_that_do_not_start_are_told_in_a_sentence(mixed, monkeypatch):
    paths = mixed("0.png", "1.png")
    monkeypatch.setattr(readers, "be_the_guarded_process", end_before_the_first_task)
    with pytest.raises(DataError, match="did not start"):
        list(read_many(first_frames(paths), FORMAT, workers=2))


def test_that_stopping_early_leaves_no_process(mixed):
    before = set(alive())
    readings = read_many(first_frames(mixed(*(f"{n}.png" for n in range(6)))), FORMAT, workers=2)
    next(readings)
    assert len(set(alive()) - before) == 2
    readings.close()
    assert set(alive()) == before


def test_that_a_reading_process_never_loads_torch(tmp_path):
    import subprocess
    import sys

    code = "import sys, engine.films.readers; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_that_few_films_start_no_process(mixed, monkeypatch):
    monkeypatch.setattr(readers, "_WORTH", 32)
    monkeypatch.setattr(readers, "in_order", None)
    assert len(list(read_many(first_frames(mixed("0.png", "1.png")), FORMAT, workers=8))) == 2


def test_that_the_layout_goes_with_the_films(tmp_path):
    folder = write_folders(tmp_path / "films", 4)
    films = read_films(folder, FolderLayout(FORMAT, ("opacity", "normal")), workers=2)
    assert list(films.labels) == [0] * 4 + [1] * 4
