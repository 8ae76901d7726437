"""An index of row states over a reference set: where else a network was in such a state."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
