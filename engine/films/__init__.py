"""Films to learn or measure from: found, listed, divided, read, kept as model rows."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
