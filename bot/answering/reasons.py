"""Enumerations: types and modes of answers, reasons of refusals, requirements of an answer."""

from collections.abc import Mapping
from enum import StrEnum

from bot.arabic import Kind


class AnswerType(StrEnum):
    """The kind of answer that a question asks for; a choice is between yes and no."""

    TIME = "time"
    QUANTITY = "quantity"
    MONEY = "money"
    SHARE = "share"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    THING = "thing"
    CHOICE = "choice"


AMOUNTS: Mapping[AnswerType, frozenset[Kind] | None] = {
    AnswerType.QUANTITY: None,
    AnswerType.MONEY: frozenset({Kind.MONEY}),
    AnswerType.SHARE: frozenset({Kind.SHARE}),
}
"""The kinds of quantities that answer each type of question for an amount; None for all but dates and times.

What is required of a quote stands here alone: a passage without such a quantity is refused, a sentence with one is
quoted before others, and the quantity is in bold.
"""
VALUED = frozenset({AnswerType.TIME, *AMOUNTS})
"""The types of answers that need a value: a time, or an amount."""


class Mode(StrEnum):
    """The kind of answer that a message asks for: a fact, or one of those that `config/modes.toml` has phrases for."""

    FACT = "fact"
    DEFINITION = "definition"
    OVERVIEW = "overview"
    LATEST = "latest"
    CLAIM = "claim"
    LIST = "list"
    TIMELINE = "timeline"


class Statement(StrEnum):
    """The words with which an answer says of what kind it is, and how it stands to what the member said."""

    DEFINITION = "definition"
    OVERVIEW = "overview"
    LATEST = "latest"
    LATEST_OLD = "latest_old"
    NEWEST = "newest"
    MATTER = "matter"
    SAME = "same"
    OTHERWISE = "otherwise"
    QUOTED = "quoted"
    NEARLY_QUOTED = "nearly_quoted"
    LIST = "list"
    FURTHER = "further"
    TIMELINE = "timeline"
    TIMELINE_PART = "timeline_part"
    ONE_DAY = "one_day"
    UNDATED = "undated"


class Reason(StrEnum):
    """Why there is no answer; each has its own words in the reply texts."""

    OFF_TOPIC = "off_topic"
    UNSUPPORTED = "unsupported"
    OUT_OF_SCOPE = "out_of_scope"
    NO_QUESTION = "no_question"
    INCOMPLETE = "incomplete"
    NO_MORE = "no_more"
    SOURCES = "sources"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ACKNOWLEDGEMENT = "acknowledgement"
    PRAISE = "praise"
    COMPLAINT = "complaint"
    INSULT = "insult"
    JOKE = "joke"
    TALK = "talk"
    TEST = "test"
    IDENTITY = "identity"
    MAKER = "maker"
    HELP = "help"
    ONE_WORD = "one_word"
    TOO_LONG = "too_long"
    EMOJI_ONLY = "emoji_only"
    CODE_ONLY = "code_only"
    LINK_ONLY = "link_only"


ASKING_NOTHING = frozenset(
    {Reason.THANKS, Reason.FAREWELL, Reason.ACKNOWLEDGEMENT, Reason.PRAISE, Reason.JOKE, Reason.INSULT}
)
"""Small talk that is understood in any language, and behind which nobody is about to ask: how to ask is not said."""


class Requirement(StrEnum):
    """A part of the question that every passage must have to answer it."""

    STATEMENT = "statement"
    YEAR = "year"
    NAME = "name"
    VALUE = "value"
    COUNT = "count"
    ASKED_NAME = "asked_name"
    OTHER_YEAR = "other_year"
    OPPOSITE = "opposite"
    RELATION = "relation"
    FOLLOW_UP = "follow_up"
