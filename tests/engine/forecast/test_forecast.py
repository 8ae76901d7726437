import math

import numpy as np
import pytest
import torch

from engine.bundle import ForecastConfig
from engine.forecast import (
    Forecaster,
    RowForecaster,
    SurpriseTables,
    continue_film,
    percentile,
    place_surprise,
    surprise,
    surprise_of,
    tabulate,
)
from engine.training import surprises, train_forecaster
from tests.engine.tolerances import apart, distance

ROWS, COLUMNS = 10, 6


@pytest.fixture(params=["gru", "lstm"])
def forecaster(request):
    torch.manual_seed(3)
    config = ForecastConfig(ROWS, COLUMNS, cell=request.param, hidden_size=5)
    return RowForecaster(config).eval().requires_grad_(requires_grad=False)


@pytest.fixture
def films():
    return torch.rand(4, ROWS, COLUMNS, generator=torch.Generator().manual_seed(1))


def test_that_the_kernel_is_as_surprised_as_torch(forecaster, films):
    bound = apart(lambda there, at: (surprise(there, at),), forecaster, films)[0]
    ours = np.stack([Forecaster.of(forecaster).surprise(film) for film in films.numpy()])
    assert distance(ours, surprise(forecaster, films)) <= bound
    assert distance(surprise_of(forecaster, films[0].numpy()), ours[0]) <= bound


def test_that_what_is_expected_of_a_row_depends_on_the_rows_above_only(forecaster, films):
    changed = films.clone()
    changed[:, 4:] = 0.5
    for before, after in zip(forecaster(films), forecaster(changed), strict=True):
        torch.testing.assert_close(before[:, :5], after[:, :5])
        assert not torch.allclose(before[:, 5:], after[:, 5:])


def test_that_surprise_is_the_negative_log_density_per_pixel(forecaster, films):
    mean, log_variance = forecaster(films)
    density = torch.distributions.Normal(mean, torch.exp(log_variance / 2)).log_prob(films)
    torch.testing.assert_close(surprise(forecaster, films), -density.mean(dim=2))


def test_that_no_pixel_is_expected_more_sharply_than_the_floor(forecaster, films):
    with torch.no_grad():
        forecaster.head.bias.fill_(-1000.0)
    assert forecaster(films)[1].min() >= -8.0


def test_that_a_film_continued_from_its_end_is_the_film(forecaster, films):
    torch.testing.assert_close(continue_film(forecaster, films[0], ROWS)[0], films[0])


@pytest.mark.parametrize("start", [0, 1, 7])
def test_that_the_rows_above_are_kept_and_the_first_below_is_the_expected_one(
    forecaster, films, start
):
    drawn = continue_film(forecaster, films[0], start)[0]
    torch.testing.assert_close(drawn[:start], films[0, :start])
    expected = forecaster(films[:1])[0][0, start].clamp(0, 1)
    torch.testing.assert_close(drawn[start], expected)


def test_that_each_drawn_row_is_read_before_the_next(forecaster, films):
    drawn = continue_film(forecaster, films[0], 2)
    again = forecaster(drawn)[0].clamp(0, 1)
    torch.testing.assert_close(drawn[:, 2:], again[:, 2:])


def test_that_the_rows_below_are_not_looked_at(forecaster, films):
    other = films[0].clone()
    other[5:] = 0
    torch.testing.assert_close(
        continue_film(forecaster, other, 5), continue_film(forecaster, films[0], 5)
    )


def test_that_a_seed_draws_the_same_films_and_films_differ(forecaster, films):
    def draw():
        generator = torch.Generator().manual_seed(5)
        return continue_film(forecaster, films[0], 3, samples=2, generator=generator)

    first = draw()
    torch.testing.assert_close(first, draw())
    assert not torch.allclose(first[0, 3:], first[1, 3:])


@pytest.mark.parametrize("start", [-1, ROWS + 1])
def test_that_a_row_outside_the_film_is_refused(forecaster, films, start):
    with pytest.raises(ValueError, match="not within the 10 rows"):
        continue_film(forecaster, films[0], start)


@pytest.fixture
def pooling():
    """One that reads rows of 10 two at a time."""
    torch.manual_seed(4)
    config = ForecastConfig(ROWS, COLUMNS, hidden_size=5, rows_per_step=2)
    return RowForecaster(config).eval().requires_grad_(requires_grad=False)


