from .asked import (
    trace_rows as trace_rows,
)
from .slopes import (
    state_slopes as state_slopes,
)
