"""What the window lists of a folder."""

from pathlib import Path

import numpy as np
from PIL import Image

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


def test_that_nothing_is_cut_off_in_silence(tmp_path):
    picture(tmp_path / "0.png")
    data = (tmp_path / "0.png").read_bytes()
    for number in range(1, 5_001):
        (tmp_path / f"{number}.png").write_bytes(data)
    assert len(list_files((tmp_path,)).films) == 5_001
