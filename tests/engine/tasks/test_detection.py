"""What marks on films are worth, held against plain loops and against cases done by hand."""

import numpy as np
import pytest

from engine.tasks import (
    RATES,
    Boxes,
    Candidates,
    average_precision,
    cut_at,
    fit_odds,
    froc,
    marks,
    matched,
    overlap,
    pointing,
    sensitivity_at,
)

REACH = 0.01


def boxes(films, *found, sizes=None):
    """Boxes of (film, class, left, top, right, bottom)."""
    table = np.array(found, float).reshape(-1, 6)
    return Boxes(
        films,
        table[:, 0].astype(np.int64),
        table[:, 1].astype(np.int64),
        table[:, 2:],
        np.full(len(table), np.nan) if sizes is None else np.array(sizes, float),
    )


def candidates(films, *found):
    """Candidates of (film, class, left, top, right, bottom, score)."""
    table = np.array(found, float).reshape(-1, 7)
    owners, classes = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    return Candidates(films, owners, classes, table[:, 2:6], table[:, 6])


def drawn(seed, films=12):
    """Random boxes and candidates of two classes, some of them alike, some of equal scores."""
    rng = np.random.default_rng(seed)
    true, found = [], []
    for film in range(films):
        for _ in range(rng.integers(0, 4)):
            corner, size = rng.uniform(0, 0.7, 2), rng.uniform(0.05, 0.3, 2)
            true.append((film, rng.integers(1, 3), *corner, *(corner + size)))
            if rng.random() < 0.8:
                off = rng.normal(0, 0.03, 4)
                place = np.array(true[-1][2:]) + off
                place[2:] = np.maximum(place[2:], place[:2] + 0.01)
                found.append((film, true[-1][1], *place, np.round(rng.normal(1, 1), 1)))
        for _ in range(rng.integers(0, 5)):
            corner, size = rng.uniform(0, 0.7, 2), rng.uniform(0.05, 0.3, 2)
            score = np.round(rng.normal(-1, 1), 1)
            found.append((film, rng.integers(1, 3), *corner, *(corner + size), score))
    return boxes(films, *true), candidates(films, *found)


# ------------------------------------------------------------------------- plain loops


def plain_overlap(one, other):
    wide = max(0.0, min(one[2], other[2]) - max(one[0], other[0]))
    high = max(0.0, min(one[3], other[3]) - max(one[1], other[1]))
    both = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1])
    return wide * high / (both - wide * high) if both - wide * high > 0 else 0.0


def plain_hits(truth, found, rule):
    """Of each candidate the number of its box, or None, film by film from the likeliest on."""
    taken, hits = set(), [None] * len(found.owners)
    for film in range(truth.films):
        own = [n for n in range(len(found.owners)) if found.owners[n] == film]
        for number in sorted(own, key=lambda n: -found.scores[n]):
            box, best = found.places[number], None
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            for place in range(len(truth.owners)):
                there = truth.places[place]
                if truth.owners[place] != film or place in taken:
                    continue
                if truth.findings[place] != found.findings[number]:
                    continue
                middle = (there[0] + there[2]) / 2, (there[1] + there[3]) / 2
                if rule == "overlap":
                    worth = plain_overlap(box, there)
                    good = worth >= 0.5
                else:
                    worth = -np.hypot(x - middle[0], y - middle[1])
                    wide = max((there[2] - there[0]) / 2, REACH)
                    high = max((there[3] - there[1]) / 2, REACH)
                    good = abs(x - middle[0]) <= wide and abs(y - middle[1]) <= high
                if good and (best is None or worth > best[0]):
                    best = worth, place
            if best is not None:
                hits[number] = best[1]
                taken.add(best[1])
    return hits


def plain_sensitivity(truth, found, hits, films, rate):
    """At every score that a candidate has; films may come several times."""
    total = sum(int(truth.owners[n] == film) for film in films for n in range(len(truth.owners)))
    best = 0
    for cut in sorted(set(found.scores)):
        right = wrong = 0
        for film in films:
            for number in range(len(found.owners)):
                if found.owners[number] == film and found.scores[number] >= cut:
                    right += hits[number] is not None
                    wrong += hits[number] is None
        if wrong <= rate * len(films):
            best = max(best, right)
    return best / total


