from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import MOST_CHARACTERS, Quote
from bot.articles import Article, Paragraph
from bot.chat.cards.answer_card import FOLLOWS, QUESTION, read_question
from bot.chat.cards.card import Card
from bot.chat.cards.reading_cards import context_card, further_card
from bot.chat.cards.source_lines import day_and_age
from bot.retrieval import Scope
from bot.texts import Texts, quote_link
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article

FIRST, SECOND, THIRD = "وضع الحجر الأول عام 2020.", "افتتحت البلدية المكتبة. وحضر السكان.", "والإعارة مجانية."
SOURCE = replace(article(), paragraphs=tuple(map(Paragraph, (FIRST, SECOND, THIRD))))
LONG = " ".join(f"كلمة{number}" for number in range(2000))

QUOTES = answer(*(article(f"مقالة {number}") for number in "١٢٣٤٥")).quotes

AGED = day_and_age(SOURCE, ARABIC)


def quote(source: Article, paragraph: int, words: str) -> Quote:
    start = source.paragraphs[paragraph].text.index(words)
    return Quote(words, source, paragraph, start, start + len(words), 0)


def test_the_quote_is_bold_in_its_paragraph_between_its_neighbours() -> None:
    shown = quote(SOURCE, 1, "افتتحت البلدية المكتبة.")
    assert lines(context_card([shown], ARABIC)) == [
        "سياق الاقتباس",
        f"> {FIRST}",
        "",
        "> **افتتحت البلدية المكتبة.** وحضر السكان.",
        "",
        f"> {THIRD}",
        f"المصدر: [{SOURCE.title}]({quote_link(shown)}) · صحيفة الضفة · {AGED} · الفقرة 2 من 3",
        "الخط العريض هو ما اقتبستُه.",
    ]


def test_two_quotes_of_a_paragraph_show_it_once() -> None:
    card = context_card([quote(SOURCE, 1, "وحضر السكان."), quote(SOURCE, 1, "افتتحت البلدية")], ARABIC)
    assert len(card.blocks) == 1
    assert "> **افتتحت البلدية** المكتبة. **وحضر السكان.**" in card.blocks[0]


@pytest.mark.parametrize("numbers", [(0, 1), (0, 2), (2, 0), (0, 1, 2), (1,), (1, 1)])
def test_a_paragraph_is_shown_once_in_the_order_of_its_article(numbers: tuple[int, ...]) -> None:
    texts = (FIRST, SECOND, THIRD)
    [block] = context_card([quote(SOURCE, number, texts[number]) for number in numbers], ARABIC).blocks
    quoted = [line.removeprefix("> ").strip("*") for line in block.splitlines() if line.startswith("> ")]
    assert quoted == list(texts)
    assert block.count("الفقرة\u00a0") == len(set(numbers))


def test_paragraphs_far_from_each_other_are_blocks_of_their_own() -> None:
    far = replace(article(), paragraphs=tuple(Paragraph(f"فقرة رقم {number}.") for number in range(9)))
    first, second = context_card([quote(far, 7, "فقرة رقم 7."), quote(far, 1, "فقرة رقم 1.")], ARABIC).blocks
    assert [words for words in ("فقرة رقم 0", "فقرة رقم 2", "فقرة رقم 6") if words in first] == [
        "فقرة رقم 0",
        "فقرة رقم 2",
    ]
    assert "فقرة رقم 8" in second


def test_a_long_paragraph_before_a_quote_keeps_its_end_and_one_behind_it_its_beginning() -> None:
    source = replace(article(), paragraphs=(Paragraph(LONG), Paragraph(SECOND), Paragraph(LONG)))
    [block] = context_card([quote(source, 1, SECOND)], ARABIC).blocks
    before, _, after = block.partition("\n-# المصدر")[0].split("\n\n")
    assert (before[:7], before[-8:]) == ("> …كلمة", "كلمة1999")
    assert (after[:8], after[-1]) == ("> كلمة0 ", "…")


def test_an_article_is_named_once() -> None:
    other = replace(SOURCE, id="other")
    card = context_card([quote(SOURCE, 0, FIRST), quote(SOURCE, 2, THIRD), quote(other, 0, FIRST)], ARABIC)
    assert [text.count(ARABIC("card.same_article")) for text in card.blocks] == [1, 0]


