"""The values that flow from file to overlay; numpy only.

Axis letters in the shape comments: F frames, R rows, C columns of a film; N films of a batch,
M rows and W columns of the model; L steps, I input size, H hidden size, S layers, D directions,
K classes.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
