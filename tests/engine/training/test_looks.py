"""Looks of films while a network learns them: tone, sharpness, compression, bars."""

import pytest
import torch

from engine.recipe import Augmentation
from engine.training import augment, spare

ALL = Augmentation(style=1.0, tone=1.0, window=0.2, blur=1.5, sharpen=1.5, jpeg=1.0, bars=1.0)
EACH = {
    "style": 1.0, "tone": 1.0, "window": 0.3, "blur": 2.0, "sharpen": 1.0, "jpeg": 1.0,
    "bars": 1.0,
}  # fmt: skip


def drawn(seed=0):
    return torch.Generator().manual_seed(seed)


def clouds(count=64, rows=24, columns=20):
    """Smooth films with all greys between 0.1 and 0.9."""
    down, across = torch.linspace(0, 3, rows), torch.linspace(0, 4, columns)
    phases = torch.rand(count, 1, 1, generator=drawn(9)) * 6
    waves = torch.sin(down[:, None] + phases) * torch.cos(across[None, :] - phases)
    return 0.5 + 0.4 * waves


@pytest.mark.parametrize("name", EACH)
def test_that_a_look_changes_films_and_stays_within_the_range(name):
    films = clouds()
    looked = augment(films, Augmentation(**{name: EACH[name]}), drawn())
    assert looked.shape == films.shape
    assert (looked != films).flatten(1).any(dim=1).float().mean() > 0.4
    assert looked.min() >= 0.0
    assert looked.max() <= 1.0


def test_that_a_look_follows_from_its_seed():
    assert torch.equal(augment(clouds(), ALL, drawn(3)), augment(clouds(), ALL, drawn(3)))
    assert not torch.equal(augment(clouds(), ALL, drawn(3)), augment(clouds(), ALL, drawn(4)))


def test_that_the_rows_of_a_film_keep_their_padding():
    films, heights = clouds(), torch.tensor([24, 16] * 32)
    films[1::2, 16:] = 0
    looked = augment(films, ALL, drawn(), heights=heights)
    assert not looked[1::2, 16:].any()
    assert looked[1::2, :16].any()


def test_that_tone_keeps_the_order_of_greys():
    film = torch.rand(8, 16, 16, generator=drawn(1))
    toned = augment(film, Augmentation(tone=1.0), drawn()).flatten(1)
    order = film.flatten(1).argsort(dim=1)
    assert (toned.gather(1, order).diff(dim=1) >= -1e-6).all()


def test_that_tone_spreads_the_noise_of_a_flat_background_at_most_fourfold():
    film = torch.zeros(64, 32, 32)
    film[:, :24] = 0.004 * torch.rand(64, 24, 32, generator=drawn(1))
    film[:, 24:] = torch.linspace(0, 1, 32)
    toned = augment(film, Augmentation(tone=1.0), drawn())
    # the flat rows hold three quarters of the film, and ranks would spread them over as much
    assert (toned[:, :24].amax(dim=(1, 2)) - toned[:, :24].amin(dim=(1, 2))).max() < 0.1


def test_that_a_window_clips_no_more_than_was_asked_at_either_end():
    film = torch.linspace(0, 1, 1001).expand(200, 1, 1001)
    clipped = augment(film, Augmentation(window=0.2), drawn())
    for end in (clipped == 0, clipped == 1):
        share = end.float().mean(dim=(1, 2))
        assert share.max() <= 0.202
        assert share.max() > 0.15


def test_that_a_blur_takes_detail_and_leaves_the_mean():
    film = torch.zeros(32, 33, 33)
    film[:, 16, 16] = 1.0
    blurred = augment(film, Augmentation(blur=2.0), drawn())
    peaks = blurred[:, 16, 16]
    assert peaks.min() < 0.1
    assert ((peaks == 1.0).float().mean() - 0.5).abs() < 0.25  # the others would be sharpened
    torch.testing.assert_close(blurred.sum(dim=(1, 2)), torch.ones(32), atol=1e-3, rtol=0)


def test_that_sharpening_steepens_an_edge():
    film = 0.25 + 0.5 * (torch.arange(32) >= 16).float().expand(32, 32, 32)
    sharpened = augment(film, Augmentation(sharpen=1.0), drawn())
    assert sharpened[:, 16, 16].max() > 0.8
    assert sharpened[:, 16, 15].min() < 0.2


def test_that_compression_moves_greys_little_and_leaves_a_flat_film_alike():
    films = clouds(32)
    pressed = augment(films, Augmentation(jpeg=1.0), drawn())
    assert 0.001 < (pressed - films).abs().mean() < 0.1
    flat = augment(torch.full((32, 16, 16), 0.5), Augmentation(jpeg=1.0), drawn())
    assert flat.flatten(1).std(dim=1).max() < 1e-5


def test_that_bars_lie_at_the_edges_and_leave_the_middle():
    films = torch.full((200, 40, 40), 0.5)
    barred = augment(films, Augmentation(bars=1.0), drawn())
    assert (barred[:, 8:32, 8:32] == 0.5).all()
    assert (barred == 0).flatten(1).any(dim=1).float().mean() > 0.3
    assert (barred == 1).flatten(1).any(dim=1).float().mean() > 0.1


def test_that_style_keeps_a_film_where_all_of_a_batch_are_alike():
    films = clouds(1).expand(6, -1, -1)
    styled = augment(films, Augmentation(style=1.0), drawn())
    torch.testing.assert_close(styled, films, atol=1e-4, rtol=0)


def test_that_films_that_are_never_spared_are_always_changed():
    plain, greys = torch.zeros(500, 2, 2), torch.ones(500, 2, 2)
    never = torch.arange(500) < 250
    kept = spare(plain, greys, share=0.5, generator=drawn(), never=never)
    assert (kept[:250] == 1).all()
    assert 0.35 < kept[250:].mean() < 0.65
