"""Refusals, explanations, errors and rejected files in words, the same for the terminal and for Discord."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.answering import (
    MORE,
    MOST_CHARACTERS,
    OF_NEWEST,
    Answer,
    CoverageSummary,
    ExplainedCandidate,
    ExplainedMatch,
    Explanation,
    Mode,
    Reason,
    Refusal,
    Statement,
    Verdict,
)
from bot.articles import Rejection
from bot.edition import GoldenError
from bot.errors import TextError
from bot.texts.catalogue import Texts

Write = Callable[[str, int], str]
"""Escapes and cuts other people's words to so many characters."""
WriteValue = Callable[[object, int], str]
"""Escapes and cuts other people's words, or a path, to so many characters."""
WriteTerms = Callable[[tuple[str, ...]], str]
"""Escapes terms and joins them."""

_QUESTION, _TITLE, _WORD = 1000, 180, 60
SECOND_PAGE = 2
"""The page that goes on from an answer for the first time; it needs no number."""
_OF_CLAIMS = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED})
# Eight questions at their longest leave a card room for more than them.
_MOST_FAILURES = 8
_GOLDEN, _ARTICLE, _VALUE = 100, 50, 200


def answer_lines(answer: Answer, texts: Texts, write: Write) -> Iterator[str]:
    """Say of what kind an answer is, but for one to a question of fact, in what a claim differs, and what has none."""
    yield from (texts("answer.unanswered", question=write(question, _QUESTION)) for question in answer.unanswered)
    if answer.statement is None or (answer.statement in OF_NEWEST and answer.day is None):
        return
    if answer.statement is Statement.OTHERWISE:
        for one in answer.differences:
            yield texts("statement.otherwise", asked=write(one.asked, _WORD), found=write(one.found, _WORD))
        return
    yield texts(f"statement.{answer.statement}", **_statement_values(answer, texts))
    for one in answer.differences:
        kind = ("instead" if one.found else "absent") if one.asked else "added"
        yield texts(f"difference.{kind}", asked=write(one.asked, _WORD), found=write(one.found, _WORD))


def _statement_values(answer: Answer, texts: Texts) -> dict[str, object]:
    """Return what the statement of an answer is filled with: a day, or of a timeline its days and number of quotes."""
    if not answer.is_timeline:
        return {"day": texts.day(answer.day) if answer.day else ""}
    days = [texts.day_month_or_year(quote.dated) for quote in answer.quotes if quote.dated]
    return {"count": len(answer.quotes), "found": answer.found, "first": days[0], "last": days[-1]}


def asks_back(outcome: Answer | Refusal) -> bool:
    """Whether a reply asks what a follow-up leaves open, «متى ماذا؟», and so has not understood it."""
    return isinstance(outcome, Refusal) and outcome.reason is Reason.INCOMPLETE


def follows_line(completed_from: str, texts: Texts, write: Write) -> str:
    """Name the questions that completed one, and from the third page of its quotes on, which page this is."""
    lines = completed_from.split("\n")
    asked = [line for line in lines if line != MORE]
    question, again = asked_in_turn(asked, texts, write), len(lines) - len(asked)
    if not again:
        return texts("answer.follows", question=question)
    return texts("answer.follows_page", question=question, page=str(again + SECOND_PAGE))


def asked_in_turn(questions: Iterable[str], texts: Texts, write: Write) -> str:
    """Join the questions of a conversation by words that no question has: they hold a direction mark."""
    return texts("answer.then").join(write(question, _QUESTION) for question in questions)


def refusal_lines(refusal: Refusal, texts: Texts, write_terms: WriteTerms) -> Iterator[str]:
    """Say why there is no answer, what the coverage and the nearest passage lack, and how to ask instead.

    A passage that may answer all the same stands by itself, but where other articles are as near.
    """
    may_answer = refusal.nearest is not None and not refusal.related and refusal.mode is not Mode.CLAIM
    if not may_answer:
        yield refusal_reason(refusal, texts)
    if refusal.also:
        yield texts(f"refusal.{refusal.also}")
    if may_answer:
        return
    if missing := tuple(word for word in refusal.missing if word not in refusal.unread):
        yield texts("refusal.missing", terms=write_terms(missing))
    if refusal.unread:
        yield texts("refusal.unread", terms=write_terms(refusal.unread))
    if detail := refusal.detail:
        yield texts(f"lacking.{detail.kind}", words=write_terms(detail.words))
    if refusal.hint:
        yield refusal.hint


