import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import (
    MORE,
    Answer,
    AskedKind,
    Difference,
    Mode,
    Quote,
    Reason,
    RefusalDetail,
    Requirement,
    Statement,
)
from bot.arabic import Span, isolate_phrases
from bot.articles import Article, CitedSource, Paragraph
from bot.chat.cards.answer_card import (
    FOLLOWS,
    QUESTION,
    answer_card,
    outcome_buttons,
    outcome_card,
    read_previous,
    read_question,
    refusal_card,
)
from bot.chat.cards.article_card import article_card, article_key
from bot.chat.cards.button_ids import ButtonKind, custom_id, parse_button_id
from bot.chat.cards.card import ANSWER, NOTICE, REFUSAL, Card
from bot.chat.cards.card_text import inline, one_line, unescape_markdown
from bot.chat.cards.source_lines import article_entry, article_line, cited_line, day_and_age, today
from bot.edition import StaleOutlet
from bot.retrieval import Scope
from bot.texts import Texts, quote_link
from tests.chat.measures import lines, within_limits
from tests.chat.measures import shown as shown_text
from tests.chat.samples import ARABIC, ARABIC_FIRST, ENGLISH, ENGLISH_FIRST, FRENCH, also_in, answer, article, refusal

LONG = "كلمة " * 10_000

ASKER = 2**63

AGED = day_and_age(article(), ARABIC)


def place(number: int = 1, count: int = 1, texts: Texts = ARABIC) -> str:
    return shown_text(texts("card.place", number=number, count=count))


def test_an_answer_shows_the_quote_and_all_of_its_source() -> None:
    target = quote_link(answer(article()).quotes[0])
    assert lines(answer_card(answer(article()), ARABIC)) == [
        "> افتتحت البلدية المكتبة العامة صباح الأحد. وحضر الافتتاح مئات السكان.",
        f"المصدر: [افتتاح المكتبة العامة في المدينة القديمة]({target}) · صحيفة الضفة · {AGED} · {place()}",
    ]


SOURCES = (
    CitedSource("شاهد عيان"),
    CitedSource("وكالة الأنباء", "https://agency.example/1", "2026-03-08"),
    CitedSource("404 Media", "https://media.example", "2026-02"),
    CitedSource("الأرشيف", None, "1999"),
)


def test_a_source_names_what_its_article_rests_on_once_and_in_one_line() -> None:
    cited = article(sources=SOURCES)
    shown = lines(answer_card(answer(cited, cited), ARABIC))
    assert shown[2] == (
        "عن: شاهد عيان؛ [وكالة الأنباء](https://agency.example/1)، 8 مارس 2026؛ "
        "\u2068404 Media\u2069، فبراير 2026؛ الأرشيف، 1999"
    )
    assert [line for line in shown if line.startswith("عن: ")] == [shown[2]]
    assert "[\u2068وكالة الأنباء\u2069](https://agency.example/1), March 8, 2026" in cited_line(cited, ENGLISH, 4000)


def test_of_many_sources_those_are_named_that_fit() -> None:
    whole = article(sources=SOURCES)
    assert cited_line(whole, ARABIC, 60) == "عن: شاهد عيان؛ وكالة الأنباء، 8 مارس 2026"
    assert cited_line(whole, ARABIC, 20) == "عن: شاهد عيان"
    assert cited_line(whole, ARABIC, 5) == cited_line(article(), ARABIC, 4000) == ""


