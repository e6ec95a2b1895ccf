from datetime import timedelta

import pytest

from bot.articles import Rejection, RejectionReason
from bot.chat.corpus_cards import changes_card, rejection_lines, status_card
from bot.chat.coverage_cards import help_card
from bot.edition import Changes
from bot.texts import Texts
from tests.chat.doubles import edition
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, article

MANY = [article(f"خبر طويل العنوان رقم {number} " + "كلمة " * 30) for number in range(500)]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_largest_reload_fits(texts: Texts) -> None:
    rejections = [Rejection("p" * 4000 + ".md", reason, 3, "d" * 4000) for reason in RejectionReason]
    changes = Changes(tuple(MANY), tuple(MANY), tuple(MANY), tuple(rejections * 20))
    card = changes_card(changes, texts)
    assert within_limits(card)
    assert len(card.blocks) == 5


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_all_that_changed_is_counted_though_little_is_listed(texts: Texts) -> None:
    shortest = [article(f"{number}", outlet=None, url=None, published=None) for number in range(2000)]
    [_, added] = changes_card(Changes(tuple(shortest), (), (), ()), texts).blocks
    heading, *shown, more = added.split("\n")
    assert heading == f"**{texts('reload.added', count=2000)}**"
    assert more == texts("list.more", count=2000 - len(shown))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_every_rejection_has_its_sentence_with_the_file(texts: Texts) -> None:
    rejections = [Rejection("a_b*.md", reason, 3, "x") for reason in RejectionReason]
    assert all(r"a\_b\*.md" in line for line in rejection_lines(rejections, texts))


def test_status_shows_counts_time_and_fingerprint() -> None:
    shown = lines(status_card(edition(article()), timedelta(hours=51, minutes=3, seconds=9), 0.0421, ARABIC))
    for words in ("عدد المقالات: 1", "عدد الفقرات: 1", "24 نوفمبر/تشرين الثاني 2026، الساعة 15:30", "يومان", "42"):
        assert any(words in line for line in shown)


def test_status_leaves_out_a_latency_that_is_not_known() -> None:
    shown = lines(status_card(edition(article()), timedelta(0), float("inf"), ARABIC))
    assert not any("زمن الوصول" in line for line in shown)


def test_help_fits() -> None:
    assert within_limits(help_card(ARABIC))
    assert within_limits(help_card(ENGLISH))
