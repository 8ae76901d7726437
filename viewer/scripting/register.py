"""The one register of what a script may say: every part of the window adds its commands here."""

from typing import Final

from viewer.scripting import (
    basics,
    export,
    layouts,
    measuring,
    opening,
    reading,
    viewing,
    windows,
)
from viewer.scripting.verbs import Verb

VERBS: Final[tuple[Verb, ...]] = (
    *basics.VERBS,
    *opening.VERBS,
    *viewing.VERBS,
    *windows.VERBS,
    *measuring.VERBS,
    *layouts.VERBS,
    *reading.VERBS,
    *export.VERBS,
)
