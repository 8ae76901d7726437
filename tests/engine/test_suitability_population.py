"""A header held against the people and views that a model is for."""

from dataclasses import replace

import numpy as np
import pydicom
import pytest

from engine.bundle import (
    Fields,
    population_to_dict,
    population_words,
    read_description,
    read_metadata,
    read_population,
)
from engine.errors import BundleError, DataError
from engine.imaging import read_image
from engine.phantoms import PhantomSpec, demo_study, draw_phantom, write_phantom
from engine.recipe import card_lacks, read_recipe, recipe_of
from engine.resources import resource_path
from engine.suitability import film_checks, population_checks
from engine.training import population_line
from engine.tuning import recipe_toml
from engine.types import Identity, InputFormat, Population
from engine.weights import save_bundle
from tests.drawn import small_demo
from tests.engine.conftest import TINY, describe
from tests.engine.trust_parts import tiny_recipe

CHILDREN = Population((1.0, 5.0), views=("AP", "PA"), body_parts=("CHEST",))
SHIPPED = sorted(path.parent.name for path in resource_path("models").glob("*/metadata.json"))
RECIPES = sorted(path.stem for path in resource_path("recipes").glob("*.toml"))


def ask(population, **said):
    found = population_checks(Identity(**said), population)
    return {check.name: check for check in found}


@pytest.mark.parametrize(
    ("age", "passed"),
    [
        ("003Y", True),
        ("001Y", True),
        ("005Y", True),
        ("006Y", False),
        ("062Y", False),
        ("018M", True),
        ("011M", False),
        ("071M", True),
        ("072M", False),
        ("003D", False),
        ("005W", False),
        ("000Y", False),
        (" 3y", True),
        ("", None),
        ("999Y", None),  # a placeholder
        ("adult", None),
    ],
)
def test_that_an_age_is_held_against_the_models(age, passed):
    assert ask(CHILDREN, age=age)["age"].passed is passed


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"age": "062Y"},
            "The patient is 62 years old; the model reads films of children of 1 to 5 years.",
        ),
        (
            {"age": "003D"},
            "The patient is 3 days old; the model reads films of children of 1 to 5 years.",
        ),
        ({"age": "018M"}, "The patient is 18 months old."),
        ({"age": "001Y"}, "The patient is 1 year old."),
        ({}, "The header does not say how old the patient is."),
    ],
)
def test_that_an_age_is_told_in_words(said, words):
    assert ask(CHILDREN, **said)["age"].words == words


@pytest.mark.parametrize(
    ("born", "taken", "passed"),
    [
        ("2017-06-15", "2020-01-01", True),
        ("1962-01-01", "2020-01-01", False),
        ("2019-01-02", "2020-01-01", False),  # the day before the first birthday
        ("2019-01-01", "2020-01-01", True),
        ("2014-01-02", "2020-01-01", True),  # the day before the sixth
        ("2014-01-01", "2020-01-01", False),
        ("2016-02-29", "2017-02-28", False),  # not a year yet
        ("2020-01-02", "2020-01-01", None),  # born after the study
        ("1800-01-01", "2020-01-01", None),  # a placeholder
        ("2017.06.15", "2020-01-01", True),  # as before DICOM
        ("2017-02-30", "2020-01-01", None),
        ("1962-01-01", "", None),
    ],
)
def test_that_an_age_is_counted_from_birth_to_study(born, taken, passed):
    assert ask(CHILDREN, birth_date=born, study_date=taken)["age"].passed is passed


def test_that_of_two_ages_the_worse_counts():
    check = ask(CHILDREN, age="003Y", birth_date="1962-01-01", study_date="2020-01-01")["age"]
    assert check.passed is False
    assert check.words.startswith("The header gives two ages, 3 years and 58 years; the model")


def test_that_two_ages_of_one_child_are_no_contradiction():
    check = ask(CHILDREN, age="003Y", birth_date="2016-01-02", study_date="2020-01-01")["age"]
    assert check.mark == "passed"


def test_that_two_ages_far_apart_are_no_tick():
    check = ask(CHILDREN, age="002Y", birth_date="2015-01-01", study_date="2020-01-01")["age"]
    assert check.mark == "doubtful"


