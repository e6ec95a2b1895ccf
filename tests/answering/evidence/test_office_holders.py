"""Who holds an office: only whose name stands beside that very office, and of several the one whom the newest names."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answering import Answer, Statement
from bot.answering.reasons import Requirement
from bot.articles import Article
from tests.answering.coverage import answered, article, refused


def told(name: str, text: str, day: date | None = None) -> Article:
    return replace(article(name, f"أخبار {name}", text, "لا جديد في بقية الملفات."), published=day)


def bold(outcome: Answer) -> list[str]:
    quote = outcome.quotes[0]
    return [quote.text[mark.start : mark.end] for mark in quote.highlights]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أكدت وزيرة السياحة سميرة الخياري أن الموسم ناجح.", "سميرة الخياري"),
        ("قالت سميرة الخياري، وزيرة السياحة، إن الموسم ناجح.", "سميرة الخياري"),
        ("عينت الحكومة سميرة الخياري وزيرة للسياحة يوم الأحد.", "سميرة الخياري"),
        ("أعلنت وزيرة السياحة والصناعات التقليدية، سميرة الخياري، عن خطة.", "سميرة الخياري"),
        ("التقت وزيرة السياحة السيدة سميرة الخياري بالمستثمرين.", "سميرة الخياري"),
    ],
)
def test_the_name_beside_the_office_answers_and_is_bold(text: str, name: str) -> None:
    outcome = answered("شكون وزيرة السياحة؟", told("a", text))
    assert bold(outcome) == [name]


@pytest.mark.parametrize(
    "text",
    [
        # No name, another's name, and the name of who is met.
        "أكدت وزيرة السياحة أن الموسم ناجح رغم كل شيء.",
        "قال مستشار وزيرة السياحة سليم الخياري إن الموسم ناجح.",
        "قال المستشار لدى وزيرة السياحة، سليم الخياري، إن الموسم ناجح.",
        "استقبل سليم الخياري وزيرة السياحة صباح الأحد.",
        # Another office, another country, and another time.
        "قالت وزيرة الصحة سميرة الخياري في معرض السياحة إن الموسم ناجح.",
        "قالت وزيرة السياحة الإيطالية سميرة الخياري إن الموسم ناجح.",
        "قالت وزيرة السياحة السابقة سميرة الخياري إن الموسم ناجح.",
        # One who is named behind the office, and does not hold it.
        "حضر الافتتاح وزيرة السياحة وسميرة الخياري وعدد من الضيوف.",
    ],
)
def test_a_name_elsewhere_in_the_sentence_does_not_answer(text: str) -> None:
    outcome = refused("شكون وزيرة السياحة؟", told("a", text))
    assert outcome.detail
    assert outcome.detail.missing_requirement is Requirement.ASKED_NAME


def test_the_office_of_one_country_in_another_is_not_the_other_way_round() -> None:
    away = told("a", "أكد سفير تونس في إيطاليا سليم الخياري أهمية الخط البحري.")
    own = told("b", "أكد السفير الإيطالي في تونس ماريو بيانكي أهمية الخط البحري.")
    assert bold(answered("من سفير إيطاليا في تونس؟", away, own)) == ["ماريو بيانكي"]
    refused("من سفير إيطاليا في تونس؟", away)


def test_whom_the_newest_article_names_answers_with_its_day() -> None:
    first = told("a", "قالت وزيرة السياحة سميرة الخياري إن الموسم ناجح.", date(2024, 3, 1))
    then = told("b", "قالت وزيرة السياحة هند الغربي إن الموسم ناجح.", date(2025, 3, 1))
    outcome = answered("شكون وزيرة السياحة؟", first, then)
    assert (bold(outcome), outcome.statement, outcome.day) == (["هند الغربي"], Statement.LATEST, date(2025, 3, 1))
    assert outcome.shown == 1


def test_whom_one_article_alone_names_gives_way_to_whom_several_do() -> None:
    several = [told(f"a{day}", "قالت وزيرة السياحة هند الغربي إن الموسم ناجح.", date(2025, 3, day)) for day in (1, 2)]
    alone = told("b", "قالت وزيرة السياحة سميرة الخياري إن الموسم ناجح.", date(2025, 4, 1))
    assert bold(answered("شكون وزيرة السياحة؟", *several, alone)) == ["هند الغربي"]


def test_a_former_holder_answers_who_asks_for_that() -> None:
    former = told("a", "قالت وزيرة السياحة السابقة سميرة الخياري إن الموسم ناجح.")
    assert "سميرة الخياري" in answered("من وزيرة السياحة السابقة؟", former).quotes[0].text


def test_what_somebody_in_an_office_did_is_another_question() -> None:
    text = "استقالت وزيرة السياحة سميرة الخياري من الحكومة يوم الأحد."
    assert answered("شكون الوزيرة التي استقالت من الحكومة؟", told("a", text)).statement in {None, Statement.DOUBTFUL}


@pytest.mark.parametrize("question", ["من وزيرة السياحة الحالية؟", "من هي وزيرة السياحة حاليا؟"])
def test_who_holds_an_office_now_is_whom_the_newest_names(question: str) -> None:
    now = told("a", "كانت وزيرة السياحة هي سميرة الخياري عند الافتتاح.")
    assert bold(answered(question, now)) == ["سميرة الخياري"]


def test_who_bears_a_title_and_a_name_is_asked_for_who_that_is() -> None:
    text = "الملكة بلقيس هي ملكة سبأ، حكمت اليمن في قديم الزمان وذكرتها كتب كثيرة."
    assert "حكمت اليمن" in answered("من هي الملكة بلقيس؟", told("a", text)).quotes[0].text
