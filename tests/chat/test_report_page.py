from dataclasses import replace

import pytest

from bot.chat.report_page import UNANSWERED, UNHELPFUL, ReportPage, answer_line, question_line, refused_line
from bot.texts import Texts
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, refusal


def test_lines_stand_under_their_headings() -> None:
    page = ReportPage(ARABIC)
    page.add(UNHELPFUL, answer_line(("افتتاح المكتبة", "News"), ARABIC))
    page.add(UNANSWERED, question_line("متى افتتح المتحف؟", ARABIC))
    assert lines(page.card()) == [
        "ما لم تكفِ له التغطية",
        "**أسئلة بلا جواب**",
        "السؤال: «متى افتتح المتحف؟»",
        "**أجوبة قيل إنها لم تُفِد**",
        "جواب من: «افتتاح المكتبة»، «\u2068News\u2069»",
    ]


def test_a_question_that_leans_on_another_is_told_with_it() -> None:
    line = refused_line(replace(refusal(), question="ومن بناه؟", completed_from="متى افتتح المتحف؟"), ARABIC)
    assert line == "السؤال: «ومن بناه؟»، تتمةً لـ: «متى افتتح المتحف؟»"


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_what_finds_no_room_is_counted(texts: Texts) -> None:
    page = ReportPage(texts)
    page.add(UNHELPFUL, answer_line(("a" * 500, "ب" * 500, "c", "d"), texts))
    while not page.is_full:
        page.add(UNANSWERED, question_line("كلمة " * 20, texts))
    for _ in range(2):
        page.add(UNHELPFUL, "س")
    card = page.card()
    assert within_limits(card)
    assert lines(card)[-1] == texts("report.left_out", count=3)


def test_nothing_in_a_question_does_anything() -> None:
    page = ReportPage(ARABIC)
    page.add(UNANSWERED, question_line("@everyone <@1>\n# عنوان [x](https://evil.example) \u202eعكس", ARABIC))
    text = lines(page.card())[-1]
    assert text.startswith("السؤال: «\u2068\\@everyone \\<\\@1\\> # عنوان \\[x\\](")
    assert "https\\:" in text
    assert "\u202e" not in text