def refusal_reason(refusal: Refusal, texts: Texts) -> str:
    """Say in one line why there is no answer."""
    if refusal.mode is Mode.CLAIM and refusal.reason in _OF_CLAIMS:
        return texts("refusal.claim")
    if refusal.reason is Reason.INCOMPLETE and refusal.completed_from is not None:
        return texts(f"incomplete.{refusal.asked or 'name'}")
    if (own := f"courtesy.{refusal.reason}") in texts.entries:
        return texts(f"refusal.{refusal.reason}", courtesy=refusal.courtesy_reply or texts(own))
    reason = texts(f"refusal.{refusal.reason}", length=len(refusal.question), limit=MOST_CHARACTERS)
    return texts("refusal.in_kind", courtesy=refusal.courtesy_reply, reply=reason) if refusal.courtesy_reply else reason


def summary_lines(summary: CoverageSummary, texts: Texts, write_terms: WriteTerms) -> Iterator[str]:
    """Say what the articles are about, how many and from when, and announce the questions that follow."""
    if summary.topics:
        yield texts("summary.topics", topics=write_terms(summary.topics))
    first, last, count = summary.first_day, summary.last_day, summary.article_count
    if first and last and first < last:
        yield texts("summary.days", count=count, first=texts.day(first), last=texts.day(last))
    elif last:
        yield texts("summary.day", count=count, day=texts.day(last))
    if summary.examples:
        yield texts("summary.examples")


def example_phrasings(texts: Texts, *kinds: str) -> tuple[str, ...]:
    """Return the phrasings of questions on a topic, each with `{topic}` in its place, of some kinds or of any topic."""
    return tuple(texts(f"example.{kind}", topic="{topic}") for kind in kinds or (Mode.OVERVIEW, Mode.LATEST))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


def explanation_sentences(explanation: Explanation, texts: Texts, write: Write) -> str:
    """Say in two sentences, without numbers, what decided: the verdict, and what the nearest passage has and lacks."""
    verdict = texts(f"explained.{explanation.verdict}")
    if not explanation.candidates:
        return verdict
    nearest = explanation.candidates[0]
    quoted: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for match in nearest.matches:
        quoted[match.found is not None][texts("card.quoted", words=write(match.asked, _WORD))] = None
    matched, unmatched = (f"{texts('explain.comma')} ".join(quoted[is_found]) for is_found in (True, False))
    key = "nearest" if not unmatched else "nearest_some" if matched else "nearest_none"
    title = write(nearest.article.title, _TITLE)
    said = texts(f"explained.{key}", number=nearest.paragraph + 1, title=title, matched=matched, unmatched=unmatched)
    if nearest.missing_requirement and isinstance(explanation.outcome, Refusal):
        objection = texts(f"objection.{nearest.missing_requirement}")
        said = f"{said} {texts('explained.objection', objection=objection)}"
    return f"{verdict} {said}"


def explanation_sections(explanation: Explanation, texts: Texts, write: Write) -> Iterator[Section]:
    """Write an explanation: the understood question and the decision, the terms, each candidate."""
    yield Section(texts("explain.title"), tuple(_summary(explanation, texts, write)))
    if explanation.terms:
        yield Section(texts("explain.terms"), tuple(_terms(explanation, texts, write)))
    for candidate in explanation.candidates:
        heading = texts(
            "explain.candidate", title=write(candidate.article.title, _TITLE), number=candidate.paragraph + 1
        )
        yield Section(heading, tuple(_candidate(candidate, explanation.intercept, texts, write)))


