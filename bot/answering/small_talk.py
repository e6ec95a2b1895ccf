"""Messages that ask nothing of the coverage: greetings, thanks, «who are you?», emoji, code, links, single words."""

from bot.answering.answer import Reason
from bot.answering.cleaning import Cleaned
from bot.answering.lexicon import Lexicon
from bot.arabic import normal_words

MOST_CHARACTERS = 500


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
