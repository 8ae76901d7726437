"""What was found, ranked; and which combination is taken."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
from optuna.distributions import IntDistribution
from optuna.trial import TrialState, create_trial

from engine.recipe import read_recipe
from engine.tuning import (
    CHANGES,
    FAILURE,
    FOLD,
    PARAMETERS,
    Chance,
    Fold,
    chance_of,
    chosen_words,
    make_table,
    with_changes,
    write_files,
)
from tests.engine.training_parts import FILMS
from tests.engine.tuning_parts import RECIPE, plan_of

KEY = "network.hidden_size"


def trial(size, *scores, state=TrialState.COMPLETE, **attributes):
    folds = {
        f"{FOLD}{number}": Fold(score, 0.3, 2.0).to_dict()
        for number, score in enumerate(scores, 1)
    }
    known = {CHANGES: {KEY: size}, PARAMETERS: 100 * size} | folds | attributes
    return create_trial(
        state=state,
        value=sum(scores) / len(scores) if state == TrialState.COMPLETE else None,
        params={KEY: size},
        distributions={KEY: IntDistribution(1, 99)},
        user_attrs=known,
    )


BEST = trial(8, 0.90, 0.92, 0.94)  # mean 0.92, standard error 0.0115
CLOSE = trial(4, 0.90, 0.91, 0.93)
FAR = trial(2, 0.88, 0.90, 0.91)
LARGE = trial(9, 0.90, 0.91, 0.94)
PRUNED = trial(7, 0.99, state=TrialState.PRUNED)
FAILED = trial(1, state=TrialState.FAIL, **{FAILURE: "It | went astray."})
WAITING = trial(3, state=TrialState.WAITING)
ALL = [WAITING, FAILED, PRUNED, FAR, CLOSE, LARGE, BEST]


def sizes(table):
    return [row.changes[KEY] for row in table.rows]


def made(trials=ALL, **wishes):
    return make_table(plan_of(f"{KEY}=1,2,3,4,7,8,9", **wishes), trials)


def test_that_the_best_come_first_and_the_unfinished_last():
    assert sizes(made()) == [8, 9, 4, 2, 7, 1, 3]


def test_that_the_order_of_the_journal_does_not_matter():
    assert made(ALL[::-1]).rows == made().rows


def test_that_the_smallest_within_one_standard_error_is_chosen():
    assert made().chosen.changes == {KEY: 4}


def test_that_the_rule_is_told():
    assert "smallest network (400 parameters) among the 3 of 4" in made().why


def doubted(trials, **given):
    chance = Chance(**({"level": 0.5, "patients": 200} | given))
    return "Not told from chance" in make_table(plan_of(f"{KEY}=1,2"), trials, chance=chance).why


def test_that_a_winner_among_chance_levels_is_called_that():
    near = [trial(2, 0.45, 0.61, 0.50), trial(1, 0.41, 0.55, 0.49)]
    assert doubted(near)
    assert not doubted(ALL)
    words = make_table(plan_of(f"{KEY}=1,2"), near, chance=Chance(0.5, 200)).why
    assert "AUC 0.520 of the best of 2 combinations" in words
    assert "may be the 0.500 of chance" in words


def test_that_folds_of_few_patients_that_agree_are_not_told_from_chance():
    assert doubted([trial(2, 1.0, 1.0, 1.0)], patients=3)
    assert not doubted([trial(2, 1.0, 1.0, 1.0)], patients=30)


def test_that_folds_that_agree_have_an_interval_of_some_width():
    table = make_table(plan_of(f"{KEY}=2"), [trial(2, 1.0, 1.0, 1.0)], chance=Chance(0.5, 12))
    assert 0.7 < table.chosen.summary.low < 0.8
    assert table.chosen.summary.high == 1


def test_that_the_best_of_many_must_be_better_than_the_only_one():
    scores = (0.62, 0.66, 0.64)  # 0.64 by 0.018, of folds that share films
    assert not doubted([trial(2, *scores)])
    assert doubted([trial(2, *scores), *(trial(n, 0.5, 0.52, 0.48) for n in range(3, 40))])


def test_that_chance_of_an_accuracy_is_the_commonest_class():
    labels = np.repeat([0, 1], [36, 12])
    films = replace(FILMS, labels=labels)
    assert chance_of("accuracy", films) == Chance(0.75, 48)
    assert chance_of("auc", films) == Chance(0.5, 12)
    assert doubted([trial(2, 0.74, 0.76, 0.78)], level=0.75, patients=48)


def test_that_the_best_can_be_asked_for():
    assert made(smallest=False).chosen.changes == {KEY: 8}


def test_that_a_pruned_combination_is_never_chosen():
    assert made([PRUNED]).chosen is None


def test_that_nothing_is_chosen_while_nothing_is_finished():
    assert made([]).why == "Nothing is finished yet."


@pytest.fixture
def written(tmp_path):
    write_files(made(), tmp_path)
    return tmp_path


def test_that_the_csv_holds_every_combination(written):
    with (written / "tuning.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row[KEY] for row in rows] == ["8", "9", "4", "2", "7", "1", "3"]
    assert rows[0]["mean"] == "0.920000"
    assert rows[0]["fold_3"] == "0.940000"
    assert [row["chosen"] for row in rows] == list("0010000")
    assert rows[5]["reason"] == "It | went astray."


def test_that_the_json_says_what_was_measured_and_with_what(written):
    values = json.loads((written / "tuning.json").read_text())
    assert values["chosen"] == {KEY: 4}
    assert values["score"] == "auc"
    assert values["rows"][0]["summary"]["spread"] == pytest.approx(0.02)


def test_that_the_markdown_table_has_a_cell_for_each_column(written):
    lines = (written / "tuning.md").read_text().splitlines()
    table = [line.replace("\\|", "") for line in lines if line.startswith("|")]
    assert len({line.count("|") for line in table}) == 1
    assert len(table) == 2 + 7


def test_that_the_chosen_recipe_can_be_read(written):
    assert read_recipe(written / "recipe.toml") == with_changes(RECIPE, {KEY: 4})


def test_that_an_unfinished_tuning_has_a_table_but_no_recipe(tmp_path):
    write_files(made([WAITING]), tmp_path)
    assert (tmp_path / "tuning.csv").exists()
    assert not (tmp_path / "recipe.toml").exists()


def test_that_the_words_for_the_card_have_the_interval():
    assert "hidden_size=4; AUC 0.913 (0.8" in chosen_words(made())


def test_that_writing_leaves_no_other_files(written):
    assert sorted(path.name for path in written.iterdir()) == [
        "recipe.toml",
        "tuning.csv",
        "tuning.json",
        "tuning.md",
    ]
