"""Errors and rejected files in words, the same for the terminal and for Discord."""

from collections.abc import Callable, Iterator

from bot.articles import Rejection
from bot.edition import GoldenError, GoldenFailure
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
    """Write the text of an error; of golden questions, also what each of the first that failed wants and what it gave.

    Numbers are written as they are; what comes from outside, by `write`.
    """
    values = {key: value if isinstance(value, int) else write(value, _VALUE) for key, value in error.values.items()}
    lines = [texts(error.key, **values)]
    if isinstance(error, GoldenError):
        lines += _failures(error, texts, write)
    return "\n".join(lines)


def _failures(error: GoldenError, texts: Texts, write: Write) -> Iterator[str]:
    for failure in error.failures[:_MOST_QUESTIONS]:
        yield texts(
            "golden.failure",
            question=write(failure.golden.question, _QUESTION),
            expected=_expected(failure, texts, write),
            outcome=_outcome(failure, texts, write),
        )
    if (left := len(error.failures) - _MOST_QUESTIONS) > 0:
        yield texts("list.more", count=left)


def _expected(failure: GoldenFailure, texts: Texts, write: Write) -> str:
    if failure.golden.article is None:
        return texts("golden.refusal")
    key = "golden.quote" if failure.is_known else "golden.unknown"
    return texts(key, articles=write(failure.golden.article, _ARTICLE))


def _outcome(failure: GoldenFailure, texts: Texts, write: Write) -> str:
    if not failure.quoted:
        return texts("golden.refusal")
    articles = (write(article, _ARTICLE) for article in failure.quoted)
    return texts("golden.quote", articles=f"{texts('card.comma')} ".join(articles))
