"""The quotes of a ranking: answers, further reading, and the other articles that printed the same words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.answering.answer import OtherSource, Quote
from bot.answering.evidence import Candidate, Matcher
from bot.answering.knowledge import Lexicon
from bot.answering.quotes.highlights import find_highlights
from bot.answering.quotes.sentence_selection import MOST_QUOTES, QuoteSelector, Selection
from bot.answering.ranking import RankedCandidate, Ranking, read_candidates
from bot.articles import Article, outlet_key
from bot.edition import Edition
from bot.retrieval import RANKING, Scope, SearchEngine

_MOST_SOURCES = 3
# Of a passage that more articles have, such as a formula, the others are not compared.
_MOST_READ = 16
# Chosen: so many paragraphs before and behind a quoted one are read for more; few articles of news have more.
_REACH = 4


class RankedQuotes:
    """Quotes from one ranking, of which some selections answer."""

    def __init__(
        self,
        ranking: Ranking,
        selected: Sequence[Selection],
        lexicon: Lexicon,
        edition: Edition,
        scope: Scope | None,
    ) -> None:
        self._ranking = ranking
        self.selected = selected
        self._selector = QuoteSelector(ranking.question, ranking.weights, lexicon)
        self._syndication = Syndication(edition.index, scope)

    def answer_quotes(self) -> tuple[Quote, ...]:
        """Quote the selections that answer, the first best."""
        return self.quotes(self.selected)

    def further_quotes(self, first: int, last: int) -> tuple[Quote, ...]:
        """Quote further reading besides what answers, in the order that they rank, from one number to another."""
        return self.quotes(islice(self.select_further(self.selected), first, last))

    def select_further(self, shown: Sequence[Selection]) -> Iterator[Selection]:
        """Select further reading besides what is shown, each selection when it is asked for."""
        return self._selector.select_further(self._ranking.candidates, shown)

    def quotes(self, selections: Iterable[Selection]) -> tuple[Quote, ...]:
        """Quote selections from the candidates of the ranking."""
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


def select_quotes(
    ranking: Ranking, supporting: Sequence[RankedCandidate], lexicon: Lexicon, engine: SearchEngine
) -> list[Selection]:
    """Select sentences of the candidates that support an answer, the first best, and others of the first article."""
    if not supporting:
        return []
    first, *others = supporting
    close = bool(others) and others[0].rank >= RANKING.close_rank * first.rank
    selector = QuoteSelector(ranking.question, ranking.weights, lexicon)
    selected = selector.select([item.candidate for item in supporting], close=close)
    if len(selected) == MOST_QUOTES:
        return selected
    return selector.fill_up(selected, _siblings(first.candidate, ranking, lexicon, engine))


def _siblings(candidate: Candidate, ranking: Ranking, lexicon: Lexicon, engine: SearchEngine) -> list[Candidate]:
    """Return the paragraphs of a candidate's article that stand near it, compared with the question."""
    written = [
        number for number, paragraph in enumerate(candidate.passage.article.paragraphs) if paragraph.text.strip()
    ]
    place = written.index(candidate.passage.paragraph)
    near = range(max(place - _REACH, 0), min(place + _REACH + 1, len(written)))
    own = [candidate.source.number - place + other for other in near if other != place]
    return list(read_candidates(own, ranking, engine, Matcher(lexicon)).values())


class Syndication:
    """Finds the words of quotes in other articles of an engine that are in scope."""

    def __init__(self, engine: SearchEngine, scope: Scope | None) -> None:
        self._engine = engine
        self._scope = scope

    def other_sources(self, selection: Selection) -> tuple[OtherSource, ...]:
        """Name up to three other articles that have a selection word for word, those of other outlets first."""
        candidate = selection.candidate
        duplicates = self._engine.near_duplicates(candidate.source, self._scope, _MOST_READ)
        if not duplicates:
            return ()
        # Not within a word: a proclitic would make it another one.
        words = re.compile(rf"(?<!\S){re.escape(selection.text)}(?!\S)")
        found = dict[str, OtherSource]()
        for passage in duplicates:
            if match := words.search(passage.text):
                found.setdefault(passage.article.id, OtherSource(passage.article, passage.paragraph, *match.span()))
        return tuple(_varied(found.values(), candidate.passage.article)[:_MOST_SOURCES])


def _varied(sources: Iterable[OtherSource], own: Article) -> list[OtherSource]:
    """Put the first article of each other outlet before the others."""
    named, first, again = {_outlet(own), None}, list[OtherSource](), list[OtherSource]()
    for source in sources:
        outlet = _outlet(source.article)
        (again if outlet in named else first).append(source)
        named.add(outlet)
    return first + again


def _outlet(article: Article) -> str | None:
    """Return the key of an article's outlet, the same for all spellings; None where it is not known."""
    return None if article.outlet is None else outlet_key(article.outlet)