def plain_precision(truth, found, hits, films, finding):
    total = sum(
        truth.owners[n] == film and truth.findings[n] == finding
        for film in films
        for n in range(len(truth.owners))
    )
    points = []
    for cut in sorted(set(found.scores[found.findings == finding]), reverse=True):
        right = wrong = 0
        for film in films:
            for number in range(len(found.owners)):
                if (
                    found.owners[number] == film
                    and found.findings[number] == finding
                    and found.scores[number] >= cut
                ):
                    right += hits[number] is not None
                    wrong += hits[number] is None
        if right + wrong:
            points.append((right / total, right / (right + wrong)))
    area, before = 0.0, 0.0
    for place, (recall, _) in enumerate(points):
        area += (recall - before) * max(precision for _, precision in points[place:])
        before = recall
    return area


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rule", ["inside", "overlap"])
def test_that_candidates_meet_the_boxes_that_plain_loops_find(seed, rule):
    truth, found = drawn(seed)
    hits = plain_hits(truth, found, rule)
    which = matched(found, truth, rule, reach=REACH)
    assert which.tolist() == [-1 if one is None else one for one in hits]
    assert (which >= 0).any()


@pytest.mark.parametrize("seed", range(3))
def test_that_froc_of_weighted_films_is_that_of_films_counted_as_often(seed):
    truth, found = drawn(seed)
    hits = plain_hits(truth, found, "inside")
    given = marks(found, truth, matched(found, truth, "inside", reach=REACH), rule="inside")
    rng = np.random.default_rng(seed)
    weights = np.vstack([np.ones(12), rng.integers(0, 4, (2, 12))]).astype(float)
    for rate in (0.25, 1.0, 4.0):
        expected = [
            plain_sensitivity(truth, found, hits, np.repeat(np.arange(12), line.astype(int)), rate)
            for line in weights
        ]
        assert sensitivity_at(given, rate)(weights) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("finding", [1, 2])
def test_that_average_precision_is_that_of_plain_loops(seed, finding):
    truth, found = drawn(seed)
    hits = plain_hits(truth, found, "overlap")
    which = matched(found, truth, "overlap", reach=REACH)
    given = marks(found, truth, which, rule="overlap", finding=finding)
    weights = np.vstack([np.ones(12), np.random.default_rng(seed).integers(0, 3, 12)]).astype(
        float
    )
    expected = [
        plain_precision(truth, found, hits, np.repeat(np.arange(12), line.astype(int)), finding)
        for line in weights
    ]
    assert average_precision(given)(weights) == pytest.approx(expected)


# ------------------------------------------------------------------------ done by hand

ONE = (0.1, 0.1, 0.3, 0.3)
TWO = (0.6, 0.6, 0.9, 0.8)
AWAY = (0.7, 0.1, 0.8, 0.2)


def test_that_boxes_overlap_by_what_they_share_of_what_they_cover():
    shifted = np.array([[0.2, 0.1, 0.4, 0.3]])
    assert overlap(np.array([ONE]), shifted)[0, 0] == pytest.approx(1 / 3)
    assert overlap(np.array([ONE]), np.array([[0.2, 0.2, 0.2, 0.2]]))[0, 0] == 0


def hand():
    """Two films: one box is found first, a false one is likelier than the other box."""
    truth = boxes(2, (0, 1, *ONE), (1, 1, *TWO))
    found = candidates(2, (0, 1, *ONE, 3.0), (0, 1, *AWAY, 2.0), (1, 1, *TWO, 1.0))
    return truth, found


def test_that_froc_of_two_films_is_that_done_by_hand():
    truth, found = hand()
    given = marks(found, truth, matched(found, truth, "inside", reach=REACH), rule="inside")
    once = np.ones((1, 2))
    assert sensitivity_at(given, 0.25)(once) == [0.5]  # half a false one per film is too much
    assert sensitivity_at(given, 0.5)(once) == [1.0]
    wrong, right = froc(given)
    assert wrong.tolist() == [0.0, 0.5, 0.5]
    assert right.tolist() == [0.5, 0.5, 1.0]


def test_that_average_precision_of_two_films_is_that_done_by_hand():
    truth, found = hand()
    given = marks(found, truth, matched(found, truth, "overlap", reach=REACH), rule="overlap")
    assert average_precision(given)(np.ones((1, 2)))[0] == pytest.approx((1 + 2 / 3) / 2)


