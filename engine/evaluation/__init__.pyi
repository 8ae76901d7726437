from .card import (
    describe as describe,
    write_results as write_results,
)
from .comparison import (
    LEAST_PATIENTS as LEAST_PATIENTS,
    PairedTest as PairedTest,
    delong as delong,
    delong_test as delong_test,
    differences as differences,
    mcnemar as mcnemar,
    paired_draws as paired_draws,
    paired_shares as paired_shares,
    verdict_of as verdict_of,
)
from .comparison_report import (
    COMPARISON as COMPARISON,
    Comparison as Comparison,
    compare as compare,
    disagreements as disagreements,
    joined_patients as joined_patients,
    p_words as p_words,
    summary_words as summary_words,
    table_words as table_words,
)
from .doubt import (
    OTHERS as OTHERS,
    UNKNOWN as UNKNOWN,
    subgroups as subgroups,
)
from .evaluating import (
    evaluate as evaluate,
)
from .exporting import (
    export as export,
)
from .gathering import (
    glance as glance,
    measure as measure,
)
from .mistakes import (
    picture_of as picture_of,
    png as png,
)
from .page import (
    ends_words as ends_words,
    figure_words as figure_words,
    page_of as page_of,
    share_words as share_words,
)
from .provenance import (
    Warned as Warned,
    provenance_of as provenance_of,
)
from .refusals import (
    Tally as Tally,
    abstentions as abstentions,
)
from .report import (
    learning_of as learning_of,
    result_words as result_words,
)
from .saving import (
    check_place as check_place,
    comparison_page as comparison_page,
    report_path as report_path,
    write_comparison as write_comparison,
    write_report as write_report,
)
from .weakly import (
    WeakPointing as WeakPointing,
    weak_pointing as weak_pointing,
)
