"""The kinds of answer that a question can ask for."""

from enum import StrEnum


class Asks(StrEnum):
    """The kind of answer that a question asks for; a choice is between yes and no."""

    TIME = "time"
    QUANTITY = "quantity"
    MONEY = "money"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    THING = "thing"
    CHOICE = "choice"
