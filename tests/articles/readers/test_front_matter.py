from datetime import date

import pytest

from bot.articles import RejectionReason
from tests.articles.conftest import Reading, Write
from tests.patience import PATIENCE

BODY = "\nهبت الريح على الحقل طوال الليل.\n"


def document(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", BODY])


def test_known_fields_are_read_and_others_ignored(write: Write, read: Reading) -> None:
    lines = [
        "title: 'حقل: قصة'",
        "outlet: المزرعة",
        "published: 2024-05-06",
        "language: ar",
        "tags:",
        "  - {a: [b]}",
        "author: ~",
    ]
    article = read.article(write("a.md", document(*lines)))
    assert (article.title, article.outlet, article.author) == ("حقل: قصة", "المزرعة", None)
    assert (article.published, article.language) == (date(2024, 5, 6), "ar")


@pytest.mark.parametrize("title", ["2025", "yes", "2024-01-01", "1_000", "0x10", "1.50"])
def test_a_title_stays_as_it_was_written(write: Write, read: Reading, title: str) -> None:
    assert read.article(write("a.md", document(f"title: {title}"))).title == title


@pytest.mark.parametrize(
    "text", ["نص بلا مقدمة.", "# عنوان\n\nنص.", document("outlet: x"), document("title:"), document()]
)
def test_an_article_without_title_is_rejected(write: Write, read: Reading, text: str) -> None:
    assert read.rejection(write("a.md", text)).reason is RejectionReason.NO_TITLE


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["title: a", "outlet: [b"], 3),
        (["title: a", "\toutlet: b"], 3),
        (["title: a", "title: b"], 3),
        (["- title", "- outlet"], 2),
        (["just text"], 2),
        (["title: &a [*b]"], 2),
        (["? [a]", ": b"], 2),
        (["title: " + "[" * 1000], 2),
        (["title: " + "x" * 40_000], 2),
    ],
)
def test_malformed_front_matter_is_rejected_with_its_line(
    write: Write, read: Reading, lines: list[str], line: int
) -> None:
    rejection = read.rejection(write("a.md", document(*lines)))
    assert (rejection.reason, rejection.line) == (RejectionReason.BAD_FRONT_MATTER, line)


@pytest.mark.parametrize("value", ["عاجل: حريق", "عاجل:", 'خبر: عن "الحقل"', "http://a: b"])
def test_a_value_with_a_colon_is_told_to_need_quotes(write: Write, read: Reading, value: str) -> None:
    rejection = read.rejection(write("a.md", document("outlet: المزرعة", f"title: {value}")))
    assert (rejection.reason, rejection.line) == (RejectionReason.BARE_COLON, 3)
    assert read.article(write("a.md", document(f"title: '{value}'"))).title == value


@pytest.mark.parametrize("lines", [["title: a", "  outlet: b"], ["title: 'a: b' c: d"]])
def test_other_slips_with_colons_are_not_told_to_need_quotes(write: Write, read: Reading, lines: list[str]) -> None:
    assert read.rejection(write("a.md", document(*lines))).reason is RejectionReason.BAD_FRONT_MATTER


def test_front_matter_without_an_end_is_rejected(write: Write, read: Reading) -> None:
    rejection = read.rejection(write("a.md", f"\n---\ntitle: a\n{BODY}"))
    assert (rejection.reason, rejection.line) == (RejectionReason.BAD_FRONT_MATTER, 2)


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        ("title: [a]", RejectionReason.BAD_FIELD, "title"),
        ("outlet: {a: b}", RejectionReason.BAD_FIELD, "outlet"),
        ("published: أمس", RejectionReason.BAD_DATE, "published"),
        ("url: file:///a", RejectionReason.BAD_URL, "file:///a"),
    ],
)
def test_a_bad_field_is_rejected_with_its_line(
    write: Write, read: Reading, line: str, reason: RejectionReason, detail: str
) -> None:
    lines = ["language: ar", line, *([] if detail == "title" else ["title: a"])]
    rejection = read.rejection(write("a.md", document(*lines)))
    assert (rejection.reason, rejection.detail, rejection.line) == (reason, detail, 3)


@pytest.mark.timeout(PATIENCE)
def test_aliases_do_not_expand(write: Write, read: Reading) -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert read.article(write("a.md", document(*bomb, "title: b"))).title == "b"
    assert read.rejection(write("a.md", document(*bomb, "title: *a29"))).reason is RejectionReason.BAD_FIELD


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [x]", "!!timestamp x", "!!int x", "!!binary '!'", "!x y"]
)
def test_tags_build_nothing(write: Write, read: Reading, tag: str) -> None:
    assert read.article(write("a.md", document("title: a", f"sources: {tag}"))).title == "a"
