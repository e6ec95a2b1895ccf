from pathlib import Path

import pytest

from bot.articles import RejectionReason
from tests.articles.conftest import Reading, Write

STORY = """متحف البحر يعيد فتح قاعته الكبرى
أغلقت القاعة ثلاث سنوات، وعادت بسقف جديد من خشب الأرز.

سقف من خشب
قال النجار المسؤول (https://a.example/roof) إن العمل استغرق تسعة أشهر كاملة.
شاهد أيضًا: قارب خشبي يعبر المضيق
وأضاف أن الأخشاب جاءت من غابة قريبة.
من يدفع الكلفة؟
تحملت البلدية نصف المبلغ، وتبرع الصيادون بالباقي.
"""


def test_lines_become_title_standfirst_headings_and_paragraphs(write: Write, read: Reading) -> None:
    article = read.article(write("museum.txt", STORY))
    assert article.title == "متحف البحر يعيد فتح قاعته الكبرى"
    assert [(paragraph.text.split()[0], paragraph.section) for paragraph in article.paragraphs] == [
        ("أغلقت", None),
        ("قال", "سقف من خشب"),
        ("وأضاف", "سقف من خشب"),
        ("تحملت", "من يدفع الكلفة؟"),
    ]


def test_a_short_standfirst_is_a_paragraph(write: Write, read: Reading) -> None:
    assert read.texts(write("a.txt", "عنوان\nعودة بعد غياب\nفتح المتحف بابه أمس.")) == [
        "عودة بعد غياب",
        "فتح المتحف بابه أمس.",
    ]


def test_a_list_of_short_lines_is_not_a_row_of_headings(write: Write, read: Reading) -> None:
    lines = ["النتائج كما يلي.", "الفريق الأزرق 2", "الفريق الأخضر 1", "الفريق الأحمر 0", "وتقام الجولة المقبلة غدا."]
    assert read.texts(write("a.txt", "\n".join(["عنوان", *lines]))) == lines


def test_a_last_line_without_a_paragraph_below_it_is_text(write: Write, read: Reading) -> None:
    assert read.texts(write("a.txt", "عنوان\nنص أول.\nخاتمة بلا نقطة"))[-1] == "خاتمة بلا نقطة"


def test_a_title_alone_has_no_body(write: Write, read: Reading) -> None:
    assert read.rejection(write("a.txt", "عنوان وحيد")).reason is RejectionReason.NO_BODY


@pytest.mark.parametrize("opening", ["<!DOCTYPE html>", "\n <HTML lang='ar'>"])
def test_a_saved_page_is_not_taken_for_text(write: Write, read: Reading, opening: str) -> None:
    rejection = read.rejection(write("a.txt", f"{opening}\n<body>\nنص.\n</body>"))
    assert (rejection.reason, rejection.detail) == (RejectionReason.UNKNOWN_FORM, "HTML")


def test_the_first_users_article_holds_no_navigation(shared: Path, read: Reading) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        tail = lines.index("أخبار ذات صلة")
        teased = [line.partition(":")[2].strip() for line in lines if line.startswith("شاهد ايضاً")]
        assert (len(teased), len(lines) - tail) == (4, 4)
        body = "\n".join(read.texts(path))
        assert not [headline for headline in [*teased, *lines[tail:]] if headline in body]
        prose = [line for line in lines[1:tail] if line.endswith((".", '"')) and not line.startswith("شاهد")]
        assert [line for line in prose if line not in body] == ['فوائد البرمجيات الجديدة "ImmigrationOS"']
