"""The garbage collector and an edition: many objects that stay, through which it would walk time and again."""

import gc


def settle() -> None:
    """Take all that is there for good out of the collector's walks, each of which stops the whole process.

    What is let go is freed all the same, but for circles of objects: those there are go first. That is one walk through
    what came since the last time.
    """
    gc.collect()
    gc.freeze()
