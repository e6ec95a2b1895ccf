"""Several questions in one message: «متى تأسست الشركة ومن أسسها؟», «متى وأين وقع الحادث؟»."""

import re
from collections.abc import Iterator

from bot.answering.question.question import QuestionAnalyser
from bot.answering.words import PRONOUNS, RELATIVES, QuestionWordFinder, TokenisedText, gloss
from bot.arabic import ARTICLE, CONJUNCTIONS

# More than so many are a list of things, not questions to answer one after the other.
_MOST_QUESTIONS = 3
_MARKS = frozenset("؟?!.،,؛;\n")
_QUESTION_MARKS = re.compile("[?؟]+")
_AND = frozenset({"و", "ف", "كمان", "وكمان", "ايضا", "وايضا", "زاد", "وزاد", "ثم", "وبعدين"})
_WITHIN = "في"
# «ومن المنتظر», «وما زال»: without a mark before them these seldom ask.
_SELDOM_ASK = frozenset({"من", "ما"})


def split_questions(text: TokenisedText, questions: QuestionAnalyser) -> tuple[str, ...]:
    """Return the questions of a text in order; the text alone where it asks one thing, or cannot be told apart.

    Those of another language are as it has them.
    """
    if text.gloss:
        return _split_at_marks(text.gloss.source, questions)
    starts = list(_starts(text, questions))
    if not 1 < len(starts) <= _MOST_QUESTIONS:
        return (text.text,)
    ends = [*starts[1:], len(text.words)]
    parts = [_written(text, first, last) for first, last in zip([0, *starts[1:]], ends, strict=True)]
    if any(questions.lexicon.small_talk.recognise(questions.tokenise(part).spoken) for part in parts):
        # «شكون إنت وشنوة تنجم تعاوني؟»
        return (text.text,)
    if not questions.analyse(parts[0]).terms:
        # «متى وأين وقع الحادث؟»: what is asked about stands once, behind the last question word.
        last = questions.tokenise(parts[-1])
        found = QuestionWordFinder(last).find()
        shared = _written(last, found.last, len(last.words)) if found and found.last < len(last.words) else ""
        parts = [part if questions.analyse(part).terms else f"{part} {shared}" for part in parts]
    return tuple(dict.fromkeys(parts))


def _split_at_marks(text: str, questions: QuestionAnalyser) -> tuple[str, ...]:
    """Return the questions of a text in another language that end in a mark; the text alone where another part does."""
    parts = tuple(dict.fromkeys(f"{part.strip()}?" for part in _QUESTION_MARKS.split(text) if part.strip()))
    if not 1 < len(parts) <= _MOST_QUESTIONS:
        return (text,)
    glossed = (gloss(questions.tokenise(part)) for part in parts)
    return parts if all(one.gloss and QuestionWordFinder(one).find() for one in glossed) else (text,)


def _starts(text: TokenisedText, questions: QuestionAnalyser) -> Iterator[int]:
    """Yield where questions begin: the first wherever its question word stands, others behind a mark or «and»."""
    found = QuestionWordFinder(text).find()
    if found is None:
        return
    yield found.first
    begun = -1
    for position in range(found.last, len(text.words)):
        # «و كم وزنه» begins once.
        is_begun = begun == position - 1 and text.words[begun].normal in _AND
        if not is_begun and _begins_question(text, position, questions):
            begun = position
            yield position


def _begins_question(text: TokenisedText, position: int, questions: QuestionAnalyser) -> bool:
    """Whether a question word behind a mark or «and», or behind a preposition there, asks at a position."""
    before, word = text.words[position - 1], text.words[position]
    is_behind_mark = not _MARKS.isdisjoint(text.text[before.end : word.start])
    # «فيها» joins nothing.
    is_joined_on = word.normal.startswith(CONJUNCTIONS) and not word.normal.startswith(_WITHIN)
    is_joined = is_behind_mark or is_joined_on or before.normal in _AND
    if not is_joined or QuestionWordFinder(text, position).find(opening=True) is None:
        return False
    if is_behind_mark or text.known[position].question_word not in _SELDOM_ASK:
        return True
    behind = text.words[position + 1].normal if position + 1 < len(text.words) else ""
    return behind in PRONOUNS | RELATIVES or not (behind.startswith(ARTICLE) or questions.analyser.is_stop_word(behind))


def _written(text: TokenisedText, first: int, last: int) -> str:
    """Return the words of a span as they are written, with the marks between and behind them."""
    end = text.words[last].start if last < len(text.words) else len(text.text)
    start = text.words[first].start if first else 0
    return text.text[start:end].strip(" ،,؛;\n")
