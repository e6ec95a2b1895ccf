from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, CitedSource, Paragraph
from bot.articles.characters import one_line
from bot.articles.readers import read_markdown, write_markdown
from bot.articles.readers.markdown import plain_text
from tests.articles.conftest import PHRASES, Reading, Write
from tests.examples import examples
from tests.patience import PATIENCE

HEAD = "---\ntitle: طريق الحرير\n---\n"


def test_headings_give_sections_and_blank_lines_paragraphs(write: Write, read: Reading) -> None:
    body = "تمهيد أول.\n\n## البداية ##\nسطر\nوتتمته.\n\nفقرة ثانية.\n\nالنهاية\n---\nخاتمة."
    article = read.article(write("a.md", HEAD + body))
    assert article.paragraphs == (
        Paragraph("تمهيد أول.", None),
        Paragraph("سطر وتتمته.", "البداية"),
        Paragraph("فقرة ثانية.", "البداية"),
        Paragraph("خاتمة.", "النهاية"),
    )


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("- بند\n  تتمة\n- ثان\n\n* ثالث", ["بند تتمة", "ثان", "ثالث"]),
        ("1. أول\n2) ثان", ["أول", "ثان"]),
        ("وقع الحدث عام\n2017. ثم انتهى.", ["وقع الحدث عام 2017. ثم انتهى."]),
        ("> قول\n> مأثور.", ["قول مأثور."]),
        ("> - بند في قول", ["بند في قول"]),
        ("قبل.\n\n***\n\nبعد.", ["قبل.", "بعد."]),
        ("قبل.\n```\nسطر\n```\nبعد.", ["قبل.", "سطر", "بعد."]),
        ("نص [هنا][1].\n\n[1]: https://a.example", ["نص هنا."]),
        ("قبل <!-- سر\n\nطويل --> بعد.", ["قبل بعد."]),
        ("نص <!-- لا ينتهي.", ["نص <!-- لا ينتهي."]),
        ("#وسم في أول السطر.", ["#وسم في أول السطر."]),
        ("## عنوان\n\nنص.\r\n\r\nنص ثان.", ["نص.", "نص ثان."]),
        ("![صورة](a.png)\n\nنص.", ["نص."]),
    ],
)
def test_blocks_become_plain_paragraphs(write: Write, read: Reading, body: str, texts: list[str]) -> None:
    assert read.texts(write("a.md", HEAD + body)) == texts


def test_navigation_goes_from_lists_and_under_headings(write: Write, read: Reading) -> None:
    teased = "اقرأ أيضا:\n- [خبر](u)\n- [خبر آخر](u)"
    related = "## مقالات ذات صلة\n- خبر\n- هل من خبر؟"
    body = f"نص أول.\n\n{teased}\n\nنص ثان.\n\n{related}\n\n## ملحق\nنص ثالث."
    article = read.article(write("a.md", HEAD + body))
    assert [(paragraph.text, paragraph.section) for paragraph in article.paragraphs] == [
        ("نص أول.", None),
        ("نص ثان.", None),
        ("نص ثالث.", "ملحق"),
    ]


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(
    "piece", ["[", "![](", "[a](b(", "*a ", "**", "_a", "`", "<a", "<!--", "> ", "- ", "# ", "&#9", "~~a", "\\"]
)
def test_hostile_repetition_takes_no_longer_than_its_length(write: Write, read: Reading, piece: str) -> None:
    read.corpus(write("a.md", HEAD + piece * (200_000 // len(piece)) + "\n\nنص."))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("قال [الوزير](https://a.example/x_(y) 'عنوان') أمس", "قال الوزير أمس"),
        ("[مرجع][1] و[ثان][] و[3]", "مرجع و[ثان][] و[3]"),
        ("قبل ![صورة](a.png) بعد", "قبل بعد"),
        ("[![شعار](a.png)](https://a.example)نص", "نص"),
        ("**مهم** و*مائل* و***كلاهما*** و**عريض فيه *مائل* هنا**", "مهم ومائل وكلاهما وعريض فيه مائل هنا"),
        ("__مهم__ و _مائل_ واسم_فيه_شرطات", "مهم و مائل واسم_فيه_شرطات"),
        ("5 * 3 * 2 و* ملاحظة", "5 * 3 * 2 و* ملاحظة"),
        ("~~محذوف~~ `رمز` ``رمز آخر``", "محذوف رمز رمز آخر"),
        (r"نجمة \*حرفية\* و\[قوس\]", "نجمة *حرفية* و[قوس]"),
        ("<https://a.example/> و<b>عريض</b><br/>سطر 3 < 5 > 2", "https://a.example/ و عريض سطر 3 < 5 > 2"),
        ("هذا &amp; ذاك &#1594; &#8238;مقلوب", "هذا & ذاك غ مقلوب"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
    ],
)
def test_a_reader_sees_the_text_without_its_marks(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


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
