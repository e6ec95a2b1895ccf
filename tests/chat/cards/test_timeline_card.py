from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Mode, OtherSource, Statement
from bot.arabic import Span
from bot.articles import Article, Paragraph
from bot.chat.cards.answer_card import QUESTION, outcome_buttons, outcome_card, read_question
from bot.chat.cards.button_ids import ButtonKind, decode_references, parse_button_id
from bot.chat.cards.card import Card
from bot.chat.cards.source_lines import day_and_age
from bot.retrieval import Scope
from bot.texts import Texts, quote_link
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article

OUTLETS = ("صحيفة الضفة", "إذاعة الساحل", None)


def story(*articles: Article, **said: object) -> Answer:
    told = answer(*articles)
    values = {"statement": Statement.TIMELINE, "shown": len(articles), "found": len(articles)} | said
    return replace(told, mode=Mode.TIMELINE, **values)  # type: ignore[arg-type]


STORY = story(
    *(
        article(
            f"خبر {number}",
            published=date(2026, 3, number),
            outlet=OUTLETS[number % 3],
            url=f"https://news.example/{number}",
        )
        for number in range(1, 9)
    )
)
UNDATED = article("خبر بلا تاريخ", published=None, url=None)


def page(number: int, told: Answer = STORY, texts: Texts = ARABIC) -> Card:
    card = outcome_card(told, texts, date(2026, 4, 1), with_question=True, page=number)
    return replace(card, rows=outcome_buttons(told, 7, texts, has_more=True, page=number))


def test_each_quote_stands_between_its_day_and_its_source() -> None:
    shown = lines(page(0, story(*(one.article for one in [*STORY.quotes][:2]))))
    first, second = [*STORY.quotes][:2]
    words = "> افتتحت البلدية المكتبة العامة صباح الأحد. وحضر الافتتاح مئات السكان."
    assert shown == [
        "السؤال: «متى افتتحت المكتبة؟»",
        ARABIC("statement.timeline", count=2, first=ARABIC.day(date(2026, 3, 1)), last=ARABIC.day(date(2026, 3, 2))),
        f"**{day_and_age(first.article, ARABIC)}**",
        words,
        f"المصدر: [خبر 1]({quote_link(first)}) · إذاعة الساحل",
        f"**{day_and_age(second.article, ARABIC)}**",
        words,
        f"المصدر: [خبر 2]({quote_link(second)})",
        ARABIC("timeline.footnote"),
    ]


def test_a_quote_that_dates_its_event_stands_under_that_date_and_its_source_has_the_day() -> None:
    first, second = (
        replace(one, event_date=told) for one, told in zip(STORY.quotes, ("2003", "2024-01"), strict=False)
    )
    shown = lines(page(0, replace(STORY, quotes=(first, second))))
    assert [line for line in shown if line.startswith("**")] == ["**2003**", f"**{ARABIC.month(date(2024, 1, 1))}**"]
    [named] = [line for line in shown if "[خبر 1]" in line]
    assert named.endswith(str(day_and_age(STORY.quotes[0].article, ARABIC)))
    assert ARABIC("statement.timeline", count=2, first="2003", last=ARABIC.month(date(2024, 1, 1))) in shown


def test_three_quotes_stand_on_a_page() -> None:
    for number, titles in enumerate([("خبر 1", "خبر 2", "خبر 3"), ("خبر 4", "خبر 5", "خبر 6"), ("خبر 7", "خبر 8")]):
        blocks = page(number).blocks
        assert len(blocks) == len(titles)
        assert all(f"[{title}]" in block for title, block in zip(titles, blocks, strict=True))
    assert page(9).blocks == page(2).blocks


