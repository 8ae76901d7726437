from .asked import (
    trace_rows as trace_rows,
)
from .dissection import (
    GATE_ORDER as GATE_ORDER,
    Anatomy as Anatomy,
    Axis as Axis,
    Block as Block,
    WeightTensor as WeightTensor,
    read_anatomy as read_anatomy,
)
from .learning import (
    LearningCurves as LearningCurves,
    learning_curves as learning_curves,
)
from .spectra import (
    MatrixName as MatrixName,
    WeightMap as WeightMap,
    named_matrices as named_matrices,
    weight_map as weight_map,
    weight_maps as weight_maps,
)
