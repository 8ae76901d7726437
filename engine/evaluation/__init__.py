"""One evaluation of a model: measured once, shown as a page, kept as JSON, told in its card."""

from engine.evaluation.assemble import evaluate
from engine.evaluation.card import describe, write_results
from engine.evaluation.files import check_place, read_report, report_path, write_report
from engine.evaluation.page import page_of
from engine.evaluation.report import Evaluation, Report

__all__ = [
    "Evaluation",
    "Report",
    "check_place",
    "describe",
    "evaluate",
    "page_of",
    "read_report",
    "report_path",
    "write_report",
    "write_results",
]
