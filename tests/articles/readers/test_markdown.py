from itertools import islice

import pytest

from bot.articles import Paragraph
from bot.articles.readers.markdown import markdown_blocks, plain_text
from tests.articles.conftest import Reading, Write
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


def test_no_more_lines_are_read_than_blocks_are_wanted() -> None:
    lines = iter(["- a"] * 100)
    body = type("Body", (str,), {"split": lambda *_: lines})()
    assert len(list(islice(markdown_blocks(body), 5))) == 5
    assert len(list(lines)) == 94


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
