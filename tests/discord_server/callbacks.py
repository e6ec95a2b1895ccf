"""Name the numbers by which a bot answers an interaction."""

from enum import IntEnum


class Callback(IntEnum):
    """Be one way to answer an interaction."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9
