"""What was found for a message: its outcome, and what else there is to read on the same, read only when asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.answering.answer import Answer, Quote, Refusal
from bot.answering.decision import Decision
from bot.answering.quotes import RankedQuotes, Selection
from bot.retrieval import RANKING


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome, its decision, the rankings that have further reading, and how much of that was shown before.

    `shown` are the selections that the outcome quotes, of several questions together; None where those of the ranking.
    """

    decision: Decision
    outcome: Answer | Refusal
    rankings: tuple[RankedQuotes, ...]
    read: int = 0
    shown: tuple[Selection, ...] | None = None

    @property
    def has_more(self) -> bool:
        """Tell whether there is further reading, without making its quotes."""
        return next(self._further(), None) is not None

    def further_quotes(self) -> Iterator[Quote]:
        """Yield the quotes of further reading, those of each question in turn."""
        for ranking, selection in self._further():
            yield from ranking.quotes([selection])

    def _further(self) -> Iterator[tuple[RankedQuotes, Selection]]:
        return islice(self._all_further(), self.read, RANKING.candidates)

    def _all_further(self) -> Iterator[tuple[RankedQuotes, Selection]]:
        """Yield all further reading that repeats neither what is shown nor itself."""
        shown = list(self.shown or ())
        for ranking in self.rankings:
            for selection in ranking.select_further(ranking.selected if self.shown is None else tuple(shown)):
                shown.append(selection)
                yield ranking, selection


def join_found(each: Sequence[Found], joined: Answer) -> Found:
    """Join what was found for each question of a message; what the joined answer left out is further reading."""
    quoted = {(quote.article.id, quote.paragraph, quote.start, quote.end) for quote in joined.quotes}
    answered = [found for found in each if isinstance(found.outcome, Answer)]
    rankings = tuple(ranking for found in answered for ranking in found.rankings)
    shown = (selection for ranking in rankings for selection in ranking.selected)
    return Found(answered[0].decision, joined, rankings, shown=tuple(one for one in shown if _place(one) in quoted))


def _place(selection: Selection) -> tuple[str, int, int, int]:
    passage = selection.candidate.passage
    return passage.article.id, passage.paragraph, selection.start, selection.end
