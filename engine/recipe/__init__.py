"""What a training is told: its values, how they are read, how a first one is drafted."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
