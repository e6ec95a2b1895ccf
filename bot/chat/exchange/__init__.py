"""Exchanges: where a request came from and its reply goes, the same for messages, commands and buttons."""

from bot.chat.exchange.delivery import deliver, is_passing
from bot.chat.exchange.exchange import NO_PINGS, Exchange
from bot.chat.exchange.interaction_exchange import InPlaceExchange, InteractionExchange, LastingExchange
from bot.chat.exchange.message_exchange import Answered, MessageExchange
from bot.chat.exchange.message_filter import Seen, asked_words, hides_words, in_server, is_addressed, is_open
from bot.chat.exchange.reply_context import question_answered, question_in, question_pointed_at, words_of

__all__ = [
    "NO_PINGS",
    "Answered",
    "Exchange",
    "InPlaceExchange",
    "InteractionExchange",
    "LastingExchange",
    "MessageExchange",
    "Seen",
    "asked_words",
    "deliver",
    "hides_words",
    "in_server",
    "is_addressed",
    "is_open",
    "is_passing",
    "question_answered",
    "question_in",
    "question_pointed_at",
    "words_of",
]
