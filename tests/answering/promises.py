"""What every outcome keeps to, whatever was asked of whatever edition."""

import itertools
from unicodedata import combining

from bot.answering import Answer, Quote, Refusal
from bot.answering.question.dependence import without_pronoun
from bot.answering.reasons import Statement
from bot.arabic import ARTICLE, normal_words, sentences, strip_controls, words
from bot.edition import Edition
from tests.answering.coverage import ANSWERER


def check(outcome: Answer | Refusal, message: str, edition: Edition, previous: str = "") -> None:
    assert outcome.question == message
    assert outcome.edition == edition.fingerprint
    if isinstance(outcome, Answer) and outcome.is_timeline:
        check_timeline(outcome, edition)
    elif isinstance(outcome, Answer):
        # A page of further reading has what answers had no room for.
        check_quotes(outcome.quotes, edition, together=outcome.statement is not Statement.FURTHER)
    else:
        check_refusal(outcome, edition, previous)


def check_quotes(quotes: tuple[Quote, ...], edition: Edition, *, together: bool = True) -> None:
    assert 1 <= len(quotes) <= 3
    assert (sum if together else max)(len(quote.text.split()) for quote in quotes) <= 150
    for quote in quotes:
        check_quote(quote, edition)
    for one, other in itertools.combinations(quotes, 2):
        assert are_disjoint(one, other)
        assert not are_twins(one, other)


def check_timeline(outcome: Answer, edition: Edition) -> None:
    """Its quotes are in the order of their dates, two of a date at most, and nothing is told twice."""
    quotes, days = outcome.quotes, [quote.dated for quote in outcome.quotes]
    assert len(set(days)) >= 2
    assert len(quotes) <= 60
    assert len(quotes) <= outcome.found
    assert outcome.shown == len(quotes)
    known = [day for day in days if day is not None]
    assert known == sorted(known)
    assert len(known) == len(days)
    assert all(year in quote.text for quote in quotes if (year := (quote.event_date or "")[:4]))
    assert all(days.count(day) <= 2 for day in days)
    assert all(one.published is None for one in outcome.articles)
    for quote in quotes:
        check_quote(quote, edition)
    for one, other in itertools.combinations(quotes, 2):
        assert are_disjoint(one, other)
        assert not are_twins(one, other)


def check_quote(quote: Quote, edition: Edition) -> None:
    assert edition.articles[quote.article.id] == quote.article
    paragraph = quote.article.paragraphs[quote.paragraph].text
    assert quote.text == paragraph[quote.start : quote.end] != ""
    spans = sentences(paragraph)
    assert quote.start in {span.start for span in spans}
    assert quote.end in {span.end for span in spans}
    assert 0 <= quote.score <= 1
    check_marks(quote)


def check_marks(quote: Quote) -> None:
    """Each mark begins with a word, or behind its «and» or what is written onto a number, and ends with one."""
    text = quote.text
    starts = {word.start for word in words(text)}
    for mark in quote.highlights:
        assert 0 <= mark.start < mark.end <= len(text)
        begins = mark.start in starts or text[mark.start - 1] == "و" or not text[mark.start - 1].isalnum()
        assert begins
        assert text[mark.start].strip()
        assert text[mark.end - 1].isalnum() or text[mark.end - 1] in "%٪$€" or combining(text[mark.end - 1])
        # A letter may stand at a sign, as in «44%منها», but at no letter.
        assert mark.end == len(text) or not text[mark.end].isalnum() or text[mark.end - 1] in "%٪$€"
        assert "\n" not in text[mark.start : mark.end]
    assert all(one.end < other.start for one, other in itertools.pairwise(quote.highlights))


def check_refusal(refusal: Refusal, edition: Edition, previous: str) -> None:
    said = strip_controls(f"{refusal.question}\n{previous}")
    if refusal.completed_from:
        # «وكلفتها؟» is asked as «كلفة المكتبة».
        said += " ".join(without_pronoun(said[word.start : word.end]) or "" for word in words(said))
    lacking = refusal.detail.words if refusal.detail else ()
    for word in (*refusal.missing, *lacking):
        # «للمكتبة» is named as «المكتبة».
        assert word
        assert word in said or (word.startswith(ARTICLE) and f"لل{word.removeprefix(ARTICLE)}" in said)
    assert not set(lacking) & set(refusal.missing)
    assert len(set(refusal.missing)) == len(refusal.missing)
    for one in refusal.meant:
        assert isinstance(ANSWERER.answer(one.question, edition, previous or None, refusal.scope), Answer)
    names = [article.id for article in refusal.related]
    assert len(names) == len(set(names)) <= 3
    assert all(edition.articles[article.id] == article for article in refusal.related)


def are_disjoint(one: Quote, other: Quote) -> bool:
    same_place = (one.article.id, one.paragraph) == (other.article.id, other.paragraph)
    return not same_place or one.end <= other.start or other.end <= one.start


def are_twins(one: Quote, other: Quote) -> bool:
    own, others = set(normal_words(one.text)), set(normal_words(other.text))
    return len(own & others) >= 0.85 * min(len(own), len(others))
