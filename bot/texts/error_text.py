"""Errors and rejected files in words, the same for the terminal and for Discord."""

from collections.abc import Callable, Iterator

from bot.articles import Rejection
from bot.edition import GoldenError
from bot.errors import TextError
from bot.texts.catalogue import Texts

Write = Callable[[object, int], str]
"""Escapes and cuts other people's words, or a path, to so many characters."""

# Eight questions at their longest leave a card room for more than them.
_MOST_QUESTIONS = 8
_QUESTION, _ARTICLE, _VALUE = 100, 50, 200


def rejection_text(rejection: Rejection, texts: Texts, write: Write) -> str:
    """Name a rejected file, or line of one, and say why it gave no article."""
    place, detail = write(rejection.location, _VALUE), write(rejection.detail, _VALUE)
    return texts(f"rejection.{rejection.reason}", place=place, detail=detail)


def error_text(error: TextError, texts: Texts, write: Write) -> str:
    """Write the text of an error, with the first golden questions that failed; `write` is for words from outside."""
    values = {key: value if isinstance(value, int) else write(value, _VALUE) for key, value in error.values.items()}
    lines = [texts(error.key, **values)]
    if isinstance(error, GoldenError):
        lines += _failures(error, texts, write)
    return "\n".join(lines)


def _failures(error: GoldenError, texts: Texts, write: Write) -> Iterator[str]:
    refusal, comma = texts("golden.refusal"), f"{texts('card.comma')} "
    for failure in error.failures[:_MOST_QUESTIONS]:
        expected = outcome = refusal
        if failure.golden.article is not None:
            key = "golden.quote" if failure.is_known else "golden.unknown"
            expected = texts(key, articles=write(failure.golden.article, _ARTICLE))
        if failure.quoted:
            quoted = comma.join(write(article, _ARTICLE) for article in failure.quoted)
            outcome = texts("golden.quote", articles=quoted)
        question = write(failure.golden.question, _QUESTION)
        yield texts("golden.failure", question=question, expected=expected, outcome=outcome)
    if (left := len(error.failures) - _MOST_QUESTIONS) > 0:
        yield texts("list.more", count=left)
