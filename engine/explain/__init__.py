"""What moved the answer: influence of rows and columns, and tests of the maps."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
