"""Hanging rules: what fits, which film stands where, and files that cannot be used."""

import pytest

from engine.resources import resource_path
from engine.types import Identity
from viewer.session.comparing import Exam
from viewer.session.hanging import (
    FILE,
    HangingError,
    Rule,
    load_rules,
    priors_of,
    read_rules,
    rule_for,
)

GOOD = '[[rule]]\nname = "mine"\nlayout = "2x1"\n'


def exam(key="now", day="2026-11-23", modality="CR", part="CHEST", description="", study=""):
    identity = Identity(patient_id="P1", study_date=day, body_part=part)
    return Exam(key, identity, study or day, modality, description)


NOW, LAST, OLD = exam(), exam("last", "2025-10-08"), exam("old", "2024-03-17")


@pytest.fixture
def written(tmp_path):
    def write(text):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return write


# ------------------------------------------------------------------------------ rules
def test_that_the_programs_rules_can_be_used():
    rules = read_rules(resource_path(FILE))
    assert len({rule.name for rule in rules}) == len(rules) >= 3
    assert all(len(rule.panes) <= rule.rows * rule.columns for rule in rules)


def test_that_a_radiograph_hangs_beside_its_prior():
    rule = rule_for(read_rules(resource_path(FILE)), NOW, [NOW, OLD, LAST])
    assert (rule.rows, rule.columns) == (1, 2)
    assert rule.hung(NOW, [NOW, OLD, LAST]) == (NOW, LAST)
    assert rule_for(read_rules(resource_path(FILE)), NOW, [NOW]) is None


def test_that_priors_are_counted_from_the_latest():
    assert priors_of(NOW, [OLD, NOW, LAST]) == (LAST, OLD)
    rule = Rule("three", 1, 3, ("prior 2", "current", "prior 3"))
    assert rule.hung(NOW, [OLD, NOW, LAST]) == (OLD, NOW, None)


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({"modality": frozenset({"CR"})}, True),
        ({"modality": frozenset({"CT"})}, False),
        ({"body_part": frozenset({"CHEST"})}, True),
        ({"body_part": frozenset({"HAND"})}, False),
        ({"description": "t2"}, True),
        ({"description": "/^axial.*T2$/"}, True),
        ({"description": "/^T2/"}, False),
        ({"stacks": 2}, True),
        ({"stacks": 3}, False),
        ({"priors": 1}, True),
        ({"priors": 2}, False),
    ],
)
def test_that_everything_that_a_rule_names_must_fit(changed, fits):
    now = exam(description="axial T2")
    exams = [now, exam("other", description="axial T1"), LAST]
    assert Rule("one", 1, 1, **changed).fits(now, exams) is fits


def test_that_series_of_a_study_are_chosen_by_number_and_description():
    now, other = exam(description="axial T2"), exam("other", description="sagittal T1")
    rule = Rule("both", 1, 3, ("series 2", "/t2/", "coronal"))
    assert rule.hung(now, [now, other, LAST]) == (other, now, None)


# ------------------------------------------------------------------------------ files
def test_that_the_readers_own_file_goes_first(written):
    rules, sentence = load_rules(written(GOOD))
    assert ([rule.name for rule in rules], sentence) == (["mine"], "")


def test_that_without_a_file_of_ones_own_the_programs_rules_are_used(tmp_path):
    assert load_rules(tmp_path) == (read_rules(resource_path(FILE)), "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[rule]\n", "line 1"),
        ("rule = 3\n", "other parts than rules"),
        ("title = 3\n" + GOOD, "other parts than rules"),
        ('[[rule]]\nlayout = "1x1"\n', "rule 1: a name is"),
        (GOOD.replace("2x1", "4x1"), "rule mine: a layout is"),
        (GOOD + 'colour = "red"\n', "“colour” is no part of a rule"),
        (GOOD + 'panes = ["current", "prior", "prior 2"]\n', "more panes than its layout has"),
        (GOOD + 'panes = "/(/"\n', "rule mine: missing )"),
        (GOOD + 'link = ["roll"]\n', "a link is scroll, window, zoom, pan"),
        (GOOD + "window = [40]\n", "a window is"),
        (GOOD + "window = [40, 0]\n", "a window is"),
        (GOOD + "priors = -1\n", "-1 is no count"),
        (GOOD + "modality = [1]\n", "text was expected"),
    ],
)
def test_that_a_file_that_cannot_be_used_is_one_sentence(written, text, why):
    folder = written(text)
    with pytest.raises(HangingError, match="cannot be used"):
        read_rules(folder / FILE)
    rules, sentence = load_rules(folder)
    assert rules == read_rules(resource_path(FILE))
    assert str(folder / FILE) in sentence
    assert why in sentence
    assert "\n" not in sentence
