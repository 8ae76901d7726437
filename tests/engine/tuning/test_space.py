"""What may be tried, as it is typed and as it stands in a file."""

import pytest

from engine.errors import DataError
from engine.tuning import Range, read_space


def test_that_values_are_those_of_toml():
    space = read_space(["training.learning_rate=3e-4,1e-3", "training.class_weights=true,false"])
    assert space.grid["training.learning_rate"] == (3e-4, 1e-3)
    assert space.grid["training.class_weights"] == (True, False)


def test_that_bare_words_are_text():
    assert read_space(["network.cell=gru,lstm"]).grid == {"network.cell": ("gru", "lstm")}


def test_that_a_value_may_be_a_list_of_tables():
    (stems,) = read_space(["network.stem=[], [{channels = 4}]"]).grid.values()
    assert stems == ([], [{"channels": 4}])


def test_that_a_range_of_whole_numbers_is_told_from_one_of_all_numbers():
    space = read_space([], ["network.hidden_size=8..64:log", "training.focal=0.5..2"])
    assert space.search["network.hidden_size"] == Range(8, 64, log=True, whole=True)
    assert space.search["training.focal"] == Range(0.5, 2)


def test_that_a_range_may_have_small_ends():
    found = read_space([], ["training.learning_rate=1e-4..1e-2:log"]).search
    assert found == {"training.learning_rate": Range(1e-4, 1e-2, log=True)}


@pytest.mark.parametrize("text", ["3", "2..1", "a..b", "1..", "1..inf", "true..2", "1..2:lin"])
def test_that_a_wrong_range_is_refused(text):
    with pytest.raises(DataError, match="must be a range of numbers, such as"):
        read_space([], [f"training.focal={text}"])


def test_that_a_logarithmic_range_must_begin_above_zero():
    with pytest.raises(DataError, match="must begin above 0"):
        read_space([], ["training.focal=0..2:log"])


@pytest.mark.parametrize("key", ["data.validation", "classes", "measure.calibrate", "name"])
def test_that_what_decides_about_films_cannot_be_tuned(key):
    with pytest.raises(DataError, match=f"“{key}” cannot be tuned; keys of augmentation"):
        read_space([f"{key}=1,2"])


def test_that_a_lucky_seed_cannot_be_looked_for():
    with pytest.raises(DataError, match="several draws is luck"):
        read_space(["training.seed=1,2,3"])


def test_that_a_key_may_be_named_once_only():
    with pytest.raises(DataError, match="named twice"):
        read_space(["network.layers=1"], ["network.layers=1..3"])


@pytest.mark.parametrize("word", ["network.layers", "network.layers=", "=3"])
def test_that_a_grid_needs_key_and_values(word):
    with pytest.raises(DataError, match=r"such as network\.layers|cannot be tuned"):
        read_space([word])


def test_that_a_file_says_the_same_as_the_command_line(tmp_path):
    (tmp_path / "space.toml").write_text(
        '[grid]\nnetwork.cell = ["gru", "rnn"]\n'
        '[search]\ntraining.learning_rate = "1e-4..1e-2:log"\n'
    )
    stored = read_space([], file=tmp_path / "space.toml")
    assert stored == read_space(
        ["network.cell=gru,rnn"], ["training.learning_rate=1e-4..1e-2:log"]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[grid", "is not a TOML file"),
        ("[other]", "may hold the tables"),
        ("grid = 3", "may hold the tables"),
        ("[grid]\nnetwork.layers = 3", "needs a list of values"),
        ("[grid]\nnetwork.layers = []", "needs a list of values"),
        ("[search]\nnetwork.layers = 3", "must be a range"),
    ],
)
def test_that_a_wrong_file_is_refused(tmp_path, text, words):
    (tmp_path / "space.toml").write_text(text)
    with pytest.raises(DataError, match=words):
        read_space([], file=tmp_path / "space.toml")


def test_that_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.toml cannot be read"):
        read_space([], file=tmp_path / "none.toml")
