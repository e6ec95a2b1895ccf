"""A message understood: the question that it asks, completed where it leans on the one before, or why it asks none."""

from dataclasses import dataclass

from bot.answering.knowledge import Lexicon
from bot.answering.question.completion import complete
from bot.answering.question.follow_up import does_lean, leans, opening
from bot.answering.question.message import MOST_CHARACTERS, clean, small_talk
from bot.answering.question.missing_spaces import with_known_spaces
from bot.answering.question.question import Question, analyse
from bot.answering.reasons import Reason
from bot.arabic import Analyser
from bot.retrieval import PassageIndex


@dataclass(frozen=True, slots=True)
class Understood:
    """A cleaned message, the tag of its language, the question to look for, why it is refused whatever is found.

    `completed_from` is the question before it that its question was completed from.
    """

    text: str
    language: str | None
    question: Question | None = None
    reason: Reason | None = None
    completed_from: str | None = None


def understand(
    message: str, earlier: str | None, index: PassageIndex, analyser: Analyser, lexicon: Lexicon
) -> Understood:
    """Understand a message that is put to an index.

    `earlier` are the questions before it, one a line, each leaning on the one above or not.
    """
    cleaned = clean(message)
    reason = small_talk(cleaned, lexicon)
    # To look for the words of a flood takes long.
    language = None if reason is Reason.TOO_LONG else lexicon.languages.recognise(cleaned.text)
    if reason not in {None, Reason.ONE_WORD}:
        return Understood(cleaned.text, language, reason=reason)
    text = with_known_spaces(cleaned.text, index, lexicon)
    begun = opening(text, lexicon)
    opened = analyse(begun.rest, analyser, lexicon)
    if earlier is not None and does_lean(opened, lexicon, goes_on=begun.goes_on, replying=True):
        before = _question_before(earlier, index, analyser, lexicon)
        completed = complete(text, before, analyser, lexicon) if before else None
        if completed and len(completed.text) <= MOST_CHARACTERS:
            return Understood(text, language, completed, completed_from=before)
    if does_lean(opened, lexicon, goes_on=begun.goes_on, replying=False):
        return Understood(text, language, reason=Reason.INCOMPLETE)
    question = opened if begun.rest == text else analyse(text, analyser, lexicon)
    return Understood(text, language, question if question.terms else None, reason)


def may_lean(message: str, analyser: Analyser, lexicon: Lexicon) -> bool:
    """Tell whether a message would be completed if a question before it were known."""
    cleaned = clean(message)
    is_question = small_talk(cleaned, lexicon) in {None, Reason.ONE_WORD}
    return is_question and leans(cleaned.text, analyser, lexicon, replying=True)


def _question_before(earlier: str, index: PassageIndex, analyser: Analyser, lexicon: Lexicon) -> str | None:
    """Return the last of the earlier questions, complete; None where it is none."""
    before: str | None = None
    for line in earlier.splitlines():
        question = understand(line, before, index, analyser, lexicon).question
        before = question.text if question else None
    return before
