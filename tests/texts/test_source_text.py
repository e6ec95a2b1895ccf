"""What stands behind a quote in words, and links that open an article at it."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Quote
from bot.articles import Article, CitedSource, Paragraph
from bot.texts import TEXT_DIRECTIVE, cited_text, quote_link
from bot.texts.source_text import LONGEST_DIRECTIVE, text_directive
from tests.chat.samples import ARABIC, ENGLISH

URL = "https://news.example/library"
WORDS = [f"w{number}" for number in range(20)]
LONG = " ".join(WORDS)


def quote(text: str, *paragraphs: str, url: str | None = URL) -> Quote:
    """Quote a text where it stands in the last of some paragraphs."""
    article = Article("a", "عنوان", tuple(map(Paragraph, paragraphs or (text,))), url=url)
    place = len(article.paragraphs) - 1
    start = article.paragraphs[place].text.rindex(text)
    return Quote(text, article, place, start, start + len(text), 0.9)


def parts(link: str | None) -> tuple[str, str, str]:
    """Read the prefix, the start and the end of a link's directive."""
    assert link is not None
    form = re.compile(r"(?:([^,]+)-,)?([^,-]+)(?:,([^,-]+))?")
    match = form.fullmatch(link.removeprefix(URL).removeprefix(TEXT_DIRECTIVE))
    assert match is not None, link
    prefix, start, end = (unquote(part or "") for part in match.groups())
    return prefix, start, end


def test_sources_are_named_with_their_day_month_or_year() -> None:
    sources = (
        CitedSource("A"),
        CitedSource("B", published="1999"),
        CitedSource("C", published="2025-04"),
        CitedSource("D", published="2025-04-17"),
    )
    named = cited_text(sources, ENGLISH, lambda source: source.name)
    assert named == "Based on: A; B, 1999; C, April 2025; D, April 17, 2025"
    assert cited_text(sources[2:3], ARABIC, lambda source: source.name) == "عن: C، أبريل 2025"


def test_a_short_quote_is_named_whole() -> None:
    assert quote_link(quote("بلغت 3-4")) == f"{URL}#:~:text=%D8%A8%D9%84%D8%BA%D8%AA%203%2D4"


def test_a_long_quote_is_named_by_its_ends() -> None:
    long = quote("كلمة أولى ثم " + "وسط " * 60 + "حتى آخر كلمة")
    assert parts(quote_link(long)) == ("", "كلمة أولى ثم وسط وسط وسط", "وسط وسط وسط حتى آخر كلمة")
    assert len(quote_link(long) or "") <= len(URL) + LONGEST_DIRECTIVE


def test_a_quote_is_told_from_the_same_words_before_it() -> None:
    assert parts(quote_link(quote("قال نعم", "قال نعم ثم عاد وقال: قال نعم"))) == ("وقال:", "قال نعم", "")
    assert parts(quote_link(quote("قال نعم", "ثم قال نعم.", "سكت ثم قال نعم"))) == ("سكت ثم", "قال نعم", "")
    assert parts(quote_link(quote("Yes sir", "YES SIR", "then Yes sir"))) == ("then", "Yes sir", "")


def test_a_link_stays_plain_where_nothing_tells_the_quote_from_earlier_words() -> None:
    assert quote_link(quote("قال نعم", "قال نعم.", "قال نعم")) == URL


@pytest.mark.parametrize("url", [None, f"{URL}#part", f"{URL}#:~:text=a"])
def test_a_link_with_a_fragment_of_its_own_stays_and_none_is_made(url: str | None) -> None:
    assert quote_link(quote("نص", url=url)) == url


def test_a_link_stays_plain_where_two_words_are_too_long() -> None:
    assert quote_link(quote(f"{'ط' * 90} {'ط' * 91} {'ط' * 92}")) == URL


def test_what_stands_behind_a_quote_needs_no_prefix() -> None:
    first = quote("قال نعم")
    twice = replace(first.article, paragraphs=(Paragraph("قال نعم ثم قال نعم"),))
    assert parts(quote_link(replace(first, article=twice))) == ("", "قال نعم", "")


SIGNS = st.sampled_from(
    ["كلمة", "أخرى", "Word", "word", "3-4", "a,b", "x&y", "_a_", "~b~", "«قال»:", "50%", "ط" * 70, "é"]
)
TEXT = st.lists(SIGNS, min_size=1, max_size=30).map(" ".join)


@given(st.lists(TEXT, max_size=3), st.lists(SIGNS, max_size=6), TEXT)
def test_a_directive_leads_to_its_text_and_to_no_earlier_one(above: list[str], words: list[str], text: str) -> None:
    before = "\n".join([*above, "".join(f"{word} " for word in words)])
    directive = text_directive(before, text)
    assert len(directive) <= LONGEST_DIRECTIVE
    assert re.fullmatch(r"(#:~:text=[A-Za-z0-9.%,-]+)?", directive)
    if directive:
        prefix, start, end = parts(URL + directive)
        assert text.startswith(start)
        assert text.endswith(end)
        assert end or start == text
        assert len(f"{start} {end}".split()) <= len(text.split())
        found = (before + text).casefold().find(f"{prefix} {start}".strip().casefold())
        assert found == len(before) - (len(prefix) + 1 if prefix else 0)


@given(st.text(min_size=1), st.text())
def test_no_text_raises(text: str, before: str) -> None:
    assert re.fullmatch(r"(#:~:text=[A-Za-z0-9.%,-]+)?", text_directive(before, text))
