"""The age of a phantom, as a task of a package of its own."""
