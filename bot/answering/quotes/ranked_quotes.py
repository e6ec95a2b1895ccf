"""Quotes from a ranking: those that answer its question, and what else there is to read on it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from bot.answering.answer import Quote, Scope
from bot.answering.knowledge import Lexicon
from bot.answering.quotes.highlights import find_highlights
from bot.answering.quotes.sentence_selection import QuoteSelector, Selection
from bot.answering.quotes.syndication import Syndication
from bot.answering.ranking import RankedCandidate, Ranking
from bot.edition import Edition

# Within a tenth of the first candidate's rank another paragraph may answer as well.
_CLOSE = 0.9


class RankedQuotes:
    """Quotes from one ranking, of which some candidates support an answer; these are selected once."""

    def __init__(
        self,
        ranking: Ranking,
        supporting: Sequence[RankedCandidate],
        lexicon: Lexicon,
        edition: Edition,
        scope: Scope | None,
    ) -> None:
        self._ranking = ranking
        self._supporting = supporting
        self._selector = QuoteSelector(ranking.question, ranking.weights, lexicon, edition.near_duplicates)
        self._syndication = Syndication(edition, scope)

    def answer_quotes(self) -> tuple[Quote, ...]:
        """Quote the candidates that support an answer, the first best."""
        return self._quotes(self._selected)

    def further_quotes(self) -> tuple[Quote, ...]:
        """Quote what the candidates have besides the quotes that answer, in the order that they rank."""
        return self._quotes(self._further())

    def has_further(self) -> bool:
        """Tell whether there is anything else to quote, which takes less than to quote it."""
        return next(self._further(), None) is not None

    def _further(self) -> Iterator[Selection]:
        return self._selector.select_further(self._ranking.candidates, self._selected)

    @cached_property
    def _selected(self) -> list[Selection]:
        if not self._supporting:
            return []
        first, *others = self._supporting
        close = bool(others) and others[0].rank >= _CLOSE * first.rank
        return self._selector.select([item.candidate for item in self._supporting], close=close)

    def _quotes(self, selections: Iterable[Selection]) -> tuple[Quote, ...]:
        probabilities = {id(item.candidate): item.probability for item in self._ranking.items}
        return tuple(
            Quote(
                text=selection.text,
                article=selection.candidate.passage.article,
                paragraph=selection.candidate.passage.paragraph,
                start=selection.start,
                end=selection.end,
                score=probabilities.get(id(selection.candidate), 0.0),
                highlights=find_highlights(selection, self._ranking.weights),
                other_sources=self._syndication.other_sources(selection),
            )
            for selection in selections
        )