def test_what_is_gone_is_told_beside_what_is_left() -> None:
    gone = ARABIC("context.gone")
    assert context_card([None, quote(SOURCE, 2, THIRD)], ARABIC).blocks[1:] == (gone,)
    assert lines(context_card([None, None], ARABIC)) == ["سياق الاقتباس", gone]


@pytest.mark.parametrize("words", ["كلمة0", "كلمة900 كلمة901", "كلمة1999", LONG[5000:15000]])
def test_a_long_paragraph_is_cut_around_its_quote(words: str) -> None:
    source = replace(article(), paragraphs=(Paragraph("قبل"), Paragraph(LONG), Paragraph("بعد")))
    card = context_card([quote(source, 1, words)], ARABIC)
    assert f"**{words}"[:500] in card.blocks[0]
    assert within_limits(card)


OTHERS_WORDS = st.text(min_size=1, max_size=300).filter(str.strip) | st.just("*_~|`<@1>[x](y)\n" * 400)


@given(st.lists(OTHERS_WORDS, min_size=1, max_size=4), st.data(), st.sampled_from([ARABIC, ENGLISH]))
def test_any_words_fit(words: list[str], data: st.DataObject, texts: Texts) -> None:
    source = replace(article(), paragraphs=tuple(map(Paragraph, words)))
    numbers = data.draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=3))
    quotes = [quote(source, number, words[number]) for number in numbers]
    assert within_limits(context_card([*quotes, None], texts))


def turns(card: Card) -> list[tuple[str, bool]]:
    return [(button.custom_id, button.is_disabled) for row in card.rows for button in row]


def test_two_passages_stand_on_a_page_below_the_question() -> None:
    shown = lines(further_card("متى؟", None, QUOTES, 0, ARABIC))
    assert shown[:2] == ["السؤال: «متى؟»", "فقرات قريبة من سؤالك"]
    assert [line[9:16] for line in shown if line.startswith("المصدر")] == ["مقالة ١", "مقالة ٢"]
    assert shown[-1].startswith("الصفحة 1 من 3.")


@pytest.mark.parametrize(
    ("page", "back", "on"),
    [
        (0, ("b1:page:0", True), ("b1:page:1", False)),
        (1, ("b1:page:0", False), ("b1:page:2", False)),
        (2, ("b1:page:1", False), ("b1:page:2", True)),
        (9, ("b1:page:1", False), ("b1:page:2", True)),
    ],
)
def test_pages_are_turned_in_reading_direction(page: int, back: tuple[str, bool], on: tuple[str, bool]) -> None:
    assert turns(further_card("متى؟", None, QUOTES, page, ARABIC)) == [on, back]
    assert turns(further_card("متى؟", None, QUOTES, page, ENGLISH)) == [back, on]


def test_a_single_page_cannot_be_turned() -> None:
    assert not further_card("متى؟", None, [*QUOTES][:2], 0, ARABIC).rows


@pytest.mark.parametrize("page", [0, 3])
def test_where_there_is_no_more_that_is_said(page: int) -> None:
    assert further_card("متى؟", None, (), page, ARABIC).blocks == (ARABIC("further.nothing"),)


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_question_is_read_back_with_the_one_before_it(texts: Texts) -> None:
    long = article(words="كلمة *" * 2000)
    asked, before = "<@1>" * (MOST_CHARACTERS // 4), "من [افتتحها](x)؟"
    card = further_card(asked, before, answer(long, long).quotes, 0, texts)
    assert read_question(card.texts, QUESTION, texts) == asked
    assert read_question(card.texts, FOLLOWS, texts) == before
    assert within_limits(card)


def test_what_was_searched_stays_with_the_pages() -> None:
    card = further_card("متى؟", None, QUOTES, 0, ARABIC, scope=Scope(since=date(2026, 3, 1)))
    assert lines(card)[1] == "بحثتُ في ما نُشر منذ 1 مارس 2026 فقط."
    assert turns(card)[:2] == [("b1:page:1:20260301::", False), ("b1:page:0:20260301::", True)]
