"""Every command of the window once: its words, its key, its dialogue."""
