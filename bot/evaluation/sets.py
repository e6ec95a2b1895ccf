"""Questions with known outcomes, and the articles to ask them of."""

from dataclasses import dataclass

from bot.arabic import normal_words
from bot.articles import Article

GOLD = "gold"
SWAP = "swap"
REFUSED_KINDS = ("near", "off", "foreign", SWAP)
KINDS = (GOLD, *REFUSED_KINDS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: paragraph number `paragraph`, 0-based as indexed, of the article with this id."""

    article_id: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its kind, and the answers that are right, in normal form; none where it must be refused.

    `place` is the passage that a ranking should find: the one that the question file names, where that holds an
    accepted answer; else the first of the named article, and then of all, that holds one. A swapped question keeps that
    of the question that it was made of.
    """

    question: str
    kind: str
    answers: tuple[str, ...]
    place: Place | None = None

    def is_answered_by(self, text: str) -> bool:
        """Tell whether a quote contains one of the right answers."""
        quoted = plain(text)
        return any(answer in quoted for answer in self.answers)


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """The articles to index, and the questions to ask of them."""

    name: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]


def plain(text: str) -> str:
    """Return a text's words in normal form, so that spelling does not matter in comparing."""
    return " ".join(normal_words(text))
