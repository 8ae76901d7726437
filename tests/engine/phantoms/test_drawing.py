"""The drawing: physics that can be checked by hand, truth, determinism, one patient per seed."""

from dataclasses import replace

import numpy as np
import pytest

from engine.phantoms import (
    AIR,
    BONE,
    LUNG,
    SHARE,
    SOFT,
    Grid,
    PhantomSpec,
    Shadow,
    Tube,
    clouds,
    develop,
    draw_opacity,
    draw_patient,
    draw_phantom,
    expose,
    extent,
    line_integrals,
    lowpass,
    opacity_path,
    transmission,
)

SMALL = PhantomSpec(seed=11, rows=128, columns=128, opacity=True)


def test_that_a_slab_lets_through_what_beer_and_lambert_say():
    slab = np.full((4, 4), SOFT * 10 + BONE * 1, np.float32)
    assert transmission(slab) == pytest.approx(np.exp(-(0.2048 * 1.06 * 10 + 0.3148 * 1.92)))


def test_that_two_slabs_attenuate_as_the_product_of_each():
    one, other = np.float32([[SOFT * 3]]), np.float32([[LUNG * 12]])
    both = transmission(one + other)
    assert both == pytest.approx(transmission(one) * transmission(other), rel=1e-6)


def test_that_tissues_are_ordered_as_on_every_film():
    assert AIR < LUNG < SOFT < BONE


def test_that_an_exposure_without_scatter_counts_what_passes():
    grid = Grid(64, 64)
    black = np.full((64, 64), 12.0, np.float32)  # e⁻¹² passes: what is counted is scatter only
    clear = np.zeros((64, 64), np.float32)
    rng = np.random.default_rng(0)
    scattered = expose(clear, rng, grid, 1.0).mean() - 1.0
    assert 0 < scattered < 0.2
    assert expose(black, rng, grid, 1.0).mean() < 1e-4


def test_that_noise_falls_with_the_square_root_of_the_dose():
    grid = Grid(256, 256)
    slab = np.full((256, 256), 3.0, np.float32)
    rng = np.random.default_rng(0)
    low, high = (expose(slab, rng, grid, dose) for dose in (1.0, 4.0))
    assert low.std() / low.mean() == pytest.approx(2 * high.std() / high.mean(), rel=0.05)


def test_that_more_tissue_is_stored_brighter():
    grid = Grid(64, 64)
    wedge = np.repeat(np.linspace(1.5, 5, 64, dtype=np.float32)[None], 64, axis=0)
    stored = develop(np.exp(-wedge), grid, 1.0).astype(int)
    assert np.all(np.diff(stored.mean(axis=0)) > 0)


def test_that_a_tube_keeps_its_mass_at_every_resolution():
    tube = Tube(np.array([[-5.0, 3, 0], [6, 4, 0]]), np.array([0.5, 0.5]))
    volume = np.pi * 0.5**2 * np.hypot(11, 1)
    for size in (64, 256, 1000):
        shadow = Shadow(Grid(size, size))
        shadow.lay_tube(tube)
        mass = shadow.paths().sum() * Grid(size, size).pitch ** 2
        assert mass == pytest.approx(volume, rel=0.005)


def test_that_the_middle_of_a_tube_is_as_thick_as_its_diameter():
    shadow = Shadow(Grid(1000, 1000))
    shadow.lay_tube(Tube(np.array([[-5.0, 0, 0], [5, 0, 0]]), np.array([1.0, 1.0])))
    assert shadow.paths()[500, 500] == pytest.approx(2.0, rel=0.03)


def test_that_a_blur_leaves_an_even_field_as_it_is():
    grid = Grid(70, 50)
    assert lowpass(np.full((70, 50), 3, np.float32), grid, 2.0) == pytest.approx(3)


def test_that_clouds_are_the_same_on_coarse_and_fine_grids():
    coarse, fine = (
        clouds(np.random.default_rng(3), Grid(size, size), largest_cm=6, octaves=2)
        for size in (100, 300)
    )
    assert fine[1::3, 1::3] == pytest.approx(coarse, abs=1e-4)


def test_that_one_spec_gives_one_film():
    first, second = draw_phantom(SMALL), draw_phantom(SMALL)
    assert np.array_equal(first.values, second.values)
    assert first.opacity_rows == second.opacity_rows


def test_that_two_seeds_give_two_patients():
    other = draw_phantom(replace(SMALL, seed=12))
    assert other.patient != draw_phantom(SMALL).patient


def test_that_one_seed_is_one_patient_at_every_resolution():
    small = draw_phantom(SMALL)
    large = draw_phantom(replace(SMALL, rows=512, columns=512))
    means = large.values.reshape(128, 4, 128, 4).mean(axis=(1, 3))
    assert np.corrcoef(means.ravel(), small.values.ravel())[0, 1] > 0.99
    assert np.array(large.opacity_rows) / 4 == pytest.approx(small.opacity_rows, abs=3)


def test_that_stored_values_use_twelve_bits():
    values = draw_phantom(SMALL).values
    assert values.dtype == np.uint16
    assert values.max() <= 4095
    assert np.ptp(np.percentile(values, [2, 98])) > 3000


def test_that_lungs_are_darker_than_the_abdomen_and_air_is_darkest():
    values = draw_phantom(PhantomSpec(seed=2, rows=256, columns=256)).values
    air, abdomen = values[2:20, 2:20].mean(), values[230:250, 90:120].mean()
    lung = np.percentile(values[110:140, 60:95], 50)
    assert air < lung < abdomen


def test_that_no_opacity_has_no_rows():
    phantom = draw_phantom(replace(SMALL, opacity=False))
    assert (phantom.opacity_rows, phantom.opacity_columns) == (None, None)


@pytest.mark.parametrize("seed", range(5))
def test_that_the_truth_holds_the_opacity(seed):
    """The film with the opacity and the same film without it differ most where it says."""
    spec = PhantomSpec(seed=seed, rows=128, columns=128, opacity=True)
    present, absent = draw_phantom(spec), draw_phantom(replace(spec, opacity=False))
    (top, bottom), (left, right) = present.opacity_rows, present.opacity_columns
    change = present.values.astype(float) - absent.values
    inside = change[top:bottom, left:right]
    assert inside.mean() > 100
    assert change[top:bottom].max() == change.max()


def test_that_the_truth_is_where_the_excess_passes_its_share_of_the_peak():
    excess = np.zeros((40, 30), np.float32)
    excess[10:20, 5:9] = 1.0
    excess[5:10, 5:9] = SHARE * 0.9
    assert extent(excess) == ((10, 20), (5, 9))


def test_that_an_opacity_only_fills_lung():
    rng = np.random.default_rng(4)
    patient, grid = draw_patient(rng), Grid(128, 128)
    x, y = patient.to_patient(grid)
    texture = np.random.default_rng(5)
    _, lung = line_integrals(patient, rng, texture, grid=grid, x=x, y=y)
    opacity = draw_opacity(patient, rng, 1.0)
    filled = opacity_path(opacity, rng, grid, x=x, y=y, lung=lung)
    assert np.all(filled <= 0.8 * lung + 1e-6)
    assert filled.max() > 1


def test_that_a_film_need_not_be_square():
    phantom = draw_phantom(PhantomSpec(seed=1, rows=96, columns=64))
    assert phantom.values.shape == (96, 64)


def test_that_a_film_too_small_to_draw_is_refused():
    with pytest.raises(ValueError, match="16 rows"):
        draw_phantom(PhantomSpec(seed=1, rows=8, columns=64))