def test_a_link_to_a_quote_keeps_its_directive_and_loses_it_where_it_is_too_long() -> None:
    words = "قالت *البلدية* (أمس) ~ _ " * 9
    [shown] = list(answer(article(words=words)).quotes)
    directive = (quote_link(shown) or "").removeprefix("https://news.example/library")
    assert f"](https://news.example/library{directive})" in answer_card(answer(article(words=words)), ARABIC).blocks[0]
    url = f"https://news.example/{'x' * 500}"
    assert f"]({url})" in answer_card(answer(article(words=words, url=url)), ARABIC).blocks[0]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (ARABIC, "الرابط لا يعمل منذ 24 نوفمبر 2026"),
        (ENGLISH, "link dead since November 24, 2026"),
        (FRENCH, "lien mort depuis le 24 novembre 2026"),
    ],
)
def test_a_dead_link_is_said_in_its_place_and_leads_nowhere(texts: Texts, said: str) -> None:
    dead = replace(article(), dead_since=date(2026, 11, 24))
    shown = answer(dead)
    timeline = replace(shown, statement=Statement.TIMELINE)
    for card in (outcome_card(shown, texts), outcome_card(timeline, texts), article_card(dead, 0, texts, "0::::")):
        text = "\n".join(card.texts)
        assert said in text
        assert "http" not in text
        assert dead.paragraphs[0].text.split(".")[0] in text


def test_an_answer_of_another_mode_says_so_above_its_quotes() -> None:
    found = replace(answer(article()), mode=Mode.OVERVIEW, statement=Statement.OVERVIEW)
    assert lines(outcome_card(found, ARABIC))[0] == ARABIC("statement.overview")


def test_a_contradicted_claim_says_so_in_one_line_and_has_not_the_colour_of_an_answer() -> None:
    claim = replace(answer(article()), mode=Mode.CLAIM, differences=(Difference("*9*", "8"),))
    same, otherwise, nearly = (
        outcome_card(replace(claim, statement=statement), ARABIC)
        for statement in (Statement.SAME, Statement.OTHERWISE, Statement.NEARLY_QUOTED)
    )
    assert lines(otherwise)[:2] == [
        ARABIC("statement.otherwise", asked="\\*9\\*", found="8"),
        f"> {article().paragraphs[0].text}",
    ]
    assert (same.colour, otherwise.colour, nearly.colour) == (ANSWER, REFUSAL, REFUSAL)


def test_a_list_shows_the_titles_that_no_quote_shows() -> None:
    other = replace(article(), id="other", title="مقالة أخرى", url=None, outlet=None, published=None)
    listed = replace(answer(article()), mode=Mode.LIST, statement=Statement.LIST, articles=(article(), other))
    shown = lines(outcome_card(listed, ARABIC))
    assert shown[0] == "مقالات عن هذا الموضوع:"
    assert f"**{other.title}**" in shown
    assert "9 مارس 2026 · صحيفة الضفة" not in shown


def test_a_value_that_stands_alone_is_bold_above_its_quote() -> None:
    told = replace(answer(article(words="كلفت المكتبة *9* ملايين دينار.")), direct="*9* ملايين دينار")
    shown = outcome_card(told, ARABIC, with_question=True)
    assert shown.above[-1] == ARABIC("answer.direct", answer=f"**{inline(told.direct or '', 60, 'ar')}**")
    assert "\\*9\\*" in shown.above[-1]
    assert not any(line.startswith("في المقالة") for line in lines(outcome_card(replace(told, direct=None), ARABIC)))


def test_an_answer_without_date_outlet_and_link_shows_what_is_known() -> None:
    bare = article(outlet=None, url=None, published=None)
    assert lines(answer_card(answer(bare), ARABIC))[1:] == [f"المصدر: {bare.title} · {place()}"]
    assert lines(answer_card(answer(bare), ENGLISH))[1].endswith(f" · {place(texts=ENGLISH)}")


def test_a_refusal_names_what_is_missing_and_what_to_read() -> None:
    assert lines(refusal_card(refusal(missing=("المتحف", "NATO"), related=(article(),)), ARABIC)) == [
        ARABIC("refusal.off_topic"),
        "لم أجد في المقالات: «المتحف»، «\u2068NATO\u2069»",
        ARABIC("refusal.related"),
        "**[افتتاح المكتبة العامة في المدينة القديمة](https://news.example/library)**",
        "9 مارس 2026 · صحيفة الضفة",
    ]


