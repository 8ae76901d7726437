import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.recipe import Augmentation
from engine.training import augment, changed_films, draw_augmentations
from tests.engine.training_parts import FILMS, RECIPE


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def ramps(count=64, size=33):
    """Films whose value is the place down the film."""
    return torch.linspace(0, 1, size)[None, :, None].expand(count, size, size).clone()


def test_that_a_crop_keeps_at_least_what_the_recipe_says():
    cropped = augment(ramps(), Augmentation(crop=0.3), seeded())
    kept = cropped[:, -1, 16] - cropped[:, 0, 16]
    assert 0.68 < kept.min() < 0.8
    assert kept.max() > 0.95


def test_that_a_crop_lies_within_the_film():
    cropped = augment(ramps(), Augmentation(crop=0.5), seeded())
    step = cropped[:, 1:, 16] - cropped[:, :-1, 16]
    torch.testing.assert_close(
        step, step.mean(dim=1, keepdim=True).expand_as(step), atol=0.01, rtol=0
    )


def test_that_crops_lie_anywhere():
    cropped = augment(ramps(256), Augmentation(crop=0.5), seeded())
    middles = cropped[:, 16, 16]
    assert middles.min() < 0.35
    assert middles.max() > 0.65
    assert abs(float(middles.mean()) - 0.5) < 0.03


def test_that_a_crop_of_a_turned_film_is_a_crop_and_a_turn():
    disc = torch.zeros(32, 41, 41)
    disc[:, 20, 20] = 1.0
    moved = augment(disc, Augmentation(crop=0.2, rotate=90.0), seeded())
    assert moved.amax(dim=(1, 2)).min() > 0.2  # the middle lies in every crop of a fifth


def test_that_every_change_of_a_recipe_has_a_line():
    titles = [line.title.split(" ")[0] for line in changed_films(FILMS, RECIPE, count=4)]
    assert titles[0] == "as"
    assert set(titles[1:-2]) == {"shift", "noise", "mixup", "anchor", "splice"}
    assert titles[-2:] == ["all", "all"]


def test_that_the_first_line_is_the_films_themselves():
    first = next(changed_films(FILMS, RECIPE, count=4))
    np.testing.assert_array_equal(first.rows, FILMS.rows[:4].astype(np.float32))
    np.testing.assert_array_equal(first.targets, np.eye(2)[[0, 1, 0, 1]])


def test_that_rare_changes_are_shown_on_every_film():
    lines = {line.title.split(" ")[0]: line for line in changed_films(FILMS, RECIPE, count=4)}
    changed = np.abs(lines["anchor"].rows - FILMS.rows[:4]).max(axis=(1, 2))
    assert (changed > 0).all()


def test_that_the_picture_is_written(tmp_path):
    draw_augmentations(FILMS, RECIPE, tmp_path / "films.png", count=3)
    assert (tmp_path / "films.png").read_bytes().startswith(b"\x89PNG")


def test_that_a_format_that_nobody_writes_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"films\.xyz cannot be written"):
        draw_augmentations(FILMS, RECIPE, tmp_path / "films.xyz", count=3)


def rectangles(aspects, size=64):
    """Squares on films of some shapes that were drawn out to squares: narrow on wide films."""
    films = torch.zeros(len(aspects), size, size)
    for film, aspect in zip(films, aspects, strict=True):
        half = round(0.25 * size / float(aspect))
        film[size // 4 : 3 * size // 4, size // 2 - half : size // 2 + half] = 1
    return films


def shapes_of(films):
    """Width over height of what is bright."""
    across, down = (films.amax(dim=axis) > 0.5 for axis in (1, 2))
    return across.sum(dim=1) / down.sum(dim=1)


def test_that_films_of_all_shapes_are_redrawn_to_one():
    own = torch.tensor([1.0, 1.25, 1.6, 2.0])
    plan = Augmentation(aspect=(1.4, 1.4))
    moved = augment(rectangles(own), plan, seeded(), aspects=own)
    assert shapes_of(rectangles(own)).std() > 0.2
    torch.testing.assert_close(shapes_of(moved), torch.full((4,), 1 / 1.4), atol=0.06, rtol=0)


def test_that_redrawn_shapes_are_even_whatever_a_film_had():
    wide, narrow = torch.full((256,), 1.9), torch.full((256,), 1.1)
    plan = Augmentation(aspect=(1.0, 2.0))
    ones = [
        shapes_of(augment(rectangles(own, 160), plan, seeded(seed), aspects=own)).log()
        for seed, own in enumerate((wide, narrow))
    ]
    assert abs(ones[0].mean() - ones[1].mean()) < 0.05
    assert abs(ones[0].std() - ones[1].std()) < 0.03
    assert ones[0].std() > 0.15


def test_that_a_film_of_unknown_shape_keeps_it():
    films = rectangles([1.5])
    unknown, plan = torch.tensor([np.nan]), Augmentation(aspect=(1.0, 1.0))
    moved = augment(films, plan, seeded(), aspects=unknown)
    torch.testing.assert_close(moved, films)
