import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtWidgets import QLabel

from engine.types import Influence
from viewer.read.evidence import EvidenceTable, evidence_groups


def influence(values, baseline=-0.85, residual=0.0):
    values = np.asarray(values, np.float32)
    total = float(values.astype(np.float64).sum()) + residual
    edges = np.linspace(0, 80, len(values) + 1)
    return Influence(values, edges, 1, baseline + total, baseline, residual)


signed_rows = arrays(np.float32, st.integers(1, 60), elements=st.floats(-3, 3, width=32))


@given(values=signed_rows, baseline=st.floats(-4, 4), residual=st.floats(-0.1, 0.1))
def test_that_mean_film_groups_and_residual_sum_to_this_film(values, baseline, residual):
    moved = influence(values, baseline, residual)
    total = moved.baseline_log_odds + sum(v for _, v in evidence_groups(moved)) + moved.residual
    assert total == pytest.approx(moved.log_odds, abs=1e-9)


@given(values=signed_rows)
def test_that_at_most_four_groups_are_left(values):
    assert 1 <= len(evidence_groups(influence(values))) <= 4


@given(values=signed_rows)
def test_that_the_groups_cover_every_row_once_and_in_order(values):
    rows: list[int] = []
    for name, _ in evidence_groups(influence(values)):
        ends = [int(part) for part in name.split(" ")[1].split("–")]
        rows += range(ends[0], ends[-1] + 1)
    assert rows == list(range(len(values)))


def test_that_rows_of_one_sign_make_one_group():
    moved = influence([-1, -1, 2, 2, 2, -0.5])
    assert evidence_groups(moved) == (("steps 0–1", -2.0), ("steps 2–4", 6.0), ("step 5", -0.5))


def test_that_rows_without_influence_do_not_split_a_group():
    assert evidence_groups(influence([0, 1, 0, 1, 0])) == (("steps 0–4", 2.0),)


def test_that_a_film_without_influence_is_one_group_of_nothing():
    assert evidence_groups(influence([0, 0, 0])) == (("steps 0–2", 0.0),)


def test_that_the_weakest_group_joins_its_neighbours():
    moved = influence([3, -2, 4, -0.1, 5, -6])
    assert [name for name, _ in evidence_groups(moved)] == [
        "step 0",
        "step 1",
        "steps 2–4",
        "step 5",
    ]


def test_that_a_residual_that_two_decimals_would_show_is_named(qtbot):
    table = EvidenceTable(influence([1.0], residual=0.012))
    qtbot.addWidget(table)
    assert any("integration leaves +0.01" in found.text() for found in table.findChildren(QLabel))


def test_that_a_smaller_residual_is_not_named(qtbot):
    table = EvidenceTable(influence([1.0], residual=0.004))
    qtbot.addWidget(table)
    assert not any("integration" in found.text() for found in table.findChildren(QLabel))