def test_a_refusal_shows_the_nearest_quote_as_no_answer() -> None:
    [quote] = list(answer(article()).quotes)
    refused = replace(refusal(Reason.UNSUPPORTED, related=(article("أخرى"),)), nearest=quote)
    shown = lines(refusal_card(refused, ARABIC))
    assert shown[:3] == [ARABIC("refusal.unsupported"), ARABIC("statement.doubtful"), f"> {quote.text}"]
    assert ARABIC("refusal.related") in shown
    # Where nothing else is near, the quote may well answer.
    alone = lines(refusal_card(replace(refused, related=()), ARABIC))
    assert alone[:2] == [ARABIC("statement.doubtful"), f"> {quote.text}"]
    [row] = outcome_buttons(refused, ASKER, ARABIC, has_more=False, is_lasting=True)
    kinds = [parse_button_id(button.custom_id)[0] for button in row]
    assert kinds == [ButtonKind.CONTEXT, ButtonKind.CITE, ButtonKind.BELL, ButtonKind.DELETE]
    assert refusal_card(refused, ARABIC).colour == REFUSAL


def test_small_talk_has_not_the_colour_of_a_refusal() -> None:
    assert refusal_card(refusal(Reason.GREETING), ARABIC).colour == NOTICE
    assert refusal_card(refusal(Reason.OFF_TOPIC), ARABIC).colour == REFUSAL


@pytest.mark.parametrize(
    ("requirement", "words", "shown_words"),
    [
        (Requirement.YEAR, ("2022",), "«2022»"),
        (Requirement.NAME, ("NATO",), "«\u2068NATO\u2069»"),
        (Requirement.VALUE, (), ""),
        (Requirement.RELATION, ("ولد", "عاش"), "«ولد»، «عاش»"),
    ],
)
def test_a_refusal_says_what_the_nearest_passage_lacks(
    requirement: Requirement, words: tuple[str, ...], shown_words: str
) -> None:
    lack = RefusalDetail(requirement, AskedKind.DATE, words)
    shown = lines(refusal_card(replace(refusal(Reason.UNSUPPORTED, related=(article(),)), detail=lack), ARABIC))
    assert shown[1] == ARABIC(f"lacking.{lack.kind}", words=shown_words)


def test_a_refusal_asks_for_arabic_on_a_line_of_one_direction() -> None:
    hint = "I answer from Arabic news coverage and look your words up in it one by one; asked in Arabic, I find more."
    refused = replace(refusal(missing=("NATO",), related=(article(),)), hint=hint)
    assert lines(refusal_card(refused, ARABIC))[:4] == [
        ARABIC("refusal.off_topic"),
        "لم أجد في المقالات: «\u2068NATO\u2069»",
        hint,
        ARABIC("refusal.related"),
    ]


def test_a_follow_up_says_what_it_was_completed_from() -> None:
    follow_up = replace(answer(article()), completed_from="متى افتتحت المكتبة؟")
    assert lines(outcome_card(follow_up, ARABIC))[0] == "أكملتُ سؤالك من: «متى افتتحت المكتبة؟»"


@pytest.mark.parametrize(("days", "is_said"), [(0, False), (60, False), (61, True)])
def test_an_answer_from_a_coverage_that_is_no_longer_renewed_says_how_far_it_reaches(days: int, is_said: bool) -> None:
    as_of = today() - timedelta(days=days)
    footnote = answer_card(answer(article()), ARABIC, as_of).footnote
    assert footnote == (ARABIC("card.as_of", date=ARABIC.day(as_of)) if is_said else None)
    assert answer_card(answer(article(published=as_of)), ARABIC, as_of).footnote is None


