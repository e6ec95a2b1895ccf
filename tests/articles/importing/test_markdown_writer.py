from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, BoilerplatePhrases, CitedSource, Paragraph
from bot.articles.characters import one_line
from bot.articles.importing import write_markdown
from bot.articles.readers import read_markdown
from tests.examples import examples

PHRASES = BoilerplatePhrases.read(Path(__file__).parents[3] / "config" / "marks.toml")
SIGNS = st.sampled_from(
    [
        *("كلمة", "# ", "- ", "1. ", "2024.", "> ", "---", "...", "***", "```", "~~~", "[a]: b", "[a](b)", "![a](b)"),
        *("<b>", "</b>", "<!--", "-->", "&amp;", "&lt;", "&#42;", "*", "_", "`", "\\", '"', "'", ":", "{", "}", "%"),
        *("@", "!", "|", "<http://x.example>", "##", "=", "==", "~~", "•", "- -", "\u202e", "\u2028", "\x00", "\ufeff"),
    ]
)
# Longer than any navigation, so that nothing is left out when it is read.
OPENING = "قالت البلدية إن العمل في الجسر " * 6
LINE = st.lists(st.one_of(SIGNS, st.text(max_size=5)), min_size=1, max_size=12).map(" ".join).map(one_line).filter(bool)
PROSE = st.tuples(st.sampled_from(["", "# ", "- ", "> ", "1. ", "* "]), LINE).map(
    lambda parts: one_line(parts[0] + OPENING + parts[1] + ".")
)


@examples(400)
@given(title=LINE, outlet=st.none() | LINE, body=st.lists(st.tuples(PROSE, st.none() | LINE), min_size=1, max_size=4))
def test_what_is_written_is_read_back(title: str, outlet: str | None, body: list[tuple[str, str | None]]) -> None:
    paragraphs = []
    section = None
    for text, heading in body:
        section = heading or section
        paragraphs.append(Paragraph(text, section))
    article = Article("a", title, tuple(paragraphs), outlet)
    read = read_markdown("a", write_markdown(article), PHRASES)
    # A heading may be navigation to the reader; text never is.
    assert (read.title, read.outlet) == (article.title, article.outlet)
    assert [paragraph.text for paragraph in read.paragraphs] == [paragraph.text for paragraph in article.paragraphs]


def test_every_field_is_written_and_none_that_is_empty() -> None:
    article = Article(
        *("a", "عنوان", (Paragraph("نص يُقرأ كما كُتب."),)),
        outlet="صحيفة",
        url="https://news.example/x",
        author="كاتبة",
        published=date(2026, 3, 1),
        language="ar",
        sources=(CitedSource("وكالة: «أ»", "https://agency.example/1", "2026-02"), CitedSource("شاهد")),
    )
    text = write_markdown(article)
    assert read_markdown("a", text, PHRASES) == article
    bare = write_markdown(Article("a", "عنوان", article.paragraphs))
    assert bare == '---\ntitle: "عنوان"\n---\n\nنص يُقرأ كما كُتب.\n'


@pytest.mark.parametrize(
    "title",
    ["a: b", "- a", "2025", "null", "#x", '"', "'", "[a]", "{a}", "*a", "&a", "!a", "---", "a\\n", "%a", "a #b"],
)
def test_no_title_breaks_the_front_matter(title: str) -> None:
    article = Article("a", title, (Paragraph("نص يُقرأ كما كُتب."),))
    assert read_markdown("a", write_markdown(article), PHRASES) == article


def test_plain_text_is_written_plainly() -> None:
    text = "بلغت الكلفة 3.5 ملايين (أي أكثر مما كان في 2024)، وقالت: «لن ندفع» — رغم ذلك & غيره."
    assert text in write_markdown(Article("a", "عنوان", (Paragraph(text),)))
