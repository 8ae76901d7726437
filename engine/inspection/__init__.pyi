from .asked import (
    trace_rows as trace_rows,
)
from .gating import (
    SENSES as SENSES,
    GateSense as GateSense,
    MemoryTerms as MemoryTerms,
    Updates as Updates,
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
