"""A file that costs its process costs the window nothing but that file."""

import pytest

from engine.imaging import guarded
from tests.engine import hostile_decoder


@pytest.fixture
def tried(monkeypatch, tmp_path):
    """What the decoder was given so far; it does what a Patient ID says."""
    tries = tmp_path / "tries"
    tries.touch()
    crew = hostile_decoder.crew(tries)
    monkeypatch.setattr(guarded, "_crew", crew)
    monkeypatch.setattr(guarded, "_faults", {})
    yield lambda: tries.read_text().split()
    crew.close()


@pytest.fixture
def hostile(film, tmp_path):
    import pydicom

    dataset = pydicom.dcmread(film)
    dataset.PatientID, dataset.SOPInstanceUID = "exits", "1.2.3"
    dataset.save_as(tmp_path / "hostile.dcm")
    return tmp_path / "hostile.dcm"


def test_that_a_film_that_ends_its_process_is_one_sentence(window, film, hostile, read, tried):
    read(window, film)
    before = (window.session.film, window.session.analysis)
    messages = []
    window.session.message.connect(messages.append)
    read(window, hostile)
    assert [hostile.name in message.text for message in messages] == [True]
    assert (window.session.film, window.session.analysis) == before
    read(window, film)
    assert window.session.film.frame.image.path == film


def test_that_such_a_film_is_tried_again_only_when_it_is_opened(
    window, film, hostile, second_film, read, tried
):
    read(window, film)
    read(window, hostile)
    assert tried().count("exits") == 1
    read(window, second_film)
    assert tried().count("exits") == 1
    read(window, hostile)
    assert tried().count("exits") == 2
