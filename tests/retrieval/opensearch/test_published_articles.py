"""Tests of articles packed into values of a field."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, CitedSource, Paragraph
from bot.retrieval.opensearch.published_articles import link_digest, pack_article, text_digest, unpack_article

# Of all code points: lone surrogates, also two that together would be one character, and what ends lines or strings.
TEXTS = st.text(st.characters() | st.sampled_from('\ud83d\ude00\x00\u2028"\\\n'), max_size=30)
MAYBE = st.none() | TEXTS
ARTICLES = st.builds(
    Article,
    id=TEXTS,
    title=TEXTS,
    paragraphs=st.lists(st.builds(Paragraph, TEXTS, MAYBE), max_size=4).map(tuple),
    outlet=MAYBE,
    url=MAYBE,
    author=MAYBE,
    published=st.none() | st.dates(),
    language=MAYBE,
    sources=st.lists(st.builds(CitedSource, TEXTS, MAYBE, MAYBE), max_size=2).map(tuple),
    dead_since=st.none() | st.dates(),
    dropped=st.integers(0, 1000),
)


@given(ARTICLES)
def test_an_article_is_unpacked_as_it_was_packed(article: Article) -> None:
    unpacked = unpack_article(pack_article(article))
    assert (unpacked, unpacked.dropped) == (article, article.dropped)


def test_two_halves_of_a_character_stay_two() -> None:
    article = Article("\ud83d\ude00", "خبر", (Paragraph("\ude00"),), published=date(1, 1, 1))
    assert unpack_article(pack_article(article)) == article


def test_a_value_needs_no_escapes_in_json() -> None:
    assert pack_article(Article('"', "\\\n", ())).replace("+", "").replace("/", "").rstrip("=").isalnum()


def test_spellings_of_a_link_have_one_digest() -> None:
    one, other, third = map(
        link_digest, ("https://www.news.example/a%62/", "http://news.example/ab", "http://news.example/ac")
    )
    assert one == other != third


def test_paragraphs_have_the_digest_of_their_texts_in_order() -> None:
    assert text_digest(["أول", "ثان"]) == text_digest(iter(("أول", "ثان"))) != text_digest(["ثان", "أول"])
