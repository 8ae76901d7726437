"""Bad input gets one sentence that names the file; the last good film stays on screen."""

import pytest
from PySide6.QtWidgets import QLabel

BAD = ("missing", "empty", "text", "truncated", "without pixels")


@pytest.fixture(params=BAD)
def bad_file(request, tmp_path, film):
    path = tmp_path / f"{request.param.replace(' ', '-')}.dcm"
    if request.param == "empty":
        path.touch()
    elif request.param == "text":
        path.write_text("This is a letter and no film.\n" * 40)
    elif request.param == "truncated":
        whole = film.read_bytes()
        path.write_bytes(whole[: len(whole) * 2 // 3])
    elif request.param == "without pixels":
        without_pixels(film, path)
    return path


def without_pixels(source, target):
    import pydicom

    dataset = pydicom.dcmread(source)
    del dataset.PixelData
    dataset.save_as(target)


def test_that_a_bad_file_gets_one_sentence_that_names_it(window, qtbot, film, read, bad_file):
    read(window, film)
    messages = []
    window.session.message.connect(messages.append)
    read(window, bad_file)
    assert len(messages) == 1
    assert bad_file.name in messages[0].text
    assert messages[0].text.endswith(".")


def test_that_the_last_good_film_and_answer_stay(window, film, read, bad_file):
    read(window, film)
    before = (window.session.film, window.session.analysis)
    read(window, bad_file)
    assert (window.session.film, window.session.analysis) == before
    assert window.film.item.frame.image.path == film


def test_that_the_sentence_is_on_screen(window, film, read, bad_file):
    read(window, film)
    read(window, bad_file)
    assert window.messages.isVisible()
    shown = " ".join(label.text() for label in window.messages.findChildren(QLabel))
    assert bad_file.name[:4] in shown
