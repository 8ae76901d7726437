"""Do the maps mean what they say? Every claim about Influence is measured here, and stored.

Tests after Adebayo 2018 (weight randomisation), Petsiuk 2018 (deletion, insertion), Zhang 2018
(pointing game) and Arun 2021 (repeatability); `engine.metadata.verdicts` holds the rules.
"""

from engine.audit.by_row import Prefixes, prefix_answers, row_calibration
from engine.audit.essentials import Essentials, essentials
from engine.audit.figures import rank_correlation
from engine.audit.maps import influences
from engine.audit.measure import Sample, Subject, audit
from engine.audit.pointing import peaks_inside

__all__ = [
    "Essentials",
    "Prefixes",
    "Sample",
    "Subject",
    "audit",
    "essentials",
    "influences",
    "peaks_inside",
    "prefix_answers",
    "rank_correlation",
    "row_calibration",
]
