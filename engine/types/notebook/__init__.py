"""How values show in a notebook or a console: one line, or a quiet page on light or dark.

Everything that comes from a file is escaped, nothing is fetched, nothing runs.
"""

from engine.types.notebook.card import model_card
from engine.types.notebook.lines import analysis_line, model_line
from engine.types.notebook.page import analysis_page

__all__ = ["analysis_line", "analysis_page", "model_card", "model_line"]
