"""The words of a message, each read once: what the lists say of it, where it stands, and the core that they leave."""

from bot.answering.words.bot_questions import find_bot_question
from bot.answering.words.gloss import gloss, language_by_glossary, spelled_as_held
from bot.answering.words.known_word import KnownWord, WordTable, word_fact
from bot.answering.words.message import (
    MOST_CHARACTERS,
    Gloss,
    TokenisedText,
    clean,
    is_arabic,
    join_glosses,
    tokenise,
    without_plain_mention,
)
from bot.answering.words.message_core import MessageCore, find_core, request_length
from bot.answering.words.message_words import MessageWords
from bot.answering.words.question_word import PRONOUNS, RELATIVES, QuestionWord, QuestionWordFinder
from bot.answering.words.talk_to_bot import TalkToBot, find_talk_to_bot, with_bot_spoken_to