def _summary(explanation: Explanation, texts: Texts, write: Write) -> Iterator[str]:
    if explanation.understood:
        yield texts("explain.understood", question=write(explanation.understood, _QUESTION))
    if explanation.removed:
        words = f"{texts('explain.comma')} ".join(write(words, _WORD) for words in explanation.removed)
        yield texts("explain.removed", words=words)
    if explanation.verdict is not Verdict.NOT_ASKED or explanation.answer_type:
        yield texts("explain.asks", kind=texts(f"asks.{explanation.answer_type or 'nothing'}"))
    count = sum(candidate.probability >= explanation.threshold for candidate in explanation.candidates)
    if explanation.mode is not Mode.FACT:
        yield texts("explain.mode", mode=texts(f"mode.{explanation.mode}"))
    key = f"decision.{explanation.verdict}"
    yield texts("explain.decision", decision=texts(key, threshold=f"{explanation.threshold:.3f}", count=count))


def _terms(explanation: Explanation, texts: Texts, write: Write) -> Iterator[str]:
    for term in explanation.terms:
        yield texts(
            "explain.term_missing" if term.is_missing else "explain.term",
            word=write(term.word, _WORD),
            stem=write(term.stem, _WORD),
            information=f"{term.information:.1f}",
            importance=f"{term.importance:.1f}",
            passages=term.passages,
        )


def _candidate(candidate: ExplainedCandidate, intercept: float, texts: Texts, write: Write) -> Iterator[str]:
    if candidate.missing_requirement:
        yield texts("explain.objection", objection=texts(f"objection.{candidate.missing_requirement}"))
    else:
        yield texts("explain.probability", probability=f"{candidate.probability:.3f}")
    yield texts("explain.rank", rank=f"{candidate.rank:.2f}")
    matches = (_match(match, texts, write) for match in candidate.matches)
    yield texts("explain.matches", matches=f"{texts('explain.comma')} ".join(matches))
    for signal in candidate.signals:
        key = f"signal.{signal.name}"
        yield texts(
            "explain.signal",
            # A signal without a text goes by its field name.
            name=texts(key) if key in texts.entries else signal.name,
            value=f"{signal.value:z.2f}",
            weight=f"{signal.weight:z.2f}",
            contribution=f"{signal.contribution:z.2f}",
        )
    yield texts("explain.intercept", intercept=f"{intercept:z.2f}")


def _match(match: ExplainedMatch, texts: Texts, write: Write) -> str:
    asked = write(match.asked, _WORD)
    if match.found is None:
        return texts("explain.unmatched", asked=asked)
    return texts("explain.match", asked=asked, found=write(match.found, _WORD), strength=f"{match.strength:.2f}")


def rejection_text(rejection: Rejection, texts: Texts, write: WriteValue) -> str:
    """Name a rejected file, or line of one, and say why it gave no article."""
    place, detail = write(rejection.location, _VALUE), write(rejection.detail, _VALUE)
    return texts(f"rejection.{rejection.reason}", place=place, detail=detail)


def error_text(error: TextError, texts: Texts, write: WriteValue) -> str:
    """Write the text of an error, with the first golden questions that failed; `write` is for words from outside."""
    values = {key: value if isinstance(value, int) else write(value, _VALUE) for key, value in error.values.items()}
    lines = [texts(error.key, **values)]
    if isinstance(error, GoldenError):
        lines += _failures(error, texts, write)
    return "\n".join(lines)


def _failures(error: GoldenError, texts: Texts, write: WriteValue) -> Iterator[str]:
    refusal, comma = texts("golden.refusal"), f"{texts('card.comma')} "
    for failure in error.failures[:_MOST_FAILURES]:
        expected = outcome = refusal
        if failure.golden.article is not None:
            key = "golden.quote" if failure.is_known else "golden.unknown"
            expected = texts(key, articles=write(failure.golden.article, _ARTICLE))
        if failure.quoted:
            quoted = comma.join(write(article, _ARTICLE) for article in failure.quoted)
            outcome = texts("golden.quote", articles=quoted)
        question = write(failure.golden.question, _GOLDEN)
        yield texts("golden.failure", question=question, expected=expected, outcome=outcome)
    if (left := len(error.failures) - _MOST_FAILURES) > 0:
        yield texts("list.more", count=left)
    yield texts("golden.mend")
