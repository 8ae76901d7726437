"""One evaluation of a model: measured once, shown as a page, kept as JSON, told in its card.

And two models on the same films: `compare`, with paired tests of every difference.
"""

from pathlib import Path

from engine.evaluation.assemble import measure
from engine.evaluation.card import describe, write_results
from engine.evaluation.comparison_report import KIND as COMPARISON
from engine.evaluation.comparison_report import Comparison, compare, p_words, table_words
from engine.evaluation.evaluating import evaluate
from engine.evaluation.files import check_place, read_report, report_path, write_report
from engine.evaluation.page import page_of
from engine.evaluation.report import Evaluation, Report

__all__ = [
    "COMPARISON",
    "Comparison",
    "Evaluation",
    "Report",
    "check_place",
    "compare",
    "describe",
    "evaluate",
    "measure",
    "p_words",
    "page_of",
    "read_report",
    "report_path",
    "table_words",
    "write_comparison",
    "write_report",
    "write_results",
]


def write_comparison(comparison: Comparison, path: Path) -> Path:
    """Write the page of a comparison, and its numbers as JSON beside it; see `write_report`."""
    from engine.evaluation import comparison_page  # noqa: PLC0415 - imports matplotlib

    return comparison_page.write_comparison(comparison, path)
