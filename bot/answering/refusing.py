"""What a refusal can still say: words that the coverage lacks, what the nearest passage lacks, articles near by."""

from collections.abc import Collection

from bot.answering.answer import Lack
from bot.answering.lexicon import Lexicon
from bot.answering.matching import LEAST_MATCH
from bot.answering.objections import lacked_terms
from bot.answering.ranking import Ranking
from bot.articles import Article
from bot.edition import Edition

_MOST_RELATED = 3


def missing_terms(ranking: Ranking, edition: Edition) -> tuple[str, ...]:
    """Return the question's words, as its asker wrote them, that no passage holds in any form known here."""
    question = ranking.question
    written = (
        question.text[term.start : term.end]
        for column, term in enumerate(question.terms)
        if not edition.index.stems.document_frequency(term.stem)
        and all(candidate.matches[column] < LEAST_MATCH for candidate in ranking.candidates)
    )
    # Several words can be written as one character (ﷺ).
    return tuple(dict.fromkeys(written))


def lack(ranking: Ranking, missing: Collection[str], lexicon: Lexicon) -> Lack | None:
    """Say what rules out the passage that ranks first, unless the words missing everywhere say so already."""
    first = next(iter(ranking.items), None)
    if first is None or first.objection is None:
        return None
    question = ranking.question
    terms = lacked_terms(first.objection, first.candidate, question, lexicon)
    words = tuple(question.text[term.start : term.end] for term in terms)
    unsaid = tuple(word for word in words if word not in missing)
    return Lack(first.objection, question.asks, unsaid) if unsaid or not words else None


def nearby_articles(ranking: Ranking) -> tuple[Article, ...]:
    """Return up to three articles whose passages match a fair part of the question, the nearest first."""
    articles: dict[int, Article] = {}
    for candidate in ranking.candidates:
        if ranking.weights.are_fair(candidate.matches):
            articles.setdefault(candidate.article_number, candidate.passage.article)
    return tuple(articles.values())[:_MOST_RELATED]
