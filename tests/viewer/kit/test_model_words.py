"""Names of models in lists: title, version and network; folders tell one's own apart."""

from pathlib import Path

import pytest

from tests.viewer import film_values as made
from viewer.kit.words import LONGEST, folder_tails, model_entries

HERE, THERE = Path("/first/mine"), Path("/second/mine")


def own(path, title="Chest film"):
    return made.model(path.name, path=path, title=title)


def test_that_ours_are_named_by_title_version_and_architecture():
    ours = made.model("chest", title="Chest film", version="1.2", architecture="GRU 1 × 128")
    assert model_entries((ours,), ())[0].text == "Chest film 1.2 · GRU 1 × 128"


def test_that_one_s_own_are_named_by_their_folder_and_come_last():
    entries = model_entries((made.model("one"),), (own(HERE),))
    assert [entry.text.split(" · ")[0] for entry in entries] == ["One 1.0.0", "mine"]


def test_that_two_folders_of_one_name_are_told_apart():
    first, second = model_entries((), (own(HERE), own(THERE)))
    assert first.text.startswith("first/mine · ")
    assert second.text.startswith("second/mine · ")


@pytest.mark.parametrize(
    ("paths", "tails"),
    [
        (("/a/x",), ("x",)),
        (("/a/x", "/a/y"), ("x", "y")),
        (("/a/b/x", "/c/b/x"), ("a/b/x", "c/b/x")),
        (("/x", "/b/x"), ("/x", "b/x")),
    ],
)
def test_that_the_end_of_a_path_is_as_long_as_needed(paths, tails):
    assert folder_tails(tuple(map(Path, paths))) == tails


def test_that_a_long_title_is_cut_and_whole_in_the_tip():
    title = "A very long title " * 11
    entry = model_entries((), (own(HERE, title),))[0]
    assert len(entry.text) == LONGEST
    assert title in entry.tip[0]


def test_that_the_tip_names_the_whole_folder():
    assert str(HERE) in model_entries((), (own(HERE),))[0].tip


def test_that_both_ends_of_a_long_folder_are_shown():
    entry = model_entries((), (own(Path("/m/chest-with-a-very-long-name-seed-17")),))[0]
    assert entry.text.startswith("chest-with-a-")
    assert "seed-17 · " in entry.text


def test_that_no_folder_turns_the_direction_of_writing():
    hidden = Path("/m/\u202egnp/mine")
    entries = model_entries((), (own(hidden), own(Path("/m/x/mine"))))
    assert entries[0].text.startswith("\N{REPLACEMENT CHARACTER}gnp/mine")
    assert all(line.isprintable() for line in entries[0].tip)
