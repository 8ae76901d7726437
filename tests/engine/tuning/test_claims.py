"""Who tries what: claimed once, kept when finished, given out again when its process died."""

import subprocess
import sys
from contextlib import suppress

import pytest
import torch
from optuna.trial import TrialState

from engine.errors import DataError, DeviceError
from engine.tuning import CHANGES, FAILURE, Fold, beating, folds_of, identity, team, work
from tests.engine.tuning_parts import at_work, draw_films, job_of, plan_of


@pytest.fixture(autouse=True)
def measured(monkeypatch):
    """Trainings that take no time; every fold that was asked for."""
    asked = []

    def measure(films, held, recipe, *, kind, device):
        asked.append((recipe.network.cell, recipe.network.hidden_size))
        if len(asked) in measure.stops:
            raise KeyboardInterrupt
        return Fold(0.5 + recipe.network.hidden_size / 100, 0.6, 1.0)

    measure.stops = set()
    asked_and_stops = (asked, measure.stops)
    monkeypatch.setattr(team, "measure_fold", measure)
    return asked_and_stops


def claimed_by(claims):
    while (trial := claims.claim()) is not None:
        yield trial


def changes(trials):
    return sorted(identity(one.user_attrs[CHANGES]) for one in trials)


def test_that_two_processes_never_claim_the_same(tmp_path):
    job = job_of(tmp_path, plan_of())
    with at_work(job) as first, at_work(job) as second:
        mine = [first.claim(), second.claim(), first.claim(), second.claim()]
        assert first.claim() is None
    assert len(set(changes(mine))) == 4


def test_that_what_is_finished_is_not_tried_again(tmp_path, measured):
    job = job_of(tmp_path, plan_of())
    for _ in range(2):
        with at_work(job) as claims:
            work(job, claims)
    assert len(measured[0]) == 4 * 3


def test_that_the_trial_of_a_living_process_is_left_alone(tmp_path):
    job = job_of(tmp_path, plan_of(trials=1))
    with at_work(job) as first, at_work(job) as second:
        assert first.claim() is not None
        assert second.claim() is None
        assert not second.is_finished()


def test_that_the_trial_of_a_process_that_left_is_given_out_again(tmp_path):
    job = job_of(tmp_path, plan_of(trials=1))
    with at_work(job) as first:
        left = first.claim()
    with at_work(job) as second:
        assert changes([second.claim()]) == changes([left])


def test_that_an_interrupted_trial_keeps_its_finished_folds(tmp_path, measured):
    job = job_of(tmp_path, plan_of(trials=1))
    measured[1].add(2)
    with pytest.raises(KeyboardInterrupt), at_work(job) as claims:
        work(job, claims)
    with at_work(job) as claims:
        work(job, claims)
        (trial,) = claims.trials()
    assert len(measured[0]) == 2 + 2  # the second fold twice
    assert [number for number, _ in folds_of(trial)] == [1, 2, 3]


def test_that_interruptions_are_no_reason_to_give_up(tmp_path, measured):
    job = job_of(tmp_path, plan_of(trials=1))
    measured[1].update(range(1, 6))
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt), at_work(job) as claims:
            work(job, claims)
    with at_work(job) as claims:
        work(job, claims)
        assert [one.state for one in claims.trials()] == [TrialState.COMPLETE]


def test_that_a_combination_that_kills_its_processes_is_given_up(tmp_path):
    job = job_of(tmp_path, plan_of(trials=1))
    for _ in range(3):
        with at_work(job) as claims:
            claims.claim()
    with at_work(job) as claims:
        assert claims.claim() is None
        (trial,) = claims.trials()
    assert "3 processes ended" in trial.user_attrs[FAILURE]


def test_that_a_process_that_slept_does_not_write_over_the_one_that_took_over(tmp_path):
    job = job_of(tmp_path, plan_of(trials=1))
    with at_work(job) as sleeper:
        asleep = sleeper.claim()
    with at_work(job) as other:
        work(job, other)
        sleeper.claim = iter([asleep, None]).__next__
        work(job, sleeper)
        assert [one.value for one in other.trials()] == [pytest.approx(0.5 + 0.03, abs=0.03)]


def test_that_a_raised_cap_goes_on_with_the_same_journal(tmp_path, measured):
    for trials in (1, 3):
        job = job_of(tmp_path, plan_of(trials=trials))
        with at_work(job) as claims:
            work(job, claims)
    assert len(measured[0]) == 3 * 3


