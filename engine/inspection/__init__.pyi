from .ablation import (
    RANDOM as RANDOM,
    STRONGEST as STRONGEST,
    ablated as ablated,
    facts_of as facts_of,
    held_values as held_values,
    read_without as read_without,
    weights_onto as weights_onto,
    without as without,
)
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
    as_listed as as_listed,
    compare_rows as compare_rows,
    explain_class as explain_class,
    grid_influence as grid_influence,
    reread_other as reread_other,
    switch_off as switch_off,
    trace_rows as trace_rows,
    unit_facts as unit_facts,
)
from .compared import (
    Compared as Compared,
    ComparedKind as ComparedKind,
    NetworkComparison as NetworkComparison,
    compare_films as compare_films,
    compare_models as compare_models,
    compare_prepared as compare_prepared,
    reread_beside as reread_beside,
    shared_out as shared_out,
)
from .dissection import (
    GATE_ORDER as GATE_ORDER,
    Anatomy as Anatomy,
    Axis as Axis,
    Block as Block,
    WeightTensor as WeightTensor,
    read_anatomy as read_anatomy,
)
from .edits import (
    FILLS as FILLS,
    Edit as Edit,
    EditLike as EditLike,
    FillKind as FillKind,
    Surroundings as Surroundings,
    applied as applied,
    parsed as parsed,
)
from .gating import (
    SENSES as SENSES,
    GateSense as GateSense,
    MemoryTerms as MemoryTerms,
    Updates as Updates,
)
from .learning import (
    LearningCurves as LearningCurves,
    learning_curves as learning_curves,
)
from .questions import (
    ablate as ablate,
    model_without as model_without,
    unit_weights as unit_weights,
    whatif as whatif,
    whatif_directions as whatif_directions,
    whatif_fillings as whatif_fillings,
    whatif_influence as whatif_influence,
)
from .remembering import (
    FORGOTTEN as FORGOTTEN,
    Carried as Carried,
    Forgetting as Forgetting,
    ReplacedRows as ReplacedRows,
    forget as forget,
    remember as remember,
    replace_above as replace_above,
)
from .rereading import (
    DIRECTIONS as DIRECTIONS,
    DRAWS as DRAWS,
    Direction as Direction,
    DirectionAnswer as DirectionAnswer,
    Filling as Filling,
    Reread as Reread,
    changed_sequence as changed_sequence,
    columns_again as columns_again,
    direction_rows as direction_rows,
    fillings as fillings,
    influence_again as influence_again,
    read_directions as read_directions,
    reread as reread,
    turned as turned,
    with_films as with_films,
)
from .slopes import (
    state_slopes as state_slopes,
)
from .spectra import (
    MatrixName as MatrixName,
    WeightMap as WeightMap,
    named_matrices as named_matrices,
    weight_map as weight_map,
    weight_maps as weight_maps,
)
from .units import (
    Ablation as Ablation,
    ClassAnswer as ClassAnswer,
    Held as Held,
    UnitFacts as UnitFacts,
    UnitGroup as UnitGroup,
    UnitWeights as UnitWeights,
    Wire as Wire,
)
