"""Results that were kept as sentences, as codes and numbers."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from engine import list_models
from engine.bundle import (
    read_audit,
    read_description,
    read_metadata,
    write_audit,
    write_metadata,
)
from engine.training import rewrite
from engine.types import Audit, FilmTest, Threshold
from engine.words import Sentence, plain
from tests.engine.conftest import TINY, describe
from tests.engine.trust_parts import CONFIG

# As a bundle of the program's first versions kept them.
OLD = [
    ["test films", "624 of 404 patients, from chest.tar, split “test”, on 2026-11-29"],
    ["test AUC", "0.977 (0.945–0.990), 624 films"],
    ["test accuracy of “a b”", "0.907 (too few to tell), 1 film"],
    ["test 95 % sets hold “normal”", "86.8 % (81.8–90.5 %)"],
    ["test classes in a set", "1.04, one in 96.5 % (94.7–97.7 %)"],
    ["hospital B peak inside finding", "100 % (98–100 %), 1,250 films"],
    ["test calibration error of intervals", "0.086"],
    ["test positives inside the mean interval", "in 3 of 10 bins, within chance in 5"],
    ["random weights", "rank correlation −0.08"],
    ["validation refused if upside down", "99.9 % (99.3–100.0 %)"],
    ["shared by splits", "1 patient in a and b, 42 patients in a and c; allowed by the recipe"],
    ["shared by splits", "nothing found; whose films they are is not known"],
    ["mean AUC over 5 folds", "0.812 (0.793–0.830), patients drawn by class"],
    ["mean AUC of each fold", "0.812, 0.793; SD 0.012"],
]  # fmt: skip


HALVES = "each half of the patients with a calibration fitted to the other half"


@pytest.fixture
def old(own_bundle):
    """A bundle whose results are sentences."""
    path = own_bundle / "metadata.json"
    values = json.loads(path.read_text("utf-8")) | {"eval_metrics": [*OLD, ["mine", "own words"]]}
    path.write_text(json.dumps(values), "utf-8")
    return own_bundle


def test_that_every_result_reads_as_before_and_has_a_code(old):
    weights = sha256((old / "model.safetensors").read_bytes()).digest()
    rewrite(str(old))
    results = read_description(old)[0].results
    assert [list(pair) for pair in results] == [*OLD, ["mine", "own words"]]
    texts = [pair for pair in results if "{text}" in {pair[0].code, pair[1].code}]
    assert texts == [("mine", "own words")]
    assert sha256((old / "model.safetensors").read_bytes()).digest() == weights


def test_that_numbers_are_numbers(old):
    rewrite(str(old))
    results = dict(read_description(old)[0].results)
    area = results["test AUC"]
    assert area.arguments["films"] == 624
    assert area.arguments["figure"].arguments == {"value": 0.977, "low": 0.945, "high": 0.99}
    assert results["random weights"].arguments == {"value": -0.08}
    assert results["hospital B peak inside finding"].arguments["films"] == 1250


def test_that_writing_twice_changes_nothing(old):
    rewrite(str(old))
    once = (old / "metadata.json").read_bytes()
    rewrite(str(old))
    assert (old / "metadata.json").read_bytes() == once


def test_that_a_gate_becomes_an_admission_check(own_bundle):
    """Keys, task and card of the program's first versions; weights and audit stay."""
    write_metadata(own_bundle, replace(describe(TINY), trust=CONFIG), TINY)
    path, card = own_bundle / "metadata.json", own_bundle / "README.md"
    values, told = json.loads(path.read_text("utf-8")), card.read_text("utf-8")
    values["task"] = "Tells kinds; the gate of models that read one"
    values["training"]["recipe"] = {"task": values["task"], "trust": {"gate": "kinds"}}
    values["trust"]["gate"] = values["trust"].pop("admission")
    path.write_text(json.dumps(values), "utf-8")
    card.write_text(f"{told}\n{values['task']}\n", "utf-8")
    rewrite(str(own_bundle))
    description = read_description(own_bundle)[0]
    assert description.trust == CONFIG
    assert description.task == "Tells kinds; the admission check of models that read one"
    recipe = description.training["recipe"]
    assert recipe == {"task": description.task, "trust": {"admission": "kinds"}}
    assert card.read_text("utf-8") == f"{told}\n{description.task}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("120 of 1,721 val films of a b", "source.some"),
        ("97 films of chest.tar", "source.films"),
        ("97 films held out", "source.held-out"),
        ("97 val films of a", "source.films-of"),
        ("a, b.tar, split “test”", "source.split"),
        (f"5 of 9 films of a; {HALVES}", "source.halves"),
        ("somebody's films", "{text}"),
    ],
)
def test_that_what_names_the_films_gets_its_code(own_bundle, text, code):
    info = read_metadata(own_bundle)
    test = FilmTest("exam", plain(text), 97, None, None, "2026-11-29")
    write_metadata(own_bundle, replace(describe(TINY), tests=(test,)), TINY)
    write_audit(own_bundle, Audit("occlusion", plain(text), 0), sha256=info.sha256)
    rewrite(str(own_bundle))
    for found in (read_metadata(own_bundle).tests[0].source, read_audit(own_bundle).source):
        assert (found, found.code) == (text, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("largest Youden index on 1,784 validation films of 397 patients", "chosen.youden"),
        (
            "sensitivity of at least 0.95 on 784 validation films of 397 patients",
            "chosen.sensitivity",
        ),
        ("by a friend", "{text}"),
    ],
)
def test_that_what_a_threshold_was_chosen_on_gets_its_code(own_bundle, text, code):
    chosen = Threshold(0.4, 0.95, 0.8, plain(text))
    write_metadata(own_bundle, replace(describe(TINY), threshold=chosen), TINY)
    rewrite(str(own_bundle))
    found = read_metadata(own_bundle).threshold.chosen_on
    assert (found, found.code) == (text, code)


def test_that_the_shipped_models_say_their_films_by_code():
    for model in list_models():
        said = [test.source for test in model.tests]
        said += [model.threshold.chosen_on] if model.threshold else []
        audit = read_audit(model.path)
        said += [audit.source, *([audit.by_row.source] if audit.by_row else [])]
        assert (audit.by_row is not None) == model.objective.plain
        assert all(one.code != "{text}" for one in said), model.name


def test_that_the_shipped_models_keep_numbers_and_not_sentences():
    for model in list_models():
        assert len(model.results) > 5
        for what, value in model.results:
            assert isinstance(value, Sentence)
            assert value.code != "{text}", (model.name, what)
        if not model.objective.plain:
            assert model.tests[0].figures
            continue
        tested = next(test for test in model.tests if test.accuracy)
        said = dict(model.results)[f"{tested.name} accuracy"]
        number = said.arguments.get("figure", said)
        assert number.arguments["value"] == tested.accuracy.value
