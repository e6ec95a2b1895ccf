"""News says «today» and «this month»: the day of publication says which."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answering import Refusal
from bot.articles import Paragraph
from tests.answering.coverage import ANSWERER, TOWN, answered, article, edition, sources

FAIR = replace(
    article("fair", "معرض الكتاب في المنارة", "افتتح وزير الثقافة اليوم معرض الكتاب، وتشارك فيه تسعون دار نشر."),
    published=date(2017, 2, 16),
)


@pytest.mark.parametrize(
    "when", ["في 2017", "سنة ٢٠١٧", "في فبراير 2017", "في شباط 2017", "في 16 فيفري 2017", "في 2017-02-16"]
)
def test_a_question_may_say_when_the_article_appeared(when: str) -> None:
    assert sources(answered(f"كم دار نشر تشارك في معرض الكتاب بالمنارة {when}؟", FAIR))[0] == ("fair", 0)


@pytest.mark.parametrize("when", ["في 2016", "سنة ٢٠١٨", "في فبراير 2019"])
def test_another_year_is_refused(when: str) -> None:
    told = edition(FAIR, *TOWN.articles.values())
    assert isinstance(ANSWERER.answer(f"كم دار نشر تشارك في معرض الكتاب بالمنارة {when}؟", told), Refusal)


def test_the_day_of_publication_is_no_answer() -> None:
    undated = replace(FAIR, paragraphs=(Paragraph("افتتح وزير الثقافة معرض الكتاب، وتشارك فيه دور نشر كثيرة."),))
    told = edition(undated, *TOWN.articles.values())
    assert isinstance(ANSWERER.answer("متى افتتح وزير الثقافة معرض الكتاب؟", told), Refusal)
