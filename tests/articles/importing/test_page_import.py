from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import ArticleError, BoilerplatePhrases, QualityWarning, RejectionReason
from bot.articles.html import SavedPage, read_saved_page
from bot.articles.importing import import_page, import_text
from bot.articles.readers import read_markdown
from tests.articles.hostile_pieces import TAGS, WORDS
from tests.articles.html.test_page import PAGES
from tests.chat.hostile_text import PIECES
from tests.examples import examples

BODY = (
    "افتتح المجلس السوق القديم صباح السبت.\nوهو يضم مئة دكان.\n \t\n"
    "وقال رئيسه إن الإيجار لن يزيد هذا العام.\r\n\r\nانتهى."
)


def test_a_page_is_imported_as_it_will_be_read(phrases: BoilerplatePhrases) -> None:
    page = read_saved_page(PAGES / "news.html")
    imported = import_page("news", page, phrases)
    assert imported.article == read_markdown("news", imported.text, phrases)
    assert imported.extraction.navigation == 11
    assert imported.warnings == ()


def test_what_is_given_takes_the_place_of_the_pages_own(phrases: BoilerplatePhrases) -> None:
    page = read_saved_page(PAGES / "news.html")
    own = import_page("news", page, phrases).article
    article = import_page(
        "news", page, phrases, {"title": "عنوان آخر", "published": "٢ /٣/ 2026".replace(" ", "")}
    ).article
    assert (article.title, article.published) == ("عنوان آخر", date(2026, 3, 2))
    assert (article.outlet, article.url, article.author) == (own.outlet, own.url, own.author)
    assert article.paragraphs == own.paragraphs


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (read_saved_page(PAGES / "paywalled.html"), RejectionReason.PAYWALLED),
        (SavedPage("<html><body></body></html>"), RejectionReason.NO_BODY),
    ],
    ids=["paywall", "nothing"],
)
def test_a_page_without_an_article_says_why(
    phrases: BoilerplatePhrases, page: SavedPage, reason: RejectionReason
) -> None:
    with pytest.raises(ArticleError) as caught:
        import_page("x", page, phrases)
    assert caught.value.reason is reason


def test_blank_lines_part_the_paragraphs_of_a_text(phrases: BoilerplatePhrases) -> None:
    imported = import_text(
        "سوق", BODY, phrases, {"title": "السوق", "published": "2026-05-02", "outlet": "إذاعة الوادي"}
    )
    assert [paragraph.text for paragraph in imported.article.paragraphs] == [
        "افتتح المجلس السوق القديم صباح السبت. وهو يضم مئة دكان.",
        "وقال رئيسه إن الإيجار لن يزيد هذا العام.",
        "انتهى.",
    ]
    assert imported.article.published == date(2026, 5, 2)
    assert imported.warnings == (QualityWarning.SHORT,)


def test_navigation_in_a_text_is_left_out_and_counted(phrases: BoilerplatePhrases) -> None:
    imported = import_text("سوق", f"{BODY}\n\nاقرأ أيضاً: افتتاح الجسر", phrases, {"title": "السوق"})
    assert len(imported.article.paragraphs) == 3
    assert imported.extraction.navigation == 1


@pytest.mark.parametrize(
    ("fields", "body", "reason"),
    [
        ({}, BODY, RejectionReason.NO_TITLE),
        ({"title": "\u202e \u200f"}, BODY, RejectionReason.NO_TITLE),
        ({"title": "السوق"}, " \n\n\t", RejectionReason.NO_BODY),
        ({"title": "السوق", "published": "أمس"}, BODY, RejectionReason.BAD_DATE),
        ({"title": "السوق", "published": "2026-02-30"}, BODY, RejectionReason.BAD_DATE),
        ({"title": "السوق", "url": "file:///etc/passwd"}, BODY, RejectionReason.BAD_URL),
        ({"title": "ع" * 1001}, BODY, RejectionReason.LONG_FIELD),
    ],
)
def test_a_text_is_checked_as_front_matter_is(
    phrases: BoilerplatePhrases, fields: dict[str, str], body: str, reason: RejectionReason
) -> None:
    with pytest.raises(ArticleError) as caught:
        import_text("سوق", body, phrases, fields)
    assert caught.value.reason is reason


HOSTILE = st.lists(st.sampled_from([*PIECES, *WORDS, *TAGS, "---\n", "title: x\n", "\ud800"]), max_size=12).map("".join)


@examples(200)
@given(title=HOSTILE, outlet=HOSTILE, text=HOSTILE)
def test_whatever_is_typed_is_read_back_or_refused(title: str, outlet: str, text: str) -> None:
    phrases = BoilerplatePhrases.read(PAGES.parents[2] / "config" / "marks.toml")
    try:
        imported = import_text("نص", text, phrases, {"title": title, "outlet": outlet})
    except ArticleError:
        return
    assert imported.article == read_markdown("نص", imported.text, phrases)
    assert imported.article.paragraphs
    # No field of the file can be forged from within another.
    assert imported.article.url is None
    assert imported.article.published is None
