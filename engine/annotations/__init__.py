"""What readers draw on a film, and what it measures there.

Points are columns and rows of the stored image, 0 at the upper left edge of its first pixel,
whose middle is (0.5, 0.5): turning, mirroring and zooming a film change nothing that is measured.
A length is in millimetres only where the file's spacing can be trusted, and says of which kind it
is; nothing is ever corrected for magnification.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
