from .store import (
    Parts as Parts,
    RecordsError as RecordsError,
    Store as Store,
    moment as moment,
    records_path as records_path,
)