@pytest.mark.parametrize(
    ("ages", "who"),
    [((1.0, 5.0), "children of 1 to 5"), ((18.0, 90.0), "adults"), ((10.0, 30.0), "people")],
)
def test_that_people_are_called_by_their_ages(ages, who):
    assert who in ask(Population(ages), age="100Y")["age"].words


@pytest.mark.parametrize(
    ("view", "passed"),
    [
        ("AP", True),
        ("pa", True),
        ("PA ERECT", True),
        ("AP SUPINE PORTABLE", True),
        ("antero-posterior", True),
        ("posterior anterior", True),
        ("LL", False),
        ("LATERAL", False),
        ("LEFT LATERAL", False),
        ("L-LAT", False),
        ("LLD", False),
        ("RLO", False),
        ("PA AND LATERAL", False),
        ("SWIMMER", False),  # whatever it is, it is neither of those that the model reads
        ("", None),
        ("UNKNOWN", None),
        ("SUPINE", None),  # how the patient lay, not from where the film was taken
        ("*", None),
    ],
)
def test_that_a_view_is_held_against_the_models(view, passed):
    assert ask(CHILDREN, view_position=view)["view"].passed is passed


def test_that_a_lateral_view_is_called_so():
    words = ask(CHILDREN, view_position="LL")["view"].words
    assert words == (
        "The header says that the view is left lateral (LL); the model reads AP and PA views."
    )


@pytest.mark.parametrize(
    ("part", "passed"),
    [
        ("CHEST", True),
        ("Thorax", True),
        ("TÓRAX", True),
        ("CHEST PA", True),
        ("LUNG", True),
        ("HAND", False),
        ("ABDOMEN", False),
        ("CHEST_ABDOMEN", False),
        ("CHESTABDPELVIS", False),
        ("KNEE", False),
        ("", None),
        ("UNKNOWN", None),
    ],
)
def test_that_a_part_of_the_body_is_held_against_the_models(part, passed):
    assert ask(CHILDREN, body_part=part)["examined part"].passed is passed


def test_that_a_model_of_an_unlisted_part_takes_its_own_word():
    knees = Population(body_parts=("KNEE",))
    found = [ask(knees, body_part=part)["examined part"].passed for part in ("Knee", "CHEST")]
    assert found == [True, False]


@pytest.mark.parametrize(("sex", "passed"), [("F", True), ("m", False), ("", None), ("?", None)])
def test_that_sex_is_asked_where_the_model_names_it(sex, passed):
    assert ask(Population(sexes=("F",)), sex=sex)["sex"].passed is passed


@pytest.mark.parametrize(("side", "passed"), [("U", True), ("L", False), ("", None)])
def test_that_a_side_is_asked_where_the_model_names_it(side, passed):
    assert ask(Population(lateralities=("U",)), laterality=side)["laterality"].passed is passed


@pytest.mark.parametrize("population", [None, Population()])
def test_that_nothing_is_asked_where_the_model_names_nothing(population):
    assert ask(population, age="062Y", view_position="LL", body_part="HAND") == {}


def test_that_the_film_checks_hold_the_header_against_the_population(make_frame):
    image = make_frame(np.zeros((40, 40)), identity=Identity(age="062Y")).image
    fmt = InputFormat(16, 16, "rank")
    found = {one.name: one.passed for one in film_checks(image, fmt, population=CHILDREN)}
    assert found == {"kind": True, "examined part": None, "view": None, "age": False}


# ---------------------------------------------------------------------------- metadata
def read(values):
    return read_population(Fields({"population": values}, "metadata.json"))


@pytest.mark.parametrize(
    "population", [CHILDREN, Population(), Population(sexes=("F",), lateralities=("L", "R"))]
)
def test_that_a_population_is_read_back_as_it_was_written(population):
    assert read(population_to_dict(population)) == population


def test_that_a_table_without_keys_is_an_answer_and_no_table_is_none():
    assert (read({}), read(None)) == (Population(), None)
    assert read_population(Fields({}, "metadata.json")) is None


@pytest.mark.parametrize(
    "values",
    [
        {"ages": [5, 1]},
        {"ages": [1]},
        {"ages": [1, 5, 9]},
        {"ages": [True, 5]},
        {"ages": ["1", "5"]},
        {"ages": [-1, 5]},
        {"ages": [1, 900]},
        {"ages": [1, float("nan")]},
        {"sexes": ["W"]},
        {"lateralities": ["left"]},
        {"views": "AP"},
        {"views": ["AP", "AP"]},
        {"body_parts": ["CHEST\u202e"]},
        {"age": [1, 5]},
        [],
        "children",
    ],
)
def test_that_a_population_that_makes_no_sense_is_refused(values):
    with pytest.raises(BundleError, match="population"):
        read(values)


