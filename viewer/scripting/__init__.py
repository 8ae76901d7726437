"""The window in scripts: commands in words, and its state."""
