from .asking import (
    Asked as Asked,
    CpuNetwork as CpuNetwork,
    HeldUnits as HeldUnits,
    asked as asked,
    asked_of as asked_of,
    config_of as config_of,
    expected_weights as expected_weights,
    is_built_in as is_built_in,
    weights_of as weights_of,
)
from .export import (
    NOTICE as NOTICE,
    ExportComparison as ExportComparison,
    arithmetic as arithmetic,
    compare as compare,
    export_model as export_model,
    exportable_config as exportable_config,
)
from .kernel.compiler import (
    LEVELS as LEVELS,
    VARIABLE as VARIABLE,
    Target as Target,
    kernel_of as kernel_of,
)
from .kernel.layers import (
    Recurrence as Recurrence,
    aligned as aligned,
)
from .kernel.stem import (
    EXTREME as EXTREME,
    pattern_of as pattern_of,
    window_of as window_of,
)
from .onnx_graph import (
    MULTIPLIED as MULTIPLIED,
    STORED as STORED,
    GraphWriter as GraphWriter,
    quantised as quantised,
    read_layers as read_layers,
    session as session,
    steps_of as steps_of,
    whole_graph as whole_graph,
)
from .reader import (
    FULL as FULL,
    CpuReader as CpuReader,
    one_thread as one_thread,
    reader_for as reader_for,
)
from .reading import (
    Reading as Reading,
    carried as carried,
)
from .torch_reader import (
    TorchReader as TorchReader,
    answering as answering,
    evaluating as evaluating,
    one_film as one_film,
)
