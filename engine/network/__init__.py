"""The networks that read rows: cells, stems, read-outs, classifiers; trace and horizon."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
