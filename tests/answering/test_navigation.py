"""Teasers and related news of a scraped page: neither quoted nor evidence, whatever is asked."""

from pathlib import Path

import pytest

from bot.answering import Answer, Refusal
from bot.edition import Edition
from tests.answering.conftest import build
from tests.answering.coverage import ANSWERER

PAGE = """افتتاح مستشفى الأطفال في بلدة الربوة
افتتحت بلدة الربوة مستشفى الأطفال صباح الثلاثاء بعد خمس سنوات من البناء.

أقسام المستشفى
يضم المستشفى ثمانية أقسام للجراحة والعلاج، ويعمل فيه تسعون طبيبا من أنحاء البلاد.
شاهد ايضاً: بركان يهدد قرية الصيادين في جزيرة المرجان
وتبرعت عائلة من البلدة بأجهزة الأشعة بعد حملة استمرت شهرين.
اقرأ أيضاً: غواصة مفقودة تظهر قرب القطب بعد ثلاثين يوما
وأشرف المهندس نبيل على البناء منذ بدايته. قد يهمك أيضاً: لص يسرق لوحة نادرة من متحف الفنون
أخبار ذات صلة

فريق المدينة يفوز ببطولة السباحة أمام ثلاثة آلاف متفرج

عالمة فلك تكتشف كوكبا تغطيه المحيطات

هل يصبح الطحين أغلى بعد جفاف السهول؟
"""
ELSEWHERE = [
    "أي قرية يهددها البركان في جزيرة المرجان؟",
    "ماذا يهدد قرية الصيادين؟",
    "متى ظهرت الغواصة المفقودة قرب القطب؟",
    "بعد كم يوم ظهرت الغواصة المفقودة؟",
    "مين سرق اللوحة النادرة من متحف الفنون؟",
    "كم متفرجا حضر بطولة السباحة؟",
    "شو اكتشفت عالمة الفلك؟",
    "ليش الطحين بيصير أغلى بعد جفاف السهول؟",
]
TEASED = ["بركان", "المرجان", "غواصة", "القطب", "لوحة", "السباحة", "كوكبا", "الطحين", "شاهد", "ذات صلة"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    file: Path = tmp_path_factory.mktemp("scraped") / "hospital.txt"
    file.write_text(PAGE, encoding="utf-8")
    return build(file)


@pytest.mark.parametrize("question", ELSEWHERE)
def test_what_only_navigation_says_is_refused(page: Edition, question: str) -> None:
    assert isinstance(ANSWERER.answer(question, page), Refusal)


@pytest.mark.parametrize("word", TEASED)
def test_words_of_navigation_are_words_that_the_coverage_lacks(page: Edition, word: str) -> None:
    outcome = ANSWERER.answer(f"ما قصة {word} مستشفى الأطفال", page)
    if isinstance(outcome, Refusal):
        assert set(word.split()) <= {*outcome.missing, "ذات"}
    assert not any(word in paragraph.text for article in page.articles.values() for paragraph in article.paragraphs)


@pytest.mark.parametrize("question", [*ELSEWHERE, "ما أقسام مستشفى الأطفال في الربوة؟", "من أشرف على بناء المستشفى؟"])
def test_no_quote_holds_navigation(page: Edition, question: str) -> None:
    outcome = ANSWERER.answer(question, page)
    quotes = outcome.quotes if isinstance(outcome, Answer) else ()
    assert not any(word in quote.text for quote in quotes for word in TEASED)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("متى افتتحت الربوة مستشفى الأطفال؟", "صباح الثلاثاء"),
        ("كم طبيبا يعمل في المستشفى؟", "تسعون طبيبا"),
        ("من أشرف على بناء المستشفى؟", "المهندس نبيل"),
    ],
)
def test_the_text_around_navigation_is_quoted(page: Edition, question: str, said: str) -> None:
    outcome = ANSWERER.answer(question, page)
    assert isinstance(outcome, Answer)
    assert any(said in quote.text for quote in outcome.quotes)


def test_navigation_lends_no_weight_to_the_text_beside_it(tmp_path: Path) -> None:
    with_teasers, without = tmp_path / "with.txt", tmp_path / "without.txt"
    with_teasers.write_text(PAGE, encoding="utf-8")
    body = PAGE[: PAGE.index("أخبار ذات صلة")].replace(" قد يهمك أيضاً: لص يسرق لوحة نادرة من متحف الفنون", "")
    lines = [line for line in body.splitlines() if not line.startswith(("شاهد ايضاً", "اقرأ أيضاً"))]
    without.write_text("\n".join(lines), encoding="utf-8")
    for question in [*ELSEWHERE, "متى افتتحت الربوة مستشفى الأطفال؟"]:
        one, other = ANSWERER.answer(question, build(with_teasers)), ANSWERER.answer(question, build(without))
        assert type(one) is type(other)
        if isinstance(one, Answer) and isinstance(other, Answer):
            assert [(quote.text, quote.score) for quote in one.quotes] == [
                (quote.text, quote.score) for quote in other.quotes
            ]
        if isinstance(one, Refusal) and isinstance(other, Refusal):
            assert (one.reason, one.missing) == (other.reason, other.missing)
