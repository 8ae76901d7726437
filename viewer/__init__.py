"""The desktop viewer: PySide6 and pyqtgraph over the engine's public face."""

import builtins

import PySide6.QtCore  # noqa: F401 - its import hook must be there before it can be taken away

# PySide6 replaces `__import__` to offer `from __feature__ import …`, which Rowscope does not use.
# Its hook reads the source of every module imported afterwards; parsing that held the window for
# 0.16 s while the first film was read in its thread.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
