"""Greys of films while a network learns them: pressed together, or left as they were."""

import torch

from engine.training import headroom, spare


def _draws(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_that_zero_presses_nothing() -> None:
    films = torch.rand(3, 8, 8)

    assert headroom(films, largest=0.0, generator=_draws()) is films


def test_that_no_film_loses_more_than_was_asked() -> None:
    films = torch.tensor([0.0, 1.0]).expand(2000, 1, 2)

    pressed = headroom(films, largest=0.6, generator=_draws())[:, 0]
    left = pressed[:, 1] - pressed[:, 0]

    assert 0.4 <= left.min() < 0.41
    assert left.max() <= 1.0


def test_that_half_of_the_films_lose_less_than_a_quarter_of_the_most() -> None:
    films = torch.tensor([0.0, 1.0]).expand(2000, 1, 2)

    pressed = headroom(films, largest=0.6, generator=_draws())[:, 0]
    lost = 1 - (pressed[:, 1] - pressed[:, 0])

    assert abs(float((lost < 0.15).float().mean()) - 0.5) < 0.05


def test_that_values_stay_within_the_range() -> None:
    pressed = headroom(torch.rand(500, 4, 4), largest=0.9, generator=_draws())

    assert pressed.min() >= 0.0
    assert pressed.max() <= 1.0


def test_that_most_films_keep_their_darkest_value() -> None:
    pressed = headroom(torch.zeros(2000, 1, 1), largest=0.6, generator=_draws())

    assert abs(float((pressed == 0).float().mean()) - 0.7) < 0.05


def test_that_padding_stays_zero_when_a_film_is_pressed() -> None:
    films, heights = torch.ones(200, 6, 3), torch.full((200,), 4)
    films[:, 4:] = 0

    pressed = headroom(films, largest=0.9, generator=_draws(), heights=heights)

    assert not pressed[:, 4:].any()
    assert pressed[:, :4].all()


def test_that_the_asked_share_of_films_gets_its_greys_back() -> None:
    plain, changed = torch.zeros(2000, 2, 2), torch.ones(2000, 2, 2)

    kept = spare(plain, changed, share=0.3, generator=_draws())

    assert abs(float(kept.mean()) - 0.7) < 0.05
    assert (kept.flatten(1).std(dim=1) == 0).all()  # a film is taken whole


def test_that_no_film_is_spared_by_zero() -> None:
    changed = torch.ones(3, 2, 2)

    assert spare(torch.zeros(3, 2, 2), changed, share=0.0, generator=_draws()) is changed
