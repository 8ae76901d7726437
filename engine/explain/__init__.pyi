from .attribution import (
    column_influence as column_influence,
    influence as influence,
)
from .auditing import (
    AuditedModel as AuditedModel,
    Prefixes as Prefixes,
    Sample as Sample,
    audit as audit,
    peaks_inside as peaks_inside,
    pointing as pointing,
    prefix_answers as prefix_answers,
    row_calibration as row_calibration,
    shares as shares,
)
from .baselines import (
    ANYWHERE as ANYWHERE,
    BLUR as BLUR,
    DECIDED as DECIDED,
    Baseline as Baseline,
    BaselineLike as BaselineLike,
    answered as answered,
    blank as blank,
    blurred as blurred,
    decided_class as decided_class,
    decided_words as decided_words,
    midway as midway,
    resolve as resolve,
)
from .curves import (
    Essentials as Essentials,
    answers as answers,
    cascade as cascade,
    deletion_areas as deletion_areas,
    edge_strengths as edge_strengths,
    essentials as essentials,
    explained as explained,
    first_largest as first_largest,
    first_smallest as first_smallest,
    influences as influences,
    map_similarity as map_similarity,
    mean as mean,
    random_places as random_places,
    rank_correlation as rank_correlation,
    ratio as ratio,
    untrained as untrained,
)
from .games import (
    Game as Game,
)
from .gradients import (
    complete_row_influence as complete_row_influence,
    integrated_gradients as integrated_gradients,
    row_influence as row_influence,
)
from .grid_audit import (
    cells_audit as cells_audit,
    cells_pointing as cells_pointing,
)
from .grids import (
    cell_bounds as cell_bounds,
    cell_sums as cell_sums,
    grid_influence as grid_influence,
    pointed_at as pointed_at,
)
from .starts import (
    midway_deletion as midway_deletion,
)
