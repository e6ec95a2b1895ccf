from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Gap, Gaps, Reason
from bot.chat.cards.answer_card import explanation_card
from bot.chat.cards.card import Card
from bot.chat.news.news_cards import gaps_card
from bot.texts import Texts
from tests.answering.coverage import ANSWERER, TOWN, article, edition
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH
from tests.examples import examples

QUESTION = "متى افتتحت بلدية المنارة المكتبة العامة؟"

SINCE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def explain(question: str, *articles: Any, texts: Texts = ARABIC) -> Card:
    return explanation_card(ANSWERER.explain(question, edition(*articles) if articles else TOWN), texts)


def test_two_sentences_say_what_decided_and_a_file_has_the_numbers() -> None:
    card = explain(QUESTION)
    assert card.title == "شرح الجواب"
    decided, understood = card.blocks
    assert decided.startswith("أجبتُ لأن في أقرب الفقرات ما يكفي من السؤال")
    assert "أقربها الفقرة 1 من «\u2068افتتاح المكتبة العامة في مدينة المنارة\u2069»" in decided
    assert not any(character.isdigit() for character in decided.replace("الفقرة 1", ""))
    assert understood.startswith(f"السؤال كما فُهم: \u2068{QUESTION}\u2069\n")
    assert card.attachment is not None
    _, terms, first, *_ = card.attachment.text.split("\n\n")
    assert terms.startswith("كلمات البحث\n")
    assert terms.count("\n") == 5
    assert first.startswith("الفقرة 1 من «\u2068افتتاح المكتبة العامة في مدينة المنارة\u2069»\n")
    assert "«\u2068بلدية\u2069» بكلمة «\u2068بلدية\u2069» 1.00" in first
    assert "إشارة التقدّم على المقالات الأخرى: " in first
    assert within_limits(card)


def test_a_refusal_says_what_the_nearest_passage_lacks_or_what_speaks_against_it() -> None:
    lacking = explain("كم سعر تذكرة المكتبة العامة في باريس؟").blocks[0]
    assert lacking.startswith("رفضتُ لأن ")
    assert "«باريس»" in lacking
    assert "والاعتراض عليها أنها" in explain("كم كتابا في الجسر القديم؟").blocks[0]


def test_words_of_either_direction_are_isolated_once_and_do_nothing() -> None:
    shown = explain("متى وصل @everyone إلى [المكتبة](https://evil.example)؟").blocks
    assert "@everyone" not in "\n".join(shown).replace("\\@everyone", "")
    summary = explain("متى وصل @everyone_ **المكتبة** <@&1> @here؟").blocks[1]
    assert "السؤال كما فُهم: \u2068متى وصل \\@everyone المكتبة ؟\u2069" in summary


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@pytest.mark.parametrize("question", ["مرحبا", "ومتى؟", "😀", "", "كلمة " * 300, "شغب"])
def test_what_was_never_looked_for_is_explained_by_what_the_member_reads(question: str, texts: Texts) -> None:
    card = explain(question, texts=texts)
    assert texts("explained.not_asked") in card.blocks[0]
    assert texts("explain.reply", text="") in card.blocks[0]
    assert within_limits(card)


@examples(60)
@given(
    st.text(max_size=500), st.text(min_size=1, max_size=600), st.text(max_size=600), st.sampled_from([ARABIC, ENGLISH])
)
def test_no_question_and_no_article_breaks_the_limits(question: str, title: str, words: str, texts: Texts) -> None:
    told = [article(f"a{number}", title, f"{words} المكتبة العامة {number}") for number in range(6)]
    card = explain(f"{question} متى افتتحت المكتبة العامة؟ {words}"[:500], *told, texts=texts)
    assert within_limits(card)
    for line in "\n".join(card.blocks).split("\n"):
        assert line[0].isalpha()


class Counted:
    """Gaps as given."""

    since = SINCE

    def __init__(
        self, *counts: int, private: int = 0, subject: str = "متحف البحر", example: str = "متى افتتح متحف البحر؟"
    ) -> None:
        self.noted = sum(counts)
        self.private = private
        self._gaps = [Gap(subject, Reason.OFF_TOPIC, count, (example,), SINCE) for count in counts]

    def most_frequent(self, limit: int) -> list[Gap]:
        return self._gaps[:limit]


def shown(*counts: int, texts: Texts = ARABIC, private: int = 0, **words: str) -> list[str]:
    card = gaps_card(cast("Gaps", Counted(*counts, private=private, **words)), texts)
    assert within_limits(card)
    return lines(card)[1:]


def test_without_gaps_it_says_so() -> None:
    assert shown() == ["لم يبقَ أي سؤال بلا جواب منذ 24 نوفمبر 2026."]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("private", [1, 2, 3, 11, 100])
def test_private_questions_are_a_number_below_the_public_ones(texts: Texts, private: int) -> None:
    line = texts("gaps.private", count=private)
    assert shown(texts=texts, private=private)[-1] == line
    assert "علني" in shown(private=private)[0]
    listed = shown(2, 1, texts=texts, private=private)
    assert (len(listed), listed[-1]) == (4, line)


def test_gaps_are_counted_in_all_and_each_with_an_example() -> None:
    about = {"subject": "متحف البحر", "example": "متى افتتح متحف البحر؟"}
    assert shown(3, 1) == [
        ARABIC("gaps.intro", count=4, date=ARABIC.day(SINCE.date())),
        *(ARABIC("gaps.subject", count=count, **about) for count in (3, 1)),
    ]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_long_and_hostile_words_stay_within_the_card(texts: Texts) -> None:
    subject, example = "# @everyone " * 30, "*[x](https://evil.example)" * 30
    listed = shown(*range(40, 0, -1), texts=texts, private=1000, subject=subject, example=example)
    assert "@everyone" not in listed[1].replace("\\@everyone", "")
