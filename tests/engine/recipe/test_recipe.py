import tomllib
from pathlib import Path

import pytest

from engine.errors import DataError
from engine.films import layout_of
from engine.recipe import changed, read_recipe
from engine.resources import resource_path

TEXT = """
name = "tiny"
title = "Tiny"
version = "1"
task = "A task"
intended_use = "Tests"
data_source = "Nobody"
classes = ["normal", "opacity"]
positive = 1
[input]
rows = 16
columns = 12
intensity = "rank"
[network]
cell = "gru"
hidden_size = 6
stem = [{ channels = 4, row_stride = 2 }]
[data]
source = "a test"
licence = "none"
[training]
epochs = 1
batch_size = 4
"""


@pytest.fixture
def recipe_file(tmp_path):
    def write(old="", new=""):
        path = tmp_path / "tiny.toml"
        path.write_text(TEXT.replace(old, new) if old else TEXT)
        return path

    return write


def refusal(path):
    """The sentence with which a recipe is refused."""
    with pytest.raises(DataError) as raised:
        read_recipe(path)
    return str(raised.value)


def test_that_a_recipe_becomes_a_network(recipe_file):
    config = read_recipe(recipe_file()).config
    assert (config.rows, config.classes, config.steps, config.cell) == (16, 2, 8, "gru")


def test_that_what_is_left_out_has_a_default(recipe_file):
    recipe = read_recipe(recipe_file())
    assert recipe.augmentation.flip == 0
    assert recipe.training.optimiser == "adam"


def test_that_a_whole_number_may_stand_for_a_fraction(recipe_file):
    recipe = read_recipe(recipe_file("epochs = 1", "epochs = 1\nclip = 1"))
    assert recipe.training.clip == 1.0


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("epochs = 1", "epoch = 1", "training.epoch"),
        ("epochs = 1", "", "training.epochs"),
        ("epochs = 1", "epochs = 0", "training.epochs"),
        ("epochs = 1", 'epochs = "many"', "training.epochs"),
        ("epochs = 1", "epochs = true", "training.epochs"),
        ("epochs = 1", "epochs = 1\naveraging = 1.0", "training.averaging"),
        ('"gru"', '"transformer"', "network.cell"),
        ('"gru"', '"gru"\nreadout = "median"', "network.readout"),
        ('"gru"', '"gru"\ncell_options = 3', "network.cell_options"),
        ('cell = "gru"', 'architecture = "gru"', "network.hidden_size"),
        ("channels = 4", 'channels = "x"', "network.stem[0].channels"),
        ('intensity = "rank"', 'intensity = "window"', "input.intensity"),
        ('title = "Tiny"', "", "title"),
        ('classes = ["normal", "opacity"]', 'classes = "both"', "classes"),
        ('classes = ["normal", "opacity"]', "classes = [1, 2]", "classes[0]"),
        ("positive = 1", "positive = 2", "positive"),
        ("[data]", "[augmentation]\nnever_spared = [2]\n[data]", "augmentation.never_spared"),
        ("[data]", "[augmentation]\naspect = [1.5, 1.2]\n[data]", "augmentation.aspect"),
        ("[data]", "[augmentation]\naspect = [1.2, 1.5]\n[data]", "data.shapes"),
        ("[data]", "[augmentation]\nwindow = 0.5\n[data]", "augmentation.window"),
        ('licence = "none"', 'licence = "none"\nfolders = ["a"]', "data.folders"),
        ('licence = "none"', 'licence = "none"\nvalue_range = [1]', "data.value_range"),
        ('licence = "none"', 'licence = "none"\nvalue_range = [1, 1]', "data.value_range"),
        ('licence = "none"', 'licence = "none"\nvalue_range = [0, inf]', "data.value_range"),
        ('licence = "none"', 'licence = "none"\nvalue_range = [nan, 1]', "data.value_range"),
        ("epochs = 1", "epochs = 1\nprefixes = -1.0", "training.prefixes"),
        ("epochs = 1", "epochs = 1\noutlines = 0.5", "data.masks"),
        ("[data]", "[trust]\nforecast_rows = 3\n[data]", "trust.forecast_rows"),
        ("[data]", "[trust]\nforecast_rows = 0\n[data]", "trust.forecast_rows"),
        ("[data]", "[date]", "date"),
    ],
)
def test_that_a_wrong_key_is_named(recipe_file, old, new, key):
    assert f"`{key}`" in refusal(recipe_file(old, new))


