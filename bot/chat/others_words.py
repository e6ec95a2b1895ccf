"""A message of somebody that a question is about: the question in its words, or why there is none."""

import discord

from bot.answering import MOST_CHARACTERS
from bot.arabic import sentences
from bot.chat.errors import ReplyError
from bot.chat.incoming import asked_words

_ASKING = ("؟", "?")
_CLOSING = "\"'”’»)]}"


def words_of(message: discord.Message) -> str:
    """Return what a message asks; raise ReplyError where it has no words, or Discord shows none of them."""
    if words := question_in(asked_words(message.content)):
        return words
    # Without the intent to read messages, Discord empties all of these in a message that is not for the bot.
    shown = message.content or message.embeds or message.attachments or message.components or message.stickers
    raise ReplyError("conversation.no_words" if shown else "conversation.hidden")


def question_in(words: str) -> str:
    """Return the one question of words that are too long to be understood whole, else the words."""
    if len(words) <= MOST_CHARACTERS:
        return words
    spoken = [words[span.start : span.end] for span in sentences(words)]
    questions = [sentence for sentence in spoken if sentence.rstrip(_CLOSING).endswith(_ASKING)]
    return questions[0] if len(questions) == 1 else words