def test_buttons_lead_to_other_pages_and_to_both_ends_in_the_same_scope() -> None:
    long = story(*(one.article for one in STORY.quotes * 2))
    ids = [button.custom_id for button in page(1, long).rows[1]]
    assert ids == ["b1:timeline:05", "b1:timeline:2", "b1:timeline:0", "b1:timeline:00"]
    scoped = replace(STORY, scope=Scope(since=date(2026, 1, 1)))
    assert [button.custom_id for button in page(1, scoped).rows[1]] == [
        "b1:timeline:2:20260101::",
        "b1:timeline:0:20260101::",
    ]
    assert [button.custom_id for button in page(1, texts=ENGLISH).rows[1]] == ["b1:timeline:0", "b1:timeline:2"]
    assert len(page(0, story(article())).rows) == 2


def test_the_context_is_that_of_the_quotes_of_the_page() -> None:
    for number, count in enumerate((3, 3, 2)):
        context = page(number).rows[0][0]
        kind, payload = parse_button_id(context.custom_id)
        assert (kind, len(decode_references(payload))) == (ButtonKind.CONTEXT, count)
        assert len(context.custom_id) <= 100


def test_there_is_no_button_for_further_passages() -> None:
    assert not any(":more:" in button.custom_id for row in page(0).rows for button in row)


def test_a_day_that_a_quote_names_is_bold() -> None:
    marked = replace(STORY.quotes[0], highlights=(Span(0, 6),))
    assert "> **افتتحت** البلدية" in page(0, replace(STORY, quotes=(marked, *STORY.quotes[1:]))).blocks[0]


def test_other_articles_with_the_words_are_named() -> None:
    other = OtherSource(article("نسخة", outlet="وكالة الأنباء"), 0, 0, 1)
    first, *rest = (replace(quote, other_sources=(other,)) for quote in STORY.quotes)
    copied = replace(STORY, quotes=(first, *rest))
    assert all("ورد أيضاً في: [وكالة الأنباء]" in block for block in page(0, copied).blocks)


def test_articles_without_a_day_are_named_at_the_end() -> None:
    told = replace(STORY, articles=(UNDATED,))
    assert page(0, told).menu is None
    assert page(2, told).blocks[-1] == f"{ARABIC('timeline.undated')}\n**خبر بلا تاريخ**\n-# صحيفة الضفة"
    assert page(2, told).menu is not None


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_of_a_longer_story_it_is_said_how_much_is_told(texts: Texts) -> None:
    shown = lines(page(0, replace(STORY, statement=Statement.TIMELINE_PART, found=90), texts))
    [said] = [line for line in shown if "90" in line]
    assert "8" in said
    assert "/" in said


@pytest.mark.parametrize(("statement", "day"), [(Statement.ONE_DAY, date(2026, 3, 1)), (Statement.UNDATED, None)])
@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_where_there_is_no_story_that_is_said_on_an_ordinary_card(
    statement: Statement, day: date | None, texts: Texts
) -> None:
    first, second, *_ = [*STORY.quotes]
    told = replace(STORY, statement=statement, day=day, quotes=(first, second))
    card = page(0, told, texts)
    assert texts(f"statement.{statement}", day=texts.day(day) if day else "") in lines(card)
    assert not any(":timeline:" in button.custom_id for row in card.rows for button in row)


WORDS = (
    st.text(min_size=1, max_size=300).filter(str.strip) | st.just("*_~|`<@1>[x](y)\n" * 400) | st.just("كلمة " * 900)
)


@given(st.lists(WORDS, min_size=1, max_size=7), st.integers(0, 9), st.sampled_from([ARABIC, ENGLISH]))
def test_any_words_fit_on_every_page_with_their_question(words: list[str], number: int, texts: Texts) -> None:
    url = f"https://a.b/{'%41' * 150}"
    articles = (replace(article(one, outlet=one, url=url), paragraphs=(Paragraph(one),)) for one in words)
    undated = (article(words[0] * 3, published=None, outlet=words[0]),) * 2
    told = story(*articles, articles=undated, scope=Scope(outlet=words[0]))
    card = page(number, told, texts)
    assert within_limits(card)
    assert read_question(card.texts, QUESTION, texts) == "متى افتتحت المكتبة؟"