BESIDE = TEXT.replace("epochs = 1", "epochs = 1\nprefixes = 0.3\noutlines = 0.5").replace(
    "[data]", '[data]\nmasks = "masks"'
)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"gru"', '"gru"\nbidirectional = true', "training.prefixes"),
        ("[data]", "[augmentation]\nanchor = 0.1\n[data]", "augmentation.anchor"),
        ("[data]", "[augmentation]\nsplice = 0.1\n[data]", "augmentation.splice_label"),
        ('"rank"', '"rank"\naspect = "keep"', "input.aspect"),
    ],
)
def test_that_what_cannot_be_learnt_beside_the_answer_is_refused(tmp_path, old, new, key):
    path = tmp_path / "beside.toml"
    path.write_text(BESIDE)
    assert read_recipe(path).training.outlines == 0.5
    path.write_text(BESIDE.replace(old, new))
    assert f"`{key}`" in refusal(path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"gru"', '"gru"\ncell_options = { speed = 3 }', "“gru”: unknown key “speed”"),
        ('"gru"', '"gru"\ndropout = 2.0', "“dropout” must be a number from 0 to 0.95"),
        ("hidden_size = 6", "hidden_size = 0", "“hidden_size” must be a whole number"),
        ("row_stride = 2", "row_stride = 4", "“row_stride” must be a whole number from 1 to 3"),
        ("row_stride = 2", 'kind = "fourier"', "“kind” must be one of convolution"),
        ("rows = 16", "rows = 15", "15 model rows cannot be divided"),
    ],
)
def test_that_a_network_that_no_bundle_would_hold_is_refused(recipe_file, old, new, sentence):
    with pytest.raises(DataError, match=sentence):
        read_recipe(recipe_file(old, new))


def test_that_an_architecture_that_nobody_brings_is_refused(recipe_file):
    network = 'cell = "gru"\nhidden_size = 6\nstem = [{ channels = 4, row_stride = 2 }]'
    with pytest.raises(DataError, match="no architecture “leaky-average” here"):
        read_recipe(recipe_file(network, 'architecture = "leaky-average"'))


def test_that_a_file_that_is_no_toml_is_refused(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("= nothing")
    with pytest.raises(DataError, match="not a TOML file"):
        read_recipe(path)


def test_that_a_missing_recipe_is_refused(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_recipe(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "path", sorted(resource_path("recipes").glob("*.toml")), ids=lambda p: p.stem
)
def test_that_a_shipped_recipe_is_valid(path: Path):
    assert read_recipe(path).name == path.stem == tomllib.loads(path.read_text())["name"]


def test_that_the_multiple_of_rows_follows_from_the_network(recipe_file):
    recipe = read_recipe(recipe_file('"rank"', '"rank"\naspect = "keep"'))
    assert (recipe.input.aspect, recipe.input.rows_multiple) == ("keep", 2)


def test_that_another_multiple_of_rows_is_refused(recipe_file):
    with pytest.raises(DataError, match=r"`input\.rows_multiple` must be 2"):
        read_recipe(recipe_file('"rank"', '"rank"\nrows_multiple = 4'))


@pytest.mark.parametrize(
    ("change", "get", "value"),
    [
        ("training.epochs=7", lambda r: r.training.epochs, 7),
        ("training.learning_rate = 3e-4", lambda r: r.training.learning_rate, 3e-4),
        ("training.decay=cosine", lambda r: r.training.decay, "cosine"),
        ("training.precision=32", lambda r: r.training.precision, "32"),
        ("training.precision=auto", lambda r: r.training.precision, "auto"),
        ("network.layers=2", lambda r: r.network.layers, 2),
        ("augmentation.flip=0.5", lambda r: r.augmentation.flip, 0.5),
        ("network.stem=[]", lambda r: r.network.stem, ()),
        ('data.allow_leakage=["patient"]', lambda r: r.data.allow_leakage, ("patient",)),
        ("data.value_range=[-1000, 400]", lambda r: layout_of(r).value_range, (-1000.0, 400.0)),
        ("data.columns.search=true", lambda r: layout_of(r).columns.search, True),
        ("title=Another title", lambda r: r.title, "Another title"),
    ],
)
def test_that_any_value_can_be_changed_by_its_key(recipe_file, change, get, value):
    assert get(read_recipe(recipe_file(), [change])) == value


def test_that_a_change_leaves_the_table_alone():
    table = {"training": {"epochs": 1}}
    assert changed(table, "training.epochs=2") == {"training": {"epochs": 2}}
    assert table == {"training": {"epochs": 1}}


@pytest.mark.parametrize("change", ["training.epochs", "=5", "training..epochs=5", "title.x=1"])
def test_that_a_change_without_key_value_or_table_is_explained(recipe_file, change):
    with pytest.raises(DataError, match=r"KEY=VALUE|no table"):
        read_recipe(recipe_file(), [change])


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        (["training.epoch=5"], "training.epoch"),
        (["training.epochs=many"], "training.epochs"),
        (["training.decay=linear"], "training.decay"),
        (["training.decay_factor=1.0"], "training.decay_factor"),
        (["training.warm_up=2"], "training.warm_up"),
        (["training.focal=-1"], "training.focal"),
        (["training.learning_rate=0"], "training.learning_rate"),
        (["training.class_weights=true", "training.sampling=balanced"], "training.sampling"),
        (["augmentation.crop=1.0"], "augmentation.crop"),
        (["augmentation.flip=2"], "augmentation.flip"),
        (["augmentation.noise=-0.1"], "augmentation.noise"),
        (["augmentation.mixup=nan"], "augmentation.mixup"),
        (['data.allow_leakage=["twins"]'], "data.allow_leakage"),
    ],
)
def test_that_a_change_that_makes_no_sense_names_its_key(recipe_file, changes, key):
    with pytest.raises(DataError, match=key.replace(".", r"\.")):
        read_recipe(recipe_file(), changes)
