"""Which gate an edition did not pass, in words: the same for the terminal and for Discord."""

from collections.abc import Callable, Iterator

from bot.edition import GateError, GoldenError, GoldenFailure
from bot.texts.catalogue import Texts

Write = Callable[[object, int], str]
"""Makes other people's words, or a path, fit for where they are written, and for so many characters where it must."""

# Eight questions at their longest leave a card room for more than them.
_MOST_QUESTIONS = 8
_QUESTION, _ARTICLE, _VALUE = 100, 50, 200


def gate_text(error: GateError, texts: Texts, write: Write) -> str:
    """Say which gate it was; of golden questions, what each of the first that failed wants and what it gave."""
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
