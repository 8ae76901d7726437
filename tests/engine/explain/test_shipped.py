"""The maps of the models that come with the program: audited, with these weights, and passing."""

import pytest

from engine.bundle import LEAST_FACTOR, MOST_CORRELATION, influence_passes, read_audit
from engine.explain import answers, essentials
from engine.phantoms import DatasetPlan, write_dataset
from engine.resources import resource_path
from engine.training import films_for
from engine.weights import load_bundle

FOLDERS = sorted(path.parent for path in resource_path("models").glob("*/metadata.json"))
TELLERS = {"body-part"}  # says what an image shows; its map fails, and is labelled so
DRAWERS = {"phantom-opacity-mask", "lung-fields", "phantom-opacities"}  # labelled as audits say
READERS = [folder for folder in FOLDERS if folder.name not in TELLERS | DRAWERS]
SLACK = 0.03  # of an area, beside the interval of a few phantoms


@pytest.fixture(params=READERS, ids=lambda folder: folder.name)
def audit(request):
    """The audit of a shipped bundle, which must be there and of its weights."""
    found = read_audit(request.param)
    assert found is not None, f"{request.param.name} has no audit of its weights"
    return found


def test_that_a_shipped_map_beats_random_deletion_by_the_factor(audit):
    assert audit.deletion.over_random.value >= LEAST_FACTOR


def test_that_a_shipped_map_changes_with_the_weights(audit):
    assert abs(audit.randomised.value) <= MOST_CORRELATION


def test_that_a_shipped_audit_has_enough_films_and_a_passing_map(audit):
    assert audit.deletion.map.films >= 100
    assert influence_passes(audit)


def test_that_the_map_of_an_admission_check_is_audited_and_called_what_it_is():
    for name in TELLERS:
        found = read_audit(resource_path("models") / name)
        assert found is not None, f"{name} has no audit of its weights"
        passes = found.deletion.over_random.value >= LEAST_FACTOR
        assert influence_passes(found) == passes


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Deletion and weight randomisation of `phantom-opacity` on phantoms it has never seen."""
    folder = tmp_path_factory.mktemp("phantoms")
    list(write_dataset(folder, DatasetPlan(24, 128, seed=700_000, by_class=True)))
    bundle = load_bundle("phantom-opacity")
    rows = films_for(bundle.info, folder, split="all").rows
    return essentials(
        bundle.network,
        rows,
        baseline=bundle.statistics.mean_image,
        targets=answers(bundle.network, rows),
        method=bundle.info.influence,
    )


def test_that_new_phantoms_confirm_the_stored_areas(measured):
    stored = read_audit(resource_path("models") / "phantom-opacity")
    assert stored is not None
    for own, told in (
        (measured.deletion, stored.deletion.map),
        (measured.random, stored.deletion.random),
    ):
        assert own.low - SLACK <= told.value <= own.high + SLACK


def test_that_new_phantoms_confirm_the_factor(measured):
    assert measured.over_random.high >= LEAST_FACTOR
    assert measured.over_random.value >= 0.8 * LEAST_FACTOR


def test_that_new_phantoms_confirm_that_weights_matter(measured):
    assert measured.untrained.value <= MOST_CORRELATION
