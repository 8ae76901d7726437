"""The film: its view, what the mouse does on it, what is painted over it."""
