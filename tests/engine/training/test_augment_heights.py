"""Random changes to films of different heights: to the film alone, never to its padding."""

import numpy as np
import pytest
import torch

from engine.films import fitted, inside
from engine.recipe import Augmentation
from engine.tasks import undecided
from engine.training import anchor, augment, mix_up, splice

MOVES = Augmentation(shift=0.2, rotate=20.0, scale=0.2, stretch=0.2, flip=0.5)
ALL = Augmentation(0.1, 10.0, 0.1, 0.1, 0.5, gamma=0.5, contrast=0.2, brightness=0.1, noise=0.05)
HEIGHTS = torch.tensor([6, 12, 9, 12])


def seeded():
    return torch.Generator().manual_seed(3)


@pytest.fixture
def padded():
    rows = torch.rand(4, 12, 7, generator=seeded())
    return rows * inside(HEIGHTS, rows)[:, :, None]


def test_that_a_move_smears_no_padding_into_a_film():
    rows = torch.full((4, 12, 7), 0.7)
    rows *= inside(HEIGHTS, rows)[:, :, None]
    torch.testing.assert_close(augment(rows, MOVES, seeded(), heights=HEIGHTS), rows)


def test_that_a_film_moves_as_it_would_alone(padded):
    among = augment(padded, MOVES, seeded(), heights=HEIGHTS)
    for number, height in enumerate(HEIGHTS.tolist()):
        cut = padded[:, :height]  # the others only take their draws
        alone = augment(cut, MOVES, seeded())
        torch.testing.assert_close(among[number, :height], alone[number])


def test_that_padding_stays_zero_whatever_changes(padded):
    changed = augment(padded, ALL, seeded(), heights=HEIGHTS)
    assert not changed[~inside(HEIGHTS, changed)].any()
    assert not torch.equal(changed, padded)


def test_that_films_of_one_height_change_as_without_heights(padded):
    full = torch.full((4,), 12)
    with_heights = augment(padded, ALL, seeded(), heights=full)
    assert torch.equal(with_heights, augment(padded, ALL, seeded()))


def test_that_a_film_is_fitted_by_relative_position():
    slope = ((torch.arange(12) + 0.5) / 12)[None, :, None].expand(2, -1, 3)
    low, high = fitted(slope, torch.tensor([12, 12]), torch.tensor([4, 8]))
    torch.testing.assert_close(low[:, 0], torch.tensor([1, 3, 5, 7, 0, 0, 0, 0]) / 8)
    torch.testing.assert_close(high[:, 0], (torch.arange(8) + 0.5) / 8)


def test_that_a_film_of_the_wanted_height_is_fitted_exactly(padded):
    assert torch.equal(fitted(padded, HEIGHTS, HEIGHTS), padded)


def test_that_a_mixed_film_keeps_its_height_and_its_partner_covers_all_of_it():
    values = torch.tensor([0.2, 0.4, 0.6, 0.8])
    rows = values[:, None, None].expand(-1, 12, 7) * torch.ones(4, 12, 7)
    rows = rows * inside(HEIGHTS, rows)[:, :, None]
    targets = torch.eye(4)
    mixed, soft = mix_up(rows, targets, alpha=0.4, generator=seeded(), heights=HEIGHTS)
    for number, height in enumerate(HEIGHTS.tolist()):
        blend = float(soft[number] @ values)
        np.testing.assert_allclose(mixed[number, :height], blend, rtol=1e-5)
        assert not mixed[number, height:].any()


def test_that_a_film_fades_into_the_mean_film_of_its_height(padded):
    mean = fitted(torch.ones(4, 5, 7), torch.full((4,), 5), HEIGHTS)
    even = undecided(None, 4)
    faded, soft = anchor(padded, torch.eye(4), mean=mean, even=even, share=1.0, generator=seeded())
    kept = (soft.diagonal() - 0.25) / 0.75
    expected = mean + kept[:, None, None] * (padded - mean)
    torch.testing.assert_close(faded, expected)
    assert not faded[~inside(HEIGHTS, faded)].any()


def test_that_the_share_of_spliced_rows_is_of_the_films_own():
    count = 64
    heights = torch.tensor([4, 12]).repeat(count // 2)
    rows = torch.zeros(count, 12, 7)
    mean = fitted(torch.ones(count, 5, 7), torch.full((count,), 5), heights)
    targets = torch.eye(2)[torch.ones(count, dtype=torch.long)]
    plan = Augmentation(splice=1.0)
    spliced, soft = splice(
        rows, targets, mean=mean, plan=plan, generator=seeded(), heights=heights
    )
    replaced = spliced[:, :, 0].sum(dim=1) / heights
    torch.testing.assert_close(soft[:, 1], 1 - replaced)
    assert 0 < replaced[heights == 4].mean() < 1
