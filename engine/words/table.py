"""Sentences that have a code of their own: code → English template."""

from collections.abc import Mapping
from types import MappingProxyType

TABLE: Mapping[str, str] = MappingProxyType(
    {
        "mark.passed": "passed",
        "mark.doubtful": "doubtful",
        "mark.failed": "failed",
        "mark.not-asked": "not asked",
    }
)
