"""The network is opened on the film of the active viewport, in Inspect only."""
