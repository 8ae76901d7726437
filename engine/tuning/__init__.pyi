from .claims import (
    CHANGES as CHANGES,
    FAILURE as FAILURE,
    FOLD as FOLD,
    PARAMETERS as PARAMETERS,
    beating as beating,
    exclusive as exclusive,
    folds_of as folds_of,
)
from .cross_validation import (
    Fold as Fold,
    Source as Source,
    check_folds as check_folds,
    measure_fold as measure_fold,
    read_pool as read_pool,
)
from .plan import (
    Wishes as Wishes,
    make_plan as make_plan,
    step_multiple as step_multiple,
)
from .search import (
    Means as Means,
    crossvalidate as crossvalidate,
    prepare as prepare,
    refit_chosen as refit_chosen,
    select as select,
    tune as tune,
)
from .space import (
    Chance as Chance,
    Range as Range,
    chance_of as chance_of,
    choose_score as choose_score,
    combinations as combinations,
    default_grid as default_grid,
    identity as identity,
    log_loss as log_loss,
    read_space as read_space,
    rule_sizes as rule_sizes,
    score as score,
    summarise as summarise,
    with_changes as with_changes,
)
from .table import (
    chosen_words as chosen_words,
    make_table as make_table,
    recipe_toml as recipe_toml,
    write_files as write_files,
)
from .team import (
    TrialJob as TrialJob,
    work as work,
)
