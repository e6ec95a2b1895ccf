"""A message understood: the question that it asks, completed where it leans on the one before, or why it asks none."""

from dataclasses import dataclass

from bot.answering.knowledge import Lexicon
from bot.answering.question.completion import complete_follow_up
from bot.answering.question.follow_up import depends_on_previous, strip_openers, text_depends_on_previous
from bot.answering.question.message import MOST_CHARACTERS, clean, small_talk
from bot.answering.question.missing_spaces import split_run_together_words
from bot.answering.question.question import Question, analyse
from bot.answering.reasons import Reason
from bot.arabic import Analyser
from bot.retrieval import PassageIndex


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A cleaned message, the tag of its language, the question to look for, why it is refused whatever is found.

    `completed_from` is the question before it that its question was completed from.
    """

    text: str
    language: str | None
    question: Question | None = None
    reason: Reason | None = None
    completed_from: str | None = None


def interpret(
    message: str, previous: str | None, index: PassageIndex, analyser: Analyser, lexicon: Lexicon
) -> Interpretation:
    """Understand a message that is put to an index.

    `earlier` are the questions before it, one a line, each leaning on the one above or not.
    """
    cleaned = clean(message)
    reason = small_talk(cleaned, lexicon)
    # To look for the words of a flood takes long.
    language = None if reason is Reason.TOO_LONG else lexicon.languages.recognise(cleaned.text)
    if reason not in {None, Reason.ONE_WORD}:
        return Interpretation(cleaned.text, language, reason=reason)
    text = split_run_together_words(cleaned.text, index, lexicon)
    begun = strip_openers(text, lexicon)
    opened = analyse(begun.rest, analyser, lexicon)
    if previous is not None and depends_on_previous(
        opened, lexicon, is_continuation=begun.is_continuation, is_reply=True
    ):
        before = _previous_question(previous, index, analyser, lexicon)
        completed = complete_follow_up(text, before, analyser, lexicon) if before else None
        if completed and len(completed.text) <= MOST_CHARACTERS:
            return Interpretation(text, language, completed, completed_from=before)
    if depends_on_previous(opened, lexicon, is_continuation=begun.is_continuation, is_reply=False):
        return Interpretation(text, language, reason=Reason.INCOMPLETE)
    question = opened if begun.rest == text else analyse(text, analyser, lexicon)
    return Interpretation(text, language, question if question.terms else None, reason)


def may_depend_on_previous(message: str, analyser: Analyser, lexicon: Lexicon) -> bool:
    """Tell whether a message would be completed if a question before it were known."""
    cleaned = clean(message)
    is_question = small_talk(cleaned, lexicon) in {None, Reason.ONE_WORD}
    return is_question and text_depends_on_previous(cleaned.text, analyser, lexicon, is_reply=True)


def _previous_question(previous: str, index: PassageIndex, analyser: Analyser, lexicon: Lexicon) -> str | None:
    """Return the last of the earlier questions, complete; None where it is none."""
    before: str | None = None
    for line in previous.splitlines():
        question = interpret(line, before, index, analyser, lexicon).question
        before = question.text if question else None
    return before
