"""Other articles that printed the words of a quote: outlets print what agencies send them."""

import re
from collections.abc import Iterable

from bot.answering.answer import OtherSource
from bot.answering.quotes.sentence_selection import Selection
from bot.articles import Article, outlet_key
from bot.retrieval import Scope, SearchEngine

_MOST = 3
# Of what stands in more articles than this, such as a formula, the others are not looked at.
_MOST_READ = 16


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
        return tuple(_varied(found.values(), candidate.passage.article)[:_MOST])


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
