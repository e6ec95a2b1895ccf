from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, ArticleError, QualityWarning, RejectionReason, Removal
from bot.articles.html import ExtractionReport
from bot.articles.importing import AddedArticle, ImportedArticle
from bot.articles.importing.page_download import FetchError, FetchReason
from bot.chat.cards.card import Card
from bot.chat.moderation.addition_cards import (
    added_card,
    doubtful_card,
    error_card,
    known_card,
    removed_card,
    restored_card,
)
from bot.chat.moderation.addition_form import AdditionWords
from bot.chat.moderation.addition_requests import kept_card
from bot.chat.moderation.reload_cards import AuditedWork, audit_line
from bot.edition import GateError
from bot.texts import Texts
from tests.chat.doubles import reloaded
from tests.chat.hostile_text import DANGEROUS, PIECES, after_escapes
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, article
from tests.examples import examples

HOSTILE = st.lists(st.sampled_from([*PIECES, "ع" * 300]), min_size=1, max_size=8).map("".join)
ADDED = AddedArticle("2026-03-09-افتتاح", article())
LONG = ExtractionReport(tuple(f"{number} " + "كلمة " * 100 for number in range(30)), 12_345, 67)


def imported(one: Article, extraction: ExtractionReport = LONG) -> ImportedArticle:
    return ImportedArticle(one, "", extraction, tuple(QualityWarning))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_longest_report_fits(texts: Texts) -> None:
    card = added_card(ADDED, imported(article("خبر " * 250)), reloaded(), texts)
    assert within_limits(card)


def test_the_report_says_what_is_in_the_article_and_what_was_left_out() -> None:
    told = ImportedArticle(article(), "", ExtractionReport(("نصّ الصورة",), 3, 1), (QualityWarning.NO_DATE,))
    shown = lines(added_card(ADDED, told, reloaded(), ARABIC))
    assert shown == [
        "أُضيفت إلى التغطية، ومنها أجيب من الآن.",
        "[افتتاح المكتبة العامة في المدينة القديمة](https://news.example/library) · صحيفة الضفة · 9 مارس 2026",
        "عدد الفقرات: 1",
        ARABIC("addition.navigation", count=3),
        "حُذف لأنه أقصر من أن يكون فقرة: 1",
        "في الصفحة نصّ ليس في المقالة: «نصّ الصورة»",
        "راجعها: بلا تاريخ نشر.",
        "أُضيف 0، وتغيّر 0، وأُزيل 0، ولم يُقرأ 0. البصمة الآن: \u2068bbbbbbbbbbbbbbbb\u2069",
        "أسئلة الفحص التي نجحت: 12",
    ]


def test_only_doubts_whether_a_page_has_an_article_keep_it_out() -> None:
    odd = ImportedArticle(article(), "", LONG, (QualityWarning.NO_DATE,))
    assert doubtful_card(odd, ARABIC) is None
    card = doubtful_card(replace(odd, warnings=(QualityWarning.NO_DATE, QualityWarning.FRONT)), ARABIC)
    assert card is not None
    assert "قد لا تكون في الصفحة مقالة كاملة: عناوين تقود إلى مقالات أخرى." in lines(card)[1]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@pytest.mark.parametrize("reason", [*FetchReason, *RejectionReason])
def test_every_reason_is_told_and_no_option_of_the_command_line(
    texts: Texts, reason: FetchReason | RejectionReason
) -> None:
    error = FetchError(reason, "404") if isinstance(reason, FetchReason) else ArticleError(reason, detail="import")
    for words in (AdditionWords("https://news.example/x"), AdditionWords(title="عنوان", text="نصّ", day="أمس")):
        told = "\n".join(error_card(error, words, texts).texts)
        assert "--" not in told
        assert "None" not in told
        assert len(told.split()) > 5


def cards(words: str) -> list[Card]:
    """Every card with other people's words in it."""
    typed = AdditionWords(words, words, words, words, words)
    told = ImportedArticle(article(), "", ExtractionReport((words,)), ())
    errors = [FetchError(reason, words) for reason in FetchReason]
    rejections = [ArticleError(reason, detail=words) for reason in RejectionReason]
    titled: Sequence[Article] = (article(words, outlet=words), article(words, outlet=words, url=None))
    return [
        added_card(ADDED, told, reloaded(), ARABIC),
        *(removed_card([one], reloaded(), ARABIC) for one in titled),
        *(restored_card([Removal("x", None, words)], back, reloaded(), ARABIC) for back in (titled[:0], titled)),
        *(known_card(one, ARABIC, by_link=False, is_served=True) for one in titled),
        *(error_card(error, typed, ARABIC) for error in (*errors, *rejections)),
    ]


def acted_on(card: Card) -> int:
    """Count what Discord acts on in the blocks of a card."""
    return sum(len(DANGEROUS.findall(after_escapes(block))) for block in card.blocks)


PLAIN = [acted_on(card) for card in cards("خبر")]


@examples(60)
@given(words=HOSTILE)
def test_nothing_typed_pings_or_breaks_a_card(words: str) -> None:
    hostile = cards(words)
    assert all(map(within_limits, hostile))
    # Of our own are a link and its brackets.
    assert [acted_on(card) for card in hostile] == PLAIN


@examples(60)
@given(title=HOSTILE)
def test_no_title_pings_in_the_audit(title: str) -> None:
    for work in (AuditedWork("<@7>", "added", title), AuditedWork(None, "restored", title)):
        for outcome in (reloaded(), GateError("shrunk", before=3, after=1, percent=50)):
            line = audit_line(outcome, work, ARABIC)
            assert after_escapes(line).count("<@") == (work.by is not None)
            assert "@everyone" not in after_escapes(line)


def test_a_failure_says_what_became_of_the_file() -> None:
    gate = GateError("shrunk", before=3, after=1, percent=50)
    taken_out = lines(kept_card(gate, AuditedWork(kind="added"), ARABIC))
    assert taken_out[0] == "لم تُضف المقالة"
    assert taken_out[-1] == ARABIC("undone.added")
    put_back = lines(kept_card(gate, AuditedWork(kind="removed"), ARABIC))
    assert (put_back[0], put_back[-1]) == ("لم تُزل المقالة", ARABIC("undone.removed"))
    stays_out = lines(kept_card(gate, AuditedWork(kind="restored"), ARABIC))
    assert (stays_out[0], stays_out[-1]) == ("لم ترجع المقالة", ARABIC("undone.restored"))
    unserved = lines(kept_card(reloaded(), AuditedWork(kind="added"), ARABIC))
    assert unserved[1] == ARABIC("addition.not_served")
