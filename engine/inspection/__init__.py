"""The network opened for one film: its trace, and what the Inspect workspace asks of it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