SILENT = StaleOutlet("صحيفة الضفة", date(2026, 10, 1))
OTHER = StaleOutlet("إذاعة الساحل", date(2026, 10, 3))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH, FRENCH], ids=["ar", "en", "fr"])
def test_an_answer_with_the_newest_says_that_an_outlet_is_silent(texts: Texts) -> None:
    newest = replace(answer(article()), mode=Mode.LATEST, statement=Statement.NEWEST, day=date(2026, 3, 9))
    footnote = outcome_card(newest, texts, stale=[SILENT]).footnote
    assert footnote is not None
    assert "صحيفة الضفة" in footnote
    assert texts.day(SILENT.newest) in footnote
    both = outcome_card(newest, texts, stale=[SILENT, OTHER]).footnote
    assert both is not None
    assert SILENT.outlet in both
    assert OTHER.outlet in both
    assert "\n" not in both


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"statement": Statement.LATEST}, 1),
        ({"mode": Mode.FACT, "statement": None}, 0),
        ({"scope": Scope(outlet="صَحيفة الضفة")}, 1),
        ({"scope": Scope(outlet="إذاعة الساحل")}, 0),
        ({"scope": Scope(until=date(2026, 9, 30))}, 0),
        ({"scope": Scope(until=date(2026, 10, 30))}, 1),
    ],
)
def test_only_an_outlet_that_bears_on_the_newest_is_named(changes: dict[str, Any], expected: bool) -> None:
    newest = replace(answer(article()), mode=Mode.LATEST, statement=Statement.NEWEST, day=date(2026, 3, 9))
    footnote = outcome_card(replace(newest, **changes), ARABIC, stale=[SILENT]).footnote
    assert (footnote is not None) == bool(expected)


def test_each_quote_and_what_to_read_stand_in_blocks_of_their_own() -> None:
    assert len(answer_card(answer(article(), article("خبر آخر")), ARABIC).blocks) == 2
    assert len(refusal_card(refusal(related=(article(),)), ARABIC).blocks) == 2


def test_a_quote_under_a_heading_names_it() -> None:
    source = article()
    under = replace(source, paragraphs=(replace(source.paragraphs[0], section="قاعة للأطفال NATO"),))
    assert lines(answer_card(answer(under), ARABIC))[1].endswith("تحت عنوان «\u2068قاعة للأطفال NATO\u2069»")


def test_what_an_article_lacks_is_left_out_of_its_line() -> None:
    bare = article(published=None, outlet=None, url=None)
    assert article_line(bare, ARABIC) == article_entry(bare, ARABIC).strip("*") == bare.title


def test_related_articles_open_beside_the_refusal() -> None:
    menu = refusal_card(refusal(related=(article(),)), ARABIC).menu
    assert menu is not None
    assert menu.custom_id == "b1:open:"
    assert [choice.value for choice in menu.choices] == [article_key(article())]
    assert refusal_card(refusal(), ARABIC).menu is None


@pytest.mark.parametrize("count", [pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow), 3])
@pytest.mark.parametrize("words", [LONG, "*_" * 10_000, "> \n" * 10_000, "😀" * 10_000, "\n- \n" * 2500])
def test_no_article_breaks_the_limits(words: str, count: int) -> None:
    url = "https://news.example/" + "x" * 3000
    sources = (CitedSource(words, url, "2026-03"), CitedSource(words, "https://news.example/" + "x" * 570)) * 9
    monster = article(words, words=words, outlet="*" * 3000, url=url, sources=sources)
    shown = answer_card(answer(*[monster] * count), ARABIC)
    assert within_limits(shown)
    assert "".join(shown.blocks).count("المصدر: ") == count
    refused = refusal_card(refusal(missing=(words,) * 50, related=(monster,) * 50), ARABIC)
    assert within_limits(refused)


values: Any = st.one_of(st.none(), st.text(max_size=300))
articles = st.builds(
    article,
    st.text(min_size=1, max_size=300),
    words=st.text(min_size=1, max_size=2000),
    outlet=values,
    url=values,
    published=st.one_of(st.none(), st.dates()),
    sources=st.lists(
        st.builds(CitedSource, st.text(max_size=300), values, st.sampled_from([None, "2026", "2026-03", "2026-03-09"])),
        max_size=3,
    ).map(tuple),
)


@given(st.lists(articles, min_size=1, max_size=3), st.sampled_from([ARABIC, ENGLISH]))
def test_every_line_is_a_quote_or_begins_with_our_words(found: list[Article], texts: Texts) -> None:
    shown = outcome_card(also_in(answer(*found), *found), texts)
    assert within_limits(shown)
    for line in filter(None, lines(shown)):
        assert line.startswith("> ") or line[0].isalpha()