def test_that_what_cannot_be_trained_is_written_down_once(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise DataError("The training went astray.", "data")

    monkeypatch.setattr(team, "measure_fold", refuse)
    job = job_of(tmp_path, plan_of(trials=1))
    for _ in range(2):
        with at_work(job) as claims:
            work(job, claims)
            trials = claims.trials()
    assert [one.user_attrs[FAILURE] for one in trials] == ["The training went astray."]


def test_that_too_little_memory_is_written_down_and_the_rest_goes_on(tmp_path, monkeypatch):
    errors = iter([MemoryError, torch.OutOfMemoryError])

    def measure(*_, **__):
        raise next(errors, KeyboardInterrupt)

    monkeypatch.setattr(team, "measure_fold", measure)
    job = job_of(tmp_path, plan_of())
    with pytest.raises(KeyboardInterrupt), at_work(job) as claims:
        work(job, claims)
    failures = [one.user_attrs[FAILURE] for one in claims.trials() if FAILURE in one.user_attrs]
    assert len(failures) == 2
    assert "does not fit into the memory" in failures[0]


def test_that_a_missing_device_is_not_held_against_a_combination(tmp_path, monkeypatch):
    def measure(*_, **__):
        raise DeviceError("There is no CUDA device here.", "device")

    monkeypatch.setattr(team, "measure_fold", measure)
    job = job_of(tmp_path, plan_of(trials=1))
    with pytest.raises(DeviceError), at_work(job) as claims:
        work(job, claims)
    with at_work(job) as claims:
        assert claims.claim() is not None


def test_that_a_search_ends_when_enough_is_tried(tmp_path, measured):
    job = job_of(tmp_path, plan_of(search=["network.hidden_size=2..60"], trials=4))
    with at_work(job) as claims:
        work(job, claims)
        assert len(set(changes(claims.trials()))) == 4


def test_that_a_search_that_was_interrupted_goes_on_as_it_would_have(tmp_path):
    plan = plan_of(search=["network.hidden_size=2..60"], trials=5)
    tried = []
    for name, stops in (("whole", [99]), ("parts", [6, 99])):  # 3 calls for each trial
        job = job_of(tmp_path / name, plan)
        for stop in stops:
            calls = []

            def end(stop=stop, calls=calls):
                calls.append(None)
                if len(calls) == stop:
                    raise KeyboardInterrupt

            with at_work(job) as claims, suppress(KeyboardInterrupt):
                work(job, claims, after_fold=end)
            done = changes(claims.trials())
        tried.append(done)
    assert tried[0] == tried[1]


def test_that_a_search_of_few_values_ends_without_repeating_any(tmp_path):
    job = job_of(tmp_path, plan_of("network.cell=gru,rnn", search=["network.layers=1..2"]))
    with at_work(job) as claims:
        work(job, claims)
        tried = changes(claims.trials())
    assert len(tried) == len(set(tried)) <= 4


def test_that_pruned_combinations_are_told_from_finished_ones(tmp_path, monkeypatch):
    scores = iter([0.9, 0.9, 0.9] * 5 + [0.1])
    monkeypatch.setattr(team, "measure_fold", lambda *_, **__: Fold(next(scores), 0.5, 1.0))
    job = job_of(tmp_path, plan_of("network.hidden_size=1,2,3,4,5,6", prune=True))
    with at_work(job) as claims:
        work(job, claims)
        states = [one.state for one in claims.trials()]
    assert states == [TrialState.COMPLETE] * 5 + [TrialState.PRUNED]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (plan_of("network.cell=gru,lstm"), "with other values to try"),
        (plan_of(folds=2), "with other folds"),
    ],
)
def test_that_the_journal_of_another_tuning_is_refused(tmp_path, other, words):
    with at_work(job_of(tmp_path, plan_of())):
        pass
    with pytest.raises(DataError, match=words), at_work(job_of(tmp_path, other)):
        pass


@pytest.mark.parametrize("films", [draw_films(30), draw_films(seed=1)])
def test_that_the_journal_of_other_films_is_refused(tmp_path, films):
    with at_work(job_of(tmp_path, plan_of())):
        pass
    job = job_of(tmp_path, plan_of(), films)
    with pytest.raises(DataError, match="of other films"), at_work(job):
        pass


def test_that_a_line_that_a_crash_cut_off_is_mended(tmp_path):
    job = job_of(tmp_path, plan_of(trials=1))
    with at_work(job) as claims:
        work(job, claims)
    with (tmp_path / "journal.log").open("a") as stream:
        stream.write('{"op_code":4,"wor')
    with at_work(job) as claims:
        assert len(claims.trials()) == 1
        assert claims.claim() is None


def test_that_a_damaged_journal_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "journal.log").write_text("no journal\nat all\n")
    with (
        pytest.raises(DataError, match=r"journal\.log is damaged"),
        at_work(job_of(tmp_path, plan_of())),
    ):
        pass


def test_that_a_process_that_was_killed_is_dead_at_once(tmp_path):
    code = (
        "import sys, time, pathlib; from engine.tuning.claims import beating\n"
        "with beating(pathlib.Path(sys.argv[1])) as one:\n"
        "    print(one.name, flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    with beating(tmp_path) as here, subprocess.Popen(words, stdout=subprocess.PIPE) as there:
        name = there.stdout.readline().decode().strip()
        assert here.is_alive(name)
        there.kill()
        there.wait()
        assert (tmp_path / "workers" / name).exists()
        assert not here.is_alive(name)


def test_that_a_process_that_works_is_alive_until_it_leaves(tmp_path):
    with beating(tmp_path) as here, beating(tmp_path) as other:
        assert here.is_alive(other.name)
        assert here.is_alive(here.name)
    assert not here.is_alive(other.name)


def test_that_those_who_try_combinations_are_counted_and_those_who_watch_are_not(tmp_path):
    job = job_of(tmp_path, plan_of())
    with at_work(job) as first, at_work(job) as second, beating(tmp_path, works=False) as third:
        watching = job.claims(third)
        assert (first.working(), watching.working()) == (1, 0)
        second.claim()
        assert (first.working(), watching.working()) == (2, 1)
