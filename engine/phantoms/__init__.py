"""Chest-like radiographs that the project draws itself, with truth known to the row."""