@given(st.text(max_size=500), articles, st.sampled_from([ARABIC, ENGLISH]), st.booleans(), st.booleans())
def test_a_question_that_a_card_shows_can_be_read_back_from_it(
    question: str, source: Article, texts: Texts, answered: bool, with_question: bool
) -> None:
    outcome = answer(source) if answered else refusal(related=(source,))
    asked = outcome_card(replace(outcome, question=question), texts, with_question=True)
    before = f"متى {one_line(question)}"
    completed = outcome_card(replace(outcome, completed_from=before), texts, with_question=with_question)
    assert within_limits(asked)
    assert read_question(asked.texts, QUESTION, texts) == (one_line(question) or None)
    assert read_question(asked.texts, FOLLOWS, texts) is None
    assert read_question(completed.texts, FOLLOWS, texts) == one_line(f"متى {question}")
    assert read_question(completed.texts, QUESTION, texts) == (one_line(outcome.question) if with_question else None)


READERS, WRITERS = st.sampled_from([ARABIC_FIRST, ENGLISH_FIRST]), st.sampled_from([ARABIC, ENGLISH, FRENCH])


@given(st.text(max_size=500), READERS, WRITERS)
def test_what_asks_back_shows_the_previous_question_without_having_understood(
    question: str, own: Texts, texts: Texts
) -> None:
    before = f"متى {one_line(question)}"
    shown = outcome_card(replace(refusal(Reason.INCOMPLETE), question="ومتى؟", completed_from=before), texts)
    assert within_limits(shown)
    assert read_previous(shown.texts, "ومتى؟", own) == one_line(before)
    assert read_question(shown.texts, FOLLOWS, own) is None


@given(st.text(max_size=500), st.integers(0, 20), READERS, WRITERS, st.booleans())
def test_a_page_of_further_quotes_tells_how_often_it_was_gone_on_whatever_its_language(
    question: str, times: int, own: Texts, texts: Texts, answered: bool
) -> None:
    outcome = answer(article()) if answered else refusal(Reason.NO_MORE)
    before = "\n".join([f"متى {one_line(question)}", *["كمل"] * times])
    shown = outcome_card(replace(outcome, question="كمل", completed_from=before), texts, with_question=True)
    assert within_limits(shown)
    assert read_question(shown.texts, QUESTION, own) == "كمل"
    assert read_previous(shown.texts, "كمل", own) == "\n".join([one_line(f"متى {question}"), *["كمل"] * times])
    assert (read_question(shown.texts, FOLLOWS, own) is None) is (times > 0)


@given(st.lists(st.text(max_size=120), min_size=2, max_size=4), st.integers(0, 5), READERS, WRITERS, st.booleans())
def test_the_questions_of_a_conversation_are_shown_in_turn_and_read_back_one_a_line(
    questions: list[str], times: int, own: Texts, texts: Texts, asks_back: bool
) -> None:
    asked = [f"متى {one_line(question)}".strip() for question in questions]
    outcome = refusal(Reason.INCOMPLETE) if asks_back else answer(article())
    before = "\n".join([*asked, *[MORE] * (0 if asks_back else times)])
    shown = outcome_card(replace(outcome, question="كمل", completed_from=before), texts)
    assert within_limits(shown)
    assert read_previous(shown.texts, MORE, own) == before


@pytest.mark.parametrize(
    ("shown", "previous"),
    [
        ("فهمتُ سؤالك تتمةً لسؤال: «متى افتتحت المكتبة؟»", "متى افتتحت المكتبة؟"),
        ("فهمتُ سؤالك تتمةً لسؤال: «متى افتتحت المكتبة؟» (الصفحة 3)", "متى افتتحت المكتبة؟\nكمل"),
        ("I read this as a follow-up to: “When did it open?” (page 2)", "When did it open?"),
    ],
)
def test_the_line_of_an_earlier_version_is_read_back(shown: str, previous: str) -> None:
    assert read_previous([shown], "كمل", ARABIC_FIRST) == previous


