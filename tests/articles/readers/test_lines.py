import json
from pathlib import Path

import pytest

from bot.articles import RejectionReason
from bot.articles.corpus_files import MOST_BYTES
from tests.articles.conftest import Reading, Write


def line(number: int, **extra: object) -> bytes:
    record = {"id": number, "title": f"خبر {number}", "paragraphs": ["عاد القطار إلى خطه القديم."]}
    return json.dumps(record | extra, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", RejectionReason.BAD_JSON),
        (b"[1, 2]", RejectionReason.BAD_JSON),
        (b"null", RejectionReason.BAD_JSON),
        (b'{"id": ' + b"9" * 5000 + b"}", RejectionReason.BAD_JSON),
        (b"[" * 100_000, RejectionReason.BAD_JSON),
        (b'{"a":' * 100_000, RejectionReason.BAD_JSON),
        (b'{"title": "\xe3\xd1\xcd"}', RejectionReason.ENCODING),
        (b'{"title": NaN}', RejectionReason.BAD_FIELD),
        (b'"' + b"x" * 3 * MOST_BYTES, RejectionReason.TOO_LARGE),
    ],
    ids=["cut", "list", "null", "digits", "deep list", "deep object", "code page", "nan", "long"],
)
def test_a_bad_line_is_rejected_and_the_rest_loads(
    write: Write, read: Reading, bad: bytes, reason: RejectionReason
) -> None:
    corpus = read.corpus(write("a.jsonl", line(1) + b"\r\n" + bad + b"\n" + line(2)))
    assert [article.id for article in corpus.articles] == ["1", "2"]
    [rejection] = corpus.rejections
    assert (rejection.path, rejection.line, rejection.reason) == ("a.jsonl", 3, reason)


def test_a_byte_order_mark_and_a_missing_last_newline_do_no_harm(write: Write, read: Reading) -> None:
    corpus = read.corpus(write("a.jsonl", b"\xef\xbb\xbf" + line(1) + line(2).rstrip()))
    assert (len(corpus.articles), corpus.rejections) == (2, ())


def test_only_a_line_feed_ends_a_line(write: Write, read: Reading) -> None:
    content = json.dumps({"id": 1, "title": "أ\u2028ب", "paragraphs": ["ج\x85د\u2029هـ"]}, ensure_ascii=False)
    article = read.article(write("a.jsonl", content))
    assert (article.title, article.paragraphs[0].text) == ("أ ب", "ج د هـ")


def test_paragraphs_keep_their_places(write: Write, read: Reading) -> None:
    paragraphs = ["سطر قصير", "هل هذا عنوان؟", "- بند", "  نص\nفي سطرين.  "]
    assert read.texts(write("a.jsonl", line(1, paragraphs=paragraphs))) == [*paragraphs[:3], "نص في سطرين."]


def test_escaped_surrogates_and_controls_come_out_fit_for_utf8(write: Write, read: Reading) -> None:
    article = read.article(
        write("a.jsonl", r'{"id":"\udfff","title":"ع\ud800ن","paragraphs":["أ\u0000ب\u202eج\ud83d\ude00"]}')
    )
    assert (article.id, article.title, article.paragraphs[0].text) == ("\ufffd", "ع\ufffdن", "أبج😀")


def test_the_last_of_two_equal_keys_counts(write: Write, read: Reading) -> None:
    article = read.article(write("a.jsonl", '{"id":1,"title":"أول","title":"ثان","paragraphs":["نص."]}'))
    assert article.title == "ثان"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"PK\x03\x04\n\n\n", RejectionReason.BINARY), (line(1).decode().encode("utf-16"), RejectionReason.ENCODING)],
)
def test_a_file_of_another_kind_is_rejected_once(
    write: Write, read: Reading, data: bytes, reason: RejectionReason
) -> None:
    rejection = read.rejection(write("a.jsonl", data))
    assert (rejection.reason, rejection.line) == (reason, None)


def test_the_shared_sets_load_without_a_loss(shared: Path, read: Reading) -> None:
    paths = sorted(shared.glob("eval/*/articles.jsonl"))
    assert paths
    for path in paths:
        corpus = read.corpus(path)
        assert corpus.rejections == ()
        records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        wanted = {record["id"]: len(record["paragraphs"]) for record in records}
        assert {article.id: len(article.paragraphs) for article in corpus.articles} == wanted


@pytest.mark.slow
def test_the_news_archive_loads_almost_whole(shared: Path, read: Reading) -> None:
    """Four of its articles have no title, and one link holds a space."""
    corpus = read.corpus(shared / "corpora" / "news_ant.articles.jsonl")
    assert len(corpus.articles) + len(corpus.rejections) == 10_138
    assert len(corpus.rejections) <= 5


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
