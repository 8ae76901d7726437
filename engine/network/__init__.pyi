from .cells import (
    GRU as GRU,
    LSTM as LSTM,
    Carry as Carry,
    Cell as Cell,
    GatedCell as GatedCell,
    HeldCell as HeldCell,
    ReluRNN as ReluRNN,
    TanhRNN as TanhRNN,
    running_state as running_state,
    what_remains as what_remains,
)
from .classifier import (
    Dropout as Dropout,
    RowClassifier as RowClassifier,
    row_trace as row_trace,
)
from .grid import (
    GridNetwork as GridNetwork,
)
from .grid_options import (
    GridOptions as GridOptions,
    grid_cost as grid_cost,
)
from .horizon import (
    fresh_horizons as fresh_horizons,
    measure_horizon as measure_horizon,
)
from .network import (
    Output as Output,
    RowNetwork as RowNetwork,
    Trace as Trace,
    behind_end as behind_end,
    build_network as build_network,
    built as built,
    describe_network as describe_network,
    filled as filled,
    log_odds as log_odds,
    steps_per_film as steps_per_film,
    zero_behind as zero_behind,
)
from .readouts import (
    Readout as Readout,
)
from .stems import (
    StemBlock as StemBlock,
)