def test_a_message_without_words_is_not_shown_as_a_question() -> None:
    assert lines(outcome_card(replace(refusal(Reason.EMPTY), question=""), ARABIC, with_question=True)) == [
        ARABIC("refusal.empty")
    ]


@pytest.mark.parametrize("key", [QUESTION, FOLLOWS])
def test_a_card_that_shows_no_question_gives_none(key: str) -> None:
    shown = [outcome_card(answer(article()), ARABIC), outcome_card(refusal(missing=("المتحف",)), ARABIC), Card(("",))]
    assert [read_question(each.texts, key, ARABIC) for each in shown] == [None] * 3
    assert read_question([], key, ARABIC) is None


def test_a_long_quote_is_cut_between_sentences_around_what_answers_and_says_so() -> None:
    told = [f"هذه الجملة رقم {number} من خبر طويل عن المكتبة." for number in range(200)]
    words = " ".join(told)
    start = words.index("رقم 120")
    quote = replace(answer(article(words=words)).quotes[0], highlights=(Span(start, start + 7),))
    shown = lines(answer_card(replace(answer(article()), quotes=(quote,)), ARABIC))
    part = unescape_markdown(shown[0][2:])
    assert "> " in shown[0]
    assert "**رقم 120**" in shown[0]
    assert all(sentence in told for sentence in re.split(r"(?<=[.]) ", part))
    assert ARABIC("card.cut") in shown


def test_a_quote_that_it_does_not_take_to_answer_is_not_shown() -> None:
    one, other = article("أول", words="افتتحت المكتبة."), article("ثان", words="حضر السكان.")
    shown = lines(answer_card(replace(answer(one, other), shown=1), ARABIC))
    assert "> افتتحت المكتبة." in shown
    assert "> حضر السكان." not in shown


def test_marked_words_are_bold_and_neighbours_together() -> None:
    shown = answer(article(words="افتتحت البلدية المكتبة، ثم *المكتبة* أُغلقت."))
    quote = replace(shown.quotes[0], highlights=(Span(0, 6), Span(7, 14), Span(15, 22), Span(28, 35)))
    line = lines(answer_card(replace(shown, quotes=(quote,)), ARABIC))[0]
    assert line == "> **افتتحت البلدية المكتبة**، ثم \\***المكتبة**\\* أُغلقت."
    assert unescape_markdown(line[2:]) == quote.text


def test_a_further_quote_of_the_same_article_does_not_name_it_again() -> None:
    first = article(words="افتتحت المكتبة.")
    source = replace(first, paragraphs=(*first.paragraphs, Paragraph("حضر السكان.")))
    quotes = (Quote("افتتحت المكتبة.", source, 0, 0, 15, 0.9), Quote("حضر السكان.", source, 1, 0, 11, 0.8))
    blocks = answer_card(replace(answer(source), quotes=quotes), ARABIC).blocks
    assert "المصدر: [افتتاح" in blocks[0]
    assert blocks[1] == "> حضر السكان.\n-# المصدر: المقالة نفسها\u00a0· الفقرة\u00a02 من\u00a02"


def test_a_quote_names_who_else_has_it_as_links() -> None:
    bare = article("خبر بلا جهة", outlet=None, url=None)
    shown = also_in(answer(article()), article(outlet="Reuters", url="https://other.example"), bare)
    line = "ورد أيضاً في: [\u2068Reuters\u2069](https://other.example)، خبر بلا جهة"
    assert lines(answer_card(shown, ARABIC))[2] == line
    assert lines(answer_card(shown, ENGLISH))[2].startswith("Also in: [Reuters](https://other.example), ")


def test_each_link_of_other_sources_has_a_line_of_its_own() -> None:
    others = [
        replace(article(name), outlet=outlet, url=f"https://{name}.example")
        for name, outlet in (("a", "Reuters"), ("b", "الشرق"))
    ]
    shown = lines(answer_card(also_in(answer(article()), *others), ARABIC))
    assert shown[2:4] == [
        "ورد أيضاً في: [\u2068Reuters\u2069](https://a.example)",
        "ورد أيضاً في: [الشرق](https://b.example)",
    ]


