from .alignment import (
    LIMIT as LIMIT,
    Alignment as Alignment,
    aligned as aligned,
    correlations as correlations,
    linear_cka as linear_cka,
    same_units as same_units,
)
from .asked import (
    UNTRAINED as UNTRAINED,
    compare_rows as compare_rows,
    trace_rows as trace_rows,
)
from .compared import (
    Compared as Compared,
    ComparedKind as ComparedKind,
    NetworkComparison as NetworkComparison,
    compare_films as compare_films,
    compare_models as compare_models,
    compare_prepared as compare_prepared,
    shared_out as shared_out,
)