def test_that_rows_read_together_share_the_surprise_of_their_mean(pooling, films):
    means = films.view(4, ROWS // 2, 2, COLUMNS).mean(dim=2)
    mean, log_variance = pooling(means)
    density = torch.distributions.Normal(mean, torch.exp(log_variance / 2)).log_prob(means)
    found = surprise(pooling, films)
    torch.testing.assert_close(found[:, ::2], -density.mean(dim=2))
    torch.testing.assert_close(found[:, 1::2], found[:, ::2])


def test_that_the_kernel_reads_rows_together_as_torch_does(pooling, films):
    bound = apart(lambda there, at: (surprise(there, at),), pooling, films)[0]
    ours = np.stack([Forecaster.of(pooling).surprise(film) for film in films.numpy()])
    assert distance(ours, surprise(pooling, films)) <= bound


@pytest.mark.parametrize(("start", "kept"), [(0, 0), (3, 2), (4, 4), (ROWS, ROWS)])
def test_that_rows_read_together_are_drawn_together(pooling, films, start, kept):
    drawn = continue_film(pooling, films[0], start)[0]
    torch.testing.assert_close(drawn[:kept], films[0, :kept])
    torch.testing.assert_close(drawn[kept::2], drawn[kept + 1 :: 2])
    assert kept == ROWS or not torch.allclose(drawn[kept], films[0, kept])


@pytest.mark.parametrize(
    ("value", "place"),
    [(-5.0, 0.0), (0.0, 0.0), (0.5, 12.5), (1.0, 25.0), (3.0, 62.5), (7.0, 100.0), (9.0, 100.0)],
)
def test_that_a_percentile_is_read_between_quantiles(value, place):
    table = np.array([0.0, 1.0, 3.0, 3.0, 7.0], np.float32)
    assert percentile(table, value) == pytest.approx(place)


def test_that_the_tables_are_the_quantiles_of_films_and_of_each_row():
    measured = np.random.default_rng(0).standard_normal((200, ROWS))
    tables = tabulate(measured, 5)
    np.testing.assert_allclose(
        tables.film, np.quantile(measured.mean(axis=1), [0, 0.25, 0.5, 0.75, 1]), rtol=1e-6
    )
    assert tables.rows.shape == (ROWS, 5)
    np.testing.assert_allclose(tables.rows[3, 2], np.median(measured[:, 3]), rtol=1e-6)


def test_that_a_film_is_placed_row_by_row_and_as_a_whole():
    line = np.linspace(0, 1, 11, dtype=np.float32)
    tables = SurpriseTables(film=line, rows=np.tile(line, (3, 1)))
    per_row = np.array([0.2, 0.4, 0.9], np.float32)
    found = place_surprise(tables, per_row, np.arange(4.0))
    np.testing.assert_allclose(found.percentiles, [20, 40, 90], rtol=1e-5)
    assert (found.value, found.percentile) == (pytest.approx(0.5), pytest.approx(50))


@pytest.fixture(scope="module")
def ramps():
    """Films that darken downwards from a random first row, with a little noise: (60, M, W)."""
    rng = np.random.default_rng(4)
    first = rng.uniform(0.6, 1.0, (60, 1, COLUMNS))
    down = 0.05 * np.arange(ROWS)[:, None]
    return (first - down + 0.01 * rng.standard_normal((60, ROWS, COLUMNS))).astype(np.float16)


@pytest.fixture(scope="module")
def trained(ramps):
    config = ForecastConfig(ROWS, COLUMNS, hidden_size=8)
    return train_forecaster(ramps, config, epochs=150, seed=0)


def test_that_a_trained_forecaster_is_less_surprised_by_its_kind_of_film(trained, ramps):
    turned = ramps[:, ::-1]
    assert surprises(trained, ramps).mean() < surprises(trained, turned).mean() - 1


def test_that_a_trained_forecaster_beats_the_best_constant_gaussian(trained, ramps):
    spread = ramps.astype(np.float64).std(axis=(0, 1)).mean()
    constant = 0.5 * math.log(2 * math.pi * math.e * spread**2)
    assert surprises(trained, ramps).mean() < constant


def test_that_before_the_first_row_stands_the_mean_first_row(trained, ramps):
    np.testing.assert_allclose(trained.first, ramps[:, 0].astype(float).mean(axis=0), atol=1e-4)


def test_that_training_follows_from_the_seed_and_draws_no_global_numbers(ramps):
    config = ForecastConfig(ROWS, COLUMNS, hidden_size=4)
    before = torch.get_rng_state()
    one, two, other = (train_forecaster(ramps, config, epochs=1, seed=s) for s in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(one.head.weight, two.head.weight)
    assert not torch.equal(one.head.weight, other.head.weight)
