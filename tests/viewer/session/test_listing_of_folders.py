"""What the window lists of a folder."""

import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from PIL import Image

from engine.words import Sentence
from viewer.session import loading
from viewer.session.loading import list_files


def picture(path: Path) -> None:
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(path)


def test_that_a_folder_is_listed_in_natural_order(tmp_path):
    for name in ("IM10.png", "IM2.png"):
        picture(tmp_path / name)
    assert [path.name for path in list_files((tmp_path,)).films] == ["IM2.png", "IM10.png"]


def test_that_what_holds_no_image_is_counted_in_one_sentence(tmp_path):
    picture(tmp_path / "film.png")
    for name in ("AUTORUN.INF", "Thumbs.db"):
        (tmp_path / name).write_text("x")
    found = list_files((tmp_path,))
    assert [path.name for path in found.films] == ["film.png"]
    assert found.passed_over == "2 files hold no image and were passed over."


def test_that_files_of_a_disc_that_are_not_there_are_said_apart(tmp_path, monkeypatch):
    film, disc = tmp_path / "IM1.png", tmp_path / "DICOMDIR"
    picture(film)
    disc.touch()
    monkeypatch.setattr(loading, "is_directory_file", lambda path: path == disc)
    named = SimpleNamespace(files=(film,), words=Sentence("The DICOMDIR names a file too many."))
    monkeypatch.setattr(loading, "read_directory", lambda _path: named)
    found = loading.list_files((disc,))
    assert found.films == (film,)
    assert found.lost == "The DICOMDIR names a file too many."
    assert not found.passed_over


def test_that_nothing_is_cut_off_in_silence(tmp_path):
    picture(tmp_path / "0.png")
    data = (tmp_path / "0.png").read_bytes()
    for number in range(1, 5_001):
        (tmp_path / f"{number}.png").write_bytes(data)
    assert len(list_files((tmp_path,)).films) == 5_001


def test_that_an_archive_of_archives_is_not_called_empty(tmp_path):
    picture(tmp_path / "film.png")
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.write(tmp_path / "film.png", "film.png")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip", "inner.zip")
    found = list_files((tmp_path / "outer.zip",))
    assert found.films == ()
    assert found.lost.startswith("Archives within archives are not opened")
    assert not found.is_empty  # or it would be said that there are no images, and nothing else
