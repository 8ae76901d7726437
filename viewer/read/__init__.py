"""The Read workspace: the list of studies and the panel with the answer."""
