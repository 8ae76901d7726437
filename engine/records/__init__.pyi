from .annotation_table import (
    AnnotationTable as AnnotationTable,
    Subject as Subject,
)
from .call_log import (
    STUDY_HEADER as STUDY_HEADER,
    Call as Call,
    CallLog as CallLog,
    Compared as Compared,
    Reveal as Reveal,
    Stage as Stage,
    case_ids as case_ids,
)
from .csv_tables import (
    Cell as Cell,
    write_table as write_table,
)
from .reading_log import (
    LoggedReading as LoggedReading,
    ReadingLog as ReadingLog,
)
from .store import (
    Parts as Parts,
    RecordsError as RecordsError,
    Store as Store,
    moment as moment,
    records_path as records_path,
)
