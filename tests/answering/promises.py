"""What every outcome keeps to, whatever was asked of whatever edition."""

import itertools

from bot.answering import Answer, Quote, Refusal
from bot.arabic import normal_words, sentences, strip_controls, words
from bot.edition import Edition


def check(outcome: Answer | Refusal, message: str, edition: Edition, previous: str = "") -> None:
    assert outcome.question == message
    assert outcome.edition == edition.fingerprint
    if isinstance(outcome, Answer):
        check_quotes(outcome.quotes, edition)
    else:
        check_refusal(outcome, edition, previous)


def check_quotes(quotes: tuple[Quote, ...], edition: Edition) -> None:
    assert 1 <= len(quotes) <= 3
    assert sum(len(quote.text.split()) for quote in quotes) <= 150
    for quote in quotes:
        check_quote(quote, edition)
    for one, other in itertools.combinations(quotes, 2):
        assert are_disjoint(one, other)
        assert not are_twins(one, other)


def check_quote(quote: Quote, edition: Edition) -> None:
    assert edition.articles[quote.article.id] is quote.article
    paragraph = quote.article.paragraphs[quote.paragraph].text
    assert quote.text == paragraph[quote.start : quote.end] != ""
    spans = sentences(paragraph)
    assert quote.start in {span.start for span in spans}
    assert quote.end in {span.end for span in spans}
    assert 0 <= quote.score <= 1
    check_marks(quote)


def check_marks(quote: Quote) -> None:
    """Each mark is a run of letters and digits that are written together, and none touches another."""
    written = list(words(quote.text))
    starts, ends = {word.start for word in written}, {word.end for word in written}
    assert all(mark.start in starts - ends and mark.end in ends - starts for mark in quote.highlights)
    assert all(mark.start < mark.end for mark in quote.highlights)
    assert all(one.end < other.start for one, other in itertools.pairwise(quote.highlights))


def check_refusal(refusal: Refusal, edition: Edition, previous: str) -> None:
    said = strip_controls(f"{refusal.question}\n{previous}")
    lacking = refusal.detail.words if refusal.detail else ()
    assert all(word and word in said for word in (*refusal.missing, *lacking))
    assert not set(lacking) & set(refusal.missing)
    assert len(set(refusal.missing)) == len(refusal.missing)
    names = [article.id for article in refusal.related]
    assert len(names) == len(set(names)) <= 3
    assert all(edition.articles[article.id] is article for article in refusal.related)


def are_disjoint(one: Quote, other: Quote) -> bool:
    same_place = (one.article.id, one.paragraph) == (other.article.id, other.paragraph)
    return not same_place or one.end <= other.start or other.end <= one.start


def are_twins(one: Quote, other: Quote) -> bool:
    own, others = set(normal_words(one.text)), set(normal_words(other.text))
    return len(own & others) >= 0.85 * min(len(own), len(others))
