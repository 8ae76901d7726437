from .augmentation import (
    anchor as anchor,
    augment as augment,
    batch_mean as batch_mean,
    headroom as headroom,
    mix_up as mix_up,
    moved as moved,
    neutral as neutral,
    spare as spare,
    splice as splice,
)
from .building import (
    Material as Material,
    build as build,
)
from .card import (
    add_results as add_results,
    leakage_line as leakage_line,
    population_line as population_line,
    with_results as with_results,
    write_card as write_card,
)
from .drafting import (
    draft as draft,
)
from .film_tests import (
    add_by_row as add_by_row,
    film_test as film_test,
    fit_by_row as fit_by_row,
    typical_prefixes as typical_prefixes,
)
from .from_recipe import (
    Audience as Audience,
    Order as Order,
    Pairs as Pairs,
    carry_out as carry_out,
    read_material as read_material,
    train as train,
)
from .guarding import (
    calibration_films as calibration_films,
    drawn_films as drawn_films,
    fit_trust as fit_trust,
    guard_classes as guard_classes,
    on_typical_grid as on_typical_grid,
    refusal_rates as refusal_rates,
    refused as refused,
    replaced_rows as replaced_rows,
    surprises as surprises,
    train_forecaster as train_forecaster,
    train_guard as train_guard,
    wrongness as wrongness,
)
from .look import (
    Look as Look,
)
from .loop import (
    run_epochs as run_epochs,
)
from .map_audit import (
    BY_ROW_WORDS as BY_ROW_WORDS,
    audit as audit,
)
from .overlap import (
    Chosen as Chosen,
    Overlap as Overlap,
    choose_films as choose_films,
    films_for as films_for,
    note_films as note_films,
    overlaps as overlaps,
    read_seen as read_seen,
    seen_of as seen_of,
    write_seen as write_seen,
)
from .pictures import (
    Curves as Curves,
    changed_films as changed_films,
    draw_augmentations as draw_augmentations,
)
from .preflight import (
    check_classes as check_classes,
    check_place as check_place,
    only_training as only_training,
    state_of as state_of,
    summary as summary,
)
from .results import (
    film_essentials as film_essentials,
    film_influences as film_influences,
    mean_film_results as mean_film_results,
    measured_words as measured_words,
    nuisance_words as nuisance_words,
    performance_words as performance_words,
    pointing_hits as pointing_hits,
    pointing_words as pointing_words,
    results_of as results_of,
)
from .rewriting import (
    rewrite as rewrite,
)
from .run import (
    DeviceChoice as DeviceChoice,
    Run as Run,
    choose_precision as choose_precision,
    has_bfloat16 as has_bfloat16,
    memory_kept as memory_kept,
    start_run as start_run,
)
from .schedule import (
    Epoch as Epoch,
    Listener as Listener,
    Moment as Moment,
    Plateau as Plateau,
    drawing_seed as drawing_seed,
    epoch_batches as epoch_batches,
    learning_rate as learning_rate,
)
from .seeds import (
    Seeded as Seeded,
    SeedTable as SeedTable,
    train_seeds as train_seeds,
)
from .statistics import (
    calibrate as calibrate,
    class_mean_films as class_mean_films,
    epoch_refusal as epoch_refusal,
    even_mean_film as even_mean_film,
    influence_scale as influence_scale,
    mean_film as mean_film,
    refuse_untold as refuse_untold,
    row_statistics as row_statistics,
)
from .trust_bundle import (
    add_trust as add_trust,
    coverage_words as coverage_words,
    set_admission as set_admission,
    test_results as test_results,
    validation_results as validation_results,
)
from .wrong_films import (
    KINDS as KINDS,
    make_wrong as make_wrong,
)
