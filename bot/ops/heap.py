"""The garbage collector and an edition: millions of objects that stay, through which it would walk time and again."""

import gc


def settle(*, tidy: bool = False) -> None:
    """Take all that is there for good out of the collector's walks, each of which stops the whole process.

    What is let go is freed all the same, but for circles of objects: with `tidy` those there are go first, which takes
    as long as the walks that are spared.
    """
    if tidy:
        gc.collect()
    gc.freeze()
