"""The answer to several questions of one message: the quotes of each, and the questions that none answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from bot.answering.answer import MOST_QUOTES, Answer, Quote, Refusal
from bot.answering.quotes import are_nearly_same
from bot.answering.reasons import Mode, Statement
from bot.arabic import Span, normal_words

# Those of one question are as long at most.
_MOST_WORDS = 150


def join_answers(message: str, asked: Sequence[str], outcomes: Sequence[Answer | Refusal]) -> Answer | None:
    """Join what came of each question of a message; None where none of them was answered."""
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    if not answers:
        return None
    unanswered = tuple(
        question for question, outcome in zip(asked, outcomes, strict=True) if isinstance(outcome, Refusal)
    )
    first = _each_once(_in_turn([answer.shown_quotes for answer in answers]))
    quotes = _each_once([*first, *_in_turn([answer.quotes[answer.shown :] for answer in answers])])
    return replace(
        answers[0],
        question=message,
        # Beside the answer to another question there is no room for a story in order.
        mode=Mode.OVERVIEW if answers[0].is_timeline else answers[0].mode,
        # A question that was completed from one before it in the message goes back to no other message.
        completed_from=outcomes[0].completed_from,
        quotes=tuple(quotes),
        unanswered=unanswered,
        shown=len(first),
        statement=_statement(answers, is_whole=not unanswered),
        differences=tuple(dict.fromkeys(chain.from_iterable(answer.differences for answer in answers))),
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
        place = next((place for place, other in enumerate(kept) if _overlaps(quote, other)), None)
        if place is not None:
            kept[place] = _with_marks_of(kept[place], quote)
        elif any(are_nearly_same(set(normal_words(quote.text)), set(normal_words(other.text))) for other in kept):
            continue
        elif len(kept) < MOST_QUOTES and _count_words((*kept, quote)) <= _MOST_WORDS:
            kept.append(quote)
    return kept


def _overlaps(one: Quote, other: Quote) -> bool:
    is_same_paragraph = (one.article.id, one.paragraph) == (other.article.id, other.paragraph)
    return is_same_paragraph and one.start < other.end and other.start < one.end


def _with_marks_of(quote: Quote, other: Quote) -> Quote:
    """Mark in a quote what another of the same paragraph marks, too."""
    moved = other.start - quote.start
    marks = {Span(mark.start + moved, mark.end + moved) for mark in other.highlights}
    within = {mark for mark in marks if mark.start >= 0 and mark.end <= len(quote.text)}
    apart = (
        mark for mark in within if not any(mark.start <= own.end and own.start <= mark.end for own in quote.highlights)
    )
    return replace(quote, highlights=tuple(sorted((*quote.highlights, *apart), key=lambda mark: mark.start)))


def _count_words(quotes: Iterable[Quote]) -> int:
    return sum(len(quote.text.split()) for quote in quotes)