def test_another_article_of_an_outlet_is_named_by_its_title() -> None:
    others = [article("خبر آخر", url=None), *(article(title, outlet="الشرق", url=None) for title in ("أول", "ثان"))]
    assert lines(answer_card(also_in(answer(article()), *others), ARABIC))[2] == "ورد أيضاً في: خبر آخر، الشرق، ثان"


def test_links_to_the_others_give_way_before_the_quote_does() -> None:
    monster = article(words="كلمة " * 150, url="https://news.example/" + "x" * 500)
    others = [article(outlet=f"جهة {number}", url=f"https://news.example/{'y' * 500}{number}") for number in range(3)]
    shown = answer_card(also_in(answer(*[monster] * 3), *others), ARABIC)
    assert within_limits(shown)
    assert all("-# ورد أيضاً في: جهة 0، جهة 1، جهة 2" in block for block in shown.blocks)


@given(articles, st.data())
def test_a_quote_that_fits_is_shown_verbatim(source: Article, data: st.DataObject) -> None:
    plain = answer(source)
    words = [Span(*match.span()) for match in re.finditer(r"\w+", plain.quotes[0].text)]
    marks = tuple(word for word in words if data.draw(st.booleans()))
    given_answer: Answer = replace(plain, quotes=(replace(plain.quotes[0], highlights=marks),))
    sent = "\n".join(outcome_card(given_answer, ARABIC).texts).split("\n")
    quoted = [line[2:] for line in sent if line.startswith("> ")]
    shown = unescape_markdown("\n".join(quoted))
    whole = isolate_phrases(given_answer.quotes[0].text)
    assert shown in whole or shown.endswith("…")
    assert (shown != whole) == (f"-# {ARABIC('card.cut')}" in sent)


@pytest.mark.parametrize(
    ("has_more", "last"),
    [(True, ["👍", "👎", "📚", "🔖"]), (False, ["👍", "👎", "🔖"])],
    ids=["more", "no more"],
)
def test_an_answer_has_reading_and_votes_and_deletion_apart_from_these(has_more: bool, last: list[str]) -> None:
    source = article("كلمة" * 500)
    rows = outcome_buttons(answer(source, source, source), ASKER, ARABIC, has_more=has_more)
    assert [[button.emoji for button in row] for row in rows] == [["🔎", "📋", "🗑️"], last]
    assert all(len(button.custom_id) <= 100 for row in rows for button in row)


def test_what_one_person_alone_sees_has_neither_votes_nor_deletion() -> None:
    rows = outcome_buttons(answer(article()), None, ARABIC, has_more=True)
    assert [[button.emoji for button in row] for row in rows] == [["🔎", "📋"], ["📚"]]


@pytest.mark.parametrize("reason", Reason)
def test_of_refusals_those_of_questions_can_be_deleted(reason: Reason) -> None:
    rows = outcome_buttons(refusal(reason), ASKER, ENGLISH, has_more=False)
    asked = reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE}
    assert [[button.custom_id for button in row] for row in rows] == [
        [custom_id(ButtonKind.DELETE, str(ASKER))]
    ] * asked


def test_the_same_quotes_have_the_same_id_whatever_the_edition() -> None:
    one, other = answer(article()), replace(answer(article()), edition="another")
    assert outcome_buttons(one, 1, ARABIC, has_more=True) == outcome_buttons(other, 1, ARABIC, has_more=True)


def test_more_of_a_part_of_the_coverage_is_looked_for_there() -> None:
    scoped = replace(answer(article()), scope=Scope(until=date(2026, 3, 31)))
    [*_, more, _] = outcome_buttons(scoped, ASKER, ARABIC, has_more=True)[-1]
    assert more.custom_id == custom_id(ButtonKind.MORE, ":20260331:")
