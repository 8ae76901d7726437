from .admission import (
    admission_check as admission_check,
    load_installed as load_installed,
    surprise_check as surprise_check,
    wrong_film as wrong_film,
    wrong_kind as wrong_kind,
)
from .continuing import (
    continued as continued,
)
from .judging import (
    judge as judge,
    suggest as suggest,
    without_strangers as without_strangers,
)
