from .asked import (
    trace_rows as trace_rows,
)
