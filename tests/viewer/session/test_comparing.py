"""Whose films they are, which prior is shown beside one, and what the timeline says."""

from dataclasses import replace
from datetime import date

import pytest

from engine.types import Identity
from viewer.session.comparing import (
    Exam,
    Heading,
    days_before,
    headings_of,
    prior_of,
    same_patient,
    visits_of,
    whose,
)


def exam(key="now", day="2026-11-23", patient="P1", modality="DX", part="CHEST", **others):
    values = {name: others.pop(name) for name in tuple(others) if name in Identity.__slots__}
    identity = Identity(patient_id=patient, study_date=day, body_part=part, **values)
    return Exam(key, identity, modality=modality, **{"study": f"study {day}"} | others)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ({"patient_id": "1"}, {"patient_id": "1"}, "same"),
        ({"patient_id": "1"}, {"patient_id": "2"}, "other"),
        ({"patient_id": "1", "birth_date": "2020-01-01"}, {"patient_id": "1"}, "same"),
        (
            {"patient_id": "1", "birth_date": "2020-01-01"},
            {"patient_id": "1", "birth_date": "19200101"},
            "other",
        ),
        ({"patient_name": "A"}, {"patient_name": "A"}, "unknown"),
        ({"patient_id": "1"}, {}, "unknown"),
    ],
)
def test_that_only_an_id_tells_that_two_films_are_of_one_patient(one, other, answer):
    assert same_patient(Identity(**one), Identity(**other)) == answer
    assert same_patient(Identity(**other), Identity(**one)) == answer


def test_that_one_stranger_among_films_counts_more_than_one_without_a_name():
    known, stranger = Identity(patient_id="1"), Identity(patient_id="2")
    assert whose([known, known]) == "same"
    assert whose([known, Identity(), stranger]) == "other"
    assert whose([known, Identity()]) == "unknown"


def test_that_the_prior_is_the_most_recent_of_the_same_kind():
    now = exam()
    others = [
        exam("old", "2024-03-17", modality="CR"),
        exam("last", "2025-10-08", modality="CR"),  # CR and DX show the same
        exam("mr", "2026-02-11", modality="MR"),
        exam("hand", "2026-03-01", part="HAND"),
        exam("later", "2027-01-01"),
        exam("stranger", "2026-06-01", patient="P2"),
        exam("nobody", "2026-06-02", patient=""),
        exam("undated", ""),
        now,
    ]
    assert prior_of(now, others).key == "last"
    assert prior_of(exam(day=""), others) is None
    assert prior_of(now, others[2:]) is None


def test_that_of_two_priors_of_one_day_the_same_view_goes_first():
    now = exam(view_position="PA")
    others = [
        exam("side", "2025-10-08", view_position="LL"),
        exam("front", "2025-10-08", view_position="PA"),
    ]
    assert prior_of(now, others).key == "front"


def test_that_days_between_two_exams_are_counted():
    assert days_before(exam(day="2025-10-08"), exam()) == 411
    assert days_before(exam(day=""), exam()) is None
    assert days_before(exam(day="2025-13-99"), exam()) is None  # no such day


def test_that_a_timeline_has_the_patients_studies_in_order():
    now = exam()
    side = replace(exam("ct", "2025-02-11", modality="CT"), study="study b")
    visits = visits_of(
        now,
        [
            now,
            exam("old", "2025-10-08", modality="CR"),
            side,
            exam("x", "2025-06-01", patient="P2"),
        ],
    )
    assert [visit.day for visit in visits] == [
        date(2025, 2, 11),
        date(2025, 10, 8),
        date(2026, 11, 23),
    ]
    assert [visit.days for visit in visits] == [None, 239, 411]
    assert [visit.modalities for visit in visits] == [("CT",), ("CR",), ("DX",)]


def test_that_what_shows_the_same_is_opened_first_of_a_study():
    (visit,) = visits_of(exam(), [exam("mr", modality="MR"), exam("dx")])
    assert (visit.keys, visit.modalities) == (("dx", "mr"), ("MR", "DX"))


def test_that_no_film_has_no_timeline():
    assert visits_of(None, [exam()]) == ()
    assert visits_of(exam(day=""), [exam(day="")]) == ()


def test_that_headings_tell_the_current_film_from_priors():
    now, old = exam(), exam("old", "2025-10-08")
    assert headings_of([old, None, now]) == (
        Heading(old, "prior", 411),
        Heading(),
        Heading(now, "current"),
    )


@pytest.mark.parametrize(("patient", "which"), [("P2", "other"), ("", "unknown")])
def test_that_headings_say_that_films_are_not_of_one_patient(patient, which):
    found = headings_of([exam(), exam("b", "2025-10-08", patient=patient)])
    assert {heading.whose for heading in found} == {which}
    assert {heading.role for heading in found} == {""}
