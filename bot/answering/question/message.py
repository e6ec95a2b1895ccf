"""A message without controls, code, links and markup; and whether it is small talk that asks nothing."""

import re
import unicodedata
from dataclasses import dataclass

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import Reason
from bot.arabic import normal_words, strip_controls

_CODE = re.compile(r"```.*?(?:```|$)|``.+?``|`[^`]+`", re.DOTALL)
_LINK = re.compile(r"<?\b(?:https?|ftp)://\S+>?|\bwww\.\S+|\bdiscord\.gg/\S+", re.IGNORECASE)
_EMOJI = re.compile(r"<a?:\w+:\d{1,20}>")
# Mentions and timestamps: <@1>, <#1>, <@&1>, <t:1:R>, </ask:1>, @here. Names and ids are short; without bounds a flood
# of «<@» would be searched to its end from each.
_MARKUP = re.compile(r"<(?:@[!&]?|#|t:|/[^:>\n]{1,100}:|id:)[^>\s]{0,40}>|@(?:everyone|here)\b")
_MARKS = re.compile(r"[*_~|>#]{1,3}|^[^\S\n]*[-+]\s", re.MULTILINE)
_BLANK = re.compile(r"\s+")
# Unicode categories of controls, lone surrogates, private and unassigned characters.
_UNSPOKEN = frozenset({"Cc", "Cs", "Co", "Cn"})

MOST_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a message, and what kinds of thing were taken out of it."""

    text: str
    had_code: bool
    had_link: bool
    had_symbols: bool


def clean(message: str) -> Cleaned:
    """Take everything but language out of a message, on one line."""
    text = strip_controls(message)
    text, codes = _CODE.subn(" ", text)
    text, links = _LINK.subn(" ", text)
    text, emoji = _EMOJI.subn(" ", text)
    text = _MARKS.sub(" ", _MARKUP.sub(" ", text))
    kinds = list(map(unicodedata.category, text))
    if not _UNSPOKEN.isdisjoint(kinds):
        text = "".join(" " if kind in _UNSPOKEN else character for kind, character in zip(kinds, text, strict=True))
    return Cleaned(_BLANK.sub(" ", text).strip(), bool(codes), bool(links), bool(emoji) or "So" in kinds)


def small_talk(cleaned: Cleaned, lexicon: Lexicon) -> Reason | None:
    """Return why a message is no question that can be searched for, or None where it may be one."""
    # Length comes first: to find the words of a flood of combining marks takes seconds.
    if len(cleaned.text) > MOST_CHARACTERS:
        return Reason.TOO_LONG
    words = normal_words(cleaned.text)
    if not words:
        return _wordless(cleaned)
    if all(word in lexicon.thanks for word in words):
        return Reason.THANKS
    if all(word in lexicon.greetings for word in words) or tuple(words) in lexicon.about_the_bot:
        return Reason.GREETING
    return Reason.ONE_WORD if len(words) == 1 else None


def _wordless(cleaned: Cleaned) -> Reason:
    """Say what a message without a word was made of."""
    if cleaned.had_code:
        return Reason.CODE_ONLY
    if cleaned.had_link:
        return Reason.LINK_ONLY
    if cleaned.had_symbols:
        return Reason.EMOJI_ONLY
    return Reason.EMPTY
