"""Films that were read before."""

import os
import tarfile
from dataclasses import replace

import numpy as np
import pytest

from engine.films import cache, cached, read_films, sources
from engine.recipe import Columns
from engine.types import InputFormat
from tests.engine.written_films import LAYOUT, write_film, write_folders


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """Reads films with a cache; returns them, and how many were decoded."""
    decoded = []
    read_many = sources.gather

    def counted(listing, file, **rest):
        decoded.append(len(listing.entries))
        return read_many(listing, file, **rest)

    monkeypatch.setattr(sources, "gather", counted)

    def read(source, layout=LAYOUT, *, cache=tmp_path / "cache", said=None):
        decoded.clear()
        report = (lambda _: None) if said is None else said.append
        return read_films(source, layout, cache=cache, report=report), sum(decoded)

    return read


@pytest.fixture
def folder(tmp_path):
    return write_folders(tmp_path / "films", 3)


@pytest.fixture
def place(tmp_path):
    """The one folder in the cache."""

    def find():
        (found,) = (tmp_path / "cache").iterdir()
        return found

    return find


def same(one, other):
    for name in ("rows", "labels", "splits", "patients", "names", "findings", "heights"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.skipped == other.skipped
    return True


def test_that_films_are_decoded_once(folder, reading):
    (folder / "normal" / "broken.png").write_bytes(b"no image")
    first, decoded = reading(folder)
    second, again = reading(folder)
    assert (decoded, again) == (7, 0)
    assert same(first, second)


def test_that_cached_films_are_those_that_are_read_without_a_cache(folder, reading):
    assert same(reading(folder)[0], reading(folder, cache=None)[0])


def test_that_subgroups_are_kept(folder, reading):
    lines = "path,label,sex\nnormal/000.png,normal,F\nopacity/000.png,opacity,M\n"
    (folder / "films.csv").write_text(lines)
    layout = replace(LAYOUT, columns=Columns(subgroups=("sex",)))
    for _ in range(2):
        films, decoded = reading(folder, layout)
    assert decoded == 0
    assert list(films.groups["sex"]) == ["F", "M"]


def test_that_without_a_cache_nothing_is_kept(folder, reading, tmp_path):
    for _ in range(2):
        assert reading(folder, cache=None)[1] == 6
    assert not (tmp_path / "cache").exists()


def change_a_film(folder):
    write_film(folder / "normal" / "000.png", seed=999)


def touch_a_film(folder):
    os.utime(folder / "normal" / "000.png", (1, 1))


def copy_over_a_film(folder):
    """Another film in its place, of the same size and time."""
    film, other = folder / "normal" / "000.png", folder / "other"
    before = film.stat()
    content = bytearray(film.read_bytes())
    content[-1] ^= 1
    other.write_bytes(content)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(film)
    assert (film.stat().st_size, film.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def add_a_film(folder):
    write_film(folder / "normal" / "new.png", seed=998)


def remove_a_film(folder):
    (folder / "normal" / "000.png").unlink()


def tell_a_finding(folder):
    (folder / "truth.csv").write_text(
        "file,opacity_first_row,opacity_last_row\nopacity/000.png,1,2\n"
    )


@pytest.mark.parametrize(
    "change",
    [change_a_film, touch_a_film, copy_over_a_film, add_a_film, remove_a_film, tell_a_finding],
)
def test_that_a_changed_folder_is_read_again(folder, reading, change):
    reading(folder)
    change(folder)
    assert reading(folder)[1] >= 5


@pytest.mark.parametrize(
    "changes",
    [
        {"input": InputFormat(8, 8, "min-max")},
        {"folders": ("opacity", "normal")},
        {"patient": r"(\d)"},
        {"columns": Columns(label="other")},
        {"value_range": (0.0, 100.0)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_that_another_layout_is_read_anew(folder, reading, changes):
    reading(folder)
    assert reading(folder, replace(LAYOUT, **changes))[1] == 6


def test_that_another_program_reads_anew(folder, reading, monkeypatch):
    reading(folder)
    monkeypatch.setattr(cache, "_program", lambda: "a later version")
    assert reading(folder)[1] == 6


def test_that_a_tar_file_is_not_unpacked_again(folder, reading, tmp_path, monkeypatch):
    with tarfile.open(tmp_path / "films.tar", "w") as archive:
        archive.add(folder, "films")
    first, _ = reading(tmp_path / "films.tar")
    monkeypatch.setattr(sources.tarfile, "open", None)
    assert same(first, reading(tmp_path / "films.tar")[0])


@pytest.mark.parametrize("name", ["rows.npy", "films.npz", "about.json"])
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_that_a_damaged_cache_is_made_again(folder, reading, place, name, damage):
    whole, _ = reading(folder)
    path = place() / name
    content = path.read_bytes()
    path.unlink()
    if damage == "flipped":
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 4]) + content[-8:])
    elif damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    said = []
    films, decoded = reading(folder, said=said)
    assert decoded == 6
    assert any("damaged" in line for line in said)
    assert same(films, whole)
    assert reading(folder)[1] == 0


def test_that_a_use_of_the_cache_is_told(folder, reading):
    reading(folder)
    said = []
    reading(folder, said=said)
    assert any("6 films were read before" in line for line in said)


def test_that_an_interrupted_reading_leaves_nothing(folder, reading, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(sources, "gather", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reading(folder)
    assert list((tmp_path / "cache").iterdir()) == []


def test_that_a_cache_that_cannot_be_written_does_not_stop_reading(folder, reading, tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = []
    films, _ = reading(folder, cache=tmp_path / "file" / "cache", said=said)
    assert len(films) == 6
    assert any("cannot be written" in line for line in said)


def test_that_what_was_not_used_for_longest_makes_room(folder, tmp_path):
    films = read_films(folder, LAYOUT)
    cache = tmp_path / "cache"

    def make(file):
        np.save(file, np.asarray(films.rows).reshape(-1, 8))
        return films

    for age, key in enumerate(("old", "newer")):
        cached(cache, key, make, report=lambda _: None)
        os.utime(cache / key / "about.json", (age, age))
    size = sum(path.stat().st_size for path in (cache / "old").iterdir())
    cached(cache, "newest", make, report=lambda _: None, most=int(2.5 * size))
    assert sorted(path.name for path in cache.iterdir()) == ["newer", "newest"]
