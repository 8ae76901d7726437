"""The one register of what a script may say: every part of the window adds its commands here."""

from typing import Final

from viewer.scripting import (
    basics_verbs,
    export_verbs,
    layouts_verbs,
    measuring_verbs,
    opening_verbs,
    reading_verbs,
    viewing_verbs,
    windows_verbs,
)
from viewer.scripting.verbs import Verb

VERBS: Final[tuple[Verb, ...]] = (
    *basics_verbs.VERBS,
    *opening_verbs.VERBS,
    *viewing_verbs.VERBS,
    *windows_verbs.VERBS,
    *measuring_verbs.VERBS,
    *layouts_verbs.VERBS,
    *reading_verbs.VERBS,
    *export_verbs.VERBS,
)
