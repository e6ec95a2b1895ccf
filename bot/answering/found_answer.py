"""What was found for a decided message, or for each of its questions: the outcome, and what else there is to read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest

from bot.answering.answer import MOST_QUOTES, Answer, Quote, Refusal
from bot.answering.decision import Decision
from bot.answering.quotes import RankedQuotes, Selection, are_nearly_same
from bot.answering.reasons import Mode, Statement
from bot.arabic import Span, normal_words
from bot.retrieval import RANKING

# Measured on 603 messages: answers that are more probable than not are right in .69, others in .41.
SURE = 0.5
# Those of one question are as long at most.
_MOST_WORDS = 150


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

    @classmethod
    def of(
        cls,
        decision: Decision,
        outcome: Answer | Refusal,
        rankings: Sequence[RankedQuotes],
        quoted: Iterable[Selection],
    ) -> "Found":
        """Put an outcome together with what it was made from."""
        rest = outcome.quotes[outcome.shown :] if isinstance(outcome, Answer) else ()
        return cls(decision, outcome, tuple(rankings), rest, tuple(quoted))

    @property
    def is_open(self) -> bool:
        """Whether a question is refused, or answered by what is in doubt."""
        if isinstance(self.outcome, Refusal):
            return self.outcome.is_of_question
        return self.outcome.statement is Statement.DOUBTFUL and self.outcome.quotes[0].score < SURE

    @property
    def has_more(self) -> bool:
        """Whether there is further reading, without making its quotes."""
        left = self.read - len(self.rest)
        return left < 0 or next(islice(self._further(), left, None), None) is not None

    def beyond(self, told: Quote) -> "Found":
        """Return what it found, the quote that answered the question before behind the others.

        Where words of that are sure to answer, or it alone has the most of what is added, it answers both.
        """
        answer, ranking = self.outcome, self.decision.ranking
        if not isinstance(answer, Answer) or answer.mode is not Mode.FACT or ranking is None:
            return self
        # «وكم؟» adds no words, and what was quoted may well have the sum, too.
        if ranking.question.added == ():
            return self
        own = [term in (ranking.question.added or ()) for term in ranking.question.terms]
        quotes = list(zip(answer.quotes, self.quoted, strict=False))
        added = [int((one.matches[own] >= RANKING.least_match).sum()) for _, one in quotes]
        most = max(added, default=0)
        behind = [
            not quote.score
            or (quote.text == told.text and not quote.highlights and (own < most or added.count(most) > 1))
            for own, (quote, _) in zip(added, quotes, strict=True)
        ]
        order = [*sorted(range(len(quotes)), key=behind.__getitem__), *range(len(quotes), len(answer.quotes))]
        statement = Statement.DOUBTFUL if answer.quotes[order[0]].score < SURE else answer.statement
        first, *others = (answer.quotes[at] for at in order)
        answer = replace(answer, quotes=(first, *others), statement=statement)
        return Found.of(self.decision, answer, self.rankings, (self.quoted[at] for at in order))

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
        known, count = list(self.quoted), len(self.quoted) + RANKING.candidates
        left_out = (
            (ranking, one)
            for ranking in self.rankings
            for one in ranking.selected
            if not any(one.overlaps(other) or one.repeats(other) for other in known)
        )
        others = ((ranking, one) for ranking in self.rankings for one in ranking.select_further(tuple(known)))
        for ranking, selection in chain(left_out, others):
            if len(known) == count:
                return
            known.append(selection)
            yield ranking, selection


def join_answers(message: str, asked: Sequence[str], each: Sequence[Found]) -> Found | None:
    """Join what was found for each question of a message; None where none of them was answered.

    What the joined answer leaves out is further reading.
    """
    answered = [(found, found.outcome) for found in each if isinstance(found.outcome, Answer)]
    if not answered:
        return None
    joined = _joined(message, asked, [found.outcome for found in each], [answer for _, answer in answered])
    quoted = {(quote.article.id, quote.paragraph, quote.start, quote.end) for quote in joined.quotes}
    rankings = [ranking for found, _ in answered for ranking in found.rankings]
    own = (
        one
        for ranking in rankings
        for one in ranking.selected
        if (one.candidate.passage.article.id, one.candidate.passage.paragraph, one.start, one.end) in quoted
    )
    return Found.of(answered[0][0].decision, joined, rankings, own)


def _joined(
    message: str, asked: Sequence[str], outcomes: Sequence[Answer | Refusal], answers: Sequence[Answer]
) -> Answer:
    each = zip(asked, outcomes, strict=True)
    first = _each_once(_in_turn([answer.shown_quotes for answer in answers]))
    best, *others = _each_once([*first, *_in_turn([answer.quotes[answer.shown :] for answer in answers])])
    shown = {(quote.article.id, quote.paragraph) for quote in first}
    # What is nearest to another question stands there already, and may well answer it.
    unanswered = tuple(
        question
        for question, outcome in each
        if isinstance(outcome, Refusal)
        and not (outcome.nearest and (outcome.nearest.article.id, outcome.nearest.paragraph) in shown)
    )
    return replace(
        answers[0],
        question=message,
        # Beside the answer to another question there is no room for a story in order.
        mode=Mode.OVERVIEW if answers[0].is_timeline else answers[0].mode,
        # A question that was completed from one before it in the message goes back to no other message.
        completed_from=outcomes[0].completed_from,
        quotes=(best, *others),
        unanswered=unanswered,
        shown=len(first),
        statement=_statement(answers, is_whole=not unanswered),
        differences=tuple(dict.fromkeys(chain.from_iterable(answer.differences for answer in answers))),
        # Of several answers none says which question it is for.
        direct=answers[0].direct if len(answers) == 1 else None,
    )


def _statement(answers: Sequence[Answer], *, is_whole: bool) -> Statement | None:
    """Return the first statement, but that any text says otherwise, and the same only where all do."""
    statements = [Statement.MATTER if answer.is_timeline else answer.statement for answer in answers]
    if Statement.OTHERWISE in statements:
        return Statement.OTHERWISE
    is_same = is_whole and all(statement is Statement.SAME for statement in statements)
    return Statement.MATTER if statements[0] is Statement.SAME and not is_same else statements[0]


def _in_turn(quotes: Sequence[Sequence[Quote]]) -> Iterator[Quote]:
    """Yield the first quotes of all answers, then the second ones."""
    return filter(None, chain.from_iterable(zip_longest(*quotes)))


def _each_once(quotes: Iterable[Quote]) -> list[Quote]:
    """Return the first quotes; one that shares words with an earlier one adds marks to it, a repetition nothing."""
    kept: list[Quote] = []
    for quote in quotes:
        paragraph = quote.article.id, quote.paragraph
        overlapping = (
            place
            for place, other in enumerate(kept)
            if paragraph == (other.article.id, other.paragraph) and quote.start < other.end and other.start < quote.end
        )
        place = next(overlapping, None)
        if place is not None:
            kept[place] = _with_marks_of(kept[place], quote)
        elif any(are_nearly_same(set(normal_words(quote.text)), set(normal_words(other.text))) for other in kept):
            continue
        elif len(kept) < MOST_QUOTES and sum(len(one.text.split()) for one in (*kept, quote)) <= _MOST_WORDS:
            kept.append(quote)
    return kept


def _with_marks_of(quote: Quote, other: Quote) -> Quote:
    """Mark in a quote what another of the same paragraph marks, too."""
    moved = other.start - quote.start
    marks = {Span(mark.start + moved, mark.end + moved) for mark in other.highlights}
    within = {mark for mark in marks if mark.start >= 0 and mark.end <= len(quote.text)}
    own = quote.highlights
    apart = (mark for mark in within if not any(mark.start <= one.end and one.start <= mark.end for one in own))
    return replace(quote, highlights=tuple(sorted((*own, *apart), key=lambda mark: mark.start)))
