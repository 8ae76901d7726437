"""What a network can be asked: one class per task, with targets, loss, metrics and answer.

A task is one registered class (see `engine.bundle.parts`), named in a recipe's table
`[objective]`. Whatever the task, a network gives K logits for the whole film, so that Influence,
horizon, audit and what-if work; a task may ask for maps beside them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