def test_that_a_bundle_keeps_its_population(parts, tmp_path):
    network, rest = parts
    rest["description"] = replace(describe(TINY), population=CHILDREN)
    assert save_bundle(tmp_path / "one", network, **rest).population == CHILDREN


def test_that_an_older_bundle_says_nothing_of_its_population(tiny_bundle):
    assert read_metadata(tiny_bundle).population is None
    assert "population" not in (tiny_bundle / "metadata.json").read_text()


@pytest.mark.parametrize(
    ("population", "words"),
    [
        (CHILDREN, "ages 1 to 5 years; body part CHEST; views AP or PA"),
        (Population(), "nothing: whoever it shows"),
        (None, "its maker did not say"),
    ],
)
def test_that_a_population_is_told_in_words(population, words):
    assert population_words(population) == words


# ---------------------------------------------------------------------------- recipes
@pytest.mark.parametrize("name", RECIPES)
def test_that_every_recipe_says_what_a_card_needs(name):
    assert card_lacks(read_recipe(resource_path("recipes") / f"{name}.toml")) == ()


def test_that_a_recipe_that_does_not_say_lacks_it_for_a_card():
    assert "population" in card_lacks(tiny_recipe())
    assert "population" not in card_lacks(replace(tiny_recipe(), population=Population()))


@pytest.mark.parametrize("population", [CHILDREN, Population()])
def test_that_a_recipe_keeps_its_population_through_a_file(population, tmp_path):
    path = tmp_path / "tiny.toml"
    path.write_text(recipe_toml(replace(tiny_recipe(), population=population), "A test."))
    assert read_recipe(path).population == population


def test_that_a_recipe_with_ages_the_wrong_way_round_is_refused():
    values = {"ages": [5, 1]}
    path = resource_path("recipes") / "chest-pneumonia.toml"
    with pytest.raises(DataError, match="“ages” must be two numbers"):
        read_recipe(path, [f"population.ages={values['ages']}"])


# ---------------------------------------------------------------------------- what is shipped
@pytest.mark.parametrize("name", SHIPPED)
def test_that_model_card_and_recipe_say_the_same_of_a_population(name):
    info = read_metadata(name)
    made_by = read_description(info.path)[0].training["recipe"]
    recipe = read_recipe(resource_path("recipes") / f"{name}.toml")
    assert info.population is not None
    assert recipe_of(made_by, name).population == recipe.population == info.population
    card = (info.path / "README.md").read_text(encoding="utf-8").splitlines()
    assert population_line(info.population) in card


def test_that_the_phantoms_belong_to_the_population_of_their_model(tmp_path):
    population = read_metadata("phantom-opacity").population
    with small_demo(64):
        study = demo_study(tmp_path)
    phantoms = [path for path in study if path.name.startswith("phantom")]
    for path in phantoms:
        checks = population_checks(read_image(path).identity, population)
        assert [check.passed for check in checks] == [True] * 4


@pytest.mark.parametrize(
    ("keyword", "sequence", "meaning", "field"),
    [
        ("BodyPartExamined", "AnatomicRegionSequence", "Chest", "body_part"),
        ("ViewPosition", "ViewCodeSequence", "postero-anterior", "view_position"),
    ],
)
def test_that_a_code_speaks_where_the_text_is_missing(tmp_path, keyword, sequence, meaning, field):
    path = tmp_path / "film.dcm"
    write_phantom(draw_phantom(PhantomSpec(1, 96, 96)), path)
    dataset = pydicom.dcmread(path)
    delattr(dataset, keyword)
    code = pydicom.Dataset()
    code.CodeMeaning = meaning
    setattr(dataset, sequence, pydicom.Sequence([code]))
    dataset.save_as(path)
    identity = read_image(path).identity
    assert getattr(identity, field) == meaning
    found = {check.name: check.passed for check in population_checks(identity, CHILDREN)}
    assert (found["examined part"], found["view"]) == (True, True)
