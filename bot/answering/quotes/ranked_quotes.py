"""The quotes of a ranking: answers, further reading, and the other articles that printed the same words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_

from bot.answering.answer import MOST_QUOTES, OtherSource, Quote
from bot.answering.quotes.sentence_selection import QuoteSelector, Selection
from bot.answering.ranking import Ranking
from bot.arabic import Span
from bot.articles import Article, outlet_key
from bot.edition import Edition
from bot.retrieval import RANKING, Scope, SearchEngine

_MOST_SOURCES = 3
# Of a passage that more articles have, such as a formula, the others are not compared.
_MOST_READ = 16
# Chosen: a quote that matches so much of a question that the first does not tells the second half of the answer.
_LEAST_ADDED = 0.25


class RankedQuotes:
    """Quotes from one ranking: those that answer, and what else there is to read.

    `selected` are the selections that answer, the first best, and `shown` is how many of them, the first ones, it takes
    to answer. Where that is None, they are the first and those that add to it.
    """

    def __init__(  # noqa: PLR0913 (a ranking, what was selected of it, and where from)
        self,
        ranking: Ranking,
        selected: Sequence[Selection],
        edition: Edition,
        scope: Scope | None,
        *,
        shown: int | None,
        is_definition: bool = False,
    ) -> None:
        self._ranking = ranking
        self._selector = QuoteSelector(ranking)
        self._engine, self._scope = edition.index, scope
        self._highlights: dict[int, tuple[Span, ...]] = {}
        self.shown = MOST_QUOTES if shown is None else shown
        self.selected = list(selected)
        if shown is None and selected:
            for one in selected:
                span = ranking.given.sure_span(one.candidate, one.sentences, is_definition=is_definition)
                own = (Span(span.start - one.start, span.end - one.start),) if span else ()
                self._highlights[id(one)] = own
            # Those that add another outlet's report, or words of the question, stand right behind the first.
            first, *others = selected
            sure = ranking.are_nearly_as_sure([one.candidate for one in selected])
            is_added = [is_sure and self._adds(other, first) for other, is_sure in zip(others, sure, strict=True)]
            self.selected = [first, *compress(others, is_added), *compress(others, map(not_, is_added))]
            self.shown = 1 + sum(is_added)

    def answer_quotes(self) -> tuple[Quote, ...]:
        """Quote the selections that answer, the first best, those that it takes to answer before the others."""
        return self.quotes(self.selected)

    def select_further(self, known: Sequence[Selection]) -> Iterator[Selection]:
        """Select further reading beside what is known, one selection at a time."""
        return self._selector.select_further(self._ranking.candidates, known)

    def _adds(self, other: Selection, first: Selection) -> bool:
        """Return whether a selection answers for another outlet, or has words of the question that the first lacks."""
        if not (self._highlights[id(other)] or self._selector.holds_answer(other)):
            return False
        own, theirs = (outlet(one.candidate.passage.article) for one in (first, other))
        if self._highlights[id(other)] and own and theirs and own != theirs:
            return True
        weights = self._ranking.weights
        missed = (first.matches < RANKING.least_match) & (other.matches >= RANKING.least_match)
        return float(weights.importance @ missed) >= _LEAST_ADDED * float(weights.importance.sum())

    def quotes(self, selections: Iterable[Selection]) -> tuple[Quote, ...]:
        """Quote selections from the candidates of the ranking."""
        return tuple(
            Quote(
                text=selection.text,
                article=selection.candidate.passage.article,
                paragraph=selection.candidate.passage.paragraph,
                start=selection.start,
                end=selection.end,
                score=self._ranking.probability(selection.candidate),
                highlights=self._highlights.get(id(selection), ()),
                other_sources=other_sources(selection, self._engine, self._scope),
            )
            for selection in selections
        )


def other_sources(selection: Selection, engine: SearchEngine, scope: Scope | None) -> tuple[OtherSource, ...]:
    """Name up to three other articles in scope that have a selection word for word, those of other outlets first."""
    own = selection.candidate.source
    duplicates = engine.near_duplicates(own, scope, _MOST_READ)
    if not duplicates:
        return ()
    # Not within a word: a proclitic would make it another one.
    words = re.compile(rf"(?<!\S){re.escape(selection.text)}(?!\S)")
    found = dict[str, OtherSource]()
    for passage in duplicates:
        if match := words.search(passage.text):
            found.setdefault(passage.article.id, OtherSource(passage.article, passage.paragraph, *match.span()))
    named, first, again = {outlet(own.passage.article), None}, list[OtherSource](), list[OtherSource]()
    for source in found.values():
        key = outlet(source.article)
        (again if key in named else first).append(source)
        named.add(key)
    return tuple((first + again)[:_MOST_SOURCES])


def outlet(article: Article) -> str | None:
    """Return the key of an article's outlet, the same for all spellings; None where it is not known."""
    return None if article.outlet is None else outlet_key(article.outlet)
