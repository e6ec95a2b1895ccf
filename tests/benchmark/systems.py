"""The systems of the baselines: each answers a question with one quote of the articles that it was made with."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from rank_bm25 import BM25Okapi

from bot.answering import Answer, Answerer, Knowledge
from bot.arabic import normal_words, sentences
from bot.articles import Article
from bot.edition import make_edition
from tests.answering.meaning.encoders import RememberedEncoder
from tests.benchmark.score import MOST_WORDS, Reply, Span

# So low that what evidence there is answers; a message that asks nothing, or names what no article has, is refused.
_LEAST = 1e-6


class System(Protocol):
    """Answers questions."""

    def reply(self, question: str) -> Reply:
        """Answer a question with a quote, or refuse."""


class RankedSystem(ABC):
    """Quotes the paragraph with the highest score, or of one too long for a quote the sentence with the highest."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._places = [(article.id, number) for article in articles for number in range(len(article.paragraphs))]
        self._texts = [paragraph.text for article in articles for paragraph in article.paragraphs]

    def reply(self, question: str) -> Reply:
        """Quote the best paragraph; its score is the confidence."""
        scores = self._paragraph_scores(question)
        best = int(np.argmax(scores))
        start, end = self._quoted(question, self._texts[best])
        return Reply(Span(*self._places[best], start, end), float(scores[best]))

    def best(self, question: str, most: int) -> list[str]:
        """Return the paragraphs with the highest scores, the best first."""
        order = np.argsort(-np.asarray(self._paragraph_scores(question)), kind="stable")
        return [self._texts[place] for place in order[:most]]

    def _quoted(self, question: str, text: str) -> tuple[int, int]:
        if len(text.split()) <= MOST_WORDS:
            return 0, len(text)
        spans = sentences(text)
        scores = self._sentence_scores(question, [text[span.start : span.end] for span in spans])
        best = spans[int(np.argmax(scores))]
        return best.start, best.end

    @abstractmethod
    def _paragraph_scores(self, question: str) -> Sequence[float]:
        """Score the paragraphs, in their order."""

    @abstractmethod
    def _sentence_scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Score the sentences of a paragraph."""


class Bm25(RankedSystem):
    """rank-bm25 with its own parameters, over words in normal form; a sentence has the idf of the words it shares."""

    def __init__(self, articles: Sequence[Article]) -> None:
        super().__init__(articles)
        self._index = BM25Okapi([list(normal_words(text)) for text in self._texts])

    def _paragraph_scores(self, question: str) -> Sequence[float]:
        scores: Sequence[float] = self._index.get_scores(list(normal_words(question)))
        return scores

    def _sentence_scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        asked = set(normal_words(question))
        return [sum(self._index.idf[word] for word in sorted(asked.intersection(normal_words(text)))) for text in texts]


class Encoder(RankedSystem):
    """Vectors of an encoder; a score is the product of those of question and text."""

    def __init__(self, articles: Sequence[Article], encoder: RememberedEncoder) -> None:
        super().__init__(articles)
        self._encoder = encoder
        self._vectors = encoder.passage(self._texts)

    def _paragraph_scores(self, question: str) -> Sequence[float]:
        scores: Sequence[float] = (self._vectors @ self._encoder.query([question])[0]).tolist()
        return scores

    def _sentence_scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        scores: Sequence[float] = (self._encoder.passage(texts) @ self._encoder.query([question])[0]).tolist()
        return scores


class Isnad:
    """The bot as it is shipped; where it refuses, what it would quote if it demanded next to no evidence.

    The confidence is the probability that its evidence model gives the quotes. An answer that does not depend on that,
    such as an overview, has at least the probability that an answer needs.
    """

    def __init__(self, articles: Sequence[Article], knowledge: Knowledge) -> None:
        self._edition = make_edition(articles, (), knowledge.analyser)
        self._shipped = Answerer(knowledge)
        self._least = Answerer(replace(knowledge, model=replace(knowledge.model, threshold=_LEAST)))

    def reply(self, question: str) -> Reply:
        """Quote the first quote of the answer."""
        shipped = self._shipped.answer(question, self._edition)
        outcome = shipped if isinstance(shipped, Answer) else self._least.answer(question, self._edition)
        if not isinstance(outcome, Answer):
            return Reply(None)
        first, score = outcome.quotes[0], max(quote.score for quote in outcome.quotes)
        confidence = max(score, self._shipped.knowledge.model.threshold) if outcome is shipped else score
        return Reply(Span(first.article.id, first.paragraph, first.start, first.end), confidence)
