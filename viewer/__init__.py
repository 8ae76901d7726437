"""The desktop viewer: PySide6 and pyqtgraph over the engine's public face."""
