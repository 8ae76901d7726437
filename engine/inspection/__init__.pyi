from .alignment import (
    Alignment as Alignment,
    aligned as aligned,
    correlations as correlations,
    linear_cka as linear_cka,
    same_units as same_units,
)
from .asked import (
    trace_rows as trace_rows,
)
from .compared import (
    LIMIT as LIMIT,
    UNTRAINED as UNTRAINED,
    Compared as Compared,
    NetworkComparison as NetworkComparison,
    compare_films as compare_films,
    compare_models as compare_models,
    compare_prepared as compare_prepared,
    compare_rows as compare_rows,
    shared_out as shared_out,
)
