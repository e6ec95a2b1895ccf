"""What was found for a message: its outcome, and what else there is to read on the same, read only when asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from bot.answering.answer import MOST_QUOTES, Answer, Quote, Refusal
from bot.answering.decision import Decision
from bot.answering.quotes import RankedQuotes, Selection
from bot.answering.reasons import Reason, Statement
from bot.retrieval import RANKING


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome, its decision, the rankings that have further reading, and how much of that was shown before.

    `rest` are the quotes of the answer that it does not show, which come first among further reading, and `quoted` the
    selections of all its quotes.
    """

    decision: Decision
    outcome: Answer | Refusal
    rankings: tuple[RankedQuotes, ...]
    rest: tuple[Quote, ...]
    quoted: tuple[Selection, ...]
    read: int = 0

    @property
    def has_more(self) -> bool:
        """Tell whether there is further reading, without making its quotes."""
        left = self.read - len(self.rest)
        return left < 0 or next(islice(self._further(), left, None), None) is not None

    def further_quotes(self, first: int | None = None, last: int | None = None) -> Iterator[Quote]:
        """Yield the quotes of further reading from one number to another; all that is not read yet where none is given.

        Those of the answer come first, then those of each question in turn.
        """
        further = (quote for ranking, selection in self._further() for quote in ranking.quotes([selection]))
        return islice(chain(self.rest, further), self.read if first is None else first, last)

    def _further(self) -> Iterator[tuple[RankedQuotes, Selection]]:
        """Yield further reading behind the rest of the answer: what it left out for want of room, then other passages.

        None repeats what is quoted, nor another.
        """
        return islice(self._all_further(), RANKING.candidates)

    def _all_further(self) -> Iterator[tuple[RankedQuotes, Selection]]:
        known = list(self.quoted)
        for ranking in self.rankings:
            left = (
                one for one in ranking.selected if not any(one.overlaps(other) or one.repeats(other) for other in known)
            )
            for selection in left:
                known.append(selection)
                yield ranking, selection
        for ranking in self.rankings:
            for selection in ranking.select_further(tuple(known)):
                known.append(selection)
                yield ranking, selection


def find_outcome(decision: Decision, outcome: Answer | Refusal, ranking: RankedQuotes | None) -> Found:
    """Put an outcome together with the ranking that it was made from."""
    rankings = (ranking,) if ranking else ()
    return Found(decision, outcome, rankings, _rest(outcome), tuple(one for each in rankings for one in each.selected))


def join_found(each: Sequence[Found], joined: Answer) -> Found:
    """Join what was found for each question of a message; what the joined answer left out is further reading."""
    quoted = {(quote.article.id, quote.paragraph, quote.start, quote.end) for quote in joined.quotes}
    answered = [found for found in each if isinstance(found.outcome, Answer)]
    rankings = tuple(ranking for found in answered for ranking in found.rankings)
    selected = (selection for ranking in rankings for selection in ranking.selected)
    own = tuple(one for one in selected if _place(one) in quoted)
    return Found(answered[0].decision, joined, rankings, _rest(joined), own)


def turn_to_page(found: Found, decision: Decision) -> Found:
    """Turn to the page of further reading that a message goes on to; behind a refusal there is none."""
    page, before = decision.interpretation.page, decision.interpretation.completed_from
    read = page * MOST_QUOTES
    if not page or isinstance(found.outcome, Refusal):
        return replace(found, read=read)
    message, edition, scope = decision.message, decision.edition.fingerprint, decision.scope
    quotes = tuple(found.further_quotes(read - MOST_QUOTES, read))
    outcome: Answer | Refusal = Refusal(message, Reason.NO_MORE, edition, completed_from=before, scope=scope)
    if quotes:
        outcome = Answer(message, quotes, edition, before, scope, decision.mode, Statement.FURTHER)
    return replace(found, decision=decision, outcome=outcome, read=read)


def _rest(outcome: Answer | Refusal) -> tuple[Quote, ...]:
    return outcome.quotes[outcome.shown :] if isinstance(outcome, Answer) else ()


def _place(selection: Selection) -> tuple[str, int, int, int]:
    passage = selection.candidate.passage
    return passage.article.id, passage.paragraph, selection.start, selection.end
