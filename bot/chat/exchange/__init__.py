"""Exchanges: the source of a request and the target of its reply, for messages, commands and buttons."""

from bot.chat.exchange.current_client import FindClient, ready_client
from bot.chat.exchange.delivery import NO_PINGS, deliver, is_transient
from bot.chat.exchange.exchange import Exchange, ReplyPlace
from bot.chat.exchange.interaction_exchange import ComponentInteraction, InteractionExchange, LongInteraction
from bot.chat.exchange.message_exchange import MessageExchange, SentAnswer
from bot.chat.exchange.message_filter import (
    SeenIds,
    channels_in_guild,
    is_addressed,
    is_allowed_channel,
    is_content_hidden,
    is_wrong_channel,
    message_words,
    strip_mentions,
    wrong_channel_error,
)
from bot.chat.exchange.open_replies import OpenReplies, OpenReply
from bot.chat.exchange.own_messages import own_texts
from bot.chat.exchange.reply_context import answered_question, extract_question, message_question, replied_question
from bot.chat.exchange.sent_requests import request_trace

__all__ = [
    "NO_PINGS",
    "ComponentInteraction",
    "Exchange",
    "FindClient",
    "InteractionExchange",
    "LongInteraction",
    "MessageExchange",
    "OpenReplies",
    "OpenReply",
    "ReplyPlace",
    "SeenIds",
    "SentAnswer",
    "answered_question",
    "channels_in_guild",
    "deliver",
    "extract_question",
    "is_addressed",
    "is_allowed_channel",
    "is_content_hidden",
    "is_transient",
    "is_wrong_channel",
    "message_question",
    "message_words",
    "own_texts",
    "ready_client",
    "replied_question",
    "request_trace",
    "strip_mentions",
    "wrong_channel_error",
]