def test_that_a_second_mark_in_one_box_is_false():
    truth = boxes(1, (0, 1, *ONE))
    found = candidates(1, (0, 1, *ONE, 2.0), (0, 1, *ONE, 1.0))
    given = marks(found, truth, matched(found, truth, "inside", reach=REACH), rule="inside")
    assert given.hits.tolist() == [True, False]
    assert given.wrong.tolist() == [False, True]


def test_that_a_small_box_that_need_not_be_found_is_neither_right_nor_wrong():
    truth = boxes(1, (0, 1, *ONE), (0, 1, *TWO), sizes=[5.0, 20.0])
    found = candidates(1, (0, 1, *ONE, 2.0), (0, 1, *TWO, 1.0))
    which = matched(found, truth, "inside", reach=REACH)
    given = marks(found, truth, which, rule="inside", least=8.0)
    assert given.boxes.tolist() == [1]
    assert given.hits.tolist() == [False, True]
    assert not given.wrong.any()


def test_that_a_point_is_met_within_reach_and_counts_for_no_overlap():
    truth = boxes(1, (0, 1, 0.5, 0.5, 0.5, 0.5))
    found = candidates(1, (0, 1, 0.45, 0.45, 0.56, 0.56, 1.0), (0, 1, 0.6, 0.6, 0.7, 0.7, 0.0))
    assert matched(found, truth, "inside", reach=REACH).tolist() == [0, -1]
    sharing = matched(found, truth, "overlap", reach=REACH)
    given = marks(found, truth, sharing, rule="overlap")
    assert np.isnan(average_precision(given)(np.ones((1, 1)))[0])


def test_that_pointing_asks_each_film_once_for_every_class_that_is_there():
    truth = boxes(3, (0, 1, *ONE), (0, 2, *TWO), (1, 1, *ONE))
    found = candidates(
        3, (0, 1, *ONE, 1.0), (0, 1, *AWAY, 0.5), (0, 2, *AWAY, 1.0), (1, 1, *AWAY, 2.0)
    )
    asked = pointing(found, truth, reach=REACH)
    assert asked(np.ones((1, 3)))[0] == pytest.approx(1 / 3)
    assert asked(np.array([[2.0, 1.0, 5.0]]))[0] == pytest.approx(2 / 5)


def test_that_films_without_boxes_and_marks_leave_figures_undefined():
    truth, found = boxes(2), candidates(2)
    given = marks(found, truth, matched(found, truth, "inside", reach=REACH), rule="inside")
    for rate in RATES:
        assert np.isnan(sensitivity_at(given, rate)(np.ones((1, 2)))[0])
    assert np.isnan(average_precision(given)(np.ones((1, 2)))[0])


def test_that_the_cut_lies_below_the_last_mark_that_is_allowed():
    truth, found = hand()
    given = marks(found, truth, matched(found, truth, "inside", reach=REACH), rule="inside")
    assert cut_at(given, 0.25) == 2.5  # the false one at 2.0 would be half a film's
    assert cut_at(given, 0.5) < 1.0


def test_that_calibrated_odds_say_how_often_marks_are_right():
    rng = np.random.default_rng(0)
    odds = rng.normal(0, 2, 4000)
    hits = rng.random(4000) < 1 / (1 + np.exp(-(0.5 * odds - 1)))
    slope, offset = fit_odds(odds, hits)
    assert slope == pytest.approx(0.5, abs=0.06)
    assert offset == pytest.approx(-1, abs=0.12)


def test_that_marks_told_apart_without_an_error_leave_finite_odds():
    slope, offset = fit_odds(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([0, 0, 1, 1], bool))
    assert 0 < slope < 8
    assert np.isfinite(offset)


def test_that_boxes_of_chosen_films_keep_their_order():
    truth = boxes(3, (0, 1, *ONE), (2, 2, *TWO), (2, 1, *ONE))
    taken = truth.take(np.array([2, 0, 2]))
    assert taken.owners.tolist() == [0, 0, 1, 2, 2]
    assert taken.findings.tolist() == [2, 1, 1, 2, 1]
    assert taken.counts.tolist() == [2, 1, 2]
    assert truth.labels().tolist() == [1, 0, 1]
